# Alpha, omega, item figures and variances of the shared golden forms against R, where at hand.
# SPDX-License-Identifier: MIT
import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

from estimating import ask, courses_case, items_case, near

SKIP = 77  # what tells the test runner that nothing was tested

# psych's method and quantity, our figure, tolerance of max(1, |figure|): the shared README's, 1e-9
# of closed forms and 1e-4 of factors, which psych extracts by minimum residuals.
OF_ALL = [("psych:alpha_X#1", "raw_alpha", "alpha", 1e-9),
          ("psych:omega_X_nfactors_1", "omega_total", "omega", 1e-4)]
OF_ITEMS = [("psych:alpha_X#4", "raw_alpha", "alpha_dropped", 1e-9),
            ("psych:alpha_X#5", "r_raw", "r_total", 1e-9),
            ("psych:alpha_X#5", "r_drop", "r_rest", 1e-9)]


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read_forms(folder):
    answers = defaultdict(dict)
    for row in rows_of(folder / "items_long.csv"):
        value = None if row["value"] in ("", "NA", "NaN") else float(row["value"])
        answers[row["dataset"]].setdefault(int(row["row"]), {})[int(row["item"])] = value
    return {name: [[form[i] for i in sorted(form)] for _, form in sorted(forms.items())]
            for name, forms in answers.items()}


def read_courses(folder):
    courses = defaultdict(lambda: defaultdict(list))
    for row in rows_of(folder / "within_between_long.csv"):
        for which in "xy":
            value = None if row[which] in ("", "NA", "NaN") else float(row[which])
            courses[row["dataset"], which][row["id"]].append((int(row["session"]), None, value))
    return {key: list(clients.values()) for key, clients in courses.items()}


def read_expected(folder):
    expected = defaultdict(dict)
    for row in rows_of(folder / "expected_R.csv"):
        key = row["method_id"], row["quantity"]
        expected[row["case_id"]][key] = row["value"]
    return expected


def icc1(figures):
    """psych::statsBy's: with the mean number of scores a client."""
    size = figures["n_scores"] / figures["n_clients"]
    between, within = figures["ms_between"], figures["ms_within"]
    return (between - within) / (between + (size - 1) * within)


def compare_items(name, figures, want, counts):
    pairs = [(ours, figures[ours], float(want[method, quantity]), tolerance)
             for method, quantity, ours, tolerance in OF_ALL
             if (method, quantity) in want]
    for method, quantity, ours, tolerance in OF_ITEMS:
        for i, text in enumerate(want[method, quantity].split(), 1):
            pairs.append((ours, figures[f"{i}.{ours}"], float(text), tolerance))
    yield from compare(name, pairs, counts)


def compare_courses(name, which, figures, want, counts):
    lmer = f"lme4:lmer_{which}~1_1_id_REML"
    yield from compare(name, [
        ("icc1", icc1(figures), float(want["psych:statsBy_d_id", f"ICC1_{which}"]), 1e-9),
        ("within_var", figures["within_var"], float(want[lmer, "var_within"]), 1e-5),
        ("between_var", figures["between_var"], float(want[lmer, "var_between"]), 1e-5),
        ("icc", figures["icc"], float(want[lmer, "icc"]), 1e-5),
    ], counts)


def compare(name, pairs, counts):
    for ours, got, want, tolerance in pairs:
        counts[ours] += 1
        if not near(got, want, tolerance):
            yield f"{name}: {ours} is {got!r}, not {want!r}"


def main(program, folder):
    folder = Path(folder) / "6_correlation"
    if not folder.is_dir():
        print(f"SKIPPED: the shared golden vectors are not at hand ({folder})")
        return SKIP
    forms, courses, expected = read_forms(folder), read_courses(folder), read_expected(folder)
    counts, complaints = Counter(), []
    answers = ask(program, [items_case(f) for f in forms.values()])
    for name, figures in zip(forms, answers):
        complaints += compare_items(name, figures, expected[name], counts)
    answers = ask(program, [courses_case(c) for c in courses.values()])
    for (name, which), figures in zip(courses, answers):
        complaints += compare_courses(name, which, figures, expected[name], counts)
    print("; ".join(f"{n} {what}" for what, n in counts.items()))
    print("\n".join(complaints[:50]))
    if len(counts) < 9 or min(counts.values()) < 5:
        complaints.append("too few comparisons")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
