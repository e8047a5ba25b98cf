# What a schema cannot say of a scale: that its parts agree with each other.
# SPDX-License-Identifier: MIT
"""Twin of lib/io/scalefile/agree.c: the same checks in the same order with the same keys."""
import math

from shape import Bad
from totals import Total, has_one_range, total_of, total_of_items, total_of_subscale

ITEMS_ONLY = ("scoring", "missing", "subscales", "safety")
TOTAL_ONLY = ("items", "maxima", "table")


def rising(path, numbers, last):
    for i, value in enumerate(numbers):
        if value > last or (i > 0 and value <= numbers[i - 1]):
            raise Bad(f"{path}[{i}]", "expected rising item numbers up to the count of items")


def frame(scale):
    """score_only or items, and what goes with either."""
    if scale.get("score_only"):
        for key in ("items",) + ITEMS_ONLY:
            if key in scale:
                raise Bad(key, "expected no such key where score_only is true")
        if "range" not in scale:
            raise Bad("range", "expected this key, which is required where score_only is true")
    elif "items" not in scale:
        raise Bad("items", "expected this key, or score_only true")
    elif "scoring" not in scale:
        raise Bad("scoring", "expected this key, which is required beside items")
    elif "step" in scale:
        raise Bad("step", "expected no such key beside items: it follows from items.step")
    if "range" in scale and not scale["range"][0] < scale["range"][1]:
        raise Bad("range[1]", "expected more than the lowest score")


def whole_steps(low, high, step):
    steps = (high - low) / step
    return abs(steps - math.floor(steps + 0.5)) <= 1e-9 * steps


def own_ranges(items):
    met = set()
    for i, row in enumerate(items.get("own", [])):
        path = f"items.own[{i}]"
        rising(f"{path}.items", row["items"], items["count"])
        if not row["items"]:
            raise Bad(f"{path}.items", "expected at least one item")
        if met & set(row["items"]):
            raise Bad(f"{path}.items", "expected each item in one range of its own")
        met |= set(row["items"])
        if not row["min"] < row["max"]:
            raise Bad(f"{path}.max", "expected more than its min")
        if not whole_steps(row["min"], row["max"], items.get("step", 1)):
            raise Bad(f"{path}.max", "expected whole steps from its min")


def answers(items):
    if not items["min"] < items["max"]:
        raise Bad("items.max", "expected more than items.min")
    step = items.get("step", 1)
    if not whole_steps(items["min"], items["max"], step):
        raise Bad("items.step", "expected whole steps from items.min to items.max")
    own_ranges(items)
    if "values" in items:
        if "own" in items:
            raise Bad("items.values", "expected no such key beside items.own")
        if abs((items["max"] - items["min"]) / step - (len(items["values"]) - 1)) > 0.5:
            raise Bad("items.values", "expected one value an answer")
        if not min(items["values"]) < max(items["values"]):
            raise Bad("items.values", "expected values that differ")
    rising("items.reversed", items.get("reversed", []), items["count"])


def factor_fits(path, scoring):
    if ("factor" in scoring) != (scoring.get("rule") == "factor"):
        raise Bad(f"{path}.factor", "expected with the rule factor, and only there")


def groups(scoring, count):
    met = set()
    for i, group in enumerate(scoring.get("maxima", [])):
        path = f"scoring.maxima[{i}]"
        rising(path, group, count)
        if len(group) < 2:
            raise Bad(path, "expected at least two items")
        if met & set(group):
            raise Bad(path, "expected each item in one group")
        met |= set(group)


def table(scale):
    scoring = scale["scoring"]
    values = scoring["table"]["values"]
    if scoring["rule"] != "sum":
        raise Bad("scoring.table", "expected with the rule sum, and only there")
    raw = total_of_items(scale, scoring.get("items") or [*range(1, scale["items"]["count"] + 1)],
                         scoring, scoring.get("maxima", []))
    if abs((raw.high - raw.low) / raw.step - (len(values) - 1)) > 1e-6:
        raise Bad("scoring.table.values", "expected one value a raw sum")
    for i, value in enumerate(values[1:], 1):
        if not value > values[i - 1]:
            raise Bad(f"scoring.table.values[{i}]", "expected rising values")
    if len(scoring["table"].get("se", values)) != len(values):
        raise Bad("scoring.table.se", "expected as many as values")


def rules(scale):
    scoring, count = scale["scoring"], scale["items"]["count"]
    missing = scale.get("missing", {"rule": "refuse"})
    factor_fits("scoring", scoring)
    if scoring["rule"] == "none":
        for key in TOTAL_ONLY:
            if key in scoring:
                raise Bad(f"scoring.{key}", "expected no such key where there is no total")
        if "range" in scale:
            raise Bad("range", "expected no such key where there is no total")
        if not scale.get("subscales"):
            raise Bad("subscales", "expected at least one where there is no total")
    if "items" in scoring:
        rising("scoring.items", scoring["items"], count)
        if not scoring["items"]:
            raise Bad("scoring.items", "expected at least one item")
    groups(scoring, count)
    if "table" in scoring:
        table(scale)
    if ("max" in missing) != (missing["rule"] == "prorate"):
        raise Bad("missing.max", "expected with the rule prorate, and only there")
    if missing["rule"] == "prorate" and not may_prorate(scale):
        raise Bad("missing.rule", "expected refuse, for no other answers can stand in")
    if missing.get("max", 0) >= len(scoring.get("items") or range(count)):
        raise Bad("missing.max", "expected fewer than the count of items")


