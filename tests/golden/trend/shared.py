# Trends of the shared golden series against what R, Python and NIST made of them, where at hand.
# SPDX-License-Identifier: MIT
import csv
import math
import subprocess
import sys
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

from exact import mann_kendall

SKIP = 77  # what tells the test runner that nothing was tested
ORDER = "status -6"

# Column, peer's file, method, quantity, tolerance: of max(1, |figure|), as the shared README says.
PEERS = [
    ("ols_intercept", "R", "stats:lm_y~t#1", "intercept", 1e-9),
    ("ols_slope", "R", "stats:lm_y~t#1", "slope", 1e-9),
    ("ols_slope_se", "R", "stats:lm_y~t#1", "slope_se", 1e-9),
    ("ols_t", "R", "stats:lm_y~t#1", "slope_t", 1e-9),
    ("ols_p", "R", "stats:lm_y~t#1", "slope_p", 1e-9),
    ("ols_low", "R", "stats:lm_y~t#1", "slope_lo95", 1e-9),
    ("ols_high", "R", "stats:lm_y~t#1", "slope_hi95", 1e-9),
    ("residual_sd", "R", "stats:lm_y~t#1", "sigma", 1e-9),
    ("ols_slope", "gsl", "gsl:gsl_fit_linear_t", "slope", 1e-9),
    ("ols_slope_se", "python", "statsmodels:OLS_y~t", "slope_se", 1e-9),
    ("durbin_watson", "R", "stats:residual_autocorrelation", "dw", 1e-9),
    ("sen_slope", "python", "scipy:theilslopes_y_t_alpha_.95#1", "slope", 1e-9),
    ("sen_low", "python", "scipy:theilslopes_y_t_alpha_.95#1", "slope_lo95", 1e-9),
    ("sen_high", "python", "scipy:theilslopes_y_t_alpha_.95#1", "slope_hi95", 1e-9),
    ("sen_intercept", "python", "scipy:theilslopes_y_t_alpha_.95#1", "intercept", 1e-9),
    ("siegel_slope", "python", "scipy:siegelslopes_y_t#1", "slope", 1e-9),
    ("mk_s", "R", "trend:mk.test#1", "S", 0),
    ("mk_var", "R", "trend:mk.test#1", "varS", 1e-12),
    ("mk_z", "R", "trend:mk.test#1", "z", 1e-9),
    ("mk_p", "R", "trend:mk.test#1", "p", 1e-9),
    ("mk_z", "python", "pymk:original_test", "z", 1e-9),
    ("mk_p", "python", "pymk:original_test", "p", 1e-12),
    ("mk_p_exact", "python", "scipy:kendalltau_t_y_tau_b#3", "p", 1e-9),
    ("kendall_tau_b", "python", "scipy:kendalltau_t_y_tau_b#2", "tau_b", 1e-9),
    ("kendall_tau_b", "R", "stats:cor.test_kendall#1", "tau_b", 1e-9),
    ("spearman_rho", "python", "scipy:spearmanr_t_y", "rho", 1e-9),
    ("spearman_rho", "gsl", "gsl:gsl_stats", "spearman", 1e-9),
    ("lag1", "gsl", "gsl:gsl_stats", "lag1_autocorrelation", 1e-9),
    ("mk_hr_z", "R", "modifiedmk:mmkh", "Corrected_Zc", 1e-9),
    ("mk_hr_p", "R", "modifiedmk:mmkh", "new_P_value", 1e-9),
    ("mk_yw_z", "R", "modifiedmk:mmky1lag", "Corrected_Zc", 1e-9),
    ("mk_yw_p", "R", "modifiedmk:mmky1lag", "new_P_value", 1e-9),
    ("pw_slope", "R", "prais:prais_winsten_y~t#1", "slope", 1e-7),
    ("pw_slope_se", "R", "prais:prais_winsten_y~t#1", "slope_se", 1e-7),
    ("log_intercept", "R", "stats:lm_y~log_t#1", "intercept", 1e-9),
    ("log_slope", "R", "stats:lm_y~log_t#1", "slope", 1e-9),
    ("log_slope_se", "R", "stats:lm_y~log_t#1", "slope_se", 1e-9),
    ("huber_slope", "R", "MASS:rlm#1", "slope", 1e-6),
    ("bisquare_slope", "R", "MASS:rlm#2", "slope", 1e-6),
]
BY_ROW = {"mk_s", "mk_var", "mk_z", "mk_p", "lag1", "durbin_watson", "mk_hr_z", "mk_hr_p",
          "mk_yw_z", "mk_yw_p", "pw_slope", "pw_slope_se"}
