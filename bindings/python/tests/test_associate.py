# Associations through Python: the same as the command's, and refused in the same way.
# SPDX-License-Identifier: MIT
import io
import random
import subprocess

import numpy as np
import pandas as pd
import pytest

import pyattune as at


@pytest.fixture(scope="module")
def forms():
    """Alliance by two raters, distress, a measure nobody describes; gaps, and clients without."""
    draw, rows = random.Random(8), []
    for client in range(40):
        level, state = draw.gauss(4.8, .7), 0.0
        for session in range(1, draw.randrange(2, 11)):
            state = .4 * state + draw.gauss(0, .5)
            scores = {("demo-alliance", "client"): round(6 * min(max(level + state, 1), 7)) / 6,
                      ("demo-alliance", "therapist"): round(6 * min(max(level, 1), 7)) / 6,
                      ("demo-distress", "client"): min(max(round(40 - 4 * level - session
                                                                 - 2 * state), 0), 40),
                      ("skill", "observer"): round(draw.gauss(3, 1), 1)}
            rows += [(f"C{client:02}", session, *key, score) for key, score in scores.items()
                     if draw.random() < .9 and not (client == 7 and key[0] == "demo-distress")]
    frame = pd.DataFrame(rows, columns=["client", "session", "measure", "rater", "score"])
    return frame.sample(frac=1, random_state=2).reset_index(drop=True)


CALLS = [
    ((), {}),
    (("--early", "2", "--method", "ml"), {"early": 2, "method": "ml"}),
    (("--against", "demo-alliance:therapist"), {"against": "demo-alliance:therapist"}),
    (("--alliance", "demo-alliance", "--outcome", "demo-distress:client", "--against",
      "skill:observer", "--higher", "better"),
     {"alliance": "demo-alliance", "outcome": "demo-distress:client",
      "against": "skill:observer", "higher": "better"}),
    (("--rater", "therapist"), {"rater": "therapist"}),
]


@pytest.mark.parametrize("arguments, call", CALLS)
def test_figures_are_the_command_s_to_the_bit(forms, tmp_path, command, arguments, call):
    path = tmp_path / "forms.csv"
    forms.to_csv(path, index=False)
    text = subprocess.run([command, "associate", path, "--csv", *arguments], check=True,
                          capture_output=True, text=True).stdout
    (tmp_path / "out.csv").write_text(text)
    theirs = pd.read_csv(tmp_path / "out.csv", float_precision="round_trip")
    ours = at.associate(forms, **call)
    assert list(ours.columns) == list(theirs.columns) and len(ours) == len(theirs) > 50
    for name in ours.columns:
        if ours[name].dtype == object:
            assert ours[name].fillna("").tolist() == theirs[name].fillna("").tolist()
        else:
            np.testing.assert_array_equal(ours[name].astype(float), theirs[name].astype(float))


def test_a_correlation_is_that_of_the_changes(forms):
    found = at.associate(forms, early=2)
    found = found[found["part"] == "early"].set_index("statistic")
    wide = forms[forms["rater"] == "client"].sort_values("session")
    alliance, outcome = (wide[wide["measure"] == m].groupby("client")
                         for m in ("demo-alliance", "demo-distress"))
    early = wide[(wide["measure"] == "demo-alliance") & (wide["session"] <= 2)]
    early = early.groupby("client")["score"].mean()
    last = outcome["session"].last()
    change = (outcome["score"].last() - outcome["score"].first())[(last > 2)
                                                                  & (outcome.size() > 1)]
    both = pd.concat([early, change], axis=1, keys=["early", "change"]).dropna()
    assert found.loc["r_change", "n"] == len(both)
    assert found.loc["r_change", "estimate"] == pytest.approx(
        both["early"].corr(both["change"]), abs=1e-12)
    assert len(alliance) > 30


