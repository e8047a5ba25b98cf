#!/usr/bin/env bash
# Measures the whole false-alarm table anew and compares it with the committed one, byte by byte.
# SPDX-License-Identifier: MIT
set -euo pipefail
build=build-nightly-alarms
if [ -d "$build" ]; then reconfigure=--reconfigure; else reconfigure=; fi
meson setup $reconfigure "$build" >/dev/null
ninja -C "$build" >/dev/null
"$build/examples/attune" rules --measure-alarms --csv -o "$build/alarms.csv"
if cmp "$build/alarms.csv" lib/stats/alarm/data/alarms.csv; then
    echo "alarms: the committed table, to the byte"
else
    diff "$build/alarms.csv" lib/stats/alarm/data/alarms.csv | head -20
    exit 1
fi
