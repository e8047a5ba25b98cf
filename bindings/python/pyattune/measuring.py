# Counting what rules say of simulated clients: sheets filled, rows measured from them.
# SPDX-License-Identifier: MIT
import math

import numpy as np
import pandas as pd

from pyattune._attune import ffi, lib
from pyattune.columns import ALARM, ALARM_FIELDS, column, pointer, room
from pyattune.errors import OptionError, check, new_error
from pyattune.plan import Plan
from pyattune.simulating import whole_number, world_of

SHEETS = 20  # between which the errors are measured
RATES = (.02, .05, .10)  # of false alarms, that statistics are swept to where ruptures are


class Sheets:
    """What the rules of a watch said of clients first, first + 1, ... of a world."""

    def __init__(self, watch, world, seed, first, clients, signal=lib.ATTUNE_SIGNAL_ALLIANCE,
                 lengths=None):
        self._err = new_error()
        n = min(clients, SHEETS)
        borders = [first + clients * i // n for i in range(n + 1)]
        self._filled = [self._fill(watch, world, signal, lengths, seed, a, b - a)
                        for a, b in zip(borders, borders[1:])]
        self._of = ffi.new("attune_alarm_sheet *[]",
                           [ffi.cast("attune_alarm_sheet *", sheet) for sheet in self._filled])
        self._size = lib.attune_alarm_measure_work(self._of, n)
        self._work = ffi.new("char[]", self._size)

    def _fill(self, watch, world, signal, lengths, seed, first, clients):
        size = lib.attune_alarm_sheet_size(watch, world, clients)
        work = lib.attune_alarm_fill_work(watch, world)
        sheet, scratch = ffi.new("char[]", size), ffi.new("char[]", work)
        check(lib.attune_alarm_fill(watch, world, signal, pointer(lengths, "int32_t"),
                                    0 if lengths is None else len(lengths), seed, first, clients,
                                    ffi.cast("attune_alarm_sheet *", sheet), size, scratch, work,
                                    self._err), self._err)
        return sheet

    def measure(self, rule, level, rate, row):
        """Fills one attune_alarm."""
        check(lib.attune_alarm_measure(self._of, len(self._filled), rule, level, rate, self._work,
                                       self._size, row, self._err), self._err)


# Which ratings a rule is given, by the first construct that it looks at, and with which scale.
_SIGNALS = ((lib.ATTUNE_CONSTRUCT_ALLIANCE, lib.ATTUNE_SIGNAL_ALLIANCE, b"demo-alliance"),
            (lib.ATTUNE_CONSTRUCT_DISTRESS, lib.ATTUNE_SIGNAL_DISTRESS, b"demo-distress"))


def _constants(scale):
    constants = ffi.new("attune_constants *", {"struct_size": ffi.sizeof("attune_constants")})
    check(lib.attune_scale_constants(lib.attune_scale_find(scale), constants))
    return constants


def _watch(plan, places, signal):
    """Alliance comes with the therapist's ratings and distress, as in the table."""
    own = _constants(dict((s, scale) for _, s, scale in _SIGNALS)[signal])
    others = [(lib.ATTUNE_ROLE_THERAPIST, _constants(b"demo-alliance")),
              (lib.ATTUNE_ROLE_DISTRESS, _constants(b"demo-distress"))] \
        if signal == lib.ATTUNE_SIGNAL_ALLIANCE else []
    size = ffi.sizeof("attune_companion")
    companions = ffi.new("attune_companion[]", [(size, *one) for one in others])
    choices = ffi.new("attune_rule_choice[]", [plan.c[i] for i in places])
    out, err = ffi.new("attune_watch **"), new_error()
    check(lib.attune_watch_new_joint(out, own, companions, len(others), choices, len(places),
                                     ffi.NULL, err), err)
    return ffi.gc(out[0], lib.attune_watch_free)


def _rounded(values):
    """To five decimals, as in the table: the errors are larger."""
    return np.floor(values * 1e5 + .5) / 1e5


def measure_alarms(rules="default", world="default", sessions=None, clients=2000, seed=1):
    """How often rules err and what they find, in simulated courses whose truth is known.

    rules:    as for marks; with the parameters given, {"own_range": {"k_possible": 1.9}}. Rules of
              direct reports are left to pyattune.alarms().
    world:    "steady", "default" and the others that `attune simulate --help` names.
    sessions: of every course; None: as the world has it.
    clients:  how many; seed: which ones.

    Returns a pandas DataFrame with the columns of pyattune.alarms and, for rules with their
    default parameters, the figures of `attune rules --measure-alarms`: three rows a rule, for its
    marks of each level and above, and where the world has ruptures three more, for its statistic
    swept to 2, 5 and 10 % false alarms; one row where it never answers, and silent says why.
    It is a model: it ranks rules and prices alarms; it is not how often a rule errs with people.
    Raises UnknownError for a world that is none, OptionError, and what marks raises for rules.
    """
    plan, place = Plan(rules), world_of(world)
    clients = whole_number("clients", clients, 1, 10**7)
    seed = whole_number("seed", seed, 0, 2**31 - 1)
    if sessions is not None:
        place.sessions_min = place.sessions_max = whole_number(
            "sessions", sessions, 1, lib.ATTUNE_WORLD_SESSIONS_MAX)
    found = {}
    for construct, signal, _ in _SIGNALS:
        places = [i for i, info in enumerate(plan.infos)
                  if i not in found and info.constructs >> construct & 1]
        if places:
            sheets = Sheets(_watch(plan, places, signal), place, seed, 0, clients, signal)
            found.update({i: list(_asked(sheets, k)) for k, i in enumerate(places)})
    if not found:
        raise OptionError("expected rules that look at alliance or distress", column="rules")
    every = np.concatenate([row for i in sorted(found) for row in found[i]])
    made = {f.name: column(f, every) for f in ALARM_FIELDS}
    for field in ALARM_FIELDS:
        if field.type == lib.ATTUNE_FIELD_REAL:
            made[field.name] = _rounded(made[field.name])
    made["world"] = np.full(len(every), str(world), dtype=object)
    made["sessions"] = np.full(len(every), np.nan if sessions is None else sessions)
    return pd.DataFrame(made)


def _asked(sheets, rule):
    """The rows of one rule."""
    asks = [(level, math.nan) for level in range(lib.ATTUNE_LEVEL_SEVERE + 1)]
    asks += [(lib.ATTUNE_ALARM_SWEPT, rate) for rate in RATES]
    for level, rate in asks:
        row = room(ALARM, 1)
        sheets.measure(rule, level, rate, pointer(row))
        if level < 0 and row["ruptures"][0] == 0:
            return
        yield row
        if row["silent"][0] >= 0:
            return
