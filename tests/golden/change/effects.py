# What groups' mean changes amount to against clinicalsignificance's cs_anchor of a group.
# SPDX-License-Identifier: MIT
import math
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

from judging import near, number
from peers import SKIP, read_scores, rows_of

TOLERANCE = 1e-10  # as the shared README says of cs_anchor_group.csv
CLASSES = {
    "Statistically not significant": 0,
    "Statistically significant but not clinically relevant": 1,
    "Not significantly less than the threshold": 2,
    "Not significantly greater than the threshold": 2,
    "Probably clinically significant effect": 3,
    "Large clinically significant effect": 4,
    "NA": -1,
}
CORRECTED, PACKAGE = 0, 1
LEAST = 110


def ask(program, row, convention, between, first, second):
    asked = [between, convention, 1 if row["better_is"] == "higher" else -1,
             number(row["mid_improvement"]), number(row["mid_deterioration"]),
             number(row["ci_level"]), len(first), len(second), *first, *second]
    line = subprocess.run([program], input=" ".join(map(repr, asked)) + "\n", check=True, text=True,
                          capture_output=True).stdout.split()
    return [*map(int, line[:5]), *map(float, line[5:])]


def by_hand(row, low, high, difference):
    """The corrected class from the package's own interval."""
    turn = 1 if row["better_is"] == "higher" else -1
    low, high = sorted((turn * low, turn * high))
    difference, least = turn * difference, number(row["mid_improvement"])
    if low <= 0 <= high:
        return 0
    if high < 0:
        low, high, difference, least = -high, -low, -difference, number(row["mid_deterioration"])
    return 1 if high < least else 2 if difference < least else 3 if low <= least else 4


def groups_of(row, scores, ends, covariates):
    """The two columns of scores that a row stands on."""
    mine, (pre, post) = scores[row["dataset"], row["outcome"]], ends[row["dataset"], row["outcome"]]
    found = re.search(r"_by\.([a-z]+)\.", row["case_id"])
    of = covariates[row["dataset"], found[1]] if found else {}
    if "between" in row["case_id"]:
        return [[course.get(post, math.nan) for id, course in mine.items()
                 if of.get(id) == row[which]] for which in ("reference", "comparison")]
    members = [c for id, c in mine.items() if row["group"] in ("NA", of.get(id))]
    return [[course.get(end, math.nan) for course in members] for end in (pre, post)]


def check_row(program, row, columns, counts):
    between = "between" in row["case_id"]
    status, got, _, n, n_reference, *figures = ask(program, row, PACKAGE, int(between), *columns)
    name = f"{row['case_id']} {row['group']} {row['comparison']}"
    counts["row"] += 1
    if status != 0 or got != CLASSES[row["category"]]:
        yield f"{name}: status {status}, class {got}, not {row['category']}"
    want = [number(row[k]) for k in ("difference", "lower", "upper")]
    if not all(near(a, b, TOLERANCE) for a, b in zip(figures, want)):
        yield f"{name}: {figures}, not {want}"
    if (n, n_reference) != (int(row["n_comparison" if between else "n"]),
                            int(row["n_reference"]) if between else 0):
        yield f"{name}: {n} and {n_reference} clients"
    corrected = ask(program, row, CORRECTED, int(between), *columns)[1]
    counts["the conventions differ"] += corrected != got
    if corrected != by_hand(row, want[1], want[2], want[0]):
        yield f"{name}: corrected class {corrected}"


def main():
    program, folder = sys.argv[1], Path(sys.argv[2]) / "1_real"
    if not folder.is_dir():
        print("SKIPPED: the shared clinical data are not beside this tree; nothing was compared")
        return SKIP
    counts, covariates = Counter(), defaultdict(dict)
    scores = read_scores(folder)
    ends = {(c["dataset"], c["outcome"]): (c["pre_label"], c["post_label"])
            for c in rows_of(folder / "cs_cases.csv")}
    for row in rows_of(folder / "cs_subject_covariates.csv"):
        covariates[row["dataset"], row["variable"]][row["id"]] = row["value"]
    complaints = [c for row in rows_of(folder / "cs_anchor_group.csv")
                  for c in check_row(program, row, groups_of(row, scores, ends, covariates),
                                     counts)]
    print(*(f"{n:6} {what}" for what, n in counts.items()), sep="\n")
    print(*complaints[:40], sep="\n")
    return 1 if complaints or counts["row"] < LEAST else 0


if __name__ == "__main__":
    sys.exit(main())
