/* The one scoring loop: published answers, reversed items, gaps, the answer grid, the checks. */
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

static void published_answers_give_their_published_totals(void **state)
{
    const struct {
        const char *id;
        double items[9];
        size_t n;
        double total;
    } rows[] = {
        /* awell-score, src/scores: its own test data */
        { "phq-9", { 3, 0, 1, 2, 0, 0, 1, 0, 3 }, 9, 10 },
        { "gad-7", { 3, 0, 1, 2, 0, 0, 1 }, 7, 7 },
        /* HL7 US Core, the PHQ-9 example resources */
        { "phq-9", { 2, 2, 2, 2, 1, 1, 2, 0, 0 }, 9, 12 },
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        attune_score s = total_of(attune_scale_find(rows[i].id), rows[i].items, rows[i].n);
        assert_same(s.score, rows[i].total);
        assert_int_equal(s.complete, 1);
        assert_int_equal(s.n_answered, rows[i].n);
        assert_int_equal(s.subscale, -1);
    }
}

static void core_10_turns_its_second_and_third_item(void **state)
{
    const double none[10] = { 0 };
    const double turned[10] = { 0, 4, 4, 0, 0, 0, 0, 0, 0, 0 };
    (void)state;
    assert_same(total_of(attune_scale_find("core-10"), none, 10).score, 8);
    assert_same(total_of(attune_scale_find("core-10"), turned, 10).score, 0);
}

static void core_10_bears_one_unanswered_item_and_not_two(void **state)
{
    double items[10] = { NAN, 4, 4, 1, 1, 0, 1, 1, 1, 1 };
    attune_score s = total_of(attune_scale_find("core-10"), items, 10);
    (void)state;
    assert_near(s.score, 10 * 6. / 9, 1e-12);
    assert_int_equal(s.flags, ATTUNE_SCORE_PRORATED);
    assert_int_equal(s.complete, 0);
    assert_int_equal(s.n_answered, 9);
    items[9] = NAN;
    s = total_of(attune_scale_find("core-10"), items, 10);
    assert_same(s.score, NAN);
    assert_int_equal(s.reason, ATTUNE_REASON_INCOMPLETE);
    assert_int_equal(s.band, -1);
    assert_int_equal(s.flags, 0);
    assert_int_equal(s.n_answered, 8);
}

