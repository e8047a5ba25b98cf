# Writes the corpus of the fits: caseloads of several kinds, in the bytes that response.c reads.
# SPDX-License-Identifier: MIT
import math
import random
import struct
import sys
from pathlib import Path

KINDS = {
    "lines": lambda draw, g, s: 24 + 3 * (g % 5) - (3 + g % 3) * math.log(s) + draw.gauss(0, 2),
    "alike": lambda draw, g, s: 20 - s + draw.gauss(0, 2),
    "constant": lambda draw, g, s: 7.0,
    "exact": lambda draw, g, s: g - 0.5 * s,
    "huge": lambda draw, g, s: draw.gauss(0, 1e300),
    "denormal": lambda draw, g, s: draw.random() * 5e-310,
    "gaps": lambda draw, g, s: math.nan if draw.random() < 0.4 else draw.gauss(20, 5),
    "infinite": lambda draw, g, s: math.inf if s == 3 else draw.gauss(20, 5),
    "far": lambda draw, g, s: 1e9 + draw.gauss(0, 1),
}


def write(folder):
    for number, (name, score) in enumerate(KINDS.items()):
        draw = random.Random(number)
        rows = [struct.pack("<Bd", 4 if s == 1 else 5, score(draw, g, s))
                for g in range(16) for s in range(1, 8)]
        for axis, first in (("", 9), ("_by_date", 27)):
            (folder / f"{name}{axis}").write_bytes(bytes([first + number]) + b"".join(rows))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
