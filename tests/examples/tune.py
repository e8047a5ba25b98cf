# attune rules --tune: constants worked out here anew, budgets that hold, and refusals.
# SPDX-License-Identifier: MIT
import csv
import io
import json
import os
import statistics

import attune

RULES = "drop,erosion,own_range,reliable_drop"


def courses(text):
    """The client's forms of demo-alliance: (session, score) of each course, completed or not."""
    found = {}
    for row in csv.DictReader(io.StringIO(text)):
        if row["measure"] == "demo-alliance" and row["rater"] == "client":
            score = float(row["score"]) if row["score"] else None
            found.setdefault(row["client"], []).append((int(row["session"]), score))
    return list(found.values())


class Tune(attune.Simulated):
    CASELOAD = ("--world", "steady", "--clients", "250", "--seed", "6")

    def tune(self, *more, **kinds):
        return self.rows("rules", "--tune", self.forms, "--measure", "demo-alliance",
                         "--alarms-per-100", "5", "--clients", "800", "--rules", RULES, *more,
                         **kinds)

    def test_constants_are_those_of_the_forms(self):
        row = self.tune()[0]
        scores, levels, slopes, sessions = [], [], [], 0
        for course in courses(self.text):
            done = [(t - course[0][0], y) for t, y in course if y is not None]
            scores += [y for _, y in done]
            sessions += course[-1][0] - course[0][0] + 1
            if len(done) >= 5:
                line = statistics.linear_regression(*zip(*done))
                levels.append(line.intercept)
                slopes.append(line.slope)
        self.assertEqual(int(row["courses"]), len(levels))
        self.assertEqual(int(row["forms"]), len(scores))
        self.assert_near(row["total_sd"], statistics.stdev(scores), 11)
        self.assert_near(row["level_mean"], statistics.fmean(levels), 11)
        self.assert_near(row["slope_mean"], statistics.fmean(slopes), 11)
        self.assert_near(row["missing"], 1 - len(scores) / sessions, 11)
        # Of the simulated world: ceiling and rounding take or add little.
        self.assertAlmostEqual(float(row["within_sd"]), 0.44, delta=0.07)
        self.assertAlmostEqual(float(row["inertia"]), 0.24, delta=0.08)
        self.assertLess(float(row["level_sd"]), statistics.stdev(levels))

    def test_budgets_hold_for_clients_that_had_no_say(self):
        rows = {(r["rule"], r["level"]): r for r in self.tune()}
        for (rule, level), row in rows.items():
            if rule == "reliable_drop":
                self.assertEqual((row["value"], row["silent"]), ("", "no threshold"))
                continue
            budget = 5 / {"": 1, "possible": 1, "probable": 2, "severe": 4}[level]
            error = float(row["alarms_error"])
            self.assertLess(float(row["alarms_per_100"]), budget + 4 * error + 0.1, (rule, level))
            if rule == "own_range":  # its statistic takes many values: the budget is used up
                self.assertGreater(float(row["alarms_per_100"]), budget - 4 * error - 0.3)
        ladder = [float(rows["own_range", n]["value"]) for n in ("possible", "probable", "severe")]
        self.assertEqual(ladder, sorted(ladder))

    def test_fewer_alarms_want_higher_thresholds(self):
        few = self.tune("--alarms-per-100", "1")
        for many, row in zip(self.tune(), few):
            if row["value"]:
                self.assertGreaterEqual(float(row["value"]), float(many["value"]))

    def test_json_is_a_rule_set(self):
        made = json.loads(self.run_well(
            "rules", "--tune", self.forms, "--measure", "demo-alliance", "--alarms-per-100", "5",
            "--clients", "800", "--rules", RULES, "--json").stdout)
        self.assertEqual((made["id"], made["version"]), ("tuned", 1))
        self.assertLessEqual(len(made["text"].encode()), 1000)
        rows = self.tune()
        self.assertEqual([r["rule"] for r in made["rules"]], ["drop", "erosion", "own_range"])
        for rule in made["rules"]:
            mine = [r for r in rows if r["rule"] == rule["rule"]]
            written = {p["name"]: p["value"] for p in rule["parameters"]}
            for row in mine:
                self.assertEqual(written[row["parameter"]], float(row["value"]))
            self.assertEqual(rule["version"], int(mine[0]["version"]))

    def test_the_rule_set_can_be_used(self):
        rules = os.path.join(self.folder.name, "tuned.json")
        self.run_well("rules", "--tune", self.forms, "--measure", "demo-alliance",
                      "--alarms-per-100", "5", "--clients", "800", "--rules", RULES, "--json", "-o",
                      rules)
        rows = self.rows("marks", self.forms, "--measure", "demo-alliance", "--rules", rules)
        mine = [r for r in rows if r["rule"] == "own_range" and r["kind"] == "drop"
                and r["rater"] == "client"]
        answers = self.rows("marks", self.forms, "--measure", "demo-alliance", "--rules", rules,
                            "--trace")
        looked = [r for r in answers if r["rule"] == "own_range" and r["rater"] == "client"
                  and r["statistic"]]
        # Of 250 steady courses themselves: the budget was 5, and the error is about half a mark.
        self.assertAlmostEqual(100 * len(mine) / len(looked), 5, delta=1.5)

    def test_parameters_that_are_no_thresholds_are_kept(self):
        start = os.path.join(self.folder.name, "start.json")
        with open(start, "w", encoding="utf-8") as file:
            json.dump({"id": "start", "version": 1, "text": "Ruptures are rare.", "rules": [
                {"rule": "rupture_filter", "version": 2,
                 "parameters": [{"name": "hazard", "value": 0.01}]}]}, file)
        made = json.loads(self.run_well(
            "rules", "--tune", self.forms, "--measure", "demo-alliance", "--alarms-per-100", "5",
            "--clients", "200", "--rules", start, "--json").stdout)
        written = {p["name"]: p["value"] for p in made["rules"][0]["parameters"]}
        self.assertEqual(written["hazard"], 0.01)
        self.assertNotEqual(written["p_possible"], 0.15)

    def test_threads_do_not_change_a_byte(self):
        self.assertEqual(self.tune("--threads", "1"), self.tune("--threads", "3"))

    def test_what_cannot_be_tuned_is_refused(self):
        few = "".join(self.text.splitlines(keepends=True)[:300]).encode()
        for arguments, code, words in (
                (["--tune"], attune.USAGE, b"FORMS"),
                (["--tune", self.forms], attune.USAGE, b"--alarms-per-100"),
                (["--tune", self.forms, "--alarms-per-100", "0"], attune.USAGE, b"0.1 to 50"),
                (["--tune", self.forms, "--alarms-per-100", "5"], attune.USAGE, b"--measure"),
                (["--tune", self.forms, "--alarms-per-100", "5", "--measure", "demo-alliance",
                  "--rater", "observer"], attune.BAD_DATA, b"found none"),
                (["--tune", self.forms, "--alarms-per-100", "5", "--measure", "demo-alliance",
                  "--rules", "not_on_track"], attune.USAGE, b"--rules"),
                (["--tune", "-", "--alarms-per-100", "5", "--measure", "demo-alliance"],
                 attune.BAD_DATA, b"20 courses")):
            done = self.run_well("rules", *arguments, code=code, stdin=few)
            self.assertEqual(done.stdout, b"")
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    attune.main()
