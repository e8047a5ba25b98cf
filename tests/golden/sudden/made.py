#!/usr/bin/env python3
"""The committed vectors of sudden gains: what this library finds in them, and where they come from.

SPDX-License-Identifier: MIT

    made.py PROGRAM      judges the vectors of made.json with tests/golden/sudden/judge.c
    made.py --write      writes made.json: the series are our own; what the package's mode finds was
                         worked by its rules, outside of this library, what the t test finds is
                         worked here by scipy; needs numpy and scipy
"""
import json
import math
import sys
from pathlib import Path

import judging
from judging import ENDS, FIRST, GAIN, HIGHER_BETTER, PACKAGE, SECOND, T_TEST, How, same

HERE = Path(__file__).parent
R = "the rules of suddengains 0.7.2 (identify_sg, identify_sl) worked outside of attune, cutoff 7"
WHOLE = {"magnitude": 13, "proportion": 13 / 17, "limit": 22.5, "reversed": 0}

# Name, scores (None: not completed), gains and losses as the package has them, and what to know.
SERIES = [
    ("A", [30, 31, 29, 16, 15, 14, 14, 13], [("gain", 3, WHOLE)], "complete"),
    ("B", [30, None, 29, 16, 15, 14, 14, 13], [("gain", 3)], "n - 1 missing"),
    ("C", [30, 31, 29, 16, None, 14, 14, 13], [("gain", 3)], "n + 2 missing"),
    ("D", [30, None, 29, 16, None, 14, 14, 13], [("gain", 3)], "both missing"),
    ("E", [30, 31, None, 16, 15, 14, 14, 13], [], "n missing"),
    ("F", [30, 30, 30, 22, 22, 22, 22, 22], [("gain", 3)], "no spread on either side"),
    ("G", [30, 30, 30, 23, 23, 23, 23, 23], [], "25 % of 30 are more than 7"),
    ("H", [30, 31, 29, 22, 30, 14, 14, 13], [("gain", 5)], "a short dip is none"),
    ("I", [34, 18, 17, 17, 16, 15, 15, 14], [], "the first interval is not tested"),
    ("J", [30, 30, 29, 29, 28, 28, 15, 14], [("gain", 6)], "the last that is tested"),
    ("K", [30, 30, 29, 29, 28, 28, 27, 14], [], "the last interval is not tested"),
    ("L", [14, 15, 14, 24, 25, 26, 25, 24], [("loss", 3)], "a loss"),
    ("M", [40, 35, 33, 25, 24, 18, 17, 16], [], "8 are less than 25 % of 33"),
    ("N", [28, 28, 28, 21, 21, 21, 30, 30], [("gain", 3, {"reversed": 1}), ("loss", 6)],
     "equality passes"),
]
# Criterion 3 off: session n + 2 took the gain back, which the package does not look at.
REVERSED = [30, 31, 30, 15, 24, 14, 14, 14]


def rows_of(scores):
    return [(i + 1, math.nan if y is None else y) for i, y in enumerate(scores)]


def oracle(scores, cutoff=7.0, share=.25, alpha=.05, ends=False, better=-1):
    """Gains and losses by their definition, with scipy's pooled two-sample t test."""
    from scipy import stats
    n, found = len(scores), []
    for i in range(0 if ends else 1, n - 1 if ends else n - 2):
        x, y = scores[i], scores[i + 1]
        if x is None or y is None:
            continue
        before = [v for v in scores[max(0, i - 2):i + 1] if v is not None]
        after = [v for v in scores[i + 1:i + 4] if v is not None]
        at_end = i in (0, n - 2)
        if min(len(before), len(after)) < (1 if at_end else 2) or len(before) + len(after) < 3:
            continue
        spread = len({*before}) > 1 or len({*after}) > 1
        p = stats.ttest_ind(before, after).pvalue if spread else 0.0
        if len(before) == 1 or len(after) == 1:
            one, many = (before, after) if len(before) == 1 else (after, before)
            if spread:  # the pooled t with the spread of the many alone
                t = ((sum(many) / len(many) - one[0])
                     / (stats.tstd(many) * math.sqrt(1 + 1 / len(many))))
                p = 2 * stats.t.sf(abs(t), len(many) - 1)
        for kind, way in (("gain", better), ("loss", -better)):
            change = way * (y - x)
            if (change >= cutoff and change >= share * abs(x) and p < alpha
                    and way * (sum(after) / len(after) - sum(before) / len(before)) > 0):
                half = y + (x - y) / 2
                later = any(v is not None and way * (half - v) > 0 for v in scores[i + 2:])
                found.append({"kind": kind, "from": i + 1, "reversed": int(later)})
    return found


