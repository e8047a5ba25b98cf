/* Alpha, omega and the figures of items: by hand, in every degenerate case, and refused. */
/* SPDX-License-Identifier: MIT */
#include <attune/psychometrics.h>

#include "lib/stats/psychometrics/items.h"
#include "tests/unit/near.h"

#define MOST 8

static char room[MOST * MOST * 64 + 1024];
static attune_consistency_item items[MOST];

static attune_status fit(const double *answers, size_t p, size_t n, attune_consistency *found,
                         attune_error *err)
{
    *found = (attune_consistency) { .struct_size = sizeof *found };
    memset(items, 0, sizeof items);
    items[0].struct_size = sizeof items[0];
    return attune_consistency_fit(answers, p, n, room + 3, attune_consistency_work(p), found, items,
                                  err);
}

static attune_consistency fitted(const double *answers, size_t p, size_t n)
{
    attune_consistency found;
    attune_error err = ATTUNE_ERROR_INIT;
    if (fit(answers, p, n, &found, &err) != ATTUNE_OK)
        fail_msg("%s: %s", err.key, err.text);
    return found;
}

/* Variances 1/3 and 1/4, covariance 1/6: alpha is 2 (1 - (7/12) / (11/12)). */
static void two_items_of_four_forms_come_out_as_worked_by_hand(void **state)
{
    (void)state;
    const double answers[] = { 0, 0, 1, 1, 0, 1, 1, 1 };
    attune_consistency found = fitted(answers, 2, 4);
    assert_near(found.alpha, 8.0 / 11, 1e-15);
    assert_int_equal(found.n_items, 2);
    assert_int_equal(found.n_used, 2);
    assert_int_equal(found.n_forms, 4);
    assert_int_equal(found.n_complete, 4);
    assert_int_equal(found.n_pair, 4);
    assert_near(items[0].mean, .5, 1e-15);
    assert_near(items[1].mean, .75, 1e-15);
    assert_near(items[0].sd, sqrt(1.0 / 3), 1e-15);
    assert_near(items[1].sd, .5, 1e-15);
    assert_near(items[0].r_rest, 1 / sqrt(3), 1e-15);
    /* cov(a, a + b) = 1/2, var(a + b) = 11/12 */
    assert_near(items[0].r_total, .5 / sqrt(1.0 / 3 * 11 / 12), 1e-15);
    assert_int_equal(items[1].n, 4);
}

/* Three items whose correlations are .6, .6 and .36: the loadings are 1, .6 and .6 exactly. */
static void the_loadings_of_a_matrix_that_one_factor_makes_are_found(void **state)
{
    (void)state;
    double answers[24];
    attune_consistency found;
    for (size_t f = 0; f < 8; f++) {
        double a = f & 1 ? 1 : -1, b = f & 2 ? 1 : -1, c = f & 4 ? 1 : -1;
        answers[3 * f] = a;
        answers[3 * f + 1] = -(.6 * a + .8 * b);
        answers[3 * f + 2] = .6 * a + .8 * c;
    }
    found = fitted(answers, 3, 8);
    assert_near(items[0].loading, 1, 1e-9);
    assert_near(items[1].loading, -.6, 1e-9);
    assert_near(items[2].loading, .6, 1e-9);
    assert_near(found.omega, 1 - 1.28 / 6.12, 1e-9);
    assert_int_equal(found.turned, 1);
    assert_true(found.iterations > 1);
}

static void case_1_fewer_than_three_forms_with_an_answer_are_too_few(void **state)
{
    (void)state;
    const double answers[] = { 1, 2, NAN, NAN, 2, NAN };
    attune_consistency found;
    attune_error err = ATTUNE_ERROR_INIT;
    assert_int_equal(fit(answers, 2, 3, &found, &err), ATTUNE_E_TOO_FEW);
    assert_string_equal(err.key, "n_forms");
    assert_int_equal(found.n_items, 0);
    assert_int_equal(fit(answers, 2, 0, &found, &err), ATTUNE_E_TOO_FEW);
}

static void case_2_an_item_that_says_nothing_takes_no_part(void **state)
{
    (void)state;
    const double plain[] = { 0, 0, 2, 1, 0, 1, 0, 1, 0, 1, 1, 1 };
    double more[24];
    attune_consistency without = fitted(plain, 3, 4), with;
    double loading = items[1].loading, r_total = items[2].r_total;
    for (size_t f = 0; f < 4; f++) {
        memcpy(more + 6 * f, plain + 3 * f, 3 * sizeof *more);
        more[6 * f + 3] = 7;
        more[6 * f + 4] = NAN;
        more[6 * f + 5] = f < 2 ? (double)f : NAN;
    }
    with = fitted(more, 6, 4);
    assert_same(with.alpha, without.alpha);
    assert_same(with.omega, without.omega);
    assert_same(items[1].loading, loading);
    assert_same(items[2].r_total, r_total);
    assert_int_equal(with.n_used, 3);
    assert_int_equal(with.n_complete, 0);
    for (size_t i = 3; i < 6; i++) {
        assert_true(isnan(items[i].r_total) && isnan(items[i].r_rest));
        assert_true(isnan(items[i].alpha_dropped) && isnan(items[i].loading));
    }
    assert_near(items[3].mean, 7, 0);
    assert_near(items[3].sd, 0, 0);
    assert_true(isnan(items[4].mean) && isnan(items[4].sd));
    assert_near(items[5].mean, .5, 0);
}

