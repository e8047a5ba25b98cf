# Installs the build into an empty folder and builds the programs of examples/embed against it.
# SPDX-License-Identifier: MIT
import os
import re
import shutil
import subprocess
import sys
import tempfile

import tree

# Program, the installed library that it needs.
PROGRAMS = {"embed": "attune", "trend": "attune-stats"}


def run(command, folder, environment):
    done = subprocess.run(command, cwd=folder, env=environment, text=True, capture_output=True,
                          stdin=subprocess.DEVNULL)
    if done.returncode:
        print(" ".join(command), done.stdout, done.stderr, sep="\n")
        sys.exit(1)
    return done.stdout


def with_pkg_config(embed, environment, programs):
    folder = os.path.join(embed, "pkg-config")
    static = ["embed-static"] if environment["ATTUNE_STATIC"] else []
    run(["make", *programs, *static], folder, environment)
    return {name: os.path.join(folder, name) for name in [*programs, *static]}


def with_cmake(embed, environment, programs):
    folder = os.path.join(embed, "cmake")
    run(["cmake", "-B", "build", "-S", ".", "-DCMAKE_C_FLAGS=-Wall -Werror"], folder, environment)
    run(["cmake", "--build", "build"], folder, environment)
    return {name: os.path.join(folder, "build", name) for name in programs}


WAYS = {"pkg-config": (with_pkg_config, ["make", "pkg-config"]),
        "cmake": (with_cmake, ["cmake", "make"])}


def install(given, to):
    """What is installed, as paths from the folder; the environment in which others find it."""
    run([*given.meson, "install", "-C", given.build, "--no-rebuild", "--destdir", to,
         "--tags", "runtime,devel"], ".",
        dict(os.environ))
    config = os.path.join(to, next(iter(tree.files(to, "/attune.pc"))))
    header = os.path.join(to, next(iter(tree.files(to, "/attune/attune.h"))))
    libraries = os.path.dirname(os.path.dirname(config))
    prefix = os.path.dirname(os.path.dirname(os.path.dirname(header)))
    environment = dict(os.environ, LD_LIBRARY_PATH=libraries, CC=given.cc,
                       PKG_CONFIG_PATH=os.path.dirname(config),
                       PKG_CONFIG_SYSROOT_DIR=to, CMAKE_PREFIX_PATH=prefix, ATTUNE_STATIC="")
    if os.path.exists(os.path.join(libraries, "libattune.a")):
        environment["ATTUNE_STATIC"] = "1"
    return libraries, environment


def sonames(root, libraries):
    """Problems where an installed library's soname is not the number that version.h states."""
    text = tree.read(root, "include/attune/version.h")
    number = re.search(r"^#define ATTUNE_ABI_VERSION (\d+)$", text, re.M)[1]
    for leaf in sorted(os.listdir(libraries)):
        if leaf.endswith(".so"):
            said = run(["objdump", "-p", leaf], libraries, dict(os.environ))
            if f"SONAME               {leaf}.{number}\n" not in said:
                yield f"{leaf}: its soname is not {leaf}.{number}"
            if not os.path.exists(os.path.join(libraries, f"{leaf}.{number}")):
                yield f"{leaf}.{number} is not installed"


def main():
    given = tree.arguments(build={"help": "the build folder"},
                           way={"choices": sorted(WAYS)},
                           cc={"help": "the C compiler"},
                           meson={"nargs": "+", "help": "meson's command"})
    way, tools = WAYS[given.way]
    for tool in tools:
        if not shutil.which(tool):
            tree.skip(f"{tool} is not here: apt-get install {tool}")
    problems = []
    with tempfile.TemporaryDirectory() as to:
        libraries, environment = install(given, to)
        problems += sonames(given.root, libraries)
        embed = os.path.join(to, "embed")
        shutil.copytree(os.path.join(given.root, "examples", "embed"), embed)
        programs = [name for name, library in PROGRAMS.items()
                    if os.path.exists(os.path.join(libraries, f"lib{library}.so"))]
        if "embed" not in programs:
            problems.append("libattune.so is not installed")
        for name, path in way(embed, environment, programs).items():
            said = run([path], to, environment)
            wanted = tree.read(embed, name.split("-")[0] + ".txt")
            if said != wanted:
                problems.append(f"{name} with {given.way} printed:\n{said}instead of:\n{wanted}")
    tree.finish(problems, "a program outside the tree does not work with the installed attune")


if __name__ == "__main__":
    main()
