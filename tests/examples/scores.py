# What attune score says of each form, against scores worked out from the answers.
# SPDX-License-Identifier: MIT
import attune
from worked import FORMS, SCALES, BANDS, WAI_SR, MISSING, answers, total, forms


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


if __name__ == "__main__":
    attune.main()
