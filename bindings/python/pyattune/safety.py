# Safety items as they were answered: shown apart from totals, in one sentence, without any level.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.catalogue import describe
from pyattune.constants import Given
from pyattune.courses import RATERS, Forms
from pyattune.scoring import Answers, Scored


def _sentence(scale, i, answer):
    text = ffi.new("char[]", 256)
    lib.attune_safety_sentence(scale, i, answer, text, len(text))
    return ffi.string(text).decode()


def _endorsed(scored, answers):
    """Rows, items, answers and sentences, measure by measure."""
    found = [(np.empty(0, int), 0, np.empty(0), np.empty(0, object))]
    for measure, scale in enumerate(scored.scales):
        rows, i = np.flatnonzero(scored.forms.measure == measure), 0
        while scale and (info := describe(lib.attune_scale_safety, "attune_safety_info", scale, i)):
            values = answers.columns.get(info.item, np.full(scored.forms.rows, np.nan))[rows]
            shown = values >= info.threshold
            said = {value: _sentence(scale, i, value) for value in np.unique(values[shown])}
            texts = np.array([said[value] for value in values[shown]], dtype=object)
            found.append((rows[shown], info.item, values[shown], texts))
            i += 1
    rows = np.concatenate([rows for rows, _, _, _ in found])
    items = np.concatenate([np.full(len(rows), item, np.int64) for rows, item, _, _ in found])
    return (rows, items, np.concatenate([values for _, _, values, _ in found]),
            np.concatenate([texts for _, _, _, texts in found]))


def safety(forms, scales=None):
    """The safety items that were answered at or above their threshold, one row each.

    forms:  as for score, with the answers item_1 to item_N: a total alone does not say.
    scales: a clinic's own, from load_scales.

    Returns a new frame of the same kind, by client, measure, rater, session and item: client,
    session, date, measure, rater, item (its number), answer (as given) and text, the sentence that
    the reports show. No level follows from an answer. score marks the same forms with the flag
    "safety"; pyattune.scales(ID) has each threshold with its source.

    Raises what score does.
    """
    read = Forms(forms)
    answers = Answers(read)
    scored = Scored(read, answers, Given(scales))
    read.order()
    read.problems.finish()
    rows, items, values, texts = _endorsed(scored, answers)
    order = np.lexsort((items, read.session[rows], read.rater[rows], read.measure[rows],
                        read.client[rows]))
    rows = rows[order]
    dates = read.column("date")[rows] if read.has("date") else np.full(len(rows), None, object)
    measures = np.array([*read.measures, None], dtype=object)
    return read.frame.make({
        "client": read.column("client")[rows], "session": read.session[rows], "date": dates,
        "measure": measures[read.measure[rows]],
        "rater": np.array(RATERS, dtype=object)[read.rater[rows]], "item": items[order],
        "answer": values[order], "text": texts[order]})
