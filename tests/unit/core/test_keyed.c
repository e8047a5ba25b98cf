/* Other keys than one sum of like items: own ranges, worths, groups, tables, no total, locks. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"
#include "tests/unit/core/own_scale.h"

static attune_score total_of(const attune_scale *scale, const double *items, size_t n)
{
    attune_score total = { .struct_size = sizeof total };
    attune_error err = ATTUNE_ERROR_INIT;
    if (attune_form_score(scale, items, n, &total, NULL, 0, &err) != ATTUNE_OK)
        fail_msg("%s: %s", err.key, err.text);
    return total;
}

/* Four items summed, none reversed, no subscales, nothing borne. */
static struct attune_scale plain(void)
{
    struct attune_scale scale = own_scale();
    scale.info.reversed_count = 0;
    scale.info.subscale_count = 0;
    scale.info.missing = ATTUNE_MISSING_REFUSE;
    scale.info.band_count = 0;
    return scale;
}

static void an_item_with_a_range_of_its_own_is_checked_and_turned_within_it(void **state)
{
    static const struct atn_range ranges[] = { { 0, 6 }, { 0, 3 }, { 0, 3 }, { 0, 3 } };
    struct attune_scale scale = plain();
    const double high[] = { 6, 0, 0, 0 }, beyond[] = { 7, 0, 0, 0 }, other[] = { 0, 4, 0, 0 };
    static const int32_t first[] = { 1 };
    attune_score total = { .struct_size = sizeof total };
    attune_item_info item = { .struct_size = sizeof item };
    (void)state;
    scale.own = ranges;
    scale.info.score_max = 15;
    assert_same(total_of(&scale, high, 4).score, 6);
    assert_int_equal(attune_form_score(&scale, beyond, 4, &total, NULL, 0, NULL), ATTUNE_E_VALUE);
    assert_int_equal(attune_form_score(&scale, other, 4, &total, NULL, 0, NULL), ATTUNE_E_VALUE);
    scale.reversed = first;
    scale.info.reversed_count = 1;
    assert_same(total_of(&scale, high, 4).score, 0);
    assert_int_equal(attune_scale_item(&scale, 0, &item), ATTUNE_OK);
    assert_same(item.max, 6);
    assert_int_equal(item.reversed, 1);
    assert_int_equal(attune_scale_item(&scale, 1, &item), ATTUNE_OK);
    assert_same(item.max, 3);
    assert_int_equal(item.reversed, 0);
}

static void a_sum_of_tenths_is_the_tenth_that_it_is(void **state)
{
    struct attune_scale scale = plain();
    const double items[] = { 8.7, 9.6, 9.9, 7.8 };
    (void)state;
    scale.info.item_max = 10;
    scale.info.item_step = .1;
    scale.info.score_max = 40;
    assert_true(items[0] + items[1] + items[2] + items[3] < 36);
    assert_same(total_of(&scale, items, 4).score, 36);
    scale.info.score_max = 4;
    assert_same(total_of(&scale, (double[]) { .1, .2, 0, 0 }, 4).score, .3);
}

static void a_total_never_lies_beyond_its_range(void **state)
{
    struct attune_scale scale = plain();
    const double most[] = { 3, 3, 3, 3 }, least[] = { 0, 0, 0, 0 };
    (void)state;
    scale.info.score_min = nextafter(0, 1);
    scale.info.score_max = nextafter(12, 0); /* a last bit that the items' sum misses it by */
    assert_same(total_of(&scale, most, 4).score, nextafter(12, 0));
    assert_same(total_of(&scale, least, 4).score, nextafter(0, 1));
}

static void a_sum_of_other_steps_stays_as_it_is(void **state)
{
    struct attune_scale scale = plain();
    const double items[] = { .3, 0, 0, 0 };
    (void)state;
    scale.info.item_step = .3;
    assert_same(total_of(&scale, items, 4).score, .3);
}

