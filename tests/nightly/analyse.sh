#!/bin/sh
# Reads the libraries and the command with the static analysers of gcc and clang.
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/../.."
build=build-nightly-analyse

# gcc 12 sees leaks where there are none (ASan and Valgrind look for them by running), and other
# things too: what it says is to be read, and fails nothing. What clang says fails.
rm -rf $build
meson setup $build/gcc -Dpython=disabled -Dtests=disabled -Dwerror=false \
    -Dc_args='-fanalyzer -Wno-analyzer-malloc-leak -Wno-analyzer-file-leak'
ninja -C $build/gcc >$build/gcc.log || { cat $build/gcc.log; exit 1; }
grep 'analyzer-' $build/gcc.log || echo "gcc: nothing found"
CC=clang meson setup $build/clang -Dpython=disabled -Dtests=disabled
ninja -C $build/clang
/usr/bin/python3 - $build/clang/compile_commands.json <<'PYTHON'
import json, shlex, subprocess, sys

failed = 0
for entry in json.load(open(sys.argv[1])):
    words = shlex.split(entry["command"])
    words = words[:words.index("-o")] + [entry["file"]]
    if words[-1].endswith("scale_table.c"):
        continue  # made by the build, nothing but data
    words[1:1] = ["--analyze", "--analyzer-output", "text", "-Xclang", "-analyzer-werror"]
    failed += subprocess.run(words, cwd=entry["directory"]).returncode != 0
sys.exit(f"{failed} file(s) with findings" if failed else 0)
PYTHON
