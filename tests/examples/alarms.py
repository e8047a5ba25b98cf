# The false-alarm table against counts made here from what simulate and marks --trace write.
# SPDX-License-Identifier: MIT
import csv
import math
import os
import tempfile
import unittest

import attune

CLIENTS, SEED = "300", "8"
COMMITTED = os.path.join(attune.HERE, "..", "..", "lib", "stats", "alarm", "data", "alarms.csv")
LEVELS = ["possible", "probable", "severe"]
RULE = "own_range"


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class World:
    """A simulated caseload as the command writes it: ruptures, statistics and marks of a rule."""

    def __init__(self, case, world, rule):
        with tempfile.TemporaryDirectory() as folder:
            forms, truth = os.path.join(folder, "forms.csv"), os.path.join(folder, "truth.csv")
            case.run_well("simulate", "--world", world, "--clients", CLIENTS, "--seed", SEED,
                          "--csv", "-o", forms, "--truth", truth)
            trace = case.rows("marks", forms, "--measure", "demo-alliance", "--rules", rule,
                              "--trace")
            marks = case.rows("marks", forms, "--measure", "demo-alliance", "--rules", rule)
            episodes = case.rows("marks", forms, "--measure", "demo-alliance", "--rules", rule,
                                 "--episodes")
            self.ruptures, self.courses = {}, {}
            for row in read(truth):
                self.ruptures.setdefault(row["client"], []).append(row)
        for row in trace:
            if row["rater"] == "client":
                statistic = float(row["statistic"]) if row["statistic"] else None
                self.courses.setdefault(row["client"], {})[int(row["session"])] = statistic
        self.levels = {(m["client"], int(m["session"])): LEVELS.index(m["level"]) for m in marks
                       if m["rater"] == "client" and m["level"]}
        self.episodes = {(e["client"], int(e["onset_session"])): e["status"] for e in episodes
                         if e["rater"] == "client"}

    def inside(self, client):
        return {t for r in self.ruptures.get(client, [])
                for t in range(int(r["onset_session"]), int(r["last_session"]) + 1)}

    def outside(self):
        """Client, session and statistic of the answers outside of ruptures."""
        for client, course in self.courses.items():
            inside = self.inside(client)
            yield from ((client, t, s) for t, s in course.items()
                        if s is not None and t not in inside)

    def figures(self, rings):
        """The columns of one row; rings says whether there is an alarm at a client's session."""
        answers = list(self.outside())
        alarms = [(c, t) for c, t, _ in answers if rings(c, t)]
        whole = [c for c in self.courses if c not in self.ruptures]
        clients = {c for c, _ in alarms}
        found, noticed, delays, right, judged, count = 0, 0, 0, 0, 0, 0
        for client, ruptures in self.ruptures.items():
            end = max(self.courses[client])
            for r in ruptures:
                onset, last = int(r["onset_session"]), int(r["last_session"])
                count += 1
                ringing = [t for t in range(onset, min(end, max(last, onset + 1)) + 1)
                           if rings(client, t)]
                if not ringing:
                    continue
                noticed += 1
                delays += ringing[0] - onset
                if ringing[0] > onset + 1:
                    continue
                found += 1
                said = self.episodes.get((client, onset)) or self.episodes.get((client, onset + 1))
                if said and r["status"] != "censored":
                    judged += 1
                    right += (said == "repaired") == (r["status"] == "repaired")
        return {"answered": len(answers), "ruptures": count,
                "alarms_per_100": 100 * len(alarms) / len(answers),
                "clients_per_100": 100 * len(clients & set(whole)) / len(whole),
                "found": found / count if count else None,
                "noticed": noticed / count if count else None,
                "delay": delays / noticed if noticed else None,
                "status_right": right / judged if judged else None}


