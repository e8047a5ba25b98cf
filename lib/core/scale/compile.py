# Turns data/*.json into one C file, the table of built-in scales.
# SPDX-License-Identifier: MIT
"""compile.py --list               one data file a line, relative to lib/core
compile.py FILE.json... -o OUT    the C table
compile.py --check FILE.json...   say what is wrong; as a clinic's own file, which may lack sources
"""
import argparse
import hashlib
import pathlib
import re
import sys

from agree import agree, total_range
from shape import Bad, check, join, load_schema, parse

DATA = pathlib.Path(__file__).parent / "data"
SCALES_MAX = 256
CODES = {
    "construct": {"other": "ATTUNE_CONSTRUCT_OTHER", "alliance": "ATTUNE_CONSTRUCT_ALLIANCE",
                  "distress": "ATTUNE_CONSTRUCT_DISTRESS",
                  "rupture": "ATTUNE_CONSTRUCT_RUPTURE"},
    "rater": {"client": "ATTUNE_RATER_CLIENT", "therapist": "ATTUNE_RATER_THERAPIST",
              "observer": "ATTUNE_RATER_OBSERVER"},
    "direction": {"higher is better": "ATTUNE_HIGHER_BETTER",
                  "higher is worse": "ATTUNE_HIGHER_WORSE"},
    "rule": {"sum": "ATTUNE_RULE_SUM", "mean": "ATTUNE_RULE_MEAN", "factor": "ATTUNE_RULE_FACTOR"},
    "missing": {"refuse": "ATTUNE_MISSING_REFUSE", "prorate": "ATTUNE_MISSING_PRORATE"},
    "bound": {"inclusive": "ATTUNE_BOUND_INCLUSIVE", "strict": "ATTUNE_BOUND_STRICT"},
    "status": {"confirmed": "ATTUNE_FACT_CONFIRMED", "provisional": "ATTUNE_FACT_PROVISIONAL",
               "unconfirmed": "ATTUNE_FACT_UNCONFIRMED"},
    "group": {"functional": "0", "clinical": "1", None: "-1"},
}
SOURCE_LABELS = (("items", "Items: "), ("scoring", "Scoring: "))


def integer(value):
    return str(int(value or 0))


def real(value):
    return "NAN" if value is None else repr(float(value))


def text(value):
    if value is None:
        return "NULL"
    out = "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}"
                  for b in value.encode())
    return f'"{out}"'


def code(kind):
    return lambda value: CODES[kind][value]


# One row a C field: its name, the JSON key it comes from, how it is written.
BAND = (("low", "low", real), ("label", "label", text), ("source", "source", text))
CUTOFF = (("bound", "bound", code("bound")), ("is_default", "default", integer),
          ("status", "status", code("status")), ("value", "value", real),
          ("meaning", "meaning", text), ("source", "source", text))
CHANGE = (("bound", "bound", code("bound")), ("is_default", "default", integer),
          ("status", "status", code("status")), ("threshold", "threshold", real),
          ("sd", "sd", real), ("reliability", "reliability", real),
          ("population", "population", text), ("source", "source", text))
SPREAD = (("status", "status", code("status")), ("within_sd", "within_sd", real),
          ("sem", "sem", real), ("population", "population", text), ("source", "source", text))
NORM = (("clinical", "group", code("group")), ("status", "status", code("status")),
        ("n", "n", integer), ("mean", "mean", real), ("sd", "sd", real),
        ("population", "population", text), ("source", "source", text))
SAFETY = (("item", "item", integer), ("threshold", "threshold", real), ("source", "source", text))
SUBSCALE = (("item_count", "item_count", integer), ("missing_max", "missing_max", integer),
            ("score_min", "low", real), ("score_max", "high", real), ("score_step", "step", real),
            ("items", "array", str), ("id", "id", text), ("title", "title", text),
            ("source", "source", text))
INFO = (("construct", "construct", code("construct")), ("rater", "rater", code("rater")),
        ("direction", "direction", code("direction")), ("item_count", "item_count", integer),
        ("rule", "rule", code("rule")), ("missing", "missing_rule", code("missing")),
        ("missing_max", "missing_max", integer), ("status", "status", code("status")),
        ("demonstration", "demonstration", integer), ("year", "year", integer),
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
)
LISTS = (("reversed", "reversed_count", "int32_t", str),
         ("sources", "source_count", "char *const", text),
         ("notes", "note_count", "char *const", text))


def with_default(rows):
    """The first row is the default unless one says so."""
    rows = [{"bound": "inclusive", "default": False, **row} for row in rows]
    if rows and not any(row["default"] for row in rows):
        rows[0]["default"] = True
    return rows


def change_rows(scale):
    for i, row in enumerate(scale.get("reliable_change", [])):
        if row.get("use", "reliable change") != "reliable change":
            raise Bad(f"reliable_change[{i}].use", 'expected "reliable change" in a built-in scale')
    rows = [{**row, "threshold": row["value"]} for row in scale.get("reliable_change", [])]
    return with_default(rows + [{**row, "reliability": row["value"]}
                                for row in scale.get("reliability", [])])


def norm_rows(scale):
    """Without group, a population that begins with the word of a group is taken at its word."""
    for row in scale.get("norms", []):
        first = re.match("[a-z]*", row["population"])[0]
        yield {"group": first if first in CODES["group"] else None, **row}


