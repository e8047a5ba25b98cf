/* What marks a symbol as part of the public interface; everything else is hidden. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_EXPORT_H
#define ATTUNE_EXPORT_H

#if defined(_WIN32)
#define ATTUNE_API
#else
#define ATTUNE_API __attribute__((visibility("default")))
#endif

#endif
