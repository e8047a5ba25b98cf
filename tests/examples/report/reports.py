#!/usr/bin/env python3
"""Runs the report commands on the synthetic clinic and compares them with what is committed.

SPDX-License-Identifier: MIT

Usage: reports.py ATTUNE SOURCE_ROOT [--write]. With --write the expected texts are made anew: read
them before committing them.
"""
import os
import random
import subprocess
import sys
import tempfile
import unicodedata

CLINIC = 'examples/data/clinic.csv'
DAY = ['--at', '2026-11-03']

# name of the expected text, arguments after the forms
REPORTS = {
    'client_C-0192': ['client', '--client', 'C-0192'],         # the drop that came back
    'client_C-0192_ascii': ['client', '--client', 'C-0192', '--ascii'],
    'client_C-0107': ['client', '--client', 'C-0107'],         # two measures of distress, higher
    'client_C-0112': ['client', '--client', 'C-0112'],         # a slide
    'client_C-0115': ['client', '--client', 'C-0115'],         # too few forms
    'client_C-0118': ['client', '--client', 'C-0118'],         # at the top of the scale
    'client_C-0133': ['client', '--client', 'C-0133'],         # a safety item
    'client_C-0140': ['client', '--client', 'C-0140'],         # a provisional spread
    'client_C-0167': ['client', '--client', 'C-0167'],         # many forms missing
    'client_C-0203': ['client', '--client', 'C-0203'],         # a new usual level
    'client_C-0214': ['client', '--client', 'C-0214'],         # two blocks of sessions
    'client_C-0230': ['client', '--client', 'C-0230'],         # client and therapist
    'caseload': ['caseload'],
    'caseload_T-07': ['caseload', '--clinician', 'T-07'],
    'caseload_T-07_ascii': ['caseload', '--clinician', 'T-07', '--ascii'],
}

NEVER = ['patient', 'improved', 'deteriorat', 'recommend', 'failure', 'responder', 'repaired',
         'abnormal', 'risk level', 'low risk', 'high risk', 'on track', '!']


class Fault(Exception):
    """What is wrong, in one sentence."""


def run(attune, arguments, code=0):
    environment = dict(os.environ, LC_ALL='C.UTF-8', TZ='UTC')
    done = subprocess.run([attune] + arguments, capture_output=True, env=environment, check=False)
    if done.returncode != code:
        raise Fault(f'{arguments}: exit {done.returncode}, expected {code}: '
                    f'{done.stderr.decode(errors="replace")}')
    return done.stdout.decode('utf-8')


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line)


def check_form(name, text):
    for number, line in enumerate(text.split('\n'), 1):
        if width(line) > 80:
            raise Fault(f'{name}:{number} is wider than 80 columns')
        if line != line.rstrip():
            raise Fault(f'{name}:{number} ends with a blank')
    if name.endswith('_ascii') and not text.isascii():
        raise Fault(f'{name} is not ASCII')
    for word in NEVER:
        if word in text.lower():
            raise Fault(f'{name} says "{word}"')


def compare(attune, root, write):
    folder = os.path.join(root, 'tests/examples/report/expected')
    for name, arguments in REPORTS.items():
        text = run(attune, arguments[:1] + [os.path.join(root, CLINIC)] + arguments[1:] + DAY)
        check_form(name, text)
        path = os.path.join(folder, name + '.txt')
        if write:
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
        with open(path, encoding='utf-8') as file:
            if file.read() != text:
                raise Fault(f'{name}: not the expected text; reports.py --write shows what changed')


def every_client_can_be_printed(attune, root):
    with open(os.path.join(root, CLINIC), encoding='utf-8') as file:
        clients = sorted({line.split(',')[0] for line in list(file)[1:]})
    for client in clients:
        text = run(attune, ['client', os.path.join(root, CLINIC), '--client', client] + DAY)
        check_form(client, text)


def the_order_of_rows_does_not_matter(attune, root):
    with open(os.path.join(root, CLINIC), encoding='utf-8') as file:
        header, *rows = file.read().splitlines()
    random.Random(1).shuffle(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'shuffled.csv')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('\n'.join([header] + rows) + '\n')
        for arguments in (['caseload'], ['client', '--client', 'C-0192']):
            sorted_text = run(attune, arguments[:1] + [os.path.join(root, CLINIC)] +
                              arguments[1:] + DAY)
            if run(attune, arguments[:1] + [path] + arguments[1:] + DAY) != sorted_text:
                raise Fault(f'{arguments}: the order of the rows matters')


def files_are_written_whole_or_refused(attune, root):
    clinic = os.path.join(root, CLINIC)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'report.txt')
        if run(attune, ['client', clinic, '--client', 'C-0192', '-o', path] + DAY) != '':
            raise Fault('-o also writes to standard output')
        with open(path, encoding='utf-8') as file:
            if file.read() != run(attune, ['client', clinic, '--client', 'C-0192'] + DAY):
                raise Fault('-o writes another text')
        for suffix in ('html', 'svg', 'pdf', 'png', 'json', ''):
            other = os.path.join(folder, 'report.' + suffix)
            run(attune, ['client', clinic, '--client', 'C-0192', '-o', other] + DAY, 2)
            run(attune, ['caseload', clinic, '-o', other] + DAY, 2)
            if os.path.exists(other):
                raise Fault(f'-o report.{suffix} left a file behind')


def who_is_not_there_is_said_without_an_echo(attune, root):
    clinic = os.path.join(root, CLINIC)
    for arguments in (['client', clinic, '--client', 'C-SECRET'],
                      ['caseload', clinic, '--clinician', 'T-SECRET']):
        done = subprocess.run([attune] + arguments, capture_output=True, check=False)
        if done.returncode != 65 or done.stdout or b'SECRET' in done.stderr or not done.stderr:
            raise Fault(f'{arguments[0]}: expected exit 65 and a sentence without the identifier')
    run(attune, ['client', clinic], 2)


def main(arguments):
    attune, root = arguments[0], arguments[1]
    try:
        compare(attune, root, '--write' in arguments)
        every_client_can_be_printed(attune, root)
        the_order_of_rows_does_not_matter(attune, root)
        files_are_written_whole_or_refused(attune, root)
        who_is_not_there_is_said_without_an_echo(attune, root)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
