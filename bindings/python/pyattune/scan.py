# Marks, episodes, traces and silences of every course of a scored frame.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.columns import (EPISODE, EPISODE_FIELDS, MARK, MARK_FIELDS, SILENCE,
                              SILENCE_FIELDS, TRACE, TRACE_FIELDS, column, pointer, room)
from pyattune.constants import Given, Measures
from pyattune.courses import RATERS, Courses
from pyattune.errors import new_error
from pyattune.plan import Plan
from pyattune.response import norm_of

ROOM = 65536        # structs that one call into the library has room for, or more if it must
REASON_BYTES = 1024  # more than the longest reason


def _read(scored, rules, scales, higher, response=None, **numbers):
    response = norm_of(response)
    plan = Plan(rules, also=() if response is None else ("not_on_track",))
    given = Given(scales, higher, response, **numbers)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    courses.join(plan.listens)
    courses.measures.warn_directions()
    courses.measures.warn_lacks(plan)
    return plan, courses


def _scan(plan, courses, wants_traces=False):
    """Every mark and, when wanted, every trace."""
    most = max(courses.longest * len(plan) * 2, 1)
    c = ffi.new("atn_room *")
    company = plan.company()
    c.company, c.choices, c.rules = company, plan.c, len(plan)
    course, err = ffi.new("uint64_t *"), new_error()
    marks, traces = [], []
    while course[0] < courses.count:
        mark = room(MARK, max(ROOM, most))
        trace = room(TRACE, max(ROOM, most)) if wants_traces else None
        c.marks, c.mark_capacity = pointer(mark), len(mark)
        c.traces, c.trace_capacity = pointer(trace), len(mark) if wants_traces else 0
        courses.refuse(lib.atn_batch_scan(courses.c, course, c, err), err)
        marks.append(mark[:c.n_marks].copy())
        if wants_traces:
            traces.append(trace[:c.n_traces].copy())
    return _joined(marks, MARK), _joined(traces, TRACE)


def _joined(parts, dtype):
    return np.concatenate(parts) if parts else np.zeros(0, dtype)


def _reasons(courses, marks):
    """The sentence that says why, for each mark."""
    found = np.full(len(marks), None, dtype=object)
    for start in range(0, len(marks), 4096):
        part = marks[start:start + 4096]
        text = np.zeros(len(part), f"S{REASON_BYTES}")
        lib.atn_batch_reasons(courses.c, pointer(part), len(part),
                              ffi.cast("char *", text.ctypes.data), REASON_BYTES)
        found[start:start + 4096] = [cell.decode() for cell in text.tolist()]
    return found


def marks(scored, rules="default", within_sd=None, sd=None, reliability=None, higher=None,
          scales=None, response=None):
    """Possible ruptures and other marks: prompts for a conversation, one row a mark.

    scored:    as for trend.
    rules:     "default", "all", a set of load_rules, ids ("own_range" or a list), or a mapping to
               parameters, {"own_range": {"k_probable": 3.0}}; pyattune.rules() lists them.
    within_sd: SD of one client's scores about their own course, in score points: a clinic's own
               estimate in place of the scale's.
    sd, reliability, higher, scales: as for change.
    response:  a Norm, or the path of a norm file: adds the rule not_on_track for the norm's measure
               and rater.

    Rules that listen (pyattune.rules()["companions"]) hear, beside a client's own forms of an
    alliance measure, the therapist's forms of it, else of the first alliance measure; the client's
    distress, of the measure with most forms; and the subscales, where the frame has the rows that
    score(subscales=True) gives. Whichever are missing are not heard.

    Returns a new frame of the same kind: client, measure, rater, session, date, rule, kind,
    level, observed, limit, statistic, reason; ordered by client, measure, rater, session and
    rule. observed and limit in score points; a larger statistic is stronger evidence. No mark
    does not mean no problem.

    Warns (MissingConstant) of measures that a rule cannot look at. Raises DataError, FormatError,
    DuplicateError as score does; OptionError, CountError and UnknownError for rules.
    """
    plan, courses = _read(scored, rules, scales, higher, response, within_sd=within_sd, sd=sd,
                          reliability=reliability)
    found, _ = _scan(plan, courses)
    found = _of_rater(courses, found, response)
    made = courses.identity(found["group"].astype(np.int64))
    made["session"] = found["session"].astype(np.int64)
    made["date"] = _dates(courses, found)
    for field in MARK_FIELDS:
        made[field.name] = column(field, found)
    made["reason"] = _reasons(courses, found)
    return courses.make(made)


