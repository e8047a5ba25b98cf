# CSV, JSON and text say the same in one order, whatever the input's order, locale or threads.
# SPDX-License-Identifier: MIT
import csv
import io
import os
import random
import shutil
import subprocess
import tempfile

import attune

FORMS = attune.data("forms.csv")
COMMANDS = (["score", "--subscales"], ["trend"], ["change"], ["sudden", "--cutoff", "1"],
            ["chart"], ["changepoints"], ["runlength"], ["phases", "--at-session", "3"], ["marks"],
            ["marks", "--episodes"],
            ["marks", "--trace"])


def text_of(value):
    """A value of JSON as the CSV has it."""
    if value is None:
        return ""
    return value if isinstance(value, str) else repr(value).removesuffix(".0")


class Formats(attune.Case):
    def test_json_holds_what_the_csv_holds(self):
        for command in COMMANDS:
            with self.subTest(command):
                rows = self.rows(command[0], FORMS, *command[1:])
                found = self.object(command[0], FORMS, *command[1:])
                self.assertEqual((found["format"], found["attune"].count(".")), (1, 2))
                self.assertEqual(len(found["rows"]), len(rows))
                for row, json_row in zip(rows, found["rows"]):
                    self.assertEqual(list(json_row), list(row))
                    for name, value in json_row.items():
                        if isinstance(value, float):
                            self.assertEqual(float(row[name]), value)
                        else:
                            self.assertEqual(row[name], text_of(value))

    def test_json_names_the_rules_that_were_used(self):
        for options, rules in (([], "default/1"), (["--trace"], "all/1"),
                               (["--rules", "own_range,drop"], "drop/1,own_range/1"),
                               (["--rules", "default/1"], "default/1")):
            self.assertEqual(self.object("marks", FORMS, *options)["rules"], rules)

    def test_numbers_are_the_shortest_that_read_back(self):
        for command in COMMANDS:
            for row in self.rows(command[0], FORMS, *command[1:]):
                for name, text in row.items():
                    if name in ("client", "date", "reason") or not text[-1:].isdigit():
                        continue
                    try:
                        number = float(text)
                    except ValueError:
                        continue
                    self.assertEqual(len(text), len(repr(number).removesuffix(".0")), (name, text))

    def test_rows_come_by_client_measure_rater_session_and_rule(self):
        for command in COMMANDS:
            names = [n for n in ("client", "measure", "rater", "session", "rule")
                     if not (n == "session" and "--episodes" in command)]
            rows = self.rows(command[0], FORMS, *command[1:])
            keys = [[int(r[n]) if n == "session" else r[n].encode() for n in names if n in r]
                    for r in rows]
            self.assertEqual(keys, sorted(keys), command)

    def test_an_id_with_quotes_and_commas_comes_back_as_it_was(self):
        clients = {r["client"] for r in self.rows("trend", FORMS)}
        self.assertIn('Ö "K", 3', clients)
        self.assertIn('"Ö ""K"", 3"', self.run_well("trend", FORMS, "--csv").stdout.decode())

    def test_no_forms_give_a_header_alone(self):
        empty = b"client,session,measure,score\n"
        for command in COMMANDS:
            done = self.run_well(command[0], "-", *command[1:], "--csv", stdin=empty)
            self.assertEqual(done.stdout.count(b"\n"), 1)
            self.assertEqual(self.object(command[0], "-", *command[1:], stdin=empty)["rows"], [])
            self.run_well(command[0], "-", *command[1:], stdin=empty)


