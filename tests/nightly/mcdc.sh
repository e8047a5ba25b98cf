#!/bin/sh
# Measures MC/DC of lib/core and lib/stats with clang 19 and prints the report.
# SPDX-License-Identifier: MIT
#
# Wants: apt-get install clang-19 llvm-19 libclang-rt-19-dev
set -eu
cd "$(dirname "$0")/../.."
build=build-nightly-mcdc
flags="-fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc"

rm -rf $build
export LLVM_PROFILE_FILE="$PWD/$build/profiles/%p-%m.profraw"
CC=clang-19 meson setup $build -Dbuildtype=debug -Ddefault_library=both -Dpython=disabled \
    -Dwerror=false -Dc_args="$flags" -Dc_link_args="$flags"
ninja -C $build
status=0
meson test -C $build --no-rebuild \
    --no-suite tree --no-suite headers --no-suite install --no-suite abi || status=$?
llvm-profdata-19 merge -sparse $build/profiles/*.profraw -o $build/merged.profdata

# Every program and library that the tests ran; the first one without its option's name.
objects=$(find $build -type f \( -name '*.so.*' -o -perm -u+x \) ! -name '*.symbols' |
    while read -r file; do
        head -c 4 "$file" | grep -q ELF && printf ' -object %s' "$file"
    done)
# shellcheck disable=SC2086
llvm-cov-19 report ${objects# -object } -instr-profile=$build/merged.profdata \
    --show-mcdc-summary --show-region-summary=false --show-functions=false lib/core lib/stats \
    2>/dev/null
exit $status
