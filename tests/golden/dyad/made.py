#!/usr/bin/env python3
"""The committed vectors of two raters: dyads, caseloads and response surfaces.

SPDX-License-Identifier: MIT

    made.py PROGRAM      fits the vectors of made.json with tests/golden/dyad/fit.c and compares
    made.py --write      writes made.json: ratings from generators of fixed seed, figures by
                         numpy and scipy from the definitions in attune/dyad.h, in other ways than
                         the library's: the mixed model by maximising the restricted likelihood of
                         whole covariance matrices, cluster-robust errors by matrices, the error
                         of congruence and of the terms by complex steps; needs numpy and scipy
"""
import json
import math
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
DYAD = ("dyads n client_mean therapist_mean bias bias_se bias_low bias_high congruence "
        "congruence_low congruence_high truth_force truth_force_se truth_force_low "
        "truth_force_high bias_sd truth_force_sd bias_truth_force_r residual_sd model").split()
TERMS = "b0 b1 b2 b3 b4 b5 a1 a2 a3 a4 a5 x0 y0".split()
TERM = "value se t p low high".split()
SURFACE = ["n", "centre", "r2", "residual_sd", *(f"{t}.{f}" for t in TERMS for f in TERM)]
OWN, MIXED, ROBUST = 0, 1, 2


def pairs(group):
    import numpy as np
    rows = np.array([[math.nan if v is None else v for v in row] for row in group], float)
    return rows[~np.isnan(rows).any(axis=1)]


def quantile(nu):
    """The .975 quantile of Student's t; scipy's own is good to ten digits, a Newton step adds."""
    from scipy import stats
    q = stats.t.ppf(.975, nu)
    for _ in range(2):
        q -= (stats.t.cdf(q, nu) - .975) / stats.t.pdf(q, nu)
    return float(q)


def own(group):
    """One dyad, by scipy."""
    import numpy as np
    from scipy import stats
    c, t = pairs(group).T
    n = len(c)
    line = stats.linregress(c, t)
    d = t - c
    se = stats.sem(d)
    q1, q2 = quantile(n - 1), quantile(n - 2)
    r = float(np.corrcoef(c, t)[0, 1])
    z, half = np.arctanh(r), stats.norm.ppf(.975) / math.sqrt(n - 3)
    e = t - line.intercept - line.slope * c
    return {"dyads": 1, "n": n, "client_mean": c.mean(), "therapist_mean": t.mean(),
            "bias": d.mean(), "bias_se": se, "bias_low": d.mean() - q1 * se,
            "bias_high": d.mean() + q1 * se, "congruence": r,
            "congruence_low": np.tanh(z - half), "congruence_high": np.tanh(z + half),
            "truth_force": line.slope, "truth_force_se": line.stderr,
            "truth_force_low": line.slope - q2 * line.stderr,
            "truth_force_high": line.slope + q2 * line.stderr,
            "residual_sd": math.sqrt(e @ e / (n - 2)), "model": OWN}


def restricted(theta, groups):
    """-2 restricted log-likelihood of relative factor theta, whole matrices, and what it gives."""
    import numpy as np
    lower = np.array([[theta[0], 0], [theta[1], theta[2]]])
    xx, xy, yy, log_det, n = np.zeros((2, 2)), np.zeros(2), 0., 0., 0
    for x, y in groups:
        z = np.column_stack([np.ones(len(x)), x])
        v = np.eye(len(x)) + z @ lower @ lower.T @ z.T
        w = np.linalg.inv(v)
        xx += z.T @ w @ z
        xy += z.T @ w @ y
        yy += y @ w @ y
        log_det += np.linalg.slogdet(v)[1]
        n += len(x)
    b = np.linalg.solve(xx, xy)
    s2 = (yy - xy @ b) / (n - 2)
    value = log_det + np.linalg.slogdet(xx)[1] + (n - 2) * math.log(s2)
    return value, b, s2 * np.linalg.inv(xx), s2 * lower @ lower.T, s2


def mixed(groups):
    from scipy import optimize
    best = None
    for start in ((1, 0, 1), (.5, .2, .5), (2, -.5, .3)):
        found = optimize.minimize(lambda th: restricted(th, groups)[0], start,
                                  method="Nelder-Mead",
                                  options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 20000,
                                           "maxfev": 20000})
        if best is None or found.fun < best.fun:
            best = found
    _, b, cov, d, s2 = restricted(best.x, groups)
    return {"truth_force": b[1], "bias": b[0], "bias_se": math.sqrt(cov[0, 0]),
            "truth_force_se": math.sqrt(cov[1, 1]), "bias_sd": math.sqrt(d[0, 0]),
            "truth_force_sd": math.sqrt(d[1, 1]),
            "bias_truth_force_r": d[0, 1] / math.sqrt(d[0, 0] * d[1, 1]),
            "residual_sd": math.sqrt(s2), "model": MIXED}


