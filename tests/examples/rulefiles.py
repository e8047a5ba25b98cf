# A clinic's own rule sets by the command: begun from the template, used, refused where they err.
# SPDX-License-Identifier: MIT
import hashlib
import json
import os
import pathlib
import tempfile
import unittest

import attune

FORMS = attune.data("forms.csv")
OWN = ("marks", FORMS, "--measure", "demo-alliance")


class Files(attune.Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, value, name="own.json"):
        path = pathlib.Path(self.folder.name, name)
        path.write_text(value if isinstance(value, str) else json.dumps(value, indent=1),
                        encoding="utf-8")
        return str(path)

    def template(self, *options):
        return json.loads(self.run_well("rules", "--template", *options).stdout)

    def test_the_template_marks_as_the_set_it_was_made_of(self):
        for name in ("default", "all", "own_range,drop"):
            path = self.file(self.template("--rules", name))
            for more in ([], ["--trace"], ["--episodes"]):
                self.assertEqual(self.rows("marks", FORMS, "--rules", path, *more),
                                 self.rows("marks", FORMS, "--rules", name, *more), (name, more))

    def test_the_template_names_each_parameter_that_the_catalogue_lists(self):
        listed = {r["id"]: r for r in self.object("rules")["rows"]}
        found = self.template("--rules", "all")
        self.assertEqual({r["rule"] for r in found["rules"]}, set(listed))
        for rule in found["rules"]:
            self.assertEqual({p["name"]: p["value"] for p in rule.get("parameters", [])},
                             {p["name"]: p["value"] for p in listed[rule["rule"]]["parameters"]})

    def test_a_changed_parameter_changes_the_limit_and_the_hash(self):
        own = self.template("--rules", "own_range")
        self.assertEqual(own["rules"][0]["parameters"][0]["name"], "k_possible")
        own["rules"][0]["parameters"][0]["value"] = 0.5
        path = self.file(own)
        first = self.object(*OWN, "--rules", path)
        self.assertEqual(first["rules"], "own/1")
        self.assertIn("own/1: rule file SHA-256 "
                      f"{hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()}.",
                      first["notes"])
        self.assertGreater(len(first["rows"]), len(self.rows(*OWN, "--rules", "own_range")))

    def test_text_and_reports_say_which_file_it_was(self):
        path = self.file(self.template())
        digits = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()[:12]
        for arguments in (("marks", FORMS), ("client", FORMS, "--client", "K-1"),
                          ("caseload", FORMS)):
            text = self.run_well(*arguments, "--rules", path).stdout.decode()
            self.assertIn(f"own/1 (SHA-256 {digits})", " ".join(text.split()), arguments)

    def test_what_is_wrong_is_said_with_its_place_and_no_value(self):
        own = self.template("--rules", "own_range")
        own["rules"][0]["parameters"][1]["value"] = -777
        path = self.file(own)
        done = self.run_well(*OWN, "--rules", path, code=attune.BAD_DATA)
        message = done.stderr.decode()
        self.assertEqual(done.stdout, b"")
        self.assertIn("rules[0].parameters[1].value", message)
        self.assertIn("attune rules", message)
        self.assertNotIn("777", message)
        self.run_well(*OWN, "--rules", os.path.join(self.folder.name, "none.json"),
                      code=attune.NO_INPUT)
        self.run_well(*OWN, "--rules", self.file("{"), code=attune.BAD_DATA)


if __name__ == "__main__":
    unittest.main()
