# From a checked scale to the row that is compiled: defaults chosen, totals worked out.
# SPDX-License-Identifier: MIT
import hashlib
import re

from agree import agree
from columns import CODES
from shape import Bad
from totals import (item_ranges, scored_items, subscale_scoring, total_of_items,
                    total_of_subscale)

# Where each labelled source stands, and the words before it.
SOURCE_LABELS = (("items", "source", "Items: "), ("items", "reversed_source", "Reversed items: "),
                 ("scoring", "source", "Scoring: "), ("table", "source", "Conversion table: "),
                 (None, "direction_source", "Direction: "), (None, "licence_source", "Licence: "))


def kin(row):
    """Rows among which one is the default."""
    return row.get("subscale"), row.get("group")


def with_default(rows, subscales):
    """The first row of its kind is the default unless one says so."""
    rows = [{"bound": "inclusive", "default": False, **row, "which": which(row, subscales)}
            for row in rows]
    for i, row in enumerate(rows):
        alike = [other for other in rows if kin(other) == kin(row)]
        if alike[0] is row and not any(other["default"] for other in alike):
            rows[i]["default"] = True
    return rows


def which(row, subscales):
    """The place of its subscale; -1 is the total."""
    return next((i for i, sub in enumerate(subscales) if sub["id"] == row.get("subscale")), -1)


def change_rows(scale):
    for i, row in enumerate(scale.get("reliable_change", [])):
        if row.get("use", "reliable change") != "reliable change":
            raise Bad(f"reliable_change[{i}].use", 'expected "reliable change" in a built-in scale')
    rows = [{**row, "threshold": row["value"]} for row in scale.get("reliable_change", [])]
    return rows + [{**row, "reliability": row["value"]} for row in scale.get("reliability", [])]


def norm_rows(scale):
    """Without group, a population that begins with the word of a group is taken at its word."""
    for row in scale.get("norms", []):
        first = re.match("[a-z]*", row["population"])[0]
        yield {"group": first if first in CODES["group"] else None, **row}


def subscale_rows(scale, name):
    for i, sub in enumerate(scale.get("subscales", [])):
        scoring, total = subscale_scoring(scale, sub), total_of_subscale(scale, sub)
        yield {"direction": scale["direction"], **sub, "rule": scoring["rule"],
               "factor": scoring.get("factor"), **total._asdict(),
               "item_count": len(sub["items"]), "array": f"{name}_items_{i}"}


def conversion_rows(scale, low):
    table = scale["scoring"].get("table", {"values": []})
    step = scale["items"]["step"]
    errors = table.get("se", [None] * len(table["values"]))
    for i, (value, error) in enumerate(zip(table["values"], errors)):
        yield {"raw": low + i * step, "score": value, "error": error}


def code_rows(scale, name):
    for i, row in enumerate(scale.get("codes", [])):
        count = len(row.get("items", []))
        yield {**row, "item_count": count, "array": f"{name}_codes_{i}" if count else "NULL"}


def group_numbers(scale):
    """Of every item the group of maxima that it is in, from 1; 0 is none."""
    groups = scale["scoring"].get("maxima", [])
    return [next((i for i, g in enumerate(groups, 1) if n in g), 0)
            for n in range(1, scale["items"]["count"] + 1)] if groups else []


def source_lines(scale):
    parts = {None: scale, "items": scale["items"], "scoring": scale["scoring"],
             "table": scale["scoring"].get("table", {})}
    return [label + parts[part][key] for part, key, label in SOURCE_LABELS
            if key in parts[part]] + scale["sources"]


def needs_of(scale):
    """What a caller has to accept before such a scale is handed out for scoring."""
    needs = []
    if scale["status"] == "licensed":
        needs.append("ATTUNE_ACCEPT_LICENSED")
    if scale["status"] == "unconfirmed" or "reviewed" not in scale:
        needs.append("ATTUNE_ACCEPT_UNCONFIRMED")
    return " | ".join(needs) or "0"


def status_of(scale):
    """Without a second reading a scale is unconfirmed, whatever it says of itself."""
    status = scale["status"]
    return status if status == "licensed" or "reviewed" in scale else "unconfirmed"


def row_of(scale, data, name):
    """The scale with everything filled in, under the keys that the tables above name."""
    total = agree(scale)
    items, missing, scoring = scale["items"], scale["missing"], scale["scoring"]
    subs = scale.get("subscales", [])
    raw = total_of_items(scale, scored_items(scale), {"rule": "sum"}, scoring.get("maxima", []))
    return {
        **scale, **total._asdict(), "hash": hashlib.sha256(data).hexdigest(),
        "item_count": items["count"], "item_min": items["min"], "item_max": items["max"],
        "item_step": items["step"], "reversed": items["reversed"],
        "rule": scoring["rule"], "factor": scoring.get("factor"),
        "missing_rule": missing["rule"], "missing_max": missing.get("max"),
        "missing_source": missing["source"], "subscales": list(subscale_rows(scale, name)),
        "bands": [{**row, "which": which(row, subs)} for row in scale.get("bands", [])],
        "cutoffs": with_default(scale.get("cutoffs", []), subs),
        "changes": with_default(change_rows(scale), subs),
        "spreads": with_default(scale.get("spread", []), subs),
        "norms": with_default(norm_rows(scale), subs), "sources": source_lines(scale),
        "conversions": list(conversion_rows(scale, raw.low)),
        "codes": list(code_rows(scale, name)), "values": items.get("values"),
        "own": [f"{{ {low!r}, {high!r} }}" for low, high in item_ranges(items)]
               if items.get("own") else [],
        "scored": scoring.get("items"), "groups": group_numbers(scale),
        "scored_count": len(scoring.get("items") or range(items["count"])),
        "status": status_of(scale), "needs": needs_of(scale),
    }
