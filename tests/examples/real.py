# Real data through every command: figures against ones worked out here, and nothing refused unsaid.
# SPDX-License-Identifier: MIT
import collections
import csv
import os
import statistics
import sys

import attune

SCALES = os.path.join(attune.HERE, "..", "..", "examples", "data", "measures.json")

# File, its clients, and the rows of it that no scale can take.
FILES = {"sgdata": (43, 0), "claus_2020": (43, 0), "btheb": (100, 0), "reframed": (250, 0),
         "enrichd": (279, 0)}


def path_of(name):
    return os.path.join(attune.SHARED, name + ".csv")


def courses(name):
    """(session, score) of every course, as the file has them."""
    found = collections.defaultdict(list)
    with open(path_of(name), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            score = None if row["score"] in ("", "NA") else float(row["score"])
            key = (row["client"], row["measure"], row.get("rater") or "client")
            found[key].append((int(row["session"]), score))
    return {key: sorted(points) for key, points in found.items()}


class Real(attune.Case):
    def each(self):
        for name, (clients, bad) in FILES.items():
            with self.subTest(name):
                yield name, clients, ["--skip-bad"] * (bad > 0)

    def test_scores_come_back_as_they_were_given(self):
        for name, clients, more in self.each():
            rows = self.rows("score", path_of(name), "--scales", SCALES, *more)
            self.assertEqual(len({r["client"] for r in rows}), clients)
            found = courses(name)
            wanted = [y for key in sorted(found) for _, y in found[key]]
            self.assertEqual(len(rows), len(wanted))
            for row, score in zip(rows, wanted):
                self.assertEqual(row["score"] and float(row["score"]), "" if score is None
                                 else score)
                self.assertEqual(row["reason"] != "", score is None)

    def test_prorated_totals_are_accepted_and_said(self):
        rows = self.rows("score", path_of("reframed"), "--scales", SCALES)
        for row in rows:
            broken = row["score"] != "" and float(row["score"]) % 1 != 0
            self.assertEqual("off_step" in row["flags"].split(), broken, row["flags"])
        self.assertGreater(sum("off_step" in r["flags"] for r in rows), 10)

    def test_a_total_imputed_just_below_the_range_is_accepted_and_said(self):
        rows = self.rows("score", path_of("reframed"), "--scales", SCALES)
        below = [r for r in rows if r["score"] != "" and float(r["score"]) < 0]
        self.assertEqual([(r["flags"], r["band"]) for r in below],
                         [("given off_step", "none-minimal")])

    def test_trends_and_changes_are_those_worked_out_here(self):
        for name, _, more in self.each():
            found = courses(name)
            for command in ("trend", "change"):
                rows = self.rows(command, path_of(name), "--scales", SCALES, *more)
                self.assertEqual([(r["client"], r["measure"], r["rater"]) for r in rows],
                                 sorted(found))
                for row in rows:
                    key = (row["client"], row["measure"], row["rater"])
                    points = [p for p in found[key] if p[1] is not None]
                    if len(points) < 2:
                        continue
                    self.assert_near(row["first"], points[0][1])
                    self.assert_near(row["last"], points[-1][1])
                    if command == "trend":
                        fit = statistics.linear_regression(*zip(*points))
                        self.assert_near(row["ols_slope"], fit.slope, 9)
                        self.assertEqual(int(row["n"]), len(points))
                    else:
                        self.assert_near(row["change"], points[-1][1] - points[0][1])

    def test_without_scales_trends_are_the_same(self):
        for name, _, more in self.each():
            with_scales = self.run_well("trend", path_of(name), "--csv", "--scales", SCALES, *more)
            without = self.run_well("trend", path_of(name), "--csv", *more)
            self.assertEqual(with_scales.stdout, without.stdout)

    def test_days_can_be_counted_where_there_are_dates(self):
        for name in ("btheb", "enrichd"):
            rows = self.rows("trend", path_of(name), "--by", "date")
            self.assertTrue(all(r["ols_slope"] for r in rows if int(r["n"]) > 2))

    def test_marks_rest_on_what_is_known(self):
        for name, _, more in self.each():
            self.rows("marks", path_of(name), "--scales", SCALES, *more)
            self.rows("marks", path_of(name), "--scales", SCALES, "--episodes", *more)
            traced = self.rows("marks", path_of(name), "--trace", "--higher", "worse",
                               "--within-sd", "4", *more)
            forms = sum(map(len, courses(name).values()))
            self.assertEqual(len(traced), len(self.rows("rules")) * forms)
            known = [r for r in traced if r["rule"] == "own_range" and r["statistic"]]
            self.assertGreater(len(known), 0)

    def test_reliably_worse_is_marked_where_it_is_worse(self):
        for row in self.rows("marks", path_of("reframed"), "--scales", SCALES, "--skip-bad"):
            self.assertEqual((row["measure"], row["rule"]), ("phq-9", "reliable_worse"))
            self.assertGreaterEqual(float(row["observed"]), float(row["limit"]))

    def test_the_methods_class_a_published_trial_as_published(self):
        """Claus et al. 2020, HAM-D: counts of clinicalsignificance's own tests."""
        classes = ("recovered", "improved", "unchanged", "deteriorated", "harmed")
        published = {"jt": (26, 3, 10, 1, 0), "en": (26, 6, 5, 3, 0), "hll": (12, 0, 16, 11, 1),
                     "gln": (26, 3, 10, 1, 0), "nk": (26, 2, 11, 1, 0), "ha": (23, 9, 7, 1, 0),
                     "hlm": (10, 1, 20, 9, 0)}
        for method, counts in published.items():
            rows = self.rows("change", path_of("claus_2020"), "--measure", "ham-d", "--method",
                             method, "--caseload", "--higher", "worse", "--reliability", ".8",
                             "--reliability-post", ".5", "--functional-mean", "8",
                             "--functional-sd", "8", "--cutoff-type", "c", "--pre", "1", "--post",
                             "4", "--convention", "package")
            found = [r["class"] for r in rows]
            self.assertEqual(tuple(map(found.count, classes)), counts, method)
            self.assertEqual(found.count(""), 3)

    def test_sudden_gains_of_the_published_data_are_the_published_ones(self):
        """The package's own data without its baseline: counts of its vignette and paper."""
        lines = ["client,session,measure,score"]
        for (client, measure, _), points in courses("sgdata").items():
            lines += [f"{client},{session - 1},{measure},{'' if y is None else y}"
                      for session, y in points if session > 1 and measure == "bdi-ii"]
        text = "\n".join(lines).encode()
        for options, gains, losses in ((("--mode", "suddengains"), 24, 3),
                                       (("--mode", "suddengains", "--critical", "2.776"), 26, 3),
                                       (("--mode", "suddengains", "--criteria", "12"), 30, 4),
                                       ((), 27, None)):
            rows = self.rows("sudden", "-", "--cutoff", "7", "--higher", "worse", *options,
                             stdin=text)
            kinds = [r["kind"] for r in rows]
            self.assertEqual(kinds.count("gain"), gains, options)
            self.assertIn(losses, (None, kinds.count("loss")), options)
        found = self.rows("sudden", "-", "--cutoff", "7", "--higher", "worse", "--mode",
                          "suddengains", stdin=text)
        self.assertEqual([(r["client"], r["from_session"], r["magnitude"], r["reversed"])
                          for r in found if r["kind"] == "loss"],
                         [("S04", "9", "-9", "1"), ("S34", "7", "-12", "0"),
                          ("S35", "7", "-18", "1")])

    def test_sudden_gains_can_be_looked_for_everywhere(self):
        for name, _, more in self.each():
            found = courses(name)
            for mode in ("t-test", "suddengains"):
                rows = self.rows("sudden", path_of(name), "--cutoff", "5", "--higher", "worse",
                                 "--scales", SCALES, "--mode", mode, *more)
                for row in rows:
                    score = dict(found[row["client"], row["measure"], row["rater"]])
                    change = score[int(row["from_session"])] - score[int(row["to_session"])]
                    self.assert_near(row["magnitude"], change)
                    self.assertGreaterEqual(abs(change), 5)

    def test_reports_can_be_made(self):
        for name, _, more in self.each():
            text = self.run_well("caseload", path_of(name), "--scales", SCALES, *more).stdout
            self.assertGreater(len(text), 1000)
        for name, client in (("sgdata", "S01"), ("reframed", "R001"), ("enrichd", "E0001")):
            more = ["--skip-bad"] * (name == "reframed")
            text = self.run_well("client", path_of(name), "--client", client, "--scales", SCALES,
                                 *more).stdout
            self.assertIn(client.encode(), text)


if __name__ == "__main__":
    if not all(os.path.exists(path_of(name)) for name in FILES):
        print("SKIPPED: the real data sets are not beside this tree", file=sys.stderr)
        sys.exit(77)
    attune.main()
