# The figures of attune change, method by method, against ones worked out here.
# SPDX-License-Identifier: MIT
import math
import statistics

import attune
from worked import FORMS


class Change(attune.Case):
    def test_columns_are_those_of_the_contract(self):
        head = self.run_well("change", FORMS, "--csv").stdout.decode().split("\n")[0]
        self.assertEqual(head, "client,measure,rater,first,last,change,method,rci,reliable,cutoff,"
                               "cutoff_type,class")

    def row(self, *options, client="K-1"):
        return next(r for r in self.rows("change", FORMS, "--measure", "demo-distress", *options)
                    if r["client"] == client)

    def test_a_published_threshold_and_cut_off_decide(self):
        row = self.row()
        self.assertEqual((row["first"], row["last"], row["change"]), ("24", "7", "-17"))
        self.assertEqual((row["reliable"], row["class"]), ("improved", "recovered"))
        self.assertEqual((row["cutoff"], row["cutoff_type"], row["method"]),
                         ("11", "published", "jt"))
        self.assert_near(row["rci"], -17 / (math.sqrt(2) * 7.5 * math.sqrt(1 - .9)))

    def test_a_course_that_got_worse_across_the_cut_off_is_harmed(self):
        other = next(r for r in self.rows("change", FORMS, "--measure", "demo-distress")
                     if r["client"] != "K-1")
        self.assertEqual((other["first"], other["last"]), ("8", "16"))
        self.assertEqual((other["reliable"], other["class"]), ("deteriorated", "harmed"))

    def test_a_given_sd_lets_the_formula_decide(self):
        for sd, reliable in ((19.0, "improved"), (20.0, "unchanged")):
            row = self.row("--sd", str(sd))
            rci = -17 / (math.sqrt(2) * sd * math.sqrt(1 - .9))
            self.assert_near(row["rci"], rci)
            self.assertEqual(row["reliable"], reliable)
            self.assertEqual(abs(rci) > 1.959963984540054, reliable == "improved")

    def test_cut_offs_follow_from_the_norms(self):
        m0, s0, m1, s1 = 5, 4.5, 20, 7.5
        wanted = {"a": m1 - 2 * s1, "b": m0 + 2 * s0, "c": (s1 * m0 + s0 * m1) / (s0 + s1)}
        for kind, cutoff in wanted.items():
            row = self.row("--cutoff-type", kind)
            self.assert_near(row["cutoff"], cutoff)
            self.assertEqual(row["cutoff_type"], kind)

    def test_given_norms_replace_the_scale_s_own(self):
        row = self.row("--functional-mean", "4", "--functional-sd", "3", "--clinical-mean", "10",
                       "--clinical-sd", "6")
        self.assert_near(row["cutoff"], (6 * 4 + 3 * 10) / 9)
        self.assertEqual((row["cutoff_type"], row["class"]), ("c", "improved"))

    def test_one_form_is_too_few(self):
        row = next(r for r in self.rows("change", FORMS) if r["measure"] == "gad-7")
        self.assertEqual([row[k] for k in ("change", "rci", "reliable", "cutoff", "class")],
                         [""] * 5)

    def test_a_missing_constant_is_named_with_its_option_once(self):
        text = b"client,session,measure,score\nA,1,mood,3\nA,2,mood,9\nB,1,mood,4\nB,2,mood,9\n"
        done = self.run_well("change", "-", "--csv", "--higher", "worse", stdin=text)
        lines = done.stderr.decode().splitlines()
        self.assertEqual(len(lines), 1, lines)
        for word in ("measure mood", "--sd", "--reliability", "--clinical-mean"):
            self.assertIn(word, lines[0])
        self.assertEqual(done.stdout.decode().splitlines()[1], "A,mood,client,3,9,6,jt,,,,,")

    def test_without_a_direction_nothing_is_better_or_worse(self):
        text = b"client,session,measure,score\nA,1,mood,3\nA,2,mood,9\n"
        done = self.run_well("change", "-", "--csv", "--sd", "1", "--reliability", ".5", stdin=text)
        self.assertEqual(done.stdout.decode().splitlines()[1].split(",")[8:], ["", "", "", ""])
        self.assertIn(b"--higher better", done.stderr)

    def test_check_finds_a_course_that_is_reliably_worse(self):
        self.run_well("change", FORMS, "--check", code=attune.FINDINGS)
        self.run_well("change", FORMS, "--check", "--measure", "demo-alliance")


