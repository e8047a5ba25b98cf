# What attune sudden finds, against gains and losses worked out here.
# SPDX-License-Identifier: MIT
import attune
from worked import FORMS, courses


class Sudden(attune.Case):
    COLUMNS = "client,measure,rater,kind,from_session,to_session,magnitude,proportion,reversed"
    FALL = (30, 31, 29, 16, 15, 14, 14, 13)  # 3 to 4: a gain of 13, t 18.4
    NOISY = (30, 22, 29, 19, 18, 26, 19, 18)  # 10 points, and no more than the fluctuation

    @staticmethod
    def file(measure="mood", **scores):
        return ("client,session,measure,score\n" + "".join(
            f"{client},{session},{measure},{y}\n" for client, ys in scores.items()
            for session, y in enumerate(ys, 1))).encode()

    def test_columns_are_those_of_the_contract(self):
        head = self.run_well("sudden", FORMS, "--csv").stdout.decode().split("\n")[0]
        self.assertEqual(head, self.COLUMNS)

    def test_a_gain_is_found_where_it_is(self):
        text = self.file(A=self.FALL, B=self.NOISY, C=self.FALL[::-1])
        rows = self.rows("sudden", "-", "--cutoff", "7", "--higher", "worse", stdin=text)
        self.assertEqual([(r["client"], r["kind"], r["from_session"], r["to_session"],
                           r["magnitude"], r["reversed"]) for r in rows],
                         [("A", "gain", "3", "4", "13", "0"), ("C", "loss", "5", "6", "-13", "0")])
        self.assert_near(rows[0]["proportion"], 13 / 17)

    def test_direction_makes_a_gain_a_loss(self):
        text = self.file(A=self.FALL)
        row, = self.rows("sudden", "-", "--cutoff", "7", "--higher", "better", stdin=text)
        self.assertEqual(row["kind"], "loss")
        done = self.run_well("sudden", "-", "--cutoff", "7", "--csv", stdin=text)
        self.assertEqual(done.stdout.decode().splitlines()[1], "A,mood,client,,3,4,13,"
                         f"{13 / 17!r},0")
        self.assertIn(b"--higher better", done.stderr)

    def test_the_cutoff_is_the_measure_s_reliable_change_and_is_said(self):
        # PHQ-9: a reliable change of 6; a fall by 5 is none.
        text = self.file("phq-9", A=(20, 20, 20, 14, 14, 14, 14), B=(20, 20, 20, 15, 15, 15, 15))
        done = self.run_well("sudden", "-", "--csv", stdin=text)
        self.assertEqual([line[0] for line in done.stdout.decode().splitlines()[1:]], ["A"])
        self.assertIn(b"measure phq-9: the cutoff is 6 points", done.stderr)
        done = self.run_well("sudden", "-", "--csv", "--higher", "worse", stdin=self.file(A=[9]))
        self.assertIn(b"--cutoff", done.stderr)

    def test_the_package_s_rule_is_stricter_and_blind_to_the_next_session(self):
        # means 29 and 20, variances 13 and 7: t 3.49, and 2.85 standard deviations; p .025.
        text = self.file(A=(25, 32, 30, 17, 21, 22, 20))
        low = "--alpha", ".04"
        for mode, more, n in (("t-test", (), 1), ("suddengains", (), 1), ("t-test", low, 1),
                              ("suddengains", low, 0)):
            rows = self.rows("sudden", "-", "--cutoff", "7", "--higher", "worse", "--mode", mode,
                             *more, stdin=text)
            self.assertEqual(len(rows), n, (mode, more))
        text = self.file(A=(30, 31, 30, 15, 24, 14, 14, 14))
        for mode, reversed_ in (("t-test", "1"), ("suddengains", "0")):
            rows = self.rows("sudden", "-", "--cutoff", "7", "--higher", "worse", "--mode", mode,
                             "--criteria", "12", "--select", "first", stdin=text)
            self.assertEqual([(r["kind"], r["reversed"]) for r in rows],
                             [("gain", reversed_), ("loss", "1")])

    def test_one_of_each_kind_can_be_chosen(self):
        text = self.file(A=(40, 40, 40, 30, 30, 30, 10, 10, 10))
        for which, session in (("first", "3"), ("last", "6"), ("smallest", "3"), ("largest", "6")):
            row, = self.rows("sudden", "-", "--cutoff", "7", "--higher", "worse", "--select", which,
                             stdin=text)
            self.assertEqual(row["from_session"], session)

    def test_the_ends_are_tested_when_asked_for(self):
        text = self.file(A=(34, 18, 17, 17, 16, 15))
        ask = ("sudden", "-", "--cutoff", "7", "--higher", "worse")
        self.assertEqual(self.rows(*ask, stdin=text), [])
        self.assertEqual(len(self.rows(*ask, "--ends", stdin=text)), 1)

    def test_courses_that_cannot_tell_are_counted(self):
        text = self.file(A=(30, 20, 10), B=self.FALL)
        done = self.run_well("sudden", "-", "--cutoff", "7", "--higher", "worse", stdin=text)
        self.assertIn(b"1 of 2 courses are too short", done.stdout)


if __name__ == "__main__":
    attune.main()
