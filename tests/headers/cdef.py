# Feeds every public header, preprocessed, to cffi: what it reads, every binding generator reads.
# SPDX-License-Identifier: MIT
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import tree

try:
    import cffi
except ImportError:
    cffi = None


def preprocessed(compiler, root, headers):
    """The declarations of the headers alone: system headers are empty, attributes gone."""
    with tempfile.TemporaryDirectory() as empty:
        for name in ("stddef.h", "stdint.h"):
            open(os.path.join(empty, name), "w", encoding="utf-8").close()
        source = "".join(f"#include <attune/{name}>\n" for name in headers)
        done = subprocess.run(
            [*compiler, "-E", "-P", "-xc", "-std=c11", "-nostdinc", "-D__attribute__(x)=",
             f"-I{empty}", f"-I{os.path.join(root, 'include')}", "-"],
            input=source, capture_output=True, text=True, check=True)
    return done.stdout


def main():
    given = tree.arguments(compiler={"nargs": "+", "help": "the C compiler's command"})
    if cffi is None:
        tree.skip("cffi is not here: apt-get install python3-cffi")
    folder = os.path.join(given.root, "include", "attune")
    headers = sorted(os.listdir(folder))
    problems = []
    for header in headers:
        try:
            cffi.FFI().cdef(preprocessed(given.compiler, given.root, [header]))
        except cffi.CDefError as error:
            problems.append(f"{header}: {error}")
    if problems:
        tree.finish(problems, "cffi cannot read a public header")
    text = preprocessed(given.compiler, given.root, headers)
    cffi.FFI().cdef(text)
    declared = set(re.findall(r"\b(attune_\w+)\s*\(", text))
    written = "".join(tree.without_comments(tree.read(folder, header)) for header in headers)
    wanted = set(re.findall(r"ATTUNE_API[^;(]*?(attune_\w+)\s*\(", written))
    problems += [f"{name}: declared, but lost on the way to cffi" for name in wanted - declared]
    tree.finish(problems, "cffi loses part of a public header")


if __name__ == "__main__":
    main()
