# simulate and alarms: to the bit what the command writes, and refusals that name what is wrong.
# SPDX-License-Identifier: MIT
import subprocess

import pandas as pd
import pytest
from test_command import same

import pyattune as at


def read(path):
    words = ("shape", "shift", "status", "level", "silent")
    return pd.read_csv(path, float_precision="round_trip", keep_default_na=False, na_values=[""],
                       dtype=dict.fromkeys(words, str))


@pytest.mark.parametrize("world", ["default", "steady", "drop-out"])
def test_a_caseload_is_the_commands(command, tmp_path, world):
    forms, truth, sessions = (tmp_path / f"{name}.csv" for name in ("forms", "truth", "sessions"))
    subprocess.run([command, "simulate", "--world", world, "--clients", "40", "--seed", "9",
                    "-o", forms, "--truth", truth, "--sessions", sessions], check=True)
    ours, ruptures, rows = at.simulate(world, clients=40, seed=9, sessions=True)
    same(ours, read(forms))
    same(ruptures, read(truth))
    same(rows, read(sessions))
    assert set(rows["shift"].dropna()) == {"gain", "loss"}
    assert (len(ruptures) == 0) == (world == "steady")


def test_a_client_is_the_same_however_many_follow():
    few, many = at.simulate(clients=3)[0], at.simulate(clients=30)[0]
    pd.testing.assert_frame_equal(few, many[:len(few)])


def test_forms_go_on_to_marks():
    forms, ruptures = at.simulate(clients=60)
    marks = at.marks(forms)
    assert len(ruptures) > 10 and len(marks) > 10
    assert set(marks["client"]) <= set(forms["client"])


@pytest.mark.parametrize("rule", [None, "own_range"])
def test_the_table_of_alarms_is_the_commands(command, tmp_path, rule):
    path = tmp_path / "alarms.csv"
    subprocess.run([command, "rules", *([rule] if rule else []), "--alarms", "--csv", "-o", path],
                   check=True)
    ours = at.alarms(rule)
    same(ours, read(path))
    assert len(ours) > 30


@pytest.mark.parametrize("given, error", [
    ({"world": "nowhere"}, at.UnknownError), ({"clients": 0}, at.OptionError),
    ({"clients": 1.5}, at.OptionError), ({"seed": -1}, at.OptionError),
    ({"seed": 2**31}, at.OptionError), ({"clients": True}, at.OptionError)])
def test_what_cannot_be_simulated_is_refused(given, error):
    with pytest.raises(error) as caught:
        at.simulate(**given)
    assert next(iter(given)) in str(caught.value)


def test_alarms_of_no_rule_are_refused():
    with pytest.raises(at.UnknownError):
        at.alarms("nothing")
