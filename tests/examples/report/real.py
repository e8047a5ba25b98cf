#!/usr/bin/env python3
"""Prints caseloads and clients of the real data sets beside the tree: 77 when they are absent.

SPDX-License-Identifier: MIT

Usage: real.py ATTUNE SOURCE_ROOT. What they say is not committed; that they say something, within
80 columns and without a word that reports do not use, is checked.
"""
import csv
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import reports  # noqa: E402

SETS = ['btheb', 'claus_2020', 'enrichd', 'reframed', 'sgdata']


def clients_of(path):
    with open(path, encoding='utf-8-sig', newline='') as file:
        return sorted({row['client'] for row in csv.DictReader(file)})


def main(arguments):
    attune, root = arguments
    folder = os.path.join(root, '../shared/data')
    if not os.path.isdir(folder):
        print('SKIPPED: the real data sets are not beside the tree', file=sys.stderr)
        return 77
    common = ['--scales', os.path.join(root, 'examples/data/measures.json'),
              '--at', '2026-11-03']
    try:
        for name in SETS:
            path = os.path.join(folder, name + '.csv')
            reports.check_form(name, reports.run(attune, ['caseload', path] + common))
            for client in clients_of(path)[::25]:
                text = reports.run(attune, ['client', path, '--client', client] + common)
                reports.check_form(name, text)
                if 'No mark does not mean no problem.' not in ' '.join(text.split()):
                    raise reports.Fault(f'{name}: a report without its limits')
    except reports.Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