/* The clearest item is the one that is keyed the wrong way: it is turned, not the three others. */
static void the_fewer_items_are_the_ones_that_are_turned(void **state)
{
    (void)state;
    const double answers[] = { 7, 1, -1, 0,  -2, 7, 2, -1, -3, -3, 7, 3, -3, -2, -2,
                               7, 4, -4, -5, -3, 7, 5, -6, -4, -5, 7, 6, -5, -6, -7 };
    attune_consistency found = fitted(answers, 5, 6);
    assert_int_equal(found.n_used, 4);
    assert_true(isnan(items[0].loading));
    assert_true(items[1].loading < -.9);
    assert_true(items[2].loading > 0 && items[3].loading > 0 && items[4].loading > 0);
    assert_int_equal(found.turned, 1);
}

static void case_3_items_that_share_no_three_forms_have_no_coefficients(void **state)
{
    (void)state;
    const double one[] = { 1, 2, 3, 4 };
    const double apart[] = { 1, NAN, 2, NAN, 3, 3, NAN, 2, NAN, 4, 2, 1 };
    attune_consistency found = fitted(one, 1, 4);
    assert_true(isnan(found.alpha) && isnan(found.omega) && isnan(items[0].r_rest));
    assert_true(isnan(items[0].r_total));
    assert_int_equal(found.n_pair, -1);
    assert_int_equal(found.iterations, 0);
    found = fitted(apart, 2, 6);
    assert_int_equal(found.n_pair, 2);
    assert_true(isnan(found.alpha) && isnan(found.omega) && isnan(items[0].r_rest));
    assert_true(isnan(items[0].r_total) && isnan(items[0].alpha_dropped));
    assert_near(items[0].mean, 2, 1e-15);
}

static void case_4_one_factor_wants_three_items_that_vary_together(void **state)
{
    (void)state;
    const double two[] = { 0, 0, 1, 1, 0, 1, 1, 1 };
    /* The third varies, but not over the forms that answer the first. */
    const double odd[] = { 1, 2, 5, 2, 1, 5, 3, 4, 5, NAN, 2, 1, NAN, 3, 5, NAN, 5, 2 };
    attune_consistency found = fitted(two, 2, 4);
    assert_true(!isnan(found.alpha));
    assert_true(isnan(found.omega) && isnan(items[0].loading) && isnan(items[0].alpha_dropped));
    found = fitted(odd, 3, 6);
    assert_true(!isnan(found.alpha));
    assert_true(!isnan(items[0].alpha_dropped));
    assert_true(isnan(found.omega) && isnan(items[0].loading));
    assert_int_equal(found.iterations, 0);
}

static void case_5_items_that_cancel_out_have_no_alpha(void **state)
{
    (void)state;
    const double pair[] = { 1, -1, 2, -2, 4, -4 };
    const double third[] = { 1, -1, 1, 2, -2, 0, 4, -4, 1 };
    attune_consistency found = fitted(pair, 2, 3);
    assert_true(isnan(found.alpha) && isnan(items[0].r_total));
    assert_near(items[0].r_rest, -1, 1e-15);
    found = fitted(third, 3, 3);
    assert_true(!isnan(found.alpha));
    assert_true(isnan(items[2].r_rest) && isnan(items[2].alpha_dropped));
    assert_true(!isnan(items[0].r_rest) && !isnan(items[0].alpha_dropped));
}

/* Uncorrelated but for a trace, of which one item takes all: the axes hardly move. */
static void case_6_axes_that_do_not_settle_give_no_omega(void **state)
{
    (void)state;
    double answers[24], scratch[5 * 9 + 8 * 3];
    attune_consistency found;
    atn_items taken;
    for (size_t f = 0; f < 8; f++) {
        double a = f & 1 ? 1 : -1, b = f & 2 ? 1 : -1, c = f & 4 ? 1 : -1;
        answers[3 * f] = a + b;
        answers[3 * f + 1] = a - b;
        answers[3 * f + 2] = c + .01 * a;
    }
    found = fitted(answers, 3, 8);
    assert_int_equal(found.iterations, ATN_FACTOR_ROUNDS + 1);
    assert_true(isnan(found.omega) && isnan(items[0].loading));
    assert_true(!isnan(found.alpha));
    assert_int_equal(atn_items_size(3), sizeof scratch / sizeof *scratch);
    atn_items_take(&taken, answers, 8, 3, scratch);
    assert_int_equal(atn_factor_fit(&taken, 2), 3);
}

