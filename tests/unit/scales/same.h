/* Two compiled rows compared field by field: only id and hash may differ. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SCALES_SAME_H
#define TESTS_SCALES_SAME_H

#include "tests/unit/near.h"

#include "lib/core/scale/row.h"

enum field_type { REAL, WHOLE, TEXT };

struct field {
    enum field_type type;
    size_t offset;
    const char *name;
};

#define FIELD(type, of, name)                                                                      \
    {                                                                                              \
        type, offsetof(of, name), #name                                                            \
    }

static inline void same_field(const struct field *field, const void *got, const void *want)
{
    const unsigned char *a = (const unsigned char *)got + field->offset;
    const unsigned char *b = (const unsigned char *)want + field->offset;
    const char *texts[2];
    double reals[2];
    int32_t wholes[2];
    if (field->type == REAL) {
        memcpy(&reals[0], a, sizeof *reals);
        memcpy(&reals[1], b, sizeof *reals);
        if (!isnan(reals[0]) || !isnan(reals[1]))
            assert_memory_equal(&reals[0], &reals[1], sizeof *reals);
    } else if (field->type == WHOLE) {
        memcpy(&wholes[0], a, sizeof *wholes);
        memcpy(&wholes[1], b, sizeof *wholes);
        assert_int_equal(wholes[0], wholes[1]);
    } else {
        memcpy(&texts[0], a, sizeof *texts);
        memcpy(&texts[1], b, sizeof *texts);
        assert_int_equal(texts[0] == NULL, texts[1] == NULL);
        if (texts[0])
            assert_string_equal(texts[0], texts[1]);
    }
}

static inline void same_rows(const struct field *fields, size_t n_fields, size_t size,
                             const void *got, const void *want, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        for (size_t f = 0; f < n_fields; f++)
            same_field(&fields[f], (const unsigned char *)got + i * size,
                       (const unsigned char *)want + i * size);
}

static inline void same_numbers(const int32_t *got, const int32_t *want, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(got[i], want[i]);
}

static inline void same_texts(const char *const *got, const char *const *want, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        assert_string_equal(got[i], want[i]);
}

#define I attune_scale_info
static const struct field info_fields[] = {
    FIELD(WHOLE, I, struct_size),
    FIELD(WHOLE, I, construct),
    FIELD(WHOLE, I, rater),
    FIELD(WHOLE, I, direction),
    FIELD(WHOLE, I, item_count),
    FIELD(WHOLE, I, rule),
    FIELD(WHOLE, I, missing),
    FIELD(WHOLE, I, missing_max),
    FIELD(WHOLE, I, status),
    FIELD(WHOLE, I, demonstration),
    FIELD(WHOLE, I, year),
    FIELD(WHOLE, I, reversed_count),
    FIELD(WHOLE, I, subscale_count),
    FIELD(WHOLE, I, band_count),
    FIELD(WHOLE, I, cutoff_count),
    FIELD(WHOLE, I, change_count),
    FIELD(WHOLE, I, spread_count),
    FIELD(WHOLE, I, norm_count),
    FIELD(WHOLE, I, safety_count),
    FIELD(WHOLE, I, source_count),
    FIELD(WHOLE, I, note_count),
    FIELD(REAL, I, item_min),
    FIELD(REAL, I, item_max),
    FIELD(REAL, I, item_step),
    FIELD(REAL, I, score_min),
    FIELD(REAL, I, score_max),
    FIELD(REAL, I, score_step),
    FIELD(REAL, I, factor),
    FIELD(TEXT, I, title),
    FIELD(TEXT, I, short_title),
    FIELD(TEXT, I, authors),
    FIELD(TEXT, I, owner),
    FIELD(TEXT, I, licence),
    FIELD(TEXT, I, missing_source),
    FIELD(TEXT, I, reviewed),

    FIELD(WHOLE, I, scored_count),
    FIELD(WHOLE, I, code_count),
    FIELD(WHOLE, I, conversion_count),
};
#undef I

#define S attune_subscale_info
static const struct field subscale_fields[] = {
    FIELD(WHOLE, S, struct_size), FIELD(WHOLE, S, item_count), FIELD(WHOLE, S, missing_max),
    FIELD(REAL, S, score_min),    FIELD(REAL, S, score_max),   FIELD(REAL, S, score_step),
    FIELD(TEXT, S, id),           FIELD(TEXT, S, title),       FIELD(TEXT, S, source),
    FIELD(WHOLE, S, direction),   FIELD(WHOLE, S, rule),       FIELD(REAL, S, factor),
};
#undef S

#define B attune_band_info
static const struct field band_fields[] = {
    FIELD(WHOLE, B, struct_size), FIELD(REAL, B, low),       FIELD(TEXT, B, label),
    FIELD(TEXT, B, source),       FIELD(WHOLE, B, subscale),
};
#undef B

#define C attune_cutoff_info
static const struct field cutoff_fields[] = {
    FIELD(WHOLE, C, struct_size), FIELD(WHOLE, C, bound),    FIELD(WHOLE, C, is_default),
    FIELD(WHOLE, C, status),      FIELD(REAL, C, value),     FIELD(TEXT, C, meaning),
    FIELD(TEXT, C, source),       FIELD(WHOLE, C, subscale), FIELD(TEXT, C, set),
    FIELD(TEXT, C, why),
};
#undef C

#define R attune_reliable_change_info
static const struct field change_fields[] = {
    FIELD(WHOLE, R, struct_size), FIELD(WHOLE, R, bound),     FIELD(WHOLE, R, is_default),
    FIELD(WHOLE, R, status),      FIELD(REAL, R, threshold),  FIELD(REAL, R, sd),
    FIELD(REAL, R, reliability),  FIELD(TEXT, R, population), FIELD(TEXT, R, source),
    FIELD(WHOLE, R, subscale),    FIELD(TEXT, R, set),        FIELD(TEXT, R, why),
};
#undef R

#define P attune_spread_info
static const struct field spread_fields[] = {
    FIELD(WHOLE, P, struct_size), FIELD(WHOLE, P, status),     FIELD(REAL, P, within_sd),
    FIELD(REAL, P, sem),          FIELD(TEXT, P, population),  FIELD(TEXT, P, source),
    FIELD(WHOLE, P, subscale),    FIELD(WHOLE, P, is_default), FIELD(TEXT, P, set),
    FIELD(TEXT, P, why),
};
#undef P

#define N attune_norm_info
static const struct field norm_fields[] = {
    FIELD(WHOLE, N, struct_size), FIELD(WHOLE, N, clinical), FIELD(WHOLE, N, status),
    FIELD(WHOLE, N, n),           FIELD(REAL, N, mean),      FIELD(REAL, N, sd),
    FIELD(TEXT, N, population),   FIELD(TEXT, N, source),    FIELD(WHOLE, N, subscale),
    FIELD(WHOLE, N, is_default),  FIELD(TEXT, N, set),       FIELD(TEXT, N, why),
};
#undef N

#define F attune_safety_info
static const struct field safety_fields[] = {
    FIELD(WHOLE, F, struct_size),
    FIELD(WHOLE, F, item),
    FIELD(REAL, F, threshold),
    FIELD(TEXT, F, source),
};
#undef F

#define V attune_conversion_info
static const struct field conversion_fields[] = {
    FIELD(WHOLE, V, struct_size),
    FIELD(REAL, V, raw),
    FIELD(REAL, V, score),
    FIELD(REAL, V, error),
};
#undef V

#define D attune_code_info
static const struct field code_fields[] = {
    FIELD(WHOLE, D, struct_size), FIELD(WHOLE, D, item_count), FIELD(TEXT, D, system),
    FIELD(TEXT, D, panel),        FIELD(TEXT, D, score),       FIELD(TEXT, D, source),
};
#undef D

/* One value each, in a list that only the scoring loop reads; NULL: all alike. */
static inline void same_list(size_t size, const void *got, const void *want, size_t count)
{
    assert_int_equal(got == NULL, want == NULL);
    if (got)
        assert_memory_equal(got, want, size * count);
}

