# Norm files: the schema, judged by python3-jsonschema, and the command's reader are of one mind.
# SPDX-License-Identifier: MIT
import copy
import datetime
import json
import os
import pathlib
import sys
import unittest

import attune
import caseloads

try:
    import jsonschema
except ImportError:
    print("SKIPPED: python3-jsonschema is not installed, so the schema of norms was not checked")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "lib" / "io" / "norm" / "norm.schema.json").read_text("utf-8"))
PARTS = {None: "norm", "data": "data", "model": "model"}
# What no value of a kind may be, by the type that the schema gives it.
WRONG = {
    "string": [None, 7, ["x"], {}],
    "integer": [None, "7", 1.5, -1, 2 ** 60, True],
    "number": [None, "7", [], True],
    "enum": [None, 0, "", "LOG", "log ", ["log"]],
    "object": [None, 3, "x", []],
}


def resolved(node):
    """A node of the schema with what it refers to."""
    while "$ref" in node:
        node = SCHEMA["$defs"][node["$ref"].rsplit("/", 1)[1]]
    return node


def keys():
    """Every (part, key, node) of the format."""
    for part, name in PARTS.items():
        for key, node in SCHEMA["$defs"][name]["properties"].items():
            yield part, key, resolved(node)


def set_of_keys():
    return {(part, key, None) for part, key, _ in keys()}


def edges(node):
    """Values just beyond what the schema allows."""
    if "maxLength" in node:
        yield "x" * (node["maxLength"] + 1)
    if "minimum" in node:
        yield node["minimum"] - 1 if abs(node["minimum"]) < 1e9 else 10 * node["minimum"]
    if "exclusiveMinimum" in node:
        yield node["exclusiveMinimum"]
    if "maximum" in node:
        yield 10 * node["maximum"]


class Norms(caseloads.Caseload):
    @classmethod
    def setUpClass(cls):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
        cls.schema = jsonschema.Draft202012Validator(SCHEMA)

    def setUp(self):
        super().setUp()
        start = datetime.date(2026, 1, 5)
        self.made = [{**row, "date": start + datetime.timedelta(days=7 * row["session"])}
                     for row in self.made]
        self.forms = self.write("forms.csv", self.made)
        self.few = self.write("few.csv", self.made[:12])

    def norms(self):
        """One by session and one by date, each with the keys that it has."""
        for axis, other in (("session", "day"), ("date", "session")):
            norm = self.fit("--by", axis)
            yield norm, [row for row in keys() if not row[1].endswith("_" + other)]

    def read(self, value, code):
        with open(self.norm, "w", encoding="utf-8") as file:
            json.dump(value, file)
        return self.run_well("response", "predict", self.few, "--response", self.norm, "--csv",
                             code=code)

    def refused(self, value, what):
        """By both, and the reader names the place and no value."""
        self.assertFalse(self.schema.is_valid(value), what)
        done = self.read(value, attune.BAD_DATA)
        self.assertEqual(done.stdout, b"", what)
        self.assertIn(b": expected", done.stderr, what)

    def test_what_is_written_is_what_the_schema_says(self):
        for more in ([], ["--time", "session", "--method", "ml"], ["--time", "root"],
                     ["--structure", "level"], ["--structure", "diagonal"], ["--by", "date"],
                     ["--by", "date", "--time", "week"], ["--by", "date", "--time", "root"]):
            norm = self.fit(*more)
            self.assertEqual([e.message for e in self.schema.iter_errors(norm)], [], more)
            self.read(norm, attune.OK)

    def test_every_key_must_be_there_and_no_other(self):
        for norm, rows in self.norms():
            self.assertEqual({(part, key) for part, key, _ in rows},
                             {(part, key) for part in PARTS
                              for key in (norm[part] if part else norm)})
            for part, key, _ in rows:
                changed = copy.deepcopy(norm)
                del (changed[part] if part else changed)[key]
                self.refused(changed, (part, key))
            for part in PARTS:
                changed = copy.deepcopy(norm)
                (changed[part] if part else changed)["comment"] = "x"
                self.refused(changed, part)

    def test_sessions_and_days_do_not_stand_together(self):
        for norm, rows in self.norms():
            for part, key, _ in set_of_keys() - {(p, k, None) for p, k, _ in rows}:
                changed = copy.deepcopy(norm)
                changed[part][key] = 1
                self.refused(changed, (part, key))
            changed = copy.deepcopy(norm)
            changed["model"]["time"] = "root" if "first_day" in norm["data"] else "root-week"
            self.refused(changed, "time")

    def test_every_key_has_its_kind_and_its_bounds(self):
        tried = 0
        for norm, rows in self.norms():
            for part, key, node in rows:
                for wrong in [*WRONG["enum" if "enum" in node else node["type"]], *edges(node)]:
                    changed = copy.deepcopy(norm)
                    (changed[part] if part else changed)[key] = wrong
                    self.refused(changed, (part, key, type(wrong).__name__))
                    tried += 1
        self.assertGreater(tried, 300)

    def test_every_word_and_the_longest_texts_are_taken_by_both(self):
        for norm, (part, key, node) in ((norm, row) for norm, rows in self.norms() for row in rows):
            good = node.get("enum", ["x" * node["maxLength"]] if "maxLength" in node else [])
            for value in good:
                if key == "time" and value.endswith("week") != ("first_day" in norm["data"]):
                    continue
                changed = copy.deepcopy(norm)
                (changed[part] if part else changed)[key] = value
                self.assertTrue(self.schema.is_valid(changed), (part, key))
                self.read(changed, attune.OK)

    def test_other_texts_than_objects_are_refused_by_both(self):
        for value in ([], "norm", 3, None, {}):
            self.refused(value, value)

    def test_what_no_schema_can_say_the_reader_says(self):
        norm = self.fit()
        for part, key, value in (("data", "last_session", 1), ("data", "intake_low", 1e5),
                                 ("model", "intercept_slope_cov", 1e6),
                                 ("model", "fixed_cov", -1e6)):
            changed = copy.deepcopy(norm)
            changed[part][key] = value
            if key == "last_session":
                changed[part]["first_session"] = 2
            self.assertTrue(self.schema.is_valid(changed), key)
            self.assertIn(f"({part}.".encode(), self.read(changed, attune.BAD_DATA).stderr)


if __name__ == "__main__":
    unittest.main()
