# The forms of data/forms.csv as read and scored here, in Python, for the figures' tests.
# SPDX-License-Identifier: MIT
import csv
import itertools
import math

import attune

FORMS = attune.data("forms.csv")

# Items, reversed items, answer's sum of least and greatest, rule, items that may be missing.
SCALES = {
    "demo-alliance": (6, (), 8, "mean", 0),
    "demo-distress": (10, (), 4, "sum", 0),
    "phq-9": (9, (), 3, "sum", 0),
    "gad-7": (7, (), 3, "sum", 0),
    "core-10": (10, (2, 3), 4, "ten times the mean", 1),
    "wai-sr": (12, (), 6, "sum", 0),
}
BANDS = {
    "phq-9": {0: "none-minimal", 5: "mild", 10: "moderate", 15: "moderately severe", 20: "severe"},
    "gad-7": {0: "minimal", 5: "mild", 10: "moderate", 15: "severe"},
    "core-10": {0: "healthy", 6: "low", 11: "mild", 15: "moderate", 20: "moderate-to-severe",
                25: "severe"},
    "demo-distress": {0: "low", 11: "raised", 25: "high"},
}
WAI_SR = {"goal": (4, 6, 8, 11), "task": (1, 2, 10, 12), "bond": (3, 5, 7, 9)}
MISSING = ("", "NA", "#NULL!")


def answers(form):
    """The answers of a form, reversed items turned; None is not answered."""
    n, turned, ends, _, _ = SCALES[form["measure"]]
    given = [form[f"item_{i}"] for i in range(1, n + 1)]
    return [None if a in MISSING else ends - float(a) if i in turned else float(a)
            for i, a in enumerate(given, 1)]


def total(form):
    """The score of a form: what was given, or worked out from its answers; None without one."""
    if form["score"] not in MISSING:
        return float(form["score"])
    n, _, _, rule, may_miss = SCALES[form["measure"]]
    known = [a for a in answers(form) if a is not None]
    if not known or n - len(known) > may_miss:
        return None
    if rule == "sum":
        return math.fsum(known)
    return math.fsum(known) / len(known) * (10 if rule == "ten times the mean" else 1)


def forms():
    """The forms of the file, in the order of the output."""
    with open(FORMS, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted(rows, key=lambda f: (f["client"].encode(), f["measure"], f["rater"],
                                       int(f["session"])))


def course_of(form):
    return form["client"], form["measure"], form["rater"]


def courses():
    """Client, measure and rater, with (session, score) of the completed forms."""
    for key, group in itertools.groupby(forms(), course_of):
        scored = [(int(f["session"]), total(f)) for f in group]
        yield key, [(x, y) for x, y in scored if y is not None]