class Alarms(attune.Case):
    def measured(self, *more):
        return self.rows("rules", *more, "--measure-alarms", "--clients", CLIENTS, "--seed", SEED)

    def assert_row(self, row, figures):
        for name, value in figures.items():
            if value is not None:
                self.assertAlmostEqual(float(row[name]), value, 5, name)

    def test_levels_and_rates_are_counted_as_simulate_and_marks_have_it(self):
        for world in "default", "inertia":
            made = World(self, world, RULE)
            statistics = sorted(s for _, _, s in made.outside())
            rows = self.measured(RULE, "--world", world)
            self.assertEqual(len(rows), 6)
            for row in rows:
                if row["level"]:
                    level = LEVELS.index(row["level"])
                    figures = made.figures(lambda c, t: made.levels.get((c, t), -1) >= level)
                else:
                    above = math.floor(float(row["rate"]) * len(statistics))
                    limit = statistics[len(statistics) - 1 - above]
                    self.assertAlmostEqual(float(row["threshold"]), limit, 5)
                    figures = made.figures(
                        lambda c, t: (made.courses[c].get(t) or -math.inf) > limit)
                self.assert_row(row, figures)

    def test_threads_do_not_change_a_byte(self):
        one, three = (self.run_well("rules", "--measure-alarms", "--clients", "30", "--threads", n,
                                    "--csv").stdout for n in "13")
        self.assertEqual(one, three)

    def test_a_simulated_caseload_is_the_same_bytes_with_more_threads(self):
        with tempfile.TemporaryDirectory() as folder:
            made = []
            for threads in "1", "3":
                truth = os.path.join(folder, threads)
                forms = self.run_well("simulate", "--clients", "600", "--threads", threads,
                                      "--truth", truth).stdout
                made.append((forms, open(truth, "rb").read()))
            self.assertEqual(made[0], made[1])

    def test_the_table_is_shown_as_it_was_measured(self):
        versions = {r["id"]: r["version"] for r in self.rows("rules")}
        current = [r for r in read(COMMITTED) if versions.get(r["rule"]) == r["version"]]
        self.assertEqual(self.rows("rules", "--alarms"), current)
        mine = [r for r in current if r["rule"] == RULE]
        self.assertEqual(self.rows("rules", RULE, "--alarms"), mine)
        shown = {r["id"]: r["alarms"] for r in self.object("rules")["rows"]}[RULE]
        self.assertEqual([r["found"] for r in shown],
                         [float(r["found"]) if r["found"] else None for r in mine])
        text = self.run_well("rules", RULE).stdout.decode()
        for label in "false alarms", "clients marked", "ruptures found", "as it stands":
            self.assertIn(label + ": ", text)
        steady = [r for r in mine if r["world"] == "steady" and r["level"] == "possible"]
        self.assertIn(" ".join(f"{float(r['alarms_per_100']):.1f}" for r in steady), text)

    def test_the_committed_table_is_of_the_rules_as_they_are(self):
        """Else: ninja -C build update-alarms."""
        rules = {r["id"]: r["version"] for r in self.rows("rules")}
        self.assertEqual({r["rule"]: r["version"] for r in read(COMMITTED)}, rules)

    def test_the_committed_table_comes_out_of_the_seed(self):
        committed = [r for r in read(COMMITTED) if r["rule"] == RULE and r["world"] == "default"]
        self.assertEqual(len(committed), 6)
        again = self.rows("rules", RULE, "--measure-alarms", "--world", "default")
        self.assertEqual(again, committed)

    def test_every_rule_has_a_row_or_more(self):
        rules = [r["id"] for r in self.rows("rules")]
        rows = self.rows("rules", "--measure-alarms", "--clients", "20")
        self.assertEqual(list(dict.fromkeys(r["rule"] for r in rows)), rules)
        for rule in rules:
            mine = [r for r in rows if r["rule"] == rule]
            mute = [r for r in mine if r["silent"]]
            self.assertTrue(len(mute) in (0, 1) or len(mute) < len(mine))

    def test_what_cannot_be_measured_is_refused(self):
        done = self.run_well("rules", "--measure-alarms", "--world", "nowhere", code=attune.USAGE)
        self.assertEqual(done.stdout, b"")
        self.assertIn(b"--world", done.stderr)
        self.run_well("rules", "nothing", "--measure-alarms", code=attune.USAGE)
        self.run_well("rules", "--measure-alarms", "--clients", "0", code=attune.USAGE)


if __name__ == "__main__":
    attune.main()