class SameBytes(attune.Case):
    """Whatever changes outside of the forms themselves changes nothing in the output."""

    def check(self, *more, stdin=b"", path=FORMS, **environment):
        for command in COMMANDS:
            for way in ([], ["--csv"], ["--json"]):
                wanted = self.run_well(command[0], FORMS, *command[1:], *way)
                found = self.run_well(command[0], path, *command[1:], *way, *more, stdin=stdin,
                                      **environment)
                self.assertEqual(found.stdout, wanted.stdout, (command, way))

    @staticmethod
    def content():
        with open(FORMS, "rb") as file:
            return file.read()

    def test_standard_input(self):
        self.check(path="-", stdin=self.content())

    def test_a_byte_order_mark(self):
        self.check(path="-", stdin=b"\xef\xbb\xbf" + self.content())

    def test_line_ends_of_another_system(self):
        self.check(path="-", stdin=self.content().replace(b"\n", b"\r\n"))

    def test_another_order_of_lines(self):
        head, *lines = self.content().splitlines(keepends=True)
        for seed in range(5):
            random.Random(seed).shuffle(lines)
            self.check(path="-", stdin=head + b"".join(lines))

    def test_another_order_of_columns(self):
        rows = list(csv.reader(io.StringIO(self.content().decode(), newline="")))
        for seed in range(3):
            places = list(range(len(rows[0])))
            random.Random(seed).shuffle(places)
            out = io.StringIO(newline="")
            csv.writer(out).writerows([row[i] for i in places] for row in rows)
            self.check(path="-", stdin=out.getvalue().encode())

    def test_further_columns(self):
        lines = self.content().decode().splitlines()
        more = [lines[0] + ",ward", *(line + ",x" for line in lines[1:])]
        self.check(path="-", stdin="\n".join(more).encode())

    def test_threads(self):
        for n in (1, 2, 8):
            self.check("--threads", str(n))

    def test_reading_ahead_changes_nothing_in_a_long_file(self):
        # A few hundred clients are under way between the threads at once; here there are more.
        items = ",".join(f"item_{i}" for i in range(1, 7))
        lines = [f"client,session,date,measure,rater,{items}\n"]
        for client in range(3000):
            for session in range(1, 5):
                answers = ",".join(str(1 + (client * 7 + session * i) % 7) for i in range(6))
                lines.append(f"C{client:04},{session},2026-01-{session * 7:02},demo-alliance,"
                             f"client,{answers}\n")
        content = "".join(lines).encode()
        for command in COMMANDS:
            alone, ahead = (self.run_well(command[0], "-", *command[1:], "--csv", "--threads", n,
                                          stdin=content) for n in "12")
            self.assertEqual(alone.stdout, ahead.stdout)
        self.assertEqual([r["client"] for r in self.rows("score", "-", "--threads", "2",
                                                         stdin=content)],
                         [line[:5] for line in lines[1:]])

    def test_another_locale(self):
        if not shutil.which("localedef"):
            self.skipTest("localedef is not here: apt-get install locales")
        with tempfile.TemporaryDirectory() as folder:
            made = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8",
                                   os.path.join(folder, "de_DE.UTF-8")], capture_output=True)
            if made.returncode:
                self.skipTest("de_DE cannot be made: apt-get install locales")
            self.check(LOCPATH=folder, LC_ALL="de_DE.UTF-8", LANG="de_DE.UTF-8")

    def test_no_colour_is_asked_for(self):
        self.check(NO_COLOR="1")
        self.check(TERM="xterm-256color", CLICOLOR_FORCE="1")


class Text(attune.Case):
    def texts(self, *more):
        for command in (*COMMANDS, ["scales"], ["rules"], ["scales", "phq-9"],
                        ["scales", "wai-sr"]):
            forms = [] if command[0] in ("scales", "rules") else [FORMS]
            yield self.run_well(command[0], *forms, *command[1:], *more).stdout.decode()

    def test_lines_fit_a_terminal_and_end_in_no_blanks(self):
        for text in self.texts():
            for line in text.splitlines():
                self.assertEqual(line, line.rstrip())
                if "http" not in line:
                    self.assertLessEqual(len(line), 92 if " subscale " in text else 80, line)
            self.assertNotIn("\x1b", text)

    def test_ascii_is_ascii(self):
        for text in self.texts("--ascii"):
            text.replace("Ö", "?").encode("ascii")

    def test_demonstration_measures_are_called_so(self):
        for text in self.texts():
            if "demo-alliance" in text:
                self.assertIn("demo-alliance: demonstration, not for clinical use.", text)

    def test_silence_is_counted_by_its_kinds(self):
        text = " ".join(self.run_well("marks", FORMS).stdout.decode().split())
        self.assertRegex(text, r"Rules default/1 \(SHA-256 [0-9a-f]{12}\): 4 of 9 courses marked, "
                         "3 looked at and nothing found, 2 with too few forms to say, 0 that no "
                         r"rule here can look at\.")

    def test_no_control_character_of_a_file_reaches_a_terminal(self):
        for sign in ("\x1b[31m", "\x07", "\u009b1m", "\x7f"):
            forms = f"client,session,measure,score\nA{sign},1,phq-9,3\nB,1,phq-9{sign},3\n"
            done = attune.run("trend", "-", stdin=forms.encode())
            text = (done.stdout + done.stderr).decode()
            self.assertTrue(all(c.isprintable() or c == "\n" for c in text), repr(text))

    def test_no_text_names_a_diagnosis_a_risk_or_a_treatment(self):
        for text in self.texts():
            said = text.lower().replace("no diagnosis", "").replace("probable depression", "")
            for word in ("diagnos", "risk level", "recommend:", "alarm!", "patient is"):
                self.assertNotIn(word, said)


if __name__ == "__main__":
    attune.main()
