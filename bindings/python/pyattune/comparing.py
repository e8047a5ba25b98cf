# Correlations on their own: intervals, comparisons of two, and how dependable a mean is.
# SPDX-License-Identifier: MIT
import numbers

import numpy as np
import pandas as pd

from pyattune._attune import ffi, lib
from pyattune.errors import OptionError, check, new_error

# Of each comparison its figures as `attune associate` names them, and the members that hold the
# estimate, low, high, p and df of each.
_OVERLAP = (("difference", "difference", "zou_low", "zou_high", None, None),
            ("z_difference", "z_difference", "meng_low", "meng_high", None, None),
            *((f"{name}_t", f"{name}_t", None, None, f"{name}_p", "df")
              for name in ("williams", "hotelling", "hendrickson")),
            *((f"{name}_z", f"{name}_z", None, None, f"{name}_p", None)
              for name in ("steiger", "meng", "dunn_clark", "hittner", "pearson_filon", "olkin")))
_APART = (("difference", "difference", "zou_low", "zou_high", None, None),
          ("z_difference", "z_difference", None, None, None, None),
          *((f"{name}_z", f"{name}_z", None, None, f"{name}_p", None)
            for name in ("steiger", "dunn_clark", "silver", "pearson_filon")))
_INDEPENDENT = (("difference", "difference", "low", "high", None, None),
                ("z", "z", None, None, "p", None))
_ONE = (("r", "r", "low", "high", "p", "df"), ("t", "t", None, None, "p", "df"),
        ("d", "d", None, None, None, None))


def _real(name, value):
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise OptionError("expected a number", column=name)
    return float(value)


def _count(name, value):
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) \
            or not 0 <= value < 2 ** 63:
        raise OptionError("expected a whole number of cases", column=name)
    return int(value)


def _struct(kind, **members):
    return ffi.new(kind + " *", {"struct_size": ffi.sizeof(kind), **members})


def _frame(found, figures):
    def values(place):
        return np.array([getattr(found, row[place]) if row[place] else np.nan for row in figures])
    return pd.DataFrame({"statistic": [row[0] for row in figures], "estimate": values(1),
                         "low": values(2), "high": values(3), "df": values(5), "p": values(4)})


def correlation(r, n, controls=0):
    """One correlation of n cases, `controls` variables partialled out: a pandas DataFrame.

    Rows r (with Fisher's 95 % interval), t and d, columns statistic, estimate, low, high, df, p.

    Raises DataError outside -1..1, NumericError at 1 or -1, TooFewError where n less the controls
    is 3 or below.
    """
    found, err = _struct("attune_correlation"), new_error()
    check(lib.attune_correlation_of(_real("r", r), _count("n", n), _count("controls", controls),
                                    found, err), err)
    return _frame(found, _ONE)


def compare_correlations(r1, r2, n, between=None, n2=None):
    """Two correlations held against each other: a pandas DataFrame, one row a figure.

    r1, r2:  the two, signs turned so that higher means the same of both.
    n:       cases; those of r1 where n2 is given.
    between: of one sample. A number: r1 and r2 share a measure, and the two others correlate so.
             Four numbers: r1 is of measures j and k, r2 of h and m, and the others are
             (r_jh, r_jm, r_kh, r_km).
    n2:      of two samples: the cases of r2.

    Columns statistic, estimate, low, high, df, p, statistics named as `attune associate --against`
    names them: difference (Zou's interval), z_difference (that of Meng, Rosenthal and Rubin, of
    one sample that shares a measure), and a row for each test. attune/correlation.h gives their
    sources; df is missing where p is normal. No test is right because it finds most: choose one
    before looking.

    Raises OptionError unless either between or n2 is given; DataError outside -1..1;
    NumericError at 1 or -1, or for correlations that no data have at once; TooFewError.
    """
    if (between is None) == (n2 is None):
        raise OptionError("expected between, of one sample, or n2, of two", column="between")
    r1, r2, n, err = _real("r1", r1), _real("r2", r2), _count("n", n), new_error()
    if n2 is not None:
        found = _struct("attune_independent")
        check(lib.attune_independent_compare(r1, n, r2, _count("n2", n2), found, err), err)
        return _frame(found, _INDEPENDENT)
    if isinstance(between, (list, tuple, np.ndarray)):
        if len(between) != 4:
            raise OptionError("expected one correlation, or four", column="between")
        names = ("r_jh", "r_jm", "r_kh", "r_km")
        six = _struct("attune_quartet", r_jk=r1, r_hm=r2,
                      **{name: _real("between", r) for name, r in zip(names, between)})
        found = _struct("attune_nonoverlap")
        check(lib.attune_nonoverlap_compare(six, n, found, err), err)
        return _frame(found, _APART)
    found = _struct("attune_overlap")
    check(lib.attune_overlap_compare(r1, r2, _real("between", between), n, found, err), err)
    return _frame(found, _OVERLAP)


def dependability(single, sessions):
    """How dependable a mean of so many sessions is, from one session's (Spearman-Brown).

    single:   dependability of one session, 0..1: dependability_session of `associate`.
    sessions: from 1 on; a mean number of sessions need not be whole.

    Raises DataError outside these.
    """
    found, err = ffi.new("double *"), new_error()
    check(lib.attune_dependability_of(_real("single", single), _real("sessions", sessions), found,
                                      err), err)
    return found[0]