static void a_form_with_no_answers_has_no_score(void **state)
{
    const double items[9] = { NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
    attune_score s = total_of(attune_scale_find("phq-9"), items, 9);
    (void)state;
    assert_same(s.score, NAN);
    assert_int_equal(s.reason, ATTUNE_REASON_EMPTY);
    assert_int_equal(s.n_answered, 0);
    assert_int_equal(s.complete, 0);
}

static void one_unanswered_item_is_too_much_where_nothing_is_prorated(void **state)
{
    const double items[9] = { 1, 1, 1, 1, 1, 1, 1, 1, NAN };
    attune_score s = total_of(attune_scale_find("phq-9"), items, 9);
    (void)state;
    assert_same(s.score, NAN);
    assert_int_equal(s.reason, ATTUNE_REASON_INCOMPLETE);
}

static void a_prorated_sum_puts_the_mean_in_the_gap(void **state)
{
    struct attune_scale own = own_scale();
    const double items[4] = { 3, 1, NAN, 1 }; /* keyed: 3, 2, gap, 1: mean 2 */
    attune_score s = total_of(&own, items, 4);
    (void)state;
    assert_same(s.score, 8);
    assert_int_equal(s.flags, ATTUNE_SCORE_PRORATED);
}

static void a_mean_and_a_factor_divide_by_what_was_answered(void **state)
{
    struct attune_scale own = own_scale();
    const double items[4] = { 3, 1, NAN, 1 };
    (void)state;
    own.info.rule = ATTUNE_RULE_MEAN;
    own.info.score_max = 3;
    assert_same(total_of(&own, items, 4).score, 2);
    own.info.rule = ATTUNE_RULE_FACTOR;
    own.info.factor = 2.5;
    own.info.score_max = 7.5;
    assert_same(total_of(&own, items, 4).score, 5);
}

static void a_safety_item_is_shown_as_answered_before_any_turning(void **state)
{
    struct attune_scale own = own_scale();
    const double quiet[4] = { 3, 2, 3, 1 }, fourth[4] = { 0, 0, 0, 2 }, turned[4] = { 0, 3, 0, 0 };
    const double gap[4] = { 0, 0, 0, NAN }, both[4] = { NAN, 3, 0, 0 };
    (void)state;
    assert_int_equal(total_of(&own, quiet, 4).flags & ATTUNE_SCORE_SAFETY, 0);
    assert_true(total_of(&own, fourth, 4).flags & ATTUNE_SCORE_SAFETY);
    assert_true(total_of(&own, turned, 4).flags & ATTUNE_SCORE_SAFETY);
    assert_int_equal(total_of(&own, gap, 4).flags & ATTUNE_SCORE_SAFETY, 0);
    assert_int_equal(total_of(&own, both, 4).flags, ATTUNE_SCORE_SAFETY | ATTUNE_SCORE_PRORATED);
}

static void subscales_have_their_own_items_and_their_own_gaps(void **state)
{
    struct attune_scale own = own_scale();
    const double items[4] = { 2, NAN, 1, 3 };
    attune_score total = { .struct_size = sizeof total };
    attune_score subs[2] = { { .struct_size = sizeof *subs } };
    (void)state;
    assert_int_equal(attune_form_score(&own, items, 4, &total, subs, 2, NULL), ATTUNE_OK);
    assert_same(total.score, 8);   /* 6 of three items, prorated to four */
    assert_same(subs[0].score, 4); /* 2, and its mean for the gap */
    assert_int_equal(subs[0].flags, ATTUNE_SCORE_PRORATED);
    assert_int_equal(subs[0].n_items, 2);
    assert_int_equal(subs[0].subscale, 0);
    assert_same(subs[1].score, 6); /* 1 + 3 + 2 */
    assert_int_equal(subs[1].complete, 1);
    assert_int_equal(subs[1].band, -1);
    assert_int_equal(subs[1].struct_size, sizeof *subs);
}

static void wai_sr_subscales_add_up_to_the_total(void **state)
{
    double items[12];
    attune_score total = { .struct_size = sizeof total };
    attune_score subs[3] = { { .struct_size = sizeof *subs } };
    (void)state;
    for (int i = 0; i < 12; i++)
        items[i] = 1 + i % 5;
    assert_int_equal(
        attune_form_score(attune_scale_find("wai-sr"), items, 12, &total, subs, 3, NULL),
        ATTUNE_OK);
    /* items 1..12 are 1 2 3 4 5 1 2 3 4 5 1 2; goal 4 6 8 11, task 1 2 10 12, bond 3 5 7 9 */
    assert_same(subs[0].score, 4 + 1 + 3 + 1);
    assert_same(subs[1].score, 1 + 2 + 5 + 2);
    assert_same(subs[2].score, 3 + 5 + 2 + 4);
    assert_same(total.score, 33);
}

static void flags_say_what_kind_of_scale_it_was(void **state)
{
    struct attune_scale own = own_scale();
    const double items[4] = { 0, 0, 0, 0 };
    (void)state;
    own.info.demonstration = 1;
    own.info.status = ATTUNE_FACT_UNCONFIRMED;
    assert_int_equal(total_of(&own, items, 4).flags,
                     ATTUNE_SCORE_DEMONSTRATION | ATTUNE_SCORE_UNCONFIRMED);
}

static void answers_off_the_grid_or_out_of_range_are_refused_by_place(void **state)
{
    const double bad[] = { -1, 3.0001, 4, .5, 1e300, -1e300, INFINITY, -INFINITY };
    (void)state;
    for (size_t i = 0; i < LENGTH(bad); i++) {
        double items[9] = { 0, 1, 2, 3, NAN, bad[i], INFINITY, 0, 0 };
        attune_score s = { .struct_size = sizeof s }, before = s;
        attune_error err = ATTUNE_ERROR_INIT;
        assert_int_equal(attune_form_score(attune_scale_find("phq-9"), items, 9, &s, NULL, 0, &err),
                         ATTUNE_E_VALUE);
        assert_int_equal(err.index, 5);
        assert_memory_equal(&s, &before, sizeof s);
    }
}

/* Alone among good answers, which a quick look over all of them could pass. */
static void an_answer_is_refused_wherever_it_stands(void **state)
{
    const double bad[] = { -1,  -.3, .3,    .7,     1.5,      2.9999,    3.0001, 4,
                           1e6, 1e9, 1e300, -1e300, INFINITY, -INFINITY, .001,   2 + 1e-6 };
    (void)state;
    for (size_t i = 0; i < 9 * LENGTH(bad); i++) {
        double items[9] = { 0, 3, NAN, 2, 1, 0, 3, 1, 2 };
        attune_score s = { .struct_size = sizeof s };
        attune_error err = ATTUNE_ERROR_INIT;
        items[i % 9] = bad[i / 9];
        assert_int_equal(attune_form_score(attune_scale_find("phq-9"), items, 9, &s, NULL, 0, &err),
                         ATTUNE_E_VALUE);
        assert_int_equal(err.index, i % 9);
    }
}

static void a_grid_of_tenths_takes_tenths_as_binary_holds_them(void **state)
{
    struct attune_scale own = own_scale();
    double items[4] = { .1, .3, .1 * 7, 2.9 };
    (void)state;
    own.info.item_step = .1;
    assert_near(total_of(&own, items, 4).score, .1 + 2.7 + .7 + 2.9, 1e-12);
    own.info.item_step = NAN;
    items[0] = .123456;
    assert_near(total_of(&own, items, 4).score, .123456 + 2.7 + .7 + 2.9, 1e-12);
}

/* Six times .1 added up is one bit below 6 * .1: the scan would refuse such a total. */
static void a_total_never_leaves_the_range_by_a_rounded_bit(void **state)
{
    struct attune_scale own = own_scale();
    const double items[6] = { .1, .1, .1, .1, .1, .1 };
    (void)state;
    own.info.reversed_count = own.info.safety_count = own.info.subscale_count = 0;
    own.info.item_count = 6;
    own.info.item_min = own.info.item_step = .1;
    own.info.score_min = 6 * .1;
    assert_true(.1 + .1 + .1 + .1 + .1 + .1 < 6 * .1);
    assert_same(total_of(&own, items, 6).score, 6 * .1);
}

static void many_forms_score_as_each_alone(void **state)
{
    struct attune_scale own = own_scale();
    const double items[3][4] = { { 0, 1, 2, 3 }, { NAN, NAN, 1, 1 }, { 3, 3, 3, NAN } };
    attune_score totals[3] = { { .struct_size = sizeof *totals } };
    attune_score subs[6] = { { .struct_size = sizeof *subs } };
    (void)state;
    assert_int_equal(attune_forms_score(&own, items[0], 4, 3, totals, subs, NULL), ATTUNE_OK);
    for (size_t f = 0; f < 3; f++) {
        attune_score alone = { .struct_size = sizeof alone };
        attune_score two[2] = { { .struct_size = sizeof *two } };
        assert_int_equal(attune_form_score(&own, items[f], 4, &alone, two, 2, NULL), ATTUNE_OK);
        assert_memory_equal(&totals[f], &alone, sizeof alone);
        assert_memory_equal(&subs[2 * f], two, sizeof two);
    }
    assert_int_equal(attune_forms_score(&own, items[0], 4, 3, totals, NULL, NULL), ATTUNE_OK);
    subs[1].struct_size = 0;
    assert_int_equal(attune_forms_score(&own, items[1], 4, 1, totals, subs, NULL), ATTUNE_OK);
    assert_int_equal(subs[1].struct_size, sizeof *subs);
    assert_int_equal(subs[1].subscale, 1);
}

static void one_refused_answer_leaves_all_forms_unscored(void **state)
{
    struct attune_scale own = own_scale();
    double items[3][4] = { { 0, 1, 2, 3 }, { 0, 1, 9, 3 }, { 3, 3, 3, 9 } };
    attune_score totals[3] = { { .struct_size = sizeof *totals } }, before[3];
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    memcpy(before, totals, sizeof totals);
    assert_int_equal(attune_forms_score(&own, items[0], 4, 3, totals, NULL, &err), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 6);
    items[1][2] = 0;
    assert_int_equal(attune_forms_score(&own, items[0], 4, 3, totals, NULL, &err), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 11);
    assert_memory_equal(totals, before, sizeof totals);
}

static void no_forms_are_no_error_and_want_no_room(void **state)
{
    struct attune_scale own = own_scale();
    attune_score sub = { .struct_size = 0 };
    (void)state;
    assert_int_equal(attune_forms_score(&own, NULL, 4, 0, NULL, NULL, NULL), ATTUNE_OK);
    assert_int_equal(attune_forms_score(&own, NULL, 4, 0, NULL, &sub, NULL), ATTUNE_OK);
    assert_int_equal(attune_forms_score(NULL, NULL, 4, 0, NULL, NULL, NULL), ATTUNE_E_ARGUMENT);
}

static void more_forms_than_memory_can_hold_are_refused(void **state)
{
    struct attune_scale own = own_scale();
    const double items[4] = { 0 };
    attune_score total = { .struct_size = sizeof total };
    (void)state;
    assert_int_equal(attune_forms_score(&own, items, 4, SIZE_MAX / 8, &total, NULL, NULL),
                     ATTUNE_E_COUNT);
}

static void a_later_callers_larger_results_are_strided_by_their_own_size(void **state)
{
    struct attune_scale own = own_scale();
    const double items[2][4] = { { 0, 1, 2, 3 }, { 3, 0, 0, 0 } };
    struct {
        attune_score s;
        uint64_t later[2];
    } totals[2];
    (void)state;
    memset(totals, 0xA5, sizeof totals);
    totals[0].s.struct_size = sizeof *totals;
    assert_int_equal(attune_forms_score(&own, items[0], 4, 2, &totals[0].s, NULL, NULL), ATTUNE_OK);
    for (int f = 0; f < 2; f++) {
        assert_int_equal(totals[f].s.struct_size, sizeof *totals);
        assert_int_equal(totals[f].later[0], 0xA5A5A5A5A5A5A5A5);
    }
    assert_same(totals[0].s.score, 7);
    assert_same(totals[1].s.score, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_answers_give_their_published_totals),
        cmocka_unit_test(core_10_turns_its_second_and_third_item),
        cmocka_unit_test(core_10_bears_one_unanswered_item_and_not_two),
        cmocka_unit_test(a_form_with_no_answers_has_no_score),
        cmocka_unit_test(one_unanswered_item_is_too_much_where_nothing_is_prorated),
        cmocka_unit_test(a_prorated_sum_puts_the_mean_in_the_gap),
        cmocka_unit_test(a_mean_and_a_factor_divide_by_what_was_answered),
        cmocka_unit_test(a_safety_item_is_shown_as_answered_before_any_turning),
        cmocka_unit_test(subscales_have_their_own_items_and_their_own_gaps),
        cmocka_unit_test(wai_sr_subscales_add_up_to_the_total),
        cmocka_unit_test(flags_say_what_kind_of_scale_it_was),
        cmocka_unit_test(answers_off_the_grid_or_out_of_range_are_refused_by_place),
        cmocka_unit_test(an_answer_is_refused_wherever_it_stands),
        cmocka_unit_test(a_grid_of_tenths_takes_tenths_as_binary_holds_them),
        cmocka_unit_test(a_total_never_leaves_the_range_by_a_rounded_bit),
        cmocka_unit_test(many_forms_score_as_each_alone),
        cmocka_unit_test(one_refused_answer_leaves_all_forms_unscored),
        cmocka_unit_test(no_forms_are_no_error_and_want_no_room),
        cmocka_unit_test(more_forms_than_memory_can_hold_are_refused),
        cmocka_unit_test(a_later_callers_larger_results_are_strided_by_their_own_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
