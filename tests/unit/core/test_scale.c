/* The registry of scales and the calls that describe one part by part. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"
#include "tests/unit/core/own_scale.h"

static void every_built_in_scale_is_found_by_its_id_and_in_order(void **state)
{
    const char *before = "";
    (void)state;
    assert_true(attune_scale_count() >= 6);
    for (size_t i = 0; i < attune_scale_count(); i++) {
        attune_scale_info info = { .struct_size = sizeof info };
        const attune_scale *scale = attune_scale_at(i);
        assert_int_equal(attune_scale_describe(scale, &info), ATTUNE_OK);
        assert_ptr_equal(attune_scale_listed(info.id), scale);
        assert_ptr_equal(attune_scale_find(info.id), info.needs ? NULL : scale);
        assert_true(strcmp(before, info.id) < 0);
        before = info.id;
    }
}

static void what_is_not_there_is_not_found(void **state)
{
    const char *const ids[] = { NULL, "", "aaa", "phq-10", "phq-90", "PHQ-9", "zzz" };
    (void)state;
    assert_null(attune_scale_at(attune_scale_count()));
    assert_null(attune_scale_at(SIZE_MAX));
    for (size_t i = 0; i < LENGTH(ids); i++) {
        assert_null(attune_scale_find(ids[i]));
        assert_null(attune_scale_listed(ids[i]));
    }
}

/* Each describe call behind one shape, so that one table checks them all. */
#define DESCRIBE(part, type)                                                                       \
    static attune_status describe_##part(const attune_scale *scale, size_t i, void *info)          \
    {                                                                                              \
        return attune_scale_##part(scale, i, (type *)info);                                        \
    }
DESCRIBE(subscale, attune_subscale_info)
DESCRIBE(band, attune_band_info)
DESCRIBE(cutoff, attune_cutoff_info)
DESCRIBE(reliable_change, attune_reliable_change_info)
DESCRIBE(spread, attune_spread_info)
DESCRIBE(norm, attune_norm_info)
DESCRIBE(safety, attune_safety_info)
DESCRIBE(conversion, attune_conversion_info)
DESCRIBE(code, attune_code_info)

static attune_status describe_scale(const attune_scale *scale, size_t i, void *info)
{
    return i == 0 ? attune_scale_describe(scale, info) : ATTUNE_E_COUNT;
}

typedef struct part {
    attune_status (*describe)(const attune_scale *scale, size_t i, void *info);
    size_t size, count; /* of the info struct; entries that own_scale has */
    const void *first;
} part;

static const struct attune_scale *own(void)
{
    static struct attune_scale scale;
    scale = own_scale();
    scale.conversions = own_conversions;
    scale.info.conversion_count = LENGTH(own_conversions);
    return &scale;
}

static const part *parts(void)
{
    static part table[] = {
        { describe_scale, sizeof(attune_scale_info), 1, NULL },
        { describe_subscale, sizeof(attune_subscale_info), 2, own_subscales },
        { describe_band, sizeof(attune_band_info), 2, own_bands },
        { describe_cutoff, sizeof(attune_cutoff_info), 2, own_cutoffs },
        { describe_reliable_change, sizeof(attune_reliable_change_info), 2, own_changes },
        { describe_spread, sizeof(attune_spread_info), 1, own_spreads },
        { describe_norm, sizeof(attune_norm_info), 4, own_norms },
        { describe_safety, sizeof(attune_safety_info), 2, own_safety },
        { describe_conversion, sizeof(attune_conversion_info), 2, own_conversions },
        { describe_code, sizeof(attune_code_info), 1, own_codes },
    };
    table[0].first = &own()->info;
    return table;
}
#define PARTS 10

/* Room for any part, larger than all of them; its first member is the struct_size. */
typedef struct room {
    uint64_t words[64];
} room;

static room room_of(size_t struct_size)
{
    room r;
    uint32_t size = (uint32_t)struct_size;
    memset(&r, 0xA5, sizeof r);
    memcpy(&r, &size, sizeof size);
    return r;
}

static void every_part_is_given_as_it_stands_in_the_row(void **state)
{
    (void)state;
    for (size_t p = 0; p < PARTS; p++)
        for (size_t i = 0; i < parts()[p].count; i++) {
            room r = room_of(parts()[p].size);
            assert_int_equal(parts()[p].describe(own(), i, &r), ATTUNE_OK);
            assert_memory_equal(&r, (const char *)parts()[p].first + i * parts()[p].size,
                                parts()[p].size);
        }
}

static void a_larger_struct_keeps_its_size_and_what_we_do_not_know(void **state)
{
    (void)state;
    for (size_t p = 0; p < PARTS; p++) {
        size_t size = parts()[p].size;
        room r = room_of(size + 16), untouched = room_of(0);
        assert_int_equal(parts()[p].describe(own(), 0, &r), ATTUNE_OK);
        assert_int_equal((uint32_t)r.words[0], size + 16);
        assert_memory_equal((char *)&r + 4, (const char *)parts()[p].first + 4, size - 4);
        assert_memory_equal((char *)&r + size, (char *)&untouched + size, sizeof r - size);
    }
}

