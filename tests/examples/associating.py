# The command associate: figures worked out here, what it chooses and refuses, and its text.
# SPDX-License-Identifier: MIT
import collections
import csv
import math
import os
import random
import tempfile

import attune

CLINIC = os.path.join(attune.HERE, "..", "..", "examples", "data", "clinic.csv")
EXPECTED = os.path.join(attune.HERE, "expected", "associate.txt")
COLUMNS = ["part", "direction", "statistic", "estimate", "se", "low", "high", "df", "p", "n",
           "clients", "reason", "alliance", "outcome", "against"]


def made_up():
    """Forms of alliance, of technique, and of a distress that alliance lowers a session later."""
    draw, rows = random.Random(5), []
    for client in range(40):
        level, before = draw.gauss(5, .6), 0.0
        for session in range(1, 11):
            alliance = level + draw.gauss(0, .5)
            distress = 30 - 2 * level - session - 3 * before + draw.gauss(0, 1.5)
            before = alliance - level
            for measure, rater, score in (("demo-alliance", "client", round(6 * alliance) / 6),
                                          ("skill", "observer", round(draw.gauss(3, 1), 2)),
                                          ("demo-distress", "client", round(distress))):
                high = {"demo-alliance": 7, "demo-distress": 40, "skill": 9}[measure]
                rows.append({"client": f"C{client:02}", "session": session, "measure": measure,
                             "rater": rater, "score": min(max(score, 1), high)})
    return rows


def correlation(x, y):
    mx, my = math.fsum(x) / len(x), math.fsum(y) / len(y)
    xy = math.fsum((a - mx) * (b - my) for a, b in zip(x, y))
    return xy / math.sqrt(math.fsum((a - mx) ** 2 for a in x)
                          * math.fsum((b - my) ** 2 for b in y))


