#!/usr/bin/env python3
"""Writes the vectors of the rule that compares with a norm of expected response.

SPDX-License-Identifier: MIT

The prediction is worked as best linear unbiased prediction is defined, from the covariance matrix
of the forms seen, inverted by elimination in exact fractions; the library runs on sums and a
closed form. x is the session less one, or by date the weeks since the first form, so that every
number but the last root is a fraction.

    oracle_response.py     writes not_on_track.json beside itself
"""
import json
import math
import platform
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).parent
TOOL = f"oracle_response.py beside this file, Python {platform.python_version()}, fractions"
Z = [1.2815515655446004, 1.6448536269514722]  # normal quantiles of .9 and .95, the rule's defaults
Z_CHANGE = 1.959963984540054
CONSTANTS = {"construct": 2, "direction": -1, "score_min": 0, "score_max": 40, "score_step": 1}
NORM = {"time": 1, "structure": 1, "first_session": 1, "last_session": 12, "n_clients": 240,
        "n_forms": 2100, "intake_low": 8, "intake_high": 38, "intercept": 23, "slope": -0.75,
        "intercept_se": 0.5, "slope_se": 0.0625, "fixed_cov": -0.015625, "intercept_var": 24,
        "slope_var": 0.25, "intercept_slope_cov": -0.5, "residual_var": 10}
LEVEL = dict(NORM, structure=0, slope_var=0, intercept_slope_cov=0)
BY_DATE = dict(NORM, time=4, first_session=0, last_session=80)
COURSES = [
    [24, 25, 23, None, 27, 29, 30, 31, 33, 34, 30, 22, 24],
    [30, 24, 20, 18, 15, 14, 12, 10, None, 8, 8, 7],
    [15, 18, 24, 28, 21, 20],
    [39, 38, 40, 40],
    [None, 20, 26, 24, 30],
]
# Days of any origin, with scores; None: no date, or no form.
DATED = [
    ([100, 107, 114, 121, 128, 135], [24, 25, 23, 28, 29, 31]),  # weekly: x as by session
    ([5000.25, 5003, 5003, 5019, 5040, 5080, 5081], [30, 33, 36, 34, 35, 36, 39]),
    ([None, 12, 30, None, 44, 60, 200], [20, 26, 30, 39, 33, 34, 39]),
    ([0, 21, 14, -3, 35, 80], [22, 30, 31, 39, 32, 33]),  # going back, and before the first
    ([None, None, None], [30, 35, 39]),
]


def solve(matrix, right):
    """matrix^-1 right by elimination; right is a list of columns' rows."""
    n = len(matrix)
    rows = [list(matrix[i]) + list(right[i]) for i in range(n)]
    for p in range(n):
        rows[p] = [v / rows[p][p] for v in rows[p]]
        for i in range(n):
            if i != p:
                rows[i] = [a - rows[i][p] * b for a, b in zip(rows[i], rows[p])]
    return [row[n:] for row in rows]


def place_x(norm, place):
    """What the model's x is, of a session or of a day since the first form."""
    return Fraction(place) / 7 if norm["time"] == 4 else Fraction(place - 1)


def predict(norm, seen, place):
    """Mean and variance of a score at the place, given (place, score) of the forms seen."""
    f = {key: Fraction(value) for key, value in norm.items()}
    def between(a, b):
        return f["intercept_var"] + f["intercept_slope_cov"] * (a + b) + f["slope_var"] * a * b
    x = place_x(norm, place)
    times = [place_x(norm, s) for s, _ in seen]
    v = [[between(a, b) + (f["residual_var"] if i == k else 0) for k, b in enumerate(times)]
         for i, a in enumerate(times)]
    c = [between(a, x) for a in times]
    weights = [row[0] for row in solve(v, [[value] for value in c])]
    mean = f["intercept"] + f["slope"] * x + sum(
        w * (Fraction(y) - f["intercept"] - f["slope"] * t)
        for w, t, (_, y) in zip(weights, times, seen))
    own = between(x, x) - sum(w * k for w, k in zip(weights, c))
    left = [1 - sum(weights), x - sum(w * t for w, t in zip(weights, times))]
    fixed = (left[0] ** 2 * f["intercept_se"] ** 2 + 2 * left[0] * left[1] * f["fixed_cov"]
             + left[1] ** 2 * f["slope_se"] ** 2)
    return mean, own + fixed + f["residual_var"]


def mark(session, level, limit, reference, statistic):
    return {"session": session, "kind": "off_track", "level": level, "limit": limit,
            "reference": reference, "statistic": statistic}


def places(norm, scores, days):
    """Where each form stands on the norm's axis; None: not completed, or not known."""
    if norm["time"] != 4:
        return [None if s is None else i for i, s in enumerate(scores, 1)]
    at = [None if s is None or d is None else Fraction(d) for s, d in zip(scores, days)]
    first = next((d for d in at if d is not None), None)
    return [None if d is None else d - first for d in at]


def judge(norm, constants, dynamic, scores, days=None):
    statistics, marks, seen, outside = [], [], [], False
    for session, (score, at) in enumerate(zip(scores, places(norm, scores, days)), 1):
        statistics.append(None)
        if at is None or not norm["first_session"] <= at <= norm["last_session"] or outside:
            continue
        if not seen:
            outside = not norm["intake_low"] <= score <= norm["intake_high"]
            seen.append((at, score))
            continue
        intake = seen[0][1]
        if session >= 3 and "cutoff" in constants and intake < constants["cutoff"]:
            threshold = constants["change_threshold"]
            statistics[-1] = (score - intake) / threshold * Z[0]
            if score - intake >= threshold:
                probable = statistics[-1] >= Z[1]
                marks.append(mark(session, "probable" if probable else "possible",
                                  intake + threshold * (Z[1] / Z[0] if probable else 1), intake,
                                  statistics[-1]))
        elif session >= 3:
            mean, variance = predict(norm, seen, at)
            sd = math.sqrt(variance)
            statistics[-1] = float(score - mean) / sd
            if statistics[-1] > Z[0]:
                probable = statistics[-1] >= Z[1]
                marks.append(mark(session, "probable" if probable else "possible",
                                  float(mean) + Z[probable] * sd, float(mean), statistics[-1]))
        if dynamic:
            seen.append((at, score))
    return statistics, marks


def vectors():
    for norm in (NORM, LEVEL):
        for constants in (CONSTANTS, dict(CONSTANTS, cutoff=16, change_threshold=6)):
            for dynamic in (0, 1):
                for scores in COURSES:
                    statistics, marks = judge(norm, constants, dynamic, scores)
                    yield {"rule": "not_on_track", "tier": "oracle", "source": TOOL,
                           "tolerance": 1e-12, "params": {"dynamic": dynamic},
                           "constants": dict(constants, response=norm), "score": scores,
                           "statistic": statistics, "marks": marks}
    for dynamic in (0, 1):
        for days, scores in DATED:
            statistics, marks = judge(BY_DATE, CONSTANTS, dynamic, scores, days)
            yield {"rule": "not_on_track", "tier": "oracle", "source": TOOL, "tolerance": 1e-12,
                   "params": {"dynamic": dynamic}, "constants": dict(CONSTANTS, response=BY_DATE),
                   "day": days, "score": scores, "statistic": statistics, "marks": marks}


if __name__ == "__main__":
    text = json.dumps(list(vectors()), indent=1)
    (HERE / "not_on_track.json").write_text(text + "\n", encoding="utf-8")
