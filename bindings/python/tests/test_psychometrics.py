# What is estimated of a measure through Python: the same as the command's, and what is refused.
# SPDX-License-Identifier: MIT
import random
import subprocess

import numpy as np
import pandas as pd
import pytest

import pyattune as at


def forms_of(measure, items, low, high, clients=25):
    draw = random.Random(5)
    rows = []
    for client in range(clients):
        level = draw.uniform(low, high)
        for session in (1, 2, 4):
            answers = [min(max(round(level + draw.gauss(0, 1)), low), high) for _ in range(items)]
            if draw.random() < .1:
                answers[draw.randrange(items)] = None
            rows.append([f"C{client:02}", session, f"2026-01-{session * 7:02}", measure, *answers])
    names = ["client", "session", "date", "measure", *(f"item_{i + 1}" for i in range(items))]
    return pd.DataFrame(rows, columns=names)


@pytest.mark.parametrize("measure, items, low, high", [
    ("phq-9", 9, 0, 3), ("wai-sr", 12, 1, 5), ("qids-sr16", 16, 0, 3), ("core-10", 10, 0, 4)])
def test_figures_are_the_command_s_to_the_bit(tmp_path, command, measure, items, low, high):
    forms = forms_of(measure, items, low, high)
    path = tmp_path / "forms.csv"
    forms.sample(frac=1, random_state=1).to_csv(path, index=False)
    done = subprocess.run([command, "scales", "--estimate", measure, path, "--csv"], check=True,
                          capture_output=True, text=True)
    (tmp_path / "out.csv").write_text(done.stdout)
    theirs = pd.read_csv(tmp_path / "out.csv", float_precision="round_trip")
    ours = at.estimate(forms, measure)
    assert list(ours.columns) == list(theirs.columns) and len(ours) == len(theirs)
    for name in ("measure", "rater", "subscale"):
        assert ours[name].fillna("").tolist() == theirs[name].fillna("").tolist()
    for name in ours.columns[3:]:
        np.testing.assert_array_equal(ours[name].astype(float), theirs[name].astype(float), name)
    assert ours["alpha"].notna().sum() == len(ours["subscale"].drop_duplicates())
    assert ours["retest_days"].iloc[0] == 7


def test_alpha_is_pandas_own_covariance(tmp_path):
    forms = forms_of("phq-9", 9, 0, 3).dropna()
    first = forms.drop_duplicates("client").filter(like="item_").astype(float)
    c = first.cov().to_numpy()
    whole = at.estimate(forms, "phq-9").iloc[0]
    assert whole["alpha"] == pytest.approx(9 / 8 * (1 - c.trace() / c.sum()), abs=1e-12)
    assert whole["sd"] == pytest.approx(first.sum(axis=1).std(), abs=1e-12)
    assert whole["sem"] == pytest.approx(whole["sd"] * (1 - whole["alpha"])**.5, abs=1e-12)


def test_totals_alone_have_no_items():
    forms = forms_of("phq-9", 9, 0, 3).dropna()
    totals = forms[["client", "session", "measure"]].assign(
        score=forms.filter(like="item_").sum(axis=1))
    found, all_of_it = at.estimate(totals, "phq-9"), at.estimate(forms, "phq-9")
    assert len(found) == 1 and np.isnan(found["alpha"][0])
    assert found["within_sd"][0] == all_of_it["within_sd"][0]


def test_bad_calls_say_what_was_expected():
    forms = forms_of("phq-9", 9, 0, 3, clients=2)
    with pytest.raises(at.TooFewError):
        at.estimate(forms, "phq-9")
    with pytest.raises(at.TooFewError):
        at.estimate(forms, "phq-9", rater="therapist")
    with pytest.raises(at.OptionError):
        at.estimate(forms, "gad-7")
    with pytest.raises(at.OptionError):
        at.estimate(forms, "phq-9", rater="nobody")
    with pytest.raises(at.DataError):
        at.estimate(forms.assign(item_1=9), "phq-9")
