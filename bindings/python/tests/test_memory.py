# Columns are read where they stand, and other threads run while the library works.
# SPDX-License-Identifier: MIT
import threading
import time

import clinic
import numpy as np
import pandas as pd
import pytest

import pyattune as at
from pyattune import changing, courses, scan, scoring, trending
from pyattune._attune import ffi, lib


class Listener:
    """Stands in the place of the library and notes what a call was handed."""

    def __init__(self, name):
        self.name, self.calls = name, []

    def __getattr__(self, name):
        found = getattr(lib, name)
        if name != self.name:
            return found

        def call(*arguments):
            self.calls.append(self.note(arguments))
            return found(*arguments)
        return call

    def note(self, arguments):
        """The addresses of the columns."""
        if self.name == "attune_trend_scan":
            pointers = arguments[3]  # y
        elif self.name == "attune_change_scan":
            pointers = arguments[6]  # scores
        elif self.name == "atn_batch_score":
            c = arguments[1]
            return [_number(c.items[i]) for i in range(c.n_items)] + [_number(c.given)]
        else:
            pointers = arguments[0].score
        return _number(pointers)


def _number(pointer):
    return int(ffi.cast("uintptr_t", pointer))


def address(frame, name):
    return frame[name].to_numpy().ctypes.data


@pytest.fixture
def scored():
    return at.score(clinic.course(clinic.WORKED))


@pytest.mark.filterwarnings("ignore::pyattune.MissingConstant")
@pytest.mark.parametrize("module, name, call", [
    (courses, "atn_batch_check", at.trend), (trending, "attune_trend_scan", at.trend),
    (changing, "attune_change_scan", at.change), (scan, "atn_batch_scan", at.marks),
    (scan, "atn_batch_scan", at.trace), (scan, "atn_batch_episodes", at.episodes)])
def test_the_scores_are_read_in_place(scored, monkeypatch, module, name, call):
    listener = Listener(name)
    monkeypatch.setattr(module, "lib", listener)
    call(scored)
    assert listener.calls == [address(scored, "score")]


def test_answers_and_totals_are_read_in_place(monkeypatch):
    rng = np.random.default_rng(5)
    columns = {f"item_{i + 1}": rng.integers(0, 4, 50).astype(float) for i in range(9)}
    forms = pd.DataFrame({"client": "A", "session": np.arange(50), "measure": "phq-9",
                          "score": np.nan, **columns})
    listener = Listener("atn_batch_score")
    monkeypatch.setattr(scoring, "lib", listener)
    at.score(forms)
    assert listener.calls == [[address(forms, name) for name in [*columns, "score"]]]


def test_what_goes_in_stays_as_it_was():
    forms = clinic.forms(clients=10)
    before = forms.copy(deep=True)
    scored = at.score(forms)
    kept = scored.copy(deep=True)
    at.trend(scored), at.marks(scored)
    pd.testing.assert_frame_equal(forms, before)
    pd.testing.assert_frame_equal(scored, kept)


def test_a_result_shares_nothing_with_what_went_in(scored):
    forms = clinic.course(clinic.WORKED)
    result = at.score(forms)
    result.loc[:, "score"] = 1.0
    assert list(forms["score"]) == clinic.WORKED


def test_read_only_columns_are_fine(scored):
    values = scored[["score"]].to_numpy().copy()
    values.flags.writeable = False
    frame = pd.DataFrame(values, columns=["score"], copy=False)
    frame["client"], frame["session"], frame["measure"] = "A", scored["session"], "demo-alliance"
    assert not frame["score"].to_numpy().flags.writeable
    assert len(at.marks(frame)) == len(at.marks(scored))


def test_other_threads_run_while_the_library_works(monkeypatch):
    """Moments of this thread lie inside a call of the other one."""
    n = 1500  # long enough for one call to take a good part of a second
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"client": "A", "session": np.arange(n), "measure": "x",
                          "score": rng.normal(size=n).cumsum()})
    span, moments = [], []

    class Timed:
        def __getattr__(self, name):
            found = getattr(lib, name)
            if name != "attune_trend_scan":
                return found

            def call(*arguments):
                span.append(time.perf_counter())
                status = found(*arguments)
                span.append(time.perf_counter())
                return status
            return call

    monkeypatch.setattr(trending, "lib", Timed())
    worker = threading.Thread(target=at.trend, args=(frame,))
    worker.start()
    while worker.is_alive():
        moments.append(time.perf_counter())
        time.sleep(0)
    worker.join()
    start, end = span
    inside = [moment for moment in moments if start < moment < end]
    assert end - start > .02
    # The call's own hand-over takes a moment at either end; the middle must be this thread's too.
    third = (end - start) / 3
    assert any(start + third < moment < end - third for moment in inside)


def test_the_extension_needs_no_library_of_ours_beside_it():
    with open("/proc/self/maps", encoding="utf-8") as maps:
        loaded = maps.read()
    assert "_attune." in loaded and "libattune" not in loaded
