# Frames of every kind and columns of every type that may hold forms.
# SPDX-License-Identifier: MIT
import datetime

import clinic
import numpy as np
import pandas as pd
import pytest

import pyattune as at

PLAIN = clinic.forms(clients=12)


@pytest.fixture(scope="module")
def expected():
    return at.score(PLAIN, subscales=True)


def same(ours, theirs):
    pd.testing.assert_frame_equal(ours, theirs, check_dtype=False)


def changed(name, kind):
    return PLAIN.assign(**{name: PLAIN[name].astype(kind)})


@pytest.mark.parametrize("name, kind", [
    ("session", "float64"), ("session", "Int32"), ("session", object), ("score", "Float64"),
    ("score", object), ("item_1", "Int64"), ("item_1", object), ("client", "string"),
    ("client", "category"), ("measure", "category"), ("rater", "string"), ("date", "category")])
def test_a_column_may_be_of_any_such_type(expected, name, kind):
    found = at.score(changed(name, kind), subscales=True)
    same(found.astype({"client": object, "date": object}), expected)


@pytest.mark.parametrize("kind", ["int8", "uint16", "int64", "float32"])
def test_whole_scores_may_be_of_any_width(kind):
    frame = clinic.course([10, 12, 14], "phq-9")
    same(at.score(frame.astype({"score": kind})), at.score(frame))


def test_missing_words_are_missing(expected):
    rater = PLAIN["rater"].where(PLAIN["rater"] != "client", "NA")
    score = PLAIN["score"].astype(object).where(PLAIN["score"].notna(), "#NULL!")
    same(at.score(PLAIN.assign(rater=rater, score=score), subscales=True), expected)


def test_without_a_rater_it_is_the_client(expected):
    own = PLAIN[PLAIN["rater"] == "client"]
    same(at.score(own.drop(columns="rater"), subscales=True), at.score(own, subscales=True))


@pytest.mark.parametrize("zone", [None, "Europe/Vienna"])
def test_dates_may_be_timestamps(expected, zone):
    date = pd.to_datetime(PLAIN["date"]).dt.tz_localize(zone) + pd.Timedelta(hours=1)
    found = at.score(PLAIN.assign(date=date), subscales=True)
    same(found.drop(columns="date"), expected.drop(columns="date"))
    assert list(found["date"].dt.strftime("%Y-%m-%d")) == list(expected["date"])
    by_text, by_stamp = (at.trend(scored, by="date", scales=None) for scored in (expected, found))
    same(by_stamp, by_text)


def test_dates_may_be_date_objects(expected):
    date = [datetime.date.fromisoformat(text) for text in PLAIN["date"]]
    found = at.score(PLAIN.assign(date=date), subscales=True)
    same(found.drop(columns="date"), expected.drop(columns="date"))


def test_client_ids_may_be_whole_numbers_and_sort_as_text():
    frame = pd.DataFrame({"client": [10, 9, 100], "session": 1, "measure": "phq-9", "score": 5.0})
    assert list(at.score(frame)["client"]) == [10, 100, 9]


def test_any_order_and_any_index_give_the_same(expected):
    for seed in range(3):
        shuffled = PLAIN.sample(frac=1, random_state=seed).sample(frac=1, axis=1, random_state=seed)
        same(at.score(shuffled, subscales=True), expected)


def test_rows_of_subscales_are_passed_over(expected):
    totals = at.score(PLAIN)
    for call in (at.trend, at.episodes):
        same(call(expected), call(totals))


def test_an_empty_frame_gives_an_empty_frame():
    empty = PLAIN.iloc[:0]
    scored = at.score(empty)
    assert len(scored) == 0 and list(scored.columns) == list(at.score(PLAIN).columns)
    for call in (at.trend, at.change, at.marks, at.episodes, at.trace):
        assert len(call(scored)) == 0


def test_a_frame_of_strides_is_read_all_the_same():
    block = np.zeros((16, 2))
    block[:, 0], block[:, 1] = np.arange(1, 17), clinic.WORKED
    frame = pd.DataFrame(block, columns=["session", "score"])
    frame["client"], frame["measure"] = "A", "demo-alliance"
    same(at.marks(frame), at.marks(clinic.course(clinic.WORKED)))


def cells(frame, name):
    """A frame of any kind as pandas."""
    names = frame.columns if name == "polars" else frame.column_names
    return pd.DataFrame({key: (frame[key].to_list() if name == "polars" else
                               frame[key].to_pylist()) for key in names}).fillna(np.nan)


@pytest.mark.parametrize("name", ["polars", "pyarrow"])
def test_other_frames_come_back_as_their_own_kind(expected, name):
    library = pytest.importorskip(name)
    columns = {key: [None if pd.isna(cell) else cell for cell in PLAIN[key]] for key in PLAIN}
    frame = library.DataFrame(columns) if name == "polars" else library.table(columns)
    found = at.score(frame, subscales=True)
    assert type(found) is type(frame)
    same(cells(found, name), expected)
    for call in (at.trend, at.marks, at.episodes):
        same(cells(call(found), name), call(expected))
