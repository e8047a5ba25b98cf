# Writes the corpus of two raters: caseloads of several kinds, in the bytes dyad.c reads.
# SPDX-License-Identifier: MIT
import math
import random
import struct
import sys
from pathlib import Path


def usual(draw, g, s):
    state = draw.gauss(4 + g % 3 / 2, .7)
    return state, .3 + .6 * state + draw.gauss(0, .3), 20 - 2 * state + draw.gauss(0, 2)


KINDS = {
    "usual": usual,
    "constant": lambda draw, g, s: (5.0, 4.0, 3.0),
    "client_constant": lambda draw, g, s: (5.0, draw.gauss(4, 1), draw.gauss(20, 3)),
    "alike": lambda draw, g, s: (s, s, g),
    "line": lambda draw, g, s: (s, 2 * s - g, 3 * s),
    "huge": lambda draw, g, s: (draw.gauss(0, 1e59), draw.gauss(0, 1e59), draw.gauss(0, 1e59)),
    "beyond": lambda draw, g, s: (draw.gauss(0, 1e300), draw.gauss(0, 1e300), 1.0),
    "denormal": lambda draw, g, s: (draw.random() * 5e-310, draw.random() * 5e-310, s * 5e-324),
    "gaps": lambda draw, g, s: tuple(math.nan if draw.random() < .4 else draw.gauss(5, 1)
                                     for _ in range(3)),
    "infinite": lambda draw, g, s: (math.inf if s == 3 else 4.0, draw.gauss(5, 1), 1.0),
    "far": lambda draw, g, s: (1e9 + draw.gauss(0, 1), 1e9 + draw.gauss(0, 1), draw.gauss(0, 1)),
}


def write(folder):
    for number, (name, ratings) in enumerate(KINDS.items()):
        draw = random.Random(number)
        rows = [struct.pack("<B3d", 4 if s == 1 else 5, *ratings(draw, g, s))
                for g in range(16) for s in range(1, 7)]
        (folder / name).write_bytes(b"".join(rows))
    draw = random.Random("one dyad")
    (folder / "one_dyad").write_bytes(b"".join(struct.pack("<B3d", 5, *usual(draw, 0, s))
                                               for s in range(12)))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
