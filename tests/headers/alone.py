# Compiles each public header alone under one language standard, warnings being errors.
# SPDX-License-Identifier: MIT
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import tree

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def compile_alone(compiler, standard, root, header, folder):
    """What the compiler says against a file that includes this header only, twice."""
    language = "c++" if "++" in standard else "c"
    path = os.path.join(folder, "alone")
    with open(path, "w", encoding="utf-8") as file:
        if header:
            file.write(f"#include <attune/{header}>\n#include <attune/{header}>\n")
        file.write("extern int attune_alone;\n")
    done = subprocess.run(
        [*compiler, f"-x{language}", f"-std={standard}", *WARNINGS, "-fsyntax-only",
         f"-I{os.path.join(root, 'include')}", path], capture_output=True, text=True)
    return done.stderr if done.returncode else ""


def main():
    given = tree.arguments(standard={"help": "c99, c11, c++11, c++17"},
                           compiler={"nargs": "+", "help": "the compiler's command"})
    headers = sorted(os.listdir(os.path.join(given.root, "include", "attune")))
    with tempfile.TemporaryDirectory() as folder:
        if compile_alone(given.compiler, given.standard, given.root, None, folder):
            tree.skip(f"{given.compiler[0]} does not compile {given.standard}: apt-get install g++")
        said = {h: compile_alone(given.compiler, given.standard, given.root, h, folder)
                for h in headers}
    tree.finish([f"{header} as {given.standard}:\n{text}" for header, text in said.items() if text],
                "a public header does not stand alone")


if __name__ == "__main__":
    main()
