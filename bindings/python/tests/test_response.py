# Norms of expected response through Python: fitted, kept, read back, marked with.
# SPDX-License-Identifier: MIT
import datetime
import hashlib
import math
import random
import subprocess

import pandas as pd
import pytest

import pyattune as at
from test_command import ask, read, same


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
    assert norm.summary().startswith("Norm made up: 60 clients, 600 forms, sessions 1 to 10; "
                                     "fitted by a test, 2026-11-03; population: nobody.\n")


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
    theirs = forms.assign(rater="therapist")
    assert "not_on_track" not in set(at.marks(theirs, response=norm)["rule"])
    both = at.trace(pd.concat([forms, theirs]), rules=["not_on_track"], response=norm)
    assert both.loc[both["rater"] == "therapist", "statistic"].isna().all()
    assert both.loc[both["rater"] == "client", "statistic"].notna().any()
    silent = at.silence(theirs, rules=["not_on_track"], response=norm)
    assert set(silent["silence"]) == {"missing constant"}


@pytest.fixture(scope="module")
def dated(forms):
    start = datetime.date(2026, 1, 5)
    days = [0, 3, 10, 17, 31, 38, 52, 59, 73, 80]
    return forms.assign(date=[start + datetime.timedelta(days=days[s - 1])
                              for s in forms["session"]])


@pytest.fixture(scope="module")
def norm_by_date(dated):
    return at.response_fit(dated, by="date", name="by date", who="a test", at="2026-11-03")


def test_by_date_weekly_forms_give_the_norm_by_session(forms):
    start = datetime.date(2026, 1, 5)
    weekly = forms.assign(date=[start + datetime.timedelta(days=7 * s) for s in forms["session"]])
    for by_session, by_date in (("log", "log"), ("session", "week"), ("root", "root")):
        a = at.response_fit(forms, time=by_session).to_dict()
        b = at.response_fit(weekly, time=by_date, by="date").to_dict()
        assert (a["by"], b["by"]) == ("session", "date") and b["time"].endswith("week")
        assert b["last_session"] == 63 and b["slope"] == a["slope"]
        assert b["log_likelihood"] == a["log_likelihood"]
        pd.testing.assert_frame_equal(
            at.marks(forms, response=at.response_fit(forms, time=by_session)).drop(columns="date"),
            at.marks(weekly, response=at.response_fit(weekly, time=by_date, by="date"))
            .drop(columns="date"))


def test_a_monitor_follows_a_norm_by_date(norm_by_date, dated):
    batch = at.marks(dated, response=norm_by_date)
    assert (batch["rule"] == "not_on_track").any()
    names = ["session", "rule", "kind", "level", "observed", "limit", "statistic", "reason"]
    for client, course in dated.groupby("client"):
        monitor = at.Monitor("demo-distress", response=norm_by_date)
        for row in course.itertuples():
            monitor.push(row.score, session=row.session, date=row.date)
        wanted = batch.loc[batch["client"] == client, names].reset_index(drop=True)
        found = monitor.marks[names].reset_index(drop=True) if len(monitor.marks) else None
        if found is None:
            assert wanted.empty
        else:
            pd.testing.assert_frame_equal(found, wanted)
    monitor = at.Monitor("demo-distress", ["not_on_track"], response=norm_by_date)
    for session in range(1, 6):
        assert monitor.push(24 + 3 * session, session=session) == ()


def test_forms_without_a_date_are_left_out_and_said(norm_by_date, dated):
    some = dated.assign(date=[None, None, *dated["date"][2:]])
    with pytest.warns(at.MissingConstant, match="without a date are left out"):
        assert at.response_fit(some, by="date").n_forms == norm_by_date.n_forms - 2
    with pytest.warns(at.MissingConstant, match="without a date are not held against it"):
        at.marks(some, response=norm_by_date)
    with pytest.raises(at.DataError, match="expected dates"):
        at.marks(dated.drop(columns="date"), response=norm_by_date)
    back = dated.assign(date=[dated["date"][9], *dated["date"][1:]])
    with pytest.raises(at.OrderError):
        at.response_fit(back, by="date")


def test_time_and_axis_go_together(dated):
    for by, time in (("session", "week"), ("date", "session"), ("month", "log")):
        with pytest.raises(at.OptionError):
            at.response_fit(dated, by=by, time=time)


@pytest.mark.parametrize("by", ["session", "date"])
def test_norm_marks_reasons_traces_and_silences_are_those_of_the_command(command, dated, by,
                                                                         tmp_path):
    both = pd.concat([dated, dated.assign(rater="therapist", score=40 - dated["score"])])
    both["rater"] = both["rater"].fillna("client")
    forms, kept = tmp_path / "forms.csv", tmp_path / "norm.json"
    both.to_csv(forms, index=False)
    about = ["--name", "Nörd \"1\"", "--who", "a test", "--population", "nobody", "--at",
             "2026-11-03"]
    subprocess.run([command, "response", "fit", forms, "--by", by, "-o", kept, *about], check=True,
                   capture_output=True)
    frame = read(forms)
    own = at.response_fit(frame, by=by, name=about[1], who=about[3], population=about[5],
                          at=about[7])
    assert own.to_json() == kept.read_text(encoding="utf-8")
    found = at.marks(frame, response=kept)
    same(found, ask(command, forms, "marks", "--response", kept))
    of_norm = found[found["rule"] == "not_on_track"]
    assert len(of_norm) > 5
    assert of_norm["reason"].str.endswith("; norm: Nörd \"1\", 60 clients").all()
    for options, call in ((("--trace",), at.trace), (("--silence",), at.silence),
                          (("--episodes",), at.episodes)):
        same(call(frame, rules=["not_on_track", "reliable_worse"], response=kept),
             ask(command, forms, "marks", *options, "--response", kept, "--rules",
                 "not_on_track,reliable_worse"))


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
