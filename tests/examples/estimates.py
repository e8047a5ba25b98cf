# attune scales --estimate: figures by hand, the set that is written, and every scale read back.
# SPDX-License-Identifier: MIT
import json
import math
import pathlib
import random
import tempfile

import attune

COLUMNS = ("measure,rater,subscale,item,n_clients,n_scores,n_repeated,n_items,n_used,n_forms,"
           "n_complete,n_pair,turned,mean,sd,alpha,omega,sem,r_total,r_rest,alpha_dropped,loading,"
           "retest_r,retest_sessions,retest_days,change_mean,change_sd,step_sd,within_sd,"
           "within_var,between_var,icc")
OWN = attune.data("own.json")  # two items from 0 to 5, added

# First answers of four clients: variances 1/3 and 1/4, covariance 1/6. Then a second form each.
MOOD = (b"client,session,date,measure,item_1,item_2\n"
        b"A,1,2026-01-01,mood,0,0\nA,2,2026-01-08,mood,1,1\nB,1,2026-01-01,mood,1,1\n"
        b"B,2,2026-01-11,mood,3,3\nC,1,2026-01-01,mood,0,1\nC,2,2026-01-08,mood,1,3\n"
        b"D,1,2026-01-01,mood,1,1\nD,2,2026-01-08,mood,2,2\n")


def answers_of(card, draw):
    """Answers of one form on the scale's own grid: some level, and chance."""
    level, own = draw.random(), {row["number"]: row for row in card["item_list"]}
    for i in range(1, card["items"] + 1):
        low = own[i]["info.min"] if i in own else card["item_min"]
        high = own[i]["info.max"] if i in own else card["item_max"]
        steps = round((high - low) / card["item_step"])
        at = min(steps, max(0, round(steps * (.6 * level + .4 * draw.random()))))
        yield low + (steps - at if i in card["reversed"] else at) * card["item_step"]


def forms_of(card, clients=25):
    draw, lines = random.Random(card["id"]), []
    for client in range(clients):
        for session in (1, 2):
            cells = list(answers_of(card, draw)) if card["items"] else [
                card["score_min"] if draw.random() < .5 else card["score_max"]]
            lines.append(f"C{client:02},{session},{card['id']}," + ",".join(map(repr, cells)))
    names = [f"item_{i + 1}" for i in range(card["items"] or 0)] or ["score"]
    return ("client,session,measure," + ",".join(names) + "\n" + "\n".join(lines) + "\n").encode()


