#!/usr/bin/env python3
"""Writes the vectors of outcome scales that are more than one sum, from a second reading.

SPDX-License-Identifier: MIT

A sister of oracle.py: conversion tables, groups of items of which the highest counts, answers that
are worth something else than their number, items with ranges of their own, and scales without a
total. The keys were typed from the sources named, not read from the scale files: where the two
readings differ, a vector fails. Published answers stand at the end, as their sources print them.

    oracle_outcome.py    writes dass-21.json and the others beside itself
"""
import json
import platform
from pathlib import Path

HERE = Path(__file__).parent
TOOL = f"oracle_outcome.py beside this file, Python {platform.python_version()}; key after "

# From the lowest raw sum on.
TABLES = {
    "depression": (41.0, 49.0, 51.8, 53.9, 55.7, 57.3, 58.9, 60.5, 62.2, 63.9, 65.7, 67.5, 69.4,
                   71.2, 73.3, 75.7, 79.4),
    "anxiety": (40.3, 48.0, 51.2, 53.7, 55.8, 57.7, 59.5, 61.4, 63.4, 65.3, 67.3, 69.3, 71.2,
                73.3, 75.4, 77.9, 81.6),
    "fatigue": (33.7, 39.7, 43.1, 46.0, 48.6, 51.0, 53.1, 55.1, 57.0, 58.8, 60.7, 62.7, 64.6,
                66.7, 69.0, 71.6, 75.8),
    "sleep": (32.0, 37.5, 41.1, 43.8, 46.2, 48.4, 50.5, 52.4, 54.3, 56.1, 57.9, 59.8, 61.7, 63.8,
              66.0, 68.8, 73.3),
    "social": (27.5, 31.8, 34.0, 35.7, 37.3, 38.8, 40.5, 42.3, 44.2, 46.2, 48.1, 50.0, 51.9,
               53.7, 55.8, 58.3, 64.2),
    "pain": (41.6, 49.6, 52.0, 53.9, 55.6, 57.1, 58.5, 59.9, 61.2, 62.5, 63.8, 65.2, 66.6, 68.0,
             69.7, 71.6, 75.6),
    "physical": (22.5, 26.6, 28.9, 30.5, 31.9, 33.2, 34.4, 35.6, 36.7, 37.9, 39.2, 40.5, 41.9,
                 43.5, 45.5, 48.3, 57.0),
    "physical-v1": (22.9, 26.9, 29.1, 30.7, 32.1, 33.3, 34.4, 35.6, 36.7, 37.9, 39.1, 40.4, 41.8,
                    43.4, 45.3, 48.0, 56.9),
    "swemwbs": (7.0, 9.51, 11.25, 12.4, 13.33, 14.08, 14.75, 15.32, 15.84, 16.36, 16.88, 17.43,
                17.98, 18.59, 19.25, 19.98, 20.73, 21.54, 22.35, 23.21, 24.11, 25.03, 26.02,
                27.03, 28.13, 29.31, 30.7, 32.55, 35.0),
}


def promis(name, source, way="worse"):
    table = TABLES[name]
    bands = [(table[0], "within normal limits"), (55, "mild"), (60, "moderate"), (70, "severe")]
    if way == "better":
        bands = [(table[0], "severe"), (30, "moderate"), (40, "mild"), (45, "within normal limits")]
    return dict(n=4, low=1, high=5, table=table, bands=bands, source="PROMIS manual, " + source)


RCADS = {"separation": (5, 9, 17, 18, 33, 45, 46),
         "social": (4, 7, 8, 12, 20, 30, 32, 38, 43),
         "generalised": (1, 13, 22, 27, 35, 37),
         "panic": (3, 14, 24, 26, 28, 34, 36, 39, 41),
         "obsessive": (10, 16, 23, 31, 42, 44)}
