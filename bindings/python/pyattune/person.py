# One client of a scored frame: the report as text, and what it rests on as frames.
# SPDX-License-Identifier: MIT
import datetime
import html

import numpy as np

from pyattune import scan
from pyattune._attune import ffi, lib
from pyattune.catalogue import scale_info
from pyattune.columns import SCORE, SCORE_FIELDS, pointer
from pyattune.constants import Given, Measures
from pyattune.courses import RATER_CODES, Courses, Forms
from pyattune.errors import ArgumentError, OptionError, UnknownError, check, new_error
from pyattune.frames import frame_of
from pyattune.plan import Plan
from pyattune.scoring import score
from pyattune.table import Problems, day_of, is_missing, items, reals, texts

_FIELDS = {field.name: field for field in SCORE_FIELDS}


def _rows_of(frame, id):
    """The client's rows."""
    if "client" not in frame.names:
        raise ArgumentError("expected such a column", column="client")
    problems = Problems()
    ranks, ids = texts(frame.column("client"), "client", problems)
    problems.finish()
    if str(id) not in ids:
        raise UnknownError("no form of the frame has this client", column="client")
    return np.flatnonzero(ranks == ids.index(str(id)))


class Client:
    """One client of a scored frame. Immutable: every frame handed out is a fresh copy."""

    def __init__(self, scored, id, rules="default", scales=None):
        frame = frame_of(scored)
        rows = _rows_of(frame, id)
        self._make = frame.make
        self._columns = {name: frame.column(name)[rows] for name in frame.names}
        self._id, self._rules, self._scales = str(id), rules, scales
        self._plan = Plan(rules)

    def to_frame(self):
        """The client's forms, in the order of the frame they came from."""
        return self._make(self._columns)

    @property
    def marks(self):
        """The client's marks: the columns of pyattune.marks."""
        return scan.marks(self._scored()[0], rules=self._rules, scales=self._scales)

    @property
    def episodes(self):
        """The client's possible ruptures: the columns of pyattune.episodes."""
        return scan.episodes(self._scored()[0], rules=self._rules, scales=self._scales)

    def summary(self, width=80, ascii=False, at=None):
        """The client report as text, as `attune client` prints it.

        width: columns, 60 to 200. ascii: plain ASCII. at: the day to take as today, text
        YYYY-MM-DD or a date object; None: today.
        """
        if not isinstance(width, int) or not 60 <= width <= 200:
            raise OptionError("expected 60 to 200 columns", column="width")
        options = ffi.new("attune_text_options *", {
            "struct_size": ffi.sizeof("attune_text_options"), "width": width,
            "ascii": int(bool(ascii))})
        report = self._report(day_of(datetime.date.today() if at is None else at, "at"))
        size = lib.attune_client_report_text(report, options, ffi.NULL, 0) + 1
        text = ffi.new("char[]", size)
        lib.attune_client_report_text(report, options, text, size)
        return ffi.string(text).decode()

    def _scored(self):
        """The client's forms as scored, and the answers (a row each) where the frame holds them."""
        frame = self.to_frame()
        names = items(frame_of(frame))
        if not names:
            return frame, None
        read = Forms(frame)
        rows = read.order()
        answers = np.full((read.rows, max(names)), np.nan)
        for number, name in names.items():
            answers[:, number - 1] = reals(read.column(name), name, read.problems)
        read.problems.finish()
        scored = score(frame, higher="worse", scales=self._scales)
        return scored, answers if rows is None else answers[rows]

    def _clinician(self):
        """The latest named; None when the frame has no such column."""
        named = [cell for cell in self._columns.get("clinician", np.empty(0)).tolist()
                 if not is_missing(cell)]
        return str(named[-1]) if named else None

    def _report(self, day):
        """An attune_client_report; what it was made from is not needed after this."""
        scored, answers = self._scored()
        courses = Courses(scored, lambda courses: Measures(courses, Given(self._scales)))
        forms = _forms(courses)
        measures = [ffi.new("char[]", id.encode()) for id in courses.measures.ids]
        places = sorted(range(courses.count),
                        key=lambda g: (courses.measure[g], RATER_CODES[courses.rater[g]]))
        series = ffi.new("attune_report_series[]", max(courses.count, 1))
        parts = [_fill(series[i], courses, g, forms, measures, answers)
                 for i, g in enumerate(places)]
        id, rules, clinician = (ffi.new("char[]", text.encode()) for text in (
            self._id, self._plan.label, self._clinician() or ""))
        client = ffi.new("attune_report_client *", {
            "struct_size": ffi.sizeof("attune_report_client"), "count": courses.count,
            "client": id, "series": series})
        client.clinician = clinician if self._clinician() else ffi.NULL
        options = ffi.new("attune_report_options *", {
            "struct_size": ffi.sizeof("attune_report_options"), "has_day": 1, "day": day,
            "choices": self._plan.c, "n_choices": len(self._plan), "rules": rules})
        out, err = ffi.new("attune_client_report **"), new_error()
        check(lib.attune_client_report_new(out, client, options, ffi.NULL, err), err)
        del parts
        return ffi.gc(out[0], lib.attune_client_report_free)

    def _repr_html_(self):
        return f"<pre>{html.escape(self.summary())}</pre>"

    def __repr__(self):
        return f"<pyattune.Client: {len(self._columns['client'])} forms>"


