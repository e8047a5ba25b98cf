# Writes the corpus of associations: caseloads of several kinds, in the bytes associate.c reads.
# SPDX-License-Identifier: MIT
import math
import random
import struct
import sys
from pathlib import Path


def usual(draw, g, s):
    state = draw.gauss(0, .5)
    return 4 + g % 3 + state, 30 - 3 * (g % 3) - s - state + draw.gauss(0, 2), draw.gauss(3, 1)


KINDS = {
    "usual": usual,
    "constant": lambda draw, g, s: (5.0, 7.0, 3.0),
    "constant_within": lambda draw, g, s: (g % 5, g % 7, g % 3),
    "exact": lambda draw, g, s: (g % 4 + s % 3, 9 - g % 4 - s % 3, s),
    "huge": lambda draw, g, s: (draw.gauss(0, 1e149), draw.gauss(0, 1e149), 1e149),
    "beyond": lambda draw, g, s: (draw.gauss(0, 1e300), draw.gauss(0, 1e300), 1.0),
    "denormal": lambda draw, g, s: (draw.random() * 5e-310, draw.random() * 5e-310, 0.0),
    "gaps": lambda draw, g, s: tuple(math.nan if draw.random() < .4 else draw.gauss(20, 5)
                                     for _ in range(3)),
    "infinite": lambda draw, g, s: (math.inf if s == 3 else 4.0, draw.gauss(20, 5), 1.0),
    "far": lambda draw, g, s: (1e9 + draw.gauss(0, 1), 1e9 + draw.gauss(0, 1), draw.gauss(0, 1)),
    "correlations": lambda draw, g, s: (draw.uniform(-.8, .8), draw.gauss(0, 1), draw.gauss(0, 1)),
}


def write(folder):
    for number, (name, scores) in enumerate(KINDS.items()):
        draw = random.Random(number)
        rows = [struct.pack("<B3d", 4 if s == 1 else 5, *scores(draw, g, s))
                for g in range(16) for s in range(1, 7)]
        (folder / name).write_bytes(bytes([32 + 11 * number]) + b"".join(rows))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
