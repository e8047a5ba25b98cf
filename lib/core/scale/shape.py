# Reading a scale file strictly and holding it against data/scale.schema.json.
# SPDX-License-Identifier: MIT
"""The schema is the one description of the format: the few keywords it uses are walked here, and
compile.py turns the same definitions into the table that the runtime loader walks."""
import json
import math
import pathlib
import re

SCHEMA = pathlib.Path(__file__).parent / "data" / "scale.schema.json"


class Bad(Exception):
    """What is wrong: the key as a JSON path, and what was expected there."""

    def __init__(self, key, text):
        super().__init__(f"{key or '(whole file)'}: {text}")
        self.key, self.text = key, text


def load_schema(path=SCHEMA):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def resolve(schema, node):
    """The definition that a node stands for, and its name: "" when it is written in place."""
    name = node.get("$ref", "").rpartition("/")[2]
    return (schema["$defs"][name] if name else node), name


def _pairs(pairs):
    """An object, refusing what Jansson refuses while it reads."""
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise Bad("", f"expected each key once, got {keys} in one object")
    for _, value in pairs:
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and re.search("[\0\ud800-\udfff]", text):
                raise Bad("", "expected text without NUL characters and lone surrogates")
    return dict(pairs)


def _finite(literal):
    if not math.isfinite(float(literal)):
        raise Bad("", "expected numbers that a double holds")
    return float(literal)


def _whole(literal):
    if not -2**63 <= int(literal) < 2**63:
        raise Bad("", "expected whole numbers of 64 bits at most")
    return int(literal)


def parse(data):
    """JSON from bytes: UTF-8 (a byte-order mark is skipped), no duplicate keys, no NaN."""
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_pairs,
                          parse_constant=_finite, parse_float=_finite, parse_int=_whole)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Bad("", f"expected UTF-8 JSON ({error})") from error


def number(value):
    return f"{value:g}" if abs(value) < 1e5 else str(int(value))


def _words(words):
    return ", ".join(f'"{word}"' for word in words)


def _bounds(node):
    if "exclusiveMinimum" in node:
        return f"above {number(node['exclusiveMinimum'])}, at most {number(node['maximum'])}"
    return f"from {number(node['minimum'])} to {number(node['maximum'])}"


def expectation(node):
    """The sentence that both the build step and the loader say when a value does not fit."""
    kind = node.get("type")
    if "enum" in node:
        return "expected one of " + _words(node["enum"])
    if kind == "string":
        text = f"expected text of 1 to {node['maxLength']} bytes without control characters"
        return text + (", " + node["description"] if "pattern" in node else "")
    if kind == "integer":
        return "expected a whole number " + _bounds(node)
    if kind == "number":
        return "expected a number " + _bounds(node)
    if kind == "boolean":
        return "expected true or false"
    if kind == "array":
        low, high = node.get("minItems", 0), node["maxItems"]
        return f"expected a list of {low if low == high else f'{low} to {high}'} entries"
    return "expected an object"


def _is_text(node, value):
    return (isinstance(value, str) and not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff]", value)
            and 1 <= len(value.encode()) <= node["maxLength"]
            and re.search(node.get("pattern", ""), value) is not None)


def _is_number(node, value):
    kinds = (int,) if node["type"] == "integer" else (int, float)
    return (type(value) in kinds and math.isfinite(value) and value <= node["maximum"]
            and value >= node.get("minimum", -math.inf)
            and value > node.get("exclusiveMinimum", -math.inf))


def _is_list(node, value):
    return isinstance(value, list) and node.get("minItems", 0) <= len(value) <= node["maxItems"]


FITS = {
    "string": _is_text,
    "integer": _is_number,
    "number": _is_number,
    "boolean": lambda node, value: isinstance(value, bool),
    "array": _is_list,
    "object": lambda node, value: isinstance(value, dict),
}


def join(path, key):
    return f"{path}.{key}" if path else key


def check(schema, node, value, path="", builtin=False):
    """Raise Bad for the first thing that does not fit, in the order of the definition's keys."""
    node, _ = resolve(schema, node)
    words = node.get("enum") or (builtin and isinstance(node.get("x-builtin"), list)
                                 and node.get("type") == "string" and node["x-builtin"])
    if words and value not in words:
        raise Bad(path, "expected one of " + _words(words))
    if "type" in node and not FITS[node["type"]](node, value):
        raise Bad(path, expectation(node))
    if isinstance(value, list):
        for i, entry in enumerate(value):
            check(schema, node["items"], entry, f"{path}[{i}]", builtin)
    if isinstance(value, dict):
        _check_object(schema, node, value, path, builtin)


def _check_object(schema, node, value, path, builtin):
    for key in value:
        if key not in node["properties"]:
            raise Bad(join(path, key), "expected no such key")
    for key in node["required"] + (node.get("x-builtin", []) if builtin else []):
        if key not in value:
            raise Bad(join(path, key), "expected this key, which is required")
    for key, definition in node["properties"].items():
        if key in value:
            check(schema, definition, value[key], join(path, key), builtin)
