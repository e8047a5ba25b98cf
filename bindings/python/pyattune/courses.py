# Forms sorted into courses: one client, one measure, one rater, in session order.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.catalogue import band_labels, plain_number
from pyattune.columns import pointer
from pyattune.errors import DataError, DuplicateError, FormatError, check, new_error
from pyattune.frames import frame_of
from pyattune.table import Problems, days, distinct, items, reals, sessions, texts

_RATERS = sorted((ffi.string(lib.attune_rater_name(code)).decode(), code)
                 for code in (lib.ATTUNE_RATER_CLIENT, lib.ATTUNE_RATER_THERAPIST,
                              lib.ATTUNE_RATER_OBSERVER))
RATERS = [name for name, _ in _RATERS]  # in the order of the output
RATER_CODES = np.array([code for _, code in _RATERS])


def _raters(values, problems):
    ranks, ids = texts(values, "rater", problems, required=False)
    table = np.array([RATERS.index(name) if name in RATERS else -1 for name in ids]
                     + [RATERS.index("client")])
    found = table[ranks]
    problems.add(found < 0, DataError, "expected client, therapist or observer", "rater")
    return np.maximum(found, 0)


def _number_dates(client, day, dated):
    """A client's distinct dates are sessions 1, 2, 3..."""
    rows = np.flatnonzero(dated)
    rows = rows[np.lexsort((day[rows], client[rows]))]
    if not len(rows):
        return rows, rows
    other = np.r_[True, client[rows][1:] != client[rows][:-1]]
    fresh = other | np.r_[True, day[rows][1:] != day[rows][:-1]]
    number = np.cumsum(fresh)
    before = np.maximum.accumulate(np.where(other, number - 1, 0))
    return rows, number - before


class Forms:
    """The identity of every form of a frame, checked. Rows stand as in the frame."""

    def __init__(self, frame):
        self.frame = frame_of(frame)
        self.rows = self.frame.rows
        self.problems = Problems()
        self._need("client", "measure")
        self.client, self.clients = texts(self.column("client"), "client", self.problems)
        self.measure, self.measures = texts(self.column("measure"), "measure", self.problems)
        self.rater = np.full(self.rows, RATERS.index("client"))
        if self.has("rater"):
            self.rater = _raters(self.column("rater"), self.problems)
        self.day = np.full(self.rows, np.nan)
        if self.has("date"):
            self.day = days(self.column("date"), "date", self.problems)
        self.session = np.full(self.rows, -1)
        if self.has("session"):
            self.session = sessions(self.column("session"), "session", self.problems)
        self._number()

    def has(self, name):
        return name in self.frame.names

    def column(self, name):
        return self.frame.column(name)

    def _need(self, *names):
        for name in names:
            if not self.has(name):
                raise FormatError("expected such a column", column=name)
        if not self.has("session") and not self.has("date"):
            raise FormatError("expected such a column, or a column 'date'", column="session")

    def _number(self):
        """Sessions from dates, where a client has dates alone."""
        dated = self.session < 0
        name = "session" if self.has("session") else "date"
        self.problems.add(dated & np.isnan(self.day), FormatError,
                          "expected a session or a date, found neither", name)
        _, first = np.unique(self.client, return_index=True)
        by_client = np.zeros(len(self.clients) + 1, dtype=bool)
        by_client[self.client[first]] = dated[first]
        self.problems.add(by_client[self.client] != dated, FormatError,
                          "expected a session where the client's first row has one, and else a "
                          "date alone", name)
        rows, number = _number_dates(self.client, self.day, dated)
        if len(rows):
            self.session = self.session.copy()
            self.session[rows] = number

    def order(self, rows=None):
        """The rows in the order of the output; None when they stand in it already."""
        keys = [key if rows is None else key[rows]
                for key in (self.client, self.measure, self.rater, self.session)]
        rising = np.zeros(max(len(keys[0]) - 1, 0), dtype=bool)
        same = np.ones_like(rising)
        for key in keys:
            rising |= same & (key[1:] > key[:-1])
            same &= key[1:] == key[:-1]
        if rising.all():
            return rows
        order = np.lexsort(keys[::-1])
        keys = [key[order] for key in keys]
        same = np.logical_and.reduce([key[1:] == key[:-1] for key in keys])
        order = order if rows is None else rows[order]
        if same.any():
            row = np.maximum(order[1:], order[:-1])[same].min()
            self.problems.add(int(row), DuplicateError,
                              "expected one form a client, session, measure and rater",
                              "session" if self.has("session") else "date")
        return order


def _totals(forms):
    """Rows that hold totals; None when all do: what is known of subscales stays outside."""
    if not forms.has("subscale"):
        return None
    values = forms.column("subscale")
    if values.dtype.kind == "f" and np.isnan(values).all():
        return None
    rows = np.flatnonzero(distinct(values)[0] < 0)
    return None if len(rows) == forms.rows else rows


_NO_SUBSCALES = np.empty((0, 0)), np.empty(0)


def _subscales(courses):
    """Scores of subscales, a column each beside the totals, and how many each course has."""
    forms = courses.forms
    counts = [len(band_labels(courses.measures.c[i].scale)[1]) for i in range(len(forms.measures))]
    if not forms.has("subscale") or not any(counts):
        return _NO_SUBSCALES
    codes, cells = distinct(forms.column("subscale"))
    rows = np.flatnonzero(codes >= 0)
    keys = _keys(forms)
    totals = courses.take(keys)
    places = np.minimum(np.searchsorted(totals, keys[rows]), max(len(totals) - 1, 0))
    which = np.full(len(rows), -1)
    for i in range(len(forms.measures)):
        ids = band_labels(courses.measures.c[i].scale)[1]
        index = np.array([ids.index(cell) if cell in ids else -1 for cell in cells] + [-1])
        mine = forms.measure[rows] == i
        which[mine] = index[codes[rows[mine]]]
    known = which >= 0
    if len(totals):
        known &= totals[places] == keys[rows]
    found = np.full((max(counts), len(totals)), np.nan)
    found[which[known], places[known]] = courses.every_score[rows[known]]
    given = np.zeros(courses.count, dtype=bool)
    given[np.searchsorted(courses.starts[:-1], places[known], "right") - 1] = True
    return found, np.where(given, np.array(counts)[courses.measure], 0)


