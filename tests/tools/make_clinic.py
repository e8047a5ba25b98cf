#!/usr/bin/env python3
"""Makes the synthetic clinic, examples/data/clinic.csv: 24 invented clients of three clinicians.

SPDX-License-Identifier: MIT

The courses below are made up by hand to show what attune says of each kind of course; the answers
behind a total are drawn by a seeded generator, so that every run gives the same bytes. Nobody's
data went into it. Usage: make_clinic.py [FILE]; without FILE it writes to standard output;
--check FILE exits with 1 when FILE is not what it would write.
"""
import csv
import datetime
import io
import random
import sys

SEED = 20260901
ITEMS = 12  # columns item_1..item_12
_ = None    # a form that was handed out and not completed
X = 'no form'

# items, lowest and highest answer, items keyed the other way, items that stay at the lowest
SCALES = {
    'core-10': (10, 0, 4, {2, 3}, {6}),
    'demo-distress': (10, 0, 4, set(), set()),
    'phq-9': (9, 0, 3, set(), {9}),
    'gad-7': (7, 0, 3, set(), set()),
    'demo-alliance': (6, 1, 7, set(), set()),
    'wai-sr': (12, 1, 5, set(), set()),
}
MEANS = {'demo-alliance': 6}  # these courses are written as sums of so many answers

