# Writes the corpus of charts and changes: small courses under every kind, search and model.
# SPDX-License-Identifier: MIT
import math
import random
import struct
import sys
from pathlib import Path

CHART = (5.0, 1.0, 0.1, 3.0, 0.2, 0.5, 5.0, 0.15)  # of charts; a trim of sup-F at the end
RUN = (20.0, 5.5, 1.0, 1.0, 0.1, 0.5, 5.0, 0.15)   # of run lengths
OWN = (20.0, math.nan, 1.0, 1.0, math.nan, 0.5, 5.0, 0.15)
SEARCH = (0.0, 3.0, 0.0, 3.0, 1.0, 0.5, 5.0, 0.3)  # of searches, with a penalty of their own


def step(draw, n):
    return [draw.gauss(5 if i < n // 2 else 3, .4) for i in range(n)]


def gaps(draw, n):
    return [math.nan if draw.random() < .3 else draw.randrange(8) for _ in range(n)]


SERIES = {
    "step": step, "gaps": gaps,
    "equal": lambda draw, n: [3.3] * n,
    "line": lambda draw, n: [float(i) for i in range(n)],
    "perfect": lambda draw, n: [1.0] * (n // 2) + [4.0] * (n - n // 2),
    "huge": lambda draw, n: [draw.choice((-1.7e308, 1e300, 1e154, 0.0)) for _ in range(n)],
    "tiny": lambda draw, n: [draw.choice((5e-324, -5e-324, 1e-310, 0.0)) for _ in range(n)],
    "infinite": lambda draw, n: [1.0, 2.0, math.inf, 3.0],
    "ties": lambda draw, n: [float(draw.randrange(3)) for _ in range(n)],
    "none": lambda draw, n: [math.nan] * n,
    "outlier": lambda draw, n: [draw.gauss(5, .1) for _ in range(n - 1)] + [1e15],
    "saw": lambda draw, n: [5.0 + i % 2 for i in range(n)],
}


def write(folder):
    for number, (name, make) in enumerate(SERIES.items()):
        for part, reals in enumerate((CHART, RUN, OWN, SEARCH)):
            draw = random.Random(number)
            n = (6, 16, 30, 48)[(number + part) % 4]
            words = (number % 3, number % 4, number % 2, (number + part) % 3, number % 9,
                     part % 2, 61, 0)
            head = struct.pack("<8BHBB4x8d", *words, 0xfff, n // 2, 5 + part, *reals)
            rows = [struct.pack("<Bd", 0, y) for y in make(draw, n)]
            (folder / f"{name}_{part}").write_bytes(head + b"".join(rows))
    (folder / "empty").write_bytes(b"")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
