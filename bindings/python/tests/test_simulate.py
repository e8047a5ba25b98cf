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


@pytest.mark.parametrize("world, sessions", [("default", None), ("steady", 10)])
def test_what_is_measured_is_what_the_command_measures(command, tmp_path, world, sessions):
    """Of rules of each kind; the command leaves out levels that a rule has nowhere."""
    rules = ["own_range", "lag_order", "reliable_worse", "below_cutoff", "rupture_joint"]
    ours = at.measure_alarms(rules, world, sessions, clients=300)
    for rule in rules:
        subprocess.run([command, "rules", rule, "--measure-alarms", "--clients", "300", "--world",
                        world, "--csv", "-o", tmp_path / "alarms.csv"], check=True)
        theirs = read(tmp_path / "alarms.csv")
        theirs = theirs[theirs["sessions"].isna() if sessions is None
                        else theirs["sessions"] == sessions]
        mine = ours[ours["rule"] == rule].merge(theirs[["level", "rate"]], on=["level", "rate"])
        if theirs["silent"].notna().any():  # one row for all cells, of the first that is wanted
            mine = mine.drop(columns="sessions")
            theirs = theirs.drop(columns="sessions")
        assert len(mine) == len(theirs)
        for name in mine.columns:
            ok = theirs[name].notna().to_numpy()
            assert (mine[name][ok].to_numpy() == theirs[name][ok].to_numpy()).all(), name


def test_own_parameters_are_measured():
    usual, wide = (at.measure_alarms(rules, clients=300) for rules in (
        ["own_range"], {"own_range": {"k_possible": 2.5}}))
    assert wide["alarms_per_100"][0] < usual["alarms_per_100"][0]


@pytest.mark.parametrize("given, error", [
    ({"world": "nowhere"}, at.UnknownError), ({"clients": 0}, at.OptionError),
    ({"sessions": 0}, at.OptionError), ({"seed": -1}, at.OptionError),
    ({"rules": ["direct_report"]}, at.OptionError), ({"rules": ["nothing"]}, at.UnknownError)])
def test_what_cannot_be_measured_is_refused(given, error):
    with pytest.raises(error):
        at.measure_alarms(**{"clients": 10, **given})
