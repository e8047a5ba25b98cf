# Changes in the shared golden series against exact partitions, ruptures and strucchange, at hand.
# SPDX-License-Identifier: MIT
import csv
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

SKIP = 77  # what tells the test runner that nothing was tested
PARTITION, BINARY, BREAKS = range(3)
MEAN, LINE = range(2)
NOT_OURS = ("not offered: costs l1, normal, rbf, kernels, windows, bottom-up, fluctuation "
            "processes, Hansen's p, rank tests, bcp; changepoint's own penalties")


def numbers(text):
    return [] if text in ("", "NA") else [float(v) for v in text.split()]


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def near(a, b, tolerance):
    return abs(a - b) <= tolerance * max(1.0, abs(b))


def fit_line(search, y, model=MEAN, min_size=1, most=64, penalty=0.0):
    head = f"fit {search} 0 {model} {min_size} {most} {penalty!r} {len(y)} "
    return head + " ".join(map(repr, y))


def cost_of(y, changes):
    cost = 0.0
    for a, b in zip([0, *changes], [*changes, len(y)]):
        mean = sum(y[a:b]) / (b - a)
        cost += sum((v - mean) ** 2 for v in y[a:b])
    return cost


class Told:
    """What was compared, and what differs."""

    def __init__(self, program):
        self.program, self.lines, self.checks = program, [], []
        self.counts, self.faults = Counter(), []

    def ask(self, line, check):
        self.lines.append(line)
        self.checks.append(check)

    def run(self):
        answers = subprocess.run([self.program], input="\n".join(self.lines) + "\n", check=True,
                                 text=True, capture_output=True).stdout.splitlines()
        for line, check in zip(answers, self.checks):
            check(line.split())

    def judge(self, name, where, met):
        self.counts[name] += 1
        if not met:
            self.faults.append(f"{name}: {where}")


def parts(answer):
    count = int(answer[2])
    rest = list(map(float, answer[4 + count:]))
    return (float(answer[1]), [int(v) for v in answer[3:3 + count]], rest[0::3], rest[1::3])


def partitions(told, y, case, method, figures, options):
    """The same objective, and the same places unless two partitions cost the same."""
    min_size = int(re.search(r"min_size=(\d+)", options).group(1))
    penalty = figures.get("pen", [0.0])[0]
    wanted = [int(v) for v in figures["bkps"]]
    breaks = re.search(r"n_bkps=(\d+)", options)
    search = BINARY if "Binseg" in method else BREAKS if breaks else PARTITION
    if (search == PARTITION and not penalty > 0) or "Binseg" in method and breaks:
        told.counts["a free penalty, or a number of binary splits: skipped"] += 1
        return
    most = int(breaks.group(1)) if breaks else 64

    def check(answer):
        cost, found, rss, _ = parts(answer)
        squares = rss[most] if breaks and len(rss) > most else cost
        objective = squares + penalty * (0 if breaks else len(found))
        target = figures["sum_of_costs"][0] + penalty * (0 if breaks else len(wanted))
        told.judge(method.split("#")[0] + " objective", case + method,
                   near(objective, target, 1e-8))
        if not breaks:
            told.judge(method.split("#")[0] + " places", case + method,
                       found == wanted or near(cost_of(y, found) + penalty * len(found),
                                               cost_of(y, wanted) + penalty * len(wanted), 1e-12))
    told.ask(fit_line(search, y, MEAN, min_size, most, penalty), check)


def breakpoints(told, y, case, method, figures):
    model = LINE if "y~t" in method else MEAN
    h = int(figures["h"][0])

    def check(answer):
        _, _, rss, bic = parts(answer)
        for name, ours in (("RSS", rss), ("BIC", bic)):
            theirs = figures[name]
            if ours[0] < 1e-9:
                told.counts["perfect fits: skipped"] += 1
                continue
            told.judge("strucchange " + name, case + method, len(ours) >= len(theirs) and
                       all(near(a, b, 1e-8) for a, b in zip(ours, theirs) if b > 1e-12 or
                           name == "BIC"))
    told.ask(fit_line(BREAKS, y, model, h, len(figures["RSS"]) - 1), check)


def tests(told, y, case, method, figures, options):
    model = LINE if "y~t" in method else MEAN
    data = f"{len(y)} " + " ".join(map(repr, y))
    if "Chow" in method and "F" in figures:
        row = re.search(r"point=(\d+)", options).group(1)

        def chow(answer):
            if answer[1].endswith("nan"):
                told.counts["perfect fits: skipped"] += 1
                return
            told.judge("Chow F", case + method, near(float(answer[1]), figures["F"][0], 1e-8))
            told.judge("Chow p", case + method, near(float(answer[2]), figures["p"][0], 1e-9))
        told.ask(f"chow {model} {row} {data}", chow)
    elif "Fstats" in method and figures.get("supF_stat"):
        def supf(answer):
            for name, value in zip(("supF_stat", "aveF_stat", "expF_stat"), answer[1:4]):
                if not figures[name] or abs(figures[name][0]) > 1e12 or value.endswith("nan"):
                    told.counts["perfect fits: skipped"] += 1
                    continue
                told.judge("sup-F " + name, case + method, near(float(value), figures[name][0],
                                                                 1e-8))
            told.judge("sup-F place", case + method,
                       int(answer[5]) == int(figures["breakpoint"][0]))
        told.ask(f"supf {model} 0.15 0 {data}", supf)


def main():
    program, folder = sys.argv[1], Path(sys.argv[2]) / "4_changepoint"
    if not (folder / "expected_exact.csv").is_file():
        print(f"{folder} is not at hand: nothing was tested")
        return SKIP
    series, figures = defaultdict(list), defaultdict(dict)
    options = {r["method_id"]: r["options"] for r in rows_of(folder / "methods.csv")}
    for row in rows_of(folder / "series.csv"):
        series[row["series_id"]].append(float(row["y"]))
    for name in ("exact", "ruptures", "R"):
        for row in rows_of(folder / f"expected_{name}.csv"):
            if row["quantity"] != "status":
                figures[row["case_id"], row["method_id"]][row["quantity"]] = (
                    numbers(row["value"]) if re.match(r"[-0-9.eE+ ]*$", row["value"]) else [])
    told, left = Told(program), 0
    for (case, method), what in sorted(figures.items()):
        y = series[case]
        if len(set(y)) == 1:
            told.counts["constant: skipped"] += 1
        elif re.match(r"exact:l2#|ruptures:(Pelt|Binseg|Dynp)_l2#", method):
            partitions(told, y, case, method, what, options[method])
        elif method in ("strucchange:breakpoints_y~1#1", "strucchange:breakpoints_y~t#1") and (
                "RSS" in what):
            breakpoints(told, y, case, method, what)
        elif method.startswith(("strucchange:sctest_Chow", "strucchange:Fstats")):
            tests(told, y, case, method, what, options[method])
        else:
            left += 1
    told.run()
    for name, count in sorted(told.counts.items()):
        print(name, count)
    print(f"{left} skipped ({NOT_OURS}); {len(told.faults)} differ")
    print(*told.faults[:30], sep="\n")
    return 1 if told.faults or told.counts["exact:l2 objective"] < 500 else 0


if __name__ == "__main__":
    sys.exit(main())
