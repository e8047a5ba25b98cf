# What attune marks says of each session, against rule CR-1 as worked out by hand.
# SPDX-License-Identifier: MIT
import attune
from worked import FORMS, course_of, forms

# The worked example of rule CR-1: session, statistic, as its authors computed it by hand.
WORKED = {3: .4900, 4: -.9395, 5: -1.2115, 6: -.7511, 7: 3.4737, 8: 3.7585, 9: 2.9043, 10: -1.0820,
          11: -1.1217, 12: -.9276, 13: 0, 14: -.2643, 15: -.7525}
COURSE = ("--measure", "demo-alliance", "--rules", "own_range")


class Marks(attune.Case):
    def mine(self, *options):
        return [r for r in self.rows("marks", FORMS, *COURSE, *options)
                if r["client"] == "K-1" and r["rater"] == "client"]

    def test_columns_are_those_of_the_contract(self):
        heads = {(): "client,measure,rater,session,date,rule,kind,level,observed,limit,statistic,"
                     "reason",
                 ("--trace",): "client,measure,rater,session,rule,statistic,p_began,p_open",
                 ("--episodes",): "client,measure,rater,rule,onset_session,nadir_session,depth,"
                                  "depth_sigma,length,status,resolved_session,shape,agreeing"}
        for options, head in heads.items():
            text = self.run_well("marks", FORMS, "--csv", *options).stdout.decode()
            self.assertEqual(text.split("\n")[0], head)

    def test_a_silence_is_never_ambiguous(self):
        rows = {(r["measure"], r["rater"], r["rule"]): r
                for r in self.rows("marks", FORMS, "--silence", "--rules", "all")
                if r["client"] == "K-1"}
        own = rows["demo-alliance", "client", "own_range"]
        self.assertEqual((own["silence"], own["forms"], own["sessions"]), ("marked", "16", "16"))
        lack = rows["demo-alliance", "client", "below_cutoff"]
        self.assertEqual((lack["silence"], lack["missing"]), ("missing constant", "cutoff"))
        meant = rows["demo-alliance", "client", "reliable_worse"]
        self.assertEqual(meant["silence"], "not for this measure")

    def test_rules_stand_side_by_side_with_the_course_as_they_saw_it(self):
        rows = {r["rule"]: r["course"] for r in self.rows(
                    "marks", FORMS, "--side-by-side", "--client", "K-1", "--measure",
                    "demo-alliance") if r["rater"] == "client"}
        self.assertEqual(rows["own_range"], "--....SSPo......")
        self.assertEqual(rows["below_cutoff"], "-" * 16)
        self.assertNotIn("reliable_worse", rows)
        self.assertEqual(rows["drop_whole"], "......P..p......".replace("p", "."))
        for course in rows.values():
            self.assertRegex(course, "^[SPpon._-]{16}$")

    def test_one_answer_is_asked_for_at_a_time(self):
        done = self.run_well("marks", FORMS, "--trace", "--silence", code=2)
        self.assertEqual(done.stdout, b"")

    def test_the_trace_is_the_worked_example(self):
        found = {int(r["session"]): r["statistic"] for r in self.mine("--trace")}
        self.assertEqual(sorted(found), list(range(1, 17)))
        self.assertEqual((found[1], found[2]), ("", ""))
        for session, statistic in WORKED.items():
            self.assertLess(abs(float(found[session]) - statistic), .5e-4 + 1e-9, session)

    def test_marks_are_those_of_the_worked_example(self):
        rows = self.mine()
        self.assertEqual([(r["session"], r["kind"], r["level"]) for r in rows],
                         [("7", "drop", "severe"), ("8", "drop", "severe"),
                          ("9", "drop", "probable"), ("10", "return", "")])
        self.assertEqual([r["observed"] for r in rows], ["4.3", "4.2", "4.5", "5.9"])
        self.assertEqual(rows[0]["date"], "2026-02-15")
        for row in rows:
            self.assertIn(row["observed"], row["reason"])

    def test_the_episode_runs_from_onset_to_repair(self):
        row, = self.mine("--episodes")
        self.assertEqual([row[k] for k in ("onset_session", "nadir_session", "length", "status",
                                           "resolved_session")], ["7", "8", "3", "repaired", "10"])
        self.assert_near(row["depth"], 5.52 - 4.2, 9)
        self.assert_near(row["depth_sigma"], 3.7585, 4)

    def test_a_clinic_s_own_spread_replaces_the_shipped_one(self):
        wide = {r["session"]: r["statistic"] for r in self.mine("--trace", "--within-sd", "2")}
        self.assertLess(float(wide["7"]), WORKED[7] / 3)
        self.assertEqual(self.mine("--within-sd", "2"), [])

    def test_a_trace_has_a_row_for_every_session_and_rule(self):
        rows = self.rows("marks", FORMS, "--trace")
        rules = sorted(r["id"] for r in self.object("rules")["rows"])
        wanted = [(*course_of(f), f["session"], rule) for f in forms() for rule in rules]
        self.assertEqual([tuple(r[k] for k in ("client", "measure", "rater", "session", "rule"))
                          for r in rows], wanted)

    def test_reliably_worse_is_seen_on_distress(self):
        rows = [r for r in self.rows("marks", FORMS) if r["rule"] == "reliable_worse"]
        self.assertEqual([(r["measure"], r["session"], r["level"]) for r in rows],
                         [("phq-9", "5", "possible"), ("phq-9", "6", "probable"),
                          ("demo-distress", "3", "possible"), ("demo-distress", "4", "probable")])
        self.assert_near(rows[0]["statistic"], 8.5 / 6)

    def test_a_derived_constant_is_said_in_every_mark(self):
        low = [50, 52, 51, 50, 52, 30]
        text = "client,session,measure,score\n" + "".join(
            f"A,{i},wai-sr,{y}\n" for i, y in enumerate(low, 1))
        row, = self.rows("marks", "-", "--rules", "own_range", stdin=text.encode())
        self.assertIn("provisional", row["reason"])
        row, = self.rows("marks", "-", "--rules", "own_range", "--within-sd", "3.9",
                         stdin=text.encode())
        self.assertNotIn("provisional", row["reason"])

    def test_a_rule_that_lacks_a_constant_says_which(self):
        text = b"client,session,measure,score\nA,1,mood,3\nA,2,mood,9\n"
        done = self.run_well("marks", "-", "--csv", "--higher", "better", stdin=text)
        line, = done.stderr.decode().splitlines()
        for word in ("measure mood", "rupture_filter", "--within-sd", "reliable_worse", "--sd"):
            self.assertIn(word, line)

    def test_check_finds_marks(self):
        self.run_well("marks", FORMS, "--check", code=attune.FINDINGS)
        self.run_well("marks", FORMS, "--check", "--measure", "gad-7")


if __name__ == "__main__":
    attune.main()