static void answers_count_what_the_table_of_values_says(void **state)
{
    static const double bimodal[] = { 0, 0, 1, 1 };
    struct attune_scale scale = plain();
    const double items[] = { 3, 2, 1, 0 }, gap[] = { 3, NAN, 1, 0 };
    (void)state;
    scale.values = bimodal;
    scale.info.score_max = 4;
    assert_same(total_of(&scale, items, 4).score, 2);
    assert_int_equal(total_of(&scale, gap, 4).reason, ATTUNE_REASON_INCOMPLETE);
}

static void an_item_outside_the_total_is_neither_added_nor_wanted(void **state)
{
    static const int32_t scored[] = { 1, 3 };
    struct attune_scale scale = plain();
    const double items[] = { 3, NAN, 2, 3 };
    attune_score total;
    attune_item_info item = { .struct_size = sizeof item };
    (void)state;
    scale.scored = scored;
    scale.info.scored_count = 2;
    scale.info.score_max = 6;
    total = total_of(&scale, items, 4);
    assert_same(total.score, 5);
    assert_int_equal(total.n_items, 2);
    assert_int_equal(total.complete, 1);
    assert_int_equal(attune_scale_item(&scale, 1, &item), ATTUNE_OK);
    assert_int_equal(item.scored, 0);
    assert_int_equal(attune_scale_item(&scale, 2, &item), ATTUNE_OK);
    assert_int_equal(item.scored, 1);
}

/* The first and third item form a group, as the sleep items of the QIDS-SR16 do. */
static void of_a_group_the_largest_answer_counts_once(void **state)
{
    static const int32_t groups[] = { 1, 0, 1, 0 };
    static const int32_t all[] = { 1, 2, 3, 4 };
    struct attune_scale scale = plain();
    const double up[] = { 1, 1, 3, 2 }, down[] = { 3, 1, 1, 2 }, gap[] = { 3, 1, NAN, 2 };
    attune_item_info item = { .struct_size = sizeof item };
    (void)state;
    scale.groups = groups;
    scale.info.score_max = 9;
    assert_same(total_of(&scale, up, 4).score, 6);
    assert_same(total_of(&scale, down, 4).score, 6);
    scale.scored = all;
    assert_same(total_of(&scale, up, 4).score, 6);
    assert_int_equal(total_of(&scale, gap, 4).reason, ATTUNE_REASON_INCOMPLETE);
    assert_int_equal(attune_scale_item(&scale, 2, &item), ATTUNE_OK);
    assert_int_equal(item.group, 1);
    scale.info.rule = ATTUNE_RULE_MEAN;
    scale.info.score_max = 3;
    assert_same(total_of(&scale, up, 4).score, 2);
}

static struct attune_scale table_scale(void)
{
    static attune_conversion_info rows[13];
    struct attune_scale scale = plain();
    for (size_t i = 0; i < LENGTH(rows); i++)
        rows[i] = (attune_conversion_info) { .struct_size = sizeof *rows,
                                             .raw = (double)i,
                                             .score = 40 + 1.5 * (double)i };
    scale.conversions = rows;
    scale.info.conversion_count = LENGTH(rows);
    scale.info.score_min = 40;
    scale.info.score_max = 58;
    scale.info.score_step = 1.5;
    return scale;
}

static void a_published_table_converts_the_raw_sum(void **state)
{
    struct attune_scale scale = table_scale();
    const double none[] = { 0, 0, 0, 0 }, some[] = { 1, 2, 0, 2 }, all[] = { 3, 3, 3, 3 };
    attune_score total = { .struct_size = sizeof total };
    (void)state;
    assert_same(total_of(&scale, none, 4).score, 40);
    assert_same(total_of(&scale, some, 4).score, 47.5);
    assert_same(total_of(&scale, all, 4).score, 58);
    assert_int_equal(attune_total_score(&scale, 47.5, &total, NULL), ATTUNE_OK);
    assert_int_equal(total.flags & ATTUNE_SCORE_OFF_STEP, 0);
    assert_int_equal(attune_total_score(&scale, 47, &total, NULL), ATTUNE_OK);
    assert_int_not_equal(total.flags & ATTUNE_SCORE_OFF_STEP, 0);
}

