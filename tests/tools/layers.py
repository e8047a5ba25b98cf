# A folder includes only what stands to its left; GSL, I/O and bad names stay out.
# SPDX-License-Identifier: MIT
import os
import re

import tree

# Room by room: what each may include.
ROOMS = {
    "core": {"core"},
    "stats": {"core", "stats"},
    "io": {"core", "io"},
    "report": {"core", "stats", "report"},
    "examples": {"core", "stats", "io", "report", "examples"},
    "bindings": {"core", "stats", "io", "report", "bindings"},
}

# Inside core and stats, from left to right.
SHELVES = {
    "core": ["base", "scale", "change", "filter", "rule", "watch"],
    "stats": ["num", "trend", "chart", "changepoint", "sudden", "response", "psychometrics",
              "associate", "simulate", "alarm"],
}

# Which library each public header belongs to.
HEADERS = {
    "core": "allocator attune change companion company export field response rule scale score "
            "status version watch",
    "stats": "alarm associate changeeffect changepoint changeslope chart correlation dyad learn "
             "phase psychometrics responsefit runlength simulate smooth sudden therapist trend",
    "io": "forms norm rulefile scalefile text",
    "report": "report",
}
HEADER_ROOM = {header: room for room, names in HEADERS.items() for header in names.split()}

# Headers of other projects, and where alone they may be included.
FOREIGN = [
    (re.compile(r"gsl/"), re.compile(r"lib/stats/num/gsl\.c$"), "lib/stats/num/gsl.c"),
    (re.compile(r"jansson\.h$|csv\.h$|sha2\.h$|sqlite3\.h$"), re.compile(r"lib/io/|examples/"),
     "lib/io"),
    (re.compile(r"uni(str|width)\.h$"), re.compile(r"lib/(io|report)/|examples/"),
     "lib/io and lib/report"),
]

# What core and stats never reach for, and what no C file of the tree calls.
QUIET = re.compile(r"<(?:stdio|time|locale)\.h>|\b(?:getenv|strto(?:d|f|ld)|setlocale)\b")
BANNED = re.compile(r"\b(?:strcpy|strcat|sprintf|vsprintf|atoi|atol|atof|gets)\s*\(")
DUMPS = {"utils", "util", "common", "helpers", "helper", "misc"}
INCLUDE = re.compile(r'\s*#\s*include\s*(["<])([^">]+)[">]')
GENERATED = {"build_parts.h"}


def room_of(path):
    parts = path.split("/")
    if parts[0] == "lib" and len(parts) > 2:
        return parts[1]
    return parts[0] if parts[0] in ("examples", "bindings") else None


def shelf_of(path):
    """The library's shelves and which of them a file stands on, from left to right."""
    parts = path.split("/")
    shelves = SHELVES.get(parts[1]) if parts[0] == "lib" and len(parts) > 3 else None
    if shelves is None or parts[2] not in shelves:
        return None
    return parts[1], shelves.index(parts[2])


def names_of(shelf):
    return SHELVES[shelf[0]][shelf[1]]


def check_include(root, path, quote, name):
    room = room_of(path)
    if quote == "<" and not name.startswith("attune/"):
        for foreign, allowed, where in FOREIGN:
            if foreign.match(name) and not allowed.match(path):
                return f"<{name}> belongs in {where} only"
        return None
    if name.startswith("attune/"):
        target = HEADER_ROOM.get(name[len("attune/"):-len(".h")])
        if target is None:
            return f"<{name}>: give this header its library in tests/tools/layers.py"
    elif name in GENERATED:
        return None
    elif not os.path.exists(os.path.join(root, name)):
        return f'"{name}" is not written from the root'
    else:
        target = room_of(name)
        mine, other = shelf_of(path), shelf_of(name)
        if mine and other and mine[0] == other[0] and other > mine:
            return f"{names_of(mine)} stands to the left of {names_of(other)}"
    if target not in ROOMS[room]:
        return f"{room} must not include {target} ({name})"
    return None


def check(root):
    for path in tree.files(root, ".c", ".h"):
        room = room_of(path)
        if room is None and not path.startswith("include/"):
            continue
        if room is not None and room not in ROOMS:
            yield f"{path}:1: lib/{room} is no room of the house"
            continue
        if path.startswith("include/attune/"):
            header = os.path.basename(path)[:-2]
            room = HEADER_ROOM.get(header)
            if room is None:
                yield f"{path}:1: give this header its library in tests/tools/layers.py"
                continue
        if room in SHELVES and shelf_of(path) is None and path.startswith("lib/"):
            yield f"{path}:1: {room} is made of {', '.join(SHELVES[room])}"
        for number, line in enumerate(tree.without_comments(tree.read(root, path)).split("\n"), 1):
            where = f"{path}:{number}:"
            include = INCLUDE.match(line)
            if include and path.startswith("include/"):
                inner = re.match(r"attune/(\w+)\.h$", include[2])
                if inner and HEADER_ROOM.get(inner[1]) not in ROOMS[room]:
                    yield f"{where} {room} must not include <{include[2]}>"
            elif include:
                wrong = check_include(root, path, include[1], include[2])
                if wrong:
                    yield f"{where} {wrong}"
            if room in ("core", "stats") and QUIET.search(line):
                yield f"{where} {room} does no I/O and knows no clock and no locale"
            if BANNED.search(line):
                yield f"{where} {BANNED.search(line)[0].rstrip('( ')} is not used in this tree"
    for folder in tree.folders(root):
        if os.path.basename(folder) in DUMPS:
            yield f"{folder}: a folder is named after its subject"


if __name__ == "__main__":
    tree.finish(list(check(tree.arguments().root)), "the order of the rooms is broken")