class Associate(attune.Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.made = made_up()
        self.forms = self.write("forms.csv", self.made)

    def write(self, name, rows):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return path

    def figures(self, *arguments):
        return {(r["part"], r["direction"], r["statistic"]): r
                for r in self.rows("associate", *arguments)}

    def series(self, measure):
        found = collections.defaultdict(dict)
        for row in self.made:
            if row["measure"] == measure:
                found[row["client"]][row["session"]] = float(row["score"])
        return found

    def test_the_columns_are_those_of_the_header(self):
        rows = self.rows("associate", self.forms)
        self.assertEqual(list(rows[0]), COLUMNS)
        self.assertEqual({r["alliance"] for r in rows}, {"demo-alliance:client"})
        self.assertEqual({r["outcome"] for r in rows}, {"demo-distress:client"})
        self.assertEqual({r["against"] for r in rows}, {""})
        self.assertEqual({r["reason"] for r in rows}, {""})

    def test_correlations_are_those_worked_out_here(self):
        found = self.figures(self.forms, "--early", "2")
        alliance, distress = self.series("demo-alliance"), self.series("demo-distress")
        within = ([], [])
        for client in alliance:
            for side, series in zip(within, (alliance, distress)):
                mean = math.fsum(series[client].values()) / 10
                side.extend(v - mean for v in series[client].values())
        self.assert_near(found["levels", "", "r_within"]["estimate"], correlation(*within))
        early = [(a[1] + a[2]) / 2 for a in alliance.values()]
        change = [d[10] - d[1] for d in distress.values()]
        self.assert_near(found["early", "", "r_change"]["estimate"], correlation(early, change))
        self.assertEqual(found["early", "", "early_forms"]["estimate"], "2")

    def test_what_comes_a_session_later_is_found_in_its_direction(self):
        found = self.figures(self.forms)
        for part in ("lagged", "lagged_detrended", "lagged_model", "lagged_independent",
                     "lagged_exchangeable", "lagged_ar1"):
            there = found[part, "alliance_to_outcome", "lag_effect"]
            back = found[part, "outcome_to_alliance", "lag_effect"]
            self.assertLess(float(there["high"]), -2, part)
            # both columns are short deviations: the way back is small, and not exactly none
            self.assertLess(abs(float(back["estimate"])), .1, part)
        self.assertEqual(found["lagged", "alliance_to_outcome", "lag_effect"]["n"], "360")

    def test_a_second_measure_wants_to_know_which_way_is_good(self):
        done = self.run_well("associate", self.forms, "--against", "skill:observer",
                             code=attune.USAGE)
        self.assertIn(b"--higher", done.stderr)
        found = self.figures(self.forms, "--against", "skill:observer", "--higher", "better")
        turned = self.figures(self.forms, "--against", "skill:observer", "--higher", "worse")
        self.assertEqual(found["against", "", "r_against"]["estimate"].lstrip("-"),
                         turned["against", "", "r_against"]["estimate"].lstrip("-"))
        self.assertNotEqual(found["against", "", "r_against"]["estimate"],
                            turned["against", "", "r_against"]["estimate"])
        self.assertEqual(float(found["against", "", "r_alliance"]["estimate"]),
                         -float(found["early", "", "r_change"]["estimate"]))
        self.assertEqual(found["against", "", "williams_t"]["df"], "37")

    def test_of_several_measures_one_must_be_named(self):
        done = self.run_well("associate", CLINIC, "--alliance", "demo-alliance",
                             code=attune.USAGE)
        self.assertIn(b"--outcome ID", done.stderr)
        done = self.run_well("associate", CLINIC, "--outcome", "core-10", code=attune.USAGE)
        self.assertIn(b"--alliance ID", done.stderr)
        # the one that is held against it is not meant
        self.run_well("associate", CLINIC, "--outcome", "core-10", "--against", "wai-sr")

    def test_raters_are_chosen(self):
        by = {r["alliance"] for r in self.rows("associate", CLINIC, "--alliance", "demo-alliance",
                                               "--outcome", "core-10", "--rater", "therapist")}
        self.assertEqual(by, {"demo-alliance:therapist"})
        by = {r["alliance"] for r in self.rows("associate", CLINIC, "--outcome", "core-10",
                                               "--alliance", "demo-alliance:therapist")}
        self.assertEqual(by, {"demo-alliance:therapist"})

    def test_what_is_not_there_is_said(self):
        for more, code in ((["--alliance", "srs"], attune.BAD_DATA),
                           (["--rater", "observer"], attune.BAD_DATA),
                           (["--alliance", "demo-alliance:nobody"], attune.USAGE),
                           (["--alliance", ":client"], attune.USAGE),
                           (["--early", "0"], attune.USAGE), (["--measure", "x"], attune.USAGE)):
            done = attune.run("associate", self.forms, *more)
            self.assertEqual((done.returncode, done.stdout), (code, b""), more)
        apart = self.write("apart.csv", [r for r in self.made
                                         if (r["session"] > 5) == (r["measure"] == "skill")
                                         or r["measure"] == "demo-alliance"])
        done = attune.run("associate", apart, "--outcome", "demo-distress")
        self.assertEqual(done.returncode, attune.OK)
        never = self.write("never.csv", [r for r in self.made if (r["session"] % 2 == 0)
                                         == (r["measure"] == "demo-distress")])
        done = self.run_well("associate", never, code=attune.BAD_DATA)
        self.assertIn(b"expected a session with both forms", done.stderr)

    def test_one_client_has_reasons_instead_of_figures(self):
        one = self.write("one.csv", [r for r in self.made if r["client"] == "C00"])
        rows = self.rows("associate", one)
        reasons = collections.Counter(r["reason"] for r in rows)
        self.assertGreater(reasons["too few clients or sessions"], 40)
        for row in rows:
            self.assertEqual(row["estimate"] == "", row["reason"] != "", row["statistic"])

    def test_json_says_the_sentences_and_the_caution(self):
        found = self.object("associate", self.forms)
        self.assertEqual(len(found["rows"]), len(self.rows("associate", self.forms)))
        text = " ".join(found["notes"])
        self.assertIn("do not say what causes what", text)
        self.assertIn("One session later", text)
        self.assertEqual(sum(n.startswith("Within one client") for n in found["notes"]), 1)
        self.assertEqual(sum("outcome score" in n for n in found["notes"]), 9)

    def test_the_text_is_the_one_recorded(self):
        text = self.run_well("associate", CLINIC, "--alliance", "demo-alliance", "--outcome",
                             "demo-distress", "--against", "demo-alliance:therapist").stdout
        with open(EXPECTED, "rb") as file:
            self.assertEqual(text.decode(), file.read().decode())
        self.assertLessEqual(max(len(line) for line in text.decode().splitlines()), 88)
        plain = self.run_well("associate", CLINIC, "--alliance", "demo-alliance", "--outcome",
                              "demo-distress", "--ascii").stdout
        self.assertTrue(plain.isascii())

    def test_the_order_of_clients_and_rows_does_not_matter(self):
        shuffled = list(self.made)
        random.Random(1).shuffle(shuffled)
        # renamed so that clients come in the reverse order
        for row in shuffled:
            row["client"] = f"C{99 - int(row['client'][1:]):02}"
        path = self.write("shuffled.csv", shuffled)
        first, then = self.figures(self.forms), self.figures(path)
        for key, row in first.items():
            if row["estimate"]:
                self.assert_near(then[key]["estimate"], float(row["estimate"]), 9)


if __name__ == "__main__":
    attune.main()