static void a_scale_without_a_total_says_so_and_scores_its_subscales(void **state)
{
    struct attune_scale scale = own_scale();
    const double items[] = { 3, 0, 1, 1 }, empty[] = { NAN, NAN, NAN, NAN };
    attune_score total = { .struct_size = sizeof total };
    attune_score subs[2] = { { .struct_size = sizeof *subs } };
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    scale.info.rule = ATTUNE_RULE_NONE;
    scale.info.score_min = scale.info.score_max = scale.info.score_step = NAN;
    assert_int_equal(attune_form_score(&scale, items, 4, &total, subs, 2, NULL), ATTUNE_OK);
    assert_true(isnan(total.score));
    assert_int_equal(total.reason, ATTUNE_REASON_NO_TOTAL);
    assert_same(subs[0].score, 6);
    assert_same(subs[1].score, 5);
    assert_int_equal(total_of(&scale, empty, 4).reason, ATTUNE_REASON_EMPTY);
    assert_int_equal(attune_total_score(&scale, 3, &total, &err), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "score");
    assert_int_equal(attune_total_score(&scale, NAN, &total, NULL), ATTUNE_OK);
    assert_int_equal(total.reason, ATTUNE_REASON_EMPTY);
}

/* Seven items at 14 times their mean are twice their sum: here two items at 4 times. */
static void a_subscale_has_its_own_rule_and_its_own_bands(void **state)
{
    struct attune_scale scale = own_scale();
    attune_subscale_info subs[] = { own_subscales[0], own_subscales[1] };
    const attune_band_info bands[] = {
        { .struct_size = sizeof *bands, .subscale = -1, .low = 0, .label = "total" },
        { .struct_size = sizeof *bands, .subscale = 0, .low = 0, .label = "low" },
        { .struct_size = sizeof *bands, .subscale = 0, .low = 10, .label = "high" },
    };
    const double items[] = { 3, 0, 1, 1 }, less[] = { 1, 2, 1, 1 };
    attune_score total = { .struct_size = sizeof total };
    attune_score got[2] = { { .struct_size = sizeof *got } };
    (void)state;
    subs[0].rule = ATTUNE_RULE_FACTOR;
    subs[0].factor = 4;
    subs[0].score_max = 12;
    subs[1].rule = ATTUNE_RULE_MEAN;
    subs[1].score_max = 3;
    scale.subscales = subs;
    scale.bands = bands;
    scale.info.band_count = 3;
    assert_int_equal(attune_form_score(&scale, items, 4, &total, got, 2, NULL), ATTUNE_OK);
    assert_same(got[0].score, 12);
    assert_int_equal(got[0].band, 2);
    assert_near(got[1].score, 5. / 3, 1e-15);
    assert_int_equal(got[1].band, -1);
    assert_int_equal(total.band, 0);
    assert_int_equal(attune_form_score(&scale, less, 4, &total, got, 2, NULL), ATTUNE_OK);
    assert_int_equal(got[0].band, 1);
}

/* A row as the build step writes one that needs the licence: listed, and beside it the open one. */
static void what_is_not_opened_is_listed_and_not_scored_with(void **state)
{
    struct attune_scale open = own_scale(), listed;
    const double items[] = { 0, 0, 0, 0 };
    attune_score total = { .struct_size = sizeof total, .band = 77 };
    attune_scale_info info = { .struct_size = sizeof info };
    attune_constants constants = { .struct_size = sizeof constants };
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    open.info.status = ATTUNE_FACT_LICENSED;
    open.info.needs = ATTUNE_ACCEPT_LICENSED;
    listed = open;
    listed.open = &open;
    assert_int_equal(attune_scale_describe(&listed, &info), ATTUNE_OK);
    assert_int_equal(info.needs, ATTUNE_ACCEPT_LICENSED);
    assert_null(attune_scale_open(&listed, 0));
    assert_null(attune_scale_open(&listed, ATTUNE_ACCEPT_UNCONFIRMED));
    assert_null(attune_scale_open(NULL, UINT32_MAX));
    assert_int_equal(attune_form_score(&listed, items, 4, &total, NULL, 0, &err), ATTUNE_E_ACCEPT);
    assert_string_equal(err.key, "scale");
    assert_int_equal(attune_forms_score(&listed, items, 4, 1, &total, NULL, NULL), ATTUNE_E_ACCEPT);
    assert_int_equal(attune_total_score(&listed, 3, &total, NULL), ATTUNE_E_ACCEPT);
    assert_int_equal(attune_scale_constants(&listed, &constants), ATTUNE_E_ACCEPT);
    assert_int_equal(total.band, 77);
    assert_ptr_equal(attune_scale_open(&listed, ATTUNE_ACCEPT_LICENSED), &open);
    assert_int_equal(total_of(&open, items, 4).flags & ATTUNE_SCORE_LICENSED,
                     ATTUNE_SCORE_LICENSED);
    assert_int_equal(total_of(&open, items, 4).flags & ATTUNE_SCORE_UNCONFIRMED, 0);
    open.info.needs |= ATTUNE_ACCEPT_UNCONFIRMED;
    assert_int_not_equal(total_of(&open, items, 4).flags & ATTUNE_SCORE_UNCONFIRMED, 0);
}

