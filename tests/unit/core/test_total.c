/* Totals that were given instead of items: range, band, grid. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"
#include "tests/unit/core/own_scale.h"

static void bands_begin_at_their_low_end(void **state)
{
    const attune_scale *phq = attune_scale_find("phq-9");
    const int32_t bands[28] = { 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2,
                                2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4 };
    struct attune_scale own = own_scale();
    attune_score s = { .struct_size = sizeof s };
    (void)state;
    for (int i = 0; i <= 27; i++) {
        assert_int_equal(attune_total_score(phq, i, &s, NULL), ATTUNE_OK);
        assert_int_equal(s.band, bands[i]);
    }
    assert_int_equal(attune_total_score(&own, 1, &s, NULL), ATTUNE_OK);
    assert_int_equal(s.band, -1); /* below the lowest band */
}

static void a_given_total_is_judged_but_not_recomputed(void **state)
{
    attune_score s = { .struct_size = sizeof s };
    (void)state;
    assert_int_equal(attune_total_score(attune_scale_find("phq-9"), 10, &s, NULL), ATTUNE_OK);
    assert_same(s.score, 10);
    assert_int_equal(s.flags, ATTUNE_SCORE_GIVEN);
    assert_int_equal(s.subscale, -1);
    assert_int_equal(s.n_items, 9);
    assert_int_equal(s.n_answered, -1);
    assert_int_equal(s.complete, -1);
    assert_int_equal(s.band, 2);
    assert_int_equal(s.reason, ATTUNE_REASON_NONE);
}

static void an_imputed_total_may_miss_the_range_by_less_than_half_a_step(void **state)
{
    const struct {
        double given;
        attune_status status;
    } rows[] = { { 27.49, ATTUNE_OK },  { 27.5, ATTUNE_E_VALUE }, { 27, ATTUNE_OK },
                 { -.49, ATTUNE_OK },   { -.5, ATTUNE_E_VALUE },  { 0, ATTUNE_OK },
                 { 40, ATTUNE_E_VALUE } };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        attune_score s = { .struct_size = sizeof s };
        assert_int_equal(attune_total_score(attune_scale_find("phq-9"), rows[i].given, &s, NULL),
                         rows[i].status);
    }
}

static void a_given_nothing_is_a_form_not_completed(void **state)
{
    attune_score s = { .struct_size = sizeof s };
    (void)state;
    assert_int_equal(attune_total_score(attune_scale_find("phq-9"), NAN, &s, NULL), ATTUNE_OK);
    assert_same(s.score, NAN);
    assert_int_equal(s.reason, ATTUNE_REASON_EMPTY);
    assert_int_equal(s.band, -1);
    assert_int_equal(s.flags, ATTUNE_SCORE_GIVEN);
}

static uint32_t off_step(const attune_scale *scale, double given)
{
    attune_score s = { .struct_size = sizeof s };
    assert_int_equal(attune_total_score(scale, given, &s, NULL), ATTUNE_OK);
    return s.flags & ATTUNE_SCORE_OFF_STEP;
}

static void a_total_that_no_form_gives_is_flagged_unless_it_was_rounded(void **state)
{
    const attune_scale *phq = attune_scale_find("phq-9"),
                       *demo = attune_scale_find("demo-alliance");
    struct attune_scale own = own_scale();
    (void)state;
    assert_false(off_step(phq, 10));
    assert_true(off_step(phq, 10.04));
    assert_true(off_step(phq, 13.5));
    assert_false(off_step(demo, 4.3)); /* 4.33.. */
    assert_false(off_step(demo, 4.33));
    assert_true(off_step(demo, 4.25)); /* half way from 4.17 to 4.33 */
    own.info.score_step = .25;         /* a mean of four items: 1.25 is printed as 1.3 or 1.2 */
    assert_false(off_step(&own, 1.3));
    assert_false(off_step(&own, 1.2));
    assert_false(off_step(&own, 6.8));
    assert_true(off_step(&own, 1.31));
    own.info.score_step = NAN;
    assert_false(off_step(&own, 1.2345));
    own.info.score_step = 2; /* the grid begins at the lowest score, or at 0 */
    own.info.score_min = .5;
    assert_false(off_step(&own, 4.5));
    assert_true(off_step(&own, 3.5));
    own.info.score_min = NAN;
    assert_false(off_step(&own, 4));
    assert_true(off_step(&own, 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands_begin_at_their_low_end),
        cmocka_unit_test(a_given_total_is_judged_but_not_recomputed),
        cmocka_unit_test(an_imputed_total_may_miss_the_range_by_less_than_half_a_step),
        cmocka_unit_test(a_given_nothing_is_a_form_not_completed),
        cmocka_unit_test(a_total_that_no_form_gives_is_flagged_unless_it_was_rounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
