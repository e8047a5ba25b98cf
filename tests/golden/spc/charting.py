# Asks the chart program, and compares what it says with figures of others.
# SPDX-License-Identifier: MIT
import math
import subprocess

XMR, EWMA, CUSUM = range(3)
MEAN, SCREENED, MEDIAN, SD = range(4)
EXACT, THREE = range(2)
BITS = {name: 1 << i for i, name in enumerate(
    ["WE1", "WE2", "WE3", "WE4", "NEL1", "NEL2", "NEL3", "NEL4", "NEL5", "NEL6", "NEL7", "NEL8",
     "limit"])}
DEFAULTS = {"kind": XMR, "spread": MEAN, "constants": EXACT, "side": 0, "baseline": 0,
            "rules": 4095, "width": 3.0, "lambda": 0.2, "k": 0.5, "h": 5.0, "head_start": 0.0,
            "centred": 0, "centre": 0.0, "sd": 0.0}
POINT = ["statistic", "lower", "upper", "high", "low", "run_high", "run_low", "estimate", "hits"]


def chart_all(program, cases):
    """Each (options, scores)'s chart: the figures of the whole, and a list for each of a point."""
    lines = []
    for options, y in cases:
        chosen = {**DEFAULTS, **options}
        lines.append(" ".join(map(repr, [*chosen.values(), len(y), *y])))
    answer = subprocess.run([program], input="\n".join(lines) + "\n", check=True, text=True,
                            capture_output=True).stdout.splitlines()
    for line in answer:
        if line.startswith("status"):
            yield {"status": line}
            continue
        figures = list(map(float, line.split()))
        chart = dict(zip(["centre", "sd", "range", "range_limit"], figures))
        for i, name in enumerate(POINT):
            chart[name] = figures[4 + i::len(POINT)]
        yield chart


def hits(chart, name):
    """Places, from 1, that a rule hits."""
    return [i for i, bits in enumerate(chart["hits"], 1) if int(bits) & BITS[name]]


def near(a, b, tolerance):
    return (math.isnan(a) and math.isnan(b)) or abs(a - b) <= tolerance * max(1.0, abs(b))
