# What a schema cannot say of a scale: that its parts agree with each other.
# SPDX-License-Identifier: MIT
"""Twin of lib/io/scalefile/agree.c: the same checks in the same order with the same keys."""
from shape import Bad

ITEMS_ONLY = ("scoring", "missing", "subscales", "safety")


def rising(path, numbers, last):
    for i, value in enumerate(numbers):
        if value > last or (i > 0 and value <= numbers[i - 1]):
            raise Bad(f"{path}[{i}]", "expected rising item numbers up to the count of items")


def total_range(items, scoring):
    """Lowest, highest and step of a complete total; the loader does the same operations."""
    factor = {"sum": float(items["count"]), "mean": 1.0}.get(scoring["rule"]) or scoring["factor"]
    step = items.get("step", 1)
    share = float(step) if scoring["rule"] == "sum" else factor * step / items["count"]
    return factor * items["min"], factor * items["max"], share


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


def answers(items, scoring, missing):
    if not items["min"] < items["max"]:
        raise Bad("items.max", "expected more than items.min")
    steps = (items["max"] - items["min"]) / items.get("step", 1)
    if abs(steps - round(steps)) > 1e-9 * steps:
        raise Bad("items.step", "expected whole steps from items.min to items.max")
    rising("items.reversed", items.get("reversed", []), items["count"])
    if ("factor" in scoring) != (scoring["rule"] == "factor"):
        raise Bad("scoring.factor", "expected with the rule factor, and only there")
    if ("max" in missing) != (missing["rule"] == "prorate"):
        raise Bad("missing.max", "expected with the rule prorate, and only there")
    if missing.get("max", 0) >= items["count"]:
        raise Bad("missing.max", "expected fewer than the count of items")


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
        if sub.get("missing_max", 0) >= len(sub["items"]):
            raise Bad(f"{path}.missing_max", "expected fewer than the subscale's items")


def near(a, b):
    return abs(a - b) <= 1e-9 * max(1, abs(b))


def ranges(scale, low, high):
    """The range as given, or else as the items give it."""
    given = scale.get("range", [low, high])
    for i, bound in enumerate((low, high)):
        if not near(given[i], bound):
            raise Bad(f"range[{i}]", "expected the range that the items give")
    return map(float, given)


def bands(rows, low, high):
    for i, band in enumerate(rows):
        if i == 0 and not near(band["low"], low):
            raise Bad("bands[0].low", "expected the lowest score")
        if i > 0 and not rows[i - 1]["low"] < band["low"] <= high:
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


def inside(scale, low, high):
    for name, key, about in INSIDE:
        least, most = (low, high) if about == "score" else (0, high - low)
        for i, row in enumerate(scale.get(name, [])):
            if not least <= row.get(key, least) <= most:
                raise Bad(f"{name}[{i}].{key}", "expected a value that the range allows")


def one_default(name, rows):
    flagged = [i for i, row in enumerate(rows) if row.get("default")]
    if len(flagged) > 1:
        raise Bad(f"{name}[{flagged[1]}].default", "expected one default at most")


def safety(scale):
    items = scale.get("items")
    for i, row in enumerate(scale.get("safety", [])):
        if row["item"] > items["count"]:
            raise Bad(f"safety[{i}].item", "expected an item of the scale")
        if not items["min"] <= row["threshold"] <= items["max"]:
            raise Bad(f"safety[{i}].threshold", "expected an answer that items take")


def agree(scale):
    """Raise Bad for the first disagreement; return lowest, highest score and step."""
    frame(scale)
    if "items" in scale:
        answers(scale["items"], scale["scoring"], scale.get("missing", {"rule": "refuse"}))
        low, high, step = total_range(scale["items"], scale["scoring"])
        low, high = ranges(scale, low, high)
        subscales(scale)
        safety(scale)
    else:
        low, high = map(float, scale["range"])
        step = scale.get("step")
    bands(scale.get("bands", []), low, high)
    inside(scale, low, high)
    for name in ("cutoffs", "reliable_change"):
        one_default(name, scale.get(name, []))
    return low, high, step
