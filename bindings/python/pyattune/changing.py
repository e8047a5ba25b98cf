# Reliable and clinically significant change of every course of a scored frame.
# SPDX-License-Identifier: MIT
import math

import numpy as np

from pyattune._attune import ffi, lib
from pyattune.columns import (CHANGE, CHANGE_DETAILS, CHANGE_FIELDS, CHANGE_SLOPE, EFFECT,
                              EFFECT_FIELDS, column, counts, pointer, room)
from pyattune.constants import Given, Measures, number, word
from pyattune.courses import RATERS, Courses
from pyattune.errors import OptionError, check, new_error

_FIELDS = {field.name: field for field in CHANGE_FIELDS}
_METHODS = {name: code for code, name in enumerate(_FIELDS["method"].names)}
_CUTOFFS = {name: code for code, name in enumerate(_FIELDS["cutoff_type"].names)}
_CONVENTIONS = {"corrected": lib.ATTUNE_CHANGE_CORRECTED, "package": lib.ATTUNE_CHANGE_PACKAGE}
_ALONE = ("jt", "percentage", "anchor")  # methods that need no group of clients


def _above(name, value, most=math.inf):
    found = number(name, value)
    if not (math.isnan(found) or 0 < found <= most):
        raise OptionError("expected a number above 0" + (", up to 1" if most == 1 else ""),
                          column=name)
    return found


class _How:
    """What was asked for, checked: the method and all that goes with it."""

    def __init__(self, method, cutoff_type, convention, reliability_post, improved, deteriorated):
        self.method = word("method", method, _METHODS)
        self.needs_group = method not in _ALONE
        self.by_slope = method == "hlm"
        self.cutoff_type = -1 if cutoff_type is None else word("cutoff_type", cutoff_type, _CUTOFFS)
        self.convention = word("convention", convention, _CONVENTIONS)
        self.reliability_post = _above("reliability_post", reliability_post, 1)
        self.improved = _above("improved", improved)
        self.deteriorated = _above("deteriorated", deteriorated)

    def fill(self, options, group, slopes):
        options.struct_size = ffi.sizeof("attune_change_options")
        options.method, options.cutoff_type = self.method, self.cutoff_type
        options.basis, options.convention = lib.ATTUNE_BASIS_NONE, self.convention
        options.group, options.slopes = group, slopes
        options.reliability_post = self.reliability_post
        options.percent_improved = options.points_improved = self.improved
        options.percent_deteriorated = options.points_deteriorated = self.deteriorated


def _kept(courses, pre, post, between):
    """The scores that are compared, NaN where a session is not asked for; for HLM all between."""
    if pre is None and post is None:
        return courses.score
    course = np.repeat(np.arange(courses.count), np.diff(courses.starts).astype(np.int64))
    session, known = courses.session, ~np.isnan(courses.score)
    whole = np.ones(courses.count, dtype=bool)
    for end in (pre, post):
        if end is not None:
            whole &= np.bincount(course[known & (session == end)], minlength=courses.count) > 0
    if pre is not None and post is not None and not between:
        wanted = (session == pre) | (session == post)
    else:
        wanted = (session >= (-1 if pre is None else pre)) & (post is None or session <= post)
    return np.where(wanted & whole[course], courses.score, np.nan)


def _ends(courses, score):
    """First and last observed score of each course; NaN both when there are not two."""
    course = np.repeat(np.arange(courses.count), np.diff(courses.starts).astype(np.int64))
    known = np.flatnonzero(~np.isnan(score))
    of = course[known]
    pre, post = np.full(courses.count, np.nan), np.full(courses.count, np.nan)
    pre[of[::-1]] = score[known[::-1]]
    post[of] = score[known]
    alone = np.bincount(of, minlength=courses.count) < 2
    pre[alone] = post[alone] = np.nan
    return pre, post


