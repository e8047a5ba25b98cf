# attune chart and attune changepoints: columns, figures known beforehand, what is empty or refused.
# SPDX-License-Identifier: MIT
import math
import os

import attune

FORMS = attune.data("forms.csv")
EXPECTED = os.path.join(attune.HERE, "expected")


def forms(**courses):
    return "".join(["client,session,measure,score\n"] + [
        f"{client},{i},mood,{y}\n" for client, scores in courses.items()
        for i, y in enumerate(scores, 1)]).encode()


# Sixteen alliance scores and R's figures of them (strucchange 1.5-3: Fstats, sctest, breakpoints).
ALLIANCE = (5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3, 4.2, 4.5, 5.9, 6.0, 6.1, 5.9, 6.0, 6.2, 6.1)
# The flow of the Nile at Aswan, 1871 to 1970 (Cobb 1978, Biometrika 65:243-251; R's datasets).
NILE = (1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960,
        1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694,
        940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764,
        821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822,
        1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050,
        918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740)


class Charts(attune.Case):
    """One fall by three points after six sessions, of a measure that no scale describes."""

    SCORES = (5, 6, 5, 6, 5, 6, 2, 3, 2, 3, 2, 3)
    TEXT = ("client,session,measure,score\n" + "".join(
        f"A,{i},mood,{y}\n" for i, y in enumerate(SCORES, 1)) + "B,1,mood,\n").encode()
    TAIL = "false_alarm,false_alarm_error"

    def head(self, command):
        return self.run_well(command, FORMS, "--csv").stdout.decode().split("\n")[0]

    def test_a_chart_has_its_columns_and_a_row_a_session(self):
        self.assertEqual(self.head("chart"), "client,measure,rater,session,value,step,statistic,"
                         "centre,lower,upper,high,low,run_high,run_low,estimate,hits," + self.TAIL)
        rows = self.rows("chart", "-", stdin=self.TEXT)
        self.assertEqual([r["session"] for r in rows], [str(i) for i in range(1, 13)])
        # Steps: ten of 1 and one of 4, over 2 / sqrt(pi).
        self.assert_near(rows[0]["upper"], 4 + 3 * 14 / 11 * math.sqrt(math.pi) / 2)
        self.assertEqual({r["run_high"] for r in rows}, {""})

    def test_a_cusum_sums_up_and_one_side_is_enough(self):
        rows = self.rows("chart", "-", "--kind", "cusum", "--side", "above", stdin=self.TEXT)
        u = 1 / (14 / 11 * math.sqrt(math.pi) / 2)
        self.assert_near(rows[1]["high"], 3 * u - 1)
        self.assertEqual(rows[1]["run_high"], "2")
        self.assertEqual({r["hits"] for r in rows}, {""})

    def test_false_alarms_are_stated_with_their_error(self):
        row = self.rows("chart", "-", "--kind", "ewma", stdin=self.TEXT)[0]
        rate = float(row["false_alarm"])
        self.assertTrue(0 < rate < 0.2)
        self.assert_near(row["false_alarm_error"], math.sqrt(rate * (1 - rate) / 10000))

    def test_a_change_is_found_where_it_is_by_every_search(self):
        self.assertEqual(self.head("changepoints"), "client,measure,rater,session,n_before,n_after,"
                         "before,after,statistic,p," + self.TAIL + ",reason")
        for search in ("partition", "binary", "breaks"):
            row, = self.rows("changepoints", "-", "--search", search, stdin=self.TEXT)
            self.assertEqual((row["session"], row["before"], row["after"]), ("7", "5.5", "2.5"))
            # 27 + 3 squares about one mean, 3 within: F = 27 / (3 / 10).
            self.assert_near(row["statistic"], 90)
            self.assertTrue(0 < float(row["p"]) < 0.02 and 0 < float(row["false_alarm"]) < 0.3)

    def test_a_course_beyond_its_bound_is_refused(self):
        text = "client,session,measure,score\n" + "".join(
            f"A,{i},mood,{i % 7}\n" for i in range(1, 4098))
        done = self.run_well("changepoints", "-", stdin=text.encode(), code=attune.BAD_DATA)
        self.assertIn(b"4096", done.stderr)


