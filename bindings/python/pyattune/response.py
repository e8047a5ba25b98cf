# Expected response: a norm fitted to a clinic's own forms, and what it expects of one client.
# SPDX-License-Identifier: MIT
import datetime
import os

import numpy as np

from pyattune._attune import ffi, lib
from pyattune.constants import Given, Measures, word
from pyattune.courses import RATER_CODES, RATERS, Courses
from pyattune.errors import (CountError, FileError, OptionError, OrderError, check, new_error)
from pyattune.columns import pointer

_TIMES = {"session": {"log": lib.ATTUNE_TIME_LOG, "session": lib.ATTUNE_TIME_SESSION,
                      "root": lib.ATTUNE_TIME_ROOT},
          "date": {"log": lib.ATTUNE_TIME_LOG_WEEK, "week": lib.ATTUNE_TIME_WEEK,
                   "root": lib.ATTUNE_TIME_ROOT_WEEK}}
_STRUCTURES = {"level": 0, "slope": 1, "diagonal": 2}
_METHODS = {"ml": 0, "reml": 1}
_TEXTS = ("name", "measure", "who", "at", "population", "software")
_FIGURES = ("n_clients", "n_forms", "first_session", "last_session", "intake_low", "intake_high",
            "intercept", "slope", "intercept_se", "slope_se", "fixed_cov", "intercept_var",
            "slope_var", "intercept_slope_cov", "residual_var", "log_likelihood", "aic", "bic",
            "singular", "iterations")


class Norm:
    """A fitted expected response with whose it is. Immutable; hand it to response= of marks.

    hash: SHA-256 of the file that it was read from, to be kept with what was made with it; "" of
    a norm that was fitted and not read.
    """

    def __init__(self, c):
        self._c = c

    def __getattr__(self, name):
        if name in _TEXTS:
            return ffi.string(getattr(self._c, name)).decode()
        if name in _FIGURES:
            return getattr(self._c.response, name)
        raise AttributeError(name)

    def model(self):
        """The attune_response inside; it lives as long as this."""
        return ffi.addressof(self._c, "response")

    @property
    def hash(self):
        return ffi.string(self._c.hash).decode()

    @property
    def c(self):
        """The attune_norm; it lives as long as this."""
        return self._c

    @property
    def by(self):
        """What time goes by: "session", or "date", and then the weeks since the first form."""
        return "date" if lib.attune_time_by_date(self._c.response.time) else "session"

    @property
    def rater(self):
        return ffi.string(lib.attune_rater_name(self._c.rater)).decode()

    def to_dict(self):
        """Texts, figures and codes by name."""
        r = self._c.response
        found = {name: getattr(self, name) for name in (*_TEXTS, "rater", *_FIGURES)}
        found["by"] = self.by
        found["time"] = ffi.string(lib.attune_time_name(r.time)).decode()
        found["structure"] = ffi.string(lib.attune_structure_name(r.structure)).decode()
        found["method"] = "reml" if r.reml else "ml"
        return found

    def to_json(self):
        """The norm file: what `attune response fit` writes and load_response reads."""
        length, err = ffi.new("size_t *"), new_error()
        text = ffi.new("char[]", lib.ATTUNE_NORM_BYTES_MAX)
        check(lib.attune_norm_write(self._c, text, lib.ATTUNE_NORM_BYTES_MAX, length, err), err)
        return ffi.string(text).decode()

    def save(self, path):
        """Write the norm file. Raises OSError where that cannot be done."""
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.to_json())

    def expect(self, at, sessions=(), scores=(), level=0.8):
        """What is expected of one client at session `at`, after these sessions' scores.

        Of a norm by date, `at` and sessions are days since the first form.
        With the first form alone, the expected response from intake; with none, of a client of
        whom nothing is known. Returns a dict: mean, mean_se, score_se (with the uncertainty of
        intercept and slope; *_given without), low and high of the band that holds `level` of such
        scores, u0, u1 and their uncertainty, n.
        Raises OptionError for a session that the norm was not fitted to: nothing is extrapolated.
        """
        session = np.asarray(sessions, dtype=np.int32)
        score = np.asarray(scores, dtype=np.float64)
        if session.shape != score.shape or session.ndim != 1:
            raise CountError("expected as many sessions as scores", column="scores")
        e, err = ffi.new("attune_expected *"), new_error()
        e.struct_size = ffi.sizeof("attune_expected")
        check(lib.attune_response_predict(self.model(), pointer(session, "int32_t"),
                                          pointer(score, "double"), len(session), at, e, err), err)
        low, high = ffi.new("double *"), ffi.new("double *")
        check(lib.attune_response_band(e, level, low, high), column="level")
        names = ("n", "mean", "mean_se_given", "mean_se", "score_se_given", "score_se", "u0", "u1",
                 "u0_se", "u1_se", "u0_u1_cov")
        return {**{name: getattr(e, name) for name in names}, "low": low[0], "high": high[0]}

    def summary(self):
        """The norm in a few lines of text."""
        text = ffi.new("char[]", lib.ATTUNE_NORM_SENTENCE_MAX)
        lib.attune_norm_sentence(self._c, lib.ATTUNE_NORM_WHOLE, text, len(text))
        return (f"{ffi.string(text).decode()}\n{self.measure} ({self.rater}), first scores "
                f"{self.intake_low:g} to {self.intake_high:g}; fitted with {self.software}")

    def __repr__(self):
        return f"<pyattune.Norm: {self.n_clients} clients, {self.n_forms} forms>"


