# Hands series to the program beside this file and reads what it makes of them.
# SPDX-License-Identifier: MIT
import math
import subprocess
from collections import namedtuple

T_TEST, PACKAGE = 0, 1
HIGHER_WORSE, HIGHER_BETTER = -1, 1
GAIN, LOSS = 0, 1
FIRST, SECOND, THIRD = 1, 2, 4
ENDS, BASELINE = 1, 2
KINDS = {"gain": GAIN, "loss": LOSS}
SELECTS = ("first", "last", "smallest", "largest")

How = namedtuple("How", "mode direction criteria flags cutoff proportion alpha critical",
                 defaults=(T_TEST, HIGHER_WORSE, 7, 0, 7, 0, 0, 0))
Interval = namedtuple("Interval", "kind start first second third met t")
Found = namedtuple("Found", "kind start reversed before after magnitude proportion limit")
Answer = namedtuple("Answer", "status intervals traces found chosen")


def number(text):
    return math.nan if text in ("", "NA", "NaN") else float(text)


def _records(make, text, whole):
    for record in filter(None, text.split(";")):
        fields = record.split()
        yield make(*map(int, fields[:whole]), *map(float, fields[whole:]))


def judge_all(program, cases):
    """The answer to each (how, [(session, score)...])."""
    lines = [" ".join(map(repr, [*how, len(rows), *(v for row in rows for v in row)]))
             for how, rows in cases]
    done = subprocess.run([program], input="\n".join(lines) + "\n", check=True, text=True,
                          capture_output=True).stdout.splitlines()
    assert len(done) == len(lines)
    for line in done:
        status, intervals, traces, found, chosen = line.split("|")
        chosen = list(map(int, chosen.split()))
        yield Answer(int(status), int(intervals), list(_records(Interval, traces, 6)),
                     list(_records(Found, found, 3)),
                     {(kind, which): chosen[4 * kind + i] for kind in (GAIN, LOSS)
                      for i, which in enumerate(SELECTS)})


def same(got, want, tolerance=1e-12):
    if math.isnan(got) or math.isnan(want):
        return math.isnan(got) and math.isnan(want)
    return got == want or abs(got - want) <= tolerance * max(1, abs(want))