class OneChange(attune.Case):
    """Chow's test where the place is known, sup-F where it is not: one row a course."""

    def ask(self, text, *options):
        return self.rows("changepoints", "-", "--search", *options, stdin=text)

    def test_the_nile_changes_in_1899_by_both_tests(self):
        text = forms(N=NILE)
        known, = self.ask(text, "chow", "--at-session", "29")
        found, = self.ask(text, "supf")
        for row in (known, found):
            self.assertEqual((row["session"], row["n_before"], row["reason"]), ("29", "28", ""))
            self.assert_near(row["statistic"], 75.9298, 5)
            self.assert_near(row["before"], 1097.75)
            self.assert_near(row["after"], 849.97222, 7)
        self.assert_near(float(known["p"]) * 1e14, 7.4385, 4)
        self.assertEqual((found["p"], known["false_alarm_error"]), ("0.001", "0"))
        self.assertEqual(known["false_alarm"], known["p"])
        self.assert_near(found["false_alarm_error"], math.sqrt(.001 * .999 / 999))

    def test_lines_and_means_of_one_course_differ(self):
        text = forms(A=ALLIANCE)
        line, = self.ask(text, "chow", "--at-session", "7", "--model", "line")
        self.assert_near(line["statistic"], 9.42381, 5)
        self.assert_near(line["p"], .0034654, 7)
        mean, = self.ask(text, "supf")
        self.assertEqual(mean["session"], "10")
        self.assert_near(mean["statistic"], 15.7875, 4)
        self.assertTrue(.005 < float(mean["p"]) < .05)

    def test_a_line_that_turns_is_found_by_lines(self):
        text = forms(A=[1, 2.1, 2.9, 4, 5.1, 5.9, 7, 8.1, 7, 5.9, 5.1, 4, 2.9, 2.1, 1, -.1])
        for search in ("breaks", "supf"):
            row, = self.ask(text, search, "--model", "line")
            self.assertIn(row["session"], ("8", "9"))

    def test_the_place_is_a_session_number_and_not_a_row(self):
        text = (b"client,session,measure,score\nA,2,mood,1\nA,5,mood,2\nA,6,mood,\nA,9,mood,4\n"
                b"A,12,mood,3\n")
        for at, session in (("3", "5"), ("6", "9"), ("7", "9"), ("12", "12"), ("13", "")):
            row, = self.ask(text, "chow", "--at-session", at)
            self.assertEqual(row["session"], session)

    def test_what_is_empty_says_why(self):
        text = forms(A=(1, 2, 3), B=(4, 4, 4, 4, 4), C=(1, 1, 3, 3), D=(1, 2, 4, 3, 5))
        rows = self.ask(text, "chow", "--at-session", "3")
        self.assertEqual([r["reason"] for r in rows],
                         ["too few completed scores after the change"]
                         + 2 * ["nothing is left within the two stretches"] + [""])
        for row in rows[:3]:
            self.assertEqual([row[n] for n in ("statistic", "p", "false_alarm")], ["", "", ""])
        self.assertEqual([r["reason"] for r in self.ask(text, "supf")],
                         ["too few completed scores", "all scores are equal",
                          "nothing is left within the two stretches", ""])
        rows = self.ask(forms(E=(1, 2, 3, 4, 5, 6)), "supf", "--model", "line")
        self.assertEqual(rows[0]["reason"], "all scores lie on one line")

    def test_a_course_without_a_score_has_no_row(self):
        text = b"client,session,measure,score\nA,1,mood,\nA,2,mood,\nB,1,mood,2\n"
        for options in (("chow", "--at-session", "2"), ("supf",)):
            self.assertEqual([r["client"] for r in self.ask(text, *options)], ["B"])

    def test_options_that_do_not_go_together_are_refused(self):
        for options, word in ((("chow",), b"--at-session"),
                              (("supf", "--at-session", "3"), b"--search chow"),
                              (("partition", "--model", "line"), b"--search breaks"),
                              (("chow", "--at-session", "soon"), b"a session number"),
                              (("sup-f",), b"partition"), (("supf", "--model", "both"), b"mean")):
            done = self.run_well("changepoints", "-", "--search", *options, code=attune.USAGE)
            self.assertEqual(done.stdout, b"")
            self.assertIn(word, done.stderr)

    def test_a_course_beyond_its_bound_is_refused(self):
        text = forms(A=[i % 7 for i in range(4097)])
        for options in (("chow", "--at-session", "9"), ("supf",)):
            done = self.run_well("changepoints", "-", "--search", *options, stdin=text,
                                 code=attune.BAD_DATA)
            self.assertIn(b"4096", done.stderr)

    def test_the_text_is_the_recorded_one(self):
        for name, options in (("chow", ("--at-session", "5")), ("supf", ())):
            done = self.run_well("changepoints", FORMS, "--search", name, *options)
            with open(os.path.join(EXPECTED, name + ".txt"), "rb") as file:
                self.assertEqual(done.stdout.decode(), file.read().decode())


