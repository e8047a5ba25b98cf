#!/bin/sh
# Times attune and the peers that are installed on the same data in one run, and prints the ratios.
# SPDX-License-Identifier: MIT
#
# Usage: tests/nightly/peers.sh [PYTHON]
# PYTHON is one that has scipy, statsmodels, pymannkendall or ruptures; else python3. R's packages
# are lme4, strucchange, changepoint, trend, Kendall. None of them is needed: what is absent is
# named. Every tool has one thread.
set -eu
cd "$(dirname "$0")/../.."
build=build-nightly-peers

[ -d $build ] || meson setup $build -Dbuildtype=release -Dpython=disabled >/dev/null
ninja -C $build tests/nightly/peers_attune >/dev/null
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1
exec "${1:-python3}" tests/nightly/peers/peers.py $build/tests/nightly/peers_attune
