# The statuses run without a gap from OK to the END sentinel, and the Python package maps them all.
# SPDX-License-Identifier: MIT
import re

import tree

DEFINE = re.compile(r"^#define (ATTUNE_(?:OK|E_\w+|STATUS_END)) \(?(-?\d+)\)?", re.M)


def check(root):
    header = "include/attune/status.h"
    found = [(name, int(value)) for name, value in DEFINE.findall(tree.read(root, header))]
    for place, (name, value) in enumerate(found):
        if value != -place:
            yield f"{header}: {name} is {value}; in this order it would be {-place}"
    if not found or found[-1][0] != "ATTUNE_STATUS_END":
        yield f"{header}: ATTUNE_STATUS_END is not the last"
    names = {name for name, _ in found if name.startswith("ATTUNE_E_")}
    package = [tree.read(root, path) for path in tree.files(root, ".py")
               if path.startswith("bindings/python/pyattune/")]
    if package:
        spelt = set(re.findall(r"\b(?:ATTUNE_)?E_\w+", "\n".join(package)))
        for name in sorted(n for n in names if n not in spelt and n[len("ATTUNE_"):] not in spelt):
            yield f"bindings/python/pyattune: {name} is mapped to no exception"
    written = re.compile(r"\bATTUNE_E_\w+")
    for path in tree.files(root, ".c", ".h", ".py"):
        for name in sorted(set(written.findall(tree.read(root, path))) - names):
            if not path.startswith("tests/tools/"):
                yield f"{path}: {name} is no status"


if __name__ == "__main__":
    tree.finish(list(check(tree.arguments().root)), "the statuses are not complete")
