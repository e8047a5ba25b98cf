# Slopes and classes by HLM against clinicalsignificance's, which fits them with lme4.
# SPDX-License-Identifier: MIT
import math
import statistics
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

from judging import CLASSES, CUTOFFS, RELIABLE, near, number
from peers import SKIP, read_scores, reliable_of, rows_of
from restricted import Caseload

TOLERANCE = 1e-4  # of lmer's optimiser, as the shared README says
EXACT = 1e-6      # of our own maximum, found on differences
FIGURES = {"hlm_eb_slope": 2, "hlm_eb_sd": 3, "rci": 4}
GROUP = ("n_used", "m_pre", "sd_pre", "m_post_used", "sd_post_used")


def judge(program, case, courses):
    """Of each client: n, slope, deviation, SE, index, cut-off, reliable, class; by reading."""
    starts, rows = [0], []
    for course in courses:
        rows += sorted((int(session), score) for session, score in course.items())
        starts.append(len(rows))
    tail = number(case["significance_level"]) / 2
    asked = [CUTOFFS["" if case["cutoff_type"] == "NA" else case["cutoff_type"]],
             1 if case["better_is"] == "higher" else -1, -statistics.NormalDist().inv_cdf(tail),
             number(case["m_functional"]), number(case["sd_functional"]), len(courses), len(rows)]
    text = " ".join(map(repr, asked + starts + [figure for row in rows for figure in row]))
    lines = [list(map(float, line.split())) for line in
             subprocess.run([program], input=text + "\n", check=True, text=True,
                            capture_output=True).stdout.splitlines()]
    return lines[0], lines[1:len(courses) + 1], lines[len(courses) + 1:]


def by_hand(figures, direction, limit):
    """The other reading from the slope itself: what is reliable of (b1 + u1) over its error."""
    index = figures[1] / figures[3]
    way = direction * index
    return index, "improved" if way > limit else "deteriorated" if way < -limit else "unchanged"


def check_client(case, row, package, corrected, maximum, counts):
    """Against the maximum first; against lmer's figure where that one has come near it."""
    name = f"{case['case_id']}, client {row['id']}"
    deviation, error, common = maximum
    for place, want in ((1, common + deviation), (2, deviation), (3, error),
                        (4, deviation / error)):
        counts["figure of the maximum"] += 1
        if not near(package[place], want, EXACT):
            yield f"{name}: {package[place]!r}, at the maximum {want!r}"
    limit = -statistics.NormalDist().inv_cdf(number(case["significance_level"]) / 2)
    for column, place in FIGURES.items():
        want = (deviation, error, deviation / error)[place - 2]
        if not near(want, number(row[column]), TOLERANCE):
            counts["lmer stopped short of the maximum"] += 1
            continue
        counts[column] += 1
        if not near(package[place], number(row[column]), TOLERANCE):
            yield f"{name}: {column} is {package[place]!r}, not {row[column]}"
    if package[0] != number(row["n"]):
        yield f"{name}: {package[0]} scores, not {row['n']}"
    index, reliable = by_hand(corrected, 1 if case["better_is"] == "higher" else -1, limit)
    if not near(corrected[4], index, 1e-14) or RELIABLE[int(corrected[6])] != reliable:
        yield f"{name}: the whole slope makes {corrected[4]!r}, {corrected[6]}"
    if abs(abs(number(row["rci"])) - limit) < 1e-3:
        counts["too near the limit to compare classes"] += 1
        return
    counts["reliable"] += 1
    if RELIABLE[int(package[6])] != reliable_of(row):
        yield f"{name}: {RELIABLE[int(package[6])]}, not {reliable_of(row)}"
    if case["fun"] == "cs_combined":
        counts["class"] += 1
        if CLASSES[int(package[7])] != row["category"].lower():
            yield f"{name}: {CLASSES[int(package[7])]}, not {row['category']}"


def maximum_of(mine, theirs, kept):
    """The slopes of who is in the model, once a data set."""
    if not kept:
        courses = [sorted((int(x), y) for x, y in mine[id].items() if not math.isnan(y))
                   for id in theirs]
        found, common = Caseload(courses).slopes()
        kept.update({id: (*own, common) for id, own in zip(theirs, found)})
    return kept


def check_case(program, case, theirs, figures, mine, kept, counts):
    group, corrected, package = judge(program, case, list(mine.values()))
    for quantity, got in zip(GROUP, group):
        counts["group"] += 1
        if not near(got, figures[quantity], 1e-10):
            yield f"{case['case_id']}: {quantity} is {got!r}, not {figures[quantity]!r}"
    if "cutoff_value" in figures and not near(package[0][5], figures["cutoff_value"], 1e-10):
        yield f"{case['case_id']}: the cut-off is {package[0][5]!r}"
    of = dict(zip(mine, zip(package, corrected)))
    slopes = sum(not math.isnan(p[1]) for p in package)
    if slopes != len(theirs):
        yield f"{case['case_id']}: {slopes} clients have a slope, not {len(theirs)}"
    maximum = maximum_of(mine, theirs, kept)
    for id, row in theirs.items():
        yield from check_client(case, row, *of[id], maximum[id], counts)


def check_cases(program, folder, counts):
    scores = read_scores(folder)
    patients, groups, maxima = defaultdict(dict), defaultdict(dict), defaultdict(dict)
    for row in rows_of(folder / "cs_patients.csv"):
        patients[row["case_no"]][row["id"]] = row
    for row in rows_of(folder / "cs_group.csv"):
        groups[row["case_no"]][row["quantity"]] = number(row["value"])
    for case in rows_of(folder / "cs_cases.csv"):
        if case["rci_method"] != "HLM":
            continue
        counts["case"] += 1
        yield from check_case(program, case, patients[case["case_no"]], groups[case["case_no"]],
                              scores[case["dataset"], case["outcome"]],
                              maxima[case["dataset"], case["outcome"]], counts)


def main():
    program, folder = sys.argv[1], Path(sys.argv[2]) / "1_real"
    if not folder.is_dir():
        print("SKIPPED: the shared clinical data are not beside this tree; nothing was compared")
        return SKIP
    counts = Counter()
    complaints = list(check_cases(program, folder, counts))
    print(*(f"{n:6} {what}" for what, n in counts.items()), sep="\n")
    print(*complaints[:40], sep="\n")
    short = counts["case"] < 30 or counts["class"] < 900 or counts["rci"] < 1400
    print("too few cases were compared" if short else "")
    return 1 if complaints or short else 0


if __name__ == "__main__":
    sys.exit(main())
