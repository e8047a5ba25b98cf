# Turns the measured false-alarm table, data/alarms.csv, into the rows that are compiled in.
# SPDX-License-Identifier: MIT
import argparse
import csv

REALS = ["rate", "threshold", "alarms_per_100", "alarms_error", "clients_per_100",
         "clients_error", "found", "found_error", "noticed", "noticed_error", "delay",
         "delay_error", "status_right", "status_error"]
COUNTS = ["version", "sessions", "clients", "answered", "ruptures"]
LEVELS = {"": "ATTUNE_ALARM_SWEPT", "possible": "ATTUNE_LEVEL_POSSIBLE",
          "probable": "ATTUNE_LEVEL_PROBABLE", "severe": "ATTUNE_LEVEL_SEVERE"}
STATES = {"": "-1", "too few forms": "ATTUNE_STATE_TOO_FEW",
          "no constant": "ATTUNE_STATE_NO_CONSTANT", "not meant for it": "ATTUNE_STATE_NOT_MEANT",
          "beyond": "ATTUNE_STATE_BEYOND"}


def text(value):
    if not value.replace("_", "").replace("-", "").isalnum():
        raise SystemExit(f"expected an id, not {value!r}")
    return f'"{value}"'


def initialiser(row):
    parts = [".struct_size = sizeof(attune_alarm)"]
    parts += [f".{name} = {int(row[name]) if row[name] else -1}" for name in COUNTS]
    parts += [f".{name} = {float(row[name])!r}" if row[name] else f".{name} = NAN"
              for name in REALS]
    parts += [f".level = {LEVELS[row['level']]}", f".silent = {STATES[row['silent']]}",
              f".rule = {text(row['rule'])}", f".world = {text(row['world'])}"]
    return "    { " + ", ".join(parts) + " },"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("-o", required=True)
    arguments = parser.parse_args()
    with open(arguments.file, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = ["/* Made from data/alarms.csv by compile.py. */",
             '#include "lib/stats/alarm/table.h"', "", "#include <math.h>", "",
             f"const size_t atn_alarm_row_count = {len(rows)};",
             "const attune_alarm atn_alarm_rows[] = {"]
    lines += [initialiser(row) for row in rows]
    with open(arguments.o, "w", encoding="utf-8") as file:
        file.write("\n".join(lines + ["};", ""]))


main()
