#!/usr/bin/env python3
"""Writes the vectors of rupture_filter, worked once more from the model with dense matrices.

SPDX-License-Identifier: MIT

Every pair of a mode and a spread is a numpy vector and matrix here; moves are matrices, merging is
the mean and covariance of a mixture, the ends of the scale come from scipy's normal distribution.
The library keeps packed triangles of moments instead. figures() checks the pieces: the truncated
normal against scipy's truncnorm, and a course without ruptures and with one spread against a
textbook Kalman filter.

    oracle_filter.py     writes rupture_filter.json beside itself
"""
import json
import math
import platform
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

import oracle
from oracle import ALLIANCE, CEILING, EXAMPLE, GAPS, NEW_LEVEL, SLIDE

HERE = Path(__file__).parent
TOOL = (f"oracle_filter.py beside this file, Python {platform.python_version()}, "
        f"numpy {np.__version__}, scipy {scipy.__version__}")

# Means and covariances are of (level, slope, drift, depth), in units of the within-person SD.
CARRIED, INERTIA, DEPTH_STEP = .62, .42, .02
SLOPE_SD, MEAN_SHARE, UNSURE = .07, .75, 1.3
SEEN = np.array([1, 0, 1, -1.])
MOVE = np.array([[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, INERTIA, 0], [0, 0, 0, 1.]])
KEEP = np.eye(4)
FORGET = np.diag([1, 1, 1, 0.])
SETTLE = np.array([[1, 0, 0, -1], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0.]])
PARAMS = {"p_possible": .15, "p_probable": .3, "p_severe": .45, "hazard": .05, "depth": 2.25,
          "spread_cv": .35, "floor_steps": 3, "delta_repair": .5, "slope": .045}
DEPTH_CV = .37
MODES = ("steady", "begun", "second", "open", "blip", "back")
CALM = ("steady", "blip", "back")


def spreads(cv):
    """Four-point Gauss-Hermite quadrature of a lognormal with median 1."""
    x, w = np.polynomial.hermite_e.hermegauss(4)
    return np.exp(math.sqrt(math.log1p(cv * cv)) * x), w / w.sum()


def ways(hazard):
    return [("steady", "steady", KEEP, 1 - hazard), ("steady", "begun", SETTLE, hazard),
            ("back", "steady", KEEP, 1), ("blip", "back", KEEP, 1),
            ("begun", "blip", FORGET, .36), ("begun", "second", KEEP, .64),
            ("second", "back", FORGET, .2), ("second", "open", KEEP, .8),
            ("open", "back", FORGET, .02), ("open", "open", KEEP, .978),
            ("open", "begun", SETTLE, .002)]


