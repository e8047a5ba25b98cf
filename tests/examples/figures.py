# The figures of score, trend, change and marks against ones worked out here from the same file.
# SPDX-License-Identifier: MIT
import csv
import itertools
import math
import statistics

import attune

FORMS = attune.data("forms.csv")

# Items, reversed items, answer's sum of least and greatest, rule, items that may be missing.
SCALES = {
    "demo-alliance": (6, (), 8, "mean", 0),
    "demo-distress": (10, (), 4, "sum", 0),
    "phq-9": (9, (), 3, "sum", 0),
    "gad-7": (7, (), 3, "sum", 0),
    "core-10": (10, (2, 3), 4, "ten times the mean", 1),
    "wai-sr": (12, (), 6, "sum", 0),
}
BANDS = {
    "phq-9": {0: "none-minimal", 5: "mild", 10: "moderate", 15: "moderately severe", 20: "severe"},
    "gad-7": {0: "minimal", 5: "mild", 10: "moderate", 15: "severe"},
    "core-10": {0: "healthy", 6: "low", 11: "mild", 15: "moderate", 20: "moderate-to-severe",
                25: "severe"},
    "demo-distress": {0: "low", 11: "raised", 25: "high"},
}
WAI_SR = {"goal": (4, 6, 8, 11), "task": (1, 2, 10, 12), "bond": (3, 5, 7, 9)}
MISSING = ("", "NA", "#NULL!")


def answers(form):
    """The answers of a form, reversed items turned; None is not answered."""
    n, turned, ends, _, _ = SCALES[form["measure"]]
    given = [form[f"item_{i}"] for i in range(1, n + 1)]
    return [None if a in MISSING else ends - float(a) if i in turned else float(a)
            for i, a in enumerate(given, 1)]


def total(form):
    """The score of a form: what was given, or worked out from its answers; None without one."""
    if form["score"] not in MISSING:
        return float(form["score"])
    n, _, _, rule, may_miss = SCALES[form["measure"]]
    known = [a for a in answers(form) if a is not None]
    if not known or n - len(known) > may_miss:
        return None
    if rule == "sum":
        return math.fsum(known)
    return math.fsum(known) / len(known) * (10 if rule == "ten times the mean" else 1)


