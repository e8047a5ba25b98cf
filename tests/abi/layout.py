# Writes the C program that prints size and offsets of every public struct, and compares its output.
# SPDX-License-Identifier: MIT
import argparse
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import tree

STRUCT = re.compile(r"typedef\s+struct\s+(\w+)\s*\{(.*?)\}\s*\1\s*;", re.S)


def fields(body):
    """The names of a struct's fields, in order."""
    for statement in body.split(";"):
        callback = re.search(r"\(\s*\*\s*(\w+)\s*\)", statement)
        if callback:
            yield callback[1]
            continue
        for declarator in filter(str.strip, statement.split(",")):
            yield re.search(r"(\w+)\s*(?:\[[^]]*\]\s*)*$", declarator)[1]


def folder_of(root):
    return os.path.join(root, "include", "attune")


def structs(root):
    """(header, struct, fields) of every struct that the public headers define."""
    folder = folder_of(root)
    for header in sorted(os.listdir(folder)):
        text = tree.without_comments(tree.read(folder, header))
        text = re.sub(r"\\\n", " ", text)
        text = re.sub(r"^\s*#.*$", "", text, flags=re.M)
        for name, body in STRUCT.findall(text):
            yield header, name, list(fields(body))


def program(found):
    """The C text of the program."""
    lines = ["/* Made by tests/abi/layout.py: prints the layout of the public structs. */",
             "#include <stddef.h>", "#include <stdio.h>"]
    lines += [f"#include <attune/{header}>" for header in dict.fromkeys(h for h, _, _ in found)]
    lines += ["int main(void)", "{"]
    for _, name, names in found:
        lines.append(f'    printf("{name} %zu\\n", sizeof({name}));')
        lines += [f'    printf("{name}.{field} %zu %zu\\n", offsetof({name}, {field}), '
                  f"sizeof((({name} *)0)->{field}));" for field in names]
    return "\n".join(lines + ["    return 0;", "}", ""])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("root")
    parser.add_argument("--write", help="write the program to this file")
    parser.add_argument("--depfile", help="write here what the program was made from")
    parser.add_argument("--run", help="run the program and compare")
    parser.add_argument("--update", action="store_true", help="commit to what is there now")
    given = parser.parse_args()
    if given.write:
        with open(given.write, "w", encoding="utf-8") as file:
            file.write(program(list(structs(given.root))))
        if given.depfile:
            folder = folder_of(given.root)  # itself too: it changes when a header comes or goes
            made_from = [folder]
            made_from += [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
            with open(given.depfile, "w", encoding="utf-8") as file:
                file.write(f"{os.path.basename(given.write)}: {' '.join(made_from)}\n")
        return
    if sys.maxsize < 2**32:
        tree.skip("the committed layout is that of a 64-bit machine")
    path = os.path.join(given.root, "tests", "abi", "layout.txt")
    now = subprocess.run([given.run], check=True, capture_output=True, text=True).stdout
    if given.update:
        with open(path, "w", encoding="utf-8") as file:
            file.write(now)
        return
    was = tree.read(given.root, "tests/abi/layout.txt") if os.path.exists(path) else ""
    gone = sorted(set(was.splitlines()) - set(now.splitlines()))
    new = sorted(set(now.splitlines()) - set(was.splitlines()))
    problems = [f"was: {line}" for line in gone] + [f"now: {line}" for line in new]
    if now != was and not problems:
        problems = ["the order of the structs has changed"]
    tree.finish(problems, "a public struct has changed; if that is wanted: ninja update-abi")


if __name__ == "__main__":
    main()
