# Every file says what it is for and under which licence; nothing unfinished or local is in it.
# SPDX-License-Identifier: MIT
import os
import re

import tree

TEXT = (".c", ".h", ".py", ".sh", ".md", ".json", ".build", ".cmake", ".in", ".txt", ".yml")
CODE = (".c", ".h", ".py", ".sh", "meson.build", "meson_options.txt", ".ci/run", ".ci/fresh")
INPUT = re.compile(r"tests/.*\.(?:json|txt|in)$")  # what tests read may be as bad as it likes
LONG = 400  # lines of one file outside tests: above it, it is more than one subject
WIDE = 100  # columns of code

LOCAL = re.compile(r"/(?:work|tmp|root|home|farm|var/tmp)/")
UNFINISHED = re.compile(r"\b(?:TO" + "DO|FIX" + "ME|XX" + r"X|HA" + r"CK)\b")
LICENCE = "SPDX-License-Identifier: MIT"
PURPOSE = {
    "/*": re.compile(r"/\* \S.{8,}\*/$"),
    "#": re.compile(r'(?:# |""")\S.{8,}'),
}


def head(path, lines):
    """What is wrong with the first two lines of a file of code; a #! line may stand before."""
    first = 1 if lines[0].startswith("#!") else 0
    kind = "/*" if path.endswith((".c", ".h")) else "#"
    lines = lines[first:] + ["", ""]
    if not PURPOSE[kind].match(lines[0]):
        yield first + 1, "the first line says what the file is for"
    wanted = f"/* {LICENCE} */" if kind == "/*" else f"# {LICENCE}"
    in_docstring = lines[0].startswith('"""') and LICENCE in lines[1:4]
    if lines[1] != wanted and not in_docstring:
        yield first + 2, f"the second line is: {wanted}"


def check_code(path, lines):
    yield from head(path, lines)
    if len(lines) > LONG and not path.startswith("tests/"):
        yield len(lines), f"longer than {LONG} lines: more than one subject?"
    for number, line in enumerate(lines, 1):
        if len(line) > WIDE:
            yield number, f"wider than {WIDE} columns"
        if "\t" in line:
            yield number, "a tab"


def check_text(text, lines):
    if "\r" in text:
        yield 1, "a carriage return"
    if text and not text.endswith("\n"):
        yield len(lines), "no newline at the end"
    for number, line in enumerate(lines, 1):
        if line != line.rstrip():
            yield number, "space at the end of the line"
        if LOCAL.search(line):
            yield number, "a path of one machine"
        if UNFINISHED.search(line):
            yield number, "an unfinished mark"


def check(root):
    for path in tree.files(root, *TEXT, *CODE, "Makefile"):
        if INPUT.match(path):
            continue
        try:
            text = tree.read(root, path)
        except UnicodeDecodeError:
            yield f"{path}:1: not UTF-8"
            continue
        lines = text.removesuffix("\n").split("\n")
        found = list(check_text(text, lines))
        if path.endswith(CODE) and os.path.basename(path) != "CMakeLists.txt":
            found += check_code(path, lines)
        yield from (f"{path}:{number}: {what}" for number, what in found)


if __name__ == "__main__":
    tree.finish(list(check(tree.arguments().root)), "the text of the tree is untidy")
