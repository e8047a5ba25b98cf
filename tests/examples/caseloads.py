# The commands response and service on caseloads made here, against figures worked out here.
# SPDX-License-Identifier: MIT
import csv
import datetime
import hashlib
import json
import math
import os
import random
import statistics
import tempfile

import attune

CLIENTS, SESSIONS = 60, 10
PROVENANCE = ["--name", "made up", "--who", "a test", "--population", "nobody",
              "--at", "2026-11-03"]


MADE_UP = ("Norm made up: 60 clients, 600 forms, sessions 1 to 10; fitted by a test, 2026-11-03; "
           "population: nobody; file SHA-256")


def made_up():
    draw = random.Random(11)
    rows = []
    for client in range(CLIENTS):
        level, slope = draw.gauss(24, 5), draw.gauss(-4, 1.5)
        for session in range(1, SESSIONS + 1):
            score = min(max(round(level + slope * math.log(session) + draw.gauss(0, 3)), 0), 40)
            rows.append({"client": f"C{client:02}", "clinician": f"T-{client % 7 // 2}",
                         "session": session, "measure": "demo-distress", "score": score})
    return rows


class Caseload(attune.Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.made = made_up()
        self.forms = self.write("forms.csv", self.made)
        self.norm = os.path.join(self.folder.name, "norm.json")

    def write(self, name, rows):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return path

    def fit(self, *more):
        self.run_well("response", "fit", self.forms, *PROVENANCE, "-o", self.norm, *more)
        with open(self.norm, encoding="utf-8") as file:
            return json.load(file)


class Response(Caseload):
    def test_a_norm_says_whose_it_is_and_what_it_covers(self):
        norm = self.fit()
        self.assertEqual([norm[key] for key in ("name", "measure", "rater", "who", "at",
                                                "population")],
                         ["made up", "demo-distress", "client", "a test", "2026-11-03", "nobody"])
        first = [row["score"] for row in self.made if row["session"] == 1]
        self.assertEqual(norm["data"], {"clients": CLIENTS, "forms": CLIENTS * SESSIONS,
                                        "first_session": 1, "last_session": SESSIONS,
                                        "intake_low": min(first), "intake_high": max(first)})
        self.assertTrue(norm["software"].startswith("attune "))

    def test_with_equal_courses_the_line_is_least_squares_of_the_means(self):
        norm = self.fit()
        x = [math.log(s) for s in range(1, SESSIONS + 1)]
        y = [statistics.fmean(r["score"] for r in self.made if r["session"] == s)
             for s in range(1, SESSIONS + 1)]
        line = statistics.linear_regression(x, y)
        self.assert_near(str(norm["model"]["slope"]), line.slope, 9)
        self.assert_near(str(norm["model"]["intercept"]), line.intercept, 9)

    def test_time_method_and_structure_are_taken(self):
        reml = self.fit()["model"]
        ml = self.fit("--method", "ml", "--time", "root", "--structure", "level")["model"]
        self.assertEqual((ml["time"], ml["structure"], ml["method"]), ("root", "level", "ml"))
        self.assertEqual(ml["slope_var"], 0)
        self.assertNotEqual(ml["aic"], reml["aic"])

    def test_marks_name_the_norm_and_predictions_hold_their_share(self):
        self.fit()
        marks = [m for m in self.rows("marks", self.forms, "--response", self.norm)
                 if m["rule"] == "not_on_track"]
        self.assertGreater(len(marks), 0)
        for mark in marks:
            self.assertIn("norm: made up, 60 clients", mark["reason"])
            self.assertGreaterEqual(int(mark["session"]), 3)
            self.assertGreater(float(mark["observed"]), float(mark["limit"]))
        with open(self.norm, "rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        for ask in (["marks", self.forms], ["response", "predict", self.forms]):
            ask += ["--response", self.norm]
            done = json.loads(self.run_well(*ask, "--json").stdout)
            self.assertIn(f"{MADE_UP} {digest}.", " ".join(done["notes"]))
            said = " ".join(self.run_well(*ask).stdout.decode().split())
            self.assertIn(f"{MADE_UP} {digest[:12]}.", said)
        rows = [r for r in self.rows("response", "predict", self.forms, "--response", self.norm)
                if r["forms"]]
        inside = sum(float(r["forms_low"]) <= float(r["observed"]) <= float(r["forms_high"])
                     for r in rows)
        self.assertAlmostEqual(inside / len(rows), 0.8, delta=0.06)
        self.assertEqual(len(rows), CLIENTS * (SESSIONS - 1))
        self.assertEqual([m for m in self.rows("marks", self.forms)
                          if m["rule"] == "not_on_track"], [])

    def test_the_reports_take_a_norm(self):
        self.fit()
        marks = [m for m in self.rows("marks", self.forms, "--response", self.norm)
                 if m["rule"] == "not_on_track"]
        ask = ["client", self.forms, "--client", marks[0]["client"], "--at", "2026-11-03"]
        plain = self.run_well(*ask).stdout.decode()
        text = self.run_well(*ask, "--response", self.norm).stdout.decode()
        self.assertNotIn("not_on_track", plain)
        self.assertIn("not_on_track", text)
        theirs = self.write("theirs.csv", [{**r, "rater": "therapist"} for r in self.made])
        ask[1] = theirs
        self.assertEqual(self.run_well(*ask).stdout.decode().count("expected"),
                         self.run_well(*ask, "--response", self.norm).stdout.decode()
                         .count("expected"))
        load = ["caseload", self.forms, "--at", "2026-11-03"]
        full = self.run_well(*load, "--response", self.norm).stdout.decode()
        self.assertNotEqual(self.run_well(*load).stdout.decode(), full)
        with open(self.norm, "rb") as file:
            foot = f"{MADE_UP} {hashlib.sha256(file.read()).hexdigest()[:12]}."
        for report in (text, full):
            self.assertIn(foot, " ".join(report.split()))
        self.assertNotIn("Norm made up", " ".join(plain.split()))

    def test_nothing_is_written_where_nothing_can_be_fitted(self):
        one = self.write("one.csv", [r for r in self.made if r["client"] == "C00"])
        done = self.run_well("response", "fit", one, "-o", self.norm, code=attune.BAD_DATA)
        self.assertIn(b"two clients or more", done.stderr)
        self.assertFalse(os.path.exists(self.norm))
        self.run_well("response", "fit", attune.data("forms.csv"), code=attune.USAGE)
        self.run_well("response", "fix", self.forms, code=attune.USAGE)
        self.run_well("response", "predict", self.forms, code=attune.USAGE)
        self.run_well("response", "fit", self.forms, "--who", "x" * 200, code=attune.USAGE)

    def test_a_bad_norm_is_refused_with_line_and_key(self):
        norm = self.fit()
        norm["model"]["residual_var"] = -4.5
        with open(self.norm, "w", encoding="utf-8") as file:
            json.dump(norm, file, indent=1)
        done = self.run_well("marks", self.forms, "--response", self.norm, code=attune.BAD_DATA)
        self.assertRegex(done.stderr.decode(), r"norm\.json:\d+:\d+ \(model\.residual_var\): ")
        self.assertNotIn(b"4.5", done.stderr)
        self.run_well("marks", self.forms, "--response", "no such file", code=attune.NO_INPUT)


class ByDate(Caseload):
    """The same caseload with dates: weekly, or at days that are the same for every client."""

    DAYS = [0, 3, 10, 17, 31, 38, 52, 59, 73, 80]

    def dated(self, days, name="dated.csv", **more):
        start = datetime.date(2026, 1, 5)
        return self.write(name, [
            {**row, "date": start + datetime.timedelta(days=3 * (i // SESSIONS) +
                                                       days[row["session"] - 1]), **more}
            for i, row in enumerate(self.made)])

    def fit_dated(self, path, *more):
        self.run_well("response", "fit", path, *PROVENANCE, "--by", "date", "-o", self.norm, *more)
        with open(self.norm, encoding="utf-8") as file:
            return json.load(file)

    def written(self, path):
        with open(path, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def of_the_rule(self, path):
        return [m for m in self.rows("marks", path, "--response", self.norm)
                if m["rule"] == "not_on_track"]

    def test_weekly_forms_give_the_norm_and_the_marks_by_session(self):
        weekly = self.dated([7 * i for i in range(SESSIONS)])
        for word, dated in (("log", "log-week"), ("session", "week"), ("root", "root-week")):
            by_session = self.fit("--time", word)
            marks = self.of_the_rule(self.forms)
            by_date = self.fit_dated(weekly, "--time", "week" if word == "session" else word)
            self.assertEqual(by_date["model"].pop("time"), dated)
            self.assertEqual(by_session["model"].pop("time"), word)
            self.assertEqual(by_date["model"], by_session["model"])
            self.assertEqual((by_date["data"]["first_day"], by_date["data"]["last_day"]),
                             (0, 7 * (SESSIONS - 1)))
            self.assertEqual([{**m, "date": ""} for m in self.of_the_rule(weekly)], marks)
            self.assertGreater(len(marks), 0)

    def test_the_line_is_least_squares_on_weeks_since_the_first_form(self):
        y = [statistics.fmean(r["score"] for r in self.made if r["session"] == s)
             for s in range(1, SESSIONS + 1)]
        for word, x_of in (("log", math.log1p), ("week", float),
                           ("root", lambda w: math.sqrt(1 + w))):
            model = self.fit_dated(self.dated(self.DAYS), "--time", word)["model"]
            line = statistics.linear_regression([x_of(day / 7) for day in self.DAYS], y)
            self.assert_near(str(model["slope"]), line.slope, 9)
            self.assert_near(str(model["intercept"]), line.intercept, 9)

    def test_predictions_stand_at_the_forms_and_then_at_weeks(self):
        path = self.dated(self.DAYS)
        self.fit_dated(path)
        fewer = self.write("fewer.csv", [r for r in self.written(path) if r["client"] == "C07"
                                         and int(r["session"]) <= 4])
        rows = self.rows("response", "predict", fewer, "--response", self.norm)
        self.assertEqual([r["day"] for r in rows],
                         ["0", "3", "10", "17", *(str(d) for d in range(24, 81, 7))])
        self.assertEqual([r["session"] for r in rows[:4]], ["1", "2", "3", "4"])
        self.assertEqual({(r["session"], r["observed"], r["forms"]) for r in rows[4:]},
                         {("", "", "4")})
        inside = [r for r in self.rows("response", "predict", path, "--response", self.norm)
                  if r["forms"]]
        self.assertEqual(len(inside), CLIENTS * (SESSIONS - 1))
        share = sum(float(r["forms_low"]) <= float(r["observed"]) <= float(r["forms_high"])
                    for r in inside) / len(inside)
        self.assertAlmostEqual(share, 0.8, delta=0.06)

    def test_forms_without_a_date_are_left_out_and_said(self):
        path = self.dated(self.DAYS)
        whole = self.fit_dated(path)
        rows = self.written(path)
        for row in rows[:3]:
            row["date"] = ""
        some = self.write("some.csv", rows)
        done = self.run_well("response", "fit", some, *PROVENANCE, "--by", "date", "--csv", "-o",
                             self.norm)
        self.assertIn(b"without a date are left out", done.stderr)
        with open(self.norm, encoding="utf-8") as file:
            self.assertEqual(json.load(file)["data"]["forms"], whole["data"]["forms"] - 3)
        done = self.run_well("marks", some, "--response", self.norm)
        self.assertIn(b"without a date are not held against it", done.stderr)

    def test_a_norm_is_refused_on_the_other_axis(self):
        path = self.dated(self.DAYS)
        self.fit_dated(path)
        for ask in (["marks", path], ["response", "predict", path]):
            self.run_well(*ask, "--response", self.norm, "--by", "date")
            done = self.run_well(*ask, "--response", self.norm, "--by", "session",
                                 code=attune.USAGE)
            self.assertIn(b"--by: the norm goes by date", done.stderr)
        for ask in (["marks", self.forms], ["response", "predict", self.forms]):
            done = self.run_well(*ask, "--response", self.norm, code=attune.BAD_DATA)
            self.assertEqual(done.stdout, b"")
            self.assertIn(b"expected dates", done.stderr)
        self.fit()
        done = self.run_well("marks", path, "--response", self.norm, "--by", "date",
                             code=attune.USAGE)
        self.assertIn(b"--by: the norm goes by session", done.stderr)

    def test_what_cannot_be_fitted_by_date_is_refused(self):
        path = self.dated(self.DAYS)
        for more in (["--by", "session", "--time", "week"], ["--time", "week"],
                     ["--by", "date", "--time", "session"], ["--by", "month"], ["--by"]):
            self.run_well("response", "fit", path, *more, code=attune.USAGE)
        done = self.run_well("response", "fit", self.forms, "--by", "date", "-o", self.norm,
                             code=attune.BAD_DATA)
        self.assertIn(b"without a date", done.stderr)
        self.assertIn(b"two clients or more", done.stderr)
        back = self.dated([0, 7, 3, *range(20, 27)], "back.csv")
        done = self.run_well("response", "fit", back, "--by", "date", "-o", self.norm,
                             code=attune.BAD_DATA)
        self.assertIn(b"line 2: expected dates that do not go back", done.stderr)
        self.assertFalse(os.path.exists(self.norm))
        one = self.dated([0] * SESSIONS, "one.csv")
        done = self.run_well("response", "fit", one, "--by", "date", code=attune.BAD_DATA)
        self.assertIn(b"by date on more than one day", done.stderr)


class Service(Caseload):
    def figures(self, rows):
        return {(r["clinician"], r["figure"]): r for r in rows}

    def test_completeness_comes_first_and_clinicians_in_the_order_of_their_ids(self):
        rows = self.rows("service", self.forms)
        self.assertEqual(rows[0]["figure"], "forms_completed")
        self.assertEqual((rows[0]["count"], rows[0]["n"]), ("600", "600"))
        ids = [r["clinician"] for r in rows if r["clinician"]]
        self.assertEqual(ids, sorted(ids))
        self.assertNotIn("rank", rows[0])

    def test_means_and_rates_are_those_of_first_and_last_forms(self):
        found = self.figures(self.rows("service", self.forms))
        last = {r["client"]: r["score"] for r in self.made if r["session"] == SESSIONS}
        change = {r["client"]: last[r["client"]] - r["score"] for r in self.made
                  if r["session"] == 1}
        clinician = {r["client"]: r["clinician"] for r in self.made}
        for id in ("T-0", "T-1", "T-2"):
            own = [change[c] for c in change if clinician[c] == id]
            row = found[id, "mean_change"]
            self.assertEqual(int(row["n"]), len(own))
            self.assert_near(row["value"], statistics.fmean(own))
        self.assertEqual(found["T-3", "mean_change"]["n"], "8")
        self.assertEqual(found["T-3", "mean_change"]["value"], "")
        self.assertIn("fewer than 10", found["T-3", "mean_change"]["note"])
        self.assertNotIn(("T-3", "shrunken_effect"), found)
        improved = [r for r in self.rows("change", self.forms) if r["reliable"] == "improved"]
        self.assertEqual(int(found["", "reliably_improved"]["count"]), len(improved))

    def test_the_text_says_what_differences_are(self):
        text = " ".join(self.run_well("service", self.forms).stdout.decode().split())
        self.assertIn("mostly reflect chance and case mix", text)

    def test_one_clinician_is_no_error(self):
        one = self.write("one.csv", [dict(r, clinician="T") for r in self.made])
        done = self.run_well("service", one, "--csv")
        self.assertIn(b"nothing can be said of therapists", done.stderr)
        self.run_well("service", self.forms, "--rater", "observer", code=attune.BAD_DATA)


if __name__ == "__main__":
    attune.main()