def _fill(series, courses, g, forms, measures, answers):
    """The attune_report_series of course g; returns the pointers that must outlive it."""
    start, end = int(courses.starts[g]), int(courses.starts[g + 1])
    about = courses.measures.c[int(courses.measure[g])]
    parts = [pointer(forms[start:end]), pointer(courses.day[start:end], "double"),
             pointer(courses.session[start:end], "int32_t")]
    series.struct_size = ffi.sizeof("attune_report_series")
    series.rater = int(RATER_CODES[courses.rater[g]])
    series.count = end - start
    series.measure = measures[int(courses.measure[g])]
    series.scale = about.scale
    if about.direction_known:
        series.constants = ffi.addressof(about, "constants")
    series.forms, series.day, series.session = parts
    asked = scale_info(about.scale).item_count if about.scale else 0
    if answers is not None and asked and not np.isnan(answers[start:end]).all():
        own = np.full((end - start, asked), np.nan)
        own[:, :answers.shape[1]] = answers[start:end, :asked]
        series.item_count = asked
        parts.append(pointer(own, "double"))
        series.items = parts[-1]
    return parts


def _forms(courses):
    """The structs of totals, with what the frame still knows of each."""
    totals = np.zeros(max(len(courses.score), 1), SCORE)
    totals["struct_size"] = SCORE.itemsize
    for g in range(courses.count):
        scale = courses.measures.c[int(courses.measure[g])].scale
        for i in range(int(courses.starts[g]), int(courses.starts[g + 1])):
            if scale:
                check(lib.attune_total_score(scale, courses.score[i], pointer(totals[i:i + 1]),
                                             ffi.NULL))
            else:
                totals[i]["score"], totals[i]["subscale"] = courses.score[i], -1
                totals[i]["band"] = -1
    for name, read in (("flags", _bits), ("reason", _codes), ("n_items", _numbers),
                       ("n_answered", _numbers), ("complete", _numbers)):
        if courses.forms.has(name):
            values = courses.take(courses.forms.column(name))
            totals[name][:len(values)] = read(values, _FIELDS[name].names)
    return totals


def _bits(values, names):
    return [0 if is_missing(cell) else sum(1 << names.index(word) for word in str(cell).split()
                                           if word in names) for cell in values.tolist()]


def _codes(values, names):
    return [0 if is_missing(cell) or cell not in names else names.index(cell)
            for cell in values.tolist()]


def _numbers(values, names):
    return [-1 if is_missing(cell) else int(cell) for cell in values.tolist()]


def client(scored, id, rules="default", scales=None):
    """One client of a scored frame.

    scored: what pyattune.score returns; or the forms themselves, from which the report can also
            name the clinician and the safety items that were answered.
    id:     as in its column client.
    rules, scales: as for marks.
    Returns a Client with summary(), marks, episodes and to_frame().
    Raises UnknownError when no form has this client.
    """
    return Client(scored, id, rules, scales)
