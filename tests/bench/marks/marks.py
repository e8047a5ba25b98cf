# attune marks on 1,000,000 forms, in units of what libcsv alone needs to read the same file.
# SPDX-License-Identifier: MIT
"""marks.py ATTUNE CSV_ALONE: pairs of runs, the median ratio of wall time, and peak memory.

Also one thread's processor time, and memory for a tenth of the clients: it must not grow.
"""
import datetime
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

CLIENTS, SESSIONS, PAIRS, GOAL = 25000, 20, 7, 3.0
FIRST = datetime.date(2026, 1, 5)


def write_forms(path, clients):
    """Steady courses of both demonstration measures, sorted by client."""
    made = random.Random(1)
    dates = [(FIRST + datetime.timedelta(weeks=s)).isoformat() for s in range(SESSIONS)]
    with open(path, "w", encoding="utf-8") as file:
        file.write("client,session,date,measure,rater,score\n")
        for client in range(clients):
            level, distress = made.gauss(5.5, .6), made.gauss(22, 5)
            for s, date in enumerate(dates):
                alliance = min(7, max(1, round(6 * made.gauss(level, .4)) / 6))
                total = min(40, max(0, round(made.gauss(distress - .4 * s, 2.5))))
                head = f"C{client:06d},{s + 1},{date},demo-"
                file.write(f"{head}alliance,client,{alliance:.4f}\n{head}distress,client,{total}\n")


def run(command):
    """Wall seconds, processor seconds and peak memory (MiB) of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{command[0]}: status {status}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    attune, alone = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        big, small = os.path.join(folder, "big.csv"), os.path.join(folder, "small.csv")
        write_forms(big, CLIENTS)
        write_forms(small, CLIENTS // 10)
        marks = [attune, "marks", big, "--csv"]
        walls, shares = [], []
        for _ in range(PAIRS):
            unit = run([alone, big])
            walls.append(run(marks)[0] / unit[0])
            shares.append(run([*marks, "--threads", "1"])[1] / unit[1])
        memory = run(marks)[2], run([attune, "marks", small, "--csv"])[2]
    wall = statistics.median(walls)
    print(f"attune marks, {CLIENTS * SESSIONS * 2} forms: {wall:.2f} times libcsv alone, wall time"
          f" (goal {GOAL}); one thread, processor time: {statistics.median(shares):.2f}")
    print(f"peak memory {memory[0]:.1f} MiB, {memory[1]:.1f} with a tenth of the clients")
    sys.exit(wall > GOAL or memory[0] > 1.2 * memory[1])


if __name__ == "__main__":
    main()
