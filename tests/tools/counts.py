# Adds up the test logs of meson: prints the passed and the failed, and names what was skipped.
# SPDX-License-Identifier: MIT
import collections
import json
import sys

PASSED = {"OK", "EXPECTEDFAIL"}


def results(path):
    """(name, result) of every test in one of meson's JSON logs."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield row["name"], row["result"]


def main():
    counted = collections.Counter()
    for path in sys.argv[1:]:
        for name, result in results(path):
            kind = "passed" if result in PASSED else "skipped" if result == "SKIP" else "failed"
            counted[kind] += 1
            if kind != "passed":
                print(f"{kind}: {name} ({result})", file=sys.stderr)
    print(counted["passed"], counted["failed"], counted["skipped"])


if __name__ == "__main__":
    main()
