# Makes equations.json: the lagged model of the caseloads of made.json by statsmodels' GEE.
# SPDX-License-Identifier: MIT
#
# Independence and exchangeable wholly by statsmodels, errors by its "bias_reduced" (Mancl &
# DeRouen 2001). Its AR(1) takes rows for neighbours whatever lies between them (0.14), so that
# the correlation of sessions is a structure of this file, which its equations are solved with:
# whole matrices r^|s - t|, r the moment of sessions in a row, as attune/associate.h says.
# usage: python3 equations.py > equations.json, with statsmodels
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from oracle import columns, deviations, figure, pairs

NAMES = ("lag_effect", "autoregression", "between_slope", "time_slope")


def design(client, session, x, y, first):
    dx, dy = deviations(client, session, x, 0, 1), deviations(client, session, y, 0, 1)
    rows, later = pairs(client, session, dx, dy, y)
    mean = np.array([np.nanmean(x[client == g]) for g in client[rows]])
    return client[rows], session[rows], later, np.column_stack((
        np.ones(len(rows)), dx[rows], dy[rows], mean, np.log(2 + session[rows] - first)))


def fit(groups, time, y, X, structure, **how):
    model = sm.GEE(y, X, groups=groups, time=time, cov_struct=structure,
                   family=sm.families.Gaussian(), **how)
    return model.fit(maxiter=2000, ctol=1e-13, cov_type="bias_reduced")


class Impossible(Exception):
    """The moments give a correlation that no rows have."""


class Sessions(sm.cov_struct.CovStruct):
    """Rows that are k sessions apart correlate r^k."""

    def initialize(self, model):
        super().initialize(model)
        self.dep_params = 0.

    def update(self, params):
        model, cross, count, squares, rows = self.model, 0., 0, 0., 0
        for (mean, _), y, time in zip(model.cached_means, model.endog_li, model.time_li):
            e, t = y - mean, time[:, 0]
            next_ = np.diff(t) == 1
            cross += (e[1:] * e[:-1])[next_].sum()
            count += next_.sum()
            squares += e @ e
            rows += len(e)
        p = model.exog.shape[1]
        self.dep_params = cross / (count - p) / (squares / (rows - p))

    def covariance_matrix(self, expval, index):
        t = self.model.time_li[index][:, 0]
        if abs(self.dep_params) >= 1:
            raise Impossible
        return self.dep_params ** np.abs(t[:, None] - t), True


def equations(client, session, x, y, direction):
    groups, time, later, X = design(client, session, x, y, session.min())
    G, n, found = len(set(groups)), len(later), {}
    for part, structure in (("lagged_independent", sm.cov_struct.Independence()),
                            ("lagged_exchangeable", sm.cov_struct.Exchangeable()),
                            ("lagged_ar1", Sessions())):
        try:
            result = fit(groups, time, later, X, structure)
        except Impossible:
            for name in (*NAMES, "working_r"):
                found[part, direction, name] = {"n": n, "clients": G,
                                                "reason": "no such model of these scores"}
            continue
        for k, name in enumerate(NAMES, 1):
            found[part, direction, name] = figure(result.params[k], result.bse[k], G - 1, n, G)
        if part != "lagged_independent":
            found[part, direction, "working_r"] = figure(structure.dep_params, n=n, clients=G)
    return found


def main():
    warnings.simplefilter("ignore")
    made = json.loads((Path(__file__).parent / "made.json").read_text(encoding="utf-8"))
    out = {"source": "equations.py", "python": sys.version.split()[0], "numpy": np.__version__,
           "scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "caseloads": {}}
    for caseload in made["caseloads"]:
        client, session, x, y = columns(caseload["clients"])[:4]
        found = equations(client, session, x, y, "alliance_to_outcome")
        found |= equations(client, session, y, x, "outcome_to_alliance")
        out["caseloads"][caseload["name"]] = {" ".join(k): v for k, v in found.items()}
    json.dump(out, sys.stdout, indent=None, separators=(",", ":"), default=lambda v: v.item())
    print()


if __name__ == "__main__":
    main()
