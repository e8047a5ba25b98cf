# An own restricted likelihood, dense and slow, that says where the maximum of lmer's model lies.
# SPDX-License-Identifier: MIT
import math

import numpy as np

STEP = 2e-3  # of the differences that make derivatives, of fourth order for the gradient


class Caseload:
    """y = b0 + b1 x + u0 + u1 x + e; courses are lists of (x, y). One V a client, inverted."""

    def __init__(self, courses):
        self.clients = [(np.array([[1.0, x] for x, _ in rows]), np.array([y for _, y in rows]))
                        for rows in courses]
        self.n = sum(len(y) for _, y in self.clients)

    def at(self, theta):
        """-2 restricted log likelihood, the residual variance profiled out, and what follows."""
        factor = np.array([[theta[0], 0], [theta[1], theta[2]]])
        xx, xy, yy, determinant, kept = np.zeros((2, 2)), np.zeros(2), 0.0, 0.0, []
        for z, y in self.clients:
            v = np.eye(len(y)) + z @ factor @ factor.T @ z.T
            solved = np.linalg.solve(v, np.column_stack([z, y]))
            xx += z.T @ solved[:, :2]
            xy += z.T @ solved[:, 2]
            yy += y @ solved[:, 2]
            determinant += np.linalg.slogdet(v)[1]
            kept.append(v)
        b = np.linalg.solve(xx, xy)
        free = self.n - 2
        left = (yy - b @ xy) / free
        deviance = determinant + np.linalg.slogdet(xx)[1] + free * math.log(left)
        return deviance, factor, b, left, kept

    def maximum(self):
        """Newton's steps on differences, halved until they do not lose; a hundred at most."""
        theta = np.array([1.0, 0.0, 0.3])
        for _ in range(100):
            gradient, curvature = self.derivatives(theta)
            values, vectors = np.linalg.eigh(curvature)
            step = -vectors @ (vectors.T @ gradient / np.maximum(np.abs(values), 1e-3))
            here, share = self.at(theta)[0], 1.0
            while self.at(theta + share * step)[0] > here and share > 1e-6:
                share /= 2
            theta = theta + share * step
            if np.abs(share * step).max() < 1e-9:
                break
        return theta

    def derivatives(self, theta):
        side = np.eye(3) * STEP
        f = lambda t: self.at(t)[0]
        gradient = np.array([(8 * (f(theta + s) - f(theta - s)) - f(theta + 2 * s) +
                              f(theta - 2 * s)) / (12 * STEP) for s in side])
        curvature = np.array([[(f(theta + s + t) - f(theta + s - t) - f(theta - s + t) +
                                f(theta - s - t)) / (4 * STEP ** 2) for s in side] for t in side])
        return gradient, curvature

    def slopes(self):
        """Of each client the deviation of its slope and that one's conditional SD; then b1."""
        _, factor, b, variance, kept = self.at(self.maximum())
        spread, found = factor @ factor.T, []
        for (z, y), v in zip(self.clients, kept):
            pull = spread @ z.T @ np.linalg.inv(v)
            left = spread - pull @ z @ spread
            found.append(((pull @ (y - z @ b))[1], math.sqrt(variance * left[1, 1])))
        return found, b[1]
