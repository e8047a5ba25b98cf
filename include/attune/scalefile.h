/* A clinic's own scales, read at run time from the same JSON that the built-in ones come from. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_SCALEFILE_H
#define ATTUNE_SCALEFILE_H

#include <attune/allocator.h>
#include <attune/export.h>
#include <attune/scale.h>
#include <attune/status.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * An immutable set of scales read from one text: one JSON object, or an array of them, as
 * lib/core/scale/data/scale.schema.json describes. It may leave out what a built-in scale must
 * say: a fact without a source, or with a status other than "confirmed" and "provisional", is
 * ATTUNE_FACT_UNCONFIRMED, and what its status says besides is kept as a note. So is a scale that
 * names no day of a second reading (reviewed): every output then calls it unconfirmed. It is scored
 * all the same, without a statement: a built-in scale comes to people who never saw its file, but
 * who loads a file has chosen it. A reliable_change whose use is not "reliable change" (a threshold
 * of sudden gains, say) is kept as a note only.
 *
 *     attune_scale_set *own = NULL;
 *     attune_error err = ATTUNE_ERROR_INIT;
 *     if (attune_scale_set_load(&own, text, n, NULL, &err) != ATTUNE_OK)
 *         fprintf(stderr, "line %d, %s: %s\n", (int)err.line, err.key, err.text);
 *     attune_scale_set_free(own);
 */
typedef struct attune_scale_set attune_scale_set;

/* Above these, a text is refused with ATTUNE_E_FORMAT. */
#define ATTUNE_SCALEFILE_BYTES_MAX (1u << 20)
#define ATTUNE_SCALEFILE_SCALES_MAX 256

/*
 * Read scales from text of n bytes (UTF-8 JSON, a byte-order mark is skipped, not NUL-terminated).
 * Nothing is kept of text. Owned: attune_scale_set_free.
 * ATTUNE_E_ARGUMENT when out or text is NULL; ATTUNE_E_FORMAT with err->line, err->column, err->key
 * (a JSON path, "[2].cutoffs[0].value"; "" where the JSON itself is at fault) and what was
 * expected; ATTUNE_E_DUPLICATE, with err->index too, when an id stands twice or is a built-in's;
 * ATTUNE_E_MEMORY. A missing key has the line of the object that lacks it. On failure *out is
 * untouched. While it reads, Jansson takes memory of its own with malloc and gives it back before
 * the call returns (where it finds none in the middle of a word it calls the word bad:
 * ATTUNE_E_FORMAT); what the set keeps comes from the allocator (NULL: malloc). Thread-safe.
 */
ATTUNE_API attune_status attune_scale_set_load(attune_scale_set **out, const char *text, size_t n,
                                               const attune_allocator *allocator,
                                               attune_error *err);

/* NULL is fine. The set's scales end with it. */
ATTUNE_API void attune_scale_set_free(attune_scale_set *set);

/*
 * What a clinic states beside its own scales, each 0 or NULL by default. Licences go scale by
 * scale, by id: who names an id holds the licence of that scale's owner.
 */
typedef struct attune_scale_set_options {
    uint32_t struct_size;        /* set by the caller */
    uint32_t accept;             /* ATTUNE_ACCEPT_UNCONFIRMED: unconfirmed scales and facts too */
    int32_t override_built_in;   /* 1: a scale read here may have the id of a built-in one */
    uint32_t licence_count;      /* of licences */
    const char *const *licences; /* ids of scales whose licence is held */
    const char *norms;           /* use this set of constants wherever a scale has it */
    attune_scale_set *base;      /* searched after this set's own, and freed with it; or NULL */
} attune_scale_set_options;

/*
 * As attune_scale_set_load, with options; text may be NULL when n is 0: no scales of its own. What
 * the set finds is opened and its constants are chosen as the options say: hand the set to
 * attune_forms_new, and everything that follows does. An unconfirmed scale of a clinic's own file
 * needs no statement, see above. Besides: ATTUNE_E_STRUCT_SIZE;
 * ATTUNE_E_OPTION when accept or override_built_in is none of the above; ATTUNE_E_UNKNOWN, key
 * "licences" with err->index or "norms", when no scale has that id or that set. On failure base
 * stays the caller's.
 */
ATTUNE_API attune_status attune_scale_set_load_with(attune_scale_set **out,
                                                    const attune_scale_set_options *options,
                                                    const char *text, size_t n,
                                                    const attune_allocator *allocator,
                                                    attune_error *err);

/*
 * Everything that is wrong with a text at once, not only the first: *count problems, of which
 * problems holds as many as it has room for, each with line, column, key and what was expected.
 * What rests on a refused part is not looked at: mend, and check again. ATTUNE_OK when nothing is
 * wrong, ATTUNE_E_FORMAT when something is; ATTUNE_E_ARGUMENT, ATTUNE_E_MEMORY. options may be
 * NULL: override_built_in and base count. Thread-safe.
 */
ATTUNE_API attune_status attune_scale_set_check(const attune_scale_set_options *options,
                                                const char *text, size_t n, attune_error *problems,
                                                size_t capacity, size_t *count);

/*
 * The set's own scale of this id, else the built-in one, else NULL. A NULL set: built-ins only.
 * find: as attune_scale_find, only what anybody may score with; listed: whatever it needs, to be
 * described or opened (attune_scale_open).
 */
ATTUNE_API const attune_scale *attune_scale_set_find(const attune_scale_set *set, const char *id);
ATTUNE_API const attune_scale *attune_scale_set_listed(const attune_scale_set *set, const char *id);

/* The set's own scales in the order of the text, those of its base before them; 0 and NULL for a
 * NULL set. */
ATTUNE_API size_t attune_scale_set_count(const attune_scale_set *set);
ATTUNE_API const attune_scale *attune_scale_set_at(const attune_scale_set *set, size_t i);

#ifdef __cplusplus
}
#endif

#endif
