#!/bin/sh
# Runs every test program, and the command on its bundled data, under Valgrind.
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/../.."
build=build-nightly-valgrind

rm -rf $build
meson setup $build -Dpython=disabled
ninja -C $build
meson introspect --tests $build | /usr/bin/python3 tests/tools/programs.py $build | tr '\n' '\0' |
    xargs -0 meson test -C $build --no-rebuild --timeout-multiplier 100 \
        --wrap 'valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=all'
