# Mixed models of the shared golden caseloads against lme4's polished optima, where at hand.
# SPDX-License-Identifier: MIT
import csv
import math
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

SKIP = 77  # what tells the test runner that nothing was tested
STRUCTURES = {"ri": 0, "ris": 1, "ris_diag": 2}
# Our figure, lme4's quantity, tolerance of max(1, |figure|): the shared README's.
FIGURES = [
    ("logLik", "logLik", 1e-7), ("AIC", "AIC", 2e-7), ("BIC", "BIC", 2e-7),
    ("b0", "b0", 1e-6), ("b1", "b1", 1e-6), ("se_b0", "se_b0", 1e-5), ("se_b1", "se_b1", 1e-5),
    ("cov_b0b1", "cov_b0b1", 1e-5), ("sigma", "sigma", 1e-5), ("s2", "vc_Residual_", 1e-5),
    ("G00", "vc_idf_Intercept", 1e-5), ("G01", "vc_idf_Intercept_x", 1e-5),
    ("G11", "vc_idf_x", 1e-5), ("G11", "vc_idf.1_x", 1e-5), ("singular", "isSingular", 0),
]
LIKELIHOODS = {"logLik": 1e-6, "AIC": 2e-6, "BIC": 2e-6, "singular": 0}
EFFECTS = ["u0", "u1", "condsd_u0", "condsd_u1", "condcov_u0u1"]


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def number(text):
    return math.nan if text in ("", "NA", "NaN") else float(text)


def near(got, want, tolerance):
    return math.isnan(want) or abs(got - want) <= tolerance * max(1, abs(want))


def read_data(folder):
    """Rows (x, y) by data set and client, x as the data set's time coding says."""
    codings = {row["dataset"]: row["time_coding"] for row in rows_of(folder / "datasets.csv")}
    data = defaultdict(lambda: defaultdict(list))
    for row in rows_of(folder / "data_long.csv"):
        session = float(row["session"])
        x = {"x=log(session)": math.log, "x=session-1": lambda s: s - 1}[codings[row["dataset"]]]
        data[row["dataset"]][row["id"]].append((x(session), number(row["value"])))
    return data


def read_expected(folder):
    fits, effects = defaultdict(dict), defaultdict(dict)
    methods = {row["method_id"]: (row["method"], row["options"])
               for row in rows_of(folder / "methods.csv")}
    for row in rows_of(folder / "expected_R.csv"):
        method, options = methods[row["method_id"]]
        if row["method_id"].startswith("lme4:") and row["index"] == "":
            key = row["case_id"], method.removeprefix("lmer "), options
            fits[key][row["quantity"]] = number(row["value"])
        elif row["quantity"] == "theta":
            fits[row["case_id"], method.removeprefix("lmer "), options]["theta"] = row["value"]
    for row in rows_of(folder / "blups_lmer.csv"):
        key = row["dataset"], row["model"], row["method"]
        effects[key][row["id"]] = [number(row[name]) for name in EFFECTS]
    return fits, effects


def ask(program, cases):
    lines = []
    for structure, method, groups in cases:
        sizes = [len(rows) for rows in groups.values()]
        lines.append(f"{STRUCTURES[structure]} {int(method == 'REML')} {len(sizes)} {sum(sizes)}")
        lines.append(" ".join(map(str, sizes)))
        lines += [f"{x!r} {y!r}" for rows in groups.values() for x, y in rows]
    answer = subprocess.run([program], input="\n".join(lines) + "\n", check=True, text=True,
                            capture_output=True).stdout.splitlines()
    names, at = answer[0].split(), 1
    for _, _, groups in cases:
        if answer[at] != "0":
            yield None, {}
            at += 1
            continue
        fit = dict(zip(names, map(float, answer[at + 1].split())))
        rows = [list(map(float, line.split())) for line in answer[at + 2:at + 2 + len(groups)]]
        yield fit, dict(zip(groups, rows))
        at += 2 + len(groups)


def compare(key, fit, effects, want, want_effects, counts):
    name = " ".join(key)
    if fit is None:
        yield f"{name}: no fit"
        return
    singular = want["isSingular"] == 1
    for ours, theirs, tolerance in FIGURES:
        if theirs not in want or (singular and ours not in LIKELIHOODS):
            continue
        tolerance = LIKELIHOODS[ours] if singular else tolerance
        counts[ours] += 1
        if not near(fit[ours], want[theirs], tolerance):
            yield f"{name}: {ours} is {fit[ours]!r}, not {want[theirs]!r}"
    for client, figures in want_effects.items() if not singular else ():
        for column, got, expected in zip(EFFECTS, effects[client], figures):
            counts[column] += not math.isnan(expected)
            if not near(got, expected, 1e-5):
                yield f"{name}: {column} of client {client} is {got!r}, not {expected!r}"


def main(program, folder):
    folder = Path(folder) / "5_mixed"
    if not folder.is_dir():
        print(f"SKIPPED: the shared golden vectors are not at hand ({folder})")
        return SKIP
    data = read_data(folder)
    fits, effects = read_expected(folder)
    keys = sorted(fits)
    counts, complaints = Counter(), []
    answers = ask(program, [(model, method, data[name]) for name, model, method in keys])
    for key, (fit, ours) in zip(keys, answers):
        complaints += compare(key, fit, ours, fits[key], effects[key], counts)
    print("; ".join(f"{n} {what}" for what, n in counts.items()))
    print("\n".join(complaints[:50]))
    if len(keys) < 48 or min(counts.values()) < 16:
        complaints.append("too few comparisons")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