def _new():
    c = ffi.new("attune_norm *")
    c.struct_size = ffi.sizeof("attune_norm")
    c.response.struct_size = ffi.sizeof("attune_response")
    return c


def load_response(source):
    """Read a norm file: its path, or its JSON as text that begins with {.

    Raises FileError when the file cannot be read; FormatError with the JSON path at fault.
    """
    text = source if isinstance(source, str) and source.lstrip().startswith("{") else None
    if text is None:
        try:
            with open(os.fspath(source), "rb") as file:
                data = file.read()
        except (OSError, TypeError):
            raise FileError("expected a file that can be read", column="response") from None
    else:
        data = text.encode()
    c, err = _new(), new_error()
    check(lib.attune_norm_load(c, ffi.from_buffer(data), len(data), err), err)
    return Norm(c)


def norm_of(response):
    """What response= takes: None, a Norm, or where to read one."""
    return response if response is None or isinstance(response, Norm) else load_response(response)


def c_norm(response):
    """A Norm as the library takes it; None is NULL."""
    return ffi.NULL if response is None else response.c


def _days(courses, rows, keep):
    """Days since a course's first completed form that has a date, of these and those that have."""
    day = courses.day[rows]
    keep &= ~np.isnan(courses.score[rows])
    undated = bool((keep & np.isnan(day)).any())
    keep &= ~np.isnan(day)
    day = day[keep] - day[keep][:1] if keep.any() else day[:0]
    if (np.diff(day) < 0).any():
        place = rows.start + int(np.flatnonzero(keep)[np.argmax(np.diff(day) < 0) + 1])
        raise OrderError("expected dates that do not go backwards from session to session",
                         courses.row(place), "date")
    return day, keep, undated


def _rows(courses, measure, rater, by_date):
    """The courses of one measure and rater, as rows."""
    ids = courses.forms.measures
    found = [g for g in range(courses.count)
             if courses.rater[g] == rater and measure in (None, ids[courses.measure[g]])]
    if len({courses.measure[g] for g in found}) > 1:
        raise OptionError("expected measure= where the frame has more than one", column="measure")
    starts, session, score, some_undated = [0], [], [], False
    for g in found:
        rows = slice(int(courses.starts[g]), int(courses.starts[g + 1]))
        keep = courses.session[rows] >= 1
        if by_date:
            day, keep, undated = _days(courses, rows, keep)
            some_undated |= undated
        session.append(day if by_date else courses.session[rows][keep])
        score.append(courses.score[rows][keep])
        starts.append(starts[-1] + int(keep.sum()))
    name = ids[courses.measure[found[0]]] if found else ""
    if some_undated:
        courses.measures.warn(int(courses.measure[found[0]]), "forms without a date are left out")
    empty = [np.zeros(0)]
    return (name, np.array(starts, np.uint64), np.concatenate(session or empty).astype(np.int32),
            np.concatenate(score or empty).astype(np.float64))


def _put(c, name, value):
    data = str(value).encode()
    if len(data) >= ffi.sizeof(getattr(c, name)):
        raise OptionError("expected a shorter text", column=name)
    setattr(c, name, data)


def response_fit(scored, measure=None, rater="client", time="log", structure="slope",
                 method="reml", name="unnamed norm", who="", population="", at=None, scales=None,
                 by="session"):
    """Fit the expected response of a caseload: a mixed model of score on session or date.

    scored:    as for trend; sessions from 1 on count.
    measure:   its id, where the frame has more than one; rater: whose forms.
    time:      "log" (of the session), "session" (less one) or "root"; by date "log" (of 1 and the
               weeks), "week" or "root" (of the same).
    by:        "session"; or "date": the weeks since a client's first completed form. Forms without
               a date are then left out, with a warning.
    structure: "slope" (level and slope of each client), "level" or "diagonal".
    method:    "reml" or "ml".
    name, who, population, at: what the norm file says of itself; at is today unless given.

    Returns a Norm. Raises TooFewError, NumericError as attune_response_fit does; OptionError;
    OrderError for dates that go backwards.
    """
    how = ffi.new("attune_response_options *")
    how.struct_size = ffi.sizeof("attune_response_options")
    how.time = word("time", time, word("by", by, _TIMES))
    how.structure = word("structure", structure, _STRUCTURES)
    how.reml = word("method", method, _METHODS)
    given = Given(scales)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    code = word("rater", rater, {name: i for i, name in enumerate(RATERS)})
    id, starts, session, score = _rows(courses, measure, code, by == "date")
    c, err = _new(), new_error()
    clients = len(starts) - 1
    size = lib.attune_response_work(clients, len(score))
    work = ffi.new("char[]", size)
    check(lib.attune_response_fit(how, pointer(starts, "uint64_t"), clients,
                                  pointer(session, "int32_t"), pointer(score, "double"),
                                  len(score), work, size, ffi.addressof(c, "response"), err), err)
    c.rater = int(RATER_CODES[code])
    version = ffi.string(lib.attune_version_text()).decode()
    for key, value in (("measure", id), ("name", name), ("who", who), ("population", population),
                       ("at", at or datetime.date.today().isoformat()),
                       ("software", f"attune {version}")):
        _put(c, key, value)
    return Norm(c)