def robust(groups):
    """Least squares of all rows, with the sandwich of dyads (Stata's small-sample factor)."""
    import numpy as np
    x = np.concatenate([np.column_stack([np.ones(len(c)), c]) for c, _ in groups])
    y = np.concatenate([t for _, t in groups])
    of = np.repeat(np.arange(len(groups)), [len(c) for c, _ in groups])
    b, *_ = np.linalg.lstsq(x, y, rcond=None)
    e, bread = y - x @ b, np.linalg.inv(x.T @ x)
    parts = np.array([x[of == g].T @ e[of == g] for g in range(len(groups))])
    g, n = len(groups), len(y)
    cov = g / (g - 1) * (n - 1) / (n - 2) * bread @ parts.T @ parts @ bread
    return {"bias": b[0], "truth_force": b[1], "bias_se": math.sqrt(cov[0, 0]),
            "truth_force_se": math.sqrt(cov[1, 1]), "model": ROBUST}


def congruence(groups):
    """Correlation within dyads; its error by each dyad's weight, with a complex step."""
    import numpy as np
    parts = np.array([[((c - c.mean()) ** 2).sum(), ((t - t.mean()) ** 2).sum(),
                       ((c - c.mean()) * (t - t.mean())).sum()] for c, t in groups])

    def r_of(weights):
        cc, tt, ct = weights @ parts
        return ct / np.sqrt(cc * tt)

    ones = np.ones(len(parts))
    r = float(r_of(ones))
    moved = [r_of(ones + 1e-30j * unit).imag / 1e-30 for unit in np.eye(len(parts))]
    g = sum(len(c) > 1 for c, _ in groups)
    se = math.sqrt(g / (g - 1) * sum(m * m for m in moved)) / (1 - r * r)
    half = quantile(g - 1) * se
    return {"congruence": r, "congruence_low": math.tanh(math.atanh(r) - half),
            "congruence_high": math.tanh(math.atanh(r) + half)}


def pooled(data, model):
    import numpy as np
    kept = [rows.T for rows in map(pairs, data) if len(rows)]
    centred = [(c - c.mean(), t - c.mean()) for c, t in kept]
    found = {"dyads": len(kept), "n": sum(len(c) for c, _ in kept),
             "client_mean": np.concatenate([c for c, _ in kept]).mean(),
             "therapist_mean": np.concatenate([t for _, t in kept]).mean(),
             **congruence(kept), **model(centred)}
    q = quantile(len(kept) - 1)
    for name in ("bias", "truth_force"):
        found[f"{name}_low"] = found[name] - q * found[f"{name}_se"]
        found[f"{name}_high"] = found[name] + q * found[f"{name}_se"]
    return found


def terms_of(b):
    d = 4 * b[3] * b[5] - b[4] ** 2
    return [*b, b[1] + b[2], b[3] + b[4] + b[5], b[1] - b[2], b[3] - b[4] + b[5], b[3] - b[5],
            (b[2] * b[4] - 2 * b[1] * b[5]) / d, (b[1] * b[4] - 2 * b[2] * b[3]) / d]


def surface(rows, centre):
    import numpy as np
    from scipy import stats
    kept = pairs(rows)
    centre = kept[:, :2].mean() if centre is None else centre
    x, y, z = kept[:, 0] - centre, kept[:, 1] - centre, kept[:, 2]
    design = np.column_stack([np.ones(len(x)), x, y, x * x, x * y, y * y])
    b, *_ = np.linalg.lstsq(design, z, rcond=None)
    e = z - design @ b
    df = len(z) - 6
    cov = e @ e / df * np.linalg.inv(design.T @ design)
    slopes = np.array([np.array(terms_of(b + 1e-30j * unit)).imag / 1e-30
                       for unit in np.eye(6)]).T
    se = np.sqrt(np.einsum("ti,ij,tj->t", slopes, cov, slopes))
    value, q = np.array(terms_of(b)), quantile(df)
    found = {"n": len(z), "centre": centre, "r2": 1 - e @ e / ((z - z.mean()) ** 2).sum(),
             "residual_sd": math.sqrt(e @ e / df)}
    for i, term in enumerate(TERMS):
        t = value[i] / se[i]
        figures = value[i], se[i], t, 2 * stats.t.sf(abs(t), df), value[i] - q * se[i], \
            value[i] + q * se[i]
        found.update({f"{term}.{name}": v for name, v in zip(TERM, figures)})
    return found


