# Simulating 100,000 clients and tabulating what every rule says of them, on two cores.
# SPDX-License-Identifier: MIT
"""alarms.py ATTUNE: one run of `attune rules --measure-alarms --threads 2`.

The goal is of two cores that have nothing else to do: half of the processor time, which what else
runs on the machine does not change much, is held against it; wall time is printed beside it.
"""
import os
import subprocess
import sys
import time

CLIENTS, GOAL = 100_000, 60.0
WORLDS = 9  # steady courses of 6, 10, 16 and 30 sessions, and five worlds with ruptures


def main():
    each = -(-CLIENTS // WORLDS)
    command = [sys.argv[1], "rules", "--measure-alarms", "--csv", "--threads", "2",
               "--clients", str(each)]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        rows = process.stdout.read().decode().splitlines()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    half = (used.ru_utime + used.ru_stime) / 2
    if process.returncode != 0 or len(rows) < 2:
        sys.exit(f"attune rules --measure-alarms: {process.returncode}")
    column = rows[0].split(",").index("world")
    worlds = {(row.split(",")[column], row.split(",")[rows[0].split(",").index("sessions")])
              for row in rows[1:]}
    if len(worlds) != WORLDS:
        sys.exit(f"expected {WORLDS} worlds, found {len(worlds)}")
    print(f"{WORLDS * each} clients, {len(rows) - 1} rows: {half:.1f} s of each of two cores "
          f"(goal {GOAL:g}), {wall:.1f} s by the clock")
    sys.exit(half >= GOAL)


if __name__ == "__main__":
    main()