# What stands in a course: the sum of the keyed answers of each weekly form. `answers` gives the
# items, `totals` the score alone. Alliance of 34 is a mean of 5.67.
CLIENTS = [
    # The client of the design: a drop at session 7 that came back, session 9 not completed.
    ('C-0192', 'T-07', '2026-09-01', [
        ('core-10', 'client', 'answers', [24, 23, 21, 22, 19, 18, 20, 17, _, 15]),
        ('demo-alliance', 'client', 'answers', [32, 34, 34, 34, 35, 34, 25, 29, _, 34]),
        ('demo-alliance', 'therapist', 'answers', [31, 32, 34, 34, 34, 35, 33, 31, _, 33])]),
    # Improves steadily, nothing marked.
    ('C-0101', 'T-01', '2026-08-03', [
        ('demo-distress', 'client', 'answers', [26, 25, 23, 20, 19, 17, 14, 12, 11, 9, 9, 8]),
        ('demo-alliance', 'client', 'answers', [31, 31, 32, 33, 33, 34, 34, 35, 34, 35, 36, 35])]),
    ('C-0104', 'T-01', '2026-09-07', [
        ('core-10', 'client', 'answers', [19, 18, 18, 16, 15, 14, 13, 12, 12]),
        ('demo-alliance', 'client', 'answers', [30, 31, 30, 32, 31, 32, 32, 31, 33])]),
    # Reliably worse on two measures of distress, the second time in a row.
    ('C-0107', 'T-01', '2026-09-14', [
        ('phq-9', 'client', 'answers', [11, 12, 14, 15, 17, 19, 18]),
        ('gad-7', 'client', 'answers', [9, 9, 10, 12, 14, 14, 15]),
        ('demo-alliance', 'client', 'answers', [33, 33, 32, 33, 32, 32, 31])]),
    # The alliance slides a little at a time.
    ('C-0112', 'T-01', '2026-07-20', [
        ('demo-distress', 'client', 'answers',
         [22, 22, 21, 23, 21, 22, 20, 22, 21, 22, 21, 22, 22, 21]),
        ('demo-alliance', 'client', 'answers',
         [35, 36, 35, 35, 34, 34, 34, 33, 33, 33, 32, 32, 31, 31])]),
    # Two forms only: too few for the alliance, and little to say of distress.
    ('C-0115', 'T-01', '2026-10-19', [
        ('demo-alliance', 'client', 'answers', [30, 31])]),
    # At the top of the alliance scale throughout.
    ('C-0118', 'T-01', '2026-09-02', [
        ('phq-9', 'client', 'answers', [15, 14, 14, 12, 11, 11, 10, 9]),
        ('wai-sr', 'client', 'totals', [60, 60, 60, 60, 60, 60, 60, 60])]),
    ('C-0121', 'T-01', '2026-08-25', [
        ('core-10', 'client', 'totals', [17, 16, 17, 15, 16, 15, 16, 14, 15, 14]),
        ('demo-alliance', 'client', 'totals', [32, 33, 32, 33, 33, 32, 34, 33, 33, 33])]),
    # A safety item answered at the last two forms.
    ('C-0133', 'T-07', '2026-09-22', [
        ('phq-9', 'client', 'answers', [14, 15, 13, 14, 16, 15]),
        ('demo-alliance', 'client', 'answers', [29, 30, 31, 30, 31, 30])]),
    # A drop on WAI-SR, whose spread is provisional; not yet back.
    ('C-0140', 'T-07', '2026-09-15', [
        ('gad-7', 'client', 'answers', [13, 12, 12, 11, 12, 10, 10]),
        ('wai-sr', 'client', 'answers', [48, 49, 50, 49, 51, 50, 33])]),
    ('C-0155', 'T-07', '2026-07-28', [
        ('core-10', 'client', 'answers',
         [22, 21, 23, 22, 22, 21, 22, 23, 22, 21, 22, 23, 22, 22]),
        ('demo-alliance', 'client', 'answers',
         [35, 35, 36, 35, 36, 35, 36, 36, 35, 36, 35, 36, 36, 36])]),
    ('C-0160', 'T-07', '2026-09-02', [
        ('demo-distress', 'client', 'answers', [21, 20, 20, 18, 17, 15, 14, 13, 13]),
        ('demo-alliance', 'client', 'answers', [31, 31, 30, 32, 31, 31, 31, 31, 30])]),
    # Many forms missing, one with too many unanswered items.
    ('C-0167', 'T-07', '2026-09-08', [
        ('phq-9', 'client', 'answers', [18, _, 17, 'some', _, 15, 16, _]),
        ('demo-alliance', 'client', 'answers', [30, _, 31, 30, _, 30, X, X])]),
    ('C-0174', 'T-07', '2026-09-17', [
        ('core-10', 'client', 'answers', [26, 24, 24, 23, 21, 21, 20]),
        ('demo-alliance', 'client', 'answers', [32, 32, 33, 33, 33, 34, 34])]),
    # Last seen weeks ago, after a drop.
    ('C-0181', 'T-07', '2026-08-18', [
        ('demo-distress', 'client', 'answers', [24, 25, 24, 26, 25, 26, 27]),
        ('demo-alliance', 'client', 'answers', [33, 34, 33, 34, 33, 34, 24])]),
    ('C-0198', 'T-07', '2026-09-10', [
        ('core-10', 'client', 'answers', [20, _, _, _, _, _, _]),
        ('demo-alliance', 'client', 'answers', [31, _, _, 30, _, _, _])]),
    # Lower scores that became the usual level.
    ('C-0203', 'T-12', '2026-07-13', [
        ('core-10', 'client', 'answers',
         [18, 17, 17, 16, 18, 18, 17, 17, 16, 17, 16, 15, 16, 15]),
        ('demo-alliance', 'client', 'answers',
         [35, 35, 34, 35, 35, 26, 25, 26, 25, 26, 26, 25, 26, 26])]),
    # Reliably higher, for the first time at the last form.
    ('C-0207', 'T-12', '2026-09-24', [
        ('core-10', 'client', 'answers', [17, 18, 19, 20, 21, 25]),
        ('demo-alliance', 'client', 'answers', [29, 30, 29, 30, 29, 29])]),
    ('C-0211', 'T-12', '2026-09-08', [
        ('phq-9', 'client', 'answers', [16, 14, 12, 11, 9, 7, 6, 6]),
        ('wai-sr', 'client', 'answers', [44, 45, 47, 48, 50, 51, 52, 52])]),
    # Two drops, both back in range.
    ('C-0214', 'T-12', '2026-06-30', [
        ('demo-distress', 'client', 'answers',
         [28, 27, 26, 24, 25, 23, 21, 22, 19, 18, 17, 16, 14, 13, 12, 11, 10, 10]),
        ('demo-alliance', 'client', 'answers',
         [32, 33, 33, 32, 24, 33, 33, 34, 34, 33, 34, 25, 27, 33, 34, 34, 34, 35])]),
    ('C-0218', 'T-12', '2026-10-27', [
        ('core-10', 'client', 'answers', [21]),
        ('demo-alliance', 'client', 'answers', [29])]),
    ('C-0222', 'T-12', '2026-09-16', [
        ('gad-7', 'client', 'totals', [14, 13, 11, 10, 9, 8, 8]),
        ('demo-alliance', 'client', 'answers', [33, 33, 34, 34, 34, 35, 35])]),
    ('C-0225', 'T-12', '2026-09-03', [
        ('demo-distress', 'client', 'answers', [15, 16, 14, 15, 16, 14, 15, 15, 14]),
        ('demo-alliance', 'client', 'answers', [34, 33, 34, 34, 33, 34, 34, 33, 34])]),
    ('C-0230', 'T-12', '2026-08-20', [
        ('phq-9', 'client', 'answers', [19, 18, 18, 17, 15, 14, 13, 12, 12, 11, 10]),
        ('gad-7', 'client', 'answers', [15, 15, 14, 13, 13, 12, 11, 10, 10, 9, 9]),
        ('wai-sr', 'client', 'answers', [46, 47, 47, 48, 49, 48, 49, 50, 50, 51, 51]),
        ('wai-sr', 'therapist', 'answers', [45, 45, 46, 47, 47, 48, 48, 49, 49, 50, 50])]),
]

