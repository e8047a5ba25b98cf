# What is refused, where, as which exception, and that no message holds a value.
# SPDX-License-Identifier: MIT
import warnings

import clinic
import numpy as np
import pandas as pd
import pytest

import pyattune as at
from pyattune import courses, errors
from pyattune._attune import lib

SECRET = "Ms-Secret-77"  # stands wherever a value may; no message may hold it


def forms(**changes):
    """Three sound forms, with some columns replaced; None leaves a column out."""
    made = {"client": ["C-1", "C-1", "C-2"], "session": [1, 2, 1],
            "measure": ["phq-9", "phq-9", "demo-alliance"], "rater": ["client"] * 3,
            "score": [12.0, 9.0, 5.5]}
    made.update(changes)
    return pd.DataFrame({name: values for name, values in made.items() if values is not None})


def answers(**changes):
    made = {f"item_{i}": [1.0, 2.0, np.nan] for i in range(1, 10)}
    made.update({"score": [np.nan, np.nan, 5.5]}, **changes)
    return forms(**made)


# name: frame, exception, row, column
BAD = {
    "no client column": (forms(client=None), at.FormatError, None, "client"),
    "no measure column": (forms(measure=None), at.FormatError, None, "measure"),
    "no session, no date": (forms(session=None), at.FormatError, None, "session"),
    "a client missing": (forms(client=["C-1", None, "C-2"]), at.FormatError, 1, "client"),
    "an empty client": (forms(client=["C-1", "", "C-2"]), at.FormatError, 1, "client"),
    "a client with a line end": (forms(client=[SECRET + "\n", "C-1", "C-2"]), at.FormatError, 0,
                                 "client"),
    "a client as a fraction": (forms(client=[1.5, 2.5, 77.25]), at.FormatError, 0, "client"),
    "a measure missing": (forms(measure=["phq-9", "phq-9", "NA"]), at.FormatError, 2, "measure"),
    "a measure nobody describes": (forms(measure=["phq-9", SECRET, "phq-9"]), at.UnknownError, 1,
                                   "measure"),
    "a session below 0": (forms(session=[1, -77, 1]), at.DataError, 1, "session"),
    "a session between two": (forms(session=[1, 2.5, 1]), at.DataError, 1, "session"),
    "a session that is text": (forms(session=["1", SECRET, "1"]), at.DataError, 0, "session"),
    "a session far too large": (forms(session=[1, 2, 7.7e18]), at.DataError, 2, "session"),
    "a session and a date missing": (forms(session=[1, np.nan, 1]), at.FormatError, 1, "session"),
    "a date that is none": (forms(date=["2026-02-30", "2026-01-01", None]), at.DataError, 0,
                            "date"),
    "a date in words": (forms(date=[None, SECRET, None]), at.DataError, 1, "date"),
    "dates as numbers": (forms(date=[1, 2, 3]), at.FormatError, None, "date"),
    "dates alone beside sessions": (
        forms(session=[1, np.nan, 1], date=["2026-01-01", "2026-01-08", None]), at.FormatError, 1,
        "session"),
    "a rater nobody knows": (forms(rater=["client", SECRET, "client"]), at.DataError, 1, "rater"),
    "a score that is text": (forms(score=[12.0, SECRET, 5.5]), at.DataError, 1, "score"),
    "a score that is true": (forms(score=np.array([12.0, True, 5.5], dtype=object)), at.DataError,
                             1, "score"),
    "scores that are dates": (forms(score=pd.to_datetime(["2026-01-01"] * 3)), at.FormatError,
                              None, "score"),
    "a score without end": (forms(score=[12.0, np.inf, 5.5]), at.DataError, 1, "score"),
    "a score above the range": (forms(score=[12.0, 77.0, 5.5]), at.DataError, 1, "score"),
    "a score below the range": (forms(score=[12.0, 9.0, .77]), at.DataError, 2, "score"),
    "an answer above the range": (answers(item_4=[1.0, 77.0, np.nan]), at.DataError, 1, "item_4"),
    "an answer off the grid": (answers(item_4=[.77, 1.0, np.nan]), at.DataError, 0, "item_4"),
    "an answer beyond the last": (answers(item_12=[np.nan, 1.0, np.nan]), at.DataError, 1,
                                  "item_12"),
    "answers and a score": (answers(score=[np.nan, 9.0, 5.5]), at.FormatError, 1, "score"),
    "one form twice": (forms(session=[1, 1, 1]), at.DuplicateError, 1, "session"),
    "the first bad row wins": (forms(client=["C-1", "C-1", None], score=[12.0, np.inf, 5.5]),
                               at.DataError, 1, "score"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_frame_is_refused(name):
    frame, kind, row, column = BAD[name]
    before = frame.copy(deep=True)
    with pytest.raises(kind) as caught:
        at.score(frame)
    assert (caught.value.row, caught.value.column) == (row, column)
    assert type(caught.value) is kind and caught.value.status == kind.code
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("name", BAD)
def test_no_message_holds_a_value(name):
    frame = BAD[name][0]
    frame.index = [SECRET] * len(frame)
    with pytest.raises(at.Error) as caught:
        at.score(frame)
    said = str(caught.value) + repr(caught.value)
    for value in (SECRET, "77", "C-1", "C-2", "2.5", "2026-02-30"):
        assert value not in said
    assert "expected" in said


@pytest.mark.parametrize("call", [at.trend, at.change, at.marks, at.trace, at.episodes])
def test_scores_out_of_range_are_refused_at_their_row(call):
    frame = forms(score=[77.0, 9.0, 5.5]).iloc[::-1]  # not in the order of the output
    with pytest.raises(at.DataError) as caught:
        call(frame)
    assert (caught.value.row, caught.value.column) == (2, "score")
    assert str(caught.value) == "row 2, column 'score': expected a total from 0 to 27, or nothing"


@pytest.mark.filterwarnings("ignore::pyattune.MissingConstant")
@pytest.mark.parametrize("call", [at.marks, at.trace, at.episodes])
def test_a_scan_names_the_frames_own_row(call, monkeypatch):
    monkeypatch.setattr(courses.Courses, "_check", lambda self: None)
    with pytest.raises(at.DataError) as caught:
        call(forms(score=[12.0, 9.0, 77.0], measure="phq-9", client=["C-2", "C-2", "C-1"]))
    assert caught.value.row == 2
    with pytest.raises(at.DataError) as caught:
        call(forms(score=[12.0, 9.0, .77]))
    assert caught.value.row == 2


@pytest.mark.filterwarnings("ignore::pyattune.MissingConstant")
@pytest.mark.parametrize("call", [at.trend, at.change, at.marks, at.trace, at.episodes])
def test_answers_that_nobody_scored_are_refused(call):
    with pytest.raises(at.FormatError) as caught:
        call(answers())
    assert (caught.value.row, caught.value.column) == (0, "score")
    call(at.score(answers()))


def test_every_status_has_its_exception():
    known = set(range(lib.ATTUNE_OK - 1, lib.ATTUNE_STATUS_END, -1))
    assert set(errors.BY_STATUS) == known
    for status, kind in errors.BY_STATUS.items():
        with pytest.raises(kind) as caught:
            errors.check(status)
        assert isinstance(caught.value, (ValueError, MemoryError, LookupError))
        assert isinstance(caught.value, at.Error) and kind.__name__ in at.__all__
    errors.check(lib.ATTUNE_OK)


OPTIONS = [
    (lambda f: at.trend(f, by="week"), at.OptionError, "by"),
    (lambda f: at.trend_lines(f, smooth="spline"), at.OptionError, "smooth"),
    (lambda f: at.trend_lines(f, span=2), at.OptionError, "span"),
    (lambda f: at.trend_lines(f, rounds=-1), at.OptionError, "rounds"),
    (lambda f: at.change(f, method="magic"), at.OptionError, "method"),
    (lambda f: at.group_change(f, 0), at.OptionError, "improved"),
    (lambda f: at.change(f, sd=-1), at.OptionError, "sd"),
    (lambda f: at.change(f, sd="wide"), at.OptionError, "sd"),
    (lambda f: at.change(f, sd=float("nan")), at.OptionError, "sd"),
    (lambda f: at.change(f, reliability=1.5), at.OptionError, "reliability"),
    (lambda f: at.change(f, functional_mean=float("inf")), at.OptionError, "functional_mean"),
    (lambda f: at.change(f, cutoff_type="d"), at.OptionError, "cutoff_type"),
    (lambda f: at.change(f, higher="up"), at.OptionError, "higher"),
    (lambda f: at.marks(f, rules="magic"), at.UnknownError, "rules"),
    (lambda f: at.marks(f, rules=["drop", "drop"]), at.DuplicateError, "rules"),
    (lambda f: at.marks(f, rules=[]), at.CountError, "rules"),
    (lambda f: at.marks(f, rules=7), at.ArgumentError, "rules"),
    (lambda f: at.marks(f, rules={"drop": {"magic": 1}}), at.OptionError, "rules"),
    (lambda f: at.marks(f, rules={"own_range": {"k_probable": 1e9}}), at.OptionError, "k_probable"),
    (lambda f: at.marks(f, scales="phq-9"), at.ArgumentError, "scales"),
    (lambda f: at.client(f, SECRET), at.UnknownError, "client"),
    (lambda f: at.client(f, "C-1").summary(width=10), at.OptionError, "width"),
    (lambda f: at.scales(SECRET), at.UnknownError, "scale"),
    (lambda f: at.rules(SECRET), at.UnknownError, "rule"),
    (lambda f: at.example(SECRET), at.UnknownError, "name"),
    (lambda f: at.Monitor(SECRET), at.UnknownError, "measure"),
    (lambda f: at.load_scales("/nowhere/" + SECRET), at.FileError, "source"),
    (lambda f: at.score([1, 2]), at.ArgumentError, None),
]


@pytest.mark.parametrize("call, kind, column", OPTIONS)
def test_a_bad_option_is_refused(call, kind, column):
    with pytest.raises(kind) as caught:
        call(forms())
    assert type(caught.value) is kind and caught.value.column == column
    assert SECRET not in str(caught.value)


def test_a_column_twice_is_refused():
    frame = pd.concat([forms(), forms()[["score"]]], axis=1)
    with pytest.raises(at.DuplicateError):
        at.score(frame)


def test_a_bad_scales_file_is_refused_with_its_line():
    with pytest.raises(at.FormatError) as caught:
        at.load_scales('[\n {"id": }\n]')
    assert "line 2" in str(caught.value)


def test_dates_that_go_backwards_are_refused():
    frame = forms(client="A", measure="phq-9", session=[1, 2, 3], score=[1.0, 2.0, 3.0],
                  date=["2026-01-01", "2026-01-15", "2026-01-08"])
    with pytest.raises(at.OrderError) as caught:
        at.trend(frame, by="date")
    assert (caught.value.row, caught.value.column) == (2, "date")


def test_a_rule_that_cannot_answer_is_warned_of():
    with pytest.warns(at.MissingConstant, match="below_cutoff: without a clinical cut-off"):
        at.marks(clinic.course(clinic.WORKED), rules="all")


def test_what_cannot_be_said_is_warned_of_and_left_empty():
    frame = clinic.course([10, 12, 14], SECRET)
    with pytest.warns(at.MissingConstant) as caught:
        found = at.change(frame)
    assert SECRET not in str(caught[0].message) and "row 0" in str(caught[0].message)
    assert caught[0].filename == __file__
    assert found["reliable"].isna().all() and found["change"].iloc[0] == 4
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        at.change(frame, higher="worse", sd=5, reliability=.8, functional_mean=3, functional_sd=2,
                  clinical_mean=15, clinical_sd=4)


def test_an_unconfirmed_measure_waits_until_it_is_accepted():
    forms = pd.DataFrame({"client": ["A"], "session": [1], "measure": ["sai"],
                          **{f"item_{i}": [3] for i in range(1, 7)}})
    with pytest.raises(at.AcceptError) as caught:
        at.score(forms)
    assert "accept_unconfirmed" in str(caught.value)
    scored = at.score(forms, scales=at.load_scales(accept_unconfirmed=True))
    assert scored["score"][0] == 18
    assert "unconfirmed" in scored["flags"][0]


def test_what_no_scale_has_cannot_be_stated():
    for what in ({"accept_licence": "no-such"}, {"norms": "no-such"}):
        with pytest.raises(at.UnknownError):
            at.load_scales(**what)
