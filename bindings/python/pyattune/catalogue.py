# The catalogues as frames: scales and rules, with every constant and parameter and its source.
# SPDX-License-Identifier: MIT
import math

import numpy as np
import pandas as pd

from pyattune._attune import ffi, lib
from pyattune.errors import AcceptError, UnknownError, check
from pyattune.scalefiles import handle_of

_CONSTRUCTS = {lib.ATTUNE_CONSTRUCT_OTHER: "other", lib.ATTUNE_CONSTRUCT_ALLIANCE: "alliance",
               lib.ATTUNE_CONSTRUCT_DISTRESS: "distress",
               lib.ATTUNE_CONSTRUCT_RUPTURE: "rupture"}
_RATERS = {lib.ATTUNE_RATER_CLIENT: "client", lib.ATTUNE_RATER_THERAPIST: "therapist",
           lib.ATTUNE_RATER_OBSERVER: "observer"}
_HIGHER = {lib.ATTUNE_HIGHER_BETTER: "better", lib.ATTUNE_HIGHER_WORSE: "worse"}
_SCORING = {lib.ATTUNE_RULE_SUM: "sum", lib.ATTUNE_RULE_MEAN: "mean",
            lib.ATTUNE_RULE_FACTOR: "factor", lib.ATTUNE_RULE_NONE: "none"}
_MISSING = {lib.ATTUNE_MISSING_REFUSE: "refuse", lib.ATTUNE_MISSING_PRORATE: "prorate"}
_STATUS = {lib.ATTUNE_FACT_CONFIRMED: "confirmed", lib.ATTUNE_FACT_PROVISIONAL: "provisional",
           lib.ATTUNE_FACT_UNCONFIRMED: "unconfirmed", lib.ATTUNE_FACT_LICENSED: "licensed"}
_BOUND = {lib.ATTUNE_BOUND_INCLUSIVE: "inclusive", lib.ATTUNE_BOUND_STRICT: "strict"}
_NEEDS = {lib.ATTUNE_CONSTANT_WITHIN_SD: "within_sd", lib.ATTUNE_CONSTANT_SEM: "sem",
          lib.ATTUNE_CONSTANT_CHANGE: "reliable_change", lib.ATTUNE_CONSTANT_CUTOFF: "cutoff",
          lib.ATTUNE_CONSTANT_NORMS: "norms",
          lib.ATTUNE_CONSTANT_RESPONSE: "response"}

_ROLES = {1 << lib.ATTUNE_ROLE_THERAPIST: "therapist", 1 << lib.ATTUNE_ROLE_DISTRESS: "distress",
          1 << lib.ATTUNE_ROLE_SUBSCALE: "subscale"}

# column, member of attune_scale_info, words of its codes; as `attune scales --csv` has them.
_SCALE = (
    ("id", "id", None), ("short_title", "short_title", None), ("title", "title", None),
    ("year", "year", None), ("construct", "construct", _CONSTRUCTS),
    ("rater", "rater", _RATERS), ("higher", "direction", _HIGHER),
    ("items", "item_count", None), ("item_min", "item_min", None),
    ("item_max", "item_max", None), ("item_step", "item_step", None),
    ("scoring", "rule", _SCORING), ("factor", "factor", None),
    ("score_min", "score_min", None), ("score_max", "score_max", None),
    ("score_step", "score_step", None), ("missing", "missing", _MISSING),
    ("missing_max", "missing_max", None), ("missing_source", "missing_source", None),
    ("status", "status", _STATUS), ("demonstration", "demonstration", None),
    ("authors", "authors", None), ("owner", "owner", None), ("licence", "licence", None),
    ("hash", "hash", None), ("reviewed", "reviewed", None),
)

# part, the call that describes its entries, its figures, and what the entry is called.
_PARTS = (
    ("subscale", "attune_scale_subscale", "attune_subscale_info",
     ("score_min", "score_max", "missing_max"), "id"),
    ("band", "attune_scale_band", "attune_band_info", ("low",), "label"),
    ("cutoff", "attune_scale_cutoff", "attune_cutoff_info", ("value",), "meaning"),
    ("reliable_change", "attune_scale_reliable_change", "attune_reliable_change_info",
     ("threshold", "sd", "reliability"), "population"),
    ("spread", "attune_scale_spread", "attune_spread_info", ("within_sd", "sem"), "population"),
    ("norm", "attune_scale_norm", "attune_norm_info", ("mean", "sd"), "population"),
    ("safety_item", "attune_scale_safety", "attune_safety_info", ("item", "threshold"), None),
)

_RULE = ("id", "version", "title", "text", "constructs", "needs", "lookback", "looks_ahead",
         "makes_episodes", "statistic", "citation", "companions")
_PARAM = ("name", "value", "low", "high", "text", "source")


def text(pointer):
    """A string of the library; None for NULL."""
    return ffi.string(pointer).decode() if pointer else None


def describe(call, struct, *subject):
    """The info struct of a subject, or None beyond the last entry."""
    info = ffi.new(struct + " *")
    info.struct_size = ffi.sizeof(struct)
    status = call(*subject, info)
    if status == lib.ATTUNE_E_COUNT:
        return None
    check(status)
    return info


def _plain(value):
    return text(value) if isinstance(value, ffi.CData) else value


def find_scale(id, scales=None):
    """The attune_scale of an id as it may be scored with, or NULL."""
    return lib.attune_scale_set_find(handle_of(scales), id.encode())


