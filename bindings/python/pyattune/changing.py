# Reliable and clinically significant change of every course of a scored frame.
# SPDX-License-Identifier: MIT
import math

import numpy as np

from pyattune._attune import ffi, lib
from pyattune.columns import CHANGE, CHANGE_FIELDS, column, pointer, room
from pyattune.constants import Given, Measures, word
from pyattune.courses import Courses
from pyattune.errors import UnsupportedError, new_error

_FIELDS = {field.name: field for field in CHANGE_FIELDS}
_METHODS = {name: code for code, name in enumerate(_FIELDS["method"].names)}
_CUTOFFS = {name: code for code, name in enumerate(_FIELDS["cutoff_type"].names)}
_LATER = ("gln", "hll", "en", "nk", "ha", "hlm")


def _options(method, cutoff_type):
    if method in _LATER:
        raise UnsupportedError("not part of this version; expected 'jt'", column="method")
    options = ffi.new("attune_change_options *")
    options.struct_size = ffi.sizeof("attune_change_options")
    options.method = word("method", method, _METHODS)
    options.cutoff_type = -1 if cutoff_type is None else word("cutoff_type", cutoff_type, _CUTOFFS)
    options.basis = lib.ATTUNE_BASIS_NONE
    return options


def _warn(courses, changes):
    """Say which constants a measure lacks."""
    measures = courses.measures
    measures.warn_directions()
    compared = ~np.isnan(changes["change"])
    for i in range(len(measures.ids)):
        mine = compared & (courses.measure == i)
        if not measures.c[i].direction_known or not mine.any():
            continue
        first = changes[np.argmax(mine)]
        if first["basis"] == lib.ATTUNE_BASIS_NONE:
            measures.warn(i, "no reliable change is known, so nothing is said of it (sd=, "
                             "reliability=)")
        if math.isnan(first["cutoff"]):
            measures.warn(i, "no cut-off is known, so nobody counts as recovered or harmed "
                             "(functional_mean=, functional_sd=, clinical_mean=, clinical_sd=)")


def change(scored, method="jt", sd=None, reliability=None, functional_mean=None,
           functional_sd=None, clinical_mean=None, clinical_sd=None, cutoff_type=None,
           higher=None, scales=None):
    """Reliable and clinically significant change: one row a client, measure and rater.

    scored:      as for trend.
    method:      "jt", Jacobson and Truax 1991.
    sd, reliability: of the population that reliable change refers to, in score points and 0 to 1;
                 either makes the formula decide instead of the scale's published threshold.
    functional_mean, functional_sd, clinical_mean, clinical_sd: norms, in score points.
    cutoff_type: None for the published cut-off, else c; "published", "a", "b" or "c".
    higher:      "better" or "worse", for measures that no scale describes.
    scales:      a clinic's own, from load_scales.
    What is given here stands for every measure of the frame.

    Returns a new frame of the same kind: client, measure, rater, first, last, change, method,
    rci, reliable, cutoff, cutoff_type, class. Of fewer than two completed forms no change is
    said. What cannot be said for want of a constant is missing, with a MissingConstant warning.

    Raises DataError, FormatError, DuplicateError as score does; OptionError; UnsupportedError for
    a method of a later version.
    """
    options = _options(method, cutoff_type)
    given = Given(scales, higher, sd=sd, reliability=reliability,
                  functional_mean=functional_mean, functional_sd=functional_sd,
                  clinical_mean=clinical_mean, clinical_sd=clinical_sd)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    changes = room(CHANGE, max(courses.count, 1))
    err = new_error()
    courses.refuse(lib.atn_batch_change(courses.c, options, pointer(changes), err), err)
    changes = changes[:courses.count]
    _warn(courses, changes)
    made = courses.identity()
    for field in CHANGE_FIELDS:
        made[field.name] = column(field, changes)
    return courses.make(made)