def _keys(forms):
    """One number a form's client, measure, rater and session, in the order of the output."""
    session = np.unique(forms.session, return_inverse=True)[1]
    key = forms.client.astype(np.int64)
    for part in (forms.measure, forms.rater, session):
        key = key * (int(part.max(initial=0)) + 1) + part
    return key


def _refuse_answers(forms, score):
    """A form with answers that nobody scored must not pass for one that was not completed."""
    for name in items(forms.frame).values():
        answers = reals(forms.column(name), name, forms.problems)
        forms.problems.add(np.isnan(score) & ~np.isnan(answers), FormatError,
                           "expected a score; pyattune.score makes it of the answers", "score")


class Courses:
    """A scored frame as courses, with the columns that the library reads.

    score is the frame's own memory when the frame is float64 and in the order of the output, as
    pyattune.score leaves it; then nothing of it is copied.
    """

    def __init__(self, frame, measures):
        forms = Forms(frame)
        if not forms.has("score"):
            raise FormatError("expected such a column: pyattune.score makes it", column="score")
        score = reals(forms.column("score"), "score", forms.problems)
        _refuse_answers(forms, score)
        rows = forms.order(_totals(forms))
        forms.problems.finish()
        self.forms = forms
        self.rows = rows
        self.every_score = score
        self.score = self.take(score)
        self.session = self.take(forms.session).astype(np.int32)
        self.day = self.take(forms.day)
        self._cut(self.take(forms.client), self.take(forms.measure), self.take(forms.rater))
        self._bind(measures)
        self._check()

    def join(self, listens):
        """Lets the library see which courses are one client's; listens: and their subscales."""
        self.client = self.take(self.forms.client)[self.first].astype(np.uint32)
        self.roles = RATER_CODES[self.rater].astype(np.int32)
        self.subscales, heard = _subscales(self) if listens else _NO_SUBSCALES
        self.heard = heard.astype(np.uint32)
        n = len(self.subscales)
        self.room = [ffi.new("attune_series[]", max(self.count, 1)),
                     ffi.new("attune_course[]", max(self.count, 1)),
                     ffi.new("double *[]", max(self.count * n, 1))]
        self.keep += [pointer(self.client, "uint32_t"), pointer(self.roles, "int32_t"),
                      pointer(self.subscales, "double"), pointer(self.heard, "uint32_t")]
        self.c.client, self.c.rater, self.c.subscales, self.c.n_subscales = self.keep[-4:]
        self.c.n_columns = n
        self.c.series, self.c.course, self.c.cells = self.room
        lib.atn_batch_bind(self.c)

    @property
    def longest(self):
        """Rows of the client with most of them."""
        client = self.take(self.forms.client)
        return int(np.bincount(client).max(initial=0)) if len(client) else 0

    def take(self, values):
        """A column in the order of the courses."""
        return values if self.rows is None else values[self.rows]

    def row(self, place):
        """The frame's row of a row of the courses."""
        return int(place if self.rows is None else self.rows[place])

    def _cut(self, client, measure, rater):
        fresh = np.ones(len(client), dtype=bool)
        fresh[1:] = ((client[1:] != client[:-1]) | (measure[1:] != measure[:-1])
                     | (rater[1:] != rater[:-1]))
        first = np.flatnonzero(fresh)
        self.count = len(first)
        self.starts = np.append(first, len(client)).astype(np.uint64)
        self.first = first
        self.measure = measure[first].astype(np.uint32)
        self.rater = rater[first]

    def _bind(self, measures):
        """Point the library to the columns; what it is pointed to lives as long as this."""
        self.measures = measures(self)
        self.keep = [pointer(self.starts, "uint64_t"), pointer(self.measure, "uint32_t"),
                     pointer(self.session, "int32_t"), pointer(self.score, "double")]
        self.c = ffi.new("atn_courses *")
        self.c.starts, self.c.measure, self.c.session, self.c.score = self.keep
        self.c.measures = self.measures.c
        self.c.count = self.count

    def _check(self):
        err = new_error()
        status = lib.atn_batch_check(self.c, err)
        self.refuse(status, err)

    def refuse(self, status, err):
        """Raise what a call over the courses answered, at the frame's own row."""
        if status == lib.ATTUNE_OK:
            return
        if status == lib.ATTUNE_E_VALUE:
            c = self.measures.c[int(self.measure[np.searchsorted(self.starts, err.index, "right")
                                                 - 1])].constants
            raise DataError(f"expected a total from {plain_number(c.score_min)} to "
                            f"{plain_number(c.score_max)}, or nothing", self.row(err.index),
                            "score")
        check(status, err)

    def identity(self, of=None):
        """client, measure and rater of courses: of some, or of all in order."""
        of = np.arange(self.count) if of is None else of
        client = self.take(self.forms.column("client"))[self.first]
        names = np.array([*self.forms.measures, None], dtype=object)
        raters = np.array(RATERS, dtype=object)
        return {"client": client[of], "measure": names[self.measure[of]],
                "rater": raters[self.rater[of]]}

    def make(self, columns):
        return self.forms.frame.make(columns)