def forms():
    """The forms of the file, in the order of the output."""
    with open(FORMS, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted(rows, key=lambda f: (f["client"].encode(), f["measure"], f["rater"],
                                       int(f["session"])))


def course_of(form):
    return form["client"], form["measure"], form["rater"]


def courses():
    """Client, measure and rater, with (session, score) of the completed forms."""
    for key, group in itertools.groupby(forms(), course_of):
        scored = [(int(f["session"]), total(f)) for f in group]
        yield key, [(x, y) for x, y in scored if y is not None]


class Score(attune.Case):
    def test_columns_are_those_of_the_contract(self):
        head = self.run_well("score", FORMS, "--csv").stdout.decode().split("\n")[0]
        self.assertEqual(head, "client,session,date,measure,rater,subscale,score,n_items,"
                               "n_answered,complete,band,flags,reason")

    def test_every_form_has_the_score_worked_out_here(self):
        rows = self.rows("score", FORMS)
        wanted = forms()
        self.assertEqual(len(rows), len(wanted))
        for row, form in zip(rows, wanted):
            with self.subTest(client=row["client"], measure=row["measure"], s=row["session"]):
                keys = ("client", "session", "date", "measure", "rater")
                self.assertEqual([row[k] for k in keys],
                                 [form[k] for k in keys])
                self.assert_near(row["score"], total(form))
                self.assertEqual(row["n_items"], str(SCALES[form["measure"]][0]))
                self.assertEqual(row["subscale"], "")

    def test_answers_are_counted_and_their_lack_is_explained(self):
        for row, form in zip(self.rows("score", FORMS), forms()):
            if "given" in row["flags"].split():
                continue
            known = [a for a in answers(form) if a is not None]
            self.assertEqual(row["n_answered"], str(len(known)))
            self.assertEqual(row["complete"], str(int(len(known) == int(row["n_items"]))))
            self.assertEqual(row["reason"] != "", row["score"] == "")
            prorated = row["score"] != "" and row["complete"] == "0"
            self.assertEqual("prorated" in row["flags"].split(), prorated)

    def test_bands_begin_at_their_lower_ends(self):
        for row in self.rows("score", FORMS):
            bands = BANDS.get(row["measure"], {})
            low = [at for at in bands if row["score"] and at <= float(row["score"])]
            self.assertEqual(row["band"], bands[max(low)] if low else "")

    def test_flags_say_what_to_know(self):
        for row, form in zip(self.rows("score", FORMS), forms()):
            flags = row["flags"].split()
            self.assertEqual("given" in flags, form["score"] not in MISSING)
            self.assertEqual("demonstration" in flags, row["measure"].startswith("demo-"))
            safety = {"phq-9": "item_9", "core-10": "item_6"}.get(row["measure"])
            answered = form[safety] if safety and form["score"] in MISSING else ""
            self.assertEqual("safety" in flags, answered not in ("", "0", *MISSING))

    SAFETY = (b"client,session,measure,item_1,item_2,item_3,item_4,item_5,item_6,item_7,item_8,"
              b"item_9,item_10\n"
              b"A,1,phq-9,0,0,0,0,0,0,0,0,2,\nA,2,phq-9,,,,,0,0,0,0,1,\n"
              b"A,3,phq-9,3,3,3,3,3,3,3,3,0,\nB,1,k10,1,1,1,3,1,1,1,1,1,1\n"
              b"B,2,k10,1,1,1,4,1,1,1,1,1,1\n")
    ASKED = [("A", 1, 9, 2, "0–3"), ("A", 2, 9, 1, "0–3"), ("B", 2, 4, 4, "1–5")]

    def test_safety_items_stand_under_their_row_as_answered(self):
        text = self.run_well("score", "-", stdin=self.SAFETY).stdout.decode()
        said = [line.strip() for line in text.splitlines() if line.startswith("    Item ")]
        self.assertEqual(said, [f"Item {item} answered {answer} ({low_high}): follow your "
                                "service's risk protocol."
                                for _, _, item, answer, low_high in self.ASKED])
        lines = text.splitlines()
        self.assertIn("too many items unanswered", lines[4])
        self.assertIn("Item 9 answered 1", lines[5])
        self.assertNotIn("risk level", text)

    def test_safety_items_have_a_list_of_their_own_in_json(self):
        found = self.object("score", "-", stdin=self.SAFETY)
        self.assertEqual([(e["client"], e["session"], e["item"], e["answer"])
                          for e in found["safety"]], [asked[:4] for asked in self.ASKED])
        for entry, asked in zip(found["safety"], self.ASKED):
            self.assertEqual(list(entry), ["client", "session", "measure", "rater", "item",
                                           "answer", "text"])
            self.assertIn(f"answered {asked[3]} ({asked[4]})", entry["text"])
        self.assertEqual(self.object("score", FORMS, "--measure", "gad-7")["safety"], [])

    def test_the_safety_items_of_a_long_file_are_the_same_read_ahead(self):
        head, *rows = self.SAFETY.splitlines()
        long = b"\n".join([head] + [b"C%05d%s" % (n, row[1:]) for n in range(3000)
                                    for row in rows if row[0:1] == b"A"]) + b"\n"
        one, two = (self.object("score", "-", "--threads", n, stdin=long) for n in ("1", "2"))
        self.assertEqual(len(one["safety"]), 6000)
        self.assertEqual(one["safety"], two["safety"])

    def test_subscales_stand_below_their_total(self):
        rows = [r for r in self.rows("score", FORMS, "--subscales") if r["measure"] == "wai-sr"]
        self.assertEqual([r["subscale"] for r in rows], ["", "goal", "task", "bond"] * 2)
        by_form = [f for f in forms() if f["measure"] == "wai-sr"]
        for row in rows:
            if row["subscale"]:
                form = by_form[int(row["session"]) - 1]
                items = [form[f"item_{i}"] for i in WAI_SR[row["subscale"]]]
                self.assert_near(row["score"], None if "" in items else sum(map(float, items)))

    def test_check_finds_forms_without_a_score(self):
        self.run_well("score", FORMS, "--check", code=attune.FINDINGS)
        self.run_well("score", FORMS, "--check", "--measure", "demo-distress")


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
