#!/usr/bin/env python3
"""Writes the vectors of lag_order, worked from whole histories with exact fractions for means.

SPDX-License-Identifier: MIT

    oracle_order.py     writes lag_order.json beside itself
"""
import json
import platform
from pathlib import Path

from oracle import ALLIANCE, EXAMPLE, mean, spread

HERE = Path(__file__).parent
TOOL = f"oracle_order.py beside this file, Python {platform.python_version()}, fractions"
PARAMS = {"k_possible": 2, "k_probable": 2.5, "within": 3, "window": 5, "prior_weight": 5,
          "floor_steps": 3, "run_to": 4, "fewest": 3}


def of_signal(scores, sessions, c, p):
    """Where the signal left its range, and its distance at each form that could be judged."""
    usual, run, left, distance = [], 0, [], {}
    floor = p["floor_steps"] * c.get("score_step", 0)
    for session, score in zip(sessions, scores):
        if score is None:
            continue
        up = c["direction"] * score
        distance[session] = None
        if len(usual) >= p["fewest"]:
            ref = mean(usual[-int(p["window"]):])
            if c.get("within_sd"):
                s = spread(usual, c, p["prior_weight"])
            else:
                steps = [abs(b - a) for a, b in zip(usual, usual[1:])]
                s = max(mean(steps) * 3.141592653589793 ** .5 / 2, c.get("sem") or 0)
            z = (ref - up) / s if s else None
            distance[session] = z
            if z is not None and z > p["k_possible"] and ref - up >= floor - 1e-9:
                run += 1
                if run == 1:
                    left.append({"session": session, "z": z, "reference": ref, "spread": s,
                                 "limit": ref - max(p["k_possible"] * s, floor)})
                if run >= p["run_to"]:
                    usual, run = [up], 0
                continue
        run = 0
        usual.append(up)
    return left, distance


def lag_order(scores, c, distress, d, params=None, sessions=None):
    p = {**PARAMS, **(params or {})}
    sessions = sessions or list(range(1, len(scores) + 1))
    fell, own = of_signal(scores, sessions, c, p)
    rose, other = of_signal(distress, sessions, d, p)
    statistic, marks, pairs = {}, [], []
    # In the order in which they come out: the latest of each signal that stands in no pair yet.
    last = {"fell": None, "rose": None}
    for session in sessions:
        new = False
        for name, events in (("fell", fell), ("rose", rose)):
            for event in events:
                if event["session"] == session:
                    last[name], new = event, True
        a, b = last["fell"], last["rose"]
        if new and a and b and abs(a["session"] - b["session"]) <= p["within"]:
            pairs.append((session, a, b))
            last = {"fell": None, "rose": None}
    seen = {"own": None, "other": None}
    for i, session in enumerate(sessions):
        if session in other:
            seen["other"] = other[session]
        if scores[i] is None:
            continue
        if own[session] is not None and seen["other"] is not None:
            statistic[i] = min(own[session], seen["other"])
        due = [pair for pair in pairs
               if pair[0] <= session and all(pair[0] > s for s, v in zip(sessions[:i], scores)
                                             if v is not None)]
        for _, a, b in due:
            z = min(a["z"], b["z"])
            statistic[i] = z
            back = c["direction"]
            marks.append({"session": session, "kind": "order",
                          "level": "probable" if z > p["k_probable"] else "possible",
                          "limit": back * a["limit"], "reference": back * a["reference"],
                          "spread": a["spread"], "statistic": z,
                          "first_session": a["session"], "last_session": b["session"]})
    return statistic, marks


def vector(scores, c, distress, d, params=None, sessions=None):
    statistic, marks = lag_order(scores, c, distress, d, params, sessions)
    made = {"rule": "lag_order", "tier": "oracle", "source": TOOL, "tolerance": 1e-11,
            "constants": c, "score": scores,
            "companions": [{"role": "distress", "constants": d, "score": distress}],
            "statistic": [statistic.get(i) for i in range(len(scores))], "marks": marks}
    if sessions:
        made["session"] = sessions
    return {**made, "params": params} if params else made


def main():
    d = {"construct": 2, "direction": -1, "score_min": 0, "score_max": 40, "score_step": 1,
         "within_sd": 2.5}
    own = {"construct": 2, "direction": -1, "score_min": 0, "score_max": 40}
    turned = {**ALLIANCE, "direction": -1}
    calm = [20, 19, 20, 18, 19, 18, 18, 17, 18, 17, 18, 17, 18, 17, 16, 17]
    later = calm[:8] + [27, 26] + calm[10:]
    before = calm[:4] + [28] + calm[5:]
    same = calm[:6] + [26, 27, 25, 26, 27] + calm[11:]
    far = calm[:11] + [30, 29] + calm[13:]
    missing = EXAMPLE[:8] + [None] + EXAMPLE[9:]
    absent = [v if i not in (6, 7) else None for i, v in enumerate(later)]
    vectors = [
        vector(EXAMPLE, ALLIANCE, later, d),
        vector(EXAMPLE, ALLIANCE, before, d),
        vector(EXAMPLE, ALLIANCE, same, d),
        vector(EXAMPLE, ALLIANCE, far, d),
        vector(EXAMPLE, ALLIANCE, far, d, {"within": 6}),
        vector(missing, ALLIANCE, later, d),
        vector(EXAMPLE, ALLIANCE, absent, own),
        vector(EXAMPLE, ALLIANCE, [20] * 8 + [30] + [20] * 7, own),
        vector(EXAMPLE, ALLIANCE, [None] * 16, d),
        vector([6] * 12, ALLIANCE, [20] * 12, d),
        vector([7, 7, 7, 7, 6, 7, 7], ALLIANCE, [5, 5, 5, 5, 5, 14, 5], d),
        vector([5, 3], ALLIANCE, [20, 30], d),
        vector([8 - v for v in EXAMPLE], turned, later, d,
               {"k_possible": 1.5, "k_probable": 4, "window": 3, "prior_weight": 2}),
        vector([6, 6.1, 5.9, 6, 4, 4.1, 4, 4.2, 4.1, 4, 2, 4], ALLIANCE,
               [20, 21, 20, 19, 30, 31, 30, 29, 30, 30, 29, 39], d, {"run_to": 3}),
        vector([6, 6.1, 5.9, 6, 4, 6, 6.1, 4, 6], ALLIANCE,
               [20, 21, 20, 19, 20, 30, 20, 20, 31], d,
               sessions=[1, 2, 3, 5, 9, 10, 20, 21, 40]),
    ]
    (HERE / "lag_order.json").write_text(json.dumps(vectors, indent=1) + "\n")


if __name__ == "__main__":
    main()
