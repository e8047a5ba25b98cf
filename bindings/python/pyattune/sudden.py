# Sudden gains and losses of every course of a scored frame.
# SPDX-License-Identifier: MIT
import math

import numpy as np

from pyattune._attune import ffi, lib
from pyattune.columns import SUDDEN, SUDDEN_FIELDS, column, pointer, room
from pyattune.constants import Given, Measures, number, word
from pyattune.courses import Courses
from pyattune.errors import OptionError, new_error

ROOM = 65536  # structs that one call into the library has room for, or more if it must

_MODES = {"t-test": lib.ATTUNE_SUDDEN_T_TEST, "suddengains": lib.ATTUNE_SUDDEN_PACKAGE}
_SELECTS = {"first": lib.ATTUNE_SUDDEN_SELECT_FIRST, "last": lib.ATTUNE_SUDDEN_SELECT_LAST,
            "smallest": lib.ATTUNE_SUDDEN_SELECT_SMALLEST,
            "largest": lib.ATTUNE_SUDDEN_SELECT_LARGEST}
_CRITERIA = {"123": 7, "12": 3, "13": 5, "23": 6, "1": 1, "2": 2, "3": 4}


def _above(name, value, below=math.inf):
    """A number above 0, or NaN for None."""
    found = number(name, value)
    if not (math.isnan(found) or 0 < found < below):
        raise OptionError("expected a number above 0" + (" and below 1" if below == 1 else ""),
                          column=name)
    return found


def _fill(how, measure, same):
    """The options of one measure, with its own reliable change where no cutoff is given."""
    for name, value in same.items():
        setattr(how, name, value)
    how.struct_size = ffi.sizeof("attune_sudden_options")
    how.direction = lib.ATTUNE_HIGHER_WORSE
    if measure.direction_known:
        how.direction = measure.constants.direction
    if how.criteria & lib.ATTUNE_SUDDEN_FIRST == 0:
        how.cutoff = 0
    elif math.isnan(how.cutoff):
        how.cutoff = lib.attune_sudden_cutoff(ffi.addressof(measure, "constants"))


def _options(courses, same):
    measures = courses.measures
    options = ffi.new("attune_sudden_options[]", max(len(measures.ids), 1))
    for i in range(len(measures.ids)):
        _fill(options[i], measures.c[i], same)
        if math.isnan(options[i].cutoff):
            measures.warn(i, "no reliable change is known to take for the cutoff (cutoff=)")
    return options


def _look(courses, options):
    """Everything found, and the course of each."""
    capacity = max(ROOM, 2 * int(np.diff(courses.starts).max(initial=0)))
    course, count, err = ffi.new("uint64_t *"), ffi.new("uint64_t *"), new_error()
    found, of = [room(SUDDEN, 0)], [np.zeros(0, np.uint64)]
    while course[0] < courses.count:
        part, place = room(SUDDEN, capacity), np.zeros(capacity, np.uint64)
        courses.refuse(lib.atn_batch_sudden(
            courses.c, course, options, pointer(part), pointer(place, "uint64_t"), capacity, count,
            err), err)
        found.append(part[:count[0]].copy())
        of.append(place[:count[0]].copy())
    return np.concatenate(found), np.concatenate(of).astype(np.int64)


def _chosen(found, of, select, mode):
    """Places of the one that stands for each course and kind."""
    kept = []
    edges = np.flatnonzero(np.r_[True, of[1:] != of[:-1], True]) if len(of) else [0]
    for start, end in zip(edges[:-1], edges[1:]):
        part = found[start:end].copy()
        part["struct_size"] = SUDDEN.itemsize
        for kind in (lib.ATTUNE_SUDDEN_GAIN, lib.ATTUNE_SUDDEN_LOSS):
            i = lib.attune_sudden_select(pointer(part), len(part), kind, select, mode)
            kept += [start + i] * (i < len(part))
    return np.array(sorted(kept), dtype=np.int64)


def sudden(scored, mode="t-test", cutoff=None, proportion=None, alpha=None, critical=None,
           criteria="123", select=None, ends=False, baseline=False, sd=None, reliability=None,
           higher=None, scales=None):
    """Sudden gains and losses between two sessions: one row a gain or loss.

    scored:      as for trend.
    mode:        "t-test", the definition of Tang and DeRubeis 1999, or "suddengains", the rule of
                 the R package of that name, whose third criterion is stricter.
    cutoff:      criterion 1, score points; None: the measure's reliable change.
    proportion:  criterion 2, share of the score before; None: .25.
    alpha:       criterion 3, two-sided level; None: .05.
    critical:    criterion 3, a fixed t such as 2.776 in place of Student's.
    criteria:    which must be met: "123", "12", "13", "23", "1", "2" or "3".
    select:      "first", "last", "smallest" or "largest" of each course and kind alone.
    ends:        True: the first and the last interval of a course are tested too.
    baseline:    True: the first form came before session 1 (mode "suddengains").
    sd, reliability, higher, scales: as for change.

    Returns a new frame of the same kind: client, measure, rater, kind ("gain" or "loss"),
    from_session, to_session, magnitude (score before less score after), proportion (of the
    course's whole change; NaN where it goes the other way), reversed (1: a later score took more
    than half of it back). kind is missing where nothing says which way is good.

    Warns (MissingConstant) of measures without a cutoff: none of their courses has a row. Raises
    DataError, FormatError, DuplicateError as score does; OptionError.
    """
    same = {"mode": word("mode", mode, _MODES), "criteria": word("criteria", criteria, _CRITERIA),
            "flags": (lib.ATTUNE_SUDDEN_ENDS * bool(ends)
                      | lib.ATTUNE_SUDDEN_BASELINE * bool(baseline)),
            "cutoff": _above("cutoff", cutoff), "proportion": _above("proportion", proportion),
            "alpha": _above("alpha", alpha, 1), "critical": _above("critical", critical)}
    which = None if select is None else word("select", select, _SELECTS)
    given = Given(scales, higher, sd=sd, reliability=reliability)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    courses.measures.warn_directions()
    found, of = _look(courses, _options(courses, same))
    if which is not None:
        kept = _chosen(found, of, which, same["mode"])
        found, of = found[kept], of[kept]
    for i in range(len(courses.measures.ids)):
        if not courses.measures.c[i].direction_known:
            found["kind"][courses.measure[of] == i] = -1
    made = courses.identity(of)
    for field in SUDDEN_FIELDS:
        made[field.name] = column(field, found)
    return courses.make(made)
