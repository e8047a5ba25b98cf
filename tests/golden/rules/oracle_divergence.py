#!/usr/bin/env python3
"""Writes the vectors of divergence: the difference of two raters against the dyad's own usual one.

SPDX-License-Identifier: MIT

Worked from the rule's definition over whole histories, with fractions and statistics where the
library keeps running state; constants, series and the spread of one rater come from oracle.py.

    oracle_divergence.py     writes divergence.json beside itself
"""
import json
import math
import platform
from pathlib import Path

from oracle import ALLIANCE, EXAMPLE, GAPS, mean, spread

HERE = Path(__file__).parent
TOOL = (f"oracle_divergence.py beside this file, Python {platform.python_version()}, "
        "fractions and statistics")
WIDE = {"construct": 1, "direction": 1, "score_min": 12, "score_max": 84, "score_step": 1,
        "within_sd": 4.8}
TURNED = {"construct": 1, "direction": -1, "score_min": 0, "score_max": 20, "score_step": .5,
          "within_sd": 1.5, "sem": 1}
BARE = {"construct": 1, "direction": 1, "within_sd": .5}


def bounds(c):
    """The range with up as better; None where it is not known."""
    if "score_min" not in c:
        return None
    ends = sorted(c["direction"] * c[end] for end in ("score_min", "score_max"))
    return ends


def to_own(own, other):
    """How the other's "up" comes onto the own axis, and how long its unit is there; or None."""
    a, b = bounds(own), bounds(other)
    if (a is None) != (b is None):
        return None
    if a is None or a == b:
        return lambda up: up, 1
    unit = (a[1] - a[0]) / (b[1] - b[0])
    return lambda up: a[0] + (up - b[0]) * unit, unit


def of_difference(own, other, unit, congruence):
    """Spread and error of the difference, from those of each rater."""
    s = own["within_sd"]
    t = other["within_sd"] * unit if "within_sd" in other else s
    error = own.get("sem")
    theirs = other["sem"] * unit if "sem" in other else error
    return {"within_sd": math.sqrt(s * s + t * t - 2 * congruence * s * t),
            "sem": None if error is None else math.hypot(error, theirs)}


def divergence(client, therapist, own, other, k_possible=2.5, k_probable=3, k_severe=3.5, window=10,
               prior_weight=5, congruence=.3, floor_steps=3, run=4):
    levels = ("severe", k_severe), ("probable", k_probable), ("possible", k_possible)
    mapped = to_own(own, other)
    clean, off, side, z, marks = [], [], 0, {}, []
    if mapped is None:
        return z, marks
    smallest = floor_steps * own.get("score_step", 0)
    pooled = of_difference(own, other, mapped[1], congruence)
    for t, (y, x) in enumerate(zip(client, therapist), 1):
        if y is None or x is None:
            continue
        theirs = mapped[0](other["direction"] * x)
        d = own["direction"] * y - theirs
        found = None
        if len(clean) >= 2:
            usual = mean(clean[-window:])
            s = spread(clean, pooled, prior_weight) * math.sqrt(1 + 1 / len(clean[-window:]))
            z[t] = abs(d - usual) / s
            found = next(((w, k) for w, k in levels if z[t] > k), None)
        if not found or abs(d - usual) < smallest - 1e-9:
            clean.append(d)
            off = []
            continue
        way = math.copysign(1, d - usual)
        expected = theirs + usual
        marks.append({"session": t, "kind": "divergence", "level": found[0],
                      "limit": own["direction"] * (expected + way * max(found[1] * s, smallest)),
                      "reference": own["direction"] * expected, "spread": s})
        off = [*off, d] if way == side else [d]
        side = way
        if len(off) == run:
            clean, off = off, []
    return z, marks


def vector(client, therapist, own, other, **params):
    z, marks = divergence(client, therapist, own, other, **params)
    return {"rule": "divergence", "tier": "oracle", "source": TOOL, "tolerance": 1e-9,
            "constants": own, "score": client,
            "companions": [{"role": "therapist", "constants": other, "score": therapist}],
            **({"params": params} if params else {}),
            "statistic": [z.get(t + 1) for t in range(len(client))], "marks": marks}


def figures(vectors):
    """What the series are meant to show: stops when the definitions do not give it."""
    marked = [[m["session"] for m in v["marks"]] for v in vectors]
    levels = {m["level"] for v in vectors for m in v["marks"]}
    sides = {m["reference"] > v["score"][m["session"] - 1] for v in vectors for m in v["marks"]}
    assert marked[0] == [], "both fall and rise together"
    assert marked[1] == [7, 8], "the client falls, and the therapist does not see it"
    assert marked[2] == [9, 10, 11, 12], "after four sessions the new difference is the usual one"
    assert marked[3] == [12], "one session on the other side"
    assert marked[4] == marked[3] and marked[5] == marked[3], "in other units, the other way round"
    assert all(z is None for z in vectors[-1]["statistic"]), "no axis in common"
    assert levels == {"possible", "probable", "severe"} and sides == {True, False}


def main():
    together = [round(y - .4 + (.1 if t % 3 else -.1), 2) for t, y in enumerate(EXAMPLE)]
    steady = [round(5.1 + .1 * (t % 4), 2) for t in range(16)]
    level = [5.5, 5.4, 5.6, 5.5, 5.4, 5.6, 5.5, 5.5, 5.4, 5.5, 5.6, 5.4, 5.5, 5.5, 5.4, 5.6]
    apart = [round(y - (.4 if t < 8 else 2.2), 2) for t, y in enumerate(level)]
    high = [6.9 if t == 11 else round(y - .4 + .1 * (t % 2), 2) for t, y in enumerate(level)]
    some = [5, 5.2, None, 5.1, 5, None, 5.3, 5.2, 5, None, 5.1, 5.2]
    wide = [12 * y for y in high]
    turned = [20 - (y - 1) / 6 * 20 for y in high]
    vectors = [
        vector(EXAMPLE, together, ALLIANCE, ALLIANCE),
        vector(EXAMPLE, steady, ALLIANCE, ALLIANCE),
        vector(level, apart, ALLIANCE, ALLIANCE),
        vector(level, high, ALLIANCE, ALLIANCE),
        vector(level, wide, ALLIANCE, WIDE),
        vector(level, turned, ALLIANCE, TURNED),
        vector(turned, level, TURNED, ALLIANCE),
        vector(GAPS, some, ALLIANCE, ALLIANCE, k_possible=.5, k_probable=1.5, k_severe=9),
        vector(level, high, BARE, BARE, floor_steps=0),
        vector(EXAMPLE, steady, ALLIANCE, ALLIANCE, window=3, prior_weight=0, congruence=0, run=2),
        vector(level, high, BARE, ALLIANCE),
    ]
    figures(vectors)
    text = json.dumps(vectors, indent=1)
    (HERE / "divergence.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
