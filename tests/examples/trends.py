# The figures of attune trend against ones worked out from the same file.
# SPDX-License-Identifier: MIT
import itertools
import math
import statistics

import attune
from worked import FORMS, forms, courses


class Trend(attune.Case):
    COLUMNS = ("client,measure,rater,n,first,last,ols_intercept,ols_slope,ols_slope_se,ols_t,ols_p,"
               "ols_low,ols_high,residual_sd,sen_slope,sen_low,sen_high,sen_intercept,siegel_slope,"
               "mk_s,mk_var,mk_z,mk_p,mk_p_exact,kendall_tau_b,spearman_rho,lag1,durbin_watson,"
               "mk_hr_z,mk_hr_p,mk_yw_z,mk_yw_p,pw_slope,pw_slope_se,log_intercept,log_slope,"
               "log_slope_se,huber_slope,bisquare_slope")

    def test_columns_are_those_of_the_contract(self):
        head = self.run_well("trend", FORMS, "--csv").stdout.decode().split("\n")[0]
        self.assertEqual(head, self.COLUMNS)

    def test_lines_and_rank_statistics_are_those_worked_out_here(self):
        for row, (key, points) in zip(self.rows("trend", FORMS), courses()):
            with self.subTest(key):
                self.assertEqual((row["client"], row["measure"], row["rater"]), key)
                self.assertEqual(int(row["n"]), len(points))
                self.assert_near(row["first"], points[0][1])
                self.assert_near(row["last"], points[-1][1])
                if len(points) < 2:
                    self.assertEqual(row["ols_slope"] + row["sen_slope"] + row["ols_p"], "")
                    continue
                fit = statistics.linear_regression(*zip(*points))
                self.assert_near(row["ols_slope"], fit.slope, 10)
                self.assert_near(row["ols_intercept"], fit.intercept, 10)
                pairs = list(itertools.combinations(points, 2))
                self.assert_near(row["sen_slope"],
                                 statistics.median((b[1] - a[1]) / (b[0] - a[0]) for a, b in pairs))
                if len(points) == 2:
                    self.assertEqual(row["mk_s"], "")
                    continue
                self.assert_near(row["mk_s"], sum((b[1] > a[1]) - (b[1] < a[1]) for a, b in pairs))

    SMOOTH = (5.19107296, 5.30922016, 5.42953072, 5.54392026, 5.66521565, 5.69401314, 5.70035934,
              5.72978343, 5.74163537, 5.84685788, 5.97504047, 6.11357317)  # R 4.2.2: lowess(y)

    def test_a_smooth_line_is_r_s(self):
        scores = 5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3, 4.9, 5.6, 5.9, 6.0, 6.1
        text = "client,session,measure,score\n" + "".join(
            f"A,{i},mood,{y}\n" for i, y in enumerate(scores, 1))
        rows = self.rows("trend", "-", "--smooth", "lowess", stdin=text.encode())
        self.assertEqual(list(rows[0]), ["client", "measure", "rater", "session", "observed",
                                         "smooth", "low", "high"])
        for i, (row, y, smooth) in enumerate(zip(rows, scores, self.SMOOTH, strict=True), 1):
            self.assertEqual((row["session"], row["observed"]), (str(i), str(y).removesuffix(".0")))
            self.assert_near(row["smooth"], smooth, 8)
            self.assertEqual(row["low"] + row["high"], "")

    def test_a_level_that_stands_still_is_the_mean(self):
        """Eight scores 1, 3, 1, 3: variance 8/7 and none between sessions; one form is missing."""
        text = "client,session,measure,score\n" + "".join(
            f"A,{i},mood,{y}\n" for i, y in enumerate((1, 3, 1, 3, "", 1, 3, 1, 3), 1))
        text += "B,1,mood,4\nB,2,mood,9\n"  # too few for a level of their own
        rows = self.rows("trend", "-", "--smooth", "level", stdin=text.encode())
        for row in rows[:9]:
            self.assert_near(row["smooth"], 2)
            self.assert_near(row["high"], 2 + 1.959963984540054 / math.sqrt(7), 10)
            self.assert_near(row["low"], 2 - 1.959963984540054 / math.sqrt(7), 10)
        self.assertEqual(rows[4]["observed"], "")
        self.assertEqual([(r["observed"], r["smooth"]) for r in rows[9:]], [("4", ""), ("9", "")])

    def test_days_count_from_the_first_form(self):
        rows = {r["client"]: r for r in self.rows("trend", FORMS, "--by", "date", "--measure",
                                                  "demo-distress")}
        weeks = [8, 12, 15, 16]  # every seven days: a slope a seventh as steep, the same start
        fit = statistics.linear_regression([0, 7, 14, 21], weeks)
        row = next(r for client, r in rows.items() if client != "K-1")
        self.assert_near(row["ols_slope"], fit.slope, 10)
        self.assert_near(row["ols_intercept"], fit.intercept, 10)

    def test_a_course_without_a_completed_form_has_a_row_of_its_own(self):
        text = b"client,session,measure,score\nA,1,phq-9,\nB,1,phq-9,9\n"
        empty, one = self.rows("trend", "-", stdin=text)
        self.assertEqual({empty.pop(k) for k in ("client", "n")}, {"A", "0"})
        self.assertEqual({v for k, v in empty.items() if k not in ("measure", "rater")}, {""})
        self.assertEqual((one["n"], one["first"], one["last"]), ("1", "9", "9"))

    def test_dates_that_go_back_are_bad_data(self):
        text = (b"client,session,date,measure,score\nA,1,2026-01-09,phq-9,3\n"
                b"A,2,2026-01-02,phq-9,9\n")
        done = attune.run("trend", "-", "--by", "date", stdin=text)
        self.assertEqual((done.returncode, done.stdout), (attune.BAD_DATA, b""))

    def test_forms_without_a_date_are_left_out_by_date_and_said(self):
        text = b"client,session,date,measure,score\nQ,1,2026-01-01,phq-9,3\nQ,2,,phq-9,9\n" \
               b"Q,3,2026-01-11,phq-9,5\n"
        done = self.run_well("trend", "-", "--csv", "--by", "date", stdin=text)
        self.assertIn(b"Q,phq-9,client,2,3,5,3,0.2,", done.stdout)
        self.assertIn(b"measure phq-9: forms without a date are left out", done.stderr)


if __name__ == "__main__":
    attune.main()
