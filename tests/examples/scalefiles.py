# A clinic's own scales by the command: checked, begun from the template, taken from FHIR, stated.
# SPDX-License-Identifier: MIT
import json
import os
import pathlib
import tempfile
import unittest

import attune

FHIR = os.path.join(attune.SHARED, "fhir")
BASE = "http://hl7.org/fhir/StructureDefinition/"


def option(weight, extension="ordinalValue"):
    return {"valueCoding": {"display": "WORDING", "extension": [
        {"url": BASE + extension, "valueDecimal": weight}]}}


def question(*weights, **more):
    return {"linkId": "x", "type": "choice", "text": "WORDING",
            "answerOption": [option(w) for w in weights], **more}


class Files(attune.Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, value):
        path = pathlib.Path(self.folder.name, name)
        path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return str(path)

    def test_the_template_passes_the_check_and_scores(self):
        text = self.run_well("scales", "--template").stdout.decode()
        path = self.file("own.json", text)
        self.run_well("scales", "--check", path)
        forms = self.file("forms.csv", "client,session,measure," +
                          ",".join(f"item_{i}" for i in range(1, 7)) +
                          "\nA,1,my-scale,4,0,4,0,0,2\n")
        row, = self.rows("score", forms, "--scales", path)
        self.assertEqual(row["score"], "18")  # 4 + (4 - 0) + 4 + 0 + (4 - 0) + 2
        row, = self.rows("score", forms, "--scales", self.folder.name)  # the folder holds it
        self.assertEqual(row["score"], "18")

    def test_a_file_that_nobody_has_read_again_is_used_and_called_unconfirmed(self):
        scale = json.loads(self.run_well("scales", "--template").stdout)
        forms = self.file("forms.csv", "client,session,measure,score\nA,1,my-scale,9\n")
        for read, word in ((None, "unconfirmed"), ("2026-01-31", "confirmed")):
            scale.pop("reviewed", None)
            path = self.file("own.json", {**scale, **({"reviewed": read} if read else {})})
            row, = [r for r in self.rows("scales", "--scales", path) if r["id"] == "my-scale"]
            self.assertEqual(row["status"], word)
            row, = self.rows("score", forms, "--scales", path)
            self.assertEqual("unconfirmed" in row["flags"].split(), read is None)
            notes = " ".join(self.object("score", forms, "--scales", path)["notes"])
            self.assertEqual("my-scale: unconfirmed: " in notes, read is None)

    def test_the_check_names_every_problem_with_line_and_key_and_no_value(self):
        path = self.file("bad.json", '{"id": "own", "title": "T",\n"rater": "SECRET",\n'
                         '"direction": "higher is worse",\n"surprise": 7}')
        done = self.run_well("scales", "--check", path, code=attune.FINDINGS)
        lines = done.stdout.decode().splitlines()
        self.assertEqual([line.split(":")[1] for line in lines[:-1]], ["4", "2"])
        self.assertIn("surprise: expected no such key", lines[0])
        self.assertIn("rater: expected one of", lines[1])
        self.assertIn("2 problems", lines[-1])
        self.assertNotIn("SECRET", done.stdout.decode())

    def test_a_folder_is_checked_file_by_file(self):
        scale = {"id": "mood", "title": "Mood", "rater": "client", "score_only": True,
                 "range": [0, 10], "direction": "higher is worse"}
        self.file("a.json", scale)
        done = self.run_well("scales", "--check", self.folder.name)
        self.assertIn("a.json: nothing is wrong with it", done.stdout.decode())
        self.file("b.json", scale)
        done = self.run_well("scales", "--check", self.folder.name, code=attune.FINDINGS)
        self.assertIn("b.json:1:2: id: expected an id that stands once", done.stdout.decode())
        self.assertNotIn("a.json:1", done.stdout.decode())

    def test_a_scale_file_that_cannot_be_read_is_no_input(self):
        self.run_well("scales", "--check", self.folder.name + "/none.json", code=attune.NO_INPUT)
        self.run_well("scales", "--check", code=attune.USAGE)

    def test_a_questionnaire_with_weights_becomes_a_scale(self):
        path = self.file("q.json", {"resourceType": "Questionnaire", "id": "My Q-1", "item": [
            {"linkId": "g", "type": "group", "item": [question(0, 1, 2, 3), question(3, 0)]},
            {"linkId": "t", "type": "display", "text": "WORDING"},
            {"linkId": "u", "type": "string", "text": "WORDING"},
            question(0, 1, 2, 3, 4)]})
        out = self.run_well("scales", "--from-fhir", path, "--higher", "worse").stdout.decode()
        made = json.loads(out)
        self.assertNotIn("WORDING", out)
        self.assertEqual(made["id"], "my-q-1")
        self.assertEqual((made["items"]["count"], made["items"]["min"], made["items"]["max"]),
                         (3, 0, 3))
        self.assertEqual(made["items"]["own"], [{"items": [3], "min": 0, "max": 4}])
        self.run_well("scales", "--check", self.file("made.json", out))

    def test_a_questionnaire_without_weights_is_refused(self):
        for value in ({"resourceType": "Questionnaire", "item": [question()]},
                      {"resourceType": "Patient"}, "[", {"resourceType": "Questionnaire", "item": [
                          question(0, 1, 2.5)]}):
            self.run_well("scales", "--from-fhir", self.file("q.json", value), "--higher", "worse",
                          code=attune.BAD_DATA)
        self.run_well("scales", "--from-fhir", self.file("q.json", "{}"), code=attune.USAGE)

    @unittest.skipUnless(os.path.isdir(FHIR), "SKIPPED: ../shared is not there")
    def test_the_public_questionnaires_become_the_scales_that_are_built_in(self):
        for name, id in (("questionnaire-phq-4-item-weights", "phq-4"),
                         ("us-core-Questionnaire-phq-9-example", "phq-9")):
            out = self.run_well("scales", "--from-fhir", os.path.join(FHIR, name + ".json"),
                                "--higher", "worse").stdout
            made, = [json.loads(out)]
            row, = [r for r in self.rows("scales") if r["id"] == id]
            self.assertEqual(made["items"]["count"], int(row["items"]))
            self.assertEqual(made["items"]["max"], float(row["item_max"]))


