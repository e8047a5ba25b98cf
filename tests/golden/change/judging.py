# Hands pairs of scores to the program beside this file and reads what it makes of them.
# SPDX-License-Identifier: MIT
import math
import subprocess
from collections import namedtuple

METHODS = ("JT", "GLN", "HLL", "EN", "NK", "HA", "PERCENTAGE", "ANCHOR", "MAASSEN", "MCNEMAR")
CORRECTED, PACKAGE = 0, 1
CUTOFFS = {"": -1, "published": 0, "a": 1, "b": 2, "c": 3}
RELIABLE = ("unchanged", "improved", "deteriorated")
CLASSES = ("recovered", "improved", "unchanged", "deteriorated", "harmed")

How = namedtuple("How", "method convention cutoff direction z sd r r_post m_func sd_func better "
                        "worse", defaults=("JT", CORRECTED, "", -1, 0, math.nan, math.nan, 0,
                                           math.nan, math.nan, 0, 0))
Group = namedtuple("Group", "n m1 s1 m2 s2 r12")
Change = namedtuple("Change", "status change rci threshold cutoff post_index reliable class_")


def number(text):
    return math.nan if text in ("", "NA", "NaN") else float(text)


def _change(line):
    status, *figures, reliable, class_ = line.split()
    reliable, class_ = int(reliable), int(class_)
    return Change(int(status), *map(float, figures), RELIABLE[reliable] if reliable >= 0 else "",
                  CLASSES[class_] if class_ >= 0 else "")


def judge(program, how, pairs):
    """The group, and the change of each pair."""
    how = how._replace(method=METHODS.index(how.method), cutoff=CUTOFFS[how.cutoff])
    text = " ".join(map(repr, [*how, len(pairs), *(p[0] for p in pairs), *(p[1] for p in pairs)]))
    lines = subprocess.run([program], input=text + "\n", check=True, text=True,
                           capture_output=True).stdout.splitlines()
    n, *figures = lines[0].split()
    return Group(int(n), *map(float, figures)), list(map(_change, lines[1:]))


def near(got, want, tolerance):
    if math.isnan(got) or math.isnan(want):
        return math.isnan(got) and math.isnan(want)
    return abs(got - want) <= tolerance * max(1, abs(want))
