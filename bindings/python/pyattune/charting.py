# Control charts, change points and run lengths of every course of a scored frame.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.columns import (CHANGEPOINT, CHANGEPOINT_FIELDS, CHART, CHART_FIELDS, RUNLENGTH,
                              RUNLENGTH_FIELDS, column, counts, pointer, room)
from pyattune.constants import Given, Measures, number, session, word
from pyattune.courses import Courses
from pyattune.errors import CountError, OptionError, check, new_error

_KINDS = {"xmr": lib.ATTUNE_CHART_XMR, "ewma": lib.ATTUNE_CHART_EWMA,
          "cusum": lib.ATTUNE_CHART_CUSUM}
_SIDES = {"both": lib.ATTUNE_CHART_BOTH, "below": lib.ATTUNE_CHART_BELOW,
          "above": lib.ATTUNE_CHART_ABOVE}
_SEARCHES = {"partition": lib.ATTUNE_CHANGEPOINT_PARTITION,
             "binary": lib.ATTUNE_CHANGEPOINT_BINARY, "breaks": lib.ATTUNE_CHANGEPOINT_BREAKS}
_CHOW, _SUPF = 3, 4
_SEARCHES.update(chow=_CHOW, supf=_SUPF)
_MODELS = {"mean": lib.ATTUNE_CHANGEPOINT_MEAN, "line": lib.ATTUNE_CHANGEPOINT_LINE}
_SEED, _PERMUTATIONS, _TRIM, _LINE_MIN_SIZE = 1, 999, 0.15, 3  # those of the command
_CAP = 128


