# Writes the corpus of trends: courses of several kinds, in the bytes that trend.c reads.
# SPDX-License-Identifier: MIT
import math
import random
import struct
import sys
from pathlib import Path

SCORES = {
    "falling": lambda draw, i: 24 - i + draw.choice((-1, 0, 1)),
    "ties": lambda draw, i: draw.randrange(4),
    "constant": lambda draw, i: 7,
    "line": lambda draw, i: 9 - .5 * i,
    "gaps": lambda draw, i: math.nan if draw.random() < .3 else draw.gauss(10, 3),
    "huge": lambda draw, i: draw.gauss(0, 1e300),
    "denormal": lambda draw, i: draw.random() * 5e-310,
    "outlier": lambda draw, i: 99 if i == 5 else 5 + draw.random(),
    "infinite": lambda draw, i: math.inf if i == 3 else 4,
    "step": lambda draw, i: 9 if i < 8 else 3,
}


def write(folder):
    for number, (name, score) in enumerate(SCORES.items()):
        draw = random.Random(number)
        head = struct.pack("<BB6xddddd", number % 2, 4, 0, -1, 0, *((.5, 2) if number % 4 == 3 else
                                                                    (-1, -1)))
        step = (1,) if number % 3 else (0, 1, 2, 7)
        rows = [struct.pack("<Bd", draw.choice(step), score(draw, i))
                for i in range(4 + 2 * number)]
        (folder / name).write_bytes(head + b"".join(rows))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
