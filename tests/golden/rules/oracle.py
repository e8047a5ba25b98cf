#!/usr/bin/env python3
"""Writes the rule vectors: each rule computed once more from its definition, with fractions.

SPDX-License-Identifier: MIT

The definitions are those of the rules' own headers and sources (CR-1, Gumz et al. 2012, Page 1954,
Jacobson & Truax 1991), worked here by another route than the library's: whole histories instead of
running state, statistics.stdev instead of running sums, exact fractions for means. The published
worked example of CR-1 stands in worked_example() as printed there, four decimals.

    oracle.py            writes own_range.json and the others beside itself
"""
import json
import math
import platform
import statistics
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).parent
TOOL = f"oracle.py beside this file, Python {platform.python_version()}, statistics and fractions"
ALLIANCE = {"construct": 1, "direction": 1, "score_min": 1, "score_max": 7, "score_step": 1 / 6,
            "within_sd": 0.44, "sem": 0.91 * math.sqrt(0.10)}
DISTRESS = {"construct": 2, "direction": -1, "score_min": 0, "score_max": 40, "score_step": 1}
EXAMPLE = [5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3, 4.2, 4.5, 5.9, 6.0, 6.1, 5.9, 6.0, 6.2, 6.1]
SLIDE = [6, 5.8, 6.2, 5.7, 5.8, 5.5, 5.4, 5.3, 5.1, 5.2, 5.0, 4.8, 4.9, 4.7]
GAPS = [5.5, None, 5.6, 5.4, None, None, 5.5, 3.9, None, 4.8, 5.4, 5.5]
NEW_LEVEL = [6, 6.1, 5.9, 6, 6.1, 4.4, 4.2, 4.3, 4.5, 4.4, 4.3, 4.4, 4.5, 2.5]
CEILING = [7, 7, 7, 7, 6.5, 7, 5.5, 5.5, 7]


def mean(values):
    return float(sum(map(Fraction, values)) / len(values))


def spread(history, c, weight):
    """Own moving range shrunken to the population's, not below the measurement error."""
    steps = [abs(b - a) for a, b in zip(history, history[1:])]
    own = mean(steps) * math.sqrt(math.pi) / 2 if steps else None
    pooled = c["within_sd"] if own is None else math.sqrt(
        (weight * c["within_sd"] ** 2 + len(steps) * own ** 2) / (weight + len(steps)))
    return max(pooled, c.get("sem") or 0)


def observed(scores):
    return [(i + 1, y) for i, y in enumerate(scores) if y is not None]


def own_range(scores, c, window=5, weight=5, floor=3, delta=0.5, run_to=4):
    clean, run, z, marks, onset = [], [], {}, [], None
    smallest = floor * c["score_step"]
    for t, y in observed(scores):
        if len(clean) >= 2:
            ref, s = mean(clean[-window:]), spread(clean, c, weight)
            z[t] = (ref - y) / s
            if z[t] > 2 and ref - y >= smallest - 1e-9:
                word, k = next((w, k) for w, k in
                               (("severe", 3), ("probable", 2.5), ("possible", 2)) if z[t] > k)
                marks.append({"session": t, "kind": "drop", "level": word,
                              "limit": ref - max(k * s, smallest), "reference": ref, "spread": s})
                onset = onset or (ref, s)
                run.append(y)
                if len(run) == run_to:
                    marks.append({"session": t, "kind": "shift", "level": None})
                    clean, run, onset = run, [], None
                continue
            if onset and y >= onset[0] - delta * onset[1]:
                marks.append({"session": t, "kind": "return", "level": None,
                              "limit": onset[0] - delta * onset[1]})
                onset = None
        clean.append(y)
        run = []
    return z, marks


def drop(scores, c):
    past, z, marks = [], {}, []
    for t, y in observed(scores):
        if past:
            s = max(c["within_sd"], c.get("sem") or 0,
                    statistics.stdev(past) if len(past) > 1 else 0)
            z[t] = (past[-1] - y) / s
            if z[t] >= 1:
                k = 2 if z[t] >= 2 else 1
                marks.append({"session": t, "kind": "drop",
                              "level": ("possible", "probable")[k - 1],
                              "limit": past[-1] - k * s, "reference": past[-1], "spread": s})
        past.append(y)
    return z, marks


