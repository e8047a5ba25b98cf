# Correct digits of attune on the NIST Statistical Reference Datasets, and docs/numerics.md of them.
# SPDX-License-Identifier: MIT
#
# Data and certified values: NIST StRD, https://www.itl.nist.gov/div898/strd/ (a work of the US
# Government). linear.csv, univariate.csv and certified.csv hold them as printed there; NumAcc1 to
# NumAcc4 are made by their definition; PiDigits is read from the shared folder where there is one.
#
#   nist.py FIT_PROGRAM NUMERICS_MD SHARED            compares, and is red when a figure is worse
#   nist.py FIT_PROGRAM NUMERICS_MD SHARED --write    writes the table, with what numpy and R give
import csv
import importlib.util
import math
import shutil
import subprocess
import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).parent
BEGIN, END = "<!-- nist: begin -->\n", "<!-- nist: end -->\n"
WHOLE = 15.0  # digits that NIST prints: more are not counted

# Dataset: level of difficulty by NIST, columns, least correct digits of coefficients and errors.
LINEAR = {
    "Norris": ("lower", 2, (13, 13)),
    "Pontius": ("lower", 3, (13, 13)),
    "NoInt1": ("average", 1, (14, 14)),
    "Filip": ("higher", 11, (13, 13)),
    "Longley": ("higher", 7, (13, 13)),
    "Wampler1": ("higher", 6, (14, 14)),
    "Wampler3": ("higher", 6, (14, 13)),
    "Wampler5": ("higher", 6, (14, 13)),
}
# Level, least digits of mean, sd and lag-1. The sd of NumAcc3 and 4 is lost before any arithmetic:
# 1000000.1 as a double is off by 2e-11, and 10000000.1 by 4e-10, of an sd of .1.
UNIVARIATE = {
    "PiDigits": ("lower", (14, 14, 12)),
    "Lew": ("lower", (14, 14, 13)),
    "NumAcc1": ("lower", (15, 15, 14)),
    "Michelso": ("average", (14, 13, 13)),
    "NumAcc2": ("average", (14, 14, 13)),
    "NumAcc3": ("average", (15, 9, 9)),
    "NumAcc4": ("higher", (15, 8, 8)),
}


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def certified():
    values = defaultdict(dict)
    for row in rows_of(HERE / "certified.csv"):
        values[row["dataset"]][row["quantity"]] = Fraction(row["value"])
    return values


def digits(got, wanted):
    """-log10 of the relative error, of the error itself where 0 is certified."""
    miss = abs(Fraction(got) - wanted) / (abs(wanted) or 1)
    return WHOLE if miss == 0 else max(0.0, min(WHOLE, -math.log10(float(miss))))


def alternating(first, low, high):
    return [first] + [low, high] * 500


def univariate(shared):
    series = {
        "NumAcc1": ["10000001", "10000003", "10000002"],
        "NumAcc2": alternating("1.2", "1.1", "1.3"),
        "NumAcc3": alternating("1000000.2", "1000000.1", "1000000.3"),
        "NumAcc4": alternating("10000000.2", "10000000.1", "10000000.3"),
    }
    for row in rows_of(HERE / "univariate.csv"):
        series.setdefault(row["dataset"], []).append(row["y"])
    large = shared / "7_nist" / "univariate_data.csv"
    if large.is_file():
        series["PiDigits"] = [r["y"] for r in rows_of(large) if r["dataset"] == "PiDigits"]
    return series


def design(name, rows, p):
    """Columns as fractions: powers of x as exact as NIST's own, or Longley's six and a constant."""
    for row in rows:
        if name == "Longley":
            yield [Fraction(1)] + [Fraction(row[f"x{j}"]) for j in range(1, 7)], row["y"]
        else:
            x = Fraction(row["x1"])
            yield [x ** k for k in ([1] if name == "NoInt1" else range(p))], row["y"]


def linear():
    by_name = defaultdict(list)
    for row in rows_of(HERE / "linear.csv"):
        by_name[row["dataset"]].append(row)
    return {name: list(design(name, by_name[name], LINEAR[name][1])) for name in LINEAR}


def ask_linear(name, rows):
    p = LINEAR[name][1]
    text = [f"lsq {len(rows)} {p} 1"]
    text += [" ".join(repr(float(v)) for v in x) for x, _ in rows]
    text += [" ".join(repr(float(v - Fraction(float(v)))) for v in x) for x, _ in rows]
    return text + [" ".join(y for _, y in rows)]


def ask(program, linear_rows, series):
    text = []
    for name in LINEAR:
        text += ask_linear(name, linear_rows[name])
    for name in series:
        text += [f"one {len(series[name])}", " ".join(series[name])]
    lines = subprocess.run([program], input="\n".join(text), check=True, text=True,
                           capture_output=True).stdout.splitlines()
    answers = [list(map(float, line.split())) for line in lines]
    return dict(zip([*LINEAR, *series], answers))


def names_of(name):
    first = 1 if name == "NoInt1" else 0
    return [f"B{first + j}" for j in range(LINEAR[name][1])]


def judge_linear(name, b, errors, wanted):
    names = names_of(name)
    return (min(digits(v, wanted[n]) for v, n in zip(b, names)),
            min(digits(v, wanted["SE_" + n]) for v, n in zip(errors, names)))


def judge_one(figures, wanted):
    return tuple(digits(v, wanted[q]) for v, q in
                 zip(figures, ("mean", "sd", "lag1_autocorrelation")))


def ours(program, shared):
    wanted, series, rows = certified(), univariate(shared), linear()
    answers, found = ask(program, rows, series), {}
    for name in LINEAR:
        if answers[name][0] == LINEAR[name][1]:
            found[name] = judge_linear(name, answers[name][2::2], answers[name][3::2],
                                       wanted[name])
        else:
            found[name] = (0.0, 0.0)
    for name in series:
        found[name] = judge_one(answers[name], wanted[name])
    return found


