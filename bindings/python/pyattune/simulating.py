# Simulated caseloads with known truth, and the false-alarm table that was measured in them.
# SPDX-License-Identifier: MIT
import numbers

import numpy as np
import pandas as pd

from pyattune._attune import ffi, lib
from pyattune.catalogue import text
from pyattune.columns import (ALARM, ALARM_FIELDS, RUPTURE, RUPTURE_FIELDS, column, pointer, room)
from pyattune.errors import OptionError, UnknownError, check, new_error

# Columns of a simulation: its member, measure and rater; and those of one row a session.
_SERIES = (("alliance", "demo-alliance", "client"), ("therapist", "demo-alliance", "therapist"),
           ("distress", "demo-distress", "client"))
_SESSION_REALS = ("before", "report")
_SESSION_COUNTS = ("in_rupture", "withdrawal", "confrontation", "shift")
_SHIFTS = np.array(["gain", None, "loss"], dtype=object)


def whole_number(name, value, low, high):
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) \
            or not low <= value <= high:
        raise OptionError(f"expected a whole number from {low} to {high}", column=name)
    return int(value)


def world_of(name):
    world = ffi.new("attune_world *", {"struct_size": ffi.sizeof("attune_world")})
    if lib.attune_world_describe(str(name).encode("utf-8", "replace"), world) != lib.ATTUNE_OK:
        known = [text(lib.attune_world_name(i)) for i in range(lib.attune_world_count())]
        raise UnknownError(f"expected one of {', '.join(known)}", column="world")
    return world


class _Bench:
    """What one client is simulated in, again and again."""

    def __init__(self, world, seed):
        self.world, self.seed, self.err = world, seed, new_error()
        reals = (*(name for name, _, _ in _SERIES), *_SESSION_REALS)
        self.columns = {name: np.empty(world.sessions_max) for name in reals}
        self.counts = {name: np.empty(world.sessions_max, dtype=np.int32)
                       for name in _SESSION_COUNTS}
        self.ruptures = room(RUPTURE, world.sessions_max)
        self.work_size = lib.attune_simulate_work(world)
        self.work = ffi.new("char[]", self.work_size)
        self.one = ffi.new("attune_simulation *", {
            "struct_size": ffi.sizeof("attune_simulation"),
            "ruptures": pointer(self.ruptures),
            **{name: ffi.from_buffer("double[]", values)
               for name, values in self.columns.items()},
            **{name: ffi.from_buffer("int32_t[]", values)
               for name, values in self.counts.items()}})

    def make(self, client):
        """Scores of every series of the client, the ruptures, the sessions and the therapist."""
        check(lib.attune_simulate(self.world, self.seed, client, self.work, self.work_size,
                                  self.one, self.err), self.err)
        n = self.one.sessions
        sessions = [values[:n].copy() for values in (*(self.columns[k] for k in _SESSION_REALS),
                                                     *self.counts.values())]
        return ([self.columns[name][:n].copy() for name, _, _ in _SERIES],
                self.ruptures[:self.one.n_ruptures].copy(), sessions,
                f"T-{self.one.therapist_number + 1:06d}")


def simulate(world="default", clients=100, seed=1, sessions=False):
    """A synthetic caseload of which the truth is known: two frames, forms and ruptures.

    world:    "default", "steady" and the others that `attune simulate --help` names.
    clients:  how many; a client is the same however many follow.
    seed:     which caseload of that world.
    sessions: True for a third frame, one row a session.
    The forms have the columns client, session, measure, rater, clinician, score (NaN: not
    completed), as score, marks and the other functions take them; the ruptures client,
    onset_session, last_session, shape, status, depth; the sessions client, session, before
    (alliance before it), report, in_rupture, withdrawal, confrontation, shift ("gain", "loss" or
    None). Row by row as `attune simulate` writes them. attune/simulate.h states the model: how
    often a rule errs in it is not how often it errs with people. Raises UnknownError for a world
    that is none, OptionError for the numbers.
    """
    bench = _Bench(world_of(world), whole_number("seed", seed, 0, 2**31 - 1))
    made = [bench.make(i) for i in range(whole_number("clients", clients, 1, 10**7))]
    names = [f"S-{i + 1:07d}" for i in range(len(made))]
    frames = _forms(names, made), _truth(names, [ruptures for _, ruptures, _, _ in made])
    return (*frames, _sessions(names, [rows for _, _, rows, _ in made])) if sessions else frames


def _forms(names, made):
    lengths = np.array([len(series[0]) for series, _, _, _ in made])
    each = np.repeat(lengths, len(_SERIES))
    return pd.DataFrame({
        "client": np.repeat(np.array(names, dtype=object), lengths * len(_SERIES)),
        "session": np.concatenate([np.arange(1, n + 1) for n in each]),
        "measure": np.repeat([m for _, m, _ in _SERIES] * len(made), each),
        "rater": np.repeat([r for _, _, r in _SERIES] * len(made), each),
        "clinician": np.repeat(np.array([t for _, _, _, t in made], dtype=object),
                               lengths * len(_SERIES)),
        "score": np.concatenate([values for series, _, _, _ in made for values in series]),
    })


def _truth(names, ruptures):
    every = np.concatenate(ruptures)
    counts = [len(some) for some in ruptures]
    return pd.DataFrame({"client": np.repeat(np.array(names, dtype=object), counts),
                         **{f.name: column(f, every) for f in RUPTURE_FIELDS}})


def _sessions(names, made):
    counts = [len(rows[0]) for rows in made]
    frame = pd.DataFrame({"client": np.repeat(np.array(names, dtype=object), counts),
                          "session": np.concatenate([np.arange(1, n + 1) for n in counts])})
    for i, name in enumerate((*_SESSION_REALS, *_SESSION_COUNTS)):
        frame[name] = np.concatenate([rows[i] for rows in made])
    frame["shift"] = _SHIFTS[frame["shift"].to_numpy() + 1]
    return frame


def alarms(rule=None):
    """The false-alarm table: what every rule errs and finds in simulated courses.

    rule: None for all of them, or a rule's id.
    The columns are those of `attune rules --alarms --csv`; errors are standard errors of the
    simulation. Raises UnknownError when there is no such rule.
    """
    wanted = lib.attune_rule_find(str(rule).encode()) if rule is not None else ffi.NULL
    if rule is not None and not wanted:
        raise UnknownError("no such rule; pyattune.rules() lists them", column="rule")
    every = room(ALARM, lib.attune_alarm_table_count())
    every["struct_size"] = ALARM.itemsize
    rows = pointer(every)
    for i in range(len(every)):
        lib.attune_alarm_table_describe(i, rows + i)
    table = pd.DataFrame({f.name: column(f, every) for f in ALARM_FIELDS})
    keep = [_is_current(name, version) and rule in (None, name)
            for name, version in zip(table["rule"], table["version"])]
    return table[keep].reset_index(drop=True)


def _is_current(name, version):
    """Rows of an older version of a rule say nothing of it."""
    found = lib.attune_rule_find(name.encode())
    info = ffi.new("attune_rule_info *", {"struct_size": ffi.sizeof("attune_rule_info")})
    return lib.attune_rule_describe(found, info) == lib.ATTUNE_OK and info.version == version
