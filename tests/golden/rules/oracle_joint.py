#!/usr/bin/env python3
"""Writes the vectors of rupture_joint: the filter of oracle_filter.py, which hears other signals.

SPDX-License-Identifier: MIT

A signal's own course is a straight line in its time with a level that wanders, kept here as a
numpy vector and matrix; its first form, which could have stood anywhere, as least squares with an
infinite prior would have it. What it tells of the unknowns is one more linear observation of the
filter's states; shares of the evidence are Shapley's values over the orders in which both raters
could have been heard. figures() checks the pieces: a signal beside a client who stands still
against one generalised least-squares regression, and two subscales without a total against the
joint normal of both.

    oracle_joint.py     writes rupture_joint.json beside itself
"""
import itertools
import json
import math
import platform
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

from oracle import ALLIANCE, CEILING, EXAMPLE, GAPS
from oracle_filter import CALM, CARRIED, PARAMS, Filter, mark_of

HERE = Path(__file__).parent
TOOL = (f"oracle_joint.py beside this file, Python {platform.python_version()}, "
        f"numpy {np.__version__}, scipy {scipy.__version__}")
JOINT = {**PARAMS, "therapist_r": .4, "distress_r": .16, "heard": .9}
WANDER, KNOWN, SHOCK = .02, 5, 9
SPREAD = {"therapist": 1.25, "distress": 1}
LINE = {"therapist": (.045, .07), "distress": (.5, 1), "subscale": (0, .02)}


def unit_of(role, c, own):
    """A unit of the signal: its own spread, a share of its SD, or by its range."""
    if c.get("within_sd"):
        return c["within_sd"]
    if c.get("sd"):
        return .48 * c["sd"]
    if "score_min" not in c:
        return None
    span = c["score_max"] - c["score_min"]
    if role == "distress":
        return .1 * span
    if "score_min" not in own:
        return None
    return own["within_sd"] * span / (own["score_max"] - own["score_min"])


class Channel:
    """One signal: value = level + slope * time + loading * deviation + noise."""

    def __init__(self, role, c, own, params):
        self.role, self.unit, self.c = role, unit_of(role, c, own), c
        self.forms = self.surprises = 0
        self.m = self.P = None
        if role == "subscale":
            self.loading, self.heard, self.noise = 1, 1, .5
        else:
            r, s = params[f"{role}_r"], SPREAD[role]
            self.loading, self.heard, self.noise = s * r, params["heard"], s * s * (1 - r * r)

    def x(self, session):
        return np.array([1, math.log(session) if self.role == "distress" else session - 1])

    def value(self, score):
        return self.c["direction"] * score / self.unit

    def now(self):
        return self.noise * (KNOWN + self.surprises) / (KNOWN + self.forms)

    def row(self, f, score, session, client, among=1):
        """(value, weights of the filter's states, noise a spread) of a form as an observation."""
        x, mine = self.x(session), self.loading * self.heard
        line, spread = (0, 0) if self.forms == 0 else (x @ self.m, x @ self.P @ x)
        rest = self.loading - (mine if client is not None else 0)
        weights = np.array([0 if client is not None else mine, 0, rest, -rest])
        value = self.value(score) - (mine * client if client is not None else 0) - line
        fresh = 0 if client is not None else among * mine ** 2 * (1 - CARRIED)
        return value, weights, self.now() + spread + fresh * f.sigma ** 2

    def learn(self, value, mean, variance, session):
        x, off = self.x(session), value - mean
        if self.forms == 0:
            slope, sd = LINE[self.role]
            # level = off - slope * time, for any level beforehand
            self.m = np.array([off - slope * x[1], slope])
            t = x[1]
            self.P = np.array([[self.noise + variance + t * t * sd * sd + WANDER, -t * sd * sd],
                               [-t * sd * sd, sd * sd]])
            self.forms = 1
            return
        total = x @ self.P @ x + self.now() + variance
        gain = self.P @ x / total
        self.m = self.m + gain * off
        self.P = self.P - np.outer(gain, gain) * total
        self.P[0, 0] += WANDER
        self.surprises += min(off * off / total, SHOCK)
        self.forms += 1


