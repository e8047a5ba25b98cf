# Which C field each key of a scale becomes, and how it is written.
# SPDX-License-Identifier: MIT
"""Tables that compile.py writes C from; lib/io/scalefile/lists.c and row.c are their twins."""
import math

CODES = {
    "construct": {"other": "ATTUNE_CONSTRUCT_OTHER", "alliance": "ATTUNE_CONSTRUCT_ALLIANCE",
                  "distress": "ATTUNE_CONSTRUCT_DISTRESS",
                  "rupture": "ATTUNE_CONSTRUCT_RUPTURE"},
    "rater": {"client": "ATTUNE_RATER_CLIENT", "therapist": "ATTUNE_RATER_THERAPIST",
              "observer": "ATTUNE_RATER_OBSERVER"},
    "direction": {"higher is better": "ATTUNE_HIGHER_BETTER",
                  "higher is worse": "ATTUNE_HIGHER_WORSE"},
    "rule": {"sum": "ATTUNE_RULE_SUM", "mean": "ATTUNE_RULE_MEAN", "factor": "ATTUNE_RULE_FACTOR",
             "none": "ATTUNE_RULE_NONE"},
    "missing": {"refuse": "ATTUNE_MISSING_REFUSE", "prorate": "ATTUNE_MISSING_PRORATE"},
    "bound": {"inclusive": "ATTUNE_BOUND_INCLUSIVE", "strict": "ATTUNE_BOUND_STRICT"},
    "status": {"confirmed": "ATTUNE_FACT_CONFIRMED", "provisional": "ATTUNE_FACT_PROVISIONAL",
               "unconfirmed": "ATTUNE_FACT_UNCONFIRMED", "licensed": "ATTUNE_FACT_LICENSED"},
    "group": {"functional": "0", "clinical": "1", None: "-1"},
}


def integer(value):
    return str(int(value or 0))


def real(value):
    return "NAN" if value is None or math.isnan(value) else repr(float(value))


def text(value):
    if value is None:
        return "NULL"
    out = "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}"
                  for b in value.encode())
    return f'"{out}"'


def code(kind):
    return lambda value: CODES[kind][value]


# One row a C field: its name, the JSON key it comes from, how it is written.
OF = (("subscale", "which", integer),)
CHOICE = (("set", "set", text), ("why", "why", text))
BAND = OF + (("low", "low", real), ("label", "label", text), ("source", "source", text))
CUTOFF = OF + CHOICE + (("bound", "bound", code("bound")), ("is_default", "default", integer),
          ("status", "status", code("status")), ("value", "value", real),
          ("meaning", "meaning", text), ("source", "source", text))
CHANGE = OF + CHOICE + (("bound", "bound", code("bound")), ("is_default", "default", integer),
          ("status", "status", code("status")), ("threshold", "threshold", real),
          ("sd", "sd", real), ("reliability", "reliability", real),
          ("population", "population", text), ("source", "source", text))
SPREAD = OF + CHOICE + (
    ("is_default", "default", integer), ("status", "status", code("status")),
    ("within_sd", "within_sd", real), ("sem", "sem", real),
    ("population", "population", text), ("source", "source", text))
NORM = OF + CHOICE + (
    ("is_default", "default", integer), ("clinical", "group", code("group")),
    ("status", "status", code("status")), ("n", "n", integer), ("mean", "mean", real),
    ("sd", "sd", real), ("population", "population", text), ("source", "source", text))
SAFETY = (("item", "item", integer), ("threshold", "threshold", real), ("source", "source", text))
CONVERSION = (("raw", "raw", real), ("score", "score", real), ("error", "error", real))
CODES_IN = (("system", "system", text), ("panel", "panel", text), ("score", "score", text),
            ("items", "array", str), ("item_count", "item_count", integer),
            ("source", "source", text))
SUBSCALE = (("direction", "direction", code("direction")), ("rule", "rule", code("rule")),
            ("factor", "factor", real), ("item_count", "item_count", integer),
            ("missing_max", "missing_max", integer),
            ("score_min", "low", real), ("score_max", "high", real), ("score_step", "step", real),
            ("items", "array", str), ("id", "id", text), ("title", "title", text),
            ("source", "source", text))
INFO = (("construct", "construct", code("construct")), ("rater", "rater", code("rater")),
        ("direction", "direction", code("direction")), ("item_count", "item_count", integer),
        ("rule", "rule", code("rule")), ("missing", "missing_rule", code("missing")),
        ("missing_max", "missing_max", integer), ("status", "status", code("status")),
        ("demonstration", "demonstration", integer), ("year", "year", integer),
        ("scored_count", "scored_count", integer), ("needs", "needs", str),
        ("reviewed", "reviewed", text),
        ("item_min", "item_min", real), ("item_max", "item_max", real),
        ("item_step", "item_step", real), ("score_min", "low", real), ("score_max", "high", real),
        ("score_step", "step", real), ("factor", "factor", real), ("id", "id", text),
        ("title", "title", text), ("short_title", "short_title", text),
        ("authors", "authors", text), ("owner", "owner", text), ("licence", "licence", text),
        ("missing_source", "missing_source", text), ("hash", "hash", text))
# One row an array of the compiled scale: row field, count field, C type, fields of an entry.
ARRAYS = (
    ("subscales", "subscale_count", "attune_subscale_info", SUBSCALE),
    ("bands", "band_count", "attune_band_info", BAND),
    ("cutoffs", "cutoff_count", "attune_cutoff_info", CUTOFF),
    ("changes", "change_count", "attune_reliable_change_info", CHANGE),
    ("spreads", "spread_count", "attune_spread_info", SPREAD),
    ("norms", "norm_count", "attune_norm_info", NORM),
    ("safety", "safety_count", "attune_safety_info", SAFETY),
    ("conversions", "conversion_count", "attune_conversion_info", CONVERSION),
    ("codes", "code_count", "attune_code_info", CODES_IN),
)
# Counted lists of one value each, and what only the scoring loop reads: None where not counted.
LISTS = (("reversed", "reversed_count", "int32_t", str),
         ("sources", "source_count", "char *const", text),
         ("notes", "note_count", "char *const", text),
         ("own", None, "struct atn_range", str),
         ("values", None, "double", real),
         ("scored", None, "int32_t", str),
         ("groups", None, "int32_t", str))