static void items_that_all_load_the_other_way_are_turned_together(void **state)
{
    (void)state;
    const double answers[] = { 1, -1, -2, 2, -3, -2, 4, -3, -4, 3, -5, -4, 5, -4, -6 };
    attune_consistency found = fitted(answers, 3, 5);
    assert_true(items[0].loading < 0 && items[1].loading > 0 && items[2].loading > 0);
    assert_int_equal(found.turned, 1);
    assert_true(found.omega > .9);
    assert_true(found.alpha < 0);
}

static void without_room_for_items_the_rest_is_the_same(void **state)
{
    (void)state;
    const double answers[] = { 0, 0, 2, 1, 0, 1, 0, 1, 0, 1, 1, 1 };
    attune_consistency found = fitted(answers, 3, 4), again = { .struct_size = sizeof again };
    assert_int_equal(attune_consistency_fit(answers, 3, 4, room, sizeof room, &again, NULL, NULL),
                     ATTUNE_OK);
    assert_memory_equal(&found, &again, sizeof found);
}

static void calls_are_refused_in_the_order_of_the_header(void **state)
{
    (void)state;
    const double good[] = { 1, 2, 3, 4, 5, 6 }, bad[] = { 1, NAN, 3, -INFINITY, 5, 6 };
    const double far[] = { 1, 2, 3, 4, 5, 1.1e100 };
    attune_consistency c = { .struct_size = sizeof c }, old = { .struct_size = 8 };
    attune_consistency_item one = { .struct_size = 8 };
    attune_error err = ATTUNE_ERROR_INIT;
    size_t size = attune_consistency_work(2);
#define CALL(answers, p, n, work, size, c, items)                                                  \
    attune_consistency_fit(answers, p, n, work, size, c, items, &err)
    assert_int_equal(CALL(NULL, 2, 3, room, size, &c, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(good, 2, 3, NULL, size, &c, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(good, 2, 3, room, size, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(good, 0, 3, room, size, &old, NULL), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(CALL(good, 0, 3, room, size, &c, &one), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(CALL(good, 0, 3, room, size, &c, NULL), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "n_items");
    assert_int_equal(CALL(good, ATTUNE_ITEMS_MAX + 1, 3, room, size, &c, NULL), ATTUNE_E_COUNT);
    assert_int_equal(CALL(good, 2, (size_t)1 << 31, room, size, &c, NULL), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "n_forms");
    assert_int_equal(CALL(bad, 2, 3, room, size - 1, &c, NULL), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "work_size");
    assert_int_equal(CALL(bad, 2, 3, room, size, &c, NULL), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 3);
    assert_int_equal(CALL(far, 2, 3, room, size, &c, NULL), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 5);
    assert_int_equal(c.n_items, 0);
    assert_near(c.alpha, 0, 0);
#undef CALL
}

static void the_columns_are_those_of_the_structs(void **state)
{
    (void)state;
    size_t n = 0;
    const attune_field *fields = attune_consistency_fields(&n);
    assert_int_equal(n, 9);
    assert_string_equal(fields[7].name, "alpha");
    assert_int_equal(fields[7].offset, offsetof(attune_consistency, alpha));
    assert_ptr_equal(attune_consistency_fields(NULL), fields);
    fields = attune_consistency_item_fields(&n);
    assert_int_equal(n, 7);
    assert_string_equal(fields[4].name, "r_rest");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_items_of_four_forms_come_out_as_worked_by_hand),
        cmocka_unit_test(the_loadings_of_a_matrix_that_one_factor_makes_are_found),
        cmocka_unit_test(case_1_fewer_than_three_forms_with_an_answer_are_too_few),
        cmocka_unit_test(case_2_an_item_that_says_nothing_takes_no_part),
        cmocka_unit_test(the_fewer_items_are_the_ones_that_are_turned),
        cmocka_unit_test(case_3_items_that_share_no_three_forms_have_no_coefficients),
        cmocka_unit_test(case_4_one_factor_wants_three_items_that_vary_together),
        cmocka_unit_test(case_5_items_that_cancel_out_have_no_alpha),
        cmocka_unit_test(case_6_axes_that_do_not_settle_give_no_omega),
        cmocka_unit_test(items_that_all_load_the_other_way_are_turned_together),
        cmocka_unit_test(without_room_for_items_the_rest_is_the_same),
        cmocka_unit_test(calls_are_refused_in_the_order_of_the_header),
        cmocka_unit_test(the_columns_are_those_of_the_structs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
