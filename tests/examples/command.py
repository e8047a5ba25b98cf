# The command line itself: help, typos, options, exit codes, where output goes, the two catalogues.
# SPDX-License-Identifier: MIT
import json
import os
import subprocess
import tempfile

import attune

FORMS = attune.data("forms.csv")
COMMANDS = ("score", "trend", "change", "marks", "client", "caseload", "scales", "rules",
            "sudden", "chart", "changepoints", "runlength", "phases", "response",
            "service", "raters", "associate")
LATER = ("audit", "quality", "fhir", "store", "serve")


class Help(attune.Case):
    def test_alone_it_prints_five_examples(self):
        text = self.run_well().stdout.decode()
        self.assertEqual(sum(line.startswith("  attune ") for line in text.splitlines()), 5)

    def test_the_examples_are_commands_that_there_are(self):
        for line in self.run_well().stdout.decode().splitlines():
            if line.startswith("  attune "):
                self.assertIn(line.split()[1], COMMANDS)

    def test_help_lists_every_command(self):
        text = self.run_well("--help").stdout.decode()
        for command in COMMANDS:
            self.assertRegex(text, rf"(?m)^  {command} ")

    def test_every_command_explains_itself_in_80_columns(self):
        for command in COMMANDS:
            text = self.run_well(command, "--help").stdout.decode()
            self.assertTrue(text.startswith(f"usage: attune {command} "))
            self.assertLessEqual(max(map(len, text.splitlines())), 80, command)

    def test_the_version_names_the_libraries_and_the_licence_that_follows(self):
        text = self.run_well("--version").stdout.decode()
        for word in ("libattune-io", "libattune-stats", "libattune-report", "MIT",
                     "GPL-3.0-or-later"):
            self.assertIn(word, text)


class Usage(attune.Case):
    def refused(self, *arguments):
        done = attune.run(*arguments)
        self.assertEqual((done.returncode, done.stdout), (attune.USAGE, b""), arguments)
        return done.stderr.decode()

    def test_a_mistyped_command_gets_a_suggestion(self):
        for typed, meant in (("scroe", "score"), ("mark", "marks"), ("trends", "trend"),
                             ("rule", "rules"), ("cliemt", "client")):
            self.assertIn(f"did you mean `attune {meant}`?", self.refused(typed))
        self.assertNotIn("did you mean", self.refused("paint"))

    def test_a_mistyped_option_gets_a_suggestion(self):
        self.assertIn("--json", self.refused("score", "--jsn", FORMS))
        self.assertIn("--subscales", self.refused("score", "--subscale5", FORMS))
        self.assertIn("--help", self.refused("score", "--colour", FORMS))

    def test_commands_of_later_versions_are_said_to_be_later(self):
        for command in LATER:
            self.assertEqual(self.refused(command, "x"),
                             f"attune: {command} is not part of this version\n")

    def test_an_option_of_another_command_is_refused(self):
        self.assertIn("takes no --trace", self.refused("score", FORMS, "--trace"))

    def test_what_an_option_expects_is_said_and_what_was_given_is_not(self):
        for arguments in (["marks", "--within-sd", "-7.25"], ["marks", "--within-sd", "0"],
                          ["marks", "--within-sd", "7.25x"], ["marks", "--within-sd", "nan"],
                          ["change", "--sd", "inf"], ["change", "--reliability", "7.25"],
                          ["change", "--reliability", "1"], ["change", "--cutoff-type", "d7.25"],
                          ["trend", "--by", "week7.25"], ["score", "--threads", "0"],
                          ["score", "--threads", "7.25"], ["score", "--higher", "7.25"],
                          ["score", "--at", "2031-02-30"], ["score", "--at", "7.25"],
                          ["score", "--at", "2031-02-03T10:00"], ["score", "--csv=7.25"]):
            message = self.refused(arguments[0], FORMS, *arguments[1:])
            self.assertIn("expected", message)
            for given in ("7.25", "2031"):
                self.assertNotIn(given, message)

    def test_operands_are_counted(self):
        for arguments in (["score"], ["score", FORMS, FORMS], ["rules", "a", "b"],
                          ["scales", "a", "b"]):
            self.assertTrue(self.refused(*arguments).startswith("usage: attune "))

    def test_an_unknown_rule_or_set_gets_a_suggestion(self):
        self.assertIn("own_range", self.refused("marks", FORMS, "--rules", "own_rnge"))
        self.assertIn("default/1", self.refused("marks", FORMS, "--rules", "defualt/1"))
        self.assertIn("stands twice", self.refused("marks", FORMS, "--rules", "drop,drop"))
        self.assertIn("attune rules", self.refused("marks", FORMS, "--rules", "drop,"))

    def test_trace_and_episodes_exclude_each_other(self):
        self.refused("marks", FORMS, "--trace", "--episodes")

    def test_an_unknown_scale_gets_a_suggestion(self):
        self.assertIn("phq-9", self.refused("scales", "phq9"))


