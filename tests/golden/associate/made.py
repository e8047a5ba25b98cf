# Associations of the caseloads of made.json against what oracle.py and equations.py worked out.
# SPDX-License-Identifier: MIT
import json
import math
import sys
from pathlib import Path

from fitting import associate, near

TOLERANCE = 1e-8  # the oracle finds the maximum of a likelihood to about 1e-10
NUMBERS = ("estimate", "se", "low", "high", "df", "p")


def compare(name, found, expected, faults):
    compared = 0
    wanted = {tuple(key.split(" ")): value for key, value in expected.items()}
    if set(wanted) != set(found):
        faults.append(f"{name}: not the same statistics: {set(wanted) ^ set(found)}")
        return 0
    for key, want in wanted.items():
        figure = found[key]
        for number in NUMBERS:
            compared += 1
            if not near(figure.numbers[number], want.get(number, math.nan), TOLERANCE):
                faults.append(f"{name}: {key} {number} is {figure.numbers[number]!r}, "
                              f"not {want.get(number)!r}")
        reason = want.get("reason", "")
        if (figure.n, figure.clients, figure.reason) != (want["n"], want["clients"], reason):
            faults.append(f"{name}: {key} rests on {figure.n} of {figure.clients} clients, "
                          f"{figure.reason!r}")
    return compared


def read(name):
    return json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def main(program):
    caseloads, equations = read("made.json")["caseloads"], read("equations.json")["caseloads"]
    asked = [(c["reml"], c["early"],
              [[tuple(math.nan if v is None else v for v in row) for row in rows]
               for rows in c["clients"]]) for c in caseloads]
    faults, compared = [], 0
    for caseload, found in zip(caseloads, associate(program, asked), strict=True):
        compared += compare(caseload["name"], found,
                            caseload["expected"] | equations[caseload["name"]], faults)
    print(f"{compared} figures of {len(caseloads)} caseloads compared, {len(faults)} faults")
    print(*faults[:30], sep="\n")
    return 1 if faults or compared < 1400 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