class RunLength(attune.Case):
    """One row a session: the recursion of R's ocp 0.1.1 (gaussian.R), carried out in R 4.2.2."""

    LIKELIEST = (1, 2, 3, 4, 5, 6, 7, 2, 3, 4, 2, 3, 4, 5, 6, 7)
    ONE = (.95, .035397, .029143, .049664, .064053, .036790, .287692, .020685, .012706, .151875,
           .061979, .034341, .025789, .017612, .016464, .012864)

    def ask(self, text, *options):
        return self.rows("runlength", "-", *options, stdin=text)

    def test_a_given_prior_has_the_run_lengths_of_the_worked_example(self):
        rows = self.ask(forms(A=ALLIANCE), "--prior", "5.5,1,1,.1", "--every", "20")
        self.assertEqual(",".join(rows[0]), "client,measure,rater,session,n,likeliest,probability,"
                         "recent,one,capped,change,false_alarm,false_alarm_error")
        self.assertEqual([r["likeliest"] for r in rows], [str(r) for r in self.LIKELIEST])
        for row, one in zip(rows, self.ONE):
            self.assert_near(row["one"], one, 6)
            self.assertEqual(row["change"],
                             str(int(float(row["recent"]) >= .5 and int(row["n"]) > 2)))
        self.assertEqual(rows, self.ask(forms(A=ALLIANCE), "--prior", "5.5,1,1,.1"))
        rate = float(rows[0]["false_alarm"])
        self.assert_near(rows[0]["false_alarm_error"], math.sqrt(rate * (1 - rate) / 10000))

    def test_a_prior_from_the_course_is_its_mean_and_the_spread_of_its_steps(self):
        mean = math.fsum(ALLIANCE) / len(ALLIANCE)
        steps = [abs(b - a) for a, b in zip(ALLIANCE, ALLIANCE[1:])]
        spread = math.fsum(steps) / len(steps) * math.sqrt(math.pi) / 2
        own = self.ask(forms(A=ALLIANCE))
        given = self.ask(forms(A=ALLIANCE), "--prior", f"{mean!r},1,1,{spread ** 2!r}")
        for a, b in zip(own, given):
            self.assertEqual((a["likeliest"], a["change"]), (b["likeliest"], b["change"]))
            for name in ("probability", "recent", "one", "capped"):
                self.assert_near(a[name], float(b[name]), 10)

    def test_equal_scores_have_one_long_run(self):
        rows = self.ask(forms(A=[3.3] * 9))
        self.assertEqual([r["likeliest"] for r in rows], [str(i) for i in range(1, 10)])
        self.assertEqual({r["change"] for r in rows}, {"0"})

    def test_scores_of_any_size_are_followed_with_their_own_prior_alone(self):
        text = forms(A=[1e300 * y for y in ALLIANCE])
        self.assertEqual([r["likeliest"] for r in self.ask(text)],
                         [r["likeliest"] for r in self.ask(forms(A=ALLIANCE))])
        done = self.run_well("runlength", "-", "--prior", "5,1,1,1", stdin=text,
                             code=attune.BAD_DATA)
        self.assertEqual(done.stdout, b"")

    def test_a_session_without_a_score_keeps_the_run_and_a_course_without_one_has_no_row(self):
        text = b"client,session,measure,score\nA,1,mood,2\nA,2,mood,\nA,3,mood,3\nB,1,mood,\n"
        rows = self.ask(text)
        self.assertEqual([(r["session"], r["n"]) for r in rows], [("1", "1"), ("2", "1"),
                                                                  ("3", "2")])
        self.assertEqual(rows[0]["recent"], rows[1]["recent"])

    def test_options_out_of_their_range_are_refused(self):
        for options in (("--every", "1"), ("--every", "x"), ("--prior", "5"),
                        ("--prior", "5,1,1"), ("--prior", "5,1,1,.1,2"), ("--prior", "5,0,1,.1"),
                        ("--prior", "5,1,1000,.1"), ("--prior", "nan,1,1,1"),
                        ("--prior", "5;1;1;1")):
            done = self.run_well("runlength", "-", *options, code=attune.USAGE)
            self.assertIn(options[0].encode() + b": expected", done.stderr)
        self.run_well("chart", "-", "--every", "9", code=attune.USAGE)

    def test_the_text_is_the_recorded_one(self):
        done = self.run_well("runlength", FORMS)
        with open(os.path.join(EXPECTED, "runlength.txt"), "rb") as file:
            self.assertEqual(done.stdout.decode(), file.read().decode())


if __name__ == "__main__":
    attune.main()
