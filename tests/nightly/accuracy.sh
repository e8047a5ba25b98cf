#!/bin/sh
# Measures what rupture_filter finds and whether its chances are true, in 23 simulated worlds.
# SPDX-License-Identifier: MIT
#
# With --joint: what rupture_joint finds that has the therapist's ratings and distress, too.
# Usage: tests/nightly/accuracy.sh [--joint] [--held-out] [--clients N] [--particles N]
#                                  [--world NAME] [--set PARAM=VALUE] [--learn COURSES]
# Without --held-out it takes the seeds on which settings are chosen; what is reported comes from
# the held-out ones. --particles 0 leaves the ideal out.
set -eu
cd "$(dirname "$0")/../.."
build=build-nightly-accuracy

program=accuracy
if [ "${1:-}" = --joint ]; then
    program=accuracy_joint
    shift
fi
[ -d $build ] || meson setup $build -Dbuildtype=release -Dpython=disabled >/dev/null
ninja -C $build tests/nightly/$program >/dev/null
exec $build/tests/nightly/$program "$@"