ANXIETY = tuple(i for items in RCADS.values() for i in items)
DEPRESSION = tuple(i for i in range(1, 48) if i not in ANXIETY)
SDQ = {"emotional": (3, 8, 13, 16, 24), "conduct": (5, 7, 12, 18, 22),
       "hyperactivity": (2, 10, 15, 21, 25), "peer": (6, 11, 14, 19, 23),
       "prosocial": (1, 4, 9, 17, 20)}
NORMAL = "normal", "mild", "moderate", "severe", "extremely severe"
RAISED = "close to average", "slightly raised", "high", "very high"
LOWERED = "very low", "low", "slightly lowered", "close to average"


def sdq(who, total, emotional, conduct, hyperactivity, peer, prosocial):
    """Lowest scores of the second to fourth of the newer bands."""
    lows = dict(emotional=emotional, conduct=conduct, hyperactivity=hyperactivity, peer=peer)
    of = {name: list(zip((0, *low), RAISED)) for name, low in lows.items()}
    of["prosocial"] = list(zip((0, *prosocial), LOWERED))
    return dict(n=25, low=0, high=2, reverse=(7, 11, 14, 21, 25), of_total=tuple(lows),
                subscales=SDQ, bands=list(zip((0, *total), RAISED)), sub_bands=of,
                source=f"awell-score, SDQ, {who}; limits of the newer four bands")


