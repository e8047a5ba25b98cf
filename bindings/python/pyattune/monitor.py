# A monitor: one client followed live on one measure, session by session.
# SPDX-License-Identifier: MIT
import collections
import math
import threading

import numpy as np

from pyattune._attune import ffi, lib
from pyattune.columns import MARK, MARK_FIELDS, TRACE, TRACE_FIELDS, column, pointer, room
from pyattune.company import Company
from pyattune.constants import Given
from pyattune.errors import ConstantError, DataError, UnknownError, check, new_error
from pyattune.frames import PandasFrame
from pyattune.plan import Plan
from pyattune.response import norm_of
from pyattune.scan import REASON_BYTES
from pyattune.table import day_of

Mark = collections.namedtuple(
    "Mark", ["session", "date", *(field.name for field in MARK_FIELDS), "reason"])
Mark.__doc__ = """One mark: session, date (as given, or None), """ \
    + "; ".join(f"{field.name}: {field.text}" for field in MARK_FIELDS) + "; reason: a sentence."
Trace = collections.namedtuple("Trace", ["session", *(field.name for field in TRACE_FIELDS)])


def _score(value, name="score"):
    if value is None:
        return math.nan
    if isinstance(value, (bool, str, bytes)):
        raise DataError("expected a number, or None for a form not completed", column=name)
    try:
        return float(value)
    except (TypeError, ValueError):
        raise DataError("expected a number, or None for a form not completed",
                        column=name) from None


