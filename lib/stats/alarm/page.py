# Writes docs/alarms.md, the false-alarm table for people, from data/alarms.csv.
# SPDX-License-Identifier: MIT
"""page.py DATA [-o PAGE]; with --measure ATTUNE the data are measured anew first."""
import argparse
import csv
import subprocess
import sys

LENGTHS = ["6", "10", "16", "30"]
WORLDS = ["default", "shallow", "inertia", "low-hazard", "high-hazard"]
RATES = ["0.02", "0.05", "0.1"]

INTRO = """# How often each rule errs, and what it finds

Written by `ninja -C build update-alarms` from lib/stats/alarm/data/alarms.csv; tests hold the page
to that file, and the file to the seed: `attune rules --measure-alarms` measures it anew.

Everything here is of simulated courses whose truth is known (the model is stated in
[simulate.h](../include/attune/simulate.h)), of the demonstration measures, with the rules' own
parameters. It ranks rules and prices alarms; it is not how often a rule errs with people.
{clients} clients a world; in small type after ± stands the standard error, from the differences
between 20 parts of them.

- **answers**: sessions at which a rule has an answer; too few forms, a form that is missing or a
  constant that the measure lacks are none. Every share of sessions is one of these.
- **alarm**: a mark of this level or above; **false** when the session is outside of every rupture.
- **found**: an alarm at the rupture's first session or at the one after it. **noticed**: at any
  session while it lasts. Every rupture counts, also where forms are missing.
- **delay**: sessions from the first of the rupture to the first alarm, of those noticed.
- **status**: of the episodes that begin where a rupture was found and whose end the course shows,
  the share that says rightly whether it was repaired.

Distress rules see the distress that goes with the same courses: what they find of ruptures is what
alliance does to the distress of the session after. Direct reports are one question, yes or no.
"""

STEADY = """
## Steady courses: what alarms cost

Nothing ruptures here: every alarm is false. Of courses of 6, 10, 16 and 30 sessions.

"""

SWEPT = """
## Ruptures found at the same price

Thresholds are swept over the rule's statistic until 2, 5 and 10 of 100 sessions outside of ruptures
are false alarms. Where a statistic takes few values, fewer are; then less is found than could be.
Worlds: *default*; *shallow* ruptures; *inertia*, deviations that last longer; *low-hazard* and
*high-hazard*, few and many ruptures. Share of ruptures found.

"""

LEVELS = """
## Ruptures found as the rules stand

At each rule's own levels, default world (the others stand in the data file).

"""

MUTE = """
## Not measured

"""

WHY = {
    "no constant": "needs a constant that the demonstration measures do not have",
    "not meant for it": "is for measures of another kind",
    "too few forms": "wants more forms than the courses have",
    "beyond": "the courses lie outside of what it covers",
}


def figure(row, name, error, decimals):
    if row is None or not row[name]:
        return ""
    text = f"{float(row[name]):.{decimals}f}"
    if row[error]:
        text += f" <sub>±{float(row[error]):.{decimals}f}</sub>"
    return text


class Table:
    def __init__(self, rows):
        self.rows = rows
        self.at = {(r["rule"], r["world"], r["sessions"], r["level"], r["rate"]): r for r in rows}
        self.rules = list(dict.fromkeys(r["rule"] for r in rows))

    def mute(self, rule):
        """Why a rule has no figures; empty when it has some."""
        mine = [r for r in self.rows if r["rule"] == rule]
        return mine[0]["silent"] if all(r["silent"] for r in mine) else ""

    def levels(self, rule):
        return list(dict.fromkeys(r["level"] for r in self.rows
                                  if r["rule"] == rule and r["level"] and not r["silent"]))

    def steady(self, rule, level):
        mine = [self.at.get((rule, "steady", n, level, "")) for n in LENGTHS]
        return ([figure(r, "alarms_per_100", "alarms_error", 2) for r in mine]
                + [figure(r, "clients_per_100", "clients_error", 1) for r in mine])

    def swept(self, rule):
        return [figure(self.at.get((rule, world, "", "", rate)), "found", "found_error", 3)
                for world in WORLDS for rate in RATES]

    def standing(self, rule, level):
        row = self.at.get((rule, "default", "", level, ""))
        return [figure(row, "alarms_per_100", "alarms_error", 2),
                figure(row, "found", "found_error", 3), figure(row, "noticed", "noticed_error", 3),
                figure(row, "delay", "delay_error", 2),
                figure(row, "status_right", "status_error", 3)]


def line(*cells):
    return "| " + " | ".join(cells) + " |\n"


def head(*columns):
    return line(*columns) + "|---" * len(columns) + "|\n"


STEADY_HEAD = head("rule", "level", "alarms per 100 sessions: 6", *LENGTHS[1:],
                   "clients ever marked, %: 6", *LENGTHS[1:])
SWEPT_HEAD = head("rule", *(f"{w} {r}" for w in WORLDS for r in ("2 %", "5 %", "10 %")))
LEVELS_HEAD = head("rule", "level", "false alarms per 100 sessions", "found", "noticed", "delay",
                   "status")


def page(rows):
    table = Table(rows)
    heard = [rule for rule in table.rules if not table.mute(rule)]
    levels = [(rule, level) for rule in heard for level in table.levels(rule)]
    text = INTRO.format(clients=f"{int(rows[0]['clients']):,}")
    text += STEADY + STEADY_HEAD + "".join(line(r, n, *table.steady(r, n)) for r, n in levels)
    text += SWEPT + SWEPT_HEAD + "".join(line(r, *table.swept(r)) for r in heard)
    text += LEVELS + LEVELS_HEAD + "".join(line(r, n, *table.standing(r, n)) for r, n in levels)
    mute = [(rule, WHY[table.mute(rule)]) for rule in table.rules if table.mute(rule)]
    return text + MUTE + head("rule", "why") + "".join(line(*pair) for pair in mute)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("-o", metavar="PAGE", help="else standard output")
    parser.add_argument("--measure", metavar="ATTUNE")
    arguments = parser.parse_args()
    if arguments.measure:
        subprocess.run([arguments.measure, "rules", "--measure-alarms", "--csv", "-o",
                        arguments.data], check=True)
    with open(arguments.data, encoding="utf-8", newline="") as file:
        text = page(list(csv.DictReader(file)))
    if arguments.o:
        with open(arguments.o, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        sys.stdout.write(text)


main()