class Where(attune.Case):
    def test_output_goes_to_the_file_that_was_named(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "out.csv")
            done = self.run_well("trend", FORMS, "--csv", "-o", path)
            self.assertEqual(done.stdout, b"")
            with open(path, "rb") as file:
                self.assertEqual(file.read(), self.run_well("trend", FORMS, "--csv").stdout)
            self.run_well("trend", FORMS, "-o", os.path.join(folder, "no", "out"),
                          code=attune.INTERNAL)
            self.assertEqual(self.run_well("trend", FORMS, "-o", "-").stdout,
                             self.run_well("trend", FORMS).stdout)

    def test_a_full_disk_is_said(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full here")
        for arguments in (["trend", FORMS], ["rules"], ["--help"], ["score", "--help"], []):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([attune.PROGRAM, *arguments], stdout=full,
                                      stderr=subprocess.PIPE, check=False)
            self.assertEqual(done.returncode, attune.INTERNAL)
            self.assertIn(b"cannot be written", done.stderr)

    def test_a_reader_that_goes_away_ends_it_quietly(self):
        program = subprocess.Popen([attune.PROGRAM, "marks", "-", "--trace", "--csv"],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        program.stdout.close()
        program.stdin.write(b"client,session,measure,score\n")
        program.stdin.write(b"".join(b"C%d,1,demo-alliance,4\n" % i for i in range(20000)))
        program.stdin.close()
        errors = program.stderr.read()
        program.stderr.close()
        self.assertEqual(program.wait(), attune.INTERNAL)
        self.assertNotIn(b"cannot", errors)

    def test_a_closed_standard_output_is_no_reason_to_write_elsewhere(self):
        done = subprocess.run(["sh", "-c", '"$0" trend "$1" >&-', attune.PROGRAM, FORMS],
                              capture_output=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (attune.INTERNAL, b""))

    def test_a_file_of_ours_never_becomes_standard_output(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "forms.csv")
            with open(path, "w", encoding="ascii") as file:
                file.write("client,session,measure,score\n")
                file.writelines(f"C{i:06},1,demo-alliance,4\n" for i in range(30000))
            done = subprocess.run(["sh", "-c", '"$0" marks "$1" --trace --csv <&- >&-',
                                   attune.PROGRAM, path], capture_output=True, check=False,
                                  timeout=60)
        self.assertEqual((done.returncode, done.stdout), (attune.INTERNAL, b""))
        self.assertIn(b"standard output: cannot be written", done.stderr)

    def test_output_larger_than_memory_is_whole(self):
        rows = "".join(f"C{i:05},{s},demo-alliance,{4 + s % 3}\n"
                       for i in range(2000) for s in range(1, 11))
        found = self.rows("marks", "-", "--trace",
                          stdin=("client,session,measure,score\n" + rows).encode())
        self.assertEqual(len(found), 2000 * 10 * len(self.rows("rules")))
        self.assertEqual(found[-1]["client"], "C01999")


class Catalogues(attune.Case):
    def test_every_scale_has_its_sources(self):
        scales = self.object("scales")["rows"]
        ids = [s["id"] for s in scales]
        self.assertEqual(ids, sorted(ids))
        for wanted in ("audit-c", "core-10", "core-om", "cudos", "demo-alliance", "demo-distress",
                       "gad-2", "gad-7", "isi", "k10", "k6", "oasis", "odsis", "pcl-5", "phq-2",
                       "phq-4", "phq-8", "phq-9", "ras", "scs-sf", "sos-10", "swls", "wai-sr",
                       "wemwbs", "who-5", "yp-core"):
            self.assertIn(wanted, ids)
        for scale in scales:
            self.assertTrue(scale["sources"], scale["id"])
            self.assertTrue(scale["licence"], scale["id"])
            self.assertRegex(scale["hash"], r"^[0-9a-f]{64}$")
            for part in ("bands", "cutoffs", "reliable_changes", "spreads", "norms",
                         "safety_items"):
                for entry in scale[part]:
                    self.assertTrue(entry["source"], (scale["id"], part))

    def test_figures_are_those_of_the_scale_files(self):
        folder = os.path.join(attune.HERE, "..", "..", "lib", "core", "scale", "data")
        for scale in self.object("scales")["rows"]:
            with open(os.path.join(folder, scale["id"] + ".json"), encoding="utf-8") as file:
                wanted = json.load(file)
            self.assertEqual([scale["score_min"], scale["score_max"]],
                             wanted.get("range", [None, None]))
            self.assertEqual(scale["reversed"], wanted["items"]["reversed"])
            self.assertEqual(f"higher is {scale['higher']}", wanted["direction"])
            self.assertEqual([(b["low"], b["label"]) for b in scale["bands"]],
                             [(b["low"], b["label"]) for b in wanted.get("bands", [])])
            self.assertEqual([c["value"] for c in scale["cutoffs"]],
                             [c["value"] for c in wanted.get("cutoffs", [])])
            self.assertEqual([s["within_sd"] for s in scale["spreads"]],
                             [s["within_sd"] for s in wanted.get("spread", [])])
            self.assertEqual([(s["id"], s["items"]) for s in scale["subscales"]],
                             [(s["id"], s["items"]) for s in wanted.get("subscales", [])])

    def test_one_scale_is_shown_with_every_constant_and_its_source(self):
        text = self.run_well("scales", "phq-9").stdout.decode()
        scale, = self.object("scales", "phq-9")["rows"]
        flat = " ".join(text.split())
        for part in ("cutoffs", "reliable_changes", "norms"):
            for entry in scale[part]:
                self.assertIn(" ".join(entry["source"].split()), flat)
        for word in ("threshold 6", "value 10", "Safety items", scale["hash"]):
            self.assertIn(word, flat)

    def test_every_rule_has_its_citation_and_parameters_with_sources(self):
        rules = {r["id"]: r for r in self.object("rules")["rows"]}
        self.assertLessEqual({"own_range", "below_cutoff", "drop", "erosion", "reliable_worse",
                              "local_level", "v_shape"}, set(rules))
        for rule in rules.values():
            self.assertTrue(rule["citation"] and rule["text"] and rule["statistic"])
            self.assertIn("all/1", rule["sets"])
            for parameter in rule["parameters"]:
                self.assertTrue(parameter["source"])
                self.assertTrue(parameter["low"] <= parameter["value"] <= parameter["high"])
        self.assertIn("default/1", rules["rupture_filter"]["sets"])
        text = self.run_well("rules").stdout.decode()
        for rule in rules:
            self.assertIn(rule + "/", text)
        self.assertEqual([r["id"] for r in self.rows("rules")], sorted(rules))
        self.assertEqual([r["id"] for r in self.rows("rules", "drop")], ["drop"])
        self.assertEqual(self.object("rules", "drop")["rows"], [rules["drop"]])
        one = self.run_well("rules", "drop").stdout.decode()
        self.assertTrue(text.count("/1: ") > one.count("/1: ") == 1)

    def test_a_clinic_s_own_scale_is_used(self):
        scale, = self.object("scales", "--scales", attune.data("own.json"), "mood")["rows"]
        self.assertEqual((scale["higher"], scale["score_max"]), ("better", 10))
        forms = b"client,session,measure,score,item_1,item_2\nA,1,mood,,3,4\nA,2,mood,,5,5\n"
        done = self.rows("score", "-", "--scales", attune.data("own.json"), stdin=forms)
        self.assertEqual([r["score"] for r in done], ["7", "10"])
        done = attune.run("score", "-", stdin=forms)
        self.assertEqual(done.returncode, attune.BAD_DATA)


if __name__ == "__main__":
    attune.main()
