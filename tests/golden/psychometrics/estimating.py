# Asks the program estimate.c, for the two golden tests of psychometrics.
# SPDX-License-Identifier: MIT
import math
import subprocess


def items_case(forms):
    """Forms of answers; None: not answered."""
    head = f"items {len(forms[0])} {len(forms)}"
    rows = [" ".join("nan" if a is None else repr(a) for a in form) for form in forms]
    return "\n".join([head, *rows])


def courses_case(courses, reliability=math.nan):
    """Clients' rows of (session, day, score); None: not known, not completed."""
    rows = [row for course in courses for row in course]
    head = f"courses {len(courses)} {len(rows)} {reliability!r}"
    sizes = " ".join(str(len(course)) for course in courses)
    lines = [" ".join("nan" if v is None else repr(v) for v in row) for row in rows]
    return "\n".join([head, sizes, *lines])


def ask(program, cases):
    """A dict of figures each case, empty where the call was refused."""
    out = subprocess.run([program], input="\n".join(cases) + "\n", check=True, text=True,
                         capture_output=True).stdout
    answers, figures = [], {}
    for line in out.split("\n")[:-1]:
        if line:
            name, value = line.split()
            figures[name] = float(value)
        else:
            answers.append(figures)
            figures = {}
    return answers


def near(got, want, tolerance):
    if math.isnan(want):
        return math.isnan(got)
    return abs(got - want) <= tolerance * max(1, abs(want))