def _of_rater(courses, found, response):
    """A norm of one rater says nothing of another's forms."""
    norm = norm_of(response)
    if norm is None:
        return found
    own = courses.rater[found["group"].astype(np.int64)] == RATERS.index(norm.rater)
    return found[own | (found["kind"] != lib.ATTUNE_MARK_OFF_TRACK)]


def _dates(courses, found):
    """The dates of marks, as the frame has them."""
    if not courses.forms.has("date"):
        return np.full(len(found), None, dtype=object)
    return courses.take(courses.forms.column("date"))[found["row"].astype(np.int64)]


def trace(scored, rules="all", within_sd=None, sd=None, reliability=None, higher=None,
          scales=None, response=None):
    """The statistic of every rule at every session, marked or not: one row a session and rule.

    Arguments, warnings and errors as for marks, but all rules unless others are named.
    Returns a new frame of the same kind: client, measure, rater, session, rule, statistic. A
    larger statistic is always stronger evidence, so that thresholds can be swept; NaN where the
    rule has none.
    """
    plan, courses = _read(scored, rules, scales, higher, response, within_sd=within_sd, sd=sd,
                          reliability=reliability)
    _, found = _scan(plan, courses, wants_traces=True)
    made = courses.identity(found["group"].astype(np.int64))
    made["session"] = found["session"].astype(np.int64)
    for field in TRACE_FIELDS:
        made[field.name] = column(field, found)
    return courses.make(made)


def episodes(scored, rules="default", within_sd=None, sd=None, reliability=None, higher=None,
             scales=None):
    """Possible ruptures from onset to repair or to the end of the course: one row an episode.

    Arguments, warnings and errors as for marks.
    Returns a new frame of the same kind: client, measure, rater, rule, onset_session,
    nadir_session, depth (score points), depth_sigma (the same in spreads), length (sessions),
    status (repaired, partial, unresolved or censored), resolved_session (NaN: none),
    shape (v, decline, step, erosion, other or open), agreeing (other rules that overlap it).
    """
    plan, courses = _read(scored, rules, scales, higher, within_sd=within_sd, sd=sd,
                          reliability=reliability)
    return _whole(plan, courses, courses.longest * len(plan), lib.atn_batch_episodes, EPISODE,
                  EPISODE_FIELDS)


def silence(scored, rules="default", within_sd=None, sd=None, reliability=None, higher=None,
            scales=None):
    """Who is silent and why: one row a course and rule, of courses whose direction is known.

    Arguments, warnings and errors as for marks.
    Returns a new frame of the same kind: client, measure, rater, rule, silence ("marked", "looked
    and found nothing", "too few forms", "missing constant", "not for this measure", "at the
    ceiling", "at the floor" or "gaps"), missing (constants, blanks between; None: none), forms
    (completed), sessions (from the first to the last), answered (sessions with an answer), wanted
    (forms that too few still wants).
    """
    plan, courses = _read(scored, rules, scales, higher, within_sd=within_sd, sd=sd,
                          reliability=reliability)
    return _whole(plan, courses, len(plan), lib.atn_batch_silence, SILENCE, SILENCE_FIELDS)


def _whole(plan, courses, most, call, dtype, fields):
    """Answers about whole courses, most of them at once for one course, with its identity."""
    capacity, company = max(ROOM, most), plan.company()
    course, count, err = ffi.new("uint64_t *"), ffi.new("uint64_t *"), new_error()
    parts, places = [], []
    while course[0] < courses.count:
        found, of = room(dtype, capacity), np.zeros(capacity, np.uint64)
        courses.refuse(call(courses.c, company, course, pointer(found), pointer(of, "uint64_t"),
                            capacity, count, err), err)
        parts.append(found[:count[0]].copy())
        places.append(of[:count[0]].copy())
    found = _joined(parts, dtype)
    made = courses.identity(_joined(places, np.uint64).astype(np.int64))
    for field in fields:
        made[field.name] = column(field, found)
    return courses.make(made)
