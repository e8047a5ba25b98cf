/* A clinic's own rule sets, read at run time from the format of the built-in ones. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_RULEFILE_H
#define ATTUNE_RULEFILE_H

#include <attune/allocator.h>
#include <attune/export.h>
#include <attune/rule.h>
#include <attune/status.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ATTUNE_RULEFILE_BYTES_MAX 65536 /* a longer text is refused */

/*
 * An immutable rule set read from n bytes of text (UTF-8 JSON, a byte-order mark is skipped, not
 * NUL-terminated), as lib/core/rule/data/ruleset.schema.json describes:
 *
 *     { "id": "north-clinic", "version": 2, "text": "why these rules",
 *       "rules": [ { "rule": "own_range", "version": 1,
 *                    "parameters": [ { "name": "k_probable", "value": 2.5 } ] } ] }
 *
 * attune_ruleset_describe and attune_ruleset_choice read it as they read the built-in ones; its
 * hash is the SHA-256 of the text, so that a result says with what it was computed. A rule's
 * version, where it is stated, must be this library's: with another the marks could come out
 * otherwise than when the set was chosen.
 *
 * Owned: attune_ruleset_free. Nothing is kept of text. ATTUNE_E_ARGUMENT when out or text is NULL;
 * ATTUNE_E_FORMAT with err->line, err->column, err->key (a JSON path,
 * "rules[1].parameters[0].value"; "" where the JSON itself is at fault) and what was expected;
 * ATTUNE_E_DUPLICATE when the id is a built-in set's, or a rule or parameter is named twice;
 * ATTUNE_E_UNKNOWN when there is no such rule or parameter, or the rule has another version;
 * ATTUNE_E_OPTION when a value lies outside its parameter's range; ATTUNE_E_MEMORY. On failure
 * *out is untouched. While it reads, Jansson takes memory of its own with malloc and gives it back
 * before the call returns; what the set keeps comes from the allocator (NULL: malloc). Thread-safe.
 */
ATTUNE_API attune_status attune_ruleset_load(attune_ruleset **out, const char *text, size_t n,
                                             const attune_allocator *allocator, attune_error *err);

/* Of a set that was loaded. NULL is fine. */
ATTUNE_API void attune_ruleset_free(attune_ruleset *set);

/*
 * Writes a rule set's file to text, which takes capacity bytes with the NUL; *length is what it
 * takes without the NUL, also when that did not fit (ATTUNE_E_COUNT, text untouched; capacity 0
 * with a NULL text only asks). about names it: its id as "north-clinic/2", its text, and in count
 * how many choices there are; its hash is not read. Every parameter is written, so that the file
 * says all of what it was chosen with. What it writes, attune_ruleset_load reads back to the same
 * doubles, unless the id is a built-in set's: a set that was changed wants a name of its own.
 * ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT when about->count is not 1 to
 * ATTUNE_RULESET_MAX; ATTUNE_E_OPTION for an id without a version or texts that are not UTF-8;
 * ATTUNE_E_MEMORY. Thread-safe.
 */
ATTUNE_API attune_status attune_ruleset_write(const attune_ruleset_info *about,
                                              const attune_rule_choice *choices, char *text,
                                              size_t capacity, size_t *length, attune_error *err);

#ifdef __cplusplus
}
#endif

#endif
