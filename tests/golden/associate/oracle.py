# Makes made.json: caseloads drawn here, and their associations by dense matrices and by dummies.
# SPDX-License-Identifier: MIT
#
# Every figure by another way than attune's: client means as dummy columns of least squares, mixed
# models by minimising the deviance of the whole covariance matrix over the relative variance,
# deviations from lines by polyfit, sandwiches of whole matrices, partial correlations as those of
# residuals. usage: /usr/bin/python3 oracle.py > made.json
import json
import math
import random
import sys

import numpy as np
import scipy
from scipy import optimize, stats

SEED = 20261125
Z = stats.norm.ppf(0.975)


def draw(seed, clients, sessions, technique):
    """Forms with gaps: missing scores, skipped sessions, clients of one form."""
    dice = random.Random(seed)
    made = []
    for g in range(clients):
        level, sick, skill = dice.gauss(5, .8), dice.gauss(22, 5), dice.gauss(3, .6)
        sick -= 2.5 * (level - 5)
        rows, state = [], 0.0
        for session in range(1, 2 + (0 if g == 3 else dice.randrange(3, sessions))):
            state = .4 * state + dice.gauss(0, .5)
            x = level + state
            y = sick - .6 * session - 1.5 * state + dice.gauss(0, 2.5)
            a = skill + .2 * (level - 5) + dice.gauss(0, .7)
            if dice.random() < .08:
                continue
            x, y, a = (None if dice.random() < .1 else round(v, 2) for v in (x, y, a))
            rows.append([session, x, y, a] if technique else [session, x, y])
        if rows:
            made.append(rows)
    return made


def figure(estimate, se=None, df=None, n=None, clients=None, **more):
    found = {"estimate": estimate, "n": n, "clients": clients, **more}
    if se is not None:
        half = se * (Z if df is None else stats.t.ppf(0.975, df))
        t = abs(estimate / se)
        found.update(se=se, low=estimate - half, high=estimate + half,
                     p=2 * (stats.norm.sf(t) if df is None else stats.t.sf(t, df)))
        if df is not None:
            found["df"] = df
    return {key: value for key, value in found.items() if value is not None}


def correlation(r, cases, controls=0, n=None, clients=None):
    free = cases - controls
    half = Z / math.sqrt(free - 3)
    t = r * math.sqrt((free - 2) / (1 - r * r))
    return {"estimate": r, "low": math.tanh(math.atanh(r) - half),
            "high": math.tanh(math.atanh(r) + half), "df": free - 2,
            "p": 2 * stats.t.sf(abs(t), free - 2), "n": n, "clients": clients}


def columns(rows):
    """client, session, x, y, technique of every row, NaN where there is none."""
    return np.array([[g, *(math.nan if v is None else v for v in row)]
                     for g, client in enumerate(rows) for row in client], float).T


def dummies(client):
    return (client[:, None] == np.unique(client)[None, :]).astype(float)


def residuals(y, X):
    return y - X @ np.linalg.lstsq(X, y, rcond=None)[0]


class Mixed:
    """y on X with a random intercept of clients: the deviance of the whole matrix, minimised."""

    def __init__(self, client, y, X, reml):
        self.X, self.y, self.Z, self.reml = X, y, dummies(client), reml
        self.n, self.p, self.clients = len(y), X.shape[1], self.Z.shape[1]
        best = optimize.minimize_scalar(lambda log: self.deviance(math.exp(log)), bounds=(-9, 9),
                                        method="bounded").x
        # values alone tell a minimum to 1e-8; where the derivative vanishes tells it to rounding
        self.ratio = 0.0  # on the border, when the deviance rises from there on
        if self.slope(1e-4) < 0:
            self.ratio = math.exp(optimize.brentq(lambda log: self.slope(math.exp(log)), best - .1,
                                                  best + .1, xtol=1e-15, rtol=1e-15))
        self.loglik = -self.deviance(self.ratio) / 2
        self.s2 = self.ssr / self.df
        self.tau, self.cov = self.ratio * self.s2, self.s2 * np.linalg.inv(self.A)

    def deviance(self, ratio):
        V = np.eye(self.n) + ratio * self.Z @ self.Z.T
        self.Vi = np.linalg.inv(V)
        self.A = self.X.T @ self.Vi @ self.X
        self.b = np.linalg.solve(self.A, self.X.T @ self.Vi @ self.y)
        e = self.y - self.X @ self.b
        self.ssr = e @ self.Vi @ e
        self.df = self.n - (self.p if self.reml else 0)
        f = np.linalg.slogdet(V)[1] + self.df * (1 + math.log(2 * math.pi * self.ssr / self.df))
        return f + (np.linalg.slogdet(self.A)[1] if self.reml else 0)

    def slope(self, ratio):
        """The derivative of the deviance by the ratio, in closed form."""
        self.deviance(ratio)
        e = self.Vi @ (self.y - self.X @ self.b)
        K, VX = self.Z @ self.Z.T, self.Vi @ self.X
        d = np.trace(self.Vi @ K) - self.df * (e @ K @ e) / self.ssr
        return d - (np.trace(np.linalg.solve(self.A, VX.T @ K @ VX)) if self.reml else 0)

    def figure(self, weights, scale=1):
        w = np.zeros(self.p)
        w[list(weights)] = list(weights.values())
        return figure(w @ self.b * scale, math.sqrt(w @ self.cov @ w) * scale, n=self.n,
                      clients=self.clients)

    def amount(self, value):
        return figure(value, n=self.n, clients=self.clients)


