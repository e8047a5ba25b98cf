# attune rules --learn: what it says and writes, where that can be used, and refusals.
# SPDX-License-Identifier: MIT
import json
import os

import attune

COURSE = ("--measure", "demo-alliance")
LEARNT = ["hazard", "depth", "spread_cv", "slope"]


class Learn(attune.Simulated):
    CASELOAD = ("--world", "low-hazard", "--clients", "200", "--seed", "5")

    def learn(self, *more, **kinds):
        return self.rows("rules", "--learn", self.forms, *COURSE, *more, **kinds)

    def learnt_set(self, *more):
        path = os.path.join(self.folder.name, "learnt.json")
        self.run_well("rules", "--learn", self.forms, *COURSE, *more, "--json", "-o", path)
        with open(path, encoding="utf-8") as file:
            return path, json.load(file)

    def test_every_parameter_has_a_row_with_what_is_usual_elsewhere(self):
        rows = self.learn()
        self.assertEqual([r["parameter"] for r in rows], LEARNT)
        for row, usual in zip(rows, (.05, 2.25, .35, .045)):
            self.assertEqual((row["measure"], row["rater"], row["rule"], row["version"]),
                             ("demo-alliance", "client", "rupture_filter", "2"))
            self.assertEqual(float(row["default"]), usual)
            self.assertEqual((row["courses"], row["gain"]), ("200", rows[0]["gain"]))
            self.assertGreater(float(row["error"]), 0)
        # Ruptures begin at .02 of this world's sessions.
        self.assertLess(abs(float(rows[0]["value"]) - .02), 3 * float(rows[0]["error"]))
        self.assertGreater(float(rows[0]["gain"]), 2)

    def test_what_it_writes_is_the_plan_with_what_was_learnt(self):
        rows = {r["parameter"]: float(r["value"]) for r in self.learn()}
        _, made = self.learnt_set()
        self.assertEqual((made["id"], made["version"]), ("learnt", 1))
        self.assertEqual([r["rule"] for r in made["rules"]],
                         ["erosion", "reliable_worse", "rupture_filter"])
        written = {p["name"]: p["value"] for p in made["rules"][2]["parameters"]}
        self.assertEqual({k: written[k] for k in LEARNT}, rows)
        self.assertEqual(written["p_possible"], .15)

    def test_rules_with_the_same_parameters_take_them_too(self):
        _, made = self.learnt_set("--rules", "rupture_filter,rupture_joint,own_range")
        values = [{p["name"]: p["value"] for p in rule["parameters"] if p["name"] in LEARNT}
                  for rule in made["rules"]]
        self.assertEqual(values[0], {})
        self.assertEqual(values[1], values[2])

    def test_marks_and_tuning_take_the_set(self):
        rules, _ = self.learnt_set()
        before = self.rows("marks", self.forms, *COURSE, "--trace")
        after = self.rows("marks", self.forms, *COURSE, "--trace", "--rules", rules)
        began = [[float(r["p_began"]) for r in rows if r["rule"] == "rupture_filter"
                  and r["p_began"] and r["rater"] == "client"] for rows in (before, after)]
        self.assertEqual(len(began[0]), len(began[1]))
        self.assertLess(sum(began[1]), .7 * sum(began[0]))  # they are rarer here
        tuned = json.loads(self.run_well(
            "rules", "--tune", self.forms, *COURSE, "--alarms-per-100", "5", "--clients", "200",
            "--rules", rules, "--json").stdout)
        self.assertEqual([r["rule"] for r in tuned["rules"]], ["erosion", "rupture_filter"])

    def test_what_cannot_be_learnt_is_refused(self):
        few = "".join(self.text.splitlines(keepends=True)[:300]).encode()
        for arguments, code, words in (
                ([], attune.USAGE, b"FORMS"),
                ([self.forms], attune.USAGE, b"--measure"),
                ([self.forms, *COURSE, "--rater", "observer"], attune.BAD_DATA, b"found none"),
                ([self.forms, *COURSE, "--rules", "own_range"], attune.USAGE, b"rupture_filter"),
                ([self.forms, "--measure", "demo-distress"], attune.USAGE, b"--rules"),
                (["-", *COURSE], attune.BAD_DATA, b"100 courses")):
            done = self.run_well("rules", "--learn", *arguments, code=code, stdin=few)
            self.assertEqual(done.stdout, b"")
            self.assertIn(words, done.stderr)

    def test_a_measure_without_a_spread_says_how_to_give_it(self):
        mood = self.text.replace("demo-alliance", "mood").encode()
        wanted = ("rules", "--learn", "-", "--measure", "mood", "--higher", "better")
        done = self.run_well(*wanted, code=attune.USAGE, stdin=mood)
        self.assertIn(b"--within-sd", done.stderr)
        rows = self.rows(*wanted, "--within-sd", ".44", stdin=mood)
        self.assertEqual([r["parameter"] for r in rows], LEARNT)


if __name__ == "__main__":
    attune.main()