def subscale_rows(scale, name):
    for i, sub in enumerate(scale.get("subscales", [])):
        items = {**scale["items"], "count": len(sub["items"])}
        low, high, step = total_range(items, scale["scoring"])
        yield {**sub, "low": low, "high": high, "step": step, "item_count": len(sub["items"]),
               "array": f"{name}_items_{i}"}


def source_lines(scale):
    labelled = [label + scale[key]["source"] for key, label in SOURCE_LABELS]
    return labelled + ["Licence: " + scale["licence_source"]] + scale["sources"]


def row_of(scale, data, name):
    """The scale with everything filled in, under the keys that the tables above name."""
    low, high, step = agree(scale)
    items, missing = scale["items"], scale["missing"]
    return {
        **scale, "low": low, "high": high, "step": step, "hash": hashlib.sha256(data).hexdigest(),
        "item_count": items["count"], "item_min": items["min"], "item_max": items["max"],
        "item_step": items["step"], "reversed": items["reversed"],
        "rule": scale["scoring"]["rule"], "factor": scale["scoring"].get("factor"),
        "missing_rule": missing["rule"], "missing_max": missing.get("max"),
        "missing_source": missing["source"], "subscales": list(subscale_rows(scale, name)),
        "cutoffs": with_default(scale.get("cutoffs", [])), "changes": change_rows(scale),
        "spreads": scale.get("spread", []), "norms": list(norm_rows(scale)),
        "sources": source_lines(scale),
    }


def fields(table, row):
    return [f".{name} = {write(row.get(key))}" for name, key, write in table]


def entry(c_type, table, row):
    return "    { " + ", ".join([f".struct_size = sizeof({c_type})"] + fields(table, row)) + " },"


def emit(row, name):
    """C for one scale: its arrays, then the row that points at them."""
    out, pointers, counts = [], [], []
    for i, sub in enumerate(row["subscales"]):
        numbers = ", ".join(map(str, sub["items"]))
        out.append(f"static const int32_t {name}_items_{i}[] = {{ {numbers} }};")
    for field, count, c_type, write in LISTS:
        if row.get(field):
            body = [f"    {write(value)}," for value in row[field]]
            star = "char *const" if c_type == "char *const" else c_type
            out += [f"static const {star} {name}_{field}[] = {{", *body, "};"]
    for field, count, c_type, table in ARRAYS:
        if row.get(field):
            body = [entry(c_type, table, value) for value in row[field]]
            out += [f"static const {c_type} {name}_{field}[] = {{", *body, "};"]
    for field, count, *_ in LISTS + ARRAYS:
        if row.get(field):
            pointers.append(f"    .{field} = {name}_{field},")
            counts.append(f".{count} = {len(row[field])}")
    info = ["    .info = {", "        .struct_size = sizeof(attune_scale_info),"]
    info += [f"        {field}," for field in counts + fields(INFO, row)] + ["    },"]
    return out + [f"static const struct attune_scale {name} = {{", *info, *pointers, "};", ""]


def check_scale(schema, scale, path, builtin):
    check(schema, {"$ref": "#/$defs/scale"}, scale, path, builtin)
    try:
        agree(scale)
    except Bad as bad:
        raise Bad(join(path, bad.key), bad.text) from bad


def read_own(path):
    """A clinic's own file, checked as the loader checks it: one scale or several."""
    value, taken = parse(pathlib.Path(path).read_bytes()), {p.stem for p in DATA.glob("*.json")}
    scales = value if isinstance(value, list) else [value]
    if not 1 <= len(scales) <= SCALES_MAX:
        raise Bad("", f"expected 1 to {SCALES_MAX} scales")
    for i, scale in enumerate(scales):
        path = f"[{i}]" if scales is value else ""
        check_scale(load_schema(), scale, path, builtin=False)
        if scale["id"] in taken:
            raise Bad(join(path, "id"), "expected an id that stands once and is no built-in's")
        taken.add(scale["id"])


def compile_file(path):
    data = pathlib.Path(path).read_bytes()
    scale = parse(data)
    check_scale(load_schema(), scale, "", builtin=True)
    if pathlib.Path(path).name != scale["id"] + ".json":
        raise Bad("id", "expected the file's own name")
    name = "scale_" + scale["id"].replace("-", "_")
    return scale["id"], name, emit(row_of(scale, data, name), name)


def write_table(paths, out):
    scales = sorted(compile_file(path) for path in paths)
    lines = ["/* The built-in scales, made by compile.py from data/: not for editing. */",
             "/* SPDX-License-Identifier: MIT */", '#include "lib/core/scale/row.h"', "",
             "#include <math.h>", ""]
    lines += [line for _, _, block in scales for line in block]
    lines += ["const attune_scale *const atn_scale_table[] = {",
              *(f"    &{name}," for _, name, _ in scales), "};",
              f"const size_t atn_scale_table_count = {len(scales)};", ""]
    pathlib.Path(out).write_text("\n".join(lines), encoding="ascii")


def each(paths, do):
    """Run do on each path; say what is wrong with file and key."""
    wrong = 0
    for path in paths:
        try:
            do(path)
        except Bad as bad:
            print(f"{path}: {bad}", file=sys.stderr)
            wrong += 1
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*")
    parser.add_argument("-o", dest="out")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    if args.list:
        print(*sorted(f"scale/data/{p.name}" for p in DATA.glob("*.json")
                      if p.name != "scale.schema.json"), sep="\n")
        return 0
    if args.check:
        return 1 if each(args.files, read_own) else 0
    if each(args.files, compile_file) or not args.out:
        return 1
    write_table(args.files, args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