def levels(client, session, x, y, reml):
    keep = ~np.isnan(x + y)
    client, session, x, y = client[keep], session[keep], x[keep], y[keep]
    D, n = dummies(client), len(x)
    k, size = D.shape[1], D.sum(0)
    mx, my = D.T @ x / size, D.T @ y / size
    found = {}
    ex, ey = residuals(x, D), residuals(y, D)
    found["levels", "", "r_total"] = figure(np.corrcoef(x, y)[0, 1], n=n, clients=k)
    found["levels", "", "r_within"] = correlation(ex @ ey / math.sqrt(ex @ ex * (ey @ ey)),
                                                  n - k + 1, n=n, clients=k)
    found["levels", "", "r_between"] = correlation(np.corrcoef(mx, my)[0, 1], k, n=n, clients=k)
    c = np.cov(mx, my, fweights=size.astype(int))
    found["levels", "", "r_between_weighted"] = figure(c[0, 1] / math.sqrt(c[0, 0] * c[1, 1]), n=n,
                                                       clients=k)
    one = np.ones(n)
    time = np.log(1 + session - FIRST)
    for part, X in (("levels", (one, x - D @ mx, D @ mx)),
                    ("levels_time", (one, x - D @ mx, D @ mx, time))):
        m = Mixed(client, y, np.column_stack(X), reml)
        found[part, "", "within_slope"] = m.figure({1: 1})
        found[part, "", "between_slope"] = m.figure({2: 1})
        found[part, "", "context_slope"] = m.figure({2: 1, 1: -1})
        if part == "levels_time":
            found[part, "", "time_slope"] = m.figure({3: 1})
        found[part, "", "between_variance"] = m.amount(m.tau)
        found[part, "", "within_variance"] = m.amount(m.s2)
        found[part, "", "log_likelihood"] = m.amount(m.loglik)
    for name, v in (("icc_outcome", y), ("icc_alliance", x)):
        m = Mixed(client, v, one[:, None], 1)
        found["levels", "", name] = m.amount(m.tau / (m.tau + m.s2))
    found["levels", "", "reliability_alliance"] = m.amount(
        float(np.mean(m.tau / (m.tau + m.s2 / size))))
    latent = D @ (m.b[0] + m.ratio * m.Z.T @ m.Vi @ (x - m.b[0]))
    m = Mixed(client, y, np.column_stack((one, x - latent, latent)), reml)
    found["levels", "", "latent_within_slope"] = m.figure({1: 1})
    found["levels", "", "latent_between_slope"] = m.figure({2: 1})
    found["levels", "", "latent_context_slope"] = m.figure({2: 1, 1: -1})
    return found


def deviations(client, session, v, degree, least):
    out = np.full(len(v), np.nan)
    for g in np.unique(client):
        rows = np.flatnonzero((client == g) & ~np.isnan(v))
        if len(rows) >= least:
            line = np.polyfit(session[rows] - session[rows].mean(), v[rows], degree)
            out[rows] = v[rows] - np.polyval(line, session[rows] - session[rows].mean())
    return out


def pairs(client, session, dx, dy, later):
    """Rows whose next row is the same client's next session, and that next row's score."""
    found = [i for i in range(len(dx) - 1)
             if client[i] == client[i + 1] and session[i + 1] == session[i] + 1
             and not np.isnan(dx[i] + dy[i] + later[i + 1])]
    return np.array(found), later[np.array(found) + 1]


