# attune phases: published examples through the command, what it leaves empty and what it refuses.
# SPDX-License-Identifier: MIT
import os

import attune

EXPECTED = os.path.join(attune.HERE, "expected", "phases.txt")


def forms(**courses):
    return "".join(["client,session,measure,score\n"] + [
        f"{client},{i},mood,{y}\n" for client, scores in courses.items()
        for i, y in enumerate(scores, 1)]).encode()


# "bob" of the R package scan (tau_u), and a baseline that falls, with R 4.2.2, Kendall 2.2.1.
BOB = (2, 3, 5, 3, 4, 5, 5, 7, 6)
FALLS = (33, 25, 17, 25, 14, 13, 15, 15, 16, 16, 5, 7, 9, 6, 5, 3, 3, 8, 11, 7)


class Phases(attune.Case):
    def test_bob_has_the_figures_of_the_package_scan(self):
        row, = self.rows("phases", "-", "--at-session", "5", stdin=forms(bob=BOB))
        self.assertEqual((row["n_a"], row["n_b"], row["reason"]), ("4", "5", ""))
        for name, value in (("tau_ab", 16 / 20), ("tau_a", .5), ("tau_b", .7),
                            ("tau_ab_less_a", 13 / 20), ("tau_ab_and_b", 23 / 30),
                            ("tau_u", 20 / 36)):
            self.assert_near(row[name], value)
        self.assert_near(row["tau_ab_ties"], .63245553, 8)

    def test_a_baseline_that_falls_is_taken_out(self):
        row, = self.rows("phases", "-", "--at-session", "8", stdin=forms(A=FALLS))
        self.assertEqual((row["corrected"], row["baseline_slope"]), ("1", "-3"))
        for name, value, digits in (("baseline_tau", -.683130051, 9), ("baseline_p", .033440639, 8),
                                    ("corrected_tau", .69946216, 8),
                                    ("corrected_z", 3.6109854, 7),
                                    ("corrected_p", .00030503581, 10)):
            self.assert_near(row[name], value, digits)

    def test_phases_are_parted_by_session_number_and_not_by_row(self):
        text = b"client,session,measure,score\nA,2,mood,1\nA,5,mood,2\nA,6,mood,4\nA,9,mood,3\n"
        counts = {at: [r["n_a"] for r in self.rows("phases", "-", "--at-session", str(at),
                                                   stdin=text)] for at in (2, 5, 6, 9, 10)}
        self.assertEqual(counts, {2: ["0"], 5: ["1"], 6: ["2"], 9: ["3"], 10: ["4"]})

    def test_what_is_empty_says_why(self):
        text = forms(A=(1, 2, 3), B=(4, 4, 4, 4, 4), C=(1, 2, 3, 2))
        rows = self.rows("phases", "-", "--at-session", "4", stdin=text)
        self.assertEqual([r["reason"] for r in rows],
                         ["the second phase has no completed score", "all scores are equal",
                          "the second phase has one score alone, and no trend"])
        self.assertEqual((rows[0]["tau_u"], rows[0]["tau_ab"], rows[0]["tau_a"]), ("", "", "1"))
        self.assertEqual(rows[1]["corrected_p"], "")

    def test_a_course_without_a_score_has_no_row(self):
        text = b"client,session,measure,score\nA,1,mood,\nA,2,mood,\nB,1,mood,2\n"
        rows = self.rows("phases", "-", "--at-session", "2", stdin=text)
        self.assertEqual([r["client"] for r in rows], ["B"])

    def test_the_session_must_be_given(self):
        done = self.run_well("phases", "-", code=attune.USAGE)
        self.assertEqual(done.stdout, b"")
        self.assertIn(b"--at-session", done.stderr)
        self.run_well("phases", "-", "--at-session", "soon", code=attune.USAGE)

    def test_a_phase_beyond_its_bound_is_refused(self):
        text = forms(A=[i % 7 for i in range(2052)])
        done = self.run_well("phases", "-", "--at-session", "3", stdin=text, code=attune.BAD_DATA)
        self.assertEqual(done.stdout, b"")
        self.assertIn(b"2048", done.stderr)

    def test_the_text_is_the_recorded_one(self):
        done = self.run_well("phases", attune.data("forms.csv"), "--at-session", "5")
        with open(EXPECTED, "rb") as file:
            self.assertEqual(done.stdout.decode(), file.read().decode())


if __name__ == "__main__":
    attune.main()
