# pyattune.tune: the thresholds of the command, marks that keep the budget, and what is refused.
# SPDX-License-Identifier: MIT
import subprocess

import pandas as pd
import pytest
from test_command import same

import pyattune as at


@pytest.fixture(scope="module")
def forms():
    return at.simulate("steady", clients=80, seed=6)[0]


@pytest.mark.parametrize("options, given", [
    ((), {}),
    (("--rules", "own_range,lag_order,erosion", "--seed", "9"),
     {"rules": ["own_range", "lag_order", "erosion"], "seed": 9}),
    (("--rules", "own_range,drop_population", "--rater", "therapist", "--within-sd", ".5"),
     {"rules": ["own_range", "drop_population"], "rater": "therapist", "within_sd": .5})])
def test_thresholds_are_those_of_the_command(command, forms, tmp_path, options, given):
    forms.to_csv(tmp_path / "forms.csv", index=False)
    subprocess.run([command, "rules", "--tune", tmp_path / "forms.csv", "--measure",
                    "demo-alliance", "--alarms-per-100", "4", "--clients", "150", *options,
                    "--csv", "-o", tmp_path / "tuned.csv"], check=True, stderr=subprocess.PIPE)
    theirs = pd.read_csv(tmp_path / "tuned.csv", float_precision="round_trip")
    same(at.tune(forms, 4, measure="demo-alliance", clients=150, **given), theirs)


def test_marks_with_the_thresholds_keep_the_budget():
    """In courses that the thresholds have not seen, at the sessions at which the rule answers."""
    own, other = (at.simulate("steady", clients=n, seed=seed)[0].query(
        "measure == 'demo-alliance' and rater == 'client'") for n, seed in ((300, 3), (1500, 4)))
    tuned = at.tune(own, 4, rules=["own_range"], clients=2000)
    params = dict(zip(tuned["parameter"], tuned["value"]))
    answered = at.trace(other, rules={"own_range": params})["statistic"].notna().sum()
    marks = at.marks(other, rules={"own_range": params})
    assert 2.5 < 100 * marks["level"].notna().sum() / answered < 5.2


def test_rules_that_listen_say_that_there_is_nobody_to_hear(forms):
    tuned = at.tune(forms, 4, measure="demo-alliance", rules=["rupture_joint"], clients=20)
    assert set(tuned["silent"]) == {"no other signal"} and tuned["value"].isna().all()


def test_a_spread_that_is_not_known_is_estimated_and_said():
    course = at.simulate("steady", clients=60)[0].query(
        "measure == 'demo-alliance' and rater == 'client'").assign(measure="home-made")
    with pytest.warns(at.MissingConstant, match="estimated"):
        tuned = at.tune(course, 4, higher="better", rules=["drop_population"], clients=50)
    assert (tuned["measure"] == "home-made").all()


@pytest.mark.parametrize("given, error", [
    ({"alarms_per_100": 0}, at.OptionError), ({"alarms_per_100": "few"}, at.OptionError),
    ({"rater": "nobody"}, at.OptionError), ({"measure": None}, at.OptionError),
    ({"measure": "phq-9"}, at.TooFewError), ({"clients": 0}, at.OptionError),
    ({"seed": -1}, at.OptionError), ({"rules": ["nothing"]}, at.UnknownError),
    ({"rules": ["reliable_worse"]}, at.OptionError)])
def test_what_cannot_be_tuned_is_refused(forms, given, error):
    given = {"alarms_per_100": 4, "measure": "demo-alliance", "clients": 10, **given}
    with pytest.raises(error):
        at.tune(forms, **given)


def test_too_few_courses_are_refused(forms):
    few = forms[forms["client"] == forms["client"].iloc[0]]
    with pytest.raises(at.TooFewError):
        at.tune(few, 4, measure="demo-alliance", clients=10)


def test_courses_of_unknown_direction_are_refused():
    frame = pd.DataFrame({"client": "A", "session": range(1, 9), "measure": "own", "score": 5.})
    with pytest.raises(at.OptionError):
        at.tune(frame, 4, clients=10)
