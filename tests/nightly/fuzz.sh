#!/bin/sh
# Fuzzes every target of tests/fuzz under ASan and UBSan, each from its own corpus.
# SPDX-License-Identifier: MIT
#
# Usage: tests/nightly/fuzz.sh [SECONDS]   a target; 3600 unless told.   Wants: clang
# What it finds stays in build-nightly-fuzz; bring a finding into the corpus with its mend.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-3600}
build=build-nightly-fuzz
found=$PWD/$build/found

checks="-fsanitize=fuzzer-no-link,float-divide-by-zero,float-cast-overflow"
checks="$checks -fno-sanitize-recover=all"

rm -rf $build
CC=clang meson setup $build -Dfuzz=true -Dpython=disabled -Db_lundef=false \
    -Db_sanitize=address,undefined \
    -Dc_args="$checks"
ninja -C $build

failed=""
for program in $(find $build/tests/fuzz -type f -perm -u+x -name 'fuzz_*'); do
    name=${program##*/fuzz_}
    mkdir -p "$found/$name"
    dictionary=$(find $build/tests/fuzz tests/fuzz -name "$name.dict" | head -n 1)
    echo "== $name"
    "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
        ${dictionary:+-dict="$dictionary"} -artifact_prefix="$found/$name." \
        "$found/$name" "tests/fuzz/$name/corpus" >"$found/$name.log" 2>&1 ||
        failed="$failed $name"
    grep -E '^stat::number_of_executed_units|DONE|ERROR|runtime error' "$found/$name.log" || true
done
echo "failed:${failed:- none}"
[ -z "$failed" ]