def ratings(rng, dyads, longest, missing=.1):
    """Clients' and therapists' ratings of 1 to 7 in steps of .1, some of them missing."""
    for _ in range(dyads):
        n = int(rng.integers(1, longest + 1))
        level, lower, force = rng.normal(5.2, .6), rng.normal(-.4, .4), rng.normal(.5, .35)
        swing = rng.normal(0, .7, n)
        c, t = level + swing, level + lower + force * swing + rng.normal(0, .35, n)
        yield [[None if rng.random() < missing else round(float(min(max(v, 1), 7)), 1)
                for v in row] for row in zip(c, t)]


def plain(found):
    return {name: v if isinstance(v, int) else float(v) for name, v in found.items()}


def write():
    import platform

    import numpy as np
    import scipy
    tool = (f"made.py beside this file, Python {platform.python_version()}, numpy "
            f"{np.__version__}, scipy {scipy.__version__}")
    rng = np.random.default_rng(20261125)
    vectors = []

    def add(name, data, expected, tolerance, **more):
        vectors.append({"name": name, "tier": "oracle", "source": tool, "tolerance": tolerance,
                        "data": data, **more, "expected": plain(expected)})

    singles = [d for d in ratings(rng, 40, 24) if len(pairs(d)) > 4][:12]
    for i, data in enumerate(singles):
        add(f"dyad {i + 1}", [data], own(data), 1e-11)
    for dyads, longest in ((12, 16), (40, 12), (25, 30)):
        data = list(ratings(rng, dyads, longest))
        add(f"{dyads} dyads", data, pooled(data, mixed), 2e-6)
    few = [d[:2] for d in ratings(rng, 20, 6, .05)]
    add("20 dyads of two pairs at most, where no mixed model is", few, pooled(few, robust), 1e-11)
    for n, centre in ((12, None), (60, 5.0), (200, None)):
        x = np.clip(rng.normal(5.3, .8, n), 1, 7).round(2)
        y = np.clip(x - .4 + rng.normal(0, .6, n), 1, 7).round(2)
        z = (9 + 2 * (x - 5) + (y - 5) - .8 * (x - y) ** 2 - .3 * (x - 5) ** 2
             + rng.normal(0, 1.5, n)).round(1)
        rows = [[None if rng.random() < .03 else float(v) for v in row] for row in zip(x, y, z)]
        add(f"surface of {n} rows", rows, surface(rows, centre), 1e-9, centre=centre)
    text = ",\n ".join(json.dumps(v) for v in vectors)
    (HERE / "made.json").write_text(f"[\n {text}\n]\n", encoding="utf-8")


def lines_of(vector):
    """What fit.c reads."""
    surface_wanted = "centre" in vector
    groups = [vector["data"]] if surface_wanted else vector["data"]
    rows = [" ".join("nan" if v is None else repr(v) for v in row) for g in groups for row in g]
    starts = [sum(len(g) for g in groups[:i]) for i in range(len(groups) + 1)]
    centre = vector.get("centre")
    last = ("nan" if centre is None else repr(centre)) if surface_wanted \
        else " ".join(map(str, starts))
    kind = "surface 0" if surface_wanted else f"dyads {len(groups)}"
    return "\n".join([f"{kind} {len(rows)}", *rows, last])


def is_near(got, want, tolerance):
    if math.isnan(want):
        return math.isnan(got)
    return abs(got - want) <= tolerance * max(1, abs(want))


def check(program):
    vectors = json.loads((HERE / "made.json").read_text(encoding="utf-8"))
    answers = subprocess.run([program], input="\n".join(map(lines_of, vectors)), check=True,
                             text=True, capture_output=True).stdout.splitlines()
    compared = 0
    for vector, answer in zip(vectors, answers, strict=True):
        status, *figures = map(float, answer.split())
        names = SURFACE if "centre" in vector else DYAD
        found = dict(zip(names, figures, strict=True))
        if status != 0:
            yield f"{vector['name']}: status {status:g}"
        for name, want in vector["expected"].items():
            compared += 1
            if not is_near(found[name], want, vector["tolerance"]):
                yield f"{vector['name']}: {name} is {found[name]!r}, not {want!r}"
    print(f"{len(vectors)} vectors, {compared} figures")
    if compared < 400:
        yield "too few figures were compared"


def main():
    if sys.argv[1] == "--write":
        write()
        return 0
    complaints = list(check(sys.argv[1]))
    print(*complaints, sep="\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