def of_numpy(shared):
    """numpy.linalg.lstsq on powers as doubles; errors from the inverse of R of numpy.linalg.qr."""
    import numpy as np
    wanted, found = certified(), {}
    for name, rows in linear().items():
        x = np.array([[float(v) for v in r] for r, _ in rows])
        y = np.array([float(v) for _, v in rows])
        b = np.linalg.lstsq(x, y, rcond=None)[0]
        sse = float(np.sum((y - x @ b) ** 2))
        inverse = np.linalg.inv(np.linalg.qr(x)[1])
        errors = np.sqrt(np.sum(inverse ** 2, axis=1) * sse / (len(y) - x.shape[1]))
        found[name] = judge_linear(name, b.tolist(), errors.tolist(), wanted[name])
    for name, values in univariate(shared).items():
        y = np.array([float(v) for v in values])
        m = y.mean()
        lag = np.sum((y[1:] - m) * (y[:-1] - m)) / np.sum((y - m) ** 2)
        found[name] = judge_one((float(m), float(y.std(ddof=1)), float(lag)), wanted[name])
    return f"numpy {np.__version__}", found


R = """args <- commandArgs(TRUE); d <- scan("stdin", "", quiet = TRUE); at <- 1
nxt <- function(n) { v <- as.numeric(d[at:(at + n - 1)]); at <<- at + n; v }
out <- function(v) cat(sprintf("%.17g", v), "\n")
while (at <= length(d)) { w <- d[at]; at <- at + 1
if (w == "lsq") { n <- nxt(1); p <- nxt(1); x <- matrix(nxt(n * p), n, byrow = TRUE); y <- nxt(n)
s <- summary(lm(y ~ 0 + x, tol = 1e-20))$coefficients; out(c(p, s[, 1], s[, 2]))
} else { n <- nxt(1); y <- nxt(n); out(c(mean(y), sd(y), acf(y, 1, plot = FALSE)$acf[2])) } }
"""


def of_r(shared):
    """lm with tol 1e-20, so that it keeps every column; mean, sd and acf."""
    wanted, series, found, text = certified(), univariate(shared), {}, []
    for name, rows in linear().items():
        text += [f"lsq {len(rows)} {LINEAR[name][1]}"]
        text += [" ".join(repr(float(v)) for v in x) for x, _ in rows] + [" ".join(
            y for _, y in rows)]
    for name, values in series.items():
        text += [f"one {len(values)}", " ".join(values)]
    lines = subprocess.run(["Rscript", "-e", R], input="\n".join(text), check=True, text=True,
                           capture_output=True).stdout.splitlines()
    for name, line in zip([*LINEAR, *series], lines):
        v = list(map(float, line.split()))
        if name in LINEAR:
            p = LINEAR[name][1]
            found[name] = judge_linear(name, v[1:1 + p], v[1 + p:], wanted[name])
        else:
            found[name] = judge_one(v, wanted[name])
    version = subprocess.run(["Rscript", "-e", "cat(R.version$major, R.version$minor, sep='.')"],
                             check=True, text=True, capture_output=True).stdout
    return f"R {version}", found


def table(columns, sets, heads):
    names = [name for name, _ in columns]
    lines = ["| dataset | difficulty | " + " | ".join(
        f"{h}, {n}" for h in heads for n in names) + " |"]
    lines += ["|---|---|" + "---|" * (len(heads) * len(names))]
    for dataset, bounds in sets.items():
        if not all(dataset in found for _, found in columns):
            continue
        cells = [f"{found[dataset][i]:.1f}" for i in range(len(heads)) for _, found in columns]
        lines += [f"| {dataset} | {bounds[0]} | " + " | ".join(cells) + " |"]
    return "\n".join(lines) + "\n"


def write(path, found, shared):
    columns = [("attune", found)]
    if importlib.util.find_spec("numpy"):
        columns.append(of_numpy(shared))
    if shutil.which("Rscript"):
        columns.append(of_r(shared))
    text = path.read_text(encoding="utf-8")
    head, _, tail = text.partition(BEGIN)
    part = table(columns, LINEAR, ["coefficients", "errors"]) + "\n"
    part += table(columns, UNIVARIATE, ["mean", "sd", "lag-1"])
    path.write_text(head + BEGIN + part + END + tail.partition(END)[2], encoding="utf-8")


def written(path):
    """attune's cells of the table by dataset."""
    part = path.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    cells, places = {}, []
    for line in part.splitlines():
        row = [cell.strip() for cell in line.strip("|").split("|")]
        if row[0] == "dataset":
            places = [i for i, cell in enumerate(row) if cell.endswith(", attune")]
        elif row[0] and not row[0].startswith("---"):
            cells[row[0]] = [float(row[i]) for i in places]
    return cells


def main():
    program, path, shared = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    found = ours(program, shared)
    if "--write" in sys.argv:
        write(path, found, shared)
    faults, told = [], written(path)
    for name, bounds in {**LINEAR, **UNIVARIATE}.items():
        if name not in found:
            print(f"{name}: not at hand: skipped")
            continue
        print(name, *(f"{d:.1f}" for d in found[name]))
        if any(d < least for d, least in zip(found[name], bounds[-1])):
            faults.append(f"{name}: fewer correct digits than {bounds[-1]}")
        # Another compiler may round the last digits otherwise.
        if name not in told or any(abs(a - b) > 1 for a, b in zip(told[name], found[name])):
            faults.append(f"{name}: {path.name} says otherwise: nist.py --write brings it up")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
