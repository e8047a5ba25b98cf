/* Every built-in scale against its vectors, and every scale row touched by one. */
/* SPDX-License-Identifier: MIT */
#include "tests/golden/vectors.h"
#include "tests/unit/near.h"

#include <attune/score.h>

#include <stdio.h>
#include <stdlib.h>

static const char *folder;

static const char *word(json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static void check_band(const attune_scale *scale, const attune_score *total, json_t *vector)
{
    attune_band_info band = { .struct_size = sizeof band, .label = "" };
    if (!json_object_get(vector, "band"))
        return;
    if (total->band >= 0)
        attune_scale_band(scale, (size_t)total->band, &band);
    assert_string_equal(band.label, word(vector, "band"));
}

static size_t subscale_of(const attune_scale *scale, const char *id)
{
    size_t i = 0;
    attune_subscale_info info = { .struct_size = sizeof info };
    while (attune_scale_subscale(scale, i, &info) == ATTUNE_OK && strcmp(info.id, id) != 0)
        i++;
    assert_int_equal(attune_scale_subscale(scale, i, &info), ATTUNE_OK);
    return i;
}

static void check_subscales(const attune_scale *scale, const attune_score *subs, json_t *vector)
{
    const char *id;
    json_t *want;
    json_object_foreach(json_object_get(vector, "subscales"), id, want)
        assert_near(subs[subscale_of(scale, id)].score,
                    json_is_number(want) ? json_number_value(want) : (double)NAN, 1e-12);
    json_object_foreach(json_object_get(vector, "sub_bands"), id, want)
    {
        attune_band_info band = { .struct_size = sizeof band, .label = "" };
        const attune_score *sub = &subs[subscale_of(scale, id)];
        if (sub->band >= 0)
            assert_int_equal(attune_scale_band(scale, (size_t)sub->band, &band), ATTUNE_OK);
        assert_string_equal(band.label, json_string_value(want));
    }
}

/* The same form among others, scored in one call: the same bits. */
static void check_batch(const attune_scale *scale, const double *items, size_t n, double want)
{
    double forms[3 * ATTUNE_ITEMS_MAX];
    attune_score totals[3] = { { .struct_size = sizeof totals[0] } };
    for (size_t f = 0; f < 3; f++)
        memcpy(forms + f * n, items, n * sizeof *forms);
    assert_int_equal(attune_forms_score(scale, forms, n, 3, totals, NULL, NULL), ATTUNE_OK);
    for (size_t f = 0; f < 3; f++)
        assert_same(totals[f].score, want);
}

static void check_vector(const attune_scale *scale, json_t *vector)
{
    double items[ATTUNE_ITEMS_MAX];
    attune_score total = { .struct_size = sizeof total };
    attune_score subs[ATTUNE_SUBSCALES_MAX] = { { .struct_size = sizeof subs[0] } };
    size_t n = vectors_numbers(json_object_get(vector, "items"), items, ATTUNE_ITEMS_MAX);
    attune_status status =
        attune_form_score(scale, items, n, &total, subs, ATTUNE_SUBSCALES_MAX, NULL);
    assert_int_equal(status, ATTUNE_OK);
    assert_near(total.score, vectors_number(vector, "score"), 1e-12);
    assert_int_equal(!!(total.flags & ATTUNE_SCORE_SAFETY),
                     json_is_true(json_object_get(vector, "safety")));
    assert_int_equal(!!(total.flags & ATTUNE_SCORE_PRORATED),
                     json_is_true(json_object_get(vector, "prorated")));
    check_band(scale, &total, vector);
    check_subscales(scale, subs, vector);
    check_batch(scale, items, n, total.score);
}

static void check_file(const char *name, json_t *file, void *data)
{
    size_t *touched = data;
    const attune_scale *scale =
        attune_scale_open(attune_scale_listed(word(file, "scale")), UINT32_MAX);
    json_t *vector;
    size_t i, counted = 0;
    assert_non_null(scale);
    json_array_foreach(json_object_get(file, "vectors"), i, vector)
    {
        counted += (size_t)vectors_counts(name, vector);
        check_vector(scale, vector);
    }
    print_message("  %s: %zu vectors, %zu of them count\n", word(file, "scale"), i, counted);
    if (counted < 2)
        return;
    for (size_t s = 0; s < attune_scale_count(); s++)
        touched[s] += attune_scale_open(attune_scale_at(s), UINT32_MAX) == scale ? counted : 0;
}

static void every_scale_gives_the_published_answers(void **state)
{
    size_t touched[512] = { 0 };
    (void)state;
    vectors_each(folder, check_file, touched);
    for (size_t s = 0; s < attune_scale_count(); s++)
        if (touched[s] < 2)
            fail_msg("scale %zu of the table has fewer than two vectors that count", s);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scale_gives_the_published_answers),
    };
    if (argc != 2)
        return EXIT_FAILURE;
    folder = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
