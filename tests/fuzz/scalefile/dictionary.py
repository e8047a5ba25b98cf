# Writes the keys and words of a schema as a libFuzzer dictionary.
# SPDX-License-Identifier: MIT
import json
import sys


def words(node):
    """Every property name and enumerated word below a node of the schema."""
    if isinstance(node, dict):
        yield from node.get("properties", {})
        yield from (word for word in node.get("enum", []) if isinstance(word, str))
        if node.get("type") == "string":  # words that a status may be
            yield from node.get("x-builtin", [])
        for child in node.values():
            yield from words(child)
    if isinstance(node, list):
        for child in node:
            yield from words(child)


def main(schema, out):
    with open(schema, encoding="utf-8") as file:
        found = sorted(set(words(json.load(file))))
    with open(out, "w", encoding="ascii") as file:
        for word in found:
            file.write(f'"\\"{word}\\""\n')


if __name__ == "__main__":
    main(*sys.argv[1:])