OF_ROUNDING = {"ols_t", "ols_p", "durbin_watson", "mk_hr_z", "mk_hr_p", "mk_yw_z", "mk_yw_p"}
OF_TWO = {"ols_slope_se", "sen_low", "sen_high", "lag1", "mk_p_exact"}
LEAST = 50  # comparisons with each peer's figure, below which this run proves nothing
FEWER = {"mk_p_exact": 20}

# R's mmkh ranks what rounding has left of exact ties; here the fractions of exact.py decide.
ROUNDED = {("mk_hr_z", "rnd_logcurve_36_n50"), ("mk_hr_p", "rnd_logcurve_36_n50"),
           ("mk_hr_z", "edge_bigoffset"), ("mk_hr_p", "edge_bigoffset")}


def number(text):
    return math.nan if text in ("", "NA", "NaN") else float(text)


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def fit_all(program, cases):
    """Each case's columns by name, or its status in words."""
    lines = [" ".join(map(repr, [len(x), *x, *y])) for x, y in cases]
    answer = subprocess.run([program], input="\n".join(lines) + "\n", check=True, text=True,
                            capture_output=True).stdout.splitlines()
    names = answer[0].split()
    for line in answer[1:]:
        yield line if line.startswith("status") else dict(zip(names, map(float, line.split())))


class Series:
    """One series, its peers' answers and ours."""

    def __init__(self, meta, rows):
        self.name, self.kind = meta["series_id"], meta["degenerate"]
        self.x, self.y = [r[0] for r in rows], [r[1] for r in rows]
        self.missing = int(meta["n_missing"]) > 0
        self.turned = self.x != sorted(self.x)
        self.peers, self.ours = {}, None

    def observed(self):
        return [Fraction(repr(v)) for v in self.y if not math.isnan(v)]


def why_not(series, column, method, want):
    """Why a figure of a peer is no target here; None when it is."""
    if series.turned and column in BY_ROW:
        return "times go back: peers take rows as they stand"
    if series.kind in ("constant", "exact_line") and column in OF_ROUNDING:
        return "residuals of rounding alone: own convention, unit tests 4 and 5"
    if series.kind == "constant" and math.isnan(want):
        return "all equal: own convention, unit test 4"
    if series.kind == "n<3" and column in OF_TWO and not math.isnan(want):
        return "two scores: own convention, unit test 3"
    if column.startswith("pw_"):
        if series.missing:
            return "the peer knows no gaps"
        if abs(series.peers[method, "rho"]) > 1 - 1e-12:
            return "the peer's rho left -1..1: here NaN"
    if column == "mk_p_exact" and len(series.observed()) > 10:
        return "more than ten scores: here NaN"
    return None


def expected(series, column, method, quantity):
    """The peer's figure, or for Yue and Wang with the floor that stands here."""
    if column.startswith("mk_yw_") and series.peers.get((method, "N_N_"), 1) < 1:
        quantity = {"Corrected_Zc": "Original_Z", "new_P_value": "old_P_value"}[quantity]
    want = series.peers.get((method, quantity))
    if want is not None and (column, series.name) in ROUNDED:
        return mann_kendall(series.observed())[column]
    return want


def near(got, want, tolerance):
    if math.isnan(got) or math.isnan(want):
        return math.isnan(got) and math.isnan(want)
    return abs(got - want) <= tolerance * max(1, abs(want))


def compare(series, row, counts):
    """A complaint, or None."""
    column, _, method, quantity, tolerance = row
    want = expected(series, column, method, quantity)
    if want is None:
        counts["the peer has none"] += 1
        return None
    got, reason = series.ours[column], why_not(series, column, method, want)
    if reason:
        counts[reason] += 1
        if reason.endswith("here NaN") and not math.isnan(got):
            return f"{series.name}: {column} is {got}, not NaN"
        return None
    if near(got, want, tolerance):
        counts["agree"] += 1
        return None
    return f"{series.name}: {column} is {got!r}, not {want!r} as by {method}"