def _rounds(n):
    return 10000 if n <= 100 else max(200, 1000000 // n)


class _Alarms:
    """False alarms by the number of scores: simulated once for each."""

    def __init__(self, simulate):
        self.simulate, self.known = simulate, {}

    def of(self, n):
        if n not in self.known:
            rate, error, err = ffi.new("double *"), ffi.new("double *"), new_error()
            check(self.simulate(n, rate, error, err), err)
            self.known[n] = rate[0], error[0]
        return self.known[n]


def _chart_alarms(how):
    def simulate(n, rate, error, err):
        work = ffi.new("char[]", lib.attune_chart_alarm_work(n))
        return lib.attune_chart_alarm(how, n, _rounds(n), _SEED, work, rate, error, err)
    return _Alarms(simulate)


def _changepoint_alarms(how):
    def simulate(n, rate, error, err):
        size = lib.attune_changepoint_work(how, n)
        work = ffi.new("char[]", size)
        return lib.attune_changepoint_alarm(how, n, _rounds(n), _SEED, work, size, rate, error,
                                            err)
    return _Alarms(simulate)


def _runlength_alarms(how):
    def simulate(n, rate, error, err):
        size = lib.attune_runlength_alarm_work(how.cap, n)
        work = ffi.new("char[]", size)
        return lib.attune_runlength_alarm(how, n, _rounds(n), _SEED, work, size, rate, error, err)
    return _Alarms(simulate)


def _scores(courses):
    """The completed courses: number, first place, scores."""
    for g in range(courses.count):
        start, end = int(courses.starts[g]), int(courses.starts[g + 1])
        y = np.ascontiguousarray(courses.score[start:end], dtype=np.float64)
        if not np.isnan(y).all():
            yield g, start, y


def _sessions(courses, places):
    """The session of every place, missing where it is -1: then no session is meant."""
    sessions = np.full(len(places), -1, dtype=np.int64)
    sessions[places >= 0] = courses.session[places[places >= 0]]
    return counts(sessions)


def _made(courses, parts, fields, dtype, **more):
    """The rows of all courses: parts are (course, places, structs, (rate, error))."""
    of = np.concatenate([np.full(len(places), g) for g, places, _, _ in parts]
                        or [np.zeros(0)]).astype(np.int64)
    made = courses.identity(of)
    places = np.concatenate([places for _, places, _, _ in parts] or [np.zeros(0)])
    made["session"] = _sessions(courses, places.astype(np.int64))
    structs = np.concatenate([s for _, _, s, _ in parts]) if parts else room(dtype, 0)
    for field in fields:
        made[field.name] = column(field, structs)
    for i, name in enumerate(("false_alarm", "false_alarm_error")):
        made[name] = np.concatenate([np.full(len(p), alarm[i]) for _, p, _, alarm in parts]
                                    or [np.zeros(0)]).astype(np.float64)
    return courses.make({**made, **more})


def chart(scored, kind="xmr", side="both", scales=None):
    """Control charts: one row a session.

    scored: as for trend.
    kind:   "xmr", individuals with the four rules of Western Electric; "ewma", a moving average
            of weight .2; "cusum", tabular sums of k .5 and h 5.
    side:   "both", "below" or "above": which hits count.
    scales: a clinic's own, from load_scales.

    Returns a new frame of the same kind: client, measure, rater, session, the columns of
    `attune chart`, and the false alarms of a course as long with their simulation error.
    pyattune.columns.CHART_FIELDS holds a sentence on each. A course without a completed form has
    no row.

    Raises DataError, FormatError, DuplicateError as score does; NumericError for scores beyond
    1e300; OptionError.
    """
    how = ffi.new("attune_chart_options *")
    lib.atn_chart_options(how)
    how.kind, how.side = word("kind", kind, _KINDS), word("side", side, _SIDES)
    given = Given(scales)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    alarms, parts = _chart_alarms(how), []
    for g, start, y in _scores(courses):
        points, work, err = room(CHART, len(y)), np.zeros(2 * len(y)), new_error()
        check(lib.attune_chart_fit(how, pointer(y, "double"), len(y), pointer(work, "double"),
                                   ffi.NULL, pointer(points), err), err)
        parts.append((g, start + np.arange(len(y)), points, alarms.of(int((~np.isnan(y)).sum()))))
    return _made(courses, parts, CHART_FIELDS, CHART)


def _at_session(search, model, at_session):
    """The session of a known change, and options that go together."""
    if search != _CHOW and at_session is not None:
        raise OptionError("expected search=\"chow\", whose place is known", column="at_session")
    if model != lib.ATTUNE_CHANGEPOINT_MEAN and search < lib.ATTUNE_CHANGEPOINT_BREAKS:
        raise OptionError("expected search \"breaks\", \"chow\" or \"supf\" with it",
                          column="model")
    return session("at_session", at_session) if search == _CHOW else None


def _options(search, model):
    how = ffi.new("attune_changepoint_options *")
    lib.atn_changepoint_options(how)
    how.search = search if search < _CHOW else lib.ATTUNE_CHANGEPOINT_BREAKS
    how.criterion, how.permutations = lib.ATTUNE_CHANGEPOINT_LWZ, _PERMUTATIONS
    how.model = model
    if model == lib.ATTUNE_CHANGEPOINT_LINE:
        how.min_size = _LINE_MIN_SIZE
    return how


def _searched(how, y):
    """The changes of one course, as many as the search finds."""
    found, size = room(CHANGEPOINT, len(y)), lib.attune_changepoint_work(how, len(y))
    work, count, err = ffi.new("char[]", size), ffi.new("size_t *"), new_error()
    check(lib.attune_changepoint_fit(how, pointer(y, "double"), len(y), work, size, pointer(found),
                                     len(y), count, ffi.NULL, err), err)
    return found[:count[0]].copy()


def _tested(how, y, row):
    """The one change of a course at row, or at the likeliest place where row is None."""
    found, err = room(CHANGEPOINT, 1), new_error()
    if row is not None:
        check(lib.attune_chow_change(how.model, pointer(y, "double"), len(y), row, pointer(found),
                                     err), err)
        return found
    size = lib.attune_supf_work(len(y))
    work = ffi.new("char[]", size)
    check(lib.attune_supf_change(how.model, _TRIM, _PERMUTATIONS, how.seed, pointer(y, "double"),
                                 len(y), work, size, pointer(found), err), err)
    return found


def _alarm_of(p, known):
    """A test's p is how often it errs; random orders leave it an error of its own."""
    return p, 0.0 if known and not np.isnan(p) else float(np.sqrt(p * (1 - p) / _PERMUTATIONS))


def _reason(how, found):
    text = lib.attune_changepoint_reason(how.model, found)
    return None if text == ffi.NULL else ffi.string(text).decode()


def changepoints(scored, search="partition", model="mean", at_session=None, scales=None):
    """Changes of level: one row a change, the session being the first after it.

    scored: as for trend.
    search: "partition", the best partition at 3 ln n squared spreads a change; "binary", one
            split after another at the same price; "breaks", the best of up to five changes by the
            criterion of Liu, Wu and Zidek. With one row a course: "chow", the test of a change
            whose place is known; "supf", of the likeliest place, 15 % from both ends.
    model:  "mean", or with breaks, chow and supf "line": what a stretch has.
    at_session: of chow: the first session after the change.
    scales: a clinic's own, from load_scales.

    Returns a new frame of the same kind: client, measure, rater, session, the columns of
    `attune changepoints`, the false alarms of a course as long with their simulation error (of
    chow and supf p itself), and why the statistic is missing.

    Raises DataError, FormatError, DuplicateError as score does; CountError for a course of more
    than 4096 forms; OptionError.
    """
    way, kind = word("search", search, _SEARCHES), word("model", model, _MODELS)
    at = _at_session(way, kind, at_session)
    how, given = _options(way, kind), Given(scales)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    alarms, parts = _changepoint_alarms(how), []
    for g, start, y in _scores(courses):
        if len(y) > lib.ATTUNE_CHANGEPOINT_ROWS_MAX:
            raise CountError("expected no course of more than 4096 forms")
        if way < _CHOW:
            found = _searched(how, y)
            alarm = alarms.of(int((~np.isnan(y)).sum())) if len(found) else None
        else:
            sessions = courses.session[start:start + len(y)]
            found = _tested(how, y, int((sessions < at).sum()) if way == _CHOW else None)
            alarm = _alarm_of(float(found["p"][0]), way == _CHOW)
        if len(found):
            rows = found["row"].astype(np.int64)
            parts.append((g, np.where((rows >= 0) & (rows < len(y)), start + rows, -1), found,
                          alarm))
    reasons = [_reason(how, pointer(found) + i) for _, _, found, _ in parts
               for i in range(len(found))]
    return _made(courses, parts, CHANGEPOINT_FIELDS, CHANGEPOINT,
                 reason=np.array([*reasons, None], dtype=object)[:-1])


def _prior(every, prior):
    """The options of run lengths; m and b NaN: the prior is looked for in the course."""
    how, err = ffi.new("attune_runlength_options *"), new_error()
    lib.atn_runlength_options(how)
    how.cap = _CAP
    setattr(how, "lambda", number("every", every))
    given = (0, how.k, how.a, how.b) if prior is None else prior
    if not isinstance(given, (tuple, list)) or len(given) != 4:
        raise OptionError("expected four numbers: M, K, A and B", column="prior")
    how.m, how.k, how.a, how.b = (number("prior", value) for value in given)
    size = lib.attune_runlength_work(_CAP)
    status = lib.attune_runlength_start(ffi.new("double[]", size // 8), size, how, err)
    if status != lib.ATTUNE_OK:
        key = ffi.string(err.key).decode()
        check(status, err, column="every" if key == "lambda" else "prior")
    if prior is None:
        how.m = how.b = float("nan")
    return how


def runlength(scored, every=20, prior=None, scales=None):
    """How long the present level has lasted: one row a session, by Bayesian online change points.

    scored: as for trend.
    every:  expected scores from change to change.
    prior:  what is known of a level beforehand, (M, K, A, B): mean M worth K scores, spread about
            sqrt(B / A). Without it M is the mean of the whole course, K 1, A 1 and B the square of
            its spread: earlier rows then know what came later.
    scales: a clinic's own, from load_scales.

    Returns a new frame of the same kind: client, measure, rater, session, the columns of
    `attune runlength`, and the false alarms of a course as long with their simulation error.
    pyattune.columns.RUNLENGTH_FIELDS holds a sentence on each. A course without a completed form
    has no row.

    Raises DataError, FormatError, DuplicateError as score does; NumericError for scores beyond
    1e100 with a prior; OptionError.
    """
    how, given = _prior(every, prior), Given(scales)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    alarms, parts = _runlength_alarms(how), []
    size = lib.attune_runlength_work(how.cap)
    work = ffi.new("double[]", size // 8)
    for g, start, y in _scores(courses):
        runs, err = room(RUNLENGTH, len(y)), new_error()
        check(lib.attune_runlength_fit(how, pointer(y, "double"), len(y), work, size,
                                       pointer(runs), err), err)
        parts.append((g, start + np.arange(len(y)), runs, alarms.of(int(runs["n"][-1]))))
    return _made(courses, parts, RUNLENGTH_FIELDS, RUNLENGTH)
