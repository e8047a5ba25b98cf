# Charts whose figures are printed in books and manuals, or worked out by a formula of their own.
# SPDX-License-Identifier: MIT
#
# INDIVIDUALS, PRINTED: Montgomery & Runger, Applied Statistics and Probability for Engineers, table
# 16-3: 20 individuals and the cusum of (x - 99) as printed, to one decimal. SHIFT: Montgomery,
# Introduction to Statistical Quality Control, table 9.1, centre 10, sd 1; the book's CUSUM signals
# at 29 with a sum of 5.28, seven scores long, and a mean of 11.25; its EWMA of lambda .1 and width
# 2.7 begins 9.945 9.7495 9.70355 and signals at 29. NIST: NIST/SEMATECH e-Handbook 6.3.2.4, the
# EWMA of lambda .3 from 50, sd 2.0539, limits 47.4115 and 52.5885.
import sys

from charting import CUSUM, EWMA, MEDIAN, THREE, chart_all, hits, near

INDIVIDUALS = [102.0, 94.8, 98.3, 98.4, 102.0, 98.5, 99.0, 97.7, 100.0, 98.1, 101.3, 98.7, 101.1,
               98.4, 97.0, 96.7, 100.3, 101.4, 97.2, 101.0]
SHIFT = [9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40,
         10.08, 9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38,
         11.62, 11.31, 10.52]
NIST = [52, 47, 53, 49.3, 50.1, 47, 51, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6,
        52.4, 53.6, 52.1]
NIST_EWMA = [50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36,
             49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99]
KNOWN = {"centred": 1, "centre": 10.0, "sd": 1.0}
SHORT = [5.0, 5.4, 4.9, 5.3, 5.1, 2.0]


def check(faults, name, got, wanted, tolerance):
    if not near(got, wanted, tolerance):
        faults.append(f"{name}: {got} instead of {wanted}")


def check_books(faults, charts):
    xmr, cusum, ewma, nist = charts[:4]
    for name, wanted in (("centre", 99.095), ("sd", 2.29563), ("range_limit", 8.4598)):
        check(faults, name, xmr[name], wanted, 1e-5)
    check(faults, "upper", xmr["upper"][19], 105.9819, 1e-5)
    check(faults, "lower", xmr["lower"][19], 92.2081, 1e-5)
    check(faults, "cusum 29", cusum["high"][28], 5.28, 1e-9)
    check(faults, "cusum 30", cusum["high"][29], 5.30, 1e-9)
    check(faults, "run", cusum["run_high"][28], 7, 0)
    check(faults, "shifted mean", cusum["estimate"][28], 11.25, 5e-4)
    for i, wanted in ((0, 9.945), (1, 9.7495), (2, 9.70355), (27, 10.57314), (28, 10.64682)):
        check(faults, f"ewma {i + 1}", ewma["statistic"][i], wanted, 1e-6)
    for chart in (cusum, ewma):
        check(faults, "first signal", hits(chart, "limit")[0], 29, 0)
    for i, wanted in enumerate(NIST_EWMA):
        check(faults, f"nist {i + 1}", nist["statistic"][i], wanted, 1.5e-4)
    check(faults, "nist upper", nist["upper"][19], 52.5885, 2e-5)


def check_short(faults, charts):
    """Six scores: steps .4 .5 .4 .2 3.1, their median .4."""
    low, high = charts[4:6]
    check(faults, "median sd", low["sd"], 0.4 / 0.9538725524089398, 1e-12)
    check(faults, "below", hits(low, "WE1") == [6], True, 0)
    check(faults, "above", hits(high, "WE1") == [], True, 0)


def main():
    median = {"spread": MEDIAN}
    charts = list(chart_all(sys.argv[1], [
        ({"constants": THREE}, INDIVIDUALS),
        ({"kind": CUSUM, **KNOWN}, SHIFT),
        ({"kind": EWMA, **KNOWN, "lambda": 0.1, "width": 2.7}, SHIFT),
        ({"kind": EWMA, "centred": 1, "centre": 50.0, "sd": 2.0539, "lambda": 0.3}, NIST),
        ({**median, "side": 1}, SHORT), ({**median, "side": 2}, SHORT)]))
    faults = []
    check_books(faults, charts)
    check_short(faults, charts)
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