def condition(f, step, observation):
    """Takes a linear observation of the states in."""
    value, weights, noise = observation
    logs, after = {}, {}
    for (mode, s), (w, m, c) in f.belief.items():
        var = weights @ c @ weights + noise[s] + step ** 2 / 12
        logs[mode, s] = math.log(w) + stats.norm.logpdf(value, weights @ m, math.sqrt(var))
        gain = c @ weights / var
        after[mode, s] = (m + gain * (value - weights @ m), c - np.outer(gain, gain) * var)
    top = max(logs.values())
    total = sum(math.exp(v - top) for v in logs.values())
    f.belief = {k: (math.exp(logs[k] - top) / total, *after[k]) for k in logs}


def moments(f, weights):
    parts = [(w, weights @ m, weights @ c @ weights) for w, m, c in f.belief.values()]
    mean = sum(p[0] * p[1] for p in parts)
    return mean, sum(p[0] * (p[2] + p[1] ** 2) for p in parts) - mean ** 2


def total(f, modes):
    return sum(w for (mode, _), (w, _, _) in f.belief.items() if mode in modes)


def evidence(f):
    return math.log(max(total(f, ("begun", "second")), 1e-12) / max(total(f, CALM), 1e-12))


def step_of(channel):
    return channel.c.get("score_step", 0) / channel.unit


def hear(f, channel, score, session, client, among=1):
    value, weights, noise = channel.row(f, score, session, client, among)
    if channel.forms > 0 and weights.any():
        condition(f, step_of(channel), (value, weights, noise))
    channel.learn(value, *moments(f, weights), session)


def shapley(start, acts):
    """Each signal's part of the evidence of all, over every order in which they are let in.

    What those let in so far come to is worked out from the start: how one is read depends on who
    else is there.
    """
    def worth(names):
        f = clone(start)
        for name in sorted(names, reverse=True):
            acts[name](f, names)
        return evidence(f)
    parts = dict.fromkeys(acts, 0.)
    orders = list(itertools.permutations(acts))
    for order in orders:
        for i, name in enumerate(order):
            parts[name] += (worth(order[:i + 1]) - worth(order[:i])) / len(orders)
    return parts


def clone(f):
    other = object.__new__(Filter)
    other.__dict__.update(f.__dict__)
    other.belief = dict(f.belief)
    return other


def rupture_joint(scores, c, companions, params=None, sessions=None):
    params = {**JOINT, **(params or {})}
    channels = [Channel(s["role"], s["constants"], c, params) for s in companions]
    z, began, is_open, marks = {}, {}, {}, []
    f = opened = client = None
    before = completed = 0
    for i, score in enumerate(scores):
        session = sessions[i] if sessions else i + 1
        said = [None if ch.unit is None else s["score"][i]
                for ch, s in zip(channels, companions)]
        if (score is None and all(v is None for v in said)) or (f is None and score is None):
            continue
        distress, gap = 0, 0 if f is None else session - last
        signals = set()
        if f is None:
            f, n, form = Filter(c, params, c["direction"] * score), 1, None
        late = [k for k, ch in enumerate(channels) if ch.role == "distress" and said[k] is not None]
        if late and gap > 1:
            for j in range(1, min(gap - 1, 12) + 1):
                f.move(n + j)
            n, gap, client, before = n + gap - 1, 1, None, params["hazard"]
        for k in late:
            was = evidence(f)
            hear(f, channels[k], said[k], n + gap, client)
            distress = evidence(f) - was
            signals.add("distress")
        for j in range(1, min(gap, 12) + 1):
            f.move(n + j)
        n += gap
        if gap > 1:
            before = params["hazard"]
        y = None if score is None else f.scaled(c["direction"] * score)
        client = y if y is not None and f.bottom + 1e-9 < y < f.top - 1e-9 else None
        start, acts, fallen = clone(f), {}, {}
        among = sum(ch.role == "subscale" and v is not None for ch, v in zip(channels, said))
        for k, ch in enumerate(channels):
            if said[k] is None or ch.role == "distress":
                continue
            alone = ch.row(f, said[k], n, None, among if ch.role == "subscale" else 1)
            if ch.role == "therapist" and ch.forms > 0 and alone[1].any():
                signals.add("therapist")
                told = ch.row(f, said[k], n, client)

                def therapist(g, names, ch=ch, alone=alone, told=told):
                    seen = told if "client" in names else alone
                    if seen[1].any():
                        condition(g, step_of(ch), seen)
                acts["therapist"] = therapist
            fallen[k] = -alone[0]
            hear(f, ch, said[k], n, client, among if ch.role == "subscale" else 1)
        if y is None:
            odds, p_began, p_open = f.odds({k: v[0] for k, v in f.belief.items()}, before)
            before, last = params["hazard"], session
            if completed >= 2:
                z[i], began[i], is_open[i] = odds / (1 + odds), p_began, p_open
            continue
        weights, pairs = f.weigh(y)
        odds, p_began, p_open = f.odds(weights, before)
        if completed >= 2:
            chance = odds / (1 + odds)
            z[i], began[i], is_open[i] = chance, p_began, p_open
            mark, opened = mark_of(f, c, params, session, y, chance, before, opened)
            if mark and mark["kind"] == "drop":
                mean = f.expected(y)[0]

                def own(g, _):
                    g.learn(y, *g.weigh(y))
                acts["client"] = own
                share = shapley(start, acts)
                if "distress" in signals:
                    share["distress"] = distress
                size = sum(abs(v) for v in share.values())
                share = {k: v / size for k, v in share.items()}
                fall = {k: max(v + mean, 0) * channels[k].unit for k, v in fallen.items()
                        if channels[k].role == "subscale"}
                subscales = [k for k, ch in enumerate(channels) if ch.role == "subscale"]
                for k, v in fall.items():
                    if v > 0:
                        share[f"subscale_{subscales.index(k) + 1}"] = v / sum(fall.values())
                mark["share"] = share
            marks += [mark] if mark else []
        f.learn(y, weights, pairs)
        before, last, completed = odds, session, completed + 1
    return z, marks, began, is_open