class _Kinds:
    """One measure and rater each: the constants, the options and the group of its courses."""

    def __init__(self, courses, how, caseload, sd, clinical, score):
        pairs = np.stack([courses.measure.astype(np.int64), courses.rater], axis=1)
        found, kind = np.unique(pairs, axis=0, return_inverse=True)
        self.measure = found[:, 0]
        self.kind = kind.reshape(-1).astype(np.uint32)
        self.count = max(len(found), 1)
        self.constants = ffi.new("attune_constants[]", self.count)
        self.options = ffi.new("attune_change_options[]", self.count)
        self.groups = ffi.new("attune_change_group[]", self.count)
        self.slopes = self._fit_slopes(courses, score) if how.by_slope else ffi.NULL
        pre, post = _ends(courses, score) if how.needs_group or caseload else (None, None)
        if how.by_slope:
            slopes = np.frombuffer(ffi.buffer(self.slopes), CHANGE_SLOPE)
            pre[np.isnan(slopes["slope"][:courses.count])] = np.nan
        for k in range(len(found)):
            self._fill_constants(k, courses, caseload, sd, clinical)
            group = ffi.NULL
            if pre is not None:
                group = self._group(k, courses, pre, post, sd)
            how.fill(self.options[k], group, self.slopes)

    def _fill_constants(self, k, courses, caseload, sd, clinical):
        measure = courses.measures.c[int(self.measure[k])]
        constants = self.constants[k]
        ffi.memmove(ffi.addressof(constants), ffi.addressof(measure, "constants"),
                    ffi.sizeof("attune_constants"))
        if not measure.direction_known:
            constants.direction = 0
        if caseload:
            constants.sd, constants.change_threshold = sd, math.nan
            constants.clinical_mean, constants.clinical_sd = clinical

    def _fit_slopes(self, courses, score):
        """Each course's slope by the model of its measure and rater; says where there is none."""
        slopes = ffi.new("attune_change_slope[]", max(courses.count, 1))
        slopes[0].struct_size = ffi.sizeof("attune_change_slope")
        size = lib.attune_change_slope_work(courses.count, len(score))
        work, statuses = ffi.new("double[]", size // 8 + 1), ffi.new("int32_t[]", self.count)
        err = new_error()
        if courses.count:
            check(lib.attune_change_slope_fit(
                self.count, pointer(self.kind, "uint32_t"), pointer(courses.starts, "uint64_t"),
                courses.count, pointer(courses.session, "int32_t"), pointer(score, "double"),
                len(score), work, size, slopes, statuses, err), err)
        for k in range(len(self.measure)):
            if statuses[k] != lib.ATTUNE_OK:
                courses.measures.warn(int(self.measure[k]), "the courses tell no slopes: too few "
                                      "of three scores or more, or exact lines")
        return slopes

    def _group(self, k, courses, pre, post, sd):
        mine = self.kind == k
        first, last = np.ascontiguousarray(pre[mine]), np.ascontiguousarray(post[mine])
        group = ffi.addressof(self.groups, k)
        group.struct_size = ffi.sizeof("attune_change_group")
        if lib.attune_change_group_fit(pointer(first, "double"), pointer(last, "double"),
                                       len(first), group, ffi.NULL) != lib.ATTUNE_OK:
            courses.measures.warn(int(self.measure[k]), "too few clients have two scores to be a "
                                                        "group")
            return ffi.NULL
        if not math.isnan(sd):
            group.pre_sd = sd
        return group


def _confirmed(courses, changes):
    """The session of the first confirmed reliable change; NaN where there is none."""
    row = changes["confirmed_row"]
    place = courses.starts[:-1].astype(np.int64) + np.maximum(row, 0)
    return counts(np.where(row < 0, -1, courses.session[np.minimum(place,
                                                                   len(courses.session) - 1)]))


def _warn(courses, changes):
    """Say which constants a measure lacks."""
    measures = courses.measures
    measures.warn_directions()
    compared = ~np.isnan(changes["change"])
    for i in range(len(measures.ids)):
        mine = compared & (courses.measure == i)
        if not measures.c[i].direction_known or not mine.any():
            continue
        first = changes[np.argmax(mine)]
        if first["basis"] == lib.ATTUNE_BASIS_NONE:
            measures.warn(i, "no reliable change is known, so nothing is said of it (sd=, "
                             "reliability=)")
        if math.isnan(first["cutoff"]):
            measures.warn(i, "no cut-off is known, so nobody counts as recovered or harmed "
                             "(functional_mean=, functional_sd=, clinical_mean=, clinical_sd=)")


def _scan(courses, kinds, score):
    changes = room(CHANGE, max(courses.count, 1))
    if courses.count:
        err = new_error()
        courses.refuse(lib.attune_change_scan(
            kinds.constants, kinds.options, kinds.count, pointer(kinds.kind, "uint32_t"),
            pointer(courses.starts, "uint64_t"), courses.count, pointer(score, "double"),
            len(score), pointer(changes), err), err)
    return changes[:courses.count]


def plain_changes(courses):
    """The changes of all courses as change gives them without any option: an array of structs."""
    how = _How("jt", None, "corrected", None, None, None)
    nothing = math.nan, math.nan
    return _scan(courses, _Kinds(courses, how, False, math.nan, nothing, courses.score),
                 courses.score)


def change(scored, method="jt", sd=None, reliability=None, functional_mean=None,
           functional_sd=None, clinical_mean=None, clinical_sd=None, cutoff_type=None,
           higher=None, scales=None, reliability_post=None, improved=None, deteriorated=None,
           convention="corrected", caseload=False, pre=None, post=None, details=False):
    """Reliable and clinically significant change: one row a client, measure and rater.

    scored:      as for trend.
    method:      "jt", Jacobson and Truax 1991; "gln", "hll", "en", "nk", "ha", "maassen" or
                 "mcnemar", which stand on the means and SDs of this frame's own clients, by measure
                 and rater; "hlm", one slope a client by a model of all that have three scores, with
                 all sessions or those from pre to post; "percentage" or "anchor", which ask for
                 improved and deteriorated. include/attune/change.h has the formulas.
    sd, reliability: of the population that reliable change refers to, in score points and 0 to 1;
                 either makes the formula decide instead of the scale's published threshold.
    functional_mean, functional_sd, clinical_mean, clinical_sd: norms, in score points.
    cutoff_type: None for the published cut-off, else c; "published", "a", "b" or "c".
    higher:      "better" or "worse", for measures that no scale describes.
    scales:      a clinic's own, from load_scales.
    reliability_post: "nk" and "mcnemar": reliability of the last score; None: as the first's.
    improved, deteriorated: "percentage": share of the first score that counts, .5 is half;
                 "anchor": score points.
    convention:  "corrected", or "package" for the R package clinicalsignificance, where it differs.
    caseload:    True: SD and clinical norms of this frame's own clients.
    pre, post:   sessions to compare; None: the first and the last completed.
    details:     True: also rci_p, threshold, post_index and confirmed_session, the first session
                 of reliable change that the next completed form bears out.
    What is given here stands for every measure of the frame.

    Returns a new frame of the same kind: client, measure, rater, first, last, change, method,
    rci, reliable, cutoff, cutoff_type, class. Of fewer than two completed forms no change is
    said. What cannot be said for want of a constant is missing, with a MissingConstant warning.

    Raises DataError, FormatError, DuplicateError as score does; OptionError.
    """
    how = _How(method, cutoff_type, convention, reliability_post, improved, deteriorated)
    given = Given(scales, higher, sd=sd, reliability=reliability,
                  functional_mean=functional_mean, functional_sd=functional_sd,
                  clinical_mean=clinical_mean, clinical_sd=clinical_sd)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    score = _kept(courses, pre, post, how.by_slope)
    kinds = _Kinds(courses, how, caseload, given.numbers["sd"],
                   (given.numbers["clinical_mean"], given.numbers["clinical_sd"]), score)
    changes = _scan(courses, kinds, score)
    _warn(courses, changes)
    made = courses.identity()
    for field in (*CHANGE_FIELDS, *(CHANGE_DETAILS if details else ())):
        made[field.name] = column(field, changes)
    if details:
        made["confirmed_session"] = _confirmed(courses, changes)
    return courses.make(made)


def group_change(scored, improved, deteriorated=None, coverage=.95, higher=None, scales=None,
                 convention="corrected", pre=None, post=None):
    """What the mean change of all clients amounts to: one row a measure and rater.

    scored, higher, scales, pre, post: as for change.
    improved:     the least mean change for the better that matters, in score points.
    deteriorated: the same for the worse; None: as much.
    coverage:     of the interval of the mean change.
    convention:   "corrected", or "package" for the R package clinicalsignificance, where that
                  differs.

    Returns a new frame of the same kind: measure, rater, n, difference, low, high, class, the class
    being not_significant, not_relevant, not_below, probable or large. include/attune/changeeffect.h
    says which is which. Of fewer than two clients with two scores nothing is said.

    Raises what change raises.
    """
    asked = {"improvement": _above("improved", improved), "coverage": number("coverage", coverage),
             "deterioration": _above("deteriorated", deteriorated),
             "convention": word("convention", convention, _CONVENTIONS)}
    given = Given(scales, higher)
    courses = Courses(scored, lambda courses: Measures(courses, given))
    first, last = _ends(courses, _kept(courses, pre, post, False))
    kinds = np.unique(np.stack([courses.measure.astype(np.int64), courses.rater], axis=1), axis=0)
    effects = room(EFFECT, max(len(kinds), 1))
    for k, (measure, rater) in enumerate(kinds):
        mine = (courses.measure == measure) & (courses.rater == rater)
        effects[k] = _effect(courses, int(measure), asked, first[mine], last[mine])
    courses.measures.warn_directions()
    names, raters = np.array([*courses.forms.measures, None], dtype=object), np.array(RATERS)
    made = {"measure": names[kinds[:, 0]], "rater": raters[kinds[:, 1]].astype(object)}
    for field in EFFECT_FIELDS:
        made[field.name] = column(field, effects[:len(kinds)])
    return courses.make(made)


def _effect(courses, measure, asked, first, last):
    """One group's effect; class -1 and NaN where it cannot be had."""
    effect = room(EFFECT, 1)
    effect["class_"], effect["difference"], effect["low"], effect["high"] = -1, *3 * [math.nan]
    how = ffi.new("attune_change_effect_options *", asked)
    how.struct_size = ffi.sizeof("attune_change_effect_options")
    known = courses.measures.c[measure]
    how.direction = known.constants.direction if known.direction_known else lib.ATTUNE_HIGHER_BETTER
    first, last = np.ascontiguousarray(first), np.ascontiguousarray(last)
    err = new_error()
    status = lib.attune_change_effect_within(how, pointer(first, "double"), pointer(last, "double"),
                                             len(first), pointer(effect), err)
    if status == lib.ATTUNE_E_TOO_FEW or status == lib.ATTUNE_E_NUMERIC:
        courses.measures.warn(measure, "too few clients have two scores to be a group")
    else:
        check(status, err)
    if not known.direction_known:
        effect["class_"] = -1
    return effect[0]