class ChangeMethods(attune.Case):
    TEXT = b"client,session,measure,score\n" + b"".join(
        b"%c,%d,mood,%d\n" % (65 + i, s + 1, y) for i, ys in enumerate(
            ((20, 12, 9), (24, 30, 23), (16, 9, 10), (28, 20, 12), (10, 12, 21)))
        for s, y in enumerate(ys))

    def test_a_group_is_the_file_s_own(self):
        rows = self.rows("change", "-", "--method", "hll", "--higher", "worse", "--reliability",
                         ".75", "--details", stdin=self.TEXT)
        pre, post = (20, 24, 16, 28, 10), (9, 23, 10, 12, 21)
        m1, m2, s1 = statistics.mean(pre), statistics.mean(post), statistics.stdev(pre)
        for row, x1, x2 in zip(rows, pre, post):
            rci = ((x2 - m2) - .75 * (x1 - m1)) / (s1 * math.sqrt(1 - .75 ** 2))
            self.assert_near(row["rci"], rci)
            self.assert_near(row["rci_p"], math.erfc(abs(rci) / math.sqrt(2)))
            self.assertEqual(row["method"], "hll")

    def test_shares_and_points(self):
        for method, more, classes in (("percentage", (".5", ".3"), "iuuid"),
                                      ("anchor", ("10", "11"), "iuuid")):
            rows = self.rows("change", "-", "--method", method, "--higher", "worse", "--improved",
                             more[0], "--deteriorated", more[1], stdin=self.TEXT)
            self.assertEqual("".join(r["reliable"][0] for r in rows), classes, method)
        done = self.run_well("change", "-", "--method", "anchor", "--higher", "worse", "--csv",
                             stdin=self.TEXT)
        self.assertIn(b"--improved X, --deteriorated X", done.stderr)

    def test_two_sessions_can_be_named(self):
        ask = ("change", "-", "--higher", "worse", "--sd", "5", "--reliability", ".8")
        both = "--pre", "1", "--post", "3"
        for more, ends in (((), ("20", "9")), (("--pre", "2"), ("12", "9")),
                           (("--post", "2"), ("20", "12")), (both, ("20", "9"))):
            row = self.rows(*ask, *more, stdin=self.TEXT)[0]
            self.assertEqual((row["first"], row["last"]), ends)
        rows = self.rows(*ask, "--pre", "1", "--post", "9", stdin=self.TEXT)
        self.assertEqual({r["change"] for r in rows}, {""})

    def test_a_change_is_confirmed_by_the_next_form(self):
        rows = self.rows("change", "-", "--higher", "worse", "--sd", "5", "--reliability", ".8",
                         "--details", stdin=self.TEXT)  # 6.2 points are reliable
        self.assertEqual([r["confirmed_session"] for r in rows], ["2", "", "", "2", ""])
        self.assert_near(rows[0]["threshold"], 1.959963984540054 * 5 * math.sqrt(.4))

    def test_a_slope_is_the_client_s_own_and_its_group_s(self):
        """Everybody at sessions 1 to 3: slopes shrink as the moments of the lines say."""
        scores = (20, 12, 9), (24, 30, 23), (16, 9, 10), (28, 20, 12), (10, 12, 21)
        lines = [(sum(y) / 3, (y[2] - y[0]) / 2) for y in scores]  # XX' is diag(3, 2)
        middle = [statistics.mean(column) for column in zip(*lines)]
        left = sum((y[0] - 2 * y[1] + y[2]) ** 2 / 6 for y in scores) / 5
        a, b = ([line[i] - middle[i] for line in lines] for i in (0, 1))
        s00, s01, s11 = (sum(p * q for p, q in zip(*pair)) / 4 for pair in ((a, a), (a, b), (b, b)))
        d01, d11, size = s01, s11 - left / 2, s00 * s11 - s01 ** 2
        w0, w1 = (d01 * s11 - d11 * s01) / size, (d11 * s00 - d01 * s01) / size
        error = math.sqrt(d11 - w0 * d01 - w1 * d11)
        deviations = [w0 * p + w1 * q for p, q in zip(a, b)]
        for convention, slopes in (("corrected", [middle[1] + u for u in deviations]),
                                   ("package", deviations)):
            rows = self.rows("change", "-", "--method", "hlm", "--higher", "worse",
                             "--convention", convention, stdin=self.TEXT)
            for row, slope in zip(rows, slopes, strict=True):
                self.assert_near(row["rci"], slope / error, 8)
                limit = 1.959963984540054
                self.assertEqual(row["reliable"], "improved" if slope / error < -limit else
                                 "deteriorated" if slope / error > limit else "unchanged")

    def test_the_mean_change_of_all_is_judged_by_its_interval(self):
        changes = [9 - 20, 23 - 24, 10 - 16, 12 - 28, 21 - 10]
        mean = statistics.mean(changes)
        half = 2.7764451051977987 * statistics.stdev(changes) / math.sqrt(5)  # t of .975, 4 df
        ask = "change", "-", "--method", "anchor", "--higher", "worse", "--group"
        row, = self.rows(*ask, "--improved", "5", stdin=self.TEXT)
        self.assertEqual(list(row), ["measure", "rater", "n", "difference", "low", "high", "class"])
        for column, want in (("n", 5), ("difference", mean), ("low", mean - half),
                             ("high", mean + half)):
            self.assert_near(row[column], want, 10)
        self.assertEqual(row["class"], "not_significant")
        text = self.TEXT.replace(b"E,3,mood,21", b"E,3,mood,4")  # -8 on the average, -15.1 to -.9
        for least, word in (("20", "not_relevant"), ("9", "not_below"), ("7", "probable"),
                            (".5", "large")):
            row, = self.rows(*ask, "--improved", least, stdin=text)
            self.assertEqual(row["class"], word)
        refused = self.run_well("change", "-", "--group", stdin=text, code=attune.USAGE)
        self.assertIn(b"--method anchor with --improved", refused.stderr)

    def test_two_scores_are_no_slope(self):
        done = self.run_well("change", "-", "--method", "hlm", "--higher", "worse", "--csv",
                             "--post", "2", stdin=self.TEXT)
        self.assertIn(b"A,mood,client,20,12,-8,hlm,,,,,", done.stdout)
        self.assertIn(b"too few of three scores", done.stderr)

    def test_one_client_is_no_group(self):
        text = b"client,session,measure,score\nA,1,mood,20\nA,2,mood,9\n"
        done = self.run_well("change", "-", "--method", "en", "--higher", "worse", "--reliability",
                             ".8", "--csv", stdin=text)
        self.assertEqual(done.stdout.decode().splitlines()[1], "A,mood,client,20,9,-11,en,,,,,")
        self.assertIn(b"too few clients", done.stderr)


if __name__ == "__main__":
    attune.main()
