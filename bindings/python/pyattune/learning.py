# What is usual at a clinic, learnt from its own courses.
# SPDX-License-Identifier: MIT
import numpy as np

from pyattune._attune import ffi, lib
from pyattune.catalogue import rule_info, rule_params, text
from pyattune.clinic import Clinic, watch_of
from pyattune.constants import Given, Measures, word
from pyattune.courses import RATERS, Courses
from pyattune.errors import ConstantError, NumericError, OptionError, check, new_error
from pyattune.plan import Plan

_CODES = {name: i for i, name in enumerate(RATERS)}


def _chosen(courses, measure, rater):
    """What is known of the measure, and the numbers of its courses by that rater."""
    ids = courses.forms.measures
    code = ids.index(measure) if measure in ids else -1
    of = np.flatnonzero((courses.measure == code) & (courses.rater == _CODES[rater]))
    if not len(of):
        raise OptionError("expected forms of such a measure by that rater", column="measure")
    about = courses.measures.c[code]
    if not about.direction_known:
        raise OptionError("expected 'better' or 'worse' for a measure that no scale describes",
                          column="higher")
    return about, of


def _learn(clinic, constants, choice):
    """The attune_learnt of a rule."""
    err, found = new_error(), ffi.new("attune_learnt *")
    found.struct_size = ffi.sizeof("attune_learnt")
    status = lib.attune_rule_learn(watch_of(constants, choice, 1), choice, *clinic.arguments(),
                                   found, err)
    if status == lib.ATTUNE_E_CONSTANT:
        raise ConstantError("expected the measure's SD within one client", column="within_sd")
    check(status, err)
    if not found.settled:
        raise NumericError("expected courses that are more like what the rule holds of them",
                           column="score")
    return found


def _learns(info, construct):
    """The places of the parameters that a rule learns of such measures."""
    meant = info.constructs >> construct & 1
    return [i for i in range(info.param_count) if meant and info.learns >> i & 1]


def _names(choice):
    return [text(param.name) for param in rule_params(choice.rule)]


def _rows(clinic, constants, choice, measure, rater):
    """A row a parameter that the rule learns; none when it learns nothing of such courses."""
    info = rule_info(choice.rule)
    places = _learns(info, constants.construct)
    if not places:
        return []
    found, names = _learn(clinic, constants, choice), _names(choice)
    return [{"measure": measure, "rater": rater, "rule": text(info.id), "version": info.version,
             "parameter": names[i], "value": found.params[i], "default": choice.params[i],
             "error": found.error[i], "courses": found.courses, "forms": found.forms,
             "gain": found.gain} for i in places]


def _rules(choices, rows):
    """All rules with all their parameters, those that were learnt by their names."""
    learnt = {row["parameter"]: row["value"] for row in rows}
    return {text(rule_info(choice.rule).id):
            {name: learnt.get(name, choice.params[i]) for i, name in enumerate(_names(choice))}
            for choice in choices}


def learn(scored, measure, rater="client", rules="default", higher=None, within_sd=None,
          scales=None):
    """What is usual at a clinic, in the place of what rules that are models hold usual.

    scored:    as for trend; 100 courses of three completed forms or more are wanted.
    measure:   its id; rater: whose forms.
    rules:     a set's name, rule ids, what load_rules returns, or a mapping from id to parameters,
               with at least one that is a model, such as "rupture_filter". Its parameters are what
               the prior is about.
    higher, within_sd, scales: as for marks.

    Returns a new frame of the same kind and a mapping. The frame has one row a parameter:
    measure, rater, rule, version, parameter, value, default (as it was given), error (standard
    error; NaN at an end of its range), courses, forms and gain (how much the log density grew).
    The mapping has all the rules with all their parameters, learnt where there is such a row:
    give it as rules= to marks, episodes, trace or Monitor. attune/learn.h says how it learns,
    docs/filter.md what that does to the chances.

    Raises OptionError; TooFewError for fewer courses; ConstantError without a within-client SD;
    NumericError for courses that are too unlike the model; as score does.
    """
    word("rater", rater, _CODES)
    plan = Plan(rules)
    given = Given(scales, higher, within_sd=within_sd)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    about, of = _chosen(courses, measure, rater)
    clinic, constants = Clinic(courses, of), ffi.addressof(about, "constants")
    choices = [ffi.addressof(plan.c, i) for i in range(len(plan))]
    rows = [row for choice in choices
            for row in _rows(clinic, constants, choice, measure, rater)]
    if not rows:
        raise OptionError("expected a rule that is a model of such courses", column="rules")
    columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    for name in ("measure", "rater", "rule", "parameter"):
        columns[name] = columns[name].astype(object)
    return courses.make(columns), _rules(choices, rows)
