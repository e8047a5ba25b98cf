# What totals a scale gives: lowest, highest and step, of the whole and of each subscale.
# SPDX-License-Identifier: MIT
"""Twin of lib/io/scalefile/total.c: the same operations in the same order, so the same bits."""
import math
from typing import NamedTuple


class Total(NamedTuple):
    low: float
    high: float
    step: float


NONE = Total(math.nan, math.nan, math.nan)


def values_of(items):
    """Lowest, highest and step of what the answers are worth: as they are, or as values says."""
    if "values" not in items:
        return Total(items["min"], items["max"], items.get("step", 1))
    rising = sorted(items["values"])
    gaps = [b - a for a, b in zip(rising, rising[1:]) if b > a]
    return Total(rising[0], rising[-1], min(gaps) if gaps else 1)


def item_ranges(items):
    """(lowest, highest) worth of every item, in item order."""
    worth = values_of(items)
    ranges = [(float(worth.low), float(worth.high))] * items["count"]
    for row in items.get("own", []):
        for number in row["items"]:
            ranges[number - 1] = (float(row["min"]), float(row["max"]))
    return ranges


def scored_items(scale):
    return scale["scoring"].get("items") or list(range(1, scale["items"]["count"] + 1))


def units(numbers, groups, ranges):
    """The items that are added, a group of which the largest counts standing as one of them."""
    out, met = [], set()
    for number in numbers:
        group = next((i for i, g in enumerate(groups) if number in g), None)
        if group is None:
            out.append(ranges[number - 1])
        elif group not in met:
            met.add(group)
            members = [ranges[n - 1] for n in groups[group]]
            out.append((max(low for low, _ in members), max(high for _, high in members)))
    return out


def has_one_range(items):
    return not items.get("own")


def total_of_items(scale, numbers, scoring, groups=()):
    """Of so many items, combined as scoring (the scale's or a subscale's) says."""
    if scoring["rule"] == "none":
        return NONE
    items = scale["items"]
    worth = values_of(items)
    added = units(numbers, groups, item_ranges(items))
    n = float(len(added))
    low, high = n * worth.low, n * worth.high
    if not has_one_range(items):
        low = high = 0.0
        for least, most in added:
            low, high = low + least, high + most
    if scoring["rule"] == "sum":
        return Total(low, high, float(worth.step))
    factor = scoring.get("factor", 1.0)
    if has_one_range(items):
        return Total(factor * worth.low, factor * worth.high, factor * worth.step / n)
    return Total(factor * low / n, factor * high / n, factor * worth.step / n)


def smallest_gap(values):
    return min(b - a for a, b in zip(values, values[1:]))


def total_of(scale):
    scoring = scale["scoring"]
    if "table" in scoring:
        values = [float(value) for value in scoring["table"]["values"]]
        return Total(values[0], values[-1], smallest_gap(values))
    return total_of_items(scale, scored_items(scale), scoring, scoring.get("maxima", []))


def subscale_scoring(scale, sub):
    """Its own rule, or the scale's."""
    return sub if "rule" in sub else scale["scoring"]


def total_of_subscale(scale, sub):
    return total_of_items(scale, sub["items"], subscale_scoring(scale, sub))
