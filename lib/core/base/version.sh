#!/bin/sh
# Prints the version that include/attune/version.h states: the one place it is written.
# SPDX-License-Identifier: MIT
sed -n 's/^#define ATTUNE_VERSION_\(MAJOR\|MINOR\|PATCH\) \([0-9]*\)$/\2/p' \
    "$(dirname "$0")/../../../include/attune/version.h" | paste -sd.
