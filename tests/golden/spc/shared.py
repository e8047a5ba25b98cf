# Charts of the shared golden series against what qcc and qicharts2 made of them, where at hand.
# SPDX-License-Identifier: MIT
import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

from charting import CUSUM, EWMA, SCREENED, SD, THREE, XMR, chart_all, hits, near

SKIP = 77  # what tells the test runner that nothing was tested
QCC = "qcc:qcc_xbar.one"
METHODS = {
    QCC + "#1": {"constants": THREE},
    QCC + "#3": {"spread": SD},
    QCC + "_baseline#1": {"constants": THREE, "baseline": 20},
    QCC + "_baseline#2": {"constants": THREE, "baseline": 25},
    QCC + "_baseline#3": {"constants": THREE, "baseline": 10},
    QCC + "_baseline#4": {"constants": THREE, "baseline": 28},
    QCC + "_baseline#5": {"constants": THREE, "baseline": 12},
    "qcc:cusum#1": {"kind": CUSUM, "constants": THREE},
    "qcc:cusum#2": {"kind": CUSUM, "constants": THREE, "h": 4.0, "k": 0.25},
    "qcc:cusum#3": {"kind": CUSUM, "constants": THREE, "head_start": 2.5},
    "qcc:cusum#4": {"kind": CUSUM, "constants": THREE, "h": 4.0, "head_start": 2.0},
    "qcc:ewma#1": {"kind": EWMA, "constants": THREE},
    "qcc:ewma#2": {"kind": EWMA, "constants": THREE, "lambda": 0.4},
    "qcc:ewma#3": {"kind": EWMA, "constants": THREE, "lambda": 0.1, "width": 2.7},
    "qcc3:rules": {"constants": THREE},
    "qicharts2:qic_chart_i": {"constants": THREE, "spread": SCREENED},
    "qicharts2:qic_chart_mr": {"constants": THREE},
}
NOT_OURS = "not offered: MR of three, Anhoej's run rules, runs of 7, NHS flags"


def numbers(text):
    return [float(v) for v in text.split()]


def places(chart, way):
    """Where the CUSUM is beyond its limit above or below."""
    h = chart["upper"][0]
    sums = chart["high"] if way == "upper" else chart["low"]
    return [i for i, v in enumerate(sums, 1) if v > h]


# Quantity: what of the chart it is, a list of numbers; None: places, compared exactly.
FIGURES = {
    "center": lambda c, m: [c["centre"]],
    "std_dev": lambda c, m: [c["sd"]],
    "cl": lambda c, m: [c["range"] if m.endswith("mr") else c["centre"]],
    "LCL": lambda c, m: [c["lower"][-1]],
    "UCL": lambda c, m: c["upper"] if "ewma" in m else [c["upper"][-1]],
    "lcl": lambda c, m: [0.0 if m.endswith("mr") else c["lower"][-1]],
    "ucl": lambda c, m: [c["range_limit"] if m.endswith("mr") else c["upper"][-1]],
    "pos": lambda c, m: c["high"],
    "neg": lambda c, m: [-v for v in c["low"]],
    "z": lambda c, m: c["statistic"],
}
PLACES = {
    "beyond_limits": lambda c: hits(c, "WE1"),
    "violations": lambda c: hits(c, "limit"),
    "viol_upper": lambda c: places(c, "upper"),
    "viol_lower": lambda c: places(c, "lower"),
    "violating_runs8": lambda c: hits(c, "WE4"),
    "violating_runs9": lambda c: hits(c, "NEL2"),
    **{f"WE{i}": lambda c, i=i: hits(c, f"WE{i}") for i in range(1, 5)},
    **{f"NEL{i}": lambda c, i=i: hits(c, f"NEL{i}") for i in range(1, 9)},
}


def compare(row, chart):
    """None: a figure that is not ours; else whether it is met."""
    quantity, method = row["quantity"], row["method_id"]
    if quantity in PLACES and (quantity != "beyond_limits" or "baseline" not in method):
        return sorted(map(int, numbers(row["value"]))) == PLACES[quantity](chart)
    if quantity in FIGURES:
        wanted = numbers(row["value"])
        got = FIGURES[quantity](chart, method)
        return len(got) == len(wanted) and all(near(a, b, 1e-9) for a, b in zip(got, wanted))
    return None


def main():
    program, folder = sys.argv[1], Path(sys.argv[2]) / "3_spc"
    if not (folder / "expected_R.csv").is_file():
        print(f"{folder} is not at hand: nothing was tested")
        return SKIP
    series, wanted = defaultdict(list), []
    with open(folder / "series.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            series[row["series_id"]].append(float(row["y"]))
    with open(folder / "expected_R.csv", encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file))
    asked = sorted({(r["case_id"], r["method_id"]) for r in wanted if r["method_id"] in METHODS})
    charts = dict(zip(asked, chart_all(program, [(METHODS[m], series[c]) for c, m in asked])))
    told, faults = Counter(), []
    for row in wanted:
        chart = charts.get((row["case_id"], row["method_id"]))
        constant = len(set(series[row["case_id"]])) == 1
        met = compare(row, chart) if chart and not constant else None
        told["constant" if constant else "not ours" if met is None else row["quantity"]] += 1
        if met is False:
            faults.append(" ".join([row["case_id"], row["method_id"], row["quantity"],
                                    row["value"][:60]]))
    compared = sum(n for name, n in told.items() if name not in ("constant", "not ours"))
    print(f"{compared} compared; {told['constant']} of constant series skipped (no limits, as the "
          f"header says); {told['not ours']} skipped ({NOT_OURS}); {len(faults)} differ")
    print(*faults[:20], sep="\n")
    return 1 if faults or compared < 1500 else 0


if __name__ == "__main__":
    sys.exit(main())
