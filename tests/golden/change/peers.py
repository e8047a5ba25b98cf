# Changes of the shared clinical data against what clinicalsignificance and others made of them.
# SPDX-License-Identifier: MIT
import csv
import math
import statistics
import sys
from collections import Counter, defaultdict
from pathlib import Path

from judging import PACKAGE, How, judge, near, number

SKIP = 77  # what tells the test runner that nothing was tested
TOLERANCE = 1e-10  # as the shared README says of closed forms
FUNCTIONS = {"cs_distribution", "cs_statistical", "cs_combined", "cs_percentage", "cs_anchor"}
LEAST = {"rci": 5000, "reliable": 9000, "class": 4000, "cutoff": 150, "group": 1000,
         "post_index": 1000}


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read_scores(folder):
    """Each client's score by session, by data set and measure."""
    scores = defaultdict(lambda: defaultdict(dict))
    for row in rows_of(folder / "cs_data_long.csv"):
        scores[row["dataset"], row["measure"]][row["id"]][row["session"]] = number(row["value"])
    return scores


def how_of(case):
    """HA is one-sided, everything else two-sided."""
    alpha = number(case["significance_level"])
    share = case["pct_improvement"] != "NA"
    method = "PERCENTAGE" if share else case["rci_method"]
    method = "ANCHOR" if method == "NA" else method
    tail = alpha if method == "HA" else alpha / 2
    better = number(case["pct_improvement" if share else "mid_improvement"])
    worse = number(case["pct_deterioration" if share else "mid_deterioration"])
    return How(method, PACKAGE, "" if case["cutoff_type"] == "NA" else case["cutoff_type"],
               1 if case["better_is"] == "higher" else -1,
               0 if math.isnan(tail) else -statistics.NormalDist().inv_cdf(tail),
               math.nan, number(case["reliability"]),
               0 if math.isnan(number(case["reliability_post"])) else
               number(case["reliability_post"]),
               number(case["m_functional"]), number(case["sd_functional"]),
               0 if math.isnan(better) else better, 0 if math.isnan(worse) else worse)


def reliable_of(row):
    """What the package says of a client, its own flags put together."""
    if row["improved"] == "1" or row["recovered"] == "1":
        return "improved"
    if row["deteriorated"] == "1" or row["harmed"] == "1":
        return "deteriorated"
    return "unchanged" if row["unchanged"] == "1" else ""


def check_patient(case, row, change, counts):
    name = f"{case['case_id']}, client {row['id']}"
    for column, got in (("change", change.change), ("rci", change.rci),
                        ("cs_indiv", change.post_index)):
        want = number(row[column])
        if math.isnan(want):
            continue
        counts["post_index" if column == "cs_indiv" else column] += 1
        if not near(got, want, TOLERANCE):
            yield f"{name}: {column} is {got!r}, not {want!r}"
    if case["fun"] == "cs_statistical":
        return
    if case["pct_improvement"] != "NA" and number(row["pre"]) == 0:
        counts["percentage of nothing: here not defined"] += 1
        if change.reliable != "":
            yield f"{name}: a share of 0 is {change.reliable}"
        return
    counts["reliable"] += 1
    if change.reliable != reliable_of(row):
        yield f"{name}: {change.reliable}, not {reliable_of(row)}"
    if case["fun"] == "cs_combined":
        counts["class"] += 1
        if change.class_ != row["category"].lower():
            yield f"{name}: {change.class_}, not {row['category']}"


GROUP = {"n_used": "n", "m_pre": "m1", "sd_pre": "s1", "m_post_used": "m2", "sd_post_used": "s2"}


def check_group(case, group, changes, figures, counts):
    for quantity, member in GROUP.items():
        counts["group"] += 1
        if not near(getattr(group, member), figures[quantity], TOLERANCE):
            yield f"{case['case_id']}: {quantity} is {getattr(group, member)!r}"
    if "cutoff_value" in figures:
        counts["cutoff"] += 1
        if not near(changes[0].cutoff, figures["cutoff_value"], TOLERANCE):
            yield f"{case['case_id']}: the cut-off is {changes[0].cutoff!r}"


def check_cases(program, folder, counts):
    scores = read_scores(folder)
    patients, groups = defaultdict(dict), defaultdict(dict)
    for row in rows_of(folder / "cs_patients.csv"):
        patients[row["case_no"]][row["id"]] = row
    for row in rows_of(folder / "cs_group.csv"):
        groups[row["case_no"]][row["quantity"]] = number(row["value"])
    for case in rows_of(folder / "cs_cases.csv"):
        if case["fun"] not in FUNCTIONS or case["rci_method"] == "HLM":
            counts[f"{case['fun']} {case['rci_method']}: not compared"] += 1
            continue
        theirs = patients[case["case_no"]]
        mine = scores[case["dataset"], case["outcome"]]
        pairs = [(mine[id][case["pre_label"]], mine[id][case["post_label"]]) for id in theirs]
        group, changes = judge(program, how_of(case), pairs)
        yield from check_group(case, group, changes, groups[case["case_no"]], counts)
        for row, change in zip(theirs.values(), changes):
            yield from check_patient(case, row, change, counts)


def check_formulas(program, folder, counts):
    """The three denominators of ReliableTrendIndex; a group that has just these spreads."""
    for row in rows_of(folder / "rci_formula_grid.csv"):
        d, s1, r1, s2, r2 = (number(row[k]) for k in ("diff", "sd1", "r1", "sd2", "r2"))
        half1, half2 = s1 / math.sqrt(2), s2 / math.sqrt(2)  # of two clients
        pairs = [(-half1, -half2), (half1, half2), (math.nan, 0)]
        for method in ("JT", "MAASSEN", "MCNEMAR"):
            how = How(method, r=r1, r_post=r2)
            _, changes = judge(program, how, pairs)
            slope = changes[1].rci / changes[1].change  # indices are proportional to the change
            counts["formula"] += 1
            if not near(slope * d, number(row[f"rci_{method.lower()}"]), TOLERANCE):
                yield f"{method}: {slope * d!r}, not {row[f'rci_{method.lower()}']}"


def main():
    program, folder = sys.argv[1], Path(sys.argv[2]) / "1_real"
    if not folder.is_dir():
        print("SKIPPED: the shared clinical data are not beside this tree; nothing was compared")
        return SKIP
    counts = Counter()
    complaints = [*check_cases(program, folder, counts), *check_formulas(program, folder, counts)]
    print(*(f"{n:6} {what}" for what, n in counts.items()), sep="\n")
    print(*complaints[:40], sep="\n")
    short = [what for what, least in LEAST.items() if counts[what] < least]
    print(*(f"too few comparisons of {what}" for what in short), sep="\n")
    return 1 if complaints or short else 0


if __name__ == "__main__":
    sys.exit(main())
