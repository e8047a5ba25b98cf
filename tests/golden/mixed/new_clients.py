# Predictions for new clients against those of the shared golden vectors, where at hand.
# SPDX-License-Identifier: MIT
import math
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from shared import SKIP, near, number, rows_of

COLUMNS = ["pred", "u0", "u1", "se_mean_reonly", "se_mean_with_fixed", "se_pred_reonly",
           "se_pred_with_fixed"]
MODEL = ["b0", "b1", "se_b0", "se_b1", "cov_b0b1", "vc_idf_Intercept", "vc_idf_x",
         "vc_idf_Intercept_x", "vc_Residual_"]
TOLERANCE = 1e-6  # the shared README's, from the parameters of lme4's REML fits


def models(folder):
    found = defaultdict(dict)
    for row in rows_of(folder / "expected_R.csv"):
        if row["method_id"] == "lme4:lmer_ris#1":
            found[row["case_id"]][row["quantity"]] = number(row["value"]) if row["index"] == "" \
                else None
    return found


def sessions(coding, xs):
    """The sessions of x, which the library takes; None where x is none of a whole session."""
    back = math.exp if coding == "x=log(session)" else lambda x: x + 1
    whole = [round(back(x)) for x in xs]
    return whole if all(abs(back(x) - s) < 1e-9 * s for x, s in zip(xs, whole)) else None


def cases(folder):
    codings = {row["dataset"]: row["time_coding"] for row in rows_of(folder / "datasets.csv")}
    fitted = models(folder)
    for row in rows_of(folder / "etr_new_subject.csv"):
        coding, model = codings[row["dataset"]], fitted[row["dataset"]]
        seen = [sessions(coding, [float(x)]) for x in row["x_obs"].replace(";", " ").split()]
        at = sessions(coding, [float(row["x_new"])])
        scores = row["y_obs"].replace(";", " ").split()
        if at is None or None in seen:
            continue
        forms = " ".join(f"{s[0]} {y}" for s, y in zip(seen, scores))
        time = 0 if coding == "x=log(session)" else 1
        figures = " ".join(repr(model[name]) for name in MODEL)
        yield f"{time} {figures} {at[0]} {len(seen)} {forms}", row


def main(program, folder):
    folder = Path(folder) / "5_mixed"
    if not folder.is_dir():
        print(f"SKIPPED: the shared golden vectors are not at hand ({folder})")
        return SKIP
    found = list(cases(folder))
    answer = subprocess.run([program], input="\n".join(line for line, _ in found), check=True,
                            text=True, capture_output=True).stdout.splitlines()
    wrong = 0
    for (_, row), line in zip(found, answer, strict=True):
        for column, got in zip(COLUMNS, map(float, line.split()), strict=True):
            if not near(got, float(row[column]), TOLERANCE):
                wrong += 1
                print(f"{row['dataset']} after {row['k_obs']}: {column} is {got!r}, not "
                      f"{row[column]}")
    print(f"{len(found)} predictions, {len(COLUMNS)} figures each, {wrong} differ")
    return 1 if wrong or len(found) < 60 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
