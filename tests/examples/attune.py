# Runs the attune command for the tests and reads what it wrote.
# SPDX-License-Identifier: MIT
import csv
import io
import json
import os
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["ATTUNE"]
HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(HERE, "..", "..", "..", "shared", "data")

OK, FINDINGS, USAGE, BAD_DATA, NO_INPUT, INTERNAL = 0, 1, 2, 65, 66, 70


def data(name):
    """The path of a file of forms beside the tests."""
    return os.path.join(HERE, "data", name)


def run(*arguments, stdin=b"", **environment):
    """Run the command; output and errors are bytes, which is what users compare."""
    return subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True,
                          env={"PATH": os.environ["PATH"], **environment}, check=False)


class Case(unittest.TestCase):
    """What the tests of all commands ask for."""

    maxDiff = None

    def run_well(self, *arguments, code=OK, stdin=b"", **environment):
        done = run(*arguments, stdin=stdin, **environment)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        return done

    def rows(self, *arguments, **more):
        """The rows of a CSV, as dictionaries."""
        text = self.run_well(*arguments, "--csv", **more).stdout.decode()
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def object(self, *arguments, **more):
        return json.loads(self.run_well(*arguments, "--json", **more).stdout)

    def assert_near(self, text, value, digits=12):
        """A printed figure against one worked out here; None is an empty field."""
        if value is None:
            self.assertEqual(text, "")
        else:
            self.assertNotEqual(text, "")
            scale = max(1.0, abs(value))
            self.assertLess(abs(float(text) - value) / scale, 10.0 ** -digits, (text, value))


class Simulated(Case):
    """A caseload of attune simulate, told by what is in CASELOAD, and a folder to write to."""

    CASELOAD = ()

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.forms = os.path.join(cls.folder.name, "forms.csv")
        run("simulate", *cls.CASELOAD, "-o", cls.forms)
        with open(cls.forms, encoding="utf-8") as file:
            cls.text = file.read()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()


def main():
    unittest.main(argv=["attune"], verbosity=2)
