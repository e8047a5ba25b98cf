# Bad input to every command: code 65, nothing on standard output, a place, and no value echoed.
# SPDX-License-Identifier: MIT
import os
import tempfile

import attune

HEADER = "client,session,date,measure,rater,score,item_1,item_2,item_3,item_4,item_5,item_6\n"
GOOD = "Zaphod42,1,2031-07-23,demo-alliance,client,,3,4,5,6,7,3\n"
SESSION = "Zaphod42,{},2031-07-24,demo-alliance,client,,3,4,5,6,7,3\n"

# What is wrong, the file, the line and the column (0: any) that the message names.
CASES = {
    "an empty file": ("", 1, 0),
    "no measure column": ("client,session,score\nZaphod42,1,5.25\n", 1, 0),
    "neither session nor date": ("client,measure,score\nZaphod42,demo-alliance,5.25\n", 1, 0),
    "neither score nor items": ("client,session,measure\nZaphod42,1,demo-alliance\n", 1, 0),
    "a column twice": ("client,client,session,measure,score\nZaphod42,Q,1,phq-9,3\n", 1, 2),
    "a row too short": (HEADER + GOOD + "Zaphod42,2\n", 3, 0),
    "a row too long": (HEADER + GOOD + GOOD.strip() + ",7777\n", 3, 0),
    "a quote that never ends": (HEADER + GOOD + 'Zaphod42,"2\n' + GOOD, 3, 0),
    "a quote inside a field": (HEADER + GOOD + SESSION.format('2"2"'), 3, 2),
    "text after a quote": (HEADER + GOOD + SESSION.format('"2"x'), 3, 2),
    "no client": (HEADER + GOOD + SESSION.format(2).replace("Zaphod42", ""), 3, 1),
    "no measure": (HEADER + SESSION.format(2).replace("demo-alliance", ""), 2, 4),
    "a session that is no number": (HEADER + GOOD + SESSION.format("zweite"), 3, 2),
    "a negative session": (HEADER + GOOD + SESSION.format("-7001"), 3, 2),
    "a session that is no whole number": (HEADER + GOOD + SESSION.format("2.7001"), 3, 2),
    "a session beyond all numbers": (HEADER + GOOD + SESSION.format("99999999999999999999"), 3, 2),
    "a day that does not exist": (HEADER + GOOD.replace("2031-07-23", "2031-02-30"), 2, 3),
    "a date of another country": (HEADER + GOOD.replace("2031-07-23", "23.07.2031"), 2, 3),
    "an unknown rater": (HEADER + GOOD.replace(",client,", ",cousin77,"), 2, 5),
    "an answer out of range": (HEADER + GOOD.replace(",7,3\n", ",8.8888,3\n"), 2, 11),
    "an answer off the grid": (HEADER + GOOD.replace(",7,3\n", ",6.5432,3\n"), 2, 11),
    "an answer that is no number": (HEADER + GOOD.replace(",7,3\n", ",often,3\n"), 2, 11),
    "a score that is no number": ("client,session,measure,score\nZaphod42,1,phq-9,plenty\n", 2, 4),
    "an infinite score": ("client,session,measure,score\nZaphod42,1,phq-9,inf\n", 2, 4),
    "a score that is nan": ("client,session,measure,score\nZaphod42,1,phq-9,nan\n", 2, 4),
    "a hexadecimal score": ("client,session,measure,score\nZaphod42,1,phq-9,0x1a\n", 2, 4),
    "an overflowing score": ("client,session,measure,score\nZaphod42,1,phq-9,1e999\n", 2, 4),
    "a score out of range": ("client,session,measure,score\nZaphod42,1,phq-9,27.777\n", 2, 4),
    "a comma for the point": ('client,session,measure,score\nZaphod42,1,phq-9,"7,777"\n', 2, 4),
    "a score and answers": (HEADER + GOOD.replace("client,,3", "client,4.75,3"), 2, 0),
    "answers beyond the last item": (HEADER.replace("item_6", "item_6,item_7")
                                     + GOOD.strip() + ",7777\n", 2, 0),
    "the same form twice": (HEADER + GOOD + SESSION.format(2) + GOOD, 4, 0),
    "an unknown measure": (HEADER + GOOD.replace("demo-alliance", "mood-9000"), 2, 4),
    "a measure in capitals": (HEADER + GOOD.replace("demo-alliance", "Demo-Alliance"), 2, 4),
    "a byte of zero": (HEADER.encode() + GOOD.encode().replace(b"Zaphod42", b"Za\0phod42"), 2, 0),
    "broken UTF-8": (HEADER.encode() + GOOD.encode().replace(b"Zaphod42", b"Zaphod\xff\xfe"), 2, 0),
    "half a character": (HEADER.encode() + GOOD.encode().replace(b"Zaphod42", b"Zaphod\xc3"), 2, 0),
    "a huge field": (HEADER + GOOD.replace("Zaphod42", "Zaphod42" * 20000), 2, 0),
    "UTF-16": ((HEADER + GOOD).encode("utf-16"), 1, 0),
}

