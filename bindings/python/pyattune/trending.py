# Trend statistics of every course of a scored frame, and smooth lines through it.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.columns import TREND, TREND_FIELDS, column, pointer, room
from pyattune.constants import Given, Measures, number, word
from pyattune.courses import Courses
from pyattune.errors import CountError, OrderError, check, new_error

_BY = {"session": False, "date": True}
_SMOOTHERS = {"lowess": lib.ATTUNE_SMOOTH_LOWESS, "level": lib.ATTUNE_SMOOTH_LEVEL}


def _days(courses):
    """Days from each course's first dated form, scores, where courses start, and which rows."""
    dated = ~np.isnan(courses.day)
    course = np.repeat(np.arange(courses.count), np.diff(courses.starts).astype(np.int64))[dated]
    day, score = courses.day[dated], courses.score[dated]
    starts = np.searchsorted(course, np.arange(courses.count + 1)).astype(np.uint64)
    if len(day):
        day = day - day[starts[course].astype(np.int64)]
    return day, score, starts, np.flatnonzero(dated)


def _refuse_backwards(courses, x, starts, statuses):
    """Dates that fall while sessions rise; a course without scores has no trend, and no error."""
    wrong = np.flatnonzero(statuses == lib.ATTUNE_E_ORDER)
    if len(wrong):
        g = wrong[0]
        falls = np.diff(x[int(starts[g]):int(starts[g + 1])]) < 0
        place = int(courses.starts[g]) + int(np.argmax(falls)) + 1
        raise OrderError("expected dates that do not go backwards from session to session",
                         courses.row(place), "date")


def _rows(courses, by_date):
    """Times, scores, where courses start, and which rows of the courses these are."""
    if by_date:
        return _days(courses)
    rows = np.arange(len(courses.score))
    return courses.session.astype(np.float64), courses.score, courses.starts, rows


def _longest(courses, starts):
    longest = int(np.diff(starts).max(initial=0))
    if longest > lib.ATTUNE_TREND_ROWS_MAX:
        raise CountError(f"expected courses of at most {lib.ATTUNE_TREND_ROWS_MAX} forms",
                         courses.row(starts[int(np.argmax(np.diff(starts)))]), "session")
    return longest


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
    x, y, starts, _ = _rows(courses, by_date)
    trends = room(TREND, max(courses.count, 1))
    statuses = np.zeros(max(courses.count, 1), np.int32)
    size = lib.attune_trend_work(_longest(courses, starts))
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


def _lines(how, x, y, starts, longest):
    """Smooth, low and high of every row, and the status of every course; NaN: there is none."""
    lines = np.full((3, len(y)), np.nan)
    size = lib.attune_smooth_work(longest)
    work, err = ffi.new("double[]", size // 8 + 1), new_error()
    found = ffi.new("attune_smooth *")
    found.struct_size = ffi.sizeof("attune_smooth")
    statuses = np.zeros(len(starts) - 1, np.int32)
    for g in range(len(starts) - 1):
        rows = slice(int(starts[g]), int(starts[g + 1]))
        column = [np.ascontiguousarray(values[rows]) for values in (x, y)]
        made = [np.empty(len(column[0])) for _ in lines]
        statuses[g] = lib.attune_smooth_fit(
            *(pointer(values, "double") for values in column), len(column[0]), how, work, size,
            *(pointer(values, "double") for values in made), found, err)
        if statuses[g] == lib.ATTUNE_OK:
            lines[:, rows] = made
        elif statuses[g] not in (lib.ATTUNE_E_TOO_FEW, lib.ATTUNE_E_ORDER):
            check(int(statuses[g]), err)
    return lines, statuses


def trend_lines(scored, smooth="lowess", by="session", scales=None, span=None, rounds=3, delta=None,
                coverage=.95):
    """Smooth lines for drawing: one row a form.

    scored, by, scales: as for trend.
    smooth:   "lowess", as R's lowess; or "level", the local level by Kalman's filter and the
              recursion back, with the likeliest variances and a band.
    span, rounds, delta: of lowess, R's f, iter and delta; None: 2/3, and .01 of the range of time.
    coverage: of the level's band.

    Returns a new frame of the same kind with client, measure, rater, session, observed, smooth,
    low, high. lowess has no band, and a course of fewer than three completed forms no level: NaN.
    include/attune/smooth.h says more.

    Raises what trend raises.
    """
    by_date = word("by", by, _BY)
    how = ffi.new("attune_smooth_options *")
    lib.atn_smooth_options(how)
    how.method = word("smooth", smooth, _SMOOTHERS)
    how.rounds = int(number("rounds", rounds))
    how.span = 0 if span is None else number("span", span)
    how.delta = -1 if delta is None else number("delta", delta)
    how.coverage = number("coverage", coverage)
    given = Given(scales)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    x, y, starts, rows = _rows(courses, by_date)
    lines, statuses = _lines(how, x, y, starts, _longest(courses, starts))
    _refuse_backwards(courses, x, starts, statuses)
    made = courses.identity(np.repeat(np.arange(courses.count),
                                      np.diff(starts).astype(np.int64)))
    made["session"] = courses.session[rows]
    made["observed"] = np.array(y, dtype=np.float64)
    for name, line in zip(("smooth", "low", "high"), lines):
        made[name] = line
    return courses.make(made)
