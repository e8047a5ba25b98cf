#!/usr/bin/env python3
"""Psychometrics of forms of our own: what this library finds, beside numpy's and scipy's figures.

SPDX-License-Identifier: MIT

    made.py PROGRAM MADE.json   estimates the vectors with tests/golden/psychometrics/estimate.c
    made.py --write             writes made.json: answers and courses are drawn here from fixed
                                seeds, and every figure is worked from its definition with numpy's
                                covariances, eigenvectors and scipy's minimiser
"""
import json
import math
import sys
from pathlib import Path

from estimating import ask, courses_case, items_case, near

HERE = Path(__file__).parent
TOLERANCE = {"within_var": 1e-6, "between_var": 1e-6, "within_sd": 1e-6, "icc": 1e-6,
             "omega": 1e-8, "loading": 1e-8}  # of max(1, |figure|); the others: 1e-10


def draw_items(seed, n, loadings, missing=0.0, spoil=None):
    """Answers 0 to 4 that one factor makes, some of them not given, one item spoilt."""
    import numpy as np
    rng = np.random.default_rng(seed)
    load = np.array(loadings)
    x = np.outer(rng.normal(size=n), load) + rng.normal(size=(n, load.size)) * np.sqrt(1 - load**2)
    x = np.clip(np.round(2 + 1.3 * x), 0, 4)
    x[rng.random(x.shape) < missing] = np.nan
    if spoil is not None:
        x[:, spoil[0]] = spoil[1]
    return [[None if math.isnan(v) else v for v in row] for row in x.tolist()]


def alpha(c):
    k = len(c)
    return k / (k - 1) * (1 - c.trace() / c.sum()) if k > 1 else math.nan


def pairwise(x):
    """Covariances and correlations of the forms that answer both."""
    import numpy as np
    p = x.shape[1]
    c, r = np.zeros((p, p)), np.eye(p)
    for i in range(p):
        for j in range(p):
            both = ~np.isnan(x[:, i]) & ~np.isnan(x[:, j])
            pair = np.cov(x[both, i], x[both, j])
            c[i, j] = pair[0, 1]
            r[i, j] = pair[0, 1] / math.sqrt(pair[0, 0] * pair[1, 1])
    return c, r


def one_factor(r):
    import numpy as np
    h = np.full(len(r), .5)
    while True:
        a = r.copy()
        np.fill_diagonal(a, h)
        values, vectors = np.linalg.eigh(a)
        new = np.minimum(1, values[-1] * vectors[:, -1]**2)
        if abs(new - h).max() < 1e-13:
            loadings = np.sign(vectors[:, -1]) * np.sqrt(new)
            return loadings * (1 if loadings.sum() >= 0 else -1)
        h = new


def items_oracle(forms):
    import numpy as np
    x = np.array([[math.nan if a is None else a for a in form] for form in forms], dtype=float)
    answered = ~np.isnan(x)
    used = [i for i in range(x.shape[1])
            if answered[:, i].sum() > 2 and np.nanstd(x[:, i]) > 0]
    u = x[:, used]
    c, r = pairwise(u)
    loadings = one_factor(r)
    signs = np.where(loadings < 0, -1, 1)
    out = {"n_items": x.shape[1], "n_used": len(used), "turned": int((loadings < 0).sum()),
           "n_forms": int(answered.any(1).sum()), "n_complete": int(answered.all(1).sum()),
           "alpha": alpha(c),
           "omega": 1 - (1 - loadings**2).sum() / (r * np.outer(signs, signs)).sum()}
    known = ~np.isnan(u)
    out["n_pair"] = int(min((known[:, i] & known[:, j]).sum()
                            for i in range(len(used)) for j in range(i)))
    means = np.full(len(u), math.nan)
    means[known.any(1)] = np.nanmean(u[known.any(1)], axis=1)
    for place, item in enumerate(used):
        rest = np.delete(c, place, 0)
        whole = np.delete(rest, place, 1)
        has = known[:, place]
        out[f"{item + 1}.n"] = int(has.sum())
        out[f"{item + 1}.mean"] = u[has, place].mean()
        out[f"{item + 1}.sd"] = u[has, place].std(ddof=1)
        out[f"{item + 1}.r_total"] = np.corrcoef(u[has, place], means[has])[0, 1]
        out[f"{item + 1}.r_rest"] = rest[:, place].sum() / math.sqrt(c[place, place] * whole.sum())
        out[f"{item + 1}.alpha_dropped"] = alpha(whole)
        out[f"{item + 1}.loading"] = loadings[place]
    for item in set(range(x.shape[1])) - set(used):
        out |= {f"{item + 1}.{name}": None
                for name in ("r_total", "r_rest", "alpha_dropped", "loading")}
    return {name: value if value is None or isinstance(value, int) else float(value)
            for name, value in out.items()}


def draw_courses(seed, clients, missing):
    """Rows of (session, day, score), the day not always known, the score not always given."""
    import numpy as np
    rng = np.random.default_rng(seed)
    courses = []
    for _ in range(clients):
        level, day, rows = 20 + 5 * rng.normal(), 18000.0 + int(rng.integers(100)), []
        for session in range(1, 2 + int(rng.integers(9))):
            score = round(level - .4 * session + 2 * rng.normal(), 1)
            rows.append((session, None if rng.random() < missing else day,
                         None if rng.random() < missing else score))
            day += 5.0 + int(rng.integers(6))
        courses.append(rows)
    return courses