static void answers_may_lie_two_apart(void **state)
{
    struct attune_scale scale = plain();
    const double even[] = { 0, 2, 4, 4 }, odd[] = { 0, 1, 2, 4 };
    attune_score total = { .struct_size = sizeof total };
    (void)state;
    scale.info.item_step = 2;
    scale.info.item_max = 4;
    scale.info.score_max = 16;
    assert_same(total_of(&scale, even, 4).score, 10);
    assert_int_equal(attune_form_score(&scale, odd, 4, &total, NULL, 0, NULL), ATTUNE_E_VALUE);
}

/* Whatever the sum is, the range of the scale is the last word. */
static void a_total_never_falls_below_the_range(void **state)
{
    struct attune_scale scale = plain();
    double items[10];
    (void)state;
    for (size_t i = 0; i < LENGTH(items); i++)
        items[i] = -.1;
    scale.info.item_count = scale.info.scored_count = 10;
    scale.info.item_min = -.1;
    scale.info.item_max = .1;
    scale.info.item_step = .1;
    scale.info.safety_count = 0;
    scale.info.score_min = -.5;
    scale.info.score_max = 1;
    assert_same(total_of(&scale, items, 10).score, -.5);
}

static void an_item_is_described_in_the_order_of_checks(void **state)
{
    const struct attune_scale scale = own_scale();
    attune_item_info item = { .struct_size = sizeof item - 1, .group = 77 };
    (void)state;
    assert_int_equal(attune_scale_item(NULL, 9, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_scale_item(&scale, 9, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_scale_item(&scale, 9, &item), ATTUNE_E_STRUCT_SIZE);
    item.struct_size = sizeof item;
    assert_int_equal(attune_scale_item(&scale, 4, &item), ATTUNE_E_COUNT);
    assert_int_equal(item.group, 77);
    assert_int_equal(attune_scale_item(&scale, 3, &item), ATTUNE_OK);
    assert_int_equal(item.group, 0);
    assert_int_equal(item.scored, 1);
    assert_same(item.step, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_with_a_range_of_its_own_is_checked_and_turned_within_it),
        cmocka_unit_test(a_sum_of_tenths_is_the_tenth_that_it_is),
        cmocka_unit_test(a_total_never_lies_beyond_its_range),
        cmocka_unit_test(a_sum_of_other_steps_stays_as_it_is),
        cmocka_unit_test(answers_count_what_the_table_of_values_says),
        cmocka_unit_test(an_item_outside_the_total_is_neither_added_nor_wanted),
        cmocka_unit_test(of_a_group_the_largest_answer_counts_once),
        cmocka_unit_test(a_published_table_converts_the_raw_sum),
        cmocka_unit_test(a_scale_without_a_total_says_so_and_scores_its_subscales),
        cmocka_unit_test(a_subscale_has_its_own_rule_and_its_own_bands),
        cmocka_unit_test(what_is_not_opened_is_listed_and_not_scored_with),
        cmocka_unit_test(answers_may_lie_two_apart),
        cmocka_unit_test(a_total_never_falls_below_the_range),
        cmocka_unit_test(an_item_is_described_in_the_order_of_checks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
