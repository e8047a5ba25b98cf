# What a shared library offers and asks for: symbols as committed, no mutable globals, no surprises.
# SPDX-License-Identifier: MIT
import argparse
import os
import re
import subprocess

import tree

# What core and stats must not import: printing, files, clock, locale, environment, leaving.
LOUD = re.compile(r"(?:_*(?:v?[fs]?n?printf|v?asprintf|fopen|fwrite|fputs|puts|putchar|perror|open|"
                  r"write|read|time|clock|clock_gettime|gettimeofday|localtime|gmtime|mktime|"
                  r"setlocale|localeconv|getenv|strto(?:d|f|ld)|exit|_exit|gsl_error|rand|srand)"
                  r"(?:_chk|_r)?)(?:@.*)?$")
QUIET = {"attune", "attune-stats"}

# Written into every shared library by the compiler's own start files.
STARTUP = re.compile(r"completed\.\d+|__dso_handle|__TMC_END__|_edata|_end|__bss_start|data_start"
                     r"|\.data|\.bss|_DYNAMIC|_GLOBAL_OFFSET_TABLE_")


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def offered(library):
    lines = run("nm", "-D", "--defined-only", library).splitlines()
    return sorted({line.split()[-1].split("@")[0] for line in lines})


def imported(library):
    lines = run("nm", "-D", "--undefined-only", library).splitlines()
    return sorted({line.split()[-1].split("@")[0] for line in lines})


def mutable(library):
    """Names in .data and .bss: state that outlives a call."""
    for line in run("objdump", "-t", library).splitlines():
        match = re.match(r"\S+ .{7} (\.data|\.bss)\s+\S+\s+(?:\.hidden )?(\S+)$", line)
        if match and not STARTUP.fullmatch(match[2]):
            yield match[2]


def compare(found, path, what, update):
    """Problems between a list and its committed file; with update, write the file."""
    if update:
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(f"{name}\n" for name in found)
        return
    committed = []
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            committed = file.read().split()
    name = os.path.basename(path)
    for symbol in sorted(set(found) - set(committed)):
        yield f"{symbol}: {what}, but not in tests/abi/{name}"
    for symbol in sorted(set(committed) - set(found)):
        yield f"{symbol}: in tests/abi/{name}, but no longer {what}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("name", help="attune, attune-stats, ...")
    parser.add_argument("library", help="the shared library")
    parser.add_argument("abi", help="the folder tests/abi")
    parser.add_argument("--update", action="store_true", help="commit to what is there now")
    parser.add_argument("--instrumented", action="store_true",
                        help="built with a sanitizer or for coverage: its symbols are there too")
    given = parser.parse_args()
    symbols, imports = offered(given.library), imported(given.library)
    if given.instrumented:
        symbols = [name for name in symbols if name.startswith("attune")]
    problems = [f"{name}: exported, but not attune_*" for name in symbols
                if not name.startswith("attune_")]
    problems += compare(symbols, os.path.join(given.abi, f"{given.name}.symbols"), "exported",
                        given.update)
    if given.name == "attune-stats":
        gsl = [name for name in imports if name.startswith("gsl_")]
        problems += compare(gsl, os.path.join(given.abi, "gsl.imports"), "imported", given.update)
    elif given.name in QUIET:
        problems += [f"{name}: core needs no GSL" for name in imports if name.startswith("gsl_")]
    if given.name in QUIET and not given.instrumented:
        problems += [f"{name}: imported by {given.name}" for name in imports if LOUD.match(name)]
        problems += [f"{name}: a global that can change" for name in mutable(given.library)]
    tree.finish(problems, "after a wanted change run this check with --update and commit the list")


if __name__ == "__main__":
    main()
