# Turns data/*.json into one C file, the table of built-in rule sets.
# SPDX-License-Identifier: MIT
"""compile.py --list               one data file a line, relative to lib/core
compile.py FILE.json... -o OUT    the C table"""
import argparse
import hashlib
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "scale"))

from columns import real, text  # noqa: E402
from shape import Bad, check, load_schema, parse  # noqa: E402

DATA = HERE / "data"
SCHEMA = DATA / "ruleset.schema.json"
TAKES = {None: "ATN_TAKES_NAMED", "looking back": "ATN_TAKES_LOOKING_BACK",
         "every": "ATN_TAKES_EVERY"}


def members(ruleset, name):
    """C for the rules that a set names: that there are such rules, a test of core finds out."""
    lines, rows = [], []
    for i, member in enumerate(ruleset.get("rules", [])):
        settings = member.get("parameters", [])
        if settings:
            body = ", ".join(f"{{ {text(s['name'])}, {real(s['value'])} }}" for s in settings)
            lines.append(f"static const struct atn_setting {name}_{i}[] = {{ {body} }};")
        pointer = f"{name}_{i}" if settings else "NULL"
        rows.append(f"    {{ {text(member['rule'])}, {pointer}, {len(settings)} }},")
    if rows:
        lines += [f"static const struct atn_member {name}_members[] = {{", *rows, "};"]
    return lines


def compile_file(path):
    data = pathlib.Path(path).read_bytes()
    ruleset = parse(data)
    check(load_schema(SCHEMA), {"$ref": "#/$defs/ruleset"}, ruleset)
    if ("rules" in ruleset) == ("takes" in ruleset):
        raise Bad("takes", "expected this key, or the key rules, and not both")
    if pathlib.Path(path).name != ruleset["id"] + ".json":
        raise Bad("id", "expected the file's own name")
    name = "set_" + ruleset["id"].replace("-", "_")
    count = len(ruleset.get("rules", []))
    sha, versioned = hashlib.sha256(data).hexdigest(), f"{ruleset['id']}/{ruleset['version']}"
    info = [f".count = {count}", f".id = {text(versioned)}", f".text = {text(ruleset['text'])}",
            f".hash = {text(sha)}", f".label = {text(f'{versioned} (SHA-256 {sha[:12]})')}"]
    row = [f".name = {text(ruleset['id'])}", f".takes = {TAKES[ruleset.get('takes')]}",
           f".members = {name}_members" if count else ".members = NULL"]
    return ruleset["id"], name, [
        *members(ruleset, name), f"static const attune_ruleset {name} = {{",
        "    .info = {", "        .struct_size = sizeof(attune_ruleset_info),",
        *(f"        {part}," for part in info), "    },",
        *(f"    {part}," for part in row), "};", ""]


def write_table(paths, out):
    sets = sorted((compile_file(path) for path in paths), key=lambda s: (s[0] != "default", s[0]))
    lines = ["/* The built-in rule sets, made by compile.py from data/: not for editing. */",
             "/* SPDX-License-Identifier: MIT */", '#include "lib/core/rule/ruleset.h"', ""]
    lines += [line for _, _, block in sets for line in block]
    lines += ["const attune_ruleset *const atn_ruleset_table[] = {",
              *(f"    &{name}," for _, name, _ in sets), "};",
              f"const size_t atn_ruleset_table_count = {len(sets)};", ""]
    pathlib.Path(out).write_text("\n".join(lines), encoding="ascii")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("-o")
    given = parser.parse_args()
    if given.list:
        files = sorted(DATA.glob("*.json"))
        print("\n".join(f"rule/data/{p.name}" for p in files if p != SCHEMA))
        return 0
    try:
        write_table(given.files, given.o)
    except Bad as bad:
        print(bad, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
