# Live is batch: a monitor, the batch call and the stream, in pieces of any size, give one answer.
# SPDX-License-Identifier: MIT
import copy
import threading

import clinic
import numpy as np
import pytest

import pyattune as at
from pyattune import columns, scan
from pyattune._attune import ffi, lib
from pyattune.company import Company
from pyattune.constants import Given
from pyattune.plan import Plan

pytestmark = pytest.mark.filterwarnings("ignore::pyattune.MissingConstant")
PIECES = [1, 2, 3, 5, 7, 13, 10**6]


@pytest.fixture(scope="module")
def scored():
    return at.score(clinic.forms(clients=25, dates=False).dropna(subset=["session"]))


def plain(row):
    """A row in which missing equals missing."""
    return tuple("" if cell != cell or cell is None else cell for cell in row)


def rows(frame):
    return [plain(row) for row in frame.itertuples(index=False)]


def test_a_monitor_marks_what_the_batch_marks(scored):
    for (client, measure, rater), forms in scored.groupby(["client", "measure", "rater"]):
        monitor = at.Monitor(measure, rules="live")
        for session, score in zip(forms["session"], forms["score"]):
            peeked = monitor.peek(score, session=session)
            pushed = monitor.push(score, session=session)
            assert list(map(plain, pushed)) == list(map(plain, peeked))
        batch = at.marks(forms, rules="live").drop(columns=["client", "measure", "rater"])
        assert rows(monitor.marks) == rows(batch)


def test_a_monitor_traces_what_the_batch_traces(scored):
    forms = scored[scored["measure"] == "demo-alliance"]
    forms = forms[forms["client"] == forms["client"].iloc[0]]
    monitor, found = at.Monitor("demo-alliance", rules="live"), []
    for session, score in zip(forms["session"], forms["score"]):
        monitor.push(score, session=session)
        found += monitor.trace()
    batch = at.trace(forms, rules="live")
    assert [row.rule for row in found] == list(batch["rule"])
    np.testing.assert_array_equal([row.statistic for row in found], batch["statistic"])


def listened(client, forms, own, others):
    """A monitor that got everything that was said from the first to the last of its sessions."""
    mine = forms[forms["client"] == client]
    course = {name: dict(zip(rows["session"], rows["score"])) for name, rows in
              mine[mine["subscale"].isna()].groupby(["measure", "rater"])}
    parts = mine[mine["measure"] == own].dropna(subset=["subscale"])
    told = {name: course.get(key, {}) for name, key in others.items()}
    heard = {name: key[0] for name, key in others.items() if key in course}
    monitor = at.Monitor(own, rules="live", subscales=len(parts) > 0, **heard)
    sessions = sorted(course[own, "client"])
    traces = []
    for session in range(sessions[0], sessions[-1] + 1):
        said = {name: scores.get(session) for name, scores in told.items()}
        here = parts[parts["session"] == session]
        if session in course[own, "client"] or any(v is not None for v in said.values()):
            monitor.push(course[own, "client"].get(session), session=session,
                         subscales=dict(zip(here["subscale"], here["score"])), **said)
            if session in course[own, "client"]:
                traces += monitor.trace()
    return monitor, traces


@pytest.mark.parametrize("own, others", [
    ("demo-alliance", {"therapist": ("demo-alliance", "therapist"),
                       "distress": ("demo-distress", "client")}),
    ("wai-sr", {"therapist": ("demo-alliance", "therapist"), "distress": ("phq-9", "client")})])
def test_a_monitor_hears_what_the_batch_hears(own, others):
    if own == "wai-sr":
        forms = clinic.forms(clients=25, dates=False)
        forms = at.score(forms[forms["measure"] != "gad-7"], subscales=True)
    else:
        forms = at.simulate(clients=40, seed=5)[0]
        forms = forms.dropna(subset=["score"]).assign(subscale=np.nan)
    marks, traces, heard = at.marks(forms, rules="live"), at.trace(forms, rules="live"), 0
    for client in forms["client"].unique():
        monitor, found = listened(client, forms, own, others)
        batch = [frame[(frame["client"] == client) & (frame["measure"] == own)
                       & (frame["rater"] == "client")] for frame in (marks, traces)]
        assert rows(monitor.marks) == rows(batch[0].drop(columns=["client", "measure", "rater"]))
        np.testing.assert_array_equal([row.statistic for row in found], batch[1]["statistic"])
        heard += batch[0]["rule"].isin(["rupture_joint", "lag_order"]).sum()
    assert heard > 10


def test_what_a_monitor_was_not_told_of_is_refused():
    monitor = at.Monitor("demo-alliance", rules=["rupture_joint"], distress="core-10")
    for said in ({"therapist": 5}, {"subscales": {"bond": 3}}):
        with pytest.raises(at.ArgumentError):
            monitor.push(5, **said)
    for said in (99, "18", -1):
        with pytest.raises(at.DataError):
            monitor.push(5, distress=said)
    assert monitor.session == 0
    monitor.push(5, distress=18)
    assert monitor.session == 1


@pytest.mark.parametrize("wrong, kind", [
    ({"therapist": "phq-9"}, at.OptionError), ({"distress": "wai-sr"}, at.OptionError),
    ({"subscales": True}, at.OptionError), ({"distress": "nobody"}, at.UnknownError)])
def test_companions_of_another_kind_are_refused(wrong, kind):
    with pytest.raises(kind):
        at.Monitor("demo-alliance", rules="live", **wrong)


