# What is learnt of a clinic through Python: the command's figures, rules that work, refusals.
# SPDX-License-Identifier: MIT
import json
import subprocess

import numpy as np
import pandas as pd
import pytest

import pyattune as at

COURSE = ("--measure", "demo-alliance")


@pytest.fixture(scope="module")
def forms():
    made, _ = at.simulate("low-hazard", clients=150, seed=8)
    return made


@pytest.fixture(scope="module")
def learnt(forms):
    return at.learn(forms, "demo-alliance")


def test_figures_are_the_command_s_to_the_bit(tmp_path, command, forms, learnt):
    forms.to_csv(tmp_path / "forms.csv", index=False)
    done = subprocess.run([command, "rules", "--learn", tmp_path / "forms.csv", *COURSE, "--csv"],
                          check=True, capture_output=True, text=True)
    (tmp_path / "out.csv").write_text(done.stdout)
    theirs = pd.read_csv(tmp_path / "out.csv", float_precision="round_trip")
    pd.testing.assert_frame_equal(learnt[0], theirs, check_dtype=False, check_exact=True)


def test_rules_are_those_that_the_command_writes(tmp_path, command, forms, learnt):
    forms.to_csv(tmp_path / "forms.csv", index=False)
    done = subprocess.run([command, "rules", "--learn", tmp_path / "forms.csv", *COURSE, "--json"],
                          check=True, capture_output=True, text=True)
    theirs = {rule["rule"]: {p["name"]: p["value"] for p in rule["parameters"]}
              for rule in json.loads(done.stdout)["rules"]}
    assert learnt[1] == theirs


def test_marks_and_a_monitor_take_the_rules(forms, learnt):
    _, rules = learnt
    usual = at.trace(forms, rules=["rupture_filter"])
    own = at.trace(forms, rules={"rupture_filter": rules["rupture_filter"]})
    assert own["p_began"].sum() < .9 * usual["p_began"].sum()  # they are rarer here
    assert len(at.marks(forms, rules=rules)) > 0
    at.Monitor("demo-alliance", rules=rules).push(5.5)


def test_a_frame_of_another_order_gives_the_same(forms, learnt):
    again, _ = at.learn(forms.sample(frac=1, random_state=3), "demo-alliance")
    np.testing.assert_array_equal(again["value"], learnt[0]["value"])


def test_what_cannot_be_learnt_is_refused(forms):
    with pytest.raises(at.OptionError, match="such a measure"):
        at.learn(forms, "phq-9")
    with pytest.raises(at.OptionError, match="'client'"):
        at.learn(forms, "demo-alliance", rater="mother")
    with pytest.raises(at.OptionError, match="a model"):
        at.learn(forms, "demo-alliance", rules=["own_range"])
    few = forms[forms["client"].isin(forms["client"].unique()[:99])]
    with pytest.raises(at.TooFewError, match="100 courses"):
        at.learn(few, "demo-alliance")
    mood = forms[forms["measure"] == "demo-alliance"].assign(measure="mood")
    with pytest.raises(at.OptionError, match="'better'"):
        at.learn(mood, "mood")
    with pytest.raises(at.ConstantError, match="within one client"):
        at.learn(mood, "mood", higher="better")
    found, _ = at.learn(mood, "mood", higher="better", within_sd=.44)
    assert len(found) == 4
