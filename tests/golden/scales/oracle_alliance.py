#!/usr/bin/env python3
"""Writes the vectors of the relationship scales from a second reading of each key.

SPDX-License-Identifier: MIT

The keys were typed from the sources named, not read from the scale files: where the two readings
differ, a vector fails. A sister of oracle.py for scales whose items have ranges of their own,
whose lines have a tenth as their step, or which have subscales and no total.

    oracle_alliance.py    writes srs.json and the others beside itself
"""
import json
import platform
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).parent
TOOL = f"oracle_alliance.py beside this file, Python {platform.python_version()}; key after "
LINE = dict(n=4, low=0, high=10, step=Fraction(1, 10), total=sum)


def mean(numbers):
    return sum(numbers) / len(numbers)


# items, lowest and highest answer, other ranges, reversed, total (None: there is none), subscales
KEYS = {
    "srs": dict(LINE, source="CamCOPS, SRS; https://www.corc.uk.net, Session Rating Scale"),
    "gsrs": dict(LINE, source="NHS England, MHSDS reference table; Quirk et al. 2013"),
    "csrs": dict(LINE, source="NHS England, MHSDS reference table; greenspacehealth.com, CSRS"),
    "ors": dict(LINE, source="CamCOPS, ORS; NHS England, MHSDS reference table"),
    "cors": dict(LINE, source="NHS England, MHSDS reference table; corc.uk.net, CORS"),
    "ecr-rs": dict(n=9, low=1, high=7, reverse=(1, 2, 3, 4), total=None, of=mean,
                   subscales={"avoidance": (1, 2, 3, 4, 5, 6), "anxiety": (7, 8, 9)},
                   source="dotaznik.oushi.upol.cz, ECR-RS"),
    "ecr-12": dict(n=12, low=1, high=7, reverse=(6, 9, 10, 11, 12), total=None, of=mean,
                   subscales={"anxiety": (1, 2, 3, 5, 7, 8), "avoidance": (4, 6, 9, 10, 11, 12)},
                   source="jpoko/ccc-dashboard, ECR-12"),
    "sparq": dict(n=8, low=0, high=4, total=None, of=sum,
                  subscales={"positive": (1, 6, 7, 8), "negative": (2, 3, 4, 5)},
                  source="Stefana et al. 2023, https://mdpi.com/2077-0383/12/15/5156"),
    "csi-16": dict(n=16, low=0, high=5, own={1: (0, 6)}, total=sum,
                   source="psytools, CSI-16: item 1 to 6, the others to 5, plain sum"),
    "csi-4": dict(n=4, low=0, high=5, own={1: (0, 6)}, total=sum,
                  source="CSI-4: item 1 to 6, the others to 5, sum to 21"),
    "rdas": dict(n=14, low=0, high=5, own={11: (0, 4)}, total=sum, of=sum,
                 subscales={"consensus": range(1, 7), "satisfaction": range(7, 11),
                            "cohesion": range(11, 15)},
                 source="simplified.tools and socio-logic.com, RDAS"),
    "haq-ii-t": dict(n=19, low=1, high=6, reverse=(4, 8, 11, 16, 19), total=sum,
                     source="the key of the HAq-II"),
    "wai-36-t": dict(n=36, low=1, high=7, total=sum, of=sum,
                     reverse=(1, 3, 7, 9, 10, 11, 12, 15, 20, 27, 29, 31, 33, 34),
                     subscales={"task": (2, 4, 7, 11, 13, 15, 16, 18, 24, 31, 33, 35),
                                "bond": (1, 5, 8, 17, 19, 20, 21, 23, 26, 28, 29, 36),
                                "goal": (3, 6, 9, 10, 12, 14, 22, 25, 27, 30, 32, 34)},
                     source="the key of the WAI-36, as recalled; no list of items seen"),
    "wai-s-t": dict(n=12, low=1, high=7, reverse=(4, 10), total=sum, of=sum,
                    subscales={"task": (1, 2, 8, 12), "bond": (3, 5, 7, 9),
                               "goal": (4, 6, 10, 11)},
                    source="the key of the WAI-S, as recalled; no list of items seen"),
    "wai-b3-t": dict(n=3, low=1, high=5, total=sum,
                     source="Li et al. 2023, doi:10.1037/cou0000655; answers as the WAI-SR"),
    "tasc-r-parent": dict(n=12, low=1, high=4, reverse=(2, 5, 7, 8, 11), total=sum,
                          source="ebchelp.blueprint.ai, TASC-r parent version"),
}


def bounds(key, item):
    return key.get("own", {}).get(item, (key["low"], key["high"]))


def turned(key, answers):
    return [None if a is None else sum(bounds(key, i)) - a if i in key.get("reverse", ()) else a
            for i, a in enumerate(answers, 1)]


def whole(rule, answers):
    """None is borne nowhere: every one of these refuses a form with an unanswered item."""
    return None if rule is None or None in answers else float(rule(answers))


def vector(key, answers):
    keyed = turned(key, answers)
    out = {"items": [None if a is None else float(a) if a % 1 else int(a) for a in answers],
           "score": whole(key["total"], keyed), "tier": "oracle", "source": TOOL + key["source"]}
    if "subscales" in key:
        out["subscales"] = {name: whole(key["of"], [keyed[i - 1] for i in numbers])
                            for name, numbers in key["subscales"].items()}
    return out


def spread(key, stride, start):
    """A form that steps through each item's own range."""
    step = key.get("step", 1)
    out = []
    for i in range(1, key["n"] + 1):
        low, high = bounds(key, i)
        points = int((high - low) / step) + 1
        out.append(low + step * ((stride * i + start) % points))
    return out


def forms(key):
    numbers = range(1, key["n"] + 1)
    yield [bounds(key, i)[0] for i in numbers]
    yield [bounds(key, i)[1] for i in numbers]
    for stride, start in ((3, 1), (5, 2), (7, 4)):
        yield spread(key, stride, start)
    for missing in ((1,), (key["n"],), (1, 2), numbers):
        yield [None if i in missing else a for i, a in zip(numbers, spread(key, 2, 1))]
    for bit in range(key["n"].bit_length()):  # no two items answer alike in all of these
        yield [bounds(key, i)[i >> bit & 1] for i in numbers]


def main():
    for name, key in KEYS.items():
        vectors = [vector(key, form) for form in forms(key)]
        text = json.dumps({"scale": name, "vectors": vectors}, indent=1)
        (HERE / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
