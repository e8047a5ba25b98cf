#!/usr/bin/env python3
"""Writes the vectors of the rules that judge a form by its distance below a usual score.

SPDX-License-Identifier: MIT

As oracle.py beside this file, from which the constants and the series come: every figure is worked
once more from the rule's definition, over whole histories, with numpy and statistics where the
library keeps running state. figures() holds what is known of the example from elsewhere, and stops
the script when the definitions here do not give it.

    oracle_judged.py     writes chart_whole.json and the others beside itself
"""
import json
import math
import platform
import statistics
from itertools import combinations
from pathlib import Path

import numpy as np

import oracle
from oracle import ALLIANCE, CEILING, EXAMPLE, GAPS, NEW_LEVEL, SLIDE, observed

HERE = Path(__file__).parent
TOOL = (f"oracle_judged.py beside this file, Python {platform.python_version()}, "
        f"numpy {np.__version__}")
SERIES = [EXAMPLE, SLIDE, GAPS, NEW_LEVEL, CEILING]
D2 = 2 / math.sqrt(math.pi)
FORTY = {"construct": 1, "direction": 1, "score_min": 0, "score_max": 40, "score_step": .1}
REPORT = {"construct": 3, "direction": -1, "score_min": 0, "score_max": 4, "score_step": 1}


def floor(own, c):
    return max([s for s in (own, c.get("sem")) if s is not None])


def moving_sd(values):
    return statistics.fmean(abs(b - a) for a, b in zip(values, values[1:])) / D2


def judge(reference, spread, y, t, possible, probable):
    z = (reference - y) / spread
    if z < possible:
        return z, []
    level, k = ("probable", probable) if z >= probable else ("possible", possible)
    return z, [{"session": t, "kind": "drop", "level": level, "limit": reference - k * spread,
                "reference": reference, "spread": spread}]


def judged(usual, possible, probable):
    """usual(past forms, all forms, (t, y), constants) gives reference and spread, or None."""
    def run(scores, c):
        forms, z, marks = observed(scores), {}, []
        for i, (t, y) in enumerate(forms):
            found = usual(forms[:i], forms, (t, y), c)
            if found:
                z[t], more = judge(*found, y, t, possible, probable)
                marks += more
        return z, marks
    return run


def scores_of(forms):
    return [y for _, y in forms]


def drop_population(past, forms, form, c):
    return (past[-1][1], c["within_sd"]) if past else None


def drop_whole(past, forms, form, c):
    if past and len(forms) >= 4:
        return past[-1][1], floor(statistics.stdev(scores_of(forms)), c)


def mean_so_far(past, forms, form, c):
    if len(past) >= 2:
        return statistics.fmean(scores_of(past)), floor(statistics.stdev(scores_of(past)), c)


def mean_whole(past, forms, form, c):
    if len(forms) >= 4:
        return statistics.fmean(scores_of(forms)), floor(statistics.stdev(scores_of(forms)), c)


def chart_so_far(past, forms, form, c):
    if len(past) >= 2:
        return statistics.fmean(scores_of(past)), floor(moving_sd(scores_of(past)), c)


def chart_whole(past, forms, form, c):
    if len(forms) >= 4:
        return statistics.fmean(scores_of(forms)), floor(moving_sd(scores_of(forms)), c)


def line_whole(past, forms, form, c):
    if len(forms) >= 4:
        t, y = np.array(forms).T
        slope, intercept = np.polyfit(t, y, 1)
        off = y - intercept - slope * t
        return intercept + slope * form[0], floor(math.sqrt((off @ off) / (len(t) - 2)), c)


