/* The version of attune and of its binary interface; meson reads both back from here. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_VERSION_H
#define ATTUNE_VERSION_H

#include <attune/export.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ATTUNE_VERSION_MAJOR 0
#define ATTUNE_VERSION_MINOR 1
#define ATTUNE_VERSION_PATCH 0

/* The soname number of all four libraries: raised when a program linked before must be rebuilt. */
#define ATTUNE_ABI_VERSION 0

/*
 * The version of the library at run time, "major.minor.patch"; never NULL, static storage.
 * Thread-safe.
 */
ATTUNE_API const char *attune_version_text(void);

#ifdef __cplusplus
}
#endif

#endif