def figures():
    """A signal beside a client of whom nothing is asked is a regression with a wandering level."""
    own = {"construct": 1, "direction": 1, "within_sd": 1.}
    ch = Channel("therapist", {"direction": 1, "within_sd": 1.}, own, JOINT)
    y, noise = np.array([3, 3.4, 2.8, 3.9, 3.1]), ch.noise
    ch.now = lambda: noise
    for t, v in enumerate(y, 1):
        ch.learn(v - (0 if t == 1 else ch.x(t) @ ch.m), 0, 0, t)
    # All at once: level walks from form to form, flat prior on the first level.
    t = np.arange(len(y))
    walk = WANDER * np.minimum.outer(t, t)
    prior = np.diag([1e8, LINE["therapist"][1] ** 2])
    X = np.stack([np.ones(len(y)), t], axis=1)
    V = X @ prior @ X.T + walk + noise * np.eye(len(y))
    gain = np.linalg.solve(V, y - LINE["therapist"][0] * t)
    last = (prior @ X.T)[0] @ gain + walk[-1] @ gain
    slope = LINE["therapist"][0] + (prior @ X.T)[1] @ gain
    assert abs(ch.m[0] - last) < 1e-5 and abs(ch.m[1] - slope) < 1e-7
    # Two subscales that share the momentary part tell as much as their mean does.
    among, own_noise, w = 2, .5, 1 - CARRIED
    apart = 2 / (own_noise + among * w)
    together = np.ones(2) @ np.linalg.solve(own_noise * np.eye(2) + w * np.ones((2, 2)),
                                            np.ones(2))
    assert abs(apart - together) < 1e-12


def vector(scores, constants, companions, params=None, sessions=None):
    z, marks, began, is_open = rupture_joint(scores, constants, companions, params, sessions)
    at = lambda values: [values.get(i) for i in range(len(scores))]
    made = {"rule": "rupture_joint", "tier": "oracle", "source": TOOL, "tolerance": 1e-8,
            "constants": constants, "score": scores, "companions": companions,
            "statistic": at(z), "p_began": at(began), "p_open": at(is_open), "marks": marks}
    if sessions:
        made["session"] = sessions
    return {**made, "params": params} if params else made


THERAPIST = [5.1, 5.3, 5, 5.2, 5.5, 5, 4.3, 4.5, 4.2, 5.1, 5.4, None, 5.2, 5.3, 5.5, 5.2]
DISTRESS = [22, 21, 19, 20, 17, 18, 17, 24, 23, None, 22, 17, 15, 16, 13, 14]
WORSE = {"construct": 2, "direction": -1, "score_min": 0, "score_max": 40, "score_step": 1,
         "sd": 7.5}


def companion(role, constants, scores):
    return {"role": role, "constants": constants, "score": scores}


