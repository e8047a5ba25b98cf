# Turns data/*.json into one C file, the table of built-in scales.
# SPDX-License-Identifier: MIT
"""compile.py --list               one data file a line, relative to lib/core
compile.py FILE.json... -o OUT    the C table
compile.py --check FILE.json...   say what is wrong; as a clinic's own file, which may lack sources
"""
import argparse
import pathlib
import sys

from agree import agree
from columns import ARRAYS, INFO, LISTS, text
from rows import row_of
from shape import Bad, check, join, load_schema, parse

DATA = pathlib.Path(__file__).parent / "data"
SCALES_MAX = 256
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
    for i, codes in enumerate(row["codes"]):
        if codes["item_count"]:
            numbers = ", ".join(map(text, codes["items"]))
            out.append(f"static const char *const {name}_codes_{i}[] = {{ {numbers} }};")
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
            counts += [f".{count} = {len(row[field])}"] if count else []
    info = ["    .info = {", "        .struct_size = sizeof(attune_scale_info),"]
    info += [f"        {field}," for field in counts + fields(INFO, row)] + ["    },"]
    body = [*info, *pointers]
    if row["needs"] != "0":
        out += [f"static const struct attune_scale {name}_open = {{", *body,
                f"    .accepted = {row['needs']},", "};"]
        body.append(f"    .open = &{name}_open,")
    return out + [f"static const struct attune_scale {name} = {{", *body, "};", ""]


# What a built-in scale of an owner who forbids bundling must not say: only its structure is here.
PRESET = ("bands", "cutoffs", "reliable_change", "reliability", "spread", "norms", "safety")


def check_builtin(scale):
    """What a schema cannot say of a built-in scale alone."""
    if scale["scoring"]["rule"] != "none" and "range" not in scale:
        raise Bad("range", "expected this key, which is required")
    licensed = scale["status"] == "licensed"
    for key in PRESET:
        if licensed and key in scale:
            raise Bad(key, "expected no such key where the status is licensed")
    for i, sub in enumerate(scale.get("subscales", [])):
        if not licensed and "title" not in sub:
            raise Bad(f"subscales[{i}].title", "expected this key, which is required")


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
    check_builtin(scale)
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
