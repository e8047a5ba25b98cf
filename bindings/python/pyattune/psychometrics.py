# Psychometrics of a measure from a clinic's own forms: reliability, spread, stability.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.catalogue import describe, scale_info, text
from pyattune.columns import ESTIMATE, ESTIMATE_FIELDS, column, pointer, room
from pyattune.constants import Given, word
from pyattune.courses import RATERS, Forms
from pyattune.errors import OptionError, TooFewError, check, new_error
from pyattune.scoring import Answers, Scored


class _Gathered:
    """The forms of one measure by one rater, by client and session."""

    def __init__(self, read, answers, scored, order, measure, rater):
        rows = order[(read.measure[order] == measure) & (read.rater[order] == rater)]
        client = read.client[rows]
        fresh = np.r_[True, client[1:] != client[:-1]] if len(rows) else np.zeros(0, bool)
        self.scale = scored.scales[measure]
        self.rows = rows
        self.starts = np.append(np.flatnonzero(fresh), len(rows)).astype(np.uint64)
        self.session = read.session[rows].astype(np.int32)
        self.day = read.day[rows]
        info = scale_info(self.scale)
        nothing = np.full(read.rows, np.nan)
        self.answers = np.ascontiguousarray(
            np.column_stack([answers.columns.get(i + 1, nothing)[rows]
                             for i in range(info.item_count)] or [nothing[rows]]))
        self.scores = [np.ascontiguousarray(scored.totals["score"][rows])]
        mine, found = scored.subscales[measure]
        for i in range(info.subscale_count):
            values = nothing.copy()
            values[mine] = np.where(found["n_items"][:, i] > 0, found["score"][:, i], np.nan)
            self.scores.append(values[rows])

    def estimate(self, subscale):
        """The rows about the total (-1) or a subscale; none where there is too little."""
        scores = self.scores[subscale + 1]
        given = ffi.new("attune_estimate_given *")
        given.struct_size = ffi.sizeof("attune_estimate_given")
        keep = [pointer(self.starts, "uint64_t"), pointer(self.answers, "double"),
                pointer(scores, "double"), pointer(self.session, "int32_t"),
                pointer(self.day, "double")]
        given.starts, given.answers, given.scores, given.session, given.day = keep
        given.scale, given.subscale = self.scale, subscale
        given.n_clients, given.n_rows = len(self.starts) - 1, len(self.rows)
        found = room(ESTIMATE, lib.attune_parts_count(self.scale, subscale) + 1)
        size = lib.attune_estimate_work(given.n_clients, given.n_rows)
        count, err = ffi.new("size_t *"), new_error()
        try:
            check(lib.attune_estimate_fit(given, ffi.new("char[]", size), size, pointer(found),
                                          len(found), count, err), err)
        except TooFewError:
            return found[:0]
        return found[:count[0]]


def _subscale_id(scale, i):
    info = describe(lib.attune_scale_subscale, "attune_subscale_info", scale, i)
    return text(info.id)


def estimate(forms, measure, rater="client", scales=None):
    """What a clinic's own forms say of a measure: one row about the whole, one an item.

    forms:   as for score, best with the answers item_1 to item_N.
    measure: its id; rater: whose forms.
    scales:  a clinic's own, from load_scales.

    Returns a new frame of the same kind with measure, rater, subscale (None: the total), item
    (missing: the whole) and the figures of `attune scales --estimate --csv`: counts; mean and sd of
    first scores; alpha, omega and sem; r_total, r_rest, alpha_dropped and loading of items;
    retest_*; change_mean, change_sd and step_sd; within_sd, within_var, between_var and icc. Items
    count once a client, by the first form with an answer. attune/psychometrics.h defines each.
    `attune scales --estimate` writes them as a set of constants of a scale file.

    Raises what score does; OptionError when the frame has no such forms; TooFewError when they are
    of fewer than three clients.
    """
    read = Forms(forms)
    answers = Answers(read)
    scored = Scored(read, answers, Given(scales))
    order = read.order()
    read.problems.finish()
    order = np.arange(read.rows) if order is None else order
    if measure not in read.measures:
        raise OptionError("expected a measure that the frame has", column="measure")
    code = word("rater", rater, {name: i for i, name in enumerate(RATERS)})
    gathered = _Gathered(read, answers, scored, order, list(read.measures).index(measure), code)
    subscales = range(-1, len(gathered.scores) - 1)
    parts = [gathered.estimate(i) for i in subscales]
    found = np.concatenate(parts)
    if not len(found):
        raise TooFewError("expected completed forms of at least three clients")
    ids = [None, *(_subscale_id(gathered.scale, i) for i in subscales if i >= 0)]
    made = {"measure": np.full(len(found), measure, object),
            "rater": np.full(len(found), rater, object),
            "subscale": np.repeat(np.array(ids, dtype=object), [len(part) for part in parts])}
    return read.frame.make({**made, **{f.name: column(f, found) for f in ESTIMATE_FIELDS}})