def main():
    figures()
    missing = [v if t not in (6, 12) else None for t, v in enumerate(EXAMPLE)]
    both = [companion("therapist", ALLIANCE, THERAPIST), companion("distress", WORSE, DISTRESS)]
    flat = [companion("therapist", ALLIANCE, [5] * 12), companion("distress", WORSE, [20] * 12)]
    top = [companion("therapist", ALLIANCE, [6, 6.5, 6, 6, 6.5, 6, 4, 4.5, 6, 6, 4, 6]),
           companion("distress", WORSE, [9, 8, 9, 8, 8, 7, 8, 12, 9, 8, 7, 12])]
    sums = {**ALLIANCE, "score_min": 12, "score_max": 60, "score_step": 1, "within_sd": 4.604}
    part = {"construct": 1, "direction": 1, "score_min": 4, "score_max": 20, "score_step": 1}
    totals = [48, 50, 49, 51, 50, 52, 38, 40, None, 51, None, 50]
    parts = [[16, 17, 16, 17, 17, 17, 15, 15, 17, 17, 9, 17],
             [17, 17, 17, 17, 17, 18, 15, 15, 17, 17, 10, 16],
             [15, 16, 16, 17, 16, 17, 8, 10, 16, 17, None, 17]]
    subscales = [companion("subscale", part, scores) for scores in parts]
    gaps = [5, 5.5, None, None, None, 5, 3.5, None, 5.5, 5, None, 3, 5.5]
    numbers = [2, 3, 4, 5, 8, 9, 10, 11, 12, 14, 15, 60, 61]
    sparse = [companion("distress", WORSE,
                        [20, 19, 18, None, 19, 18, 17, 25, None, 16, 15, 15, 24]),
              companion("therapist", ALLIANCE, [None, 5, 5.2, None, 5, 5, 4, 4, None, 5, 4, 4, 5])]
    first = [companion("therapist", ALLIANCE, [5, 5, 5, 5, 4, 5]),
             companion("distress", WORSE, [20, 20, 19, 18, 18, 22])]
    unknown = {"construct": 1, "direction": 1}
    turned = {"construct": 1, "direction": -1, "score_min": 0, "score_max": 40, "score_step": 1,
              "within_sd": 3.}
    rising = [22, 20, 21, 18, 19, 27, 28, None, 17, 40, 18]
    vectors = [
        vector(EXAMPLE, ALLIANCE, both),
        vector(missing, ALLIANCE, both),
        vector(EXAMPLE, ALLIANCE, both[:1]),
        vector(missing, ALLIANCE, both[1:]),
        vector(missing, ALLIANCE, both, {"heard": .4, "therapist_r": .45, "distress_r": .21}),
        vector(EXAMPLE, ALLIANCE, both, {"heard": 0, "therapist_r": .9}),
        vector(missing, ALLIANCE, both, {"heard": 1, "therapist_r": .3}),
        vector(missing, ALLIANCE, both, {"therapist_r": 0, "distress_r": 0}),
        vector([6] * 12, ALLIANCE, flat),
        vector([7, 7, 7, 6 + 5 / 6, 7, 7, 7, 7, 7, None, 5, 7], ALLIANCE, top),
        vector(CEILING, ALLIANCE, [companion("therapist", ALLIANCE, [None] * len(CEILING))]),
        vector(GAPS, ALLIANCE, [companion("therapist", ALLIANCE, [5, 5, 5, 5, 5, 5, 4, 4, 4, 5, 5,
                                                                  5])]),
        vector([5, 3], ALLIANCE, [companion("therapist", ALLIANCE, [5, 3]),
                                  companion("distress", WORSE, [20, 30])]),
        vector(totals, sums, subscales),
        vector(totals, sums, [*subscales[:2], companion("therapist", part, parts[0]),
                              companion("distress", {**WORSE, "sd": None}, parts[2])]),
        vector(gaps, ALLIANCE, sparse, sessions=numbers),
        vector([None, None, 5, 5.5, None, 3.5], ALLIANCE, first),
        vector(EXAMPLE, ALLIANCE, [companion("therapist", unknown, THERAPIST),
                                   companion("distress", unknown, DISTRESS)]),
        vector(EXAMPLE, {"construct": 1, "direction": 1, "within_sd": .44},
               [companion("therapist", part, THERAPIST)]),
        vector(rising, turned, [companion("therapist", turned, [20, 21, 20, 19, 20, 24, 26, 28, 19,
                                                                33, 20]),
                                companion("distress", WORSE, [20] * 6 + [25, 26, 28, 20, 30])]),
    ]
    for made in vectors:
        for one in made["companions"]:
            one["constants"] = {k: v for k, v in one["constants"].items() if v is not None}
    (HERE / "rupture_joint.json").write_text(json.dumps(vectors, indent=1) + "\n")


if __name__ == "__main__":
    main()
