#!/usr/bin/env python3
"""Writes the trend vectors: each figure computed once more, by scipy or by exact brute force.

SPDX-License-Identifier: MIT

Nothing here knows the library. scipy gives least squares, Theil-Sen, Siegel, tau-b and Spearman;
exact p comes from visiting every order of the scores; Hamed-Rao and Yue-Wang are worked in
fractions, so that ties are ties; Prais-Winsten is generalised least squares with the whole
correlation matrix rho^|gap| inverted. The series are our own.

    oracle.py            writes oracle.json beside itself; needs numpy and scipy
"""
import json
import math
import platform
from collections import Counter
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import numpy
import scipy
from scipy import stats

from exact import mann_kendall, orders, score
from gls import prais_winsten

HERE = Path(__file__).parent
PYTHON = f"Python {platform.python_version()}"
SCIPY = f"oracle.py beside this file, scipy {scipy.__version__}, numpy {numpy.__version__}"
EXACT = f"oracle.py and exact.py beside this file, {PYTHON}, every order visited, fractions"
GLS = f"oracle.py beside this file, numpy {numpy.__version__}, dense generalised least squares"

SERIES = {
    "rise_and_fall": [5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3, 4.9, 5.6, 5.9, 6.0, 6.1],
    "descent_with_ties": [34, 33, 33, 30, 31, 28, 28, 28, 25, 26, 22, 21, 21, 18, 20, 17],
    "three": [14, 9, 11],
    "three_tied": [3, 3, 4],
    "four": [2, 7, 1, 8],
    "five_tied": [9, 9, 9, 9, 4],
    "seven": [3, 1, 4, 1, 5, 9, 2],
    "eight_heavy_ties": [1, 2, 2, 2, 1, 3, 3, 3],
    "nine": [20, 18, 19, 15, 16, 12, 13, 9, 7],
    "ten": [6, 1, 8, 0, 3, 4, 9, 2, 7, 5],
    "ten_binary": [0, 0, 1, 0, 1, 0, 1, 1, 1, 1],
    "ten_all_but_one": [5, 5, 5, 5, 5, 5, 5, 5, 5, 6],
    "parallel_lines": [10, 12, 9, 11, 8, 10, 7, 9, 6, 8, 5, 7, 4, 6],
    "plateaus": [20, 20, 20, 17, 17, 17, 17, 12, 12, 12, 12, 12, 8, 8, 8, 8, 3, 3, 3, 3],
    "long": [(i * i * 7 + 3 * i) % 31 + (60 - i) // 3 for i in range(60)],
}
TIMES = {
    "missing": ([1, 2, 4, 5, 8, 9, 10, 13], [30, 27, 28, 22, 23, 16, 18, 11]),
    "two_forms_a_day": ([0, 7, 7, 14, 21, 21, 30, 44], [18, 17, 19, 15, 16, 12, 12, 8]),
    "four_forms_a_day": ([1] * 4 + [2] * 4 + [3] * 4, [5, 9, 2, 7, 8, 1, 6, 12, 4, 11, 10, 3]),
    "uneven": ([3, 4, 9, 20, 21, 50, 51, 80, 81], [1, 4, 2, 6, 8, 7, 12, 9, 14]),
}


def student_975(nu):
    """scipy's quantile is good to 1e-9 alone; its tail probability is good to the last digits."""
    t = stats.t.ppf(0.975, nu)
    for _ in range(3):
        t += (stats.t.sf(t, nu) - 0.025) / stats.t.pdf(t, nu)
    return t


def regressions(x, y):
    line, low_high = stats.linregress(x, y), stats.theilslopes(y, x)
    half = line.stderr * student_975(len(x) - 2)
    residual = numpy.subtract(y, line.intercept + line.slope * numpy.asarray(x))
    squares = float(numpy.sum(residual**2))
    y = numpy.asarray(y, dtype=float)
    centred = y - numpy.mean(y)
    found = {
        "n": len(x), "first": y[0], "last": y[-1],
        "ols_intercept": line.intercept, "ols_slope": line.slope, "ols_slope_se": line.stderr,
        "ols_t": line.slope / line.stderr, "ols_p": line.pvalue,
        "ols_low": line.slope - half, "ols_high": line.slope + half,
        "residual_sd": math.sqrt(squares / (len(x) - 2)),
        "durbin_watson": float(numpy.sum(numpy.diff(residual) ** 2)) / squares,
        "sen_slope": low_high[0], "sen_intercept": low_high[1],
        "sen_low": low_high[2], "sen_high": low_high[3],
        "siegel_slope": stats.siegelslopes(y, x)[0],
        "kendall_tau_b": stats.kendalltau(x, y)[0], "spearman_rho": stats.spearmanr(x, y)[0],
        "lag1": float(numpy.sum(centred[1:] * centred[:-1]) / numpy.sum(centred**2)),
    }
    if min(x) > 0:
        log = stats.linregress(numpy.log(x), y)
        found |= {"log_intercept": log.intercept, "log_slope": log.slope,
                  "log_slope_se": log.stderr}
    return found


def exact_p(y):
    """The share of orders at least as far from 0. Ties make orders alike, and alike they count."""
    s, kinds = abs(score(y)), Counter(y)
    if len(kinds) < len(y):
        found = [abs(score(order)) >= s for order in orders(kinds)]
        return float(Fraction(sum(found), len(found)))
    if len(y) < 9:
        found = [abs(score(order)) >= s for order in permutations(y)]
        return float(Fraction(sum(found), len(found)))
    return stats.kendalltau(range(len(y)), y, method="exact")[1]


def vector(name, source, x, y, expect, tolerance=1e-11):
    expect = {k: None if v is None else 0.0 if abs(v) < 1e-12 else float(v)
              for k, v in expect.items()}
    return {"name": name, "tier": "oracle", "source": source, "tolerance": tolerance,
            "x": list(x), "y": list(y), "expect": expect}


def main():
    cases = {name: (range(1, len(y) + 1), y) for name, y in SERIES.items()} | TIMES
    vectors = []
    for name, (x, y) in cases.items():
        vectors.append(vector(name + ", regressions", SCIPY, x, y, regressions(x, y), 1e-9))
        serial = mann_kendall(y) | {"mk_p_exact": exact_p(y) if len(y) <= 10 else None}
        vectors.append(vector(name + ", Mann-Kendall", EXACT, x, y, serial))
    for name in ("rise_and_fall", "descent_with_ties", "seven", "nine", "missing", "uneven"):
        x, y = cases[name]
        vectors.append(vector(name + ", Prais-Winsten", GLS, x, y, prais_winsten(x, y), 1e-8))
    text = json.dumps(vectors, indent=1)
    (HERE / "oracle.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
