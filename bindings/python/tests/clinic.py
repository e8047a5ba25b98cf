# Makes forms of a clinic that never was, with everything in them that a forms file may have.
# SPDX-License-Identifier: MIT
import random

import numpy as np
import pandas as pd

WORKED = [5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3, 4.2, 4.5, 5.9, 6.0, 6.1, 5.9, 6.0, 6.2, 6.1]


def course(scores, measure="demo-alliance", client="A"):
    """One course of totals, sessions 1, 2, 3..."""
    return pd.DataFrame({"client": client, "session": np.arange(1, len(scores) + 1),
                         "measure": measure, "score": np.array(scores, dtype=float)})


def _answers(random_, n, low, high, missing):
    return [float(random_.randint(low, high)) if random_.random() > missing else None
            for _ in range(n)]


def _form(random_, measure, level):
    """Answers of a form, or a total."""
    if measure == "phq-9":
        return _answers(random_, 9, 0, 3, .03), None
    if measure == "wai-sr":
        return _answers(random_, 12, 2, 5, .01), None
    if measure == "gad-7":
        return [], None if random_.random() < .1 else float(random_.randint(0, 21))
    return [], round(min(7, max(1, random_.gauss(level, .5))) * 6) / 6


def forms(clients=40, seed=7, dates=True, shuffled=True):
    """A frame with item columns, totals, gaps, raters and, of some clients, dates alone."""
    random_ = random.Random(seed)
    rows = []
    for number in range(clients):
        level = random_.uniform(4, 6.5)
        alone = dates and number % 5 == 4
        for session in range(1, random_.randint(2, 24)):
            if random_.random() < .1:
                continue
            date = f"2026-{1 + session // 28:02d}-{1 + session % 28:02d}"
            for measure in ("phq-9", "gad-7", "wai-sr", "demo-alliance"):
                rater = "therapist" if measure == "demo-alliance" and number % 3 == 0 else "client"
                items, score = _form(random_, measure, level - 1.5 * (session in (8, 9)))
                row = {"client": f"C-{number * 37 % 100:04d}", "measure": measure, "rater": rater,
                       "session": None if alone else float(session),
                       "date": date if dates else None, "score": score}
                row.update({f"item_{i + 1}": items[i] if i < len(items) else None
                            for i in range(12)})
                rows.append(row)
    if shuffled:
        random_.shuffle(rows)
    frame = pd.DataFrame(rows)
    frame["session"] = frame["session"].astype("Int64")
    return frame if dates else frame.drop(columns="date")