class Filter:
    def __init__(self, c, params, first):
        self.p = params
        self.unit, self.origin = c["within_sd"], first
        self.step = c.get("score_step", 0) / self.unit
        low, high = c.get("score_min", -math.inf), c.get("score_max", math.inf)
        if c["direction"] < 0:
            low, high = -high, -low
        self.bottom, self.top = self.scaled(low), self.scaled(high)
        sd = c["sd"] / self.unit if c.get("sd", 0) > self.unit else 1 / math.sqrt(1 - .77)
        mean = low + MEAN_SHARE * (high - low) if math.isfinite(high - low) else first
        self.sigma, weight = spreads(params["spread_cv"])
        self.belief = {}
        for s, (sigma, w) in enumerate(zip(self.sigma, weight)):
            self.belief["steady", s] = (
                w, np.array([self.scaled(mean), params["slope"], 0, 0]),
                np.diag([UNSURE ** 2 * (sd * sd - 1), SLOPE_SD ** 2, CARRIED * sigma ** 2, 0]))

    def scaled(self, up):
        return (up - self.origin) / self.unit

    def move(self, session):
        poured = {}
        for source, to, matrix, chance in ways(self.p["hazard"] if session >= 3 else 0):
            for s in range(4):
                if (source, s) not in self.belief or chance == 0:
                    continue
                w, m, c = self.belief[source, s]
                m, c = matrix @ m, matrix @ c @ matrix.T
                if matrix is SETTLE:
                    m[3], c[3, 3] = self.p["depth"], (DEPTH_CV * self.p["depth"]) ** 2
                poured.setdefault((to, s), []).append((w * chance, m, c))
        self.belief = {}
        for (mode, s), parts in poured.items():
            w = sum(p[0] for p in parts)
            m = sum(p[0] * p[1] for p in parts) / w
            c = sum(p[0] * (p[2] + np.outer(p[1] - m, p[1] - m)) for p in parts) / w
            noise = np.diag([0, 0, CARRIED * (1 - INERTIA ** 2) * self.sigma[s] ** 2,
                             DEPTH_STEP if mode in ("second", "open") else 0])
            self.belief[mode, s] = (w, MOVE @ m, MOVE @ c @ MOVE.T + noise)

    def forecast(self, mode, s, rounding):
        w, m, c = self.belief[mode, s]
        noise = (1 - CARRIED) * self.sigma[s] ** 2 + rounding * self.step ** 2 / 12
        return w, SEEN @ m, math.sqrt(SEEN @ c @ SEEN + noise)

    def weigh(self, y):
        """Weights, and E and Var of the unrounded score in each pair, after the score."""
        logs, pairs = {}, {}
        for key in self.belief:
            if self.bottom < y < self.top:
                w, mean, sd = self.forecast(*key, rounding=1)
                logs[key] = math.log(w) + stats.norm.logpdf(y, mean, sd)
                pairs[key] = (y, 0)
            else:
                w, mean, sd = self.forecast(*key, rounding=0)
                end = 1 if y >= self.top else -1
                z = (end * (y - mean) - self.step / 2) / sd
                logs[key] = math.log(w) + stats.norm.logsf(z)
                lam = math.exp(stats.norm.logpdf(z) - stats.norm.logsf(z))
                pairs[key] = (mean + end * sd * lam, sd * sd * (1 - lam * (lam - z)))
        top = max(logs.values())
        total = sum(math.exp(v - top) for v in logs.values())
        within = self.bottom < y < self.top
        self.log_density = top + math.log(total) - (math.log(self.unit) if within else 0)
        return {k: math.exp(v - top) / total for k, v in logs.items()}, pairs

    def learn(self, y, weights, pairs):
        inside = self.bottom < y < self.top
        for key, (_, m, c) in self.belief.items():
            _, mean, sd = self.forecast(*key, rounding=1 if inside else 0)
            gain = c @ SEEN / sd ** 2
            value, variance = pairs[key]
            self.belief[key] = (weights[key], m + gain * (value - mean),
                                c - np.outer(gain, gain) * (sd ** 2 - variance))

    def odds(self, weights, before):
        total = {m: sum(v for k, v in weights.items() if k[0] == m) for m in MODES}
        last = total["second"] + total["blip"]
        none = sum(total[m] for m in CALM)
        either = (total["begun"] + last) / none
        odds = either if either > 2 * before else total["begun"] / none
        return odds, total["begun"] + last, total["begun"] + total["second"] + total["open"]

    def expected(self, y):
        parts = [(*self.forecast(*k, rounding=1), *self.forecast(*k, rounding=0)[2:],
                  self.sigma[k[1]]) for k in self.belief if k[0] in CALM]
        total = sum(p[0] for p in parts)
        mean = sum(p[0] * p[1] for p in parts) / total
        var = sum(p[0] * (p[2] ** 2 + (p[1] - mean) ** 2) for p in parts) / total
        tail = sum(p[0] * stats.norm.cdf(y + self.step / 2, p[1], p[3]) for p in parts) / total
        return mean, math.sqrt(var), tail, sum(p[0] * p[4] for p in parts) / total


def limit(f, before, chance, low, high):
    for _ in range(7):
        middle = (low + high) / 2
        odds = f.odds(f.weigh(middle)[0], before)[0]
        low, high = (middle, high) if odds / (1 + odds) >= chance else (low, middle)
    return low


def mark_of(f, c, params, session, y, chance, before, opened):
    """The mark of a score that is not taken in yet, or None; and what opened the episode."""
    back = lambda v: c["direction"] * (f.origin + f.unit * v)
    mean, sd, tail, spread = f.expected(y)
    highest = min(mean, f.top) - params["floor_steps"] * f.step
    if chance >= params["p_possible"] and y <= highest + 1e-9:
        level = next(v for v in ("severe", "probable", "possible") if chance >= params[f"p_{v}"])
        return {"session": session, "kind": "drop", "level": level,
                "limit": back(min(limit(f, before, params[f"p_{level}"], y, mean), highest)),
                "reference": back(mean), "spread": f.unit * spread, "tail": tail,
                "expected_low": back(max(mean - stats.norm.ppf(.95) * sd, f.bottom)),
                "expected_high": back(min(mean + stats.norm.ppf(.95) * sd, f.top))}, \
            opened or (mean, spread)
    if opened and y >= opened[0] - params["delta_repair"] * opened[1]:
        return {"session": session, "kind": "return", "level": None,
                "limit": back(opened[0] - params["delta_repair"] * opened[1]),
                "reference": back(opened[0]), "spread": f.unit * opened[1]}, None
    return None, opened