def may_prorate(scale):
    """Only items of one range stand in for each other, and only where they are added."""
    scoring = scale["scoring"]
    return (has_one_range(scale["items"]) and scoring["rule"] != "none"
            and not scoring.get("maxima") and "table" not in scoring)


def subscales(scale):
    ids = []
    for i, sub in enumerate(scale.get("subscales", [])):
        path = f"subscales[{i}]"
        if sub["id"] in ids:
            raise Bad(f"{path}.id", "expected each id once")
        ids.append(sub["id"])
        rising(f"{path}.items", sub["items"], scale["items"]["count"])
        if not sub["items"]:
            raise Bad(f"{path}.items", "expected at least one item")
        if sub.get("rule", scale["scoring"]["rule"]) == "none":
            raise Bad(f"{path}.rule", "expected a rule that gives a score")
        if "rule" in sub or "factor" in sub:
            factor_fits(path, sub)
        if sub.get("missing_max", 0) >= len(sub["items"]):
            raise Bad(f"{path}.missing_max", "expected fewer than the subscale's items")
        if "missing_max" in sub and not has_one_range(scale["items"]):
            raise Bad(f"{path}.missing_max",
                      "expected no such key, for no other answers can stand in")


def near(a, b):
    return abs(a - b) <= 1e-9 * max(1, abs(b))


def ranges(scale, total):
    """The range as given, or else as the items give it."""
    given = scale.get("range", total[:2])
    for i, bound in enumerate(total[:2]):
        if "range" in scale and not near(given[i], bound):
            raise Bad(f"range[{i}]", "expected the range that the items give")
    return Total(float(given[0]), float(given[1]), total[2])


def total_for(scale, row, total, path):
    """The total that a row is about: the whole scale's, or its subscale's."""
    if "subscale" not in row:
        if scale.get("scoring", {}).get("rule") == "none":
            raise Bad(f"{path}.subscale", "expected this key, for there is no total")
        return total
    for sub in scale.get("subscales", []):
        if sub["id"] == row["subscale"]:
            return total_of_subscale(scale, sub)
    raise Bad(f"{path}.subscale", "expected the id of a subscale")


def bands(scale, total):
    rows = scale.get("bands", [])
    for i, band in enumerate(rows):
        low, high, _ = total_for(scale, band, total, f"bands[{i}]")
        before = [row["low"] for row in rows[:i] if row.get("subscale") == band.get("subscale")]
        if not before and not near(band["low"], low):
            raise Bad(f"bands[{i}].low", "expected the lowest score")
        if before and not before[-1] < band["low"] <= high:
            raise Bad(f"bands[{i}].low", "expected rising scores within the range")


# Lists, the key of their rows that is checked, and whether it is a score or a distance of scores.
INSIDE = (
    ("cutoffs", "value", "score"),
    ("reliable_change", "value", "distance"),
    ("reliable_change", "sd", "distance"),
    ("reliability", "sd", "distance"),
    ("spread", "within_sd", "distance"),
    ("spread", "sem", "distance"),
    ("norms", "mean", "score"),
    ("norms", "sd", "distance"),
)


def inside(scale, total):
    for name, key, about in INSIDE:
        for i, row in enumerate(scale.get(name, [])):
            low, high, _ = total_for(scale, row, total, f"{name}[{i}]")
            least, most = (low, high) if about == "score" else (0, high - low)
            if not least <= row.get(key, least) <= most:
                raise Bad(f"{name}[{i}].{key}", "expected a value that the range allows")


# Of what there may be one default: of a list's rows of one subscale, and of one group of norms.
DEFAULTS = ("cutoffs", "reliable_change", "spread", "norms")


def kin(row):
    return row.get("subscale"), row.get("group")


def one_default(name, rows):
    flagged = []
    for i, row in enumerate(rows):
        if row.get("default"):
            if kin(row) in flagged:
                raise Bad(f"{name}[{i}].default", "expected one default at most")
            flagged.append(kin(row))


def safety(scale):
    items = scale["items"]
    own = {number: row for row in items.get("own", []) for number in row["items"]}
    for i, row in enumerate(scale.get("safety", [])):
        if row["item"] > items["count"]:
            raise Bad(f"safety[{i}].item", "expected an item of the scale")
        at = own.get(row["item"], items)
        if not at["min"] <= row["threshold"] <= at["max"]:
            raise Bad(f"safety[{i}].threshold", "expected an answer that items take")


def agree(scale):
    """Raise Bad for the first disagreement; return lowest, highest score and step."""
    frame(scale)
    if "items" in scale:
        answers(scale["items"])
        rules(scale)
        total = ranges(scale, total_of(scale))
        subscales(scale)
        safety(scale)
    else:
        total = Total(*map(float, scale["range"]), scale.get("step"))
    bands(scale, total)
    inside(scale, total)
    for name in DEFAULTS:
        one_default(name, scale.get(name, []))
    return total
