# Every public name starts with attune or ATTUNE, and headers use only what every language binds.
# SPDX-License-Identifier: MIT
import re

import tree

MACRO = re.compile(r"^\s*#\s*define\s+(\w+)", re.M)
TAG = re.compile(r"\b(?:struct|enum|union)\s+(\w+)")
ALIAS = re.compile(r"(?:^|})[^;{}()]*?(\w+)\s*(?:\[[^]]*\]\s*)?;", re.M)
CALL = re.compile(r"\b(\w+)\s*\(")
GOOD = re.compile(r"(attune|ATTUNE)(_|$)")

# What a binding cannot read without glue; the allocator is the one place with callbacks.
UNBINDABLE = [
    (re.compile(r"\b(?:_Bool|bool)\b"), "bool"),
    (re.compile(r"\blong\b"), "long"),
    (re.compile(r"\benum\b"), "enum"),
    (re.compile(r"\w\s*:\s*\d+\s*;"), "bit-field"),
    (re.compile(r"\.\.\."), "variadic"),
    (re.compile(r"\(\s*\*"), "callback"),
]
CALLBACKS_ALLOWED = "include/attune/allocator.h"


def declarations(text):
    """The header without comments and preprocessor lines, and without extern "C"."""
    text = re.sub(r"\\\n", " ", text)
    text = re.sub(r"^\s*#.*$", "", text, flags=re.M)
    text = re.sub(r'extern\s+""\s*\{', "", text)
    return text


def outside_braces(text):
    """What stands at the outermost level: a struct's fields are not public names."""
    out, depth = [], 0
    for letter in text:
        depth += letter == "{"
        if depth <= 0:
            out.append(letter)
        if letter == "}":
            depth = max(depth - 1, 0)
            if depth == 0:
                out.append("}")
    return "".join(out)


def names(text):
    """Every public name of a header."""
    yield from MACRO.findall(text)
    body = declarations(text)
    yield from TAG.findall(body)
    for enum in re.findall(r"\benum\b[^{;]*\{([^}]*)\}", body):
        yield from re.findall(r"(?:^|,)\s*(\w+)", enum)
    for statement in outside_braces(body).split(";"):
        statement = " ".join(statement.split()).lstrip("} ")
        call = CALL.search(statement)
        if call:
            yield call[1]
        elif statement:
            yield re.sub(r"\s*\[.*", "", statement).split()[-1].lstrip("*")


def check(root):
    for path in tree.files(root, ".h"):
        if not path.startswith("include/"):
            continue
        text = tree.without_comments(tree.read(root, path))
        for name in sorted({n for n in names(text) if not GOOD.match(n)}):
            if name != "__cplusplus":
                yield f"{path}:1: public name {name} does not start with attune or ATTUNE"
        for number, line in enumerate(text.split("\n"), 1):
            if line.lstrip().startswith("#"):
                continue
            for pattern, what in UNBINDABLE:
                if what == "callback" and path == CALLBACKS_ALLOWED:
                    continue
                if pattern.search(line):
                    yield f"{path}:{number}: {what} in a public header"


if __name__ == "__main__":
    tree.finish(list(check(tree.arguments().root)), "public names are broken")
