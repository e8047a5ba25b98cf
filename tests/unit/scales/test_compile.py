# The build step refuses what the loader refuses, and built-in scales without sources besides.
# SPDX-License-Identifier: MIT
import copy
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
SCALE = HERE.parents[2] / "lib" / "core" / "scale"
sys.path.insert(0, str(SCALE))

import compile as step  # noqa: E402
from shape import Bad  # noqa: E402

FILES = sorted(p for p in (SCALE / "data").glob("*.json") if p.name != "scale.schema.json")


def key_of(do, path):
    """The key that a file is refused with; None when it is taken."""
    try:
        do(path)
    except Bad as bad:
        return bad.key
    return None


def paths_of(value, wanted, path=""):
    """Every path in a scale that ends with the wanted key."""
    if isinstance(value, list):
        for i, entry in enumerate(value):
            yield from paths_of(entry, wanted, f"{path}[{i}]")
    if isinstance(value, dict):
        for key, entry in value.items():
            inner = f"{path}.{key}" if path else key
            if key == wanted:
                yield inner
            yield from paths_of(entry, wanted, inner)


def without(scale, path):
    """A copy of the scale that lacks what stands at the path."""
    scale = copy.deepcopy(scale)
    at, steps = scale, path.replace("[", ".[").split(".")
    for name in steps[:-1]:
        at = at[int(name[1:-1])] if name.startswith("[") else at[name]
    del at[steps[-1]]
    return scale


class Compile(unittest.TestCase):
    def refusal(self, scale):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, scale.get("id", "none") + ".json")
            path.write_text(json.dumps(scale), encoding="utf-8")
            return key_of(step.compile_file, path)

    def test_every_bad_file_is_refused_with_the_key_that_the_loader_names(self):
        rows = (HERE / "bad" / "expected.txt").read_text(encoding="utf-8").splitlines()
        rows = [row.split() for row in rows if not row.startswith("#")]
        self.assertEqual(sorted(row[0] for row in rows),
                         sorted(p.stem for p in (HERE / "bad").glob("*.json")))
        for name, _, _, key in rows:
            with self.subTest(name):
                got = key_of(step.read_own, HERE / "bad" / f"{name}.json")
                self.assertEqual(got, "" if key == "-" else key)

    def test_a_built_in_scale_must_give_every_source(self):
        for path in FILES:
            scale = json.loads(path.read_text(encoding="utf-8"))
            keys = [*paths_of(scale, "source"), "licence_source", "sources"]
            self.assertGreaterEqual(len(keys), 5)
            for key in keys:
                with self.subTest(f"{path.name} without {key}"):
                    self.assertEqual(self.refusal(without(scale, key)), key)

    def test_a_built_in_scale_must_say_how_sure_each_fact_is(self):
        for path in FILES:
            scale = json.loads(path.read_text(encoding="utf-8"))
            for key in paths_of(scale, "status"):
                with self.subTest(f"{path.name} without {key}"):
                    self.assertEqual(self.refusal(without(scale, key)), key)
            scale["status"] = "from memory"
            self.assertEqual(self.refusal(scale), "status")

    def test_a_built_in_scale_has_no_constant_for_another_use(self):
        scale = json.loads((SCALE / "data" / "phq-9.json").read_text(encoding="utf-8"))
        scale["reliable_change"][0]["use"] = "sudden gains"
        self.assertEqual(self.refusal(scale), "reliable_change[0].use")

    def test_a_built_in_scale_has_the_name_of_its_file(self):
        scale = json.loads((SCALE / "data" / "phq-9.json").read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "other.json")
            path.write_text(json.dumps(scale), encoding="utf-8")
            self.assertEqual(key_of(step.compile_file, path), "id")

    def test_the_list_names_every_data_file_but_the_schema(self):
        out = subprocess.run([sys.executable, "-B", SCALE / "compile.py", "--list"],
                             capture_output=True, text=True, check=True).stdout.split()
        self.assertEqual(out, [f"scale/data/{p.name}" for p in FILES])

    def test_a_refusal_names_file_and_key_and_writes_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            bad, out = HERE / "bad" / "step_not_whole.json", pathlib.Path(folder, "out.c")
            run = subprocess.run([sys.executable, "-B", SCALE / "compile.py", bad, "-o", out],
                                 capture_output=True, text=True)
            self.assertEqual(run.returncode, 1)
            self.assertIn("step_not_whole.json: short_title: expected", run.stderr)
            self.assertFalse(out.exists())


if __name__ == "__main__":
    unittest.main()