static void the_order_of_checks_is_pointer_size_count_and_nothing_is_written(void **state)
{
    (void)state;
    for (size_t p = 0; p < PARTS; p++) {
        room small = room_of(parts()[p].size - 1), before = small;
        assert_int_equal(parts()[p].describe(NULL, 0, &small), ATTUNE_E_ARGUMENT);
        assert_int_equal(parts()[p].describe(own(), 0, NULL), ATTUNE_E_ARGUMENT);
        assert_int_equal(parts()[p].describe(own(), 0, &small), ATTUNE_E_STRUCT_SIZE);
        if (p > 0)
            assert_int_equal(parts()[p].describe(own(), 99, &small), ATTUNE_E_STRUCT_SIZE);
        assert_memory_equal(&small, &before, sizeof small);
        small = before = room_of(parts()[p].size);
        assert_int_equal(parts()[p].describe(own(), parts()[p].count, &small), ATTUNE_E_COUNT);
        assert_memory_equal(&small, &before, sizeof small);
    }
}

static void texts_and_reversed_items_end_with_nothing(void **state)
{
    (void)state;
    assert_int_equal(attune_scale_reversed(own(), 0), 2);
    assert_int_equal(attune_scale_reversed(own(), 1), 0);
    assert_int_equal(attune_scale_reversed(NULL, 0), 0);
    assert_string_equal(attune_scale_source(own(), 0), "a source");
    assert_null(attune_scale_source(own(), 1));
    assert_null(attune_scale_source(NULL, 0));
    assert_string_equal(attune_scale_note(own(), 1), "another");
    assert_null(attune_scale_note(own(), 2));
    assert_null(attune_scale_note(NULL, 0));
}

static void codes_have_words_and_other_numbers_none(void **state)
{
    (void)state;
    assert_string_equal(attune_construct_name(ATTUNE_CONSTRUCT_ALLIANCE), "alliance");
    assert_string_equal(attune_construct_name(ATTUNE_CONSTRUCT_RUPTURE + 1), "");
    assert_string_equal(attune_construct_name(-1), "");
    assert_string_equal(attune_rater_name(ATTUNE_RATER_THERAPIST), "therapist");
    assert_string_equal(attune_rater_name(3), "");
    assert_string_equal(attune_fact_name(ATTUNE_FACT_PROVISIONAL), "provisional");
    assert_string_equal(attune_fact_name(INT32_MIN), "");
}

static void subscale_and_safety_items_of_every_scale_are_items_of_it(void **state)
{
    (void)state;
    for (size_t s = 0; s < attune_scale_count(); s++) {
        const attune_scale *scale = attune_scale_at(s);
        attune_scale_info info = { .struct_size = sizeof info };
        attune_scale_describe(scale, &info);
        for (uint32_t i = 0; i < info.subscale_count; i++) {
            attune_subscale_info sub = { .struct_size = sizeof sub };
            assert_int_equal(attune_scale_subscale(scale, i, &sub), ATTUNE_OK);
            for (uint32_t k = 0; k < sub.item_count; k++)
                assert_in_range(sub.items[k], 1, info.item_count);
        }
        for (uint32_t i = 0; i < info.safety_count; i++) {
            attune_safety_info safety = { .struct_size = sizeof safety };
            assert_int_equal(attune_scale_safety(scale, i, &safety), ATTUNE_OK);
            assert_in_range(safety.item, 1, info.item_count);
        }
    }
}

static void every_entry_of_every_scale_names_its_source(void **state)
{
    (void)state;
    for (size_t s = 0; s < attune_scale_count(); s++) {
        const struct attune_scale *scale = attune_scale_at(s);
        const attune_scale_info *info = &scale->info;
        assert_in_range(info->source_count, 1, 100);
        assert_int_equal(strlen(info->hash), 64);
        for (uint32_t i = 0; i < info->band_count; i++)
            assert_non_null(scale->bands[i].source);
        for (uint32_t i = 0; i < info->cutoff_count; i++)
            assert_non_null(scale->cutoffs[i].source);
        for (uint32_t i = 0; i < info->change_count; i++)
            assert_non_null(scale->changes[i].source);
        for (uint32_t i = 0; i < info->spread_count; i++)
            assert_non_null(scale->spreads[i].source);
        for (uint32_t i = 0; i < info->norm_count; i++)
            assert_non_null(scale->norms[i].source);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_built_in_scale_is_found_by_its_id_and_in_order),
        cmocka_unit_test(what_is_not_there_is_not_found),
        cmocka_unit_test(every_part_is_given_as_it_stands_in_the_row),
        cmocka_unit_test(a_larger_struct_keeps_its_size_and_what_we_do_not_know),
        cmocka_unit_test(the_order_of_checks_is_pointer_size_count_and_nothing_is_written),
        cmocka_unit_test(texts_and_reversed_items_end_with_nothing),
        cmocka_unit_test(codes_have_words_and_other_numbers_none),
        cmocka_unit_test(subscale_and_safety_items_of_every_scale_are_items_of_it),
        cmocka_unit_test(every_entry_of_every_scale_names_its_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