# items, lowest and highest answer; what makes the total (default: the sum; total None: there is
# none); subscales, added and multiplied by times; safety items and their threshold; bands
KEYS = {
    "dass-21": dict(n=21, low=0, high=3, total=None, times=2, safety=(21,), threshold=2,
                    subscales={"depression": (3, 5, 10, 13, 16, 17, 21),
                               "anxiety": (2, 4, 7, 9, 15, 19, 20),
                               "stress": (1, 6, 8, 11, 12, 14, 18)},
                    sub_bands={"depression": list(zip((0, 10, 14, 21, 28), NORMAL)),
                               "anxiety": list(zip((0, 8, 10, 15, 20), NORMAL)),
                               "stress": list(zip((0, 15, 19, 26, 34), NORMAL))},
                    source="OpenScales and measurely.com.au, DASS-21: sums times 2"),
    "swemwbs": dict(n=7, low=1, high=5, table=TABLES["swemwbs"],
                    source="danlewer/aow_adolescent_mh, swemwbs_metric_lookup.csv"),
    "promis-depression-4a": promis("depression", "Depression 4a"),
    "promis-anxiety-4a": promis("anxiety", "Anxiety 4a"),
    "promis-fatigue-4a": promis("fatigue", "Fatigue 4a"),
    "promis-sleep-4a": promis("sleep", "Sleep Disturbance 4a"),
    "promis-social-4a": promis("social", "Social Roles and Activities 4a", "better"),
    "promis-pain-4a": promis("pain", "Pain Interference 4a"),
    "promis-physical-4a": promis("physical", "Physical Function 4a v2.0", "better"),
    "promis-physical-4a-v1": promis("physical-v1", "Physical Function 4a v1.0", "better"),
    "qids-sr16": dict(n=16, low=0, high=3, highest=[(1, 2, 3, 4), (6, 7, 8, 9), (15, 16)],
                      safety=(12,), source="QuestionnairesAPI, QIDS-SR16",
                      bands=[(0, "none"), (6, "mild"), (11, "moderate"), (16, "severe"),
                             (21, "very severe")]),
    "mdi": dict(n=12, low=0, high=5, highest=[(8, 9), (11, 12)], safety=(6,),
                source="arabpsychology.com, MDI; Bech et al. 2015, PMC4526416",
                bands=[(0, "none or doubtful"), (21, "mild"), (26, "moderate"), (31, "severe")]),
    "ham-d-17": dict(n=17, low=0, high=4, safety=(3,),
                     own={i: (0, 2) for i in (4, 5, 6, 12, 13, 14, 16, 17)},
                     source="CamCOPS, HAM-D",
                     bands=[(0, "none"), (8, "mild"), (14, "moderate"), (19, "severe"),
                            (23, "very severe")]),
    "shaps-14": dict(n=14, low=1, high=4, worth={1: 0, 2: 0, 3: 1, 4: 1},
                  source="Millisecond, SHAPS technical manual"),
    "rcads-47": dict(n=47, low=0, high=3, safety=(37,), source="rcads_scoring; RCADS guide",
                     subscales={**RCADS, "depression": DEPRESSION, "anxiety": ANXIETY}),
    "sdq-self": sdq("self", (15, 18, 20), (5, 6, 7), (4, 5, 6), (6, 7, 8), (3, 4, 5), (5, 6, 7)),
    "sdq-parent": sdq("parent", (14, 17, 20), (4, 5, 7), (3, 4, 6), (6, 8, 9), (3, 4, 5),
                      (6, 7, 8)),
    "sdq-teacher": sdq("teacher", (12, 16, 19), (4, 5, 6), (3, 4, 5), (6, 8, 9), (3, 5, 6),
                       (4, 5, 6)),
    "psychlops": dict(n=4, low=0, high=5, source="PSYCHLOPS, newer score sheet"),
    "hads": dict(n=14, low=0, high=3, total=None, source="CamCOPS and awell-score, HADS",
                 subscales={"anxiety": range(1, 14, 2), "depression": range(2, 15, 2)}),
    "bdi-2": dict(n=21, low=0, high=3, source="awell-score, BDI-II"),
    "bsi-18": dict(n=18, low=0, high=4, source="Pearson, BSI-18: sum from 0 to 72"),
    "hscl-25": dict(n=25, low=1, high=4, mean=True, source="HPRT, HSCL-25",
                    subscales={"anxiety": range(1, 11), "depression": range(11, 26)}),
    "ies-r": dict(n=22, low=0, high=4, source="CamCOPS, IES-R",
                  subscales={"avoidance": (5, 7, 8, 11, 12, 13, 17, 22),
                             "intrusion": (1, 2, 3, 6, 9, 16, 20),
                             "hyperarousal": (4, 10, 14, 15, 18, 19, 21)}),
    "pdss-sr": dict(n=7, low=0, high=4, source="CamCOPS, PDSS"),
    "spin": dict(n=17, low=0, high=4, source="Connor et al. 2000"),
    "mini-spin": dict(n=3, low=0, high=4, source="Connor et al. 2001"),
    "epds": dict(n=10, low=0, high=3, source="CamCOPS, EPDS", subscales={"anxiety": (3, 4, 5)}),
    "wsas": dict(n=5, low=0, high=8, source="CamCOPS, WSAS", subscales={"nonwork": (2, 3, 4, 5)}),
    "ghq-12": dict(n=12, low=0, high=3, worth={0: 0, 1: 0, 2: 1, 3: 1},
                   source="awell-score, GHQ-12"),
    "ghq-12-likert": dict(n=12, low=0, high=3, source="awell-score, GHQ-12"),
}


def span(key, number):
    return key.get("own", {}).get(number, (key["low"], key["high"]))


def worth(key, number, answer):
    """What an answer counts."""
    if answer is None:
        return None
    if "worth" in key:
        return key["worth"][answer]
    low, high = span(key, number)
    return low + high - answer if number in key.get("reverse", ()) else answer


def add(key, numbers, counted):
    """Complete answers added, or their mean; of a group the highest alone."""
    if any(counted[i] is None for i in numbers):
        return None
    groups = key.get("highest", [])
    total = sum(max(counted[i] for i in group) for group in groups)
    total += sum(counted[i] for i in numbers if not any(i in group for group in groups))
    return total / len(numbers) if key.get("mean") else total


