#!/usr/bin/env python3
"""The committed vectors of mixed models of small groups, whose likelihoods have several maxima.

SPDX-License-Identifier: MIT

    small.py PROGRAM     fits the vectors of small.json with tests/golden/mixed/fits.c and compares;
                         then the same rows in other units, which may change nothing else
    small.py --write     computes the figures of small.json anew from its rows: the likelihood of
                         whole covariance matrices, maximised from sixteen starts; numpy and scipy

The rows were drawn at random, rounded, and kept where one climb from moment estimates ended in a
lower maximum or in none; and some where it did not.
"""
import json
import math
import subprocess
import sys
from pathlib import Path

VECTORS = Path(__file__).with_suffix(".json")
INTERCEPT, SLOPE, DIAGONAL = 0, 1, 2
FREE = {INTERCEPT: [0], SLOPE: [0, 1, 2], DIAGONAL: [0, 2]}
LIKELIHOOD, FIGURE = 1e-8, 1e-5  # tolerances: a likelihood is flat about its maximum
UNITS = [(1.8, 32, 1, 0), (.01, 0, 7.3, 0), (-2.7, 3, -1.1, 0), (1, 1000, 1 / 3, 0),
         (1.3, -7, 2, 5.5)]  # y to a y + b, x to c x + d; a diagonal D holds for d = 0 alone


def deviance(theta, case, full=False):
    """-2 log likelihood of a relative factor, the rest profiled out, by whole matrices."""
    import numpy as np
    x, y, starts = np.array(case["x"]), np.array(case["y"]), case["starts"]
    lower = np.array([[theta[0], 0], [theta[1], theta[2]]])
    a, log_det = np.zeros((3, 3)), 0.
    for first, last in zip(starts, starts[1:]):
        z = np.column_stack([np.ones(last - first), x[first:last]])
        w = np.column_stack([z, y[first:last]])
        v = np.eye(last - first) + z @ lower @ lower.T @ z.T
        a += w.T @ np.linalg.solve(v, w)
        log_det += np.linalg.slogdet(v)[1]
    b = np.linalg.solve(a[:2, :2], a[:2, 2])
    squares = a[2, 2] - b @ a[:2, 2]
    df = len(y) - (2 if case["reml"] else 0)
    value = df * (1 + math.log(2 * math.pi * squares / df)) + log_det
    if case["reml"]:
        value += np.linalg.slogdet(a[:2, :2])[1]
    if not full:
        return value
    d, s2 = lower @ lower.T * squares / df, squares / df
    names = "logLik b0 b1 s2 G00 G01 G11".split()
    return dict(zip(names, [-value / 2, *b, s2, d[0, 0], d[0, 1], d[1, 1]]))


def maximum(case):
    import numpy as np
    from scipy import optimize
    free, draw, best = FREE[case["structure"]], np.random.default_rng(1), None
    spread = max(np.std(case["x"]), .1)

    def at(short):
        theta = np.zeros(3)
        theta[free] = short
        return theta

    for turn in range(16):
        start = draw.normal(size=3) * [1, 1 / spread, 1 / spread] * draw.choice([.05, .5, 1, 5])
        start[2] *= turn % 4 > 0
        found = optimize.minimize(lambda t: deviance(at(t), case), start[free], method="BFGS")
        if best is None or found.fun < best.fun:
            best = found
    for _ in range(2):
        best = optimize.minimize(lambda t: deviance(at(t), case), best.x, method="Nelder-Mead",
                                 options={"xatol": 1e-12, "fatol": 1e-15, "maxiter": 5000,
                                          "maxfev": 5000})
    found = deviance(at(best.x), case, True)
    if case["structure"] == INTERCEPT:
        del found["G01"], found["G11"]
    return {name: float(value) for name, value in found.items()}


def write(cases):
    import numpy
    import scipy
    source = (f"small.py beside this file, Python {sys.version.split()[0]}, numpy "
              f"{numpy.__version__}, scipy {scipy.__version__}")
    for case in cases:
        case.update(tier="oracle", source=source, expected=maximum(case))
    lines = ",\n ".join(json.dumps(case) for case in cases)
    VECTORS.write_text(f"[\n {lines}\n]\n", encoding="utf-8")


def ask(program, cases):
    lines = []
    for case in cases:
        sizes = [last - first for first, last in zip(case["starts"], case["starts"][1:])]
        lines.append(f"{case['structure']} {case['reml']} {len(sizes)} {sum(sizes)}")
        lines.append(" ".join(map(str, sizes)))
        lines += [f"{x!r} {y!r}" for x, y in zip(case["x"], case["y"])]
    answer = subprocess.run([program], input="\n".join(lines) + "\n", check=True, text=True,
                            capture_output=True).stdout.splitlines()
    names, at = answer[0].split(), 1
    for case in cases:
        if answer[at] == "0":
            yield dict(zip(names, map(float, answer[at + 1].split())))
            at += 1 + len(case["starts"])
        else:
            yield {}
            at += 1


def in_units(case, unit):
    a, b, c, d = unit
    return {**case, "y": [a * y + b for y in case["y"]], "x": [c * x + d for x in case["x"]]}


def expected_in(case, unit):
    a, b, c, d = unit
    want, rows = dict(case["expected"]), len(case["y"])
    want["logLik"] -= (rows - 2 * case["reml"]) * math.log(abs(a))
    want["logLik"] -= case["reml"] * math.log(abs(c))
    slope, mixed, steep = want["b1"], want.get("G01", 0), want.get("G11", 0)
    want["b1"] = slope * a / c
    want["b0"] = a * want["b0"] + b - want["b1"] * d
    want["s2"] *= a * a
    if "G11" in want:
        want["G00"] += -2 * mixed * d / c + steep * d * d / c / c
        want["G01"] = a * a * (mixed - steep * d / c) / c
        want["G11"] *= a * a / c / c
    want["G00"] *= a * a
    return want


def main():
    cases = json.loads(VECTORS.read_text(encoding="utf-8"))
    if sys.argv[1:] == ["--write"]:
        write(cases)
        return 0
    asked = [(f"{case['name']} in units {i}", in_units(case, unit), expected_in(case, unit))
             for i, unit in enumerate([(1, 0, 1, 0), *UNITS]) for case in cases
             if unit[3] == 0 or case["structure"] != DIAGONAL]
    compared = wrong = 0
    for (name, _, want), got in zip(asked, ask(sys.argv[1], [case for _, case, _ in asked])):
        for figure, value in want.items():
            compared += 1
            reach = LIKELIHOOD if figure == "logLik" else FIGURE
            if not abs(got.get(figure, math.nan) - value) <= reach * max(1, abs(value)):
                wrong += 1
                print(f"{name}: {figure} is {got.get(figure)}, expected {value}")
    print(f"{compared} figures of {len(asked)} small mixed models compared, {wrong} wrong")
    return 1 if wrong or compared < 400 else 0


if __name__ == "__main__":
    sys.exit(main())