static inline void same_items(const attune_scale *got, const attune_scale *want)
{
    const attune_scale_info *info = &want->info;
    size_t n = (size_t)info->item_count;
    size_t steps =
        want->values ? (size_t)((info->item_max - info->item_min) / info->item_step + 1.5) : 0;
    same_list(sizeof *got->own, got->own, want->own, n);
    same_list(sizeof *got->groups, got->groups, want->groups, n);
    same_list(sizeof *got->scored, got->scored, want->scored, (size_t)info->scored_count);
    same_list(sizeof *got->values, got->values, want->values, steps);
    for (uint32_t i = 0; i < info->code_count; i++)
        same_texts(got->codes[i].items, want->codes[i].items, want->codes[i].item_count);
}

#define SAME_ROWS(fields, got, want, count)                                                        \
    same_rows(fields, sizeof(fields) / sizeof *(fields), sizeof *(got), got, want, count)

static inline void same_scale(const attune_scale *got, const attune_scale *want)
{
    const attune_scale_info *info = &want->info;
    SAME_ROWS(info_fields, &got->info, &want->info, 1);
    SAME_ROWS(subscale_fields, got->subscales, want->subscales, info->subscale_count);
    SAME_ROWS(band_fields, got->bands, want->bands, info->band_count);
    SAME_ROWS(cutoff_fields, got->cutoffs, want->cutoffs, info->cutoff_count);
    SAME_ROWS(change_fields, got->changes, want->changes, info->change_count);
    SAME_ROWS(spread_fields, got->spreads, want->spreads, info->spread_count);
    SAME_ROWS(norm_fields, got->norms, want->norms, info->norm_count);
    SAME_ROWS(conversion_fields, got->conversions, want->conversions, info->conversion_count);
    SAME_ROWS(code_fields, got->codes, want->codes, info->code_count);
    same_items(got, want);
    /* A clinic's own unconfirmed scale is open: naming its file states that it is wanted. */
    assert_int_equal(got->info.needs & ATTUNE_ACCEPT_LICENSED,
                     info->needs & ATTUNE_ACCEPT_LICENSED);
    if (info->needs & ATTUNE_ACCEPT_LICENSED)
        assert_int_equal(got->open == NULL, want->open == NULL);
    SAME_ROWS(safety_fields, got->safety, want->safety, info->safety_count);
    for (uint32_t i = 0; i < info->subscale_count; i++)
        same_numbers(got->subscales[i].items, want->subscales[i].items,
                     want->subscales[i].item_count);
    same_numbers(got->reversed, want->reversed, info->reversed_count);
    same_texts(got->sources, want->sources, info->source_count);
    same_texts(got->notes, want->notes, info->note_count);
}

#endif
