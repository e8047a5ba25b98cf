# Two raters through Python: the same as the command's, and refused the same way.
# SPDX-License-Identifier: MIT
import random
import subprocess

import numpy as np
import pandas as pd
import pytest

import pyattune as at


@pytest.fixture(scope="module")
def forms():
    draw = random.Random(8)
    rows = []
    for client in range(14):
        level, lower = draw.uniform(3.5, 6), draw.gauss(-.4, .4)
        for session in range(1, 9):
            swing = draw.gauss(0, .6)
            for rater, score in (("client", level + swing),
                                 ("therapist", level + lower + swing / 2 + draw.gauss(0, .3))):
                if draw.random() > .1:
                    rows.append((f"C{client:02}", session, "demo-alliance", rater,
                                 round(min(max(score, 1), 7) * 6) / 6))
            rows.append((f"C{client:02}", session, "demo-distress", "client",
                         min(max(round(28 - session * level / 4 + draw.gauss(0, 2)), 0), 40)))
    for session in range(1, 5):
        rows += [("D0", session, "demo-alliance", "client", 5.0),
                 ("D1", session, "demo-alliance", "therapist", 4.0),
                 ("D2", session, "demo-alliance", "client", 5.0),
                 ("D2", session + 4, "demo-alliance", "therapist", 5.0)]
        for rater, score in (("client", 5.0), ("therapist", 4 + session / 6)):
            rows.append(("D3", session, "demo-alliance", rater, score))
        rows += [("D4", session, "haq-ii", "client", 60 + 5 * session),
                 ("D4", session, "haq-ii-t", "therapist", 70 + 3 * (session % 3))]
    return pd.DataFrame(rows, columns=["client", "session", "measure", "rater", "score"])


def same(forms, command, tmp_path, options, **given):
    path = tmp_path / "forms.csv"
    forms.to_csv(path, index=False)
    text = subprocess.run([command, "raters", path, "--csv", *options], check=True,
                          capture_output=True, text=True).stdout
    (tmp_path / "out.csv").write_text(text)
    theirs = pd.read_csv(tmp_path / "out.csv", float_precision="round_trip")
    ours = at.raters(forms, **given)
    assert list(ours.columns) == list(theirs.columns) and len(ours) == len(theirs) > 0
    for name in ours.columns:
        if ours[name].dtype.kind in "fi":
            np.testing.assert_array_equal(ours[name].astype(float), theirs[name].astype(float))
        else:
            assert ours[name].fillna("").tolist() == theirs[name].fillna("").tolist()
    return ours


@pytest.fixture(scope="module")
def scales():
    return at.load_scales(accept_unconfirmed=True)


def test_figures_are_the_command_s_to_the_bit(forms, tmp_path, command, scales):
    found = same(forms, command, tmp_path, ["--accept-unconfirmed"], scales=scales)
    assert found["client"].isna().sum() == 1
    assert set(found["note"].dropna()) >= {
        "no form of the therapist's", "no form of the client's",
        "no session that both completed", "the client's ratings are all equal",
        "all of them, by the truth-and-bias model"}
    assert (found["partner"] == "haq-ii-t").sum() == 1


def test_surfaces_are_the_command_s_to_the_bit(forms, tmp_path, command, scales):
    demo = forms[~forms["measure"].str.startswith("haq")]
    found = same(demo, command, tmp_path, ["--outcome", "demo-distress"],
                 outcome="demo-distress")
    assert found["term"].tolist()[-2:] == ["x0", "y0"]
    with pytest.warns(at.MissingConstant, match="seven rows"):
        assert len(at.raters(forms, outcome="demo-distress", scales=scales)) == 13


def test_shares_are_the_command_s_to_the_bit(forms, tmp_path, command, scales):
    other = forms[~forms["measure"].str.startswith("haq")].copy()
    therapist = other["rater"] == "therapist"
    other.loc[therapist, "measure"] = "haq-ii-t"
    other.loc[therapist, "score"] = (20 + 8 * other.loc[therapist, "score"]).round()
    found = same(other, command, tmp_path, ["--accept-unconfirmed", "--measure", "demo-alliance",
                                            "--partner", "haq-ii-t"],
                 measure="demo-alliance", partner="haq-ii-t", scales=scales)
    assert set(found["axis"]) == {"share"}


def test_a_measure_without_a_scale_is_compared_with_itself_alone(forms, tmp_path, command):
    own = forms[forms["measure"] == "demo-alliance"].assign(measure="own")
    found = same(own, command, tmp_path, ["--higher", "better"], higher="better")
    assert set(found["axis"]) == {"points"}
    own.loc[own["rater"] == "therapist", "measure"] = "own-2"
    with pytest.warns(at.MissingConstant, match="known ranges"):
        assert len(at.raters(own, measure="own", partner="own-2", higher="better")) == 0


def test_bad_calls_say_what_was_expected(forms):
    with pytest.raises(at.OptionError):
        at.raters(forms, partner="haq-ii-t")
    with pytest.raises(at.OptionError):
        at.raters(forms, measure="haq-ii", partner="haq-ii")
    with pytest.raises(at.FormatError):
        at.raters(forms.drop(columns="score"))
    assert len(at.raters(forms[forms["rater"] == "client"])) == 0
    assert len(at.raters(forms.head(0))) == 0
