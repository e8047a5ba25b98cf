# The baseline of every course of a scored frame against what came after.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.columns import PHASE, PHASE_FIELDS, column, pointer, room
from pyattune.constants import Given, Measures, session
from pyattune.courses import Courses
from pyattune.errors import CountError, check, new_error


def _of(y, n_a):
    """The phases of one course, its first n_a rows being the baseline."""
    found, err = room(PHASE, 1), new_error()
    if max(n_a, len(y) - n_a) > lib.ATTUNE_PHASE_ROWS_MAX:
        raise CountError(f"expected no phase of more than {lib.ATTUNE_PHASE_ROWS_MAX} forms")
    a, b = np.ascontiguousarray(y[:n_a]), np.ascontiguousarray(y[n_a:])
    work = np.empty(len(y) + n_a * (n_a + 1) // 2)
    check(lib.attune_phase_fit(pointer(a, "double"), n_a, pointer(b, "double"), len(b),
                               pointer(work, "double"), len(work), pointer(found), err), err)
    return found


def _reason(found):
    text = lib.attune_phase_reason(pointer(found))
    return None if text == ffi.NULL else ffi.string(text).decode()


def phases(scored, at_session, scales=None):
    """Phase A, the sessions before at_session, against phase B, those from it on: one row a course.

    scored:     as for trend.
    at_session: the first session of phase B.
    scales:     a clinic's own, from load_scales.

    Returns a new frame of the same kind: client, measure, rater and the columns of
    `attune phases`: Tau-U and its parts, the trend of the baseline, and the tau corrected for it.
    Plus is higher scores in B. reason says why a figure is NaN. pyattune.columns.PHASE_FIELDS
    holds a sentence on each. A course without a completed form has no row.

    Raises DataError, FormatError, DuplicateError as score does; CountError for a phase of more
    than 2048 forms; NumericError for scores beyond 1e300; OptionError.
    """
    at = session("at_session", at_session)
    given = Given(scales)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    made, of = [room(PHASE, 0)], []
    for g in range(courses.count):
        rows = slice(int(courses.starts[g]), int(courses.starts[g + 1]))
        y = np.asarray(courses.score[rows], dtype=np.float64)
        if not np.isnan(y).all():
            made.append(_of(y, int((courses.session[rows] < at).sum())))
            of.append(g)
    reasons = [_reason(found) for found in made[1:]]
    structs, columns = np.concatenate(made), courses.identity(np.array(of, dtype=np.int64))
    for field in PHASE_FIELDS:
        columns[field.name] = column(field, structs)
    columns["reason"] = np.array([*reasons, None], dtype=object)[:-1]
    return courses.make(columns)
