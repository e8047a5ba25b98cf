# Norms of expected response through Python: fitted, kept, read back, marked with.
# SPDX-License-Identifier: MIT
import hashlib
import math
import random

import pandas as pd
import pytest

import pyattune as at


@pytest.fixture(scope="module")
def forms():
    draw = random.Random(5)
    rows = []
    for client in range(60):
        level, slope = draw.gauss(24, 5), draw.gauss(-4, 1.5)
        for session in range(1, 11):
            score = min(max(round(level + slope * math.log(session) + draw.gauss(0, 3)), 0), 40)
            rows.append((f"C{client:02}", session, "demo-distress", score))
    return pd.DataFrame(rows, columns=["client", "session", "measure", "score"])


@pytest.fixture(scope="module")
def norm(forms):
    return at.response_fit(forms, name="made up", who="a test", population="nobody",
                           at="2026-11-03")


def test_a_norm_says_whose_it_is(norm):
    about = norm.to_dict()
    assert about["n_clients"] == 60 and about["n_forms"] == 600
    assert about["measure"] == "demo-distress" and about["rater"] == "client"
    assert about["who"] == "a test" and about["at"] == "2026-11-03"
    assert about["time"] == "log" and about["method"] == "reml"
    assert abs(norm.slope + 4) < 4 * norm.slope_se + 0.5
    assert "made up" in norm.summary()


def test_a_norm_is_kept_in_a_file_to_the_bit(norm, tmp_path):
    norm.save(tmp_path / "norm.json")
    back = at.load_response(tmp_path / "norm.json")
    assert back.to_dict() == norm.to_dict()
    assert at.load_response(norm.to_json()).to_dict() == norm.to_dict()
    assert norm.hash == ""
    assert back.hash == hashlib.sha256((tmp_path / "norm.json").read_bytes()).hexdigest()
    assert back.to_json() == norm.to_json()


def test_what_is_expected_follows_what_was_seen(norm):
    nobody, high = norm.expect(8), norm.expect(8, [1], [norm.intake_high])
    assert high["mean"] > nobody["mean"] and high["score_se"] < nobody["score_se"]
    assert nobody["low"] < nobody["mean"] < nobody["high"] and high["n"] == 1
    with pytest.raises(at.OptionError):
        norm.expect(11)


def test_marks_take_a_norm(norm, forms, tmp_path):
    norm.save(tmp_path / "norm.json")
    found = at.marks(forms, response=norm)
    own = found[found["rule"] == "not_on_track"]
    assert 0 < len(own) < len(forms) / 4 and own["session"].min() >= 3
    assert (own["observed"] >= own["limit"]).all() and (own["kind"] == "off_track").all()
    pd.testing.assert_frame_equal(found, at.marks(forms, response=tmp_path / "norm.json"))
    assert "not_on_track" not in set(at.marks(forms)["rule"])


def test_a_monitor_with_a_norm_marks_what_the_batch_does(norm, forms):
    batch = at.marks(forms, response=norm)
    assert (batch["rule"] == "not_on_track").any()
    names = ["session", "rule", "kind", "level", "observed", "limit", "statistic", "reason"]
    for client, course in forms.groupby("client"):
        monitor = at.Monitor("demo-distress", response=norm)
        assert "not_on_track" in monitor.rules
        for row in course.itertuples():
            ahead = monitor.clone().push(row.score, session=row.session)
            assert monitor.push(row.score, session=row.session) == ahead
        found = monitor.marks[names] if len(monitor.marks) else None
        wanted = batch.loc[batch["client"] == client, names].reset_index(drop=True)
        if found is None:
            assert wanted.empty
        else:
            pd.testing.assert_frame_equal(found.reset_index(drop=True), wanted)


def test_a_norm_of_another_rater_marks_nothing(norm, forms):
    theirs = at.marks(forms.assign(rater="therapist"), response=norm)
    assert "not_on_track" not in set(theirs["rule"])


def test_bad_calls_say_what_was_expected(forms, norm):
    two = pd.concat([forms, forms.assign(measure="own")])
    with pytest.raises(at.OptionError):
        at.response_fit(two)
    assert at.response_fit(two, measure="demo-distress", at="2026-11-03").slope == norm.slope
    with pytest.raises(at.TooFewError):
        at.response_fit(forms[forms["client"] == "C00"])
    with pytest.raises(at.TooFewError):
        at.response_fit(forms, rater="observer")
    with pytest.raises(at.OptionError):
        at.response_fit(forms, time="cubic")
    with pytest.raises(at.OptionError):
        at.response_fit(forms, who="x" * 200)
    with pytest.raises(at.FileError):
        at.load_response("no such file")
    with pytest.raises(at.FormatError):
        at.load_response("{}")