def robust(client, y, X):
    b = np.linalg.lstsq(X, y, rcond=None)[0]
    e, bread = y - X @ b, np.linalg.inv(X.T @ X)
    D = dummies(client)
    scores = D.T @ (X * e[:, None])
    G, n, p = D.shape[1], *X.shape
    return b, bread @ (scores.T @ scores) @ bread * G / (G - 1) * (n - 1) / (n - p), n, G


def lagged(client, session, x, y, reml, direction):
    found = {}
    for part, degree, least in (("lagged", 0, 3), ("lagged_detrended", 1, 4)):
        dx = deviations(client, session, x, degree, least)
        dy = deviations(client, session, y, degree, least)
        rows, later = pairs(client, session, dx, dy, dy)
        b, cov, n, G = robust(client[rows], later,
                              np.column_stack((np.ones(len(rows)), dx[rows], dy[rows])))
        se, sd = np.sqrt(np.diag(cov)), np.std(dx[rows]) / np.std(later)
        found[part, direction, "lag_effect"] = figure(b[1], se[1], G - 1, n, G)
        found[part, direction, "lag_effect_sd"] = figure(b[1] * sd, se[1] * sd, G - 1, n, G)
        found[part, direction, "autoregression"] = figure(b[2], se[2], G - 1, n, G)
        found[part, direction, "nickell_bias"] = figure(-(1 + b[2]) / (n / G - 1), n=n, clients=G)
    dx, dy = deviations(client, session, x, 0, 1), deviations(client, session, y, 0, 1)
    rows, later = pairs(client, session, dx, dy, y)
    mean = np.array([np.nanmean(x[client == g]) for g in client[rows]])
    m = Mixed(client[rows], later, np.column_stack((np.ones(len(rows)), dx[rows], dy[rows], mean,
                                                    np.log(2 + session[rows] - FIRST))), reml)
    for i, name in enumerate(("lag_effect", "autoregression", "between_slope", "time_slope"), 1):
        found["lagged_model", direction, name] = m.figure({i: 1})
    return found


def overlap(jk, jh, kh, n):
    """Facts as printed in the papers; see attune/correlation.h for which."""
    det = np.linalg.det([[1, jk, jh], [jk, 1, kh], [jh, kh, 1]])
    mean, zjk, zjh = (jk + jh) / 2, math.atanh(jk), math.atanh(jh)
    t = (jk - jh) * math.sqrt((n - 1) * (1 + kh)
                              / (2 * (n - 1) / (n - 3) * det + mean ** 2 * (1 - kh) ** 3))
    z = math.sqrt(n - 3) * (zjk - zjh)

    def pooled(r):
        return (kh * (1 - 2 * r ** 2) - r ** 2 / 2 * (1 - 2 * r ** 2 - kh ** 2)) / (1 - r ** 2) ** 2

    squares = (jk ** 2 + jh ** 2) / 2
    f = min(1, (1 - kh) / (2 * (1 - squares)))
    meng = math.sqrt(2 * (1 - kh) * (1 - f * squares) / (1 - squares) / (n - 3))
    c = (((kh - jk * jh / 2) * (1 - jk ** 2 - jh ** 2 - kh ** 2) + kh ** 3)
         / ((1 - jk ** 2) * (1 - jh ** 2)))
    l1, u1 = (math.tanh(zjk + s * Z / math.sqrt(n - 3)) for s in (-1, 1))
    l2, u2 = (math.tanh(zjh + s * Z / math.sqrt(n - 3)) for s in (-1, 1))
    low = jk - jh - math.sqrt((jk - l1) ** 2 + (u2 - jh) ** 2 - 2 * c * (jk - l1) * (u2 - jh))
    high = jk - jh + math.sqrt((u1 - jk) ** 2 + (jh - l2) ** 2 - 2 * c * (u1 - jk) * (jh - l2))
    found = {"difference": {"estimate": jk - jh, "low": low, "high": high},
             "z_difference": {"estimate": zjk - zjh, "low": zjk - zjh - Z * meng,
                              "high": zjk - zjh + Z * meng},
             "williams_t": {"estimate": t, "df": n - 3, "p": 2 * stats.t.sf(abs(t), n - 3)}}
    for name, value in (("steiger_z", z / math.sqrt(2 - 2 * pooled(mean))),
                        ("meng_z", (zjk - zjh) / meng), ("dunn_clark_z", z / math.sqrt(2 - 2 * c)),
                        ("hittner_z", z / math.sqrt(2 - 2 * pooled(math.tanh((zjk + zjh) / 2))))):
        found[name] = {"estimate": value, "p": 2 * stats.norm.sf(abs(value))}
    return found


