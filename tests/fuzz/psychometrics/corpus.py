# Writes the corpus of psychometrics: forms of several kinds, in the bytes psychometrics.c reads.
# SPDX-License-Identifier: MIT
import math
import random
import struct
import sys
from pathlib import Path


def usual(draw, form, item):
    return round(min(max(random.Random(form).gauss(2, 1) + draw.gauss(0, .7), 0), 4))


KINDS = {
    "usual": usual,
    "constant": lambda draw, form, item: 2.0,
    "item_constant": lambda draw, form, item: 1.0 if item == 2 else draw.randrange(5),
    "alike": lambda draw, form, item: form % 5,
    "turned": lambda draw, form, item: form % 5 * (-1) ** item + draw.random(),
    "cancel": lambda draw, form, item: form % 5 * (-1) ** item,
    "gaps": lambda draw, form, item: math.nan if draw.random() < .4 else draw.randrange(5),
    "gaps_apart": lambda draw, form, item: math.nan if draw.random() < .4 else (
        1e9 if item == 0 else 1) * draw.gauss(form % 3, 1),
    "no_answers": lambda draw, form, item: math.nan,
    "huge": lambda draw, form, item: draw.gauss(0, 1e99),
    "beyond": lambda draw, form, item: draw.gauss(0, 1e300),
    "denormal": lambda draw, form, item: draw.randrange(5) * 5e-324,
    "far": lambda draw, form, item: 1e15 + draw.randrange(5),
    "infinite": lambda draw, form, item: math.inf if form == 3 else 1.0,
}


def write(folder):
    for number, (name, answer) in enumerate(KINDS.items()):
        draw = random.Random(number)
        items = 2 + number % 7
        values = [answer(draw, form, item) for form in range(30) for item in range(items)]
        (folder / name).write_bytes(bytes([items - 1, number])
                                    + struct.pack(f"<{len(values)}d", *values))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
