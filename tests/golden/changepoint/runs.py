# Run lengths of the shared golden series against R's ocp, where they are at hand.
# SPDX-License-Identifier: MIT
import csv
import statistics
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

SKIP = 77  # what tells the test runner that nothing was tested
LAMBDA = {"ocp:onlineCPD#1": 100, "ocp:onlineCPD#2": 20}


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def main():
    program, folder = sys.argv[1], Path(sys.argv[2]) / "4_changepoint"
    if not (folder / "expected_R.csv").is_file():
        print(f"{folder} is not at hand: nothing was tested")
        return SKIP
    series, wanted = defaultdict(list), []
    for row in rows_of(folder / "series.csv"):
        series[row["series_id"]].append(float(row["y"]))
    for row in rows_of(folder / "expected_R.csv"):
        if row["method_id"] in LAMBDA and row["quantity"] == "MAP_runlength_index":
            wanted.append((row["case_id"], row["method_id"], [int(v) for v in
                                                              row["value"].split()]))
    lines = []
    for case, method, _ in wanted:
        y = series[case]
        mean, sd = statistics.fmean(y), statistics.stdev(y)
        lines.append(f"{len(y)} {LAMBDA[method]} 0 .01 .01 1e-4 " + " ".join(
            repr((v - mean) / sd) for v in y))
    answers = subprocess.run([program], input="\n".join(lines) + "\n", check=True, text=True,
                             capture_output=True).stdout.splitlines()
    faults = [f"{case} {method}" for (case, method, runs), line in zip(wanted, answers)
              if [0] + [int(v) for v in line.split()] != runs]
    print(f"{len(answers)} series compared, {len(faults)} differ")
    print(*faults, sep="\n")
    return 1 if faults or len(answers) < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