def sen_whole(past, forms, form, c):
    if len(forms) >= 4:
        slope = statistics.median((b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(forms, 2))
        level = statistics.median(y - slope * t for t, y in forms)
        mad = statistics.median(abs(y - level - slope * t) for t, y in forms)
        sd = mad / statistics.NormalDist().inv_cdf(.75)
        return level + slope * form[0], floor(sd, c)


def local_level(past, forms, form, c, q=.1, r=.6):
    """The level by generalised least squares over all earlier forms at once, no recursion."""
    if not past:
        return None
    unit = c["within_sd"] ** 2
    t = np.array([f[0] for f in past] + [form[0]], float)
    walk = q * unit * np.minimum.outer(t - t[0], t - t[0])  # the level since the first form
    noise = np.diag([r * unit] * len(past))
    cov = walk[:-1, :-1] + noise
    inverse = np.linalg.inv(cov)
    ones, y = np.ones(len(past)), np.array(scores_of(past))
    mean = (ones @ inverse @ y) / (ones @ inverse @ ones)
    cross = walk[-1, :-1]
    level = mean + cross @ inverse @ (y - mean)
    left = walk[-1, -1] - cross @ inverse @ cross
    left += (1 - ones @ inverse @ cross) ** 2 / (ones @ inverse @ ones)
    return level, math.sqrt(left + r * unit)


def ewma(scores, c, lam=.3, baseline=3, weight=5, possible=2, probable=3):
    forms, z, marks = observed(scores), {}, []
    start = statistics.fmean(scores_of(forms[:baseline]))
    for i, (t, y) in enumerate(forms[baseline:]):
        since = scores_of(forms[baseline:baseline + i + 1])
        weights = [lam * (1 - lam) ** (i - j) for j in range(i + 1)]
        below = sum(w * (start - v) for w, v in zip(weights, since))
        s = oracle.spread(scores_of(forms[:baseline + i]), c, weight)
        sd = s * math.sqrt(sum(w * w for w in weights))
        z[t] = below / sd
        if z[t] >= possible:
            level, k = ("probable", probable) if z[t] >= probable else ("possible", possible)
            others = below - lam * (start - y)
            marks.append({"session": t, "kind": "erosion", "level": level, "reference": start,
                          "limit": start - (k * sd - others) / lam, "spread": sd})
    return z, marks


def reliable_drop(scores, c):
    threshold = c.get("change_threshold") or \
        1.959963984540054 * c["sd"] * math.sqrt(2 * (1 - c["reliability"]))
    forms, z, marks = observed(scores), {}, []
    for (_, before), (t, y) in zip(forms, forms[1:]):
        worse = c["direction"] * (before - y)
        z[t] = worse / threshold
        if worse >= threshold if c.get("change_threshold") else worse > threshold:
            marks.append({"session": t, "kind": "worse", "level": "probable", "reference": before,
                          "limit": before - c["direction"] * threshold})
    return z, marks


def srs_cutoff(scores, c):
    z = {t: 36 - y for t, y in observed(scores)}
    return z, [{"session": t, "kind": "low", "level": "probable", "limit": 36}
               for t, d in z.items() if d >= 0]


def srs_fall(scores, c):
    forms, z, marks = observed(scores), {}, []
    for (_, before), (t, y) in zip(forms, forms[1:]):
        z[t] = before - y
        if z[t] >= 1:
            marks.append({"session": t, "kind": "fall", "level": "possible", "limit": before - 1,
                          "reference": before})
    return z, marks


def direct_report(scores, c):
    z = dict(observed(scores))
    return z, [{"session": t, "kind": "reported", "level": "probable", "limit": 1}
               for t, y in z.items() if y >= 1]


def v_shape(scores, c):
    forms, z, marks = observed(scores), {}, []
    u = np.arange(-2, 3)
    design = np.stack([np.ones(5), u, u ** 2], axis=1)
    for i in range(2, len(forms) - 2):
        window = forms[i - 2:i + 3]
        y = np.array(scores_of(window))
        b, *_ = np.linalg.lstsq(design, y, rcond=None)
        off = y - design @ b
        s = floor(math.sqrt(off @ off / 2), c)
        se = s * math.sqrt(np.linalg.inv(design.T @ design)[2, 2])
        t = forms[i][0]
        z[t] = b[2] / se
        inside = b[2] > 0 and abs(-b[1] / (2 * b[2])) <= 2
        if inside and z[t] >= 2.919985580355516:
            marks.append({"session": t, "kind": "bottom",
                          "level": "probable" if z[t] >= 6.964556734283274 else "possible",
                          "reference": (y[0] + y[4]) / 2, "spread": s})
    return z, marks


def level_shift(scores, c, weight=5, fewest=2, possible=2.5, probable=3.5):
    forms, z, marks = observed(scores), {}, []
    y, n = scores_of(forms), len(forms)
    s = oracle.spread(y, c, weight)
    for k in range(fewest, n - fewest + 1):
        before, after = statistics.fmean(y[:k]), statistics.fmean(y[k:])
        z[forms[k][0]] = (before - after) / (s * math.sqrt(1 / k + 1 / (n - k)))
    best = max(z, key=z.get)
    if z[best] >= possible:
        k = [t for t, _ in forms].index(best)
        marks.append({"session": best, "kind": "step", "spread": s,
                      "level": "probable" if z[best] >= probable else "possible",
                      "reference": statistics.fmean(y[:k]), "limit": statistics.fmean(y[k:])})
    return z, marks


JUDGED = {
    "drop_population": (drop_population, 1, 2), "drop_whole": (drop_whole, 1, 2),
    "mean_so_far": (mean_so_far, 1.5, 2), "mean_whole": (mean_whole, 1.5, 2),
    "chart_so_far": (chart_so_far, 2, 3), "chart_whole": (chart_whole, 2, 3),
    "line_whole": (line_whole, 1.5, 2), "sen_whole": (sen_whole, 1.5, 2),
    "local_level": (local_level, 1.93, 2.6),
}


def near(got, want, places):
    assert abs(got - want) <= 0.51 * 10 ** -places, (got, want)


def figures():
    """Of the example: mean, SD, chart limit, fall and residuals as known from R."""
    forms, bare = observed(EXAMPLE), {}
    mean, sd = mean_whole([], forms, None, bare)
    near(sd, .66131183, 8)
    near(mean - 2.66 * D2 * chart_whole([], forms, None, bare)[1], 4.5601333, 7)
    z, _ = judged(drop_whole, 1, 2)(EXAMPLE, bare)
    near(z[7], 2.1170, 4)
    z, _ = judged(line_whole, 1.5, 2)(EXAMPLE, bare)
    for t, want in ((7, 1.8306), (8, 2.1076), (9, 1.7190)):
        near(z[t], want, 4)
    x1 = [5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3, 4.9, 5.6, 5.9, 6.0, 6.1]
    past, form = observed(x1)[:6], observed(x1)[6]
    level, sd = local_level(past, None, form, {"within_sd": 1}, q=.05, r=.10)
    near((level - 4.3) / sd, 3.021773, 6)


def vector(rule, function, scores, constants, **more):
    return {**oracle.vector(rule, function, scores, constants, **more), "source": TOOL,
            "tolerance": 1e-9}


def main():
    figures()
    long = [5 + math.sin(i * i) / 2 - (i in (30, 31)) * 1.5 for i in range(40)]
    files = {name: [vector(name, judged(*how), s, ALLIANCE) for s in SERIES]
             for name, how in JUDGED.items()}
    files["sen_whole"].append(vector("sen_whole", judged(*JUDGED["sen_whole"]), long, ALLIANCE))
    for rule in (ewma, v_shape, level_shift):
        files[rule.__name__] = [vector(rule.__name__, rule, s, ALLIANCE) for s in SERIES]
    files["reliable_drop"] = [
        vector("reliable_drop", reliable_drop, EXAMPLE, {**ALLIANCE, "change_threshold": 1.4}),
        vector("reliable_drop", reliable_drop, GAPS, {**ALLIANCE, "sd": .91, "reliability": .9}),
    ]
    lines = [38, 37.5, None, 36.2, 36, 35, 37, 36.1, 40]
    files["srs_cutoff"] = [vector("srs_cutoff", srs_cutoff, lines, FORTY)]
    files["srs_fall"] = [vector("srs_fall", srs_fall, lines, FORTY)]
    files["direct_report"] = [vector("direct_report", direct_report, [0, 1, None, 0, 3], REPORT)]
    for name, vectors in files.items():
        (HERE / f"{name}.json").write_text(json.dumps(vectors, indent=1) + "\n")


if __name__ == "__main__":
    main()
