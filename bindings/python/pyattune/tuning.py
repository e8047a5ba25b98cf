# Thresholds for an alarm budget, in simulated courses like those of a clinic.
# SPDX-License-Identifier: MIT
import math
import warnings

import numpy as np
import pandas as pd

from pyattune._attune import ffi, lib
from pyattune.catalogue import rule_params, text
from pyattune.clinic import Clinic, watch_of
from pyattune.columns import ALARM, pointer, room
from pyattune.constants import Given, Measures, number
from pyattune.courses import RATERS, Courses
from pyattune.errors import MissingConstant, OptionError, TooFewError, check, new_error
from pyattune.measuring import Sheets
from pyattune.plan import Plan
from pyattune.simulating import whole_number

_LEVELS = ("possible", "probable", "severe")
_FIGURES = ("alarms_per_100", "alarms_error", "clients_per_100", "clients_error")
# Column and member of the estimated world.
_WORLD = (("level_mean", "level_mean"), ("level_sd", "level_sd"), ("slope_mean", "slope_mean"),
          ("slope_sd", "slope_sd"), ("within_sd", "within_sd"), ("within_cv", "within_cv"),
          ("inertia", "ar_phi"), ("missing", "missing"))


def _chosen(courses, measure, rater):
    """Which courses are tuned for: those of one measure and rater."""
    if rater not in RATERS:
        raise OptionError(f"expected one of {', '.join(RATERS)}", column="rater")
    of = np.flatnonzero(courses.rater == RATERS.index(rater))
    if measure is not None:
        ids = courses.measures.ids
        of = of[courses.measure[of] == (ids.index(measure) if measure in ids else -1)]
    if not len(of):
        raise TooFewError("expected courses of this measure and rater, found none")
    if (courses.measure[of] != courses.measure[of[0]]).any():
        raise OptionError("expected measure=, for the frame holds several", column="measure")
    return of


def _world(clinic, constants, err):
    """Steady, like the courses; and what it was estimated from."""
    world = ffi.new("attune_world *", {"struct_size": ffi.sizeof("attune_world")})
    facts = ffi.new("attune_world_facts *", {"struct_size": ffi.sizeof("attune_world_facts")})
    check(lib.attune_world_describe(b"steady", world))
    world.low = -1e6 if math.isinf(constants.score_min) else constants.score_min
    world.high = 1e6 if math.isinf(constants.score_max) else constants.score_max
    world.steps = 1 / constants.score_step if constants.score_step > 0 else 0
    world.sessions_min, world.sessions_max = 1, int(clinic.lengths.max())
    check(lib.attune_world_estimate(*clinic.arguments(), world, facts, err), err)
    return world, facts


class _Count:
    """Counts the alarms of rules as they are: always of the same simulated clients."""

    def __init__(self, clinic, constants, world, clients, seed):
        self.clinic, self.constants, self.world = clinic, constants, world
        self.clients, self.seed = clients, seed

    def alarms(self, tune, level, first):
        """A row a rule at this level, of clients from first on."""
        n = tune.n_rules
        choices = ffi.new("attune_rule_choice[]", [tune.rules[r].choice for r in range(n)])
        sheets = Sheets(watch_of(self.constants, choices, n), self.world, self.seed, first,
                        self.clients, lengths=self.clinic.lengths)
        rows = room(ALARM, n)
        rows["struct_size"] = ALARM.itemsize
        for r in range(n):
            sheets.measure(r, level, math.nan, pointer(rows) + r)
        return rows


def _search(plan, constants, budget, count):
    """The tuned rules, and their alarms at each level of clients that had no say in it."""
    meant = [i for i, info in enumerate(plan.infos) if info.constructs >> constants.construct & 1]
    if not meant:
        raise OptionError("expected a rule that looks at such a measure", column="rules")
    choices = ffi.new("attune_rule_choice[]", [plan.c[i] for i in meant])
    tune, err = ffi.new("attune_tune *", {"struct_size": ffi.sizeof("attune_tune")}), new_error()
    check(lib.attune_tune_begin(tune, choices, len(meant), budget, err), err,
          column="alarms_per_100")
    while tune.level >= 0:
        rows = count.alarms(tune, tune.level, 0)
        check(lib.attune_tune_take(tune, pointer(rows), len(rows), err), err)
    found = [count.alarms(tune, level, count.clients)
             for level in range(lib.ATTUNE_TUNE_LEVELS)]
    return [plan.infos[i] for i in meant], tune, found


