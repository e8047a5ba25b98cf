# Chow, sup-F and run lengths of the shared series through the command, where they are at hand.
# SPDX-License-Identifier: MIT
import csv
import io
import re
import statistics
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

SKIP = 77  # what tells the test runner that nothing was tested
EVERY = {"ocp:onlineCPD#1": "100", "ocp:onlineCPD#2": "20"}
LEAST = {"Chow F": 200, "Chow p": 200, "sup-F": 120, "sup-F place": 120, "run lengths": 100}


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def near(a, b, tolerance):
    return abs(a - b) <= tolerance * max(1.0, abs(b))


def ask(program, command, courses, *options):
    """The command's rows of courses of a measure that no scale describes, by client."""
    lines = ["client,session,measure,score"]
    for client, y in courses.items():
        lines += [f"{client},{i},mood,{v!r}" for i, v in enumerate(y, 1)]
    done = subprocess.run([program, command, "-", *options, "--csv"], check=True, text=True,
                          input="\n".join(lines) + "\n", capture_output=True)
    found = defaultdict(list)
    for row in csv.DictReader(io.StringIO(done.stdout, newline="")):
        found[row["client"]].append(row)
    return found


class Told:
    """What was compared, and what differs."""

    def __init__(self):
        self.counts, self.faults = Counter(), []

    def judge(self, name, where, met):
        self.counts[name] += 1
        if not met:
            self.faults.append(f"{name}: {where}")


def model_of(method):
    return "line" if "y~t" in method else "mean"


def chow(told, program, series, wanted, options):
    groups = defaultdict(dict)
    for (case, method), figures in wanted.items():
        if "Chow" in method and "F" in figures:
            point = int(re.search(r"point=(\d+)", options[method]).group(1))
            groups[model_of(method), point][case] = figures
    for (model, point), cases in groups.items():
        found = ask(program, "changepoints", {c: series[c] for c in cases}, "--search", "chow",
                    "--at-session", str(point + 1), "--model", model)
        for case, figures in cases.items():
            row, = found[case]
            if row["statistic"] == "":
                told.counts["perfect fits: skipped"] += 1
                continue
            where = f"{case} {model} {point}"
            told.judge("Chow F", where, near(float(row["statistic"]), float(figures["F"]), 1e-8))
            told.judge("Chow p", where, near(float(row["p"]), float(figures["p"]), 1e-9))


def supf(told, program, series, wanted):
    for model, k in (("mean", 1), ("line", 2)):
        cases = {case: figures for (case, method), figures in wanted.items()
                 if "Fstats" in method and model_of(method) == model and "breakpoint" in figures}
        found = ask(program, "changepoints", {c: series[c] for c in cases}, "--search", "supf",
                    "--model", model)
        for case, figures in cases.items():
            row, = found[case]
            value = float(figures["supF_stat"]) if figures["supF_stat"] != "NA" else 1e300
            if row["statistic"] == "" or abs(value) > 1e12:
                told.counts["perfect fits: skipped"] += 1
                continue
            told.judge("sup-F", f"{case} {model}", near(k * float(row["statistic"]), value, 1e-8))
            told.judge("sup-F place", f"{case} {model}",
                       int(row["session"]) == int(figures["breakpoint"]) + 1)


def run_lengths(told, program, series, wanted):
    for method, every in EVERY.items():
        cases = {case: figures["MAP_runlength_index"] for (case, name), figures in wanted.items()
                 if name == method and "MAP_runlength_index" in figures}
        courses = {}
        for case in cases:
            mean, sd = statistics.fmean(series[case]), statistics.stdev(series[case])
            courses[case] = [(v - mean) / sd for v in series[case]]
        found = ask(program, "runlength", courses, "--every", every, "--prior", "0,.01,.01,1e-4")
        for case, runs in cases.items():
            told.judge("run lengths", f"{case} {method}",
                       ["0"] + [r["likeliest"] for r in found[case]] == runs.split())


def main():
    program, folder = sys.argv[1], Path(sys.argv[2]) / "4_changepoint"
    if not (folder / "expected_R.csv").is_file():
        print(f"{folder} is not at hand: nothing was tested")
        return SKIP
    series, wanted = defaultdict(list), defaultdict(dict)
    options = {r["method_id"]: r["options"] for r in rows_of(folder / "methods.csv")}
    for row in rows_of(folder / "series.csv"):
        series[row["series_id"]].append(float(row["y"]))
    for row in rows_of(folder / "expected_R.csv"):
        if len(set(series[row["case_id"]])) > 1:
            wanted[row["case_id"], row["method_id"]][row["quantity"]] = row["value"]
    told = Told()
    chow(told, program, series, wanted, options)
    supf(told, program, series, wanted)
    run_lengths(told, program, series, wanted)
    for name, count in sorted(told.counts.items()):
        print(name, count)
    print(f"{len(told.faults)} differ")
    print(*told.faults[:30], sep="\n")
    few = [name for name, least in LEAST.items() if told.counts[name] < least]
    print(*(f"{name}: fewer than expected" for name in few), sep="\n")
    return 1 if told.faults or few else 0


if __name__ == "__main__":
    sys.exit(main())
