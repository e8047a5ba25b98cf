# Trend statistics of every course of a scored frame.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.columns import TREND, TREND_FIELDS, column, pointer, room
from pyattune.constants import Given, Measures, word
from pyattune.courses import Courses
from pyattune.errors import CountError, OrderError, check, new_error

_BY = {"session": False, "date": True}


def _days(courses):
    """Days from each course's first dated form, its scores and where it starts."""
    dated = ~np.isnan(courses.day)
    course = np.repeat(np.arange(courses.count), np.diff(courses.starts).astype(np.int64))[dated]
    day, score = courses.day[dated], courses.score[dated]
    starts = np.searchsorted(course, np.arange(courses.count + 1)).astype(np.uint64)
    if len(day):
        day = day - day[starts[course].astype(np.int64)]
    return day, score, starts


def _refuse_backwards(courses, x, starts, statuses):
    """Dates that fall while sessions rise; a course without scores has no trend, and no error."""
    wrong = np.flatnonzero(statuses == lib.ATTUNE_E_ORDER)
    if len(wrong):
        g = wrong[0]
        falls = np.diff(x[int(starts[g]):int(starts[g + 1])]) < 0
        place = int(courses.starts[g]) + int(np.argmax(falls)) + 1
        raise OrderError("expected dates that do not go backwards from session to session",
                         courses.row(place), "date")


def trend(scored, by="session", scales=None):
    """Trend statistics: one row a client, measure and rater.

    scored: what pyattune.score returns, or any frame with client, measure, session or date, and
            score; rows of subscales are passed over. A float64 score column in the order of the
            output is read in place.
    by:     "session": time is the session number; "date": days since the course's first dated
            form, forms without a date left out.
    scales: a clinic's own, from load_scales.

    Returns a new frame of the same kind with client, measure, rater and the columns of
    `attune trend`: n, first, last, ols_slope and so on; slopes in score points per session or
    day. A figure that cannot be had from so few forms is NaN. pyattune.columns.TREND_FIELDS
    holds a sentence on each.

    Raises DataError, FormatError, DuplicateError as score does; CountError for a course of more
    than 4096 forms; OrderError when dates go backwards; OptionError.
    """
    by_date = word("by", by, _BY)
    given = Given(scales)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    x, y, starts = courses.session.astype(np.float64), courses.score, courses.starts
    if by_date:
        x, y, starts = _days(courses)
    trends = room(TREND, max(courses.count, 1))
    statuses = np.zeros(max(courses.count, 1), np.int32)
    longest = int(np.diff(starts).max(initial=0))
    if longest > lib.ATTUNE_TREND_ROWS_MAX:
        raise CountError(f"expected courses of at most {lib.ATTUNE_TREND_ROWS_MAX} forms",
                         courses.row(starts[int(np.argmax(np.diff(starts)))]), "session")
    size = lib.attune_trend_work(longest)
    work = ffi.new("double[]", size // 8 + 1)
    err = new_error()
    check(lib.attune_trend_scan(
        pointer(starts, "uint64_t"), courses.count, pointer(x, "double"), pointer(y, "double"),
        len(y), work, size, pointer(trends), pointer(statuses, "int32_t"), err), err)
    _refuse_backwards(courses, x, starts, statuses[:courses.count])
    made = courses.identity()
    for field in TREND_FIELDS:
        made[field.name] = column(field, trends[:courses.count])
    return courses.make(made)
