# Times attune and its peers on the same data in the same run, and writes the ratios.
# SPDX-License-Identifier: MIT
"""peers.py PROGRAM: PROGRAM is the one of attune.c. Times are medians of processor seconds, each
tool with one thread. A ratio above 1 says how many times as long the peer takes; where its figure
is another one than attune's, that is said. Peers that are not installed are named."""
import importlib
import math
import pathlib
import platform
import random
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
CLIENTS, SESSIONS = 1000, 20
PENALTY = 3 * math.log(1000)
TASKS = {
    "mixed": "mixed model by REML, 1,000 clients x 20, log-likelihood",
    "trend": "trend of 1,000 series of 20, mean Theil-Sen slope",
    "pelt": "best partition of 1,000 scores, number of changes",
    "breaks": "breaks of 100 scores, BIC of one",
}
NEAR = 1e-6  # relative: figures of fits that stop elsewhere still agree


def make(folder):
    """The data, as doubles."""
    draw = random.Random(20261125)
    rows = {"mixed": [], "trend": []}
    for _ in range(CLIENTS):
        level, slope = draw.gauss(22, 5), draw.gauss(-3, 1.5)
        rows["mixed"] += [level + slope * math.log(s) + draw.gauss(0, 3)
                          for s in range(1, SESSIONS + 1)]
        rows["trend"] += [float(round(24 - s / 2 + draw.gauss(0, 3)))
                          for s in range(1, SESSIONS + 1)]
    rows["pelt"] = [2.0 * (i // 100 % 2) + draw.gauss(0, 1) for i in range(1000)]
    rows["breaks"] = [(3.0 if i < 60 else 1.0) + draw.gauss(0, 1) for i in range(100)]
    for name, values in rows.items():
        (folder / name).write_bytes(struct.pack(f"{len(values)}d", *values))
    return rows


def timed(task, tool, version, repeats, run):
    took = []
    for _ in range(repeats):
        start = time.process_time()
        figure = run()
        took.append(time.process_time() - start)
    return task, tool, version, statistics.median(took), figure


def with_statsmodels(statsmodels, rows):
    import numpy as np
    from statsmodels.regression.mixed_linear_model import MixedLM
    x = np.column_stack([np.ones(CLIENTS * SESSIONS),
                         np.tile(np.log(np.arange(1, SESSIONS + 1)), CLIENTS)])
    model = MixedLM(np.array(rows["mixed"]), x, np.repeat(np.arange(CLIENTS), SESSIONS), exog_re=x)
    yield timed("mixed", "statsmodels", statsmodels.__version__, 3,
                lambda: float(model.fit(reml=True).llf))


def with_scipy(scipy, rows):
    from scipy import stats
    x = list(range(1, SESSIONS + 1))
    series = [rows["trend"][i:i + SESSIONS] for i in range(0, CLIENTS * SESSIONS, SESSIONS)]

    def run():
        slopes = []
        for y in series:
            stats.linregress(x, y)
            stats.kendalltau(x, y)
            slopes.append(stats.theilslopes(y, x)[0])
        return statistics.fmean(slopes)
    yield timed("trend", "scipy (line, tau, Theil-Sen)", scipy.__version__, 5, run)


def with_pymannkendall(pymannkendall, rows):
    series = [rows["trend"][i:i + SESSIONS] for i in range(0, CLIENTS * SESSIONS, SESSIONS)]
    yield timed("trend", "pymannkendall", version_of("pymannkendall"), 5,
                lambda: statistics.fmean(pymannkendall.original_test(y).slope for y in series))


def with_ruptures(ruptures, rows):
    import numpy as np
    y = np.array(rows["pelt"])
    yield timed("pelt", "ruptures", version_of("ruptures"), 5, lambda: float(
        len(ruptures.Pelt(model="l2", min_size=1, jump=1).fit(y).predict(PENALTY)) - 1))


def version_of(name):
    from importlib import metadata
    return metadata.version(name)


PYTHON = {"statsmodels": with_statsmodels, "scipy": with_scipy,
          "pymannkendall": with_pymannkendall, "ruptures": with_ruptures}


def of_python(rows):
    import warnings
    warnings.simplefilter("ignore")  # statsmodels says much while it searches
    for name, run in PYTHON.items():
        try:
            module = importlib.import_module(name)
        except ImportError:
            yield "absent", f"Python {name}", "is not installed"
            continue
        yield from run(module, rows)


def of_program(command, folder):
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        yield "absent", command[0], f"ended with {done.returncode}: {done.stderr.strip()[-200:]}"
    for line in done.stdout.splitlines():
        parts = line.split("\t")
        yield tuple(parts) if parts[0] == "absent" else (*parts[:3], float(parts[3]),
                                                         float(parts[4]))


def all_lines(program, folder, rows):
    yield from of_program([program], folder)
    if shutil.which("Rscript"):
        yield from of_program(["Rscript", "--vanilla", str(HERE / "peers.R")], folder)
    else:
        yield "absent", "R", "is not installed"
    yield from of_python(rows)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: peers.py PROGRAM")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        rows = make(folder)
        lines = list(all_lines(sys.argv[1], folder, rows))
    own = {line[0]: line for line in lines if line[1] == "attune"}
    if set(own) != set(TASKS):
        sys.exit("attune could not be timed")
    print(f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, Python {platform.python_version()}")
    print("| task | tool | seconds | times attune's | figure |\n|---|---|---|---|---|")
    for task, title in TASKS.items():
        for line in (line for line in lines if line[0] == task):
            same = abs(line[4] - own[task][4]) <= NEAR * abs(own[task][4])
            print(f"| {title} | {line[1]} {line[2]} | {line[3]:.3g} | {line[3] / own[task][3]:.3g} "
                  f"| {line[4]:.9g}{'' if same else ' (another than attune)'} |")
    for line in lines:
        if line[0] == "absent":
            print(f"absent: {line[1]} {line[2]}")


if __name__ == "__main__":
    main()
