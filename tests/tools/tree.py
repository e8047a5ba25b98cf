# What the checks of the tree share: which files there are, and how a check reports.
# SPDX-License-Identifier: MIT
import argparse
import os
import re
import sys

SKIPPED = 77  # what meson counts as a skipped test
LEFT_OUT = re.compile(r"^(\.(?!ci$)|build|__pycache__$)|\.egg-info$")  # folders without source


def is_source(folder, name):
    """False for what tools leave behind, and for build folders, whatever they are called."""
    return not (LEFT_OUT.search(name)
                or os.path.exists(os.path.join(folder, name, "meson-private")))


def arguments(**more):
    """The arguments of a check: the root of the tree, and what the check adds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("root", help="folder that holds meson.build")
    for name, options in more.items():
        parser.add_argument(name, **options)
    return parser.parse_args()


def files(root, *suffixes):
    """Every source file below root whose path ends so, as paths from the root, in order."""
    found = []
    for folder, names, leaves in os.walk(root):
        names[:] = sorted(name for name in names if is_source(folder, name))
        for leaf in leaves:
            path = os.path.relpath(os.path.join(folder, leaf), root)
            if path.endswith(suffixes or ("",)):
                found.append(path)
    return sorted(found)


def folders(root):
    """Every source folder below root."""
    return sorted({os.path.dirname(path) for path in files(root)} - {""})


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", newline="") as file:
        return file.read()


def without_comments(text):
    """C text with comments and the insides of strings blanked; lines keep their numbers."""
    token = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"' + r"|'(?:\\.|[^'\\\n])*'", re.S)

    def blank(match):
        if match[0][0] in "\"'":
            return match[0][0] * 2
        return "\n" * match[0].count("\n") or " "

    # An include's quotes are no string: what it names is what the checks want to see.
    lines = text.split("\n")
    kept = {i: line for i, line in enumerate(lines) if re.match(r'\s*#\s*include\s*"', line)}
    out = token.sub(blank, text).split("\n")
    for i, line in kept.items():
        if re.match(r"\s*#\s*include", out[i]):
            out[i] = line
    return "\n".join(out)


def finish(problems, what):
    """Print every problem, each a line, and end with what meson understands."""
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problem(s): {what}")
    sys.exit(1 if problems else 0)


def skip(why):
    """Leave a check out, loudly."""
    print(f"SKIPPED: {why}")
    sys.exit(SKIPPED)