class Stated(attune.Case):
    def forms(self, measure, items):
        names = ",".join(f"item_{i + 1}" for i in range(items))
        return ("client,session,measure," + names + f"\nA,1,{measure}," +
                ",".join(["3"] * items) + "\n").encode()

    def test_an_unconfirmed_measure_waits_and_is_named_when_used(self):
        forms = self.forms("sai", 6)
        done = self.run_well("score", "-", code=attune.BAD_DATA, stdin=forms)
        self.assertIn(b"--accept-unconfirmed", done.stderr)
        done = self.run_well("score", "-", "--csv", "--accept-unconfirmed", stdin=forms)
        self.assertIn(b",unconfirmed,", done.stdout)
        self.assertIn(b"unconfirmed", done.stderr)
        done = self.run_well("score", "-", "--accept-unconfirmed", stdin=forms)
        self.assertIn(b"sai: unconfirmed", done.stdout)

    CALLS = (["score"], ["trend"], ["change"], ["marks"], ["marks", "--episodes"],
             ["marks", "--trace"], ["marks", "--silence"], ["sudden", "--cutoff", "4"], ["chart"],
             ["changepoints"], ["runlength"], ["service"])

    def test_every_output_names_the_licensed_unconfirmed_and_provisional_measures_it_used(self):
        used = {"srs": ("licensed", ["--accept-licence", "srs"]),
                "wai-s": ("unconfirmed", ["--accept-unconfirmed"]),
                "haq-ii": ("provisional", [])}
        for measure, (word, stated) in used.items():
            rows = [f"{c},{s},{measure},{30 + 3 * (s % 3)},T{c}" for c in "AB" for s in range(1, 9)]
            forms = "\n".join(["client,session,measure,score,clinician", *rows, ""]).encode()
            for call in self.CALLS:
                run = lambda *more: self.run_well(call[0], "-", *call[1:], *stated, *more,
                                                  stdin=forms)
                note = f"{measure}: {word}: "
                with self.subTest(" ".join([measure, *call])):
                    self.assertIn(note, run().stdout.decode())
                    notes = json.loads(run("--json").stdout)["notes"]
                    self.assertTrue(any(note in text for text in notes), notes)
                    done = run("--csv")
                    self.assertIn(f"measure {note}", done.stderr.decode())
                    self.assertNotIn(note, done.stdout.decode())
            for call in (["client", "--client", "A"], ["caseload"]):
                text = self.run_well(call[0], "-", *call[1:], *stated, stdin=forms).stdout.decode()
                self.assertIn(f": {word}: ", text)
                card, = self.object("scales", measure)["rows"]
                self.assertIn(f"scale file {card['hash'][:12]}.", " ".join(text.split()))

    def test_scores_of_a_measure_that_waits_name_the_option_that_opens_it(self):
        for measure, options in (("srs", ["--accept-licence srs"]),
                                 ("wai-s", ["--accept-unconfirmed"])):
            rows = [f"A,{s},{measure},{30 + 3 * (s % 3)}" for s in range(1, 9)]
            forms = "\n".join(["client,session,measure,score", *rows, ""]).encode()
            for call in (["trend"], ["change"], ["marks"], ["marks", "--trace"], ["sudden"],
                         ["chart"], ["changepoints"],
                        ["runlength"], ["client", "--client", "A"], ["caseload"]):
                done = self.run_well(call[0], "-", *call[1:], stdin=forms)
                said = done.stderr.decode()
                for option in options:
                    self.assertIn(option, said, call)
                self.assertNotIn("no scale describes", said.lower())
                self.assertNotIn("No scale describes", done.stdout.decode())
        forms = b"client,session,measure,score\nA,1,home-made,3\nA,2,home-made,4\n"
        said = self.run_well("change", "-", stdin=forms).stderr.decode()
        self.assertIn("no open scale describes it", said)

    def test_a_response_norm_names_the_licensed_measure_it_was_made_with(self):
        rows = [f"C{c},{s},ors,{c % 9 + 2 * s + c * s % 4}" for c in range(40) for s in range(1, 6)]
        forms = "\n".join(["client,session,measure,score", *rows, ""]).encode()
        note = "ors: licensed: "
        with tempfile.TemporaryDirectory() as folder:
            norm = os.path.join(folder, "norm.json")
            stated = ["--accept-licence", "ors"]
            done = self.run_well("response", "fit", "-", "-o", norm, *stated, stdin=forms)
            self.assertIn(note, done.stderr.decode())
            ask = ["response", "predict", "-", "--response", norm, *stated]
            self.assertIn(note, self.run_well(*ask, stdin=forms).stdout.decode())

    def test_a_figure_of_ones_own_is_not_called_unconfirmed(self):
        forms = b"client,session,measure,score\nA,1,wai-sr,40\nA,2,wai-sr,44\n"
        doubt = "derived from published figures, provisional: the within-person spread"
        self.assertIn(doubt, " ".join(self.object("marks", "-", stdin=forms)["notes"]))
        notes = self.object("marks", "-", "--within-sd", "3", stdin=forms)["notes"]
        self.assertNotIn(doubt, " ".join(notes))

    def test_every_licensed_measure_waits_for_its_licence_and_no_other(self):
        for row in self.rows("scales"):
            if row["status"] != "licensed":
                continue
            self.run_well("score", "-", "--accept-unconfirmed", code=attune.BAD_DATA,
                          stdin=self.forms(row["id"], 1))
            if not row["score_min"]:  # no total
                continue
            form = f"client,session,measure,score\nA,1,{row['id']},{row['score_min']}\n".encode()
            refused = self.run_well("score", "-", code=attune.BAD_DATA, stdin=form).stderr
            self.assertIn(b"--accept-licence", refused)
            stated = ["--accept-licence", row["id"]]
            if b"--accept-unconfirmed" in refused:
                stated.append("--accept-unconfirmed")
            done = self.run_well("score", "-", "--csv", *stated, stdin=form)
            self.assertIn(b"licensed", done.stdout)
            done = self.run_well("scales", row["id"])
            self.assertIn(b"licensed", done.stdout)

    def test_json_ends_with_the_hash_of_every_measure_and_its_norms(self):
        forms = b"client,session,measure,score\nA,1,phq-9,20\nA,2,phq-9,4\n"
        notes = " ".join(self.object("change", "-", stdin=forms)["notes"])
        card, = self.object("scales", "phq-9")["rows"]
        self.assertIn(card["hash"], notes)
        self.assertIn("norms: clinical: NHS Talking Therapies", notes)

    def test_a_set_of_constants_is_used_and_named(self):
        forms = b"client,session,measure,score\nA,1,phq-9,20\nA,2,phq-9,4\n"
        row, = self.rows("change", "-", "--norms", "oxford", "--accept-unconfirmed", stdin=forms)
        self.assertEqual(row["cutoff"], "9")
        notes = self.object("change", "-", "--norms", "oxford", "--accept-unconfirmed",
                            stdin=forms)["notes"]
        self.assertIn("phq-9: constants of the set oxford.", notes)
        self.run_well("change", "-", "--norms", "no-such", code=attune.USAGE, stdin=forms)


if __name__ == "__main__":
    attune.main()
