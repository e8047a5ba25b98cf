#!/bin/sh
# Compares the libraries of this tree with those of an earlier commit or tag, by abidiff.
# SPDX-License-Identifier: MIT
#
# Usage: tests/nightly/abidiff.sh COMMIT    Wants: apt-get install abigail-tools
set -eu
cd "$(dirname "$0")/../.."
before=$1
build=build-nightly-abi
options="-Dbuildtype=debug -Dpython=disabled -Dtests=disabled -Dexamples=disabled"

rm -rf $build
mkdir -p $build/before
git archive "$before" | tar -C $build/before -xf -
# shellcheck disable=SC2086
for tree in $build/before .; do
    to=$build/old
    [ "$tree" != . ] || to=$build/new
    meson setup "$to" "$tree" $options >/dev/null
    ninja -C "$to" >/dev/null
done

changed=0
for new in $(find $build/new/lib -type f -name 'lib*.so.*.*.*' ! -path '*.p/*'); do
    name=$(basename "$new")
    old=$(find $build/old/lib -type f -name "${name%%.so*}.so.*.*.*" ! -path '*.p/*')
    echo "== ${name%%.so*}"
    if [ -z "$old" ]; then
        echo "not there before"
        continue
    fi
    abidiff --headers-dir1 $build/before/include --headers-dir2 include \
        --drop-private-types "$old" "$new" || changed=1
done
exit $changed