def people(rows, early):
    """Early means, first and last outcome of each client, and how many early alliance forms."""
    made = []
    for client in rows:
        ends = [(row[0], row[2]) for row in client if row[2] is not None]
        later = len(ends) > 1 and ends[-1][0] > early
        means = []
        for place in range(1, len(client[0])):
            if place != 2:
                values = [row[place] for row in client if row[0] <= early
                          and row[place] is not None]
                means.append((np.mean(values) if values else math.nan, len(values)))
        made.append([means[0][0], ends[0][1] if later else math.nan,
                     ends[-1][1] if later else math.nan, means[0][1],
                     means[1][0] if len(means) > 1 else 0.0])
    return np.array(made).T


def early_part(rows, early, client, session, x):
    e, first, last, forms, technique = people(rows, early)
    keep = ~np.isnan(e + first)
    n = int(keep.sum())
    found = {("early", "", "early_forms"): figure(float(forms[keep].mean()), n=n, clients=n)}
    soon = (session <= early) & ~np.isnan(x)
    m = Mixed(client[soon], x[soon], np.ones((int(soon.sum()), 1)), 1)
    single, k = m.tau / (m.tau + m.s2), float(forms[keep].mean())
    found["early", "", "dependability_session"] = m.amount(single)
    found["early", "", "dependability_early"] = m.amount(k * single / (1 + (k - 1) * single))
    r = stats.pearsonr(e[keep], (last - first)[keep])[0]
    found["early", "", "r_change"] = correlation(r, n, n=n, clients=n)
    found["early", "", "d_change"] = figure(2 * r / math.sqrt(1 - r * r), n=n, clients=n)
    F = np.column_stack((np.ones(n), first[keep]))
    r = stats.pearsonr(residuals(e[keep], F), residuals(last[keep], F))[0]
    found["early", "", "r_adjusted"] = correlation(r, n, 1, n=n, clients=n)
    if len(rows[0][0]) < 4:
        return found
    keep &= ~np.isnan(technique)
    n = int(keep.sum())
    for part, controls in (("against", 0), ("against_adjusted", 1)):
        a, o, t = e[keep], (last - (0 if controls else first))[keep], technique[keep]
        if controls:
            F = np.column_stack((np.ones(n), first[keep]))
            a, o, t = (residuals(v, F) for v in (a, o, t))
        r = np.corrcoef((a, -o, t))  # less distress is better
        for name, value in (("r_alliance", r[0, 1]), ("r_against", r[2, 1]),
                            ("r_measures", r[0, 2])):
            found[part, "", name] = correlation(value, n, controls, n=n, clients=n)
        for name, value in overlap(r[0, 1], r[2, 1], r[0, 2], n - controls).items():
            found[part, "", name] = {**value, "n": n, "clients": n}
    return found


def associate(rows, reml, early):
    global FIRST
    client, session, x, y = columns(rows)[:4]
    FIRST = session.min()
    found = levels(client, session, x, y, reml)
    found |= lagged(client, session, x, y, reml, "alliance_to_outcome")
    found |= lagged(client, session, y, x, reml, "outcome_to_alliance")
    return found | early_part(rows, early, client, session, x)


def main():
    made = {"source": "oracle.py", "python": sys.version.split()[0], "numpy": np.__version__,
            "scipy": scipy.__version__, "seed": SEED, "caseloads": []}
    for name, clients, sessions, technique, reml, early in (
            ("gaps", 18, 9, True, 1, 3), ("short", 12, 6, False, 0, 2),
            ("long", 14, 16, True, 0, 5)):
        rows = draw(f"{SEED} {name}", clients, sessions, technique)
        figures = {" ".join(key): value for key, value in associate(rows, reml, early).items()}
        made["caseloads"].append({"name": name, "reml": reml, "early": early, "clients": rows,
                                  "expected": figures})
    json.dump(made, sys.stdout, indent=None, separators=(",", ":"),
              default=lambda v: v.item())
    print()


if __name__ == "__main__":
    main()