def total_of(key, counted):
    if "total" in key:
        return None
    numbers = range(1, key["n"] + 1)
    if "of_total" in key:
        numbers = [i for name in key["of_total"] for i in key["subscales"][name]]
    total = add(key, numbers, counted)
    if total is None or "table" not in key:
        return total
    return key["table"][total - key["n"] * key["low"]]


def band(bands, score):
    return "" if score is None else [label for low, label in bands if score >= low][-1]


def score(key, items):
    counted = {i: worth(key, i, a) for i, a in enumerate(items, 1)}
    total = total_of(key, counted)
    out = {"items": items, "score": total, "tier": "oracle", "source": TOOL + key["source"]}
    if "subscales" in key:
        subs = {name: add(key, numbers, counted) for name, numbers in key["subscales"].items()}
        times = key.get("times", 1)
        out["subscales"] = {n: None if s is None else times * s for n, s in subs.items()}
    if "bands" in key and total is not None:
        out["band"] = band(key["bands"], total)
    if "sub_bands" in key:
        out["sub_bands"] = {name: band(rows, out["subscales"][name])
                            for name, rows in key["sub_bands"].items()}
    if "safety" in key:
        out["safety"] = any((items[i - 1] or 0) >= key.get("threshold", 1) for i in key["safety"])
    return out


def form(key, rule):
    return [rule(i, *span(key, i)) for i in range(1, key["n"] + 1)]


def forms(key):
    n = key["n"]
    yield form(key, lambda i, low, high: low)
    yield form(key, lambda i, low, high: high)
    yield form(key, lambda i, low, high: low + (3 * i + 1) % (high - low + 1))
    yield form(key, lambda i, low, high: high - (5 * i + 2) % (high - low + 1))
    for missing in ((0,), (n - 1,), (0, 1), (n // 2,), range(n)):
        answers = form(key, lambda i, low, high: low + (2 * i + 1) % (high - low + 1))
        for i in missing:
            answers[i] = None
        yield answers
    for bit in range(n.bit_length()):  # no two items answer alike in all of these
        yield form(key, lambda i, low, high, bit=bit: high if i >> bit & 1 else low)
    if "table" in key:  # every raw sum
        for raw in range(1, n * (key["high"] - key["low"])):
            yield [key["low"] + raw // n + (i < raw % n) for i in range(n)]


PUBLISHED = {
    "promis-depression-4a": [
        {"items": [1] * 4, "score": 41.0, "source": "PROMIS table, raw sum 4"},
        {"items": [5] * 4, "score": 79.4, "source": "PROMIS table, raw sum 20"}],
    "promis-anxiety-4a": [{"items": [1] * 4, "score": 40.3, "source": "PROMIS table, raw sum 4"}],
    "swemwbs": [
        {"items": [1] * 7, "score": 7.0, "source": "swemwbs_metric_lookup.csv, raw sum 7"},
        {"items": [4, 4, 4, 4, 4, 4, 5], "score": 26.02,
         "source": "swemwbs_metric_lookup.csv, raw sum 29"},
        {"items": [5] * 7, "score": 35.0, "source": "swemwbs_metric_lookup.csv, raw sum 35"}],
    "qids-sr16": [
        {"items": [3] * 16, "score": 27, "safety": True, "band": "very severe",
         "source": "test of QuestionnairesAPI, QIDS-SR16"},
        {"items": [0] * 16, "score": 0, "band": "none",
         "source": "test of QuestionnairesAPI, QIDS-SR16"}],
    "ghq-12": [{"items": [3, 3, 1, 2, 3, 3, 3, 1, 2, 3, 3, 1], "score": 9,
                "source": "test vector of awell-score, GHQ-12, bimodal"}],
}


def main():
    for name, key in KEYS.items():
        vectors = [score(key, items) for items in forms(key)]
        vectors += [{"tier": "published", **v} for v in PUBLISHED.get(name, [])]
        text = json.dumps({"scale": name, "vectors": vectors}, indent=1)
        (HERE / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
