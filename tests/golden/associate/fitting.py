# Asking the programs of this folder for figures, and comparing them.
# SPDX-License-Identifier: MIT
import math
import subprocess


def number(text):
    return math.nan if text in ("", "NA", "NaN") else float(text)


def near(got, want, tolerance):
    if math.isnan(got) or math.isnan(want):
        return math.isnan(got) and math.isnan(want)
    return abs(got - want) <= tolerance * max(1, abs(want))


class Figure:
    """One row of an association."""

    def __init__(self, cells):
        self.numbers = dict(zip(("estimate", "se", "low", "high", "df", "p"),
                                map(float, cells[3:9])))
        self.n, self.clients, self.reason = int(cells[9]), int(cells[10]), cells[11]


def associate(program, caseloads):
    """Figures by (part, direction, statistic) of each (reml, early, clients); a client is a list of
    (session, alliance, outcome) or (session, alliance, outcome, technique)."""
    lines = []
    for reml, early, clients in caseloads:
        technique = int(len(clients[0][0]) == 4)
        lines.append(f"{reml} {early} {technique} {len(clients)} {sum(map(len, clients))}")
        lines.append(" ".join(str(len(rows)) for rows in clients))
        lines += [" ".join(map(repr, row if technique else (*row, 0.0)))
                  for rows in clients for row in rows]
    text = subprocess.run([program], input="\n".join(lines) + "\n", check=True, text=True,
                          capture_output=True).stdout
    found = {}
    for line in text.splitlines():
        cells = line.split(",")
        if len(cells) == 1:
            yield found if line == "0" else None
            found = {}
        else:
            found[tuple(cells[:3])] = Figure(cells)


CLUSTER = -1


def model(program, asked):
    """Numbers of each (structure, reml, clients); a client is a list of (y, x, x...)."""
    lines = []
    for structure, reml, clients in asked:
        lines.append(f"{structure} {reml} {len(clients)} {sum(map(len, clients))} "
                     f"{len(clients[0][0]) - 1}")
        lines.append(" ".join(str(len(rows)) for rows in clients))
        lines += [" ".join(map(repr, row)) for rows in clients for row in rows]
    text = subprocess.run([program], input="\n".join(lines) + "\n", check=True, text=True,
                          capture_output=True).stdout
    return [list(map(float, line.split())) for line in text.splitlines()]