def reml(groups):
    """Variances within and between of a random intercept, by their restricted likelihood."""
    import numpy as np
    from scipy.optimize import minimize_scalar
    n, means = np.array([len(g) for g in groups]), np.array([g.mean() for g in groups])
    within, total = sum(((g - g.mean())**2).sum() for g in groups), n.sum()

    def parts(ratio):
        w = n / (1 + n * ratio)
        b = (w * means).sum() / w.sum()
        return w, within + (w * (means - b)**2).sum()

    def deviance(ratio):
        w, rss = parts(ratio)
        return (total - 1) * math.log(rss) + np.log(1 + n * ratio).sum() + math.log(w.sum())

    best = minimize_scalar(deviance, bounds=(0, 100), method="bounded", options={"xatol": 1e-12})
    s2 = parts(best.x)[1] / (total - 1)
    return s2, s2 * best.x


def courses_oracle(courses, reliability):
    import numpy as np
    known = [[row for row in course if row[2] is not None] for course in courses]
    known = [course for course in known if course]
    many = [course for course in known if len(course) > 1]
    groups = [np.array([row[2] for row in course]) for course in known]
    first = np.array([g[0] for g in groups])
    change = np.array([c[-1][2] - c[0][2] for c in many])
    steps = np.concatenate([np.diff(g) for g in groups])
    days = [c[1][1] - c[0][1] for c in many if None not in (c[0][1], c[1][1])]
    n, everything = sum(map(len, groups)), np.concatenate(groups)
    s2, tau = reml(groups)
    out = {"n_clients": len(known), "n_scores": n, "n_repeated": len(many),
           "mean": first.mean(), "sd": first.std(ddof=1),
           "sem": first.std(ddof=1) * math.sqrt(1 - reliability),
           "change_mean": change.mean(), "change_sd": change.std(ddof=1),
           "step_sd": steps.std(ddof=1),
           "retest_r": np.corrcoef([c[0][2] for c in many], [c[1][2] for c in many])[0, 1],
           "retest_sessions": np.median([c[1][0] - c[0][0] for c in many]),
           "retest_days": np.median(days), "within_var": s2, "between_var": tau,
           "within_sd": math.sqrt(s2), "icc": tau / (tau + s2),
           "ms_between": sum(len(g) * (g.mean() - everything.mean())**2 for g in groups)
           / (len(groups) - 1),
           "ms_within": sum(((g - g.mean())**2).sum() for g in groups) / (n - len(groups))}
    return {name: value if isinstance(value, int) else float(value) for name, value in out.items()}


def write():
    import numpy
    import scipy
    source = (f"made.py beside this file, Python {sys.version.split()[0]}, "
              f"numpy {numpy.__version__}, scipy {scipy.__version__}")
    items = [("five items, all answered", draw_items(1, 40, [.8, .7, .6, .5, .7])),
             ("six items, a tenth not answered", draw_items(2, 60, [.8, .7, .6, .5, .7, .4], .1)),
             ("one item keyed the wrong way", draw_items(3, 50, [.8, .7, -.7, .6])),
             ("one item that all answer alike, some not",
              draw_items(4, 40, [.7, .7, .7, .7, .6], .05, (2, 3.0))),
             ("one item that nobody answers",
              draw_items(5, 40, [.7, .7, .7, .7], .02, (1, math.nan))),
             ("items that have nothing in common", draw_items(6, 30, [.02, .01, .03, .02]))]
    courses = [("courses of one to nine forms", draw_courses(7, 25, 0), .85),
               ("forms and days left out", draw_courses(8, 40, .2), .7)]
    vectors = [{"name": name, "tier": "oracle", "source": source, "forms": forms,
                "expected": items_oracle(forms)} for name, forms in items]
    vectors += [{"name": name, "tier": "oracle", "source": source, "courses": given,
                 "reliability": r, "expected": courses_oracle(given, r)}
                for name, given, r in courses]
    text = ",\n".join(" " + json.dumps(vector) for vector in vectors)
    (HERE / "made.json").write_text(f"[\n{text}\n]\n", encoding="utf-8")


def case_of(vector):
    if "forms" in vector:
        return items_case(vector["forms"])
    return courses_case(vector["courses"], vector["reliability"])


def main(program, path):
    vectors = json.loads(Path(path).read_text(encoding="utf-8"))
    complaints, n = [], 0
    for vector, figures in zip(vectors, ask(program, map(case_of, vectors)), strict=True):
        for name, want in vector["expected"].items():
            n += 1
            want = math.nan if want is None else want
            tolerance = TOLERANCE.get(name.split(".")[-1], 1e-10)
            if not near(figures[name], want, tolerance):
                complaints.append(f"{vector['name']}: {name} is {figures[name]!r}, not {want!r}")
    print(f"{n} figures of {len(vectors)} vectors")
    print("\n".join(complaints))
    return 1 if complaints or n < 150 else 0


if __name__ == "__main__":
    sys.exit(write() if sys.argv[1:] == ["--write"] else main(*sys.argv[1:]))
