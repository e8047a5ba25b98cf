# Writes the corpus of change: every method on small caseloads, in the bytes that change.c reads.
# SPDX-License-Identifier: MIT
import math
import random
import struct
import sys
from pathlib import Path

METHODS = ("jt", "gln", "hll", "en", "nk", "ha", "percentage", "anchor", "maassen", "mcnemar",
           "hlm", "no_method")


def write(folder):
    for number, name in enumerate(METHODS):
        draw = random.Random(number)
        head = struct.pack("<BBBBBB2x20d", number, number % 2, number % 5, 0, 2 * (number % 2), 3,
                           7.5, .8, 0, math.nan if number % 3 else 6,
                           math.nan if number % 2 else 10, 4, 3, 18, 6, .3, .2, 0, 20, 6, 12, 7,
                           .5, -1.2, -.2, .4)
        scores = [math.nan if draw.random() < .1 else draw.randrange(28) for _ in range(40)]
        if name == "anchor":
            scores[3:9] = [1e300, -1e300, 5e-324, 0, 0, 7]
        rows = [struct.pack("<Bd", 4 if i % 5 == 0 else 5, y) for i, y in enumerate(scores)]
        (folder / name).write_bytes(head + b"".join(rows))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
