# attune marks with a client's other signals: what they bring is said, and as it was recorded.
# SPDX-License-Identifier: MIT
import os

import attune

FORMS = attune.data("together.csv")
EXPECTED = os.path.join(attune.HERE, "expected", "together.txt")
LISTENING = "rupture_joint,lag_order,divergence"
SHARES = ("share_client", "share_therapist", "share_distress")


def parts(*kept):
    """The forms of some measures and raters, for those who were not there."""
    with open(FORMS, encoding="utf-8") as file:
        head, *rows = file.read().splitlines()
    rows = [row for row in rows if any(name in row for name in kept)]
    return "\n".join([head, *rows, ""]).encode()


class Together(attune.Case):
    def test_the_text_is_the_recorded_one(self):
        done = self.run_well("marks", FORMS, "--rules", LISTENING)
        with open(EXPECTED, "rb") as file:
            self.assertEqual(done.stdout.decode(), file.read().decode())

    def test_alliance_fell_two_sessions_before_distress_rose(self):
        row, = self.rows("marks", FORMS, "--rules", "lag_order", "--details")
        self.assertEqual((row["kind"], row["first_session"], row["last_session"]),
                         ("order", "7", "9"))
        self.assertIn("2 sessions before distress rose", row["reason"])

    def test_shares_are_of_all_the_evidence(self):
        drops = [row for row in self.rows("marks", FORMS, "--rules", "rupture_joint", "--details")
                 if row["kind"] == "drop"]
        self.assertEqual([row["session"] for row in drops], ["7", "8"])
        for row in drops:
            self.assertEqual(row["signals"], "client therapist distress")
            self.assertAlmostEqual(sum(abs(float(row[name])) for name in SHARES), 1, 12)
            self.assertEqual(row["share_subscale_1"], "")

    def test_who_was_not_heard_has_no_share(self):
        text = parts("demo-alliance,client", "demo-distress")
        row = self.rows("marks", "-", "--rules", "rupture_joint", "--details", stdin=text)[0]
        self.assertEqual((row["signals"], row["share_therapist"]), ("client distress", ""))

    def test_without_any_signal_listening_rules_are_silent_and_say_so(self):
        text = parts("demo-alliance,client")
        rows = self.rows("marks", "-", "--silence", "--rules", LISTENING, stdin=text)
        self.assertEqual([row["silence"] for row in rows], ["no other signal"] * 3)
        self.assertEqual(self.rows("marks", "-", "--rules", LISTENING, stdin=text), [])

    def test_details_come_after_the_columns_that_there_always_are(self):
        plain, more = (self.run_well("marks", FORMS, "--csv", "--rules", LISTENING, *option)
                       .stdout.decode().splitlines() for option in ((), ("--details",)))
        self.assertEqual(len(plain), len(more))
        for short, long in zip(plain, more):
            self.assertTrue(long.startswith(short + ","))

    def test_details_are_of_marks_alone(self):
        for other in ("--episodes", "--trace", "--silence", "--side-by-side"):
            done = self.run_well("marks", FORMS, other, "--details", code=attune.USAGE)
            self.assertIn(b"--details", done.stderr)

    def test_the_catalogue_says_who_listens_to_what(self):
        heard = {row["id"]: row["companions"] for row in self.rows("rules")}
        self.assertEqual({id: told for id, told in heard.items() if told},
                         {"divergence": "therapist", "lag_order": "distress",
                          "rupture_joint": "therapist distress subscale"})
        text = self.run_well("rules", "rupture_joint").stdout.decode()
        self.assertIn("listens to: therapist, distress, subscale", text)


if __name__ == "__main__":
    attune.main()