class Estimates(attune.Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return str(pathlib.Path(self.folder.name, name))

    def mood(self, *more, **environment):
        return self.run_well("scales", "--estimate", "mood", "-", "--scales", OWN, "--at",
                             "2026-11-25", *more, stdin=MOOD, **environment)

    def test_the_figures_are_those_worked_by_hand(self):
        text = self.mood("--csv").stdout.decode()
        self.assertEqual(text.splitlines()[0], COLUMNS)
        whole, first, second = self.rows("scales", "--estimate", "mood", "-", "--scales", OWN,
                                         stdin=MOOD)
        for name, value in (("alpha", 8 / 11), ("mean", 1.25), ("sd", math.sqrt(11 / 12)),
                            ("sem", .5), ("change_mean", 2.75), ("change_sd", math.sqrt(11 / 12)),
                            ("retest_days", 7), ("retest_sessions", 1), ("omega", None)):
            self.assert_near(whole[name], value)
        self.assertEqual((whole["n_clients"], whole["n_scores"], whole["item"]), ("4", "8", ""))
        self.assertEqual((first["item"], second["item"], first["alpha"]), ("1", "2", ""))
        self.assert_near(first["r_rest"], 1 / math.sqrt(3))
        self.assert_near(first["mean"], .5)

    def test_the_set_is_loaded_and_used_once_the_clinic_says_so(self):
        path = self.path("set.json")
        done = self.mood("-o", path, "--name", "here", "--population", "ward 3")
        self.assertIn(b"alpha", done.stdout)
        self.assertIn(b"fewer than 20 clients", done.stderr)
        self.run_well("scales", "--check", path)
        made = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        row, = [r for r in made["reliability"] if r["set"] == "here"]
        self.assertEqual((row["status"], row["population"]), ("unconfirmed", "ward 3"))
        self.assertIn("on 2026-11-25", row["source"])
        self.assert_near(repr(row["value"]), 8 / 11)
        row = self.rows("change", "-", "--scales", path, "--norms", "here", stdin=MOOD)[1]
        self.assert_near(row["rci"], 4 / (.5 * math.sqrt(2)))
        notes = self.object("change", "-", "--scales", path, "--norms", "here", stdin=MOOD)["notes"]
        self.assertIn("mood: constants of the set here.", notes)

    def test_the_same_day_writes_the_same_file(self):
        self.assertEqual(self.mood().stdout, self.mood().stdout)
        self.assertEqual(self.mood().stdout.decode(), self.mood("-o", "-").stdout.decode())

    def test_every_scale_is_written_as_it_was_read(self):
        for card in self.object("scales")["rows"]:
            stated = ["--accept-unconfirmed"]
            if card["status"] == "licensed":
                stated += ["--accept-licence", card["id"]]
            path = self.path("set.json")
            self.run_well("scales", "--estimate", card["id"], "-", "-o", path, *stated,
                          stdin=forms_of(card))
            row = self.object("scales", card["id"], "--scales", path,
                              "--override-scales")["rows"][-1]
            for key, value in card.items():
                if isinstance(value, list):
                    row[key] = [entry for entry in row[key] if not self.is_ours(entry)]
                if key != "hash":
                    self.assertEqual(row[key], value, (card["id"], key))

    @staticmethod
    def is_ours(entry):
        if isinstance(entry, dict):
            return str(entry.get("set", "")).startswith("own")
        return str(entry).startswith(("Set own", "The set own"))

    def test_items_that_load_the_other_way_are_said(self):
        lines = [f"{c},1,phq-9,{a},{a},{3 - a},{a},{a},{a},{a},{a},{b}"
                 for c, a, b in zip("ABCDEFGH", (0, 1, 2, 3, 0, 1, 2, 3), (0, 1, 2, 3, 1, 0, 3, 2))]
        forms = ("client,session,measure," + ",".join(f"item_{i}" for i in range(1, 10)) + "\n" +
                 "\n".join(lines) + "\n").encode()
        done = self.run_well("scales", "--estimate", "phq-9", "-", stdin=forms)
        self.assertIn(b"1 item loads against the others", done.stderr)

    def test_what_cannot_be_estimated_is_refused_and_nothing_written(self):
        two = b"client,session,measure,score\nA,1,phq-9,3\nB,1,phq-9,4\n"
        path = self.path("none.json")
        for code, stdin, arguments in (
                (attune.BAD_DATA, two, ["phq-9", "-"]),
                (attune.BAD_DATA, two, ["gad-7", "-"]),
                (attune.BAD_DATA, two, ["phq-9", "-", "--rater", "therapist"]),
                (attune.BAD_DATA, b"client,session,measure,score\nA,1,phq-9,99\n", ["phq-9", "-"]),
                (attune.USAGE, two, ["phq-9"]),
                (attune.USAGE, two, ["phq-8x", "-"]),
                (attune.NO_INPUT, two, ["phq-9", self.path("no.csv")])):
            done = self.run_well("scales", "--estimate", *arguments, "-o", path, code=code,
                                 stdin=stdin)
            self.assertEqual(done.stdout, b"")
            self.assertFalse(pathlib.Path(path).exists())
        for name in ("Own", "a--b", "-a", "a-", "x" * 25):
            self.mood("--name=" + name, code=attune.USAGE)
        self.mood("--population", "x" * 201, code=attune.USAGE)
        self.mood("--who", "x" * 121, code=attune.USAGE)
        done = self.run_well("scales", "--estimate", "phq-9", "-", "--name", "nhs",
                             code=attune.USAGE, stdin=two + b"C,1,phq-9,7\n")
        self.assertIn(b"--name", done.stderr)

    def test_the_help_names_it(self):
        self.assertIn(b"--estimate MEASURE", self.run_well("scales", "--help").stdout)


if __name__ == "__main__":
    attune.main()
