/* Norm files: a fitted expected response with whose it is (attune_norm), as JSON. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_NORM_H
#define ATTUNE_NORM_H

#include <attune/export.h>
#include <attune/response.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ATTUNE_NORM_BYTES_MAX 65536 /* a longer text is refused */
#define ATTUNE_NORM_FORMAT "attune-response/1"

/*
 * Reads a norm from n bytes of JSON, of the form that attune_norm_write gives and
 * lib/io/norm/norm.schema.json describes: every key must be there, and no other. Nothing is kept
 * of the text but its SHA-256, in hash. ATTUNE_E_ARGUMENT for a NULL pointer, ATTUNE_E_STRUCT_SIZE
 * of norm; the rest of norm need not be set. ATTUNE_E_FORMAT with err->line, err->column, err->key
 * (a JSON path, "model.slope") and what was expected, also where attune_response_check refuses the
 * figures; ATTUNE_E_MEMORY: Jansson takes memory of its own with malloc and gives it back before
 * the call returns. On failure norm is untouched. Thread-safe.
 */
ATTUNE_API attune_status attune_norm_load(attune_norm *norm, const char *text, size_t n,
                                          attune_error *err);

/*
 * Writes the norm's file to text, which takes capacity bytes with the NUL; *length is what it
 * takes without the NUL, also when that did not fit (ATTUNE_E_COUNT, text untouched; capacity 0
 * with a NULL text only asks). ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_OPTION for a
 * model that attune_response_check refuses, an unknown rater, and texts that are not UTF-8;
 * ATTUNE_E_MEMORY. What it writes, attune_norm_load reads back to the same doubles.
 */
ATTUNE_API attune_status attune_norm_write(const attune_norm *norm, char *text, size_t capacity,
                                           size_t *length, attune_error *err);

#ifdef __cplusplus
}
#endif

#endif
