# Runs what the README shows and compares it with what the README says it prints.
# SPDX-License-Identifier: MIT
"""Each block stands behind a comment that says what it is:

    <!-- run: attune ... -->    what the built command prints
    <!-- c -->                  a C program, <!-- c output --> what it prints
    <!-- python -->             a script, <!-- python output --> what it prints

    blocks.py ROOT BUILD [--update] [--cc CC] [--python PYTHON --path PYTHONPATH]
"""
import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"(<!-- (?P<name>[^\n]*?) -->\n```\w*\n)(?P<body>.*?)(?P<end>```)", re.S)


def run(command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout


def run_command(given, words):
    program = os.path.join(given.build, "examples", "attune")
    return run([program, *shlex.split(words)[1:]], cwd=given.root)


def run_c(given, program):
    with tempfile.TemporaryDirectory() as folder:
        source, binary = os.path.join(folder, "program.c"), os.path.join(folder, "program")
        with open(source, "w", encoding="utf-8") as file:
            file.write(program)
        run([*shlex.split(given.cc), "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
             "-I", os.path.join(given.root, "include"), source,
             os.path.join(given.build, "lib", "core", "libattune.a"), "-lm", "-o", binary])
        return run([binary])


def run_python(given, script):
    return run([given.python, "-c", script], cwd=given.root,
               env={**os.environ, "PYTHONPATH": given.path})


def answers(given, blocks):
    """The block's place and what it should hold."""
    for name, body in blocks.items():
        if name.startswith("run: attune"):
            yield name, run_command(given, name[len("run: "):])
        elif name == "c output":
            yield name, run_c(given, blocks["c"])
        elif name == "python output" and given.python:
            yield name, run_python(given, blocks["python"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root")
    parser.add_argument("build")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--python")
    parser.add_argument("--path", default="")
    given = parser.parse_args()
    readme = os.path.join(given.root, "README.md")
    with open(readme, encoding="utf-8") as file:
        text = file.read()
    blocks = {found["name"]: found["body"] for found in BLOCK.finditer(text)}
    got = dict(answers(given, blocks))
    stale = [name for name, output in got.items() if output != blocks[name]]
    if given.update:
        text = BLOCK.sub(lambda m: m[1] + got.get(m["name"], m["body"]) + m["end"], text)
        with open(readme, "w", encoding="utf-8") as file:
            file.write(text)
        return
    for name in stale:
        print(f"README.md, block <!-- {name} -->: the program prints something else:")
        print(got[name])
    if not given.python:
        print("SKIPPED: the Python block, for pyattune is not in this build")
    print(f"{len(got) - len(stale)} blocks as shown, {len(stale)} not")
    sys.exit(1 if stale or len(got) < 2 else 0)


if __name__ == "__main__":
    main()
