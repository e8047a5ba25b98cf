# The command raters on two raters' forms made here, against figures worked out here.
# SPDX-License-Identifier: MIT
import csv
import os
import random
import statistics
import tempfile

import attune

CLIENTS, SESSIONS = 16, 9
EMPTY = ("bias", "bias_se", "congruence", "truth_force", "client_mean", "model")


def made_up():
    """demo-alliance by both, some forms missing; demo-distress falls where both rate high."""
    draw = random.Random(5)
    rows = []
    for client in range(CLIENTS):
        level, lower = draw.uniform(3.5, 6), draw.gauss(-.4, .4)
        for session in range(1, SESSIONS + 1):
            swing = draw.gauss(0, .6)
            for rater, score in (("client", level + swing),
                                 ("therapist", level + lower + swing / 2 + draw.gauss(0, .3))):
                if draw.random() > .1:
                    score = round(min(max(score, 1), 7) * 6) / 6
                    rows.append((f"C{client:02}", session, "demo-alliance", rater, score))
            fall = round(28 - session * (level + lower) / 4 + draw.gauss(0, 2))
            rows.append((f"C{client:02}", session, "demo-distress", "client",
                         min(max(fall, 0), 40)))
    return rows


class Raters(attune.Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.made = made_up()
        self.forms = self.write("forms.csv", self.made)

    def write(self, name, rows):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["client", "session", "measure", "rater", "score"])
            writer.writerows(rows)
        return path

    def pairs(self, client, measure="demo-alliance"):
        scores = {(row[1], row[3]): row[4] for row in self.made
                  if row[0] == client and row[2] == measure}
        return [(scores[s, "client"], scores[s, "therapist"]) for s in range(1, SESSIONS + 1)
                if (s, "client") in scores and (s, "therapist") in scores]

    def test_a_row_a_client_and_one_of_all_of_them(self):
        rows = self.rows("raters", self.forms)
        self.assertEqual([r["client"] for r in rows],
                         [f"C{i:02}" for i in range(CLIENTS)] + [""])
        for row in rows[:-1]:
            c, t = zip(*self.pairs(row["client"]))
            self.assertEqual((row["n"], row["axis"], row["partner"], row["model"], row["dyads"]),
                             (str(len(c)), "points", "demo-alliance", "least_squares", "1"))
            bias = [b - a for a, b in zip(c, t)]
            self.assert_near(row["bias"], statistics.fmean(bias))
            self.assert_near(row["bias_se"], statistics.stdev(bias) / len(c) ** .5)
            self.assert_near(row["congruence"], statistics.correlation(c, t))
            self.assert_near(row["truth_force"], statistics.linear_regression(c, t).slope)
            self.assert_near(row["client_mean"], statistics.fmean(c))

    def test_all_of_them_within_clients(self):
        last = self.rows("raters", self.forms)[-1]
        products, cc, tt, n = 0, 0, 0, 0
        for i in range(CLIENTS):
            c, t = zip(*self.pairs(f"C{i:02}"))
            mean_c, mean_t = statistics.fmean(c), statistics.fmean(t)
            products += sum((a - mean_c) * (b - mean_t) for a, b in zip(c, t))
            cc += sum((a - mean_c) ** 2 for a in c)
            tt += sum((b - mean_t) ** 2 for b in t)
            n += len(c)
        self.assert_near(last["congruence"], products / (cc * tt) ** .5)
        self.assertEqual((last["dyads"], last["n"], last["model"]),
                         (str(CLIENTS), str(n), "mixed"))
        self.assertLess(float(last["bias_high"]), 0)
        self.assertLess(float(last["truth_force_low"]), .5)
        self.assertGreater(float(last["truth_force_high"]), .5)

    def test_order_of_lines_and_threads_change_nothing(self):
        plain = self.run_well("raters", self.forms, "--csv").stdout
        shuffled = list(self.made)
        random.Random(2).shuffle(shuffled)
        other = self.write("other.csv", shuffled)
        for threads in ("1", "2", "7"):
            self.assertEqual(self.run_well("raters", other, "--csv", "--threads", threads).stdout,
                             plain)

    def test_a_therapists_form_of_its_own_name_is_the_partner(self):
        twin = [(c, s, {"client": "haq-ii", "therapist": "haq-ii-t"}[r], r, 20 + round(8 * y))
                for c, s, m, r, y in self.made if m == "demo-alliance"]
        rows = self.rows("raters", self.write("twin.csv", twin), "--accept-unconfirmed")
        self.assertEqual(len(rows), CLIENTS + 1)
        self.assertEqual({(r["measure"], r["partner"], r["axis"]) for r in rows},
                         {("haq-ii", "haq-ii-t", "points")})

    def test_two_ranges_are_compared_as_shares(self):
        other = [(c, s, {"client": "demo-alliance", "therapist": "haq-ii-t"}[r], r,
                  y if r == "client" else 20 + round(8 * y))
                 for c, s, m, r, y in self.made if m == "demo-alliance"]
        path = self.write("other.csv", other)
        rows = self.rows("raters", path, "--accept-unconfirmed", "--measure", "demo-alliance",
                         "--partner", "haq-ii-t")
        self.assertEqual({(r["measure"], r["partner"], r["axis"]) for r in rows},
                         {("demo-alliance", "haq-ii-t", "share")})
        c, t = zip(*self.pairs("C03"))
        row = next(r for r in rows if r["client"] == "C03")
        self.assert_near(row["client_mean"], statistics.fmean((a - 1) / 6 for a in c))
        self.assert_near(row["therapist_mean"],
                         statistics.fmean((20 + round(8 * b) - 19) / 95 for b in t))
        self.assertEqual(self.rows("raters", path, "--accept-unconfirmed"), [])

    def test_what_cannot_be_said_is_empty_and_says_why(self):
        rows = [(c, s, m, r, y) for c, s, m, r, y in self.made if c not in ("C00", "C01")]
        rows += [("C00", s, "demo-alliance", "client", 5) for s in range(1, 6)]
        rows += [("C01", s, "demo-alliance", "therapist", 5) for s in range(1, 6)]
        rows += [("D0", s, "demo-alliance", r, 4) for s in (1, 2) for r in ("client", "therapist")]
        rows += [("D1", 1, "demo-alliance", "client", 4),
                 ("D1", 2, "demo-alliance", "therapist", 4)]
        rows += [("D2", s, "demo-alliance", r, 4 + (r == "client") * (s % 2))
                 for s in range(1, 5) for r in ("client", "therapist")]
        rows += [("D3", s, "demo-alliance", r, 4 + (r == "therapist") * (s % 2))
                 for s in range(1, 5) for r in ("client", "therapist")]
        found = {r["client"]: r for r in self.rows("raters", self.write("few.csv", rows))}
        self.assertEqual({id: found[id]["note"] for id in ("C00", "C01", "D0", "D1", "D2", "D3")}, {
            "C00": "no form of the therapist's", "C01": "no form of the client's",
            "D0": "fewer than three sessions that both completed",
            "D1": "no session that both completed",
            "D2": "the therapist's ratings are all equal",
            "D3": "the client's ratings are all equal"})
        for id in ("C00", "C01", "D1"):
            self.assertEqual([found[id][name] for name in EMPTY], [""] * len(EMPTY))
            self.assertEqual(found[id]["n"], "0")
        self.assertEqual((found["D0"]["bias"], found["D0"]["congruence"]), ("0", ""))
        self.assertEqual(found["D2"]["truth_force"], "0")

    def test_one_rater_alone_gives_no_row_and_says_so(self):
        alone = self.write("alone.csv", [row for row in self.made if row[3] == "client"])
        done = self.run_well("raters", alone, "--csv")
        self.assertEqual(len(done.stdout.splitlines()), 1)
        self.assertIn(b"no session was rated by client and therapist", done.stderr)
        one = self.write("one.csv", [row for row in self.made if row[0] == "C04"])
        self.assertEqual([r["client"] for r in self.rows("raters", one)], ["C04"])

    def test_the_surface_is_least_squares_of_the_means(self):
        rows = self.rows("raters", self.forms, "--outcome", "demo-distress")
        self.assertEqual([r["term"] for r in rows],
                         "b0 b1 b2 b3 b4 b5 a1 a2 a3 a4 a5 x0 y0".split())
        self.assertEqual({(r["n"], r["centre"], r["outcome"], r["axis"]) for r in rows},
                         {(str(CLIENTS), "4", "demo-distress", "points")})
        b = [float(r["value"]) for r in rows]
        self.assert_near(rows[6]["value"], b[1] + b[2])
        self.assert_near(rows[9]["value"], b[3] - b[4] + b[5])
        normal = [0.0] * 6  # residuals are orthogonal to every column
        for i in range(CLIENTS):
            c, t = zip(*self.pairs(f"C{i:02}"))
            x, y = statistics.fmean(c) - 4, statistics.fmean(t) - 4
            scores = [r[4] for r in self.made if r[0] == f"C{i:02}" and r[2] == "demo-distress"]
            columns = [1, x, y, x * x, x * y, y * y]
            e = scores[-1] - scores[0] - sum(a * k for a, k in zip(b, columns))
            normal = [v + k * e for v, k in zip(normal, columns)]
        self.assertLess(max(map(abs, normal)), 1e-9)

    def test_too_few_clients_have_no_surface_and_it_is_said(self):
        few = self.write("few.csv", [row for row in self.made if row[0] < "C06"])
        done = self.run_well("raters", few, "--outcome", "demo-distress", "--csv")
        self.assertEqual(len(done.stdout.splitlines()), 1)
        self.assertIn(b"seven rows", done.stderr)
        self.assertEqual(self.rows("raters", self.forms, "--outcome", "phq-9"), [])

    def test_a_partner_needs_its_measure(self):
        for more in ([], ["--measure", "haq-ii-t"]):
            done = self.run_well("raters", self.forms, "--partner", "haq-ii-t", *more,
                                 code=attune.USAGE)
            self.assertIn(b"--measure", done.stderr)

    def test_text_and_json_say_the_same(self):
        text = " ".join(self.run_well("raters", self.forms).stdout.decode().split())
        self.assertIn("all of them, by the truth-and-bias model", text)
        self.assertIn("Bias is the therapist's rating less the client's", text)
        rows = self.object("raters", self.forms)["rows"]
        for ours, theirs in zip(rows, self.rows("raters", self.forms), strict=True):
            self.assertEqual(ours["client"] or "", theirs["client"])
            self.assertEqual(ours["bias"], float(theirs["bias"]))

    def test_a_bad_row_stops_the_run(self):
        bad = self.write("bad.csv", self.made + [("C99", 1, "demo-alliance", "therapist", 77.25)])
        done = self.run_well("raters", bad, code=attune.BAD_DATA)
        self.assertEqual(done.stdout, b"")
        self.assertNotIn(b"77.25", done.stderr)


if __name__ == "__main__":
    attune.main()
