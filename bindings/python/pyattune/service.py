# Therapist and service level: rates, and what lies between therapists; never a ranking.
# SPDX-License-Identifier: MIT
import warnings

import numpy as np

from pyattune._attune import ffi, lib
from pyattune.changing import plain_changes
from pyattune.columns import pointer
from pyattune.constants import Given, Measures, word
from pyattune.courses import RATERS, Courses
from pyattune.errors import CountError, NumericError, OptionError, TooFewError, check, new_error
from pyattune.table import Problems, texts

_Z = 1.959963984540054  # 95 %
_COLUMNS = ("measure", "rater", "clinician", "figure", "count", "n", "value", "low", "high", "note")
_HIDDEN = "fewer than 10: not shown"


class _Rows:
    """The rows of the result, by column."""

    def __init__(self, measure, rater):
        self.start = measure, rater
        self.columns = {name: [] for name in _COLUMNS}

    def add(self, figure, n, value=None, low=None, high=None, count=None, clinician=None,
            note=None):
        for name, cell in zip(_COLUMNS, (*self.start, clinician, figure, count, n, value, low, high,
                                         note)):
            self.columns[name].append(cell)

    def add_rate(self, figure, count, n):
        rate, err = ffi.new("attune_rate *"), new_error()
        rate.struct_size = ffi.sizeof("attune_rate")
        check(lib.attune_rate_of(count, n, _Z, rate, err), err)
        if rate.hidden:
            self.add(figure, n, note=_HIDDEN)
        else:
            self.add(figure, n, rate.rate, rate.low, rate.high, count)

    def arrays(self):
        numbers = {"count", "n", "value", "low", "high"}
        return {name: np.array([np.nan if cell is None else cell for cell in cells], np.float64)
                if name in numbers else np.array(cells, dtype=object)
                for name, cells in self.columns.items()}


def _chosen(courses, measure, rater):
    ids = courses.forms.measures
    found = [g for g in range(courses.count)
             if courses.rater[g] == rater and measure in (None, ids[courses.measure[g]])]
    if len({courses.measure[g] for g in found}) > 1:
        raise OptionError("expected measure= where the frame has more than one", column="measure")
    if not found:
        raise CountError("expected forms of such a measure and rater", column="measure")
    return found


def _clinicians(courses, found):
    """The first clinician that each course names, or None."""
    if not courses.forms.has("clinician"):
        return [None] * len(found)
    problems = Problems()
    ranks, ids = texts(courses.forms.column("clinician"), "clinician", problems, required=False)
    ranks = courses.take(ranks)
    names = [*ids, None]
    parts = [ranks[int(courses.starts[g]):int(courses.starts[g + 1])] for g in found]
    return [names[next((r for r in part if r >= 0), -1)] for part in parts]


def _put_therapists(rows, names, change):
    order = sorted((i for i, name in enumerate(names) if name is not None), key=lambda i: names[i])
    ids = sorted({names[i] for i in order})
    sizes = [sum(names[i] == id for i in order) for id in ids]
    starts = np.r_[0, np.cumsum(sizes)].astype(np.uint64)
    values = np.array([change[i] for i in order] or [np.nan], np.float64)
    service, err = ffi.new("attune_service *"), new_error()
    service.struct_size = ffi.sizeof("attune_service")
    therapists = ffi.new("attune_therapist[]", max(len(ids), 1))
    therapists[0].struct_size = ffi.sizeof("attune_therapist")
    size = lib.attune_service_work(len(ids))
    try:
        check(lib.attune_service_fit(pointer(starts, "uint64_t"), len(ids),
                                     pointer(values, "double"), len(order), _Z,
                                     ffi.new("char[]", size), size, service, therapists, err), err)
    except (TooFewError, NumericError) as error:
        warnings.warn(f"nothing can be said of therapists: {error}", stacklevel=3)
        return
    if service.n_clients < lib.ATTUNE_SMALL_CELL:
        rows.add("mean_change", service.n_clients, note=_HIDDEN)
    else:
        half = _Z * service.mean_se
        rows.add("mean_change", service.n_clients, service.mean, service.mean - half,
                 service.mean + half)
        rows.add("between_variance", service.n_therapists, service.between_var)
        rows.add("within_variance", service.n_clients, service.within_var)
        rows.add("icc", service.n_therapists, service.icc)
        rows.add("overdispersion", service.n_therapists, service.overdispersion)
    for id, t in zip(ids, therapists):
        _put_therapist(rows, id, t)


def _put_therapist(rows, id, t):
    if t.n < lib.ATTUNE_SMALL_CELL:
        rows.add("mean_change", t.n, clinician=id, note="fewer than 10 clients: not shown")
        return
    note = ("fewer than 15 clients: mostly chance" if t.few
            else "outside the limits of chance and usual differences" if t.outside else None)
    rows.add("mean_change", t.n, t.mean, t.wide_low, t.wide_high, clinician=id, note=note)
    half = _Z * t.effect_se
    rows.add("shrunken_effect", t.n, t.effect, t.effect - half, t.effect + half, clinician=id)


def service(scored, measure=None, rater="client", higher=None, sd=None, reliability=None,
            scales=None):
    """Completeness, rates and what lies between therapists: one row a figure, no ranking.

    scored:    as for trend, with a column clinician.
    measure:   its id, where the frame has more than one; rater: whose forms.
    higher, sd, reliability, scales: as for change.

    Returns a new frame of the same kind with the columns of `attune service`: measure, rater,
    clinician (None: the service), figure, count, n, value, low, high, note. Figures of fewer than
    10 clients are not shown; clinicians stand in the order of their identifiers. Differences
    between clinicians mostly reflect chance and case mix.

    Warns where nothing can be said of therapists. Raises OptionError, CountError, and as change.
    """
    given = Given(scales, higher, sd=sd, reliability=reliability)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    code = word("rater", rater, {name: i for i, name in enumerate(RATERS)})
    found = _chosen(courses, measure, code)
    changes = plain_changes(courses).view(np.recarray)
    rows = _Rows(courses.forms.measures[courses.measure[found[0]]], rater)
    spans = [slice(int(courses.starts[g]), int(courses.starts[g + 1])) for g in found]
    rows.add_rate("forms_completed",
                  int(sum((~np.isnan(courses.score[span])).sum() for span in spans)),
                  int(sum(span.stop - span.start for span in spans)))
    change = [changes[g].change for g in found]
    told = [changes[g] for g in found if changes[g].reliable >= 0]
    classed = [c for c in told if not np.isnan(c.cutoff)]
    rows.add_rate("clients_with_two_forms", int(np.sum(~np.isnan(change))), len(found))
    for figure, of, member, value in (
            ("reliably_improved", told, "reliable", lib.ATTUNE_RELIABLE_IMPROVED),
            ("reliably_deteriorated", told, "reliable", lib.ATTUNE_RELIABLE_DETERIORATED),
            ("recovered", classed, "class_", lib.ATTUNE_CLASS_RECOVERED)):
        rows.add_rate(figure, sum(getattr(c, member) == value for c in of), len(of))
    _put_therapists(rows, _clinicians(courses, found), change)
    return courses.make(rows.arrays())