def _rows(infos, tune, alarms):
    """One row a threshold; a rule without any has one, which says why."""
    for r, info in enumerate(infos):
        rule, params = tune.rules[r], list(rule_params(tune.rules[r].choice.rule))
        for j in range(max(rule.thresholds, 1)):
            has = j < rule.thresholds
            known = has and not math.isnan(rule.value[j])
            param = params[rule.param[j]] if has else None
            why = lib.attune_tune_silence(ffi.addressof(tune.rules, r), pointer(alarms[0]) + r)
            yield {"rule": text(info.id), "version": info.version,
                   "level": _LEVELS[j] if rule.thresholds > 1 else None,
                   "parameter": text(param.name) if param else None,
                   "value": rule.value[j] if known else math.nan,
                   "default": param.value if param else math.nan,
                   **{name: math.floor(alarms[j][name][r] * 1e5 + .5) / 1e5 if known else math.nan
                      for name in _FIGURES},
                   "silent": None if known else text(why)}


def tune(scored, alarms_per_100, measure=None, rater="client", rules="all", clients=2000, seed=1,
         within_sd=None, higher=None, scales=None):
    """Thresholds of rules for an alarm budget, from a clinic's own courses.

    scored:   as for marks; only the courses of one measure and rater are looked at.
    alarms_per_100: false alarms per 100 sessions at the lowest level, above 0; half of that at the
              next level, a quarter at the one above.
    measure:  its id; None: the frame holds one alone. rater: whose forms.
    rules, within_sd, higher, scales: as for marks.
    clients:  how many steady courses like the clinic's are simulated; seed: which ones.

    Returns a pandas DataFrame with the columns and figures of `attune rules --tune --csv`, one row
    a threshold: measure, rater, rule, version, level, parameter, value (NaN: none), default,
    alarms_per_100 and clients_per_100 with their errors (of clients that had no say in the
    thresholds), silent (why there is no value), and what was estimated of the courses. Marks with
    them: marks(scored, rules={"own_range": {"k_possible": 1.9}}).
    Ruptures in the courses widen their spread, so that thresholds lie on the side of fewer alarms.
    Rules that listen to other signals are not tuned: what goes with the courses is not estimated.

    Warns (MissingConstant) where no within-person SD is known: the estimated one is taken. Raises
    TooFewError for too few courses, OptionError, and what marks raises.
    """
    clients = whole_number("clients", clients, 1, 10**7)
    seed = whole_number("seed", seed, 0, 2**31 - 1)
    plan, given = Plan(rules), Given(scales, higher, within_sd=within_sd)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    of = _chosen(courses, measure, rater)
    which = int(courses.measure[of[0]])
    about = courses.measures.c[which]
    if not about.direction_known:
        raise OptionError("expected higher=, for no scale describes the measure", column="higher")
    constants, err = ffi.addressof(about, "constants"), new_error()
    clinic = Clinic(courses, of)
    world, facts = _world(clinic, constants, err)
    if math.isnan(constants.within_sd):
        constants.within_sd = world.within_sd
        warnings.warn(f"{courses.measures.name(which)}: no within-person SD is known: the "
                      "estimated one is taken; give it to marks(within_sd=)", MissingConstant,
                      stacklevel=2)
    count = _Count(clinic, constants, world, clients, seed)
    infos, found, alarms = _search(plan, constants, number("alarms_per_100", alarms_per_100),
                                   count)
    made = pd.DataFrame(_rows(infos, found, alarms))
    made.insert(0, "rater", rater)
    made.insert(0, "measure", courses.measures.ids[which])
    for name in ("courses", "forms", "total_sd"):
        made[name] = getattr(facts, name)
    for name, member in _WORLD:
        made[name] = getattr(world, member)
    return made
