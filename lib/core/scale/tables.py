# Turns the schema of a kind of file into the C table that the runtime loader checks a file against.
# SPDX-License-Identifier: MIT
"""tables.py SCHEMA ROOT HEADER -o OUT: the kind ROOT of the schema, which HEADER declares, so that
loader and build step share one description of the format."""
import argparse

from columns import text
from shape import expectation, load_schema, resolve

TYPES = {"string": "TEXT", "integer": "WHOLE", "number": "NUMBER", "boolean": "FLAG",
         "array": "LIST", "object": "OBJECT"}
FORMS = {"id": "ATN_FORM_ID", "word": "ATN_FORM_WORD", "date": "ATN_FORM_DATE"}
# Word lists that the loader turns into codes.
WORDS = ("construct", "rater", "direction", "rule", "missing_rule", "bound", "group")


class Tables:
    """Definitions in the order in which C wants them, each once."""

    def __init__(self, schema, root):
        self.schema, self.root, self.lines, self.done = schema, root, [], set()

    def words(self, name, words):
        static = "" if name in WORDS else "static "
        body = ", ".join([text(word) for word in words] + ["NULL"])
        self.lines.append(f"{static}const char *const atn_words_{name}[] = {{ {body} }};")
        return f".words = atn_words_{name}"

    def keys(self, name, node):
        rows = [(key, self.kind(child, f"{name}_{key}"))
                for key, child in node["properties"].items()]
        body = [f"    {{ {text(key)}, &kind_{kind}, {int(key in node['required'])} }},"
                for key, kind in rows]
        self.lines += [f"static const struct atn_key keys_{name}[] = {{", *body, "};"]
        return f".keys = keys_{name}, .key_count = {len(rows)}"

    def bounds(self, node):
        low = node.get("minimum", node.get("exclusiveMinimum", node.get("minItems",
                                                                        node.get("minLength", 0))))
        high = node.get("maximum", node.get("maxItems", node.get("maxLength", 0)))
        above = int("exclusiveMinimum" in node)
        return f".low = {float(low)}, .high = {float(high)}, .above = {above}"

    def kind(self, node, name):
        """Write the kind of a node and of all it needs; say its name."""
        node, given = resolve(self.schema, node)
        name = given or name
        if name in self.done:
            return name
        self.done.add(name)
        parts = [f".type = ATN_KIND_{'WORD' if 'enum' in node else TYPES[node['type']]}",
                 f".expected = {text(expectation(node))}", self.bounds(node)]
        if "enum" in node:
            parts.append(self.words(name, node["enum"]))
        if "pattern" in node:
            parts.append(f".form = {FORMS[name]}")
        if "items" in node:
            parts.append(f".entry = &kind_{self.kind(node['items'], name + '_entry')}")
        if "properties" in node:
            parts.append(self.keys(name, node))
        link = "" if name == self.root else "static "
        c_name = f"atn_kind_{name}" if name == self.root else f"kind_{name}"
        body = [f"    {part}," for part in parts]
        self.lines += [f"{link}const struct atn_kind {c_name} = {{", *body, "};"]
        return name


def main():
    parser = argparse.ArgumentParser()
    for name in ("schema", "root", "header", "-o"):
        parser.add_argument(name)
    given = parser.parse_args()
    tables = Tables(load_schema(given.schema), given.root)
    tables.kind({"$ref": f"#/$defs/{given.root}"}, given.root)
    lines = ["/* The format of a kind of file, made from its schema: not for editing. */",
             "/* SPDX-License-Identifier: MIT */", f'#include "{given.header}"', "",
             "#include <stddef.h>", "", *tables.lines, ""]
    with open(given.o, "w", encoding="ascii") as out:
        out.write("\n".join(lines))


if __name__ == "__main__":
    main()