COMMANDS = (["score"], ["trend"], ["change"], ["sudden"], ["chart"], ["changepoints"],
            ["runlength"], ["phases", "--at-session", "2"],
            ["marks"], ["marks", "--trace"], ["marks", "--episodes"],
            ["client", "--client", "Zaphod42"], ["caseload"])
WAYS = ([], ["--csv"], ["--json"])

# What must never be said again: every value of the files above, but the words of the format.
SECRETS = ("Zaphod", "2031", "7777", "7001", "zweite", "9999999", "02-30", "cousin77", "8.8888",
           "6.5432", "often", "plenty", "0x1a", "1e999", "27.777", "7,777", "4.75", "mood-9000",
           "5.25", "Demo-Alliance", "nan", "inf")


class BadInput(attune.Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def written(self, content):
        path = os.path.join(self.folder.name, "forms.csv")
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def check(self, done, shown, line, column):
        """A refusal: its code, its silence, its place."""
        message = done.stderr.decode()
        self.assertEqual(done.returncode, attune.BAD_DATA, message)
        self.assertEqual(done.stdout, b"")
        place = f"{shown}:{line}:{column}" if column else f"{shown}:{line}"
        self.assertIn(f"attune: {place}", message)
        self.assertEqual(message.count("\n"), 1, message)
        for secret in SECRETS:
            self.assertNotIn(secret, message.replace(shown, ""))
        self.assertRegex(message.rstrip(), r": \S.{8,}")

    def test_every_bad_file_is_refused_by_every_command(self):
        for what, (content, line, column) in CASES.items():
            path = self.written(content)
            for command in COMMANDS:
                for way in WAYS if command[0] in ("score", "marks") else WAYS[:1]:
                    with self.subTest(what, command=command, way=way):
                        done = attune.run(command[0], path, *command[1:], *way)
                        self.check(done, path, line, column)

    def test_the_same_holds_for_standard_input(self):
        for what, (content, line, column) in CASES.items():
            with self.subTest(what):
                raw = content if isinstance(content, bytes) else content.encode()
                self.check(attune.run("score", "-", stdin=raw), "stdin", line, column)

    def test_a_bad_row_far_down_leaves_nothing_written(self):
        rows = [f"Z{i:05},{s},phq-9,{(i + s) % 28}\n" for i in range(20000) for s in (1, 2, 3, 4)]
        path = self.written("client,session,measure,score\n" + "".join(rows) + "Zz,1,phq-9,28\n")
        out = os.path.join(self.folder.name, "out.csv")
        for command in ("score", "trend", "change", "sudden", "chart", "changepoints", "runlength",
                        "marks"):
            done = attune.run(command, path, "--csv", "-o", out)
            self.check(done, path, len(rows) + 2, 4)
            self.assertFalse(os.path.exists(out))
            self.check(attune.run(command, path, "--csv"), path, len(rows) + 2, 4)

    def test_skip_bad_leaves_rows_out_and_lists_them(self):
        content = (HEADER + GOOD + SESSION.format("zweite") + SESSION.format(3)
                   + GOOD.replace("2031-07-23", "2031-02-30") + SESSION.format(4))
        path = self.written(content)
        done = self.run_well("score", path, "--csv", "--skip-bad")
        self.assertEqual(done.stdout.decode().count("\n"), 4)
        lines = done.stderr.decode().splitlines()
        self.assertEqual(len(lines), 3)
        self.assertTrue(lines[0].startswith(f"attune: {path}:3:2 (session): "), lines)
        self.assertTrue(lines[1].startswith(f"attune: {path}:5:3 (date): "), lines)
        self.assertEqual(lines[2], "attune: 2 rows left out")
        for secret in SECRETS:
            self.assertNotIn(secret, done.stderr.decode().replace(path, ""))

    def test_skip_bad_cannot_mend_a_header(self):
        path = self.written("client,session,score\nZaphod42,1,5.25\n")
        self.check(attune.run("score", path, "--skip-bad"), path, 1, 0)

    def test_a_file_that_is_not_there_is_no_input(self):
        for path in (os.path.join(self.folder.name, "none.csv"), self.folder.name):
            done = attune.run("score", path)
            self.assertEqual((done.returncode, done.stdout), (attune.NO_INPUT, b""))
            self.assertTrue(done.stderr.decode().startswith(f"attune: {path}: "), done.stderr)

    def test_a_bad_file_of_scales_is_refused_with_its_line(self):
        forms = self.written(HEADER + GOOD)
        scales = os.path.join(self.folder.name, "scales.json")
        for content, line in (("{", 1), ("[]x", 1), ('{\n"id": 7\n}', 1), ("\xff", 1)):
            with open(scales, "w", encoding="latin-1") as file:
                file.write(content)
            for arguments in (["score", forms], ["scales"]):
                done = attune.run(*arguments, "--scales", scales)
                self.assertEqual((done.returncode, done.stdout), (attune.BAD_DATA, b""), content)
                self.assertRegex(done.stderr.decode(), rf"^attune: {scales}(:\d+)?")
        done = attune.run("score", forms, "--scales", scales + "x")
        self.assertEqual((done.returncode, done.stdout), (attune.NO_INPUT, b""))


if __name__ == "__main__":
    attune.main()