class Monitor:
    """One client followed live on one measure.

    measure: id of a measure, "phq-9"; with higher= also one that no scale describes.
    rules, within_sd, sd, reliability, higher, scales, response: as for pyattune.marks; a monitor
    knows no rater, so a norm has to be of whose forms are pushed.
    therapist: id of the alliance measure that the therapist fills in, "demo-alliance"; None: none.
    distress:  id of the client's distress measure, "core-10"; None: none.
    subscales: True: the measure's subscales are told, too; those that pyattune.marks listens to.
    Only rules that listen hear these three (pyattune.rules() says which); a session's scores of
    them come with its push.

    A push answers with the same marks, to the bit, that pyattune.marks finds in the whole course.
    Threads may share a monitor: its calls wait for each other.

    Raises UnknownError when no scale has an id and higher is not given; OptionError for a therapist
    or distress measure of another kind, for subscales that are none, and as pyattune.marks does.

        monitor = pyattune.Monitor("demo-alliance")
        for score in (5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3):
            for mark in monitor.push(score):
                print(mark.session, mark.level, mark.reason)

        both = pyattune.Monitor("demo-alliance", rules=["rupture_joint"], distress="core-10")
        both.push(5.2, distress=18)
    """

    def __init__(self, measure, rules="default", *, within_sd=None, sd=None, reliability=None,
                 higher=None, scales=None, response=None, therapist=None, distress=None,
                 subscales=False):
        response = norm_of(response)
        given = Given(scales, higher, response, within_sd=within_sd, sd=sd,
                      reliability=reliability)
        self._plan = Plan(rules, also=() if response is None else ("not_on_track",))
        self._company = Company(self._plan, given, measure, therapist, distress, subscales)
        self._scales = scales  # keeps the scale alive
        self._response = response  # keeps the norm alive
        out, err = ffi.new("attune_monitor **"), new_error()
        check(lib.attune_monitor_new(out, self._company.watch, ffi.NULL, err), err)
        self._begin(out[0], measure, 0, ())

    def _begin(self, handle, measure, session, marks):
        self._handle = ffi.gc(handle, lib.attune_monitor_free)
        self._measure = measure
        self._session = session
        self._marks = marks
        self._lock = threading.Lock()

    @property
    def measure(self):
        """The id of the measure."""
        return self._measure

    @property
    def session(self):
        """The number of the last session pushed; 0 before the first."""
        return self._session

    @property
    def rules(self):
        """The ids of the rules, in their order."""
        return tuple(self._plan.ids)

    @property
    def marks(self):
        """All marks so far as a pandas DataFrame: the columns of pyattune.marks from session on."""
        return PandasFrame.make({name: _as_column([mark[i] for mark in self._marks])
                                 for i, name in enumerate(Mark._fields)})

    def push(self, score, *, session=None, date=None, therapist=None, distress=None,
             subscales=None):
        """Commit a session and return its marks, a tuple of Mark.

        score:   in the measure's units; None or NaN: the form was not completed
        session: its number, above the last one's; None: the next number
        date:    text YYYY-MM-DD or a date object, or None
        therapist, distress: what the therapist's and the client's other form came to at this
                 session, in their own units; None or NaN: not completed. Where only they were
                 filled in, score is None.
        subscales: a mapping from the ids of subscales to their scores.
        Raises DataError (outside the measure's range, not a number), OrderError, and ArgumentError
        for scores of forms that the monitor was not told of; a refused push changes nothing.
        """
        with self._lock:
            number, found = self._ask(lib.attune_monitor_push_joint, score, session, date,
                                      (therapist, distress, subscales))
            self._session = number
            self._marks += found
        return found

    def peek(self, score, *, session=None, date=None, therapist=None, distress=None,
             subscales=None):
        """What such a session would mark, without committing it. As push otherwise."""
        with self._lock:
            return self._ask(lib.attune_monitor_peek_joint, score, session, date,
                             (therapist, distress, subscales))[1]

    def _ask(self, call, score, session, date, others):
        number = self._session + 1 if session is None else _session(session)
        said = self._company.said(_score, *others)
        marks = room(MARK, 2 * len(self._plan))
        count, err = ffi.new("size_t *"), new_error()
        check(call(self._handle, number, day_of(date, "date"), _score(score), said, len(said),
                   pointer(marks), len(marks), count, err), err)
        return number, self._tuples(marks[:count[0]], date)

    def _tuples(self, marks, date):
        columns = [column(field, marks).tolist() for field in MARK_FIELDS]
        text = ffi.new("char[]", REASON_BYTES)
        found = []
        for i in range(len(marks)):
            lib.attune_mark_reason(pointer(marks[i:i + 1]), self._company.scale, text,
                                   REASON_BYTES)
            found.append(Mark(int(marks["session"][i]), date, *(cells[i] for cells in columns),
                              ffi.string(text).decode()))
        return tuple(found)

    def wait(self, rule=None):
        """Completed sessions still wanted before a rule can answer; 0 when it can.

        rule: a rule's id; None: whichever of the monitor's rules is the first.
        Raises ConstantError when it never will, because the measure lacks a constant or is not of
        the kind that the rule looks at, or the monitor knows no form that the rule listens to;
        UnknownError when the monitor has no such rule.
        """
        if rule is not None and rule not in self._plan.ids:
            raise UnknownError("expected one of the monitor's rules", column="rule")
        with self._lock:
            waits = [lib.attune_monitor_wait(self._handle, i) for i, id in
                     enumerate(self._plan.ids) if rule in (None, id)]
        waits = [wait for wait in waits if wait >= 0]
        if not waits:
            raise ConstantError("the measure lacks a constant for it, or is not of its kind, or no "
                                "other form is there to listen to",
                                column="rule")
        return min(waits)

    def trace(self):
        """What each rule found at the last session: a tuple of Trace (session, rule, statistic).

        Raises TooFewError before the first push.
        """
        traces = room(TRACE, len(self._plan))
        count, err = ffi.new("size_t *"), new_error()
        with self._lock:
            check(lib.attune_monitor_trace(self._handle, pointer(traces), len(traces), count, err),
                  err)
        columns = [column(field, traces).tolist() for field in TRACE_FIELDS]
        return tuple(Trace(int(traces["session"][i]), *(cells[i] for cells in columns))
                     for i in range(count[0]))

    def clone(self):
        """Another monitor with the same past; the two then go their own ways."""
        out, err = ffi.new("attune_monitor **"), new_error()
        other = Monitor.__new__(Monitor)
        other._plan, other._company, other._scales = self._plan, self._company, self._scales
        other._response = self._response
        with self._lock:
            check(lib.attune_monitor_clone(out, self._handle, ffi.NULL, err), err)
            other._begin(out[0], self._measure, self._session, self._marks)
        return other

    __copy__ = clone

    def __deepcopy__(self, memo):
        return self.clone()

    def __repr__(self):
        return f"<pyattune.Monitor: {', '.join(self.rules)}, {len(self._marks)} marks>"


def _session(value):
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool) and \
            0 <= value <= 1000000000:
        return int(value)
    raise DataError("expected a whole number from 0 to 1000000000", column="session")


def _as_column(cells):
    if cells and all(isinstance(cell, (int, float)) for cell in cells):
        return np.array(cells)
    made = np.empty(len(cells), dtype=object)
    made[:] = cells
    return made