def why_closed(id, scales=None):
    """Why find_scale found nothing: the error's class and what would help."""
    listed = lib.attune_scale_set_listed(handle_of(scales), id.encode())
    single = (lib.ATTUNE_ACCEPT_LICENSED, lib.ATTUNE_ACCEPT_UNCONFIRMED)
    both = sum(single) if listed else 0
    needs = next((needs for needs in single if lib.attune_scale_open(listed, needs)), both)
    if needs == sum(single):
        return AcceptError, ("expected scales=load_scales(accept_licence=..., "
                             "accept_unconfirmed=True): you hold its licence, and know that the "
                             "measure is unconfirmed")
    if needs & lib.ATTUNE_ACCEPT_LICENSED:
        return AcceptError, ("expected scales=load_scales(accept_licence=...) with its id, which "
                             "states that you hold its licence")
    if needs & lib.ATTUNE_ACCEPT_UNCONFIRMED:
        return AcceptError, ("expected scales=load_scales(accept_unconfirmed=True), for the "
                             "measure is unconfirmed")
    return UnknownError, ("expected the id of a scale that is built in or in scales=; "
                          "higher='better' or 'worse' allows others")


def why_undescribed(id, scales=None):
    """What is said of a measure that is used by its scores alone."""
    kind, expected = why_closed(id, scales)
    if kind is AcceptError:
        return f"its scale is not used, the scores alone are: {expected}"
    return ("no scale describes it; higher='better' or higher='worse' says which way is good, "
            "scales= says everything")


def scale_info(scale):
    return describe(lib.attune_scale_describe, "attune_scale_info", scale)


def _all_scales(scales):
    own = handle_of(scales)
    yield from (lib.attune_scale_at(i) for i in range(lib.attune_scale_count()))
    yield from (lib.attune_scale_set_at(own, i) for i in range(lib.attune_scale_set_count(own)))


def scales(scale=None, scales=None):
    """The catalogue of measures.

    scale:  None for one row a measure, with the columns of `attune scales --csv`; a measure's id
            for one row a figure of it: part, entry, name, value, status, source.
    scales: a clinic's own, from load_scales, after the built-in ones.
    Raises UnknownError when there is no such measure.
    """
    if scale is None:
        infos = [scale_info(found) for found in _all_scales(scales)]
        return pd.DataFrame({column: [_cell(getattr(info, member), words) for info in infos]
                             for column, member, words in _SCALE})
    found = lib.attune_scale_set_listed(handle_of(scales), scale.encode())
    if not found:
        raise UnknownError("no such measure; pyattune.scales() lists them", column="scale")
    rows = [row for part in _PARTS for row in _figures(found, *part)]
    return pd.DataFrame(rows, columns=["part", "entry", "name", "value", "status", "source"])


def _cell(value, words):
    return words[value] if words else _plain(value)


def _figures(scale, part, call, struct, names, title):
    i = 0
    while (info := describe(getattr(lib, call), struct, scale, i)) is not None:
        for name in names:
            value = float(getattr(info, name))
            if not math.isnan(value):
                status = _STATUS[info.status] if hasattr(info, "status") else None
                yield (part, text(getattr(info, title)) if title else None, name, value, status,
                       text(info.source))
        i += 1


def _rule_cell(info, name):
    value = getattr(info, name)
    if name == "constructs":
        return " ".join(word for code, word in _CONSTRUCTS.items() if value >> code & 1) or None
    words = {"needs": _NEEDS, "companions": _ROLES}.get(name)
    if words:
        return " ".join(word for bit, word in words.items() if value & bit) or None
    return _plain(value)


def rule_info(rule):
    return describe(lib.attune_rule_describe, "attune_rule_info", rule)


def rule_params(rule):
    """The infos of a rule's parameters."""
    i = 0
    while (info := describe(lib.attune_rule_param, "attune_param_info", rule, i)) is not None:
        yield info
        i += 1


def rules(rule=None):
    """The catalogue of rules.

    rule: None for one row a rule, with the columns of `attune rules --csv` (companions: the
          signals beside the course that it listens to); a rule's id for one row a parameter of
          it: name, value (the default), low, high, text, source.
    Raises UnknownError when there is no such rule.
    """
    if rule is None:
        infos = [rule_info(lib.attune_rule_at(i)) for i in range(lib.attune_rule_count())]
        return pd.DataFrame({name: [_rule_cell(info, name) for info in infos] for name in _RULE})
    found = lib.attune_rule_find(str(rule).encode())
    if not found:
        raise UnknownError("no such rule; pyattune.rules() lists them", column="rule")
    infos = list(rule_params(found))
    return pd.DataFrame({name: [_plain(getattr(info, name)) for info in infos] for name in _PARAM})


def band_labels(scale):
    """The labels of a scale's bands, and the ids of its subscales, in their order."""
    if not scale:
        return [], []
    info = scale_info(scale)
    bands = [text(describe(lib.attune_scale_band, "attune_band_info", scale, i).label)
             for i in range(info.band_count)]
    subscales = [text(describe(lib.attune_scale_subscale, "attune_subscale_info", scale, i).id)
                 for i in range(info.subscale_count)]
    return bands, subscales


def plain_number(value):
    """A number as people write it: 3, 0.5."""
    return np.format_float_positional(value, trim="-")