def read_series(folder):
    rows = defaultdict(list)
    for row in rows_of(folder / "series.csv"):
        rows[row["series_id"]].append((number(row["t"]), number(row["y"])))
    series = {m["series_id"]: Series(m, rows[m["series_id"]])
              for m in rows_of(folder / "series_meta.csv")}
    wanted = {(method, quantity) for _, _, method, quantity, _ in PEERS}
    wanted |= {("modifiedmk:mmky1lag", q) for q in ("N_N_", "Original_Z", "old_P_value")}
    wanted |= {("prais:prais_winsten_y~t#1", "rho")}
    for peer in ("R", "python", "gsl"):
        for row in rows_of(folder / f"expected_{peer}.csv"):
            key = row["method_id"], row["quantity"]
            if key in wanted:
                series[row["case_id"]].peers[key] = number(row["value"])
    return list(series.values())


def fit_series(program, series):
    """Our answers; times that go back are refused first, and fitted once they are in order."""
    first = fit_all(program, [(s.x, s.y) for s in series])
    for s, answer in zip(series, first):
        if s.turned != (answer == ORDER):
            yield f"{s.name}: times that go back must be refused, and no others"
        if s.turned:
            pairs = sorted(zip(s.x, s.y))
            s.x, s.y = [p[0] for p in pairs], [p[1] for p in pairs]
    for s, answer in zip(series, fit_all(program, [(s.x, s.y) for s in series])):
        s.ours = answer


def check_peers(program, folder):
    series = read_series(folder)
    yield from fit_series(program, series)
    for row in PEERS:
        counts = Counter()
        for s in series:
            complaint = compare(s, row, counts)
            if complaint:
                counts["DIFFER"] += 1
                yield complaint
        print(f"{row[0]:15} {row[2]:35}", "; ".join(f"{n} {what}" for what, n in counts.items()))
        if counts["agree"] < FEWER.get(row[0], LEAST):
            yield f"{row[0]}: too few comparisons with {row[2]}"


# Quantity of NIST's certificate, our column, digits wanted: -log10 of the relative error.
NIST = [("B0", "ols_intercept", 12), ("B1", "ols_slope", 12), ("SE_B1", "ols_slope_se", 12),
        ("residual_sd", "residual_sd", 12), ("lag1_autocorrelation", "lag1", 8)]


def nist_cases(folder):
    """Norris in order of x, and the univariate sets that one trend takes."""
    pairs = sorted((float(r["x1"]), float(r["y"])) for r in rows_of(folder / "linear_data.csv")
                   if r["dataset"] == "Norris")
    cases = {"Norris": ([p[0] for p in pairs], [p[1] for p in pairs])}
    values = defaultdict(list)
    for row in rows_of(folder / "univariate_data.csv"):
        values[row["dataset"]].append(float(row["y"]))
    for name, y in values.items():
        if len(y) <= 4096:
            cases[name] = list(map(float, range(1, len(y) + 1))), y
    return cases


def check_nist(program, folder):
    cases = nist_cases(folder)
    ours = dict(zip(cases, fit_all(program, cases.values())))
    for row in rows_of(folder / "certified.csv"):
        for quantity, column, digits in NIST:
            if row["dataset"] not in ours or row["quantity"] != quantity:
                continue
            want, got = float(row["value"]), ours[row["dataset"]][column]
            error = abs(got - want) / abs(want)
            found = -math.log10(error or 1e-16)
            print(f"{column:15} NIST {row['dataset']:30}", f"{found:.1f} digits")
            if not error <= 10.0**-digits:
                yield f"{row['dataset']}: {column} is {got!r}, certified {want!r}"


def main():
    program, golden = sys.argv[1], Path(sys.argv[2])
    if not (golden / "2_trend").is_dir():
        print("SKIPPED: the shared golden series are not beside this tree; nothing was compared")
        return SKIP
    complaints = [*check_peers(program, golden / "2_trend"),
                  *check_nist(program, golden / "7_nist")]
    print(*complaints, sep="\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
