# Associations of the shared golden caseloads against R's figures, where at hand.
# SPDX-License-Identifier: MIT
import csv
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

from fitting import CLUSTER, associate, model, near, number

SKIP = 77  # what tells the test runner that nothing was tested
CLOSED, FITTED = 1e-9, 1e-5  # the shared README's
CENTRED = "stats:person_mean_centring"
REPEATED = "stats:repeated_measures_correlation_Bland_Altman_1995_ANCOVA"
LEVELS, TIME = "lme4:y~xw_xb_1_id#", "lme4:y~xw_xb_lt_1_id#"
SLOPES, GEE = "lme4:y~xw_xb_lt_1_lt_id#", "geepack:geeglm_y~xw_xb_lt#1"
LAGGED = "lme4:lmer_y~xl_yl_xb_lt_1_id_REML_xl_yl_lag_1_within_person_centred"
FORWARD = "alliance_to_outcome"

# What they call it, where it stands in ours (reml, part, direction, statistic, number), tolerance.
FIGURES = {
    (CENTRED, "r_total"): ((1, "levels", "", "r_total", "estimate"), CLOSED),
    (CENTRED, "r_within_pooled"): ((1, "levels", "", "r_within", "estimate"), CLOSED),
    (CENTRED, "r_between_unweighted"): ((1, "levels", "", "r_between", "estimate"), CLOSED),
    (CENTRED, "r_between_obsweighted"): ((1, "levels", "", "r_between_weighted", "estimate"),
                                         CLOSED),
    ("psych:statsBy_d_id", "r_within"): ((1, "levels", "", "r_within", "estimate"), CLOSED),
    ("psych:statsBy_d_id", "r_between"): ((1, "levels", "", "r_between_weighted", "estimate"),
                                          CLOSED),
    (REPEATED, "r_rm"): ((1, "levels", "", "r_within", "estimate"), CLOSED),
    (REPEATED, "df"): ((1, "levels", "", "r_within", "df"), CLOSED),
    (REPEATED, "p"): ((1, "levels", "", "r_within", "p"), CLOSED),
    (REPEATED, "slope"): ((1, "levels", "", "within_slope", "estimate"), CLOSED),
    ("lme4:lmer_x~1_1_id_REML", "icc"): ((1, "levels", "", "icc_alliance", "estimate"), FITTED),
    ("lme4:lmer_y~1_1_id_REML", "icc"): ((1, "levels", "", "icc_outcome", "estimate"), FITTED),
}
for prefix, part in ((LEVELS, "levels"), (TIME, "levels_time")):
    for end, reml in (("1", 1), ("2", 0)):
        for theirs, ours, what in (
                ("est_xw", "within_slope", "estimate"), ("se_xw", "within_slope", "se"),
                ("est_xb", "between_slope", "estimate"), ("se_xb", "between_slope", "se"),
                ("est_lt", "time_slope", "estimate"), ("se_lt", "time_slope", "se"),
                ("vc_id_Intercept", "between_variance", "estimate"),
                ("vc_Residual_", "within_variance", "estimate"),
                ("logLik", "log_likelihood", "estimate")):
            FIGURES[prefix + end, theirs] = (reml, part, "", ours, what), FITTED
NOT_OURS = ("intercepts and sigma (as variances), ANOVA's ICC and eta, therapists as a third "
            "level, GEE with other working correlations")


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read_data(path):
    data = defaultdict(lambda: defaultdict(list))
    for row in rows_of(path):
        data[row["dataset"]][row["id"]].append(
            (int(row["session"]), number(row["x"]), number(row["y"])))
    return {name: list(clients.values()) for name, clients in data.items()}


def columns_of(clients):
    """y, xw, xb and log session of each row."""
    made = []
    for rows in clients:
        mean = math.fsum(x for _, x, _ in rows) / len(rows)
        made.append([(y, x - mean, mean, math.log(session)) for session, x, y in rows])
    return made


def compare_lagged(found, wanted, complain):
    """One row of theirs holds all estimates, another all errors: (Intercept) xl yl xb lt."""
    places = ("lag_effect", "autoregression", "between_slope", "time_slope")
    for quantity, what in (("est", "estimate"), ("se", "se")):
        for place, text in zip(places, wanted[LAGGED, quantity].split()[1:], strict=True):
            got = found["lagged_model", FORWARD, place].numbers[what]
            complain(f"lagged {place} {what}", got, float(text), FITTED)


def compare_models(programs, clients, wanted, complain):
    """Intercept, xw, xb, lt of a random slope on lt, and of GEE with independence."""
    rows = columns_of(clients)
    reml, ml, robust = model(programs[1], [(1, 1, rows), (1, 0, rows), (CLUSTER, 0, rows)])
    for got, method, error in ((reml, SLOPES + "1", "se"), (ml, SLOPES + "2", "se"),
                               (robust, GEE, "robust_se")):
        singular = wanted.get((method, "singular")) == "1"
        for i, name in enumerate(("Intercept", "xw", "xb", "lt")):
            # on the border the shared README compares likelihoods alone
            if not singular:
                complain(f"{method} {name}", got[2 * i], number(wanted[method, f"est_{name}"]),
                         FITTED)
                complain(f"{method} {error} {name}", got[2 * i + 1],
                         number(wanted[method, f"{error}_{name}"]), FITTED)
        if method != GEE:
            complain(f"{method} logLik", got[8], number(wanted[method, "logLik"]), 1e-6)


def main(*arguments):
    programs, folder = arguments[:2], Path(arguments[2]) / "6_correlation"
    if not folder.is_dir():
        print(f"SKIPPED: the shared golden vectors are not at hand ({folder})")
        return SKIP
    data = read_data(folder / "within_between_long.csv")
    asked = [(name, reml) for name in data for reml in (1, 0)]
    ours = dict(zip(asked, associate(programs[0], [(r, 3, data[n]) for n, r in asked])))
    wanted, counts, complaints = defaultdict(dict), Counter(), []
    for row in rows_of(folder / "expected_R.csv"):
        if row["case_id"] in data:
            wanted[row["case_id"]][row["method_id"], row["quantity"]] = row["value"]
    for name, clients in data.items():
        def complain(what, got, want, tolerance, name=name):
            counts["compared"] += 1
            if not near(got, want, tolerance):
                complaints.append(f"{name}: {what} is {got!r}, not {want!r}")
        for key, text in wanted[name].items():
            place, tolerance = FIGURES.get(key, (None, 0))
            if place is None:
                counts["other"] += 1
                continue
            figure = ours[name, place[0]][place[1:4]]
            complain(" ".join(key), figure.numbers[place[4]], number(text), tolerance)
        compare_lagged(ours[name, 1], wanted[name], complain)
        compare_models(programs, clients, wanted[name], complain)
    print(f"{counts['compared']} figures of {len(data)} caseloads; {counts['other']} rows are "
          f"compared in another way or not at all: {NOT_OURS}")
    print("\n".join(complaints[:50]))
    if len(data) < 3 or counts["compared"] < 180:
        complaints.append("too few comparisons")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