def test_two_correlations_are_compared_as_the_command_compares_them(forms, tmp_path, command):
    path = tmp_path / "forms.csv"
    forms.to_csv(path, index=False)
    text = subprocess.run([command, "associate", path, "--csv", "--against",
                           "demo-alliance:therapist"], check=True, capture_output=True,
                          text=True).stdout
    theirs = pd.read_csv(io.StringIO(text), float_precision="round_trip")
    part = theirs[theirs["part"] == "against"].set_index("statistic")
    r = part["estimate"]
    ours = at.compare_correlations(r["r_alliance"], r["r_against"], int(part["n"].iloc[0]),
                                   between=r["r_measures"]).set_index("statistic")
    shared = [name for name in part.index if not name.startswith("r_")]
    assert len(shared) == 7
    for name in ("estimate", "low", "high", "df", "p"):
        np.testing.assert_array_equal(ours.loc[shared, name], part.loc[shared, name].astype(float))
    early = theirs[theirs["part"] == "early"].set_index("statistic")["estimate"]
    assert at.dependability(early["dependability_session"], early["early_forms"]) == \
        early["dependability_early"]
    change = theirs[theirs["part"] == "early"].set_index("statistic").loc["r_change"]
    alone = at.correlation(change["estimate"], int(change["n"])).set_index("statistic").loc["r"]
    assert alone[["estimate", "low", "high", "df", "p"]].tolist() == \
        change[["estimate", "low", "high", "df", "p"]].tolist()


def test_correlations_of_other_kinds_are_compared():
    # Fisher's z worked out: atanh .5 - atanh .3 over sqrt(1/97 + 1/77)
    two = at.compare_correlations(.5, .3, 100, n2=80).set_index("statistic")
    z = (np.arctanh(.5) - np.arctanh(.3)) / np.sqrt(1 / 97 + 1 / 77)
    assert two.loc["z", "estimate"] == pytest.approx(z, rel=1e-12)
    assert two.loc["difference", "estimate"] == pytest.approx(.2, rel=1e-12)
    # Steiger 1980: no covariance between pairs that have nothing to do with each other
    apart = at.compare_correlations(.5, .3, 100, between=(0, 0, 0, 0)).set_index("statistic")
    z = (np.arctanh(.5) - np.arctanh(.3)) * np.sqrt(97 / 2)
    assert apart.loc["dunn_clark_z", "estimate"] == pytest.approx(z, rel=1e-12)
    assert at.dependability(.5, 2) == pytest.approx(2 / 3, rel=1e-15)
    assert list(two.columns) == ["estimate", "low", "high", "df", "p"]


@pytest.mark.parametrize("error, call", [
    (at.OptionError, lambda: at.compare_correlations(.5, .3, 80)),
    (at.OptionError, lambda: at.compare_correlations(.5, .3, 80, between=.4, n2=80)),
    (at.OptionError, lambda: at.compare_correlations(.5, .3, 80, between=(.1, .2))),
    (at.OptionError, lambda: at.compare_correlations("high", .3, 80, between=.4)),
    (at.OptionError, lambda: at.compare_correlations(.5, .3, 80.5, between=.4)),
    (at.OptionError, lambda: at.compare_correlations(.5, .3, -1, n2=80)),
    (at.DataError, lambda: at.compare_correlations(.5, 1.3, 80, between=.4)),
    (at.DataError, lambda: at.compare_correlations(.5, .3, 80, between=float("nan"))),
    (at.NumericError, lambda: at.compare_correlations(.5, 1, 80, between=.4)),
    (at.NumericError, lambda: at.compare_correlations(.9, -.9, 80, between=.9)),
    (at.TooFewError, lambda: at.compare_correlations(.5, .3, 3, between=.4)),
    (at.TooFewError, lambda: at.correlation(.5, 6, controls=3)),
    (at.DataError, lambda: at.dependability(1.2, 3)),
    (at.DataError, lambda: at.dependability(.5, .5)),
    (at.OptionError, lambda: at.dependability(None, 3)),
])
def test_correlations_that_cannot_be_are_refused(error, call):
    with pytest.raises(error) as caught:
        call()
    assert "1.3" not in str(caught.value) and "1.2" not in str(caught.value)


def test_bad_calls_say_what_was_expected(forms):
    more = pd.concat([forms, forms[forms["measure"] == "demo-distress"].assign(
        measure="phq-9", score=9.0)])
    with pytest.raises(at.OptionError, match="outcome"):
        at.associate(more)
    for call in ({"early": 0}, {"early": 2.5}, {"method": "map"}, {"rater": "nobody"},
                 {"alliance": ""}, {"against": "skill:nobody"}, {"against": "skill:observer"}):
        with pytest.raises(at.OptionError):
            at.associate(forms, **call)
    with pytest.raises(at.CountError):
        at.associate(forms, alliance="wai-sr")
    with pytest.raises(at.CountError):
        at.associate(forms[forms["rater"] == "observer"])
    apart = forms[(forms["session"] % 2 == 0) == (forms["measure"] == "demo-distress")]
    with pytest.raises(at.TooFewError):
        at.associate(apart)