def random_series(count):
    """Courses with falls, rises, gaps and ties, from a generator of fixed seed."""
    import numpy
    rng = numpy.random.default_rng(20261125)
    for _ in range(count):
        n = int(rng.integers(4, 15))
        level = rng.normal(26, 5) + numpy.cumsum(rng.choice([0, 0, 0, -11, 10], n))
        scores = numpy.clip(numpy.rint(level + rng.normal(0, 1.5, n)), 0, 63)
        yield [None if rng.random() < .12 else int(v) for v in scores]


def write():
    import platform

    import numpy
    import scipy
    tool = (f"made.py beside this file, Python {platform.python_version()}, scipy "
            f"{scipy.__version__}, numpy {numpy.__version__}")
    vectors = []
    for name, scores, found, note in SERIES:
        found = [{"kind": f[0], "from": f[1], **(f[2] if f[2:] else {})} for f in found]
        vectors.append({"name": f"{name}: {note}", "tier": "oracle", "source": R,
                        "mode": "suddengains", "scores": scores, "found": found})
        vectors.append({"name": f"{name}, t test: {note}", "tier": "oracle", "source": tool,
                        "mode": "t-test", "scores": scores, "found": oracle(scores)})
    for i, scores in enumerate(random_series(60)):
        for ends in (False, True):
            vectors.append({"name": f"random {i}{', ends' * ends}", "tier": "oracle",
                            "source": tool, "mode": "t-test", "ends": ends, "scores": scores,
                            "found": oracle(scores, ends=ends)})
    text = ",\n ".join(json.dumps(v) for v in vectors)
    (HERE / "made.json").write_text(f"[\n {text}\n]\n", encoding="utf-8")


def how_of(vector):
    return How(PACKAGE if vector["mode"] == "suddengains" else T_TEST,
               flags=ENDS if vector.get("ends") else 0)


def check(program):
    vectors = json.loads((HERE / "made.json").read_text(encoding="utf-8"))
    cases = [(how_of(v), rows_of(v["scores"])) for v in vectors]
    for vector, answer in zip(vectors, judging.judge_all(program, cases)):
        ours = [(f.kind, f.start) for f in answer.found]
        want = [(judging.KINDS[f["kind"]], f["from"]) for f in vector["found"]]
        if ours != want:
            yield f"{vector['name']}: {ours}, not {want}"
        for f, theirs in zip(answer.found, vector["found"]):
            for member in ("magnitude", "proportion", "limit", "reversed"):
                if not same(getattr(f, member), theirs.get(member, getattr(f, member))):
                    yield f"{vector['name']}: {member} is {getattr(f, member)}"


def check_reversal(program):
    criteria = FIRST | SECOND
    cases = [(How(mode, criteria=criteria), rows_of(REVERSED)) for mode in (T_TEST, PACKAGE)]
    found = [{f.start: f for f in a.found} for a in judging.judge_all(program, cases)]
    for mode, want in ((T_TEST, 1), (PACKAGE, 0)):
        f = found[mode][3]
        if (f.reversed, f.limit) != (want, 22.5):
            yield f"mode {mode}: session n + 2 above the limit gives {f.reversed}, not {want}"


def check_turned(program):
    """A measure where higher is better, turned round, has the same gains: falls become rises."""
    vectors = [v for v in json.loads((HERE / "made.json").read_text(encoding="utf-8"))
               if v["mode"] == "t-test"]
    plain = [(how_of(v)._replace(criteria=5), rows_of(v["scores"])) for v in vectors]
    turned = [(how._replace(direction=HIGHER_BETTER), [(s, 63 - y) for s, y in rows])
              for how, rows in plain]
    for v, a, b in zip(vectors, judging.judge_all(program, plain),
                       judging.judge_all(program, turned)):
        if [(f.kind, f.start) for f in a.found] != [(f.kind, f.start) for f in b.found]:
            yield f"{v['name']}: other gains when it is turned round"


def main():
    if sys.argv[1] == "--write":
        write()
        return 0
    complaints = [*check(sys.argv[1]), *check_reversal(sys.argv[1]), *check_turned(sys.argv[1])]
    print(*complaints, sep="\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