def erosion(scores, c, k=0.5, h=4, baseline=3, weight=5):
    past, z, marks, total = [], {}, [], 0.0
    for t, y in observed(scores):
        if len(past) >= baseline:
            start, s = mean(past[:baseline]), spread(past, c, weight)
            before, total = total, max(0.0, total + (start - y) / s - k)
            z[t] = total
            if total > h >= before:
                marks.append({"session": t, "kind": "erosion", "level": "probable",
                              "limit": start - (h + k - before) * s, "reference": start,
                              "spread": s})
        past.append(y)
    return z, marks


def below_cutoff(scores, c):
    z = {t: c["cutoff"] - y for t, y in observed(scores)}
    return z, [{"session": t, "kind": "low", "level": "probable", "limit": c["cutoff"]}
               for t, d in z.items() if d >= 0]


def reliable_worse(scores, c):
    published = c.get("change_threshold")
    threshold = published or 1.959963984540054 * c["sd"] * math.sqrt(2 * (1 - c["reliability"]))
    forms, z, marks, before = observed(scores), {}, [], False
    for t, y in forms[1:]:
        worse = y - forms[0][1]
        z[t] = worse / threshold
        beyond = worse >= threshold if published else worse > threshold
        if beyond:
            marks.append({"session": t, "kind": "worse",
                          "level": "probable" if before else "possible",
                          "limit": forms[0][1] + threshold, "reference": forms[0][1]})
        before = beyond
    return z, marks


def vector(rule, function, scores, constants, **more):
    z, marks = function(scores, constants)
    return {"rule": rule, "tier": "oracle", "source": TOOL, "tolerance": 1e-12,
            "constants": constants, "score": scores,
            "statistic": [z.get(t + 1) for t in range(len(scores))], "marks": marks, **more}


def worked_example():
    """As printed: spread .44, weight 5, window 5, no error floor, no smallest drop."""
    z = [None, None, .4900, -.9395, -1.2115, -.7511, 3.4737, 3.7585, 2.9043, -1.0820, -1.1217,
         -.9276, 0, -.2643, -.7525, -.2094]
    bare = {"construct": 1, "direction": 1, "score_min": 1, "score_max": 7, "within_sd": .44}
    low = {"kind": "drop", "reference": 5.52, "spread": .3512}
    return {"rule": "own_range", "tier": "published", "tolerance": 5.001e-5,
            "source": "the worked example that the rule was published with (CR-1)",
            "constants": bare, "score": EXAMPLE, "statistic": z,
            "marks": [{"session": 7, "level": "severe", **low},
                      {"session": 8, "level": "severe", **low},
                      {"session": 9, "level": "probable", **low},
                      {"session": 10, "kind": "return", "level": None, "limit": 5.3444}],
            "episodes": [{"status": "repaired", "onset_session": 7, "nadir_session": 8,
                          "resolved_session": 10, "length": 3, "depth": 1.32}]}



def main():
    series = [EXAMPLE, SLIDE, GAPS, NEW_LEVEL, CEILING]
    own = [worked_example()]
    own += [vector("own_range", own_range, s, ALLIANCE) for s in series]
    files = {
        "own_range": own,
        "drop": [vector("drop", drop, s, ALLIANCE) for s in series],
        "erosion": [vector("erosion", erosion, s, ALLIANCE) for s in series],
        "below_cutoff": [vector("below_cutoff", below_cutoff, s, {**ALLIANCE, "cutoff": 4.5})
                         for s in series],
        "reliable_worse": [
            vector("reliable_worse", reliable_worse, [20, 24, 26, 25, None, 27, 19],
                   {**DISTRESS, "change_threshold": 6}),
            vector("reliable_worse", reliable_worse, [20, 26, 33, 34, None, 27, 19],
                   {**DISTRESS, "sd": 7.5, "reliability": .8}),
        ],
    }
    for name, vectors in files.items():
        (HERE / f"{name}.json").write_text(json.dumps(vectors, indent=1) + "\n")


if __name__ == "__main__":
    main()