# (client, measure, form): the answer to its safety item.
SAFETY = {('C-0133', 'phq-9', 4): 1, ('C-0133', 'phq-9', 5): 2}


def keyed_answers(generator, measure, total, fixed):
    """Answers in the direction of the key that add up to total, as even as chance makes them."""
    count, low, high, _reversed, quiet = SCALES[measure]
    answers = [low] * count
    for item, answer in fixed.items():
        answers[item - 1] = answer
    free = [i for i in range(count) if i + 1 not in quiet and i + 1 not in fixed]
    if not sum(answers) <= total <= sum(answers) + (high - low) * len(free):
        raise ValueError(f'{measure}: no answers add up to {total}')
    while sum(answers) < total:
        lowest = min(answers[i] for i in free if answers[i] < high)
        # mostly the lowest items, so that answers of one form lie close to each other
        pool = [i for i in free if answers[i] < high and answers[i] <= lowest + 1]
        answers[generator.choice(pool)] += 1
    return answers


def as_ticked(measure, answers):
    """The answers as the client ticked them: reversed items turned back."""
    _count, low, high, reverse, _quiet = SCALES[measure]
    return [low + high - a if i + 1 in reverse else a for i, a in enumerate(answers)]


def form_fields(generator, client, measure, mode, index, value):
    """score and item_1..item_N of one form."""
    count = SCALES[measure][0]
    if value is None:
        return [''] + [''] * ITEMS
    if value == 'some':
        answers = as_ticked(measure, keyed_answers(generator, measure, 14, {}))
        answers = [a if i < count - 4 else '' for i, a in enumerate(answers)]
        return [''] + answers + [''] * (ITEMS - count)
    if mode == 'totals':
        score = round(value / MEANS[measure], 2) if measure in MEANS else value
        return [score] + [''] * ITEMS
    safety = SAFETY.get((client, measure, index))
    fixed = {next(iter(SCALES[measure][4])): safety} if safety is not None else {}
    answers = as_ticked(measure, keyed_answers(generator, measure, value, fixed))
    return [''] + answers + [''] * (ITEMS - count)


def rows():
    """Every row, sorted by client, then session, measure and rater."""
    generator = random.Random(SEED)
    for client, clinician, start, courses in sorted(CLIENTS):
        first = datetime.date.fromisoformat(start)
        forms = []
        for measure, rater, mode, course in courses:
            for index, value in enumerate(course):
                if value == X:
                    continue
                fields = form_fields(generator, client, measure, mode, index, value)
                forms.append((index + 1, measure, rater, fields))
        for session, measure, rater, fields in sorted(forms, key=lambda form: form[:3]):
            date = first + datetime.timedelta(days=7 * (session - 1))
            yield [client, clinician, session, date.isoformat(), measure, rater] + fields


def make():
    text = io.StringIO(newline='')
    writer = csv.writer(text, lineterminator='\n')
    writer.writerow(['client', 'clinician', 'session', 'date', 'measure', 'rater', 'score'] +
                    [f'item_{i}' for i in range(1, ITEMS + 1)])
    writer.writerows(rows())
    return text.getvalue()


def main(arguments):
    if len(arguments) == 2 and arguments[0] == '--check':
        with open(arguments[1], encoding='utf-8', newline='') as file:
            if file.read() == make():
                return 0
        print('the synthetic clinic is not what tests/tools/make_clinic.py makes: run it again',
              file=sys.stderr)
        return 1
    if len(arguments) > 1:
        print(__doc__, file=sys.stderr)
        return 2
    if arguments:
        with open(arguments[0], 'w', encoding='utf-8', newline='') as file:
            file.write(make())
    else:
        sys.stdout.write(make())
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
