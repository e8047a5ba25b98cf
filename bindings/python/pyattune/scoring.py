# Scoring forms: one row out a form, and with its subscales when they are wanted.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.catalogue import band_labels, find_scale, plain_number, scale_info, why_closed
from pyattune.columns import SCORE, SCORE_FIELDS, column, pointer, words
from pyattune.constants import Given, warn_caveats
from pyattune.courses import RATERS, Forms
from pyattune.errors import BY_STATUS, expected, new_error
from pyattune.table import items, reals


class Answers:
    """The columns that hold answers and totals, read where they stand."""

    def __init__(self, forms):
        self.names = items(forms.frame)
        self.columns = {i: reals(forms.column(name), name, forms.problems)
                        for i, name in self.names.items()}
        self.given = None
        if forms.has("score"):
            self.given = reals(forms.column("score"), "score", forms.problems)
        last = max(self.names, default=0)
        self.keep = {i: pointer(values, "double") for i, values in self.columns.items()}
        self.pointers = ffi.new("double *[]", [self.keep.get(i + 1, ffi.NULL)
                                               for i in range(last)])
        self.total = ffi.NULL if self.given is None else pointer(self.given, "double")

    def of(self, rows):
        """An atn_answers over some rows, which must outlive it."""
        c = ffi.new("atn_answers *")
        c.items, c.n_items = self.pointers, len(self.pointers)
        c.given = self.total
        c.rows, c.count = pointer(rows, "uint64_t"), len(rows)
        return c


def _expectation(scale, err, item):
    """What was expected, with the scale's range in words."""
    if not scale or err.code != lib.ATTUNE_E_VALUE or err.key == b"measure":
        return expected(err)
    info = scale_info(scale)
    key = ffi.string(err.key)
    if item and item <= info.item_count:
        low, high, step = map(plain_number, (info.item_min, info.item_max, info.item_step))
        return f"expected an answer from {low} to {high} in steps of {step}, or nothing"
    if key == b"score":
        low, high = map(plain_number, (info.score_min, info.score_max))
        return f"expected a total from {low} to {high}, or nothing"
    return expected(err)


class Scored:
    """The structs of every form, in the order of the frame."""

    def __init__(self, forms, answers, given):
        self.forms = forms
        self.totals = np.zeros(forms.rows, SCORE)
        self.subscales = {}  # measure to (place of a row among its rows, structs)
        self.scales = [find_scale(id, given.scales) for id in forms.measures]
        for measure, scale in enumerate(self.scales):
            if not scale and not given.higher:
                forms.problems.add(forms.measure == measure, *why_closed(
                    forms.measures[measure], given.scales), "measure")
            self._score(measure, scale, answers)
            warn_caveats(forms.measures[measure], scale)

    def _score(self, measure, scale, answers):
        rows = np.flatnonzero(self.forms.measure == measure).astype(np.uint64)
        n = scale_info(scale).subscale_count if scale else 0
        found = np.zeros(max(len(rows) * n, 1), SCORE)
        err = new_error()
        c = answers.of(rows)
        status = lib.atn_batch_score(scale, c, pointer(self.totals), pointer(found), err)
        if status != lib.ATTUNE_OK:
            item = err.column
            name = answers.names.get(item, f"item_{item}") if item else \
                ffi.string(err.key).decode()
            self.forms.problems.add(int(err.index), BY_STATUS[status],
                                    _expectation(scale, err, item), name)
        found = found[:len(rows) * n].reshape(len(rows), n)
        self.subscales[measure] = (rows.astype(np.int64), found)

    def spread(self, order):
        """Rows and structs with a form's subscales after its total."""
        counts = np.ones(self.forms.rows, dtype=np.int64)
        for rows, found in self.subscales.values():
            if found.shape[1]:
                counts[rows[found["n_items"][:, 0] > 0]] += found.shape[1]
        starts = np.cumsum(counts[order]) - counts[order]
        structs = np.zeros(int(counts.sum()), SCORE)
        structs[starts] = self.totals[order]
        place = np.empty_like(starts)
        place[order] = starts
        for rows, found in self.subscales.values():
            for i in range(found.shape[1]):
                filled = found["n_items"][:, i] > 0
                structs[place[rows[filled]] + 1 + i] = found[filled, i]
        return np.repeat(order, counts[order]), structs


def _words_of(scored, rows, structs):
    """band and subscale: words that only the scale knows."""
    made = {"band": np.full(len(rows), None, dtype=object)}
    made["subscale"] = made["band"].copy()
    measure = scored.forms.measure[rows]
    for i, scale in enumerate(scored.scales):
        mine = measure == i
        for name, labels in zip(("band", "subscale"), band_labels(scale)):
            made[name][mine] = words(structs[name][mine], labels)
    return made


def score(forms, subscales=False, higher=None, scales=None):
    """Score every form.

    forms:     a frame with the columns of a forms file: client, measure, session or date, perhaps
               rater, and score or item_1 to item_N. Numbers of any numeric dtype; NaN, None, NA
               and #NULL! are missing; float64 columns are read in place. Text ids or whole ones.
    subscales: with rows for the subscales too, after each form's total.
    higher:    "better" or "worse": takes measures that no scale describes too, with totals alone.
    scales:    a clinic's own, from load_scales.

    Returns a new frame of the same kind, ordered by client, measure, rater and session, with the
    columns client, session, date, measure, rater, subscale, score, n_items, n_answered, complete,
    band, flags and reason. A form that is not complete enough has no score and says why. What is
    missing is NaN; whole numbers are float64 where one of them is missing. Scores are in the
    measure's own units.

    Raises DataError (a value not a number, infinite, out of range or off the answer grid),
    FormatError (a column or an id missing, both a score and answers), DuplicateError, and
    UnknownError (a measure that no scale describes); each with row and column.
    """
    read = Forms(forms)
    answers = Answers(read)
    scored = Scored(read, answers, Given(scales, higher))
    order = read.order()
    read.problems.finish()
    order = np.arange(read.rows) if order is None else order
    rows, structs = (order, scored.totals[order]) if not subscales else scored.spread(order)
    dates = read.column("date")[rows] if read.has("date") else np.full(len(rows), None, object)
    measures = np.array([*read.measures, None], dtype=object)
    made = {"client": read.column("client")[rows], "session": read.session[rows], "date": dates,
            "measure": measures[read.measure[rows]],
            "rater": np.array(RATERS, dtype=object)[read.rater[rows]]}
    own = _words_of(scored, rows, structs)
    for field in SCORE_FIELDS:
        made[field.name] = own[field.name] if field.name in own else column(field, structs)
    return read.frame.make(made)
