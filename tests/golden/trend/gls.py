"""Prais-Winsten with the whole correlation matrix rho^|gap| inverted.

SPDX-License-Identifier: MIT
"""
import math

import numpy


def prais_winsten(x, y):
    """Generalised least squares under corr = rho^|steps between|, rho from its own residuals.

    None: rho leaves -1..1, or does not settle.
    """
    x, y = numpy.asarray(x, dtype=float), numpy.asarray(y, dtype=float)
    gaps = numpy.diff(x)
    usual = sorted(gaps)[(len(gaps) - 1) // 2]
    steps = numpy.maximum(1, numpy.round(gaps / usual))
    place = numpy.concatenate([[0], numpy.cumsum(steps)])
    design = numpy.column_stack([numpy.ones_like(x), x - x[0]])
    rho, before, rounds = 0.0, 1.0, 0
    while abs(rho - before) > 1e-13:
        rounds += 1
        if abs(rho) >= 1 or rounds > 5000:
            return None
        inverse = numpy.linalg.inv(rho ** numpy.abs(place[:, None] - place[None, :]))
        normal = design.T @ inverse @ design
        beta = numpy.linalg.solve(normal, design.T @ inverse @ y)
        e = y - design @ beta
        next_to = steps == 1
        before, rho = rho, float(numpy.sum((e[1:] * e[:-1])[next_to])
                                 / numpy.sum((e[:-1] ** 2)[next_to]))
    se = math.sqrt(e @ inverse @ e / (len(x) - 2) * numpy.linalg.inv(normal)[1, 1])
    return {"pw_slope": beta[1], "pw_slope_se": se}