def rupture_filter(scores, c, params=None):
    params = {**PARAMS, **(params or {})}
    f, z, began, is_open, marks = None, {}, {}, {}, []
    before = completed = density = 0
    opened = None
    for session, score in enumerate(scores, 1):
        if score is None:
            continue
        up = c["direction"] * score
        if f is None:
            f, first, n = Filter(c, params, up), session, 1
        else:
            for i in range(1, min(session - last, 12) + 1):
                f.move(n + i)
            n += session - last
            before = before if session == last + 1 else params["hazard"]
        y = f.scaled(up)
        weights, pairs = f.weigh(y)
        density += f.log_density
        odds, p_began, p_open = f.odds(weights, before)
        if completed >= 2:
            chance = odds / (1 + odds)
            z[session], began[session], is_open[session] = chance, p_began, p_open
            mark, opened = mark_of(f, c, params, session, y, chance, before, opened)
            marks += [mark] if mark else []
        f.learn(y, weights, pairs)
        before, last, completed = odds, session, completed + 1
    return z, marks, began, is_open, density


def figures():
    """The pieces against other people's: scipy's truncated normal, a textbook Kalman filter."""
    f = Filter({**ALLIANCE}, PARAMS, 6.)
    _, pairs = f.weigh(f.top)
    for key, (value, variance) in pairs.items():
        _, mean, sd = f.forecast(*key, rounding=0)
        cut = stats.truncnorm((f.top - f.step / 2 - mean) / sd, math.inf, mean, sd)
        assert abs(cut.mean() - value) < 1e-8 and abs(cut.var() - variance) < 1e-8
    plain = {"construct": 1, "direction": 1, "within_sd": 1.}
    f = Filter(plain, {**PARAMS, "hazard": 0, "spread_cv": 1e-9}, 0.)
    y = np.array([0, .5, -.3, .8, .4, 1.1])
    for t, v in enumerate(y, 1):
        if t > 1:
            f.move(t)
        f.learn(v, *f.weigh(v))
    # The same as one regression: level_t = l + s (t - 1) and an AR(1) drift with noise.
    t = np.arange(len(y))
    design = np.stack([np.ones(len(y)), t], axis=1)
    prior = np.diag([UNSURE ** 2 * (1 / (1 - .77) - 1), SLOPE_SD ** 2])
    cov = CARRIED * INERTIA ** abs(t[:, None] - t) + (1 - CARRIED) * np.eye(len(y))
    gain = prior @ design.T @ np.linalg.inv(design @ prior @ design.T + cov)
    slope = PARAMS["slope"]
    mean = np.array([0, slope]) + gain @ (y - design @ [0, slope])
    _, m, _ = f.belief["steady", 1]
    whole = stats.multivariate_normal.logpdf(y, design @ [0, slope],
                                             design @ prior @ design.T + cov)
    assert abs(rupture_filter(list(y), plain, {"hazard": 0, "spread_cv": 1e-9})[4] - whole) < 1e-7
    assert abs(m[0] - (mean[0] + 5 * mean[1])) < 1e-7 and abs(m[1] - mean[1]) < 1e-7


def column(values, n):
    return [values.get(t) for t in range(1, n + 1)]


def vector(scores, constants, params=None):
    z, marks, began, is_open, density = rupture_filter(scores, constants, params)
    made = {"rule": "rupture_filter", "tier": "oracle", "source": TOOL, "tolerance": 1e-8,
            "constants": constants, "score": scores, "statistic": column(z, len(scores)),
            "p_began": column(began, len(scores)), "p_open": column(is_open, len(scores)),
            "log_likelihood": density, "marks": marks}
    return {**made, "params": params} if params else made


def main():
    figures()
    turned = {"construct": 1, "direction": -1, "score_min": 0, "score_max": 40, "score_step": 1,
                "within_sd": 3.}
    rising = [22, 20, 21, 18, 19, 27, 28, 26, 17, 40, 18]
    ceiling = [7, 7, 7, 6 + 5 / 6, 7, 7, 6, 7, 7, None, 5, 7]
    floor = [2, 1.5, 1, 1, 1, 2, 1, 1.5, 1, 1]
    gaps = [5, 5.5, None, None, None, 5, 3.5, None, 5.5, 5] + [None] * 15 + [3, 5.5]
    vectors = [vector(s, ALLIANCE) for s in (EXAMPLE, SLIDE, GAPS, NEW_LEVEL, CEILING, ceiling,
                                             gaps)]
    vectors.append(vector(floor, ALLIANCE))
    vectors.append(vector([6] * 12, ALLIANCE))
    vectors.append(vector([5, 3], ALLIANCE))
    vectors.append(vector(rising, turned))
    vectors.append(vector(EXAMPLE, {**ALLIANCE, "sd": 1.3, "reliability": .9}))
    vectors.append(vector(EXAMPLE, ALLIANCE, {"hazard": .1, "depth": 1.5, "spread_cv": .6,
                                              "p_possible": .05, "floor_steps": 1}))
    vectors.append(vector(SLIDE, ALLIANCE, {"slope": -.09}))
    (HERE / "rupture_filter.json").write_text(json.dumps(vectors, indent=1) + "\n")


if __name__ == "__main__":
    main()