def test_companions_change_nothing_where_no_rule_listens():
    alone, both = (at.Monitor("demo-alliance", **more) for more in ({}, {"distress": "core-10"}))
    for score in clinic.WORKED:
        assert alone.push(score) == both.push(score, distress=20)


@pytest.mark.parametrize("piece", [1, 2, 3, 5, 7, 13])
def test_clients_in_pieces_are_the_whole(scored, piece):
    clients = scored["client"].unique()
    whole = [rows(call(scored)) for call in (at.marks, at.episodes, at.trace, at.trend, at.change)]
    for call, expected in zip((at.marks, at.episodes, at.trace, at.trend, at.change), whole):
        parts = [rows(call(scored[scored["client"].isin(clients[i:i + piece])]))
                 for i in range(0, len(clients), piece)]
        assert sum(parts, []) == expected


def test_little_room_gives_the_same(scored, monkeypatch):
    whole = [rows(call(scored)) for call in (at.marks, at.episodes, at.trace)]
    monkeypatch.setattr(scan, "ROOM", 1)
    assert [rows(call(scored)) for call in (at.marks, at.episodes, at.trace)] == whole


def stream(forms, group, piece):
    """The marks of attune_stream over pieces of a table of one measure."""
    company = Company(Plan("live"), Given(), "demo-alliance")
    out = ffi.new("attune_stream **")
    assert lib.attune_stream_new(out, company.watch, ffi.NULL, ffi.NULL) == lib.ATTUNE_OK
    handle = ffi.gc(out[0], lib.attune_stream_free)
    score = np.ascontiguousarray(forms["score"])
    session = forms["session"].to_numpy(np.int32)
    marks, found, start = columns.room(columns.MARK, 64), [], 0
    n_marks, n_rows = ffi.new("size_t *"), ffi.new("size_t *")
    while start < len(score):
        end = min(start + piece, len(score))
        batch = ffi.new("attune_batch *", {"struct_size": ffi.sizeof("attune_batch")})
        keep = [columns.pointer(group[start:end], "uint64_t"),
                columns.pointer(session[start:end], "int32_t"), columns.pointer(score, "double")]
        batch.group, batch.session, batch.score.values = keep
        batch.score.offset, batch.score.length = start, end - start
        assert lib.attune_stream_push(handle, batch, columns.pointer(marks), len(marks), n_marks,
                                      ffi.NULL, 0, ffi.NULL, n_rows, ffi.NULL) == lib.ATTUNE_OK
        found.append(marks[:n_marks[0]].copy())
        start += n_rows[0]
    return np.concatenate(found)


@pytest.mark.parametrize("piece", PIECES)
def test_the_stream_marks_what_the_batch_marks(scored, piece):
    forms = scored[scored["measure"] == "demo-alliance"]
    keys = forms["client"] + forms["rater"]
    group = np.cumsum(keys.ne(keys.shift()).to_numpy()).astype(np.uint64)
    batch = at.marks(forms, rules="live")
    found = stream(forms, group, piece)
    assert len(found) == len(batch) > 20
    for name in ("session", "observed", "limit", "statistic"):
        np.testing.assert_array_equal(found[name], batch[name], err_msg=name)


def test_a_later_session_never_changes_an_earlier_mark(scored):
    forms = scored[scored["measure"] == "demo-alliance"]
    whole = rows(at.marks(forms))
    early = rows(at.marks(forms[forms["session"] <= 12]))
    assert early == [row for row in whole if row[3] <= 12]


def test_a_peek_commits_nothing():
    monitor = at.Monitor("demo-alliance")
    for score in clinic.WORKED[:6]:
        monitor.push(score)
    assert monitor.peek(4.3) and monitor.session == 6 and not len(monitor.marks)
    assert monitor.push(5.7) == ()


def test_a_clone_goes_its_own_way():
    monitor = at.Monitor("demo-alliance")
    for score in clinic.WORKED[:6]:
        monitor.push(score)
    other = monitor.clone()
    assert other.push(4.3)[0].level == "severe"
    assert monitor.session == 6 and not len(monitor.marks) and len(other.marks) == 1
    assert monitor.push(5.7, session=7) == ()
    assert copy.deepcopy(other).session == 7


def test_a_refused_push_changes_nothing():
    monitor = at.Monitor("demo-alliance")
    monitor.push(5.0, session=3)
    for kind, arguments in ((at.DataError, {"score": 7.5}), (at.DataError, {"score": "5"}),
                            (at.DataError, {"score": 5, "date": "tomorrow"}),
                            (at.DataError, {"score": 5, "session": 1.5}),
                            (at.OrderError, {"score": 5, "session": 3})):
        with pytest.raises(kind):
            monitor.push(**arguments)
    assert monitor.session == 3


def test_waiting_ends_when_the_rule_can_answer():
    monitor = at.Monitor("demo-alliance", rules=["own_range"])
    left = monitor.wait()
    assert left > 0
    for taken in range(1, left + 1):
        monitor.push(5.0)
        assert monitor.wait("own_range") == left - taken
    with pytest.raises(at.ConstantError):
        at.Monitor("demo-alliance", rules="reliable_worse").wait()


def test_threads_may_share_a_monitor():
    monitor = at.Monitor("demo-alliance")

    def push():
        for _ in range(200):
            monitor.push(5.0)

    threads = [threading.Thread(target=push) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert monitor.session == 800


def test_threads_may_scan_one_frame(scored):
    expected, found = rows(at.marks(scored)), []
    threads = [threading.Thread(target=lambda: found.append(rows(at.marks(scored))))
               for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4
