"""Mann-Kendall and its two corrections in fractions: what is equal is equal, whatever its rounding.

SPDX-License-Identifier: MIT
"""
import math
from collections import Counter
from fractions import Fraction
from itertools import combinations
from statistics import NormalDist, median

Z = NormalDist().inv_cdf(0.975)


def score(y):
    return sum((b > a) - (b < a) for a, b in combinations(y, 2))


def orders(counts):
    """Every order of tied values, each once."""
    if not counts:
        yield ()
        return
    for value in list(counts):
        left = counts - Counter([value])
        for rest in orders(left):
            yield (value,) + rest


def variance(y):
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(y).values())
    return Fraction(len(y) * (len(y) - 1) * (2 * len(y) + 5) - ties, 18)


def z_and_p(s, var):
    z = math.copysign(abs(s) - 1, s) / math.sqrt(var) if s else 0.0
    return z, math.erfc(abs(z) / math.sqrt(2))


def left_of_trend(y):
    """The scores less Sen's slope by row, in fractions: equal means equal."""
    y = [Fraction(str(v)) for v in y]
    slope = median([(y[j] - y[i]) / (j - i) for i, j in combinations(range(len(y)), 2)])
    return [v - slope * i for i, v in enumerate(y)]


def autocorrelations(values):
    mean = Fraction(sum(values), len(values))
    d = [v - mean for v in values]
    whole = sum(v * v for v in d)
    return [sum(a * b for a, b in zip(d, d[k:])) / whole for k in range(1, len(d))] if whole else []


def mann_kendall(y):
    n, s, var = len(y), score(y), variance(y)
    left = left_of_trend(y)
    ranks = [Fraction(sum(b < a for b in left) * 2 + left.count(a) + 1, 2) for a in left]
    weights = [(k, (n - k) * (n - k - 1) * (n - k - 2)) for k in range(1, n)]
    counted = [w * r for (_, w), r in zip(weights, autocorrelations(ranks))
               if abs(r) > Z / math.sqrt(n)]
    hamed_rao = 1 + Fraction(2, n * (n - 1) * (n - 2)) * sum(counted)
    r1 = (autocorrelations(left) or [Fraction(0)])[0]
    yue_wang = max(1, 1 + 2 * (1 - Fraction(1, n)) * sum(r1**k for k in range(1, n)))
    found = {"mk_s": s, "mk_var": float(var)}
    found["mk_z"], found["mk_p"] = z_and_p(s, var)
    found["mk_hr_z"], found["mk_hr_p"] = (
        z_and_p(s, var * hamed_rao) if hamed_rao > 0 else (None, None))
    found["mk_yw_z"], found["mk_yw_p"] = z_and_p(s, var * yue_wang)
    return found
