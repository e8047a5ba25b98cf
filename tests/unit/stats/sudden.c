/* Sudden gains and losses: what is found, what is not, and what is refused. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/sudden.h>

#include <float.h>
#include <stdlib.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define ROOM 32

static attune_sudden found[ROOM];
static attune_sudden_trace traces[ROOM];

static attune_sudden_options of_seven(void)
{
    attune_sudden_options how = ATTUNE_SUDDEN_OPTIONS_INIT;
    how.cutoff = 7;
    return how;
}

static size_t look_at(const attune_sudden_options *how, const int32_t *session, const double *score,
                      size_t n)
{
    size_t count = 99, n_traces;
    found[0].struct_size = sizeof found[0];
    traces[0].struct_size = sizeof traces[0];
    assert_int_equal(attune_sudden_fit(how, session, score, n, found, ROOM, &count, traces, ROOM,
                                       &n_traces, NULL),
                     ATTUNE_OK);
    return count;
}

#define LOOK(how, ...)                                                                             \
    look_at(how, NULL, (const double[]) { __VA_ARGS__ },                                           \
            sizeof((const double[]) { __VA_ARGS__ }) / sizeof(double))

static void a_gain_is_described(void **state)
{
    attune_sudden_options how = of_seven();
    (void)state;
    assert_int_equal(LOOK(&how, 30, 31, 29, 16, 15, 14, 14, 13), 1);
    assert_int_equal(found[0].kind, ATTUNE_SUDDEN_GAIN);
    assert_int_equal(found[0].from_session, 3);
    assert_int_equal(found[0].to_session, 4);
    assert_int_equal(found[0].reversed, 0);
    assert_int_equal(found[0].n_before + found[0].n_after, 6);
    assert_near(found[0].magnitude, 13, 0);
    assert_near(found[0].proportion, 13.0 / 17, 1e-15);
    assert_near(found[0].reversal_value, 22.5, 0);
    /* means 30 and 15, both variances 1: 15 / sqrt(1/3 + 1/3) */
    assert_near(found[0].t, 15 / sqrt(2.0 / 3), 1e-14);
    how.mode = ATTUNE_SUDDEN_PACKAGE;
    assert_int_equal(LOOK(&how, 30, 31, 29, 16, 15, 14, 14, 13), 1);
    assert_near(found[0].t, 15, 1e-14);
}

static void case_1_short_series_have_nothing(void **state)
{
    attune_sudden_options how = of_seven();
    size_t count = 99;
    attune_sudden none = { .struct_size = sizeof none };
    (void)state;
    how.flags = ATTUNE_SUDDEN_ENDS;
    assert_int_equal(attune_sudden_fit(&how, NULL, NULL, 0, &none, 0, &count, NULL, 0, NULL, NULL),
                     ATTUNE_OK);
    assert_int_equal(count, 0);
    assert_int_equal(
        attune_sudden_fit(&how, NULL, NULL, 0, &none, 0, &count, traces, 0, &count, NULL),
        ATTUNE_OK);
    assert_int_equal(LOOK(&how, 30), 0);
    assert_int_equal(LOOK(&how, 30, 10), 0);
    assert_int_equal(LOOK(&how, NAN, NAN, NAN, NAN), 0);
    assert_int_equal(attune_sudden_intervals(&how, NULL, NULL, 0), 0);
}

static void case_2_without_spread_any_difference_is_beyond_it(void **state)
{
    attune_sudden_options how = of_seven();
    (void)state;
    assert_int_equal(LOOK(&how, 30, 30, 30, 22, 22, 22, 22, 22), 1);
    assert_true(isinf(found[0].t) && found[0].t > 0);
    assert_int_equal(LOOK(&how, .3, .3, .3, 22.1, 22.1, 22.1, 22.1), 1);
    assert_int_equal(found[0].kind, ATTUNE_SUDDEN_LOSS);
    assert_true(isinf(found[0].t) && found[0].t > 0);
    how.critical = 2.776;
    assert_int_equal(LOOK(&how, 30, 30, 30, 22, 22, 22, 22, 22), 1);
}

static void case_3_equal_scores_have_nothing(void **state)
{
    attune_sudden_options how = of_seven();
    (void)state;
    how.criteria = ATTUNE_SUDDEN_THIRD;
    assert_int_equal(LOOK(&how, .1, .1, .1, .1, .1, .1), 0);
    assert_near(traces[0].t, 0, 0);
    assert_int_equal(traces[0].third, 0);
}

static void case_4_too_few_on_a_side_are_not_known(void **state)
{
    attune_sudden_options how = of_seven();
    const double score[] = { NAN, NAN, 30, 20, 21, 20, 20 };
    (void)state;
    assert_int_equal(look_at(&how, NULL, score, LENGTH(score)), 0);
    assert_int_equal(traces[2].from_session, 3); /* after 2, each judged twice */
    assert_int_equal(traces[2].third, -1);
    assert_true(isnan(traces[2].t));
    assert_int_equal(traces[2].met, -1);
    assert_int_equal(attune_sudden_intervals(&how, NULL, score, LENGTH(score)), 2);
    how.criteria = ATTUNE_SUDDEN_FIRST;
    assert_int_equal(look_at(&how, NULL, score, LENGTH(score)), 1);
}

static void case_5_a_score_of_nothing_before(void **state)
{
    attune_sudden_options how = of_seven();
    (void)state;
    how.criteria = ATTUNE_SUDDEN_SECOND;
    assert_int_equal(LOOK(&how, 0, 0, 8, 8), 1);
    assert_int_equal(traces[0].second, 0); /* a gain of -8 */
    assert_int_equal(traces[1].second, 1);
}

static void case_6_a_course_that_ends_elsewhere_has_no_proportion(void **state)
{
    attune_sudden_options how = of_seven();
    (void)state;
    assert_int_equal(LOOK(&how, 28, 28, 28, 21, 21, 21, 30, 30), 2);
    assert_true(isnan(found[0].proportion));
    assert_int_equal(found[0].reversed, 1);
    assert_near(found[1].proportion, 4.5, 0); /* a loss of 9 where the course lost 2 */
    how.mode = ATTUNE_SUDDEN_PACKAGE;
    assert_int_equal(LOOK(&how, 28, 28, 28, 21, 21, 21, 30, 30), 2);
    assert_near(found[0].proportion, -3.5, 0);
    assert_near(found[1].proportion, -4.5, 0);
    assert_int_equal(LOOK(&how, 28, 28, 28, 21, 21, 21, 21, 28), 1);
    assert_true(isnan(found[0].proportion));
    how.mode = ATTUNE_SUDDEN_T_TEST;
    assert_int_equal(LOOK(&how, NAN, 28, 28, 28, 21, 21, 21, 20, NAN), 1);
    assert_near(found[0].proportion, 7.0 / 8, 0);
    /* 7 of a change too small for a share that a double holds */
    assert_int_equal(LOOK(&how, 1e-320, 28, 28, 28, 21, 21, 21, 0), 1);
    assert_true(isnan(found[0].proportion));
}

static void session_numbers_that_are_skipped_are_missing(void **state)
{
    const int32_t even[] = { 2, 4, 6, 8, 10, 12 }, gap[] = { 1, 2, 3, 4, 6, 7, 8 };
    const double score[] = { 30, 31, 29, 16, 15, 14 };
    const double longer[] = { 30, 31, 29, 16, 14, 14, 13 };
    attune_sudden_options how = of_seven();
    (void)state;
    assert_int_equal(look_at(&how, even, score, 6), 0);
    assert_int_equal(look_at(&how, gap, longer, 7), 1);
    assert_int_equal(found[0].from_session, 3);
    assert_int_equal(found[0].n_after, 2); /* sessions 4 and 6 */
}

static void the_ends_are_tested_when_asked_for(void **state)
{
    attune_sudden_options how = of_seven();
    (void)state;
    assert_int_equal(LOOK(&how, 34, 18, 17, 17, 16, 15), 0);
    how.flags = ATTUNE_SUDDEN_ENDS;
    assert_int_equal(LOOK(&how, 34, 18, 17, 17, 16, 15), 1);
    assert_int_equal(found[0].from_session, 1);
    assert_int_equal(found[0].n_before, 1);
    /* mean 52/3, variance 1/3 of the three after: (34 - 52/3) / sqrt(1/3 * (1 + 1/3)) */
    assert_near(found[0].t, (34 - 52.0 / 3) / sqrt(4.0 / 9), 1e-14);
    assert_int_equal(LOOK(&how, 30, 30, 29, 29, 28, 14), 1);
    assert_int_equal(found[0].to_session, 6);
    how.mode = ATTUNE_SUDDEN_PACKAGE;
    assert_int_equal(LOOK(&how, 34, 18, 17, 17, 16, 15), 0);
}

static void a_reversal_right_after_counts_unless_the_package_is_asked(void **state)
{
    attune_sudden_options how = of_seven();
    (void)state;
    how.criteria = ATTUNE_SUDDEN_FIRST | ATTUNE_SUDDEN_SECOND;
    assert_int_equal(LOOK(&how, 30, 31, 30, 15, 24, 14, 14, 14), 3);
    assert_int_equal(found[0].reversed, 1);
    how.mode = ATTUNE_SUDDEN_PACKAGE;
    assert_int_equal(LOOK(&how, 30, 31, 30, 15, 24, 14, 14, 14), 3);
    assert_int_equal(found[0].reversed, 0);
    how.flags = ATTUNE_SUDDEN_BASELINE;
    assert_int_equal(LOOK(&how, 30, 31, 30, 15, 24, 14, 14, 14), 3);
    assert_int_equal(found[0].reversed, 1);
}

static void the_packages_second_criterion_lets_every_loss_through(void **state)
{
    attune_sudden_options how = of_seven();
    (void)state;
    how.cutoff = 1;
    assert_int_equal(LOOK(&how, 20, 20, 20, 22, 22, 22, 22), 0);
    how.mode = ATTUNE_SUDDEN_PACKAGE;
    assert_int_equal(LOOK(&how, 20, 20, 20, 22, 22, 22, 22), 1);
    assert_int_equal(found[0].kind, ATTUNE_SUDDEN_LOSS);
}

static void rounding_does_not_decide_at_the_cutoff(void **state)
{
    attune_sudden_options how = of_seven();
    (void)state;
    how.direction = ATTUNE_HIGHER_BETTER;
    how.cutoff = .7; /* 4.3 - 3.6 is 0.6999999999999997 */
    how.proportion = .1;
    assert_int_equal(LOOK(&how, 4.3, 4.3, 4.3, 3.6, 3.6, 3.6, 3.6), 1);
    assert_int_equal(found[0].kind, ATTUNE_SUDDEN_LOSS);
    how.mode = ATTUNE_SUDDEN_PACKAGE;
    assert_int_equal(LOOK(&how, 4.3, 4.3, 4.3, 3.6, 3.6, 3.6, 3.6), 0);
}

static void a_difference_is_found_only_where_there_are_two_scores(void **state)
{
    attune_sudden_options how = of_seven();
    const double score[] = { 30, 30, NAN, 20, 20, 20 };
    (void)state;
    how.criteria = ATTUNE_SUDDEN_THIRD;
    assert_int_equal(look_at(&how, NULL, score, LENGTH(score)), 0);
    assert_int_equal(traces[2].met, 1);
    assert_int_equal(attune_sudden_intervals(&how, NULL, score, LENGTH(score)), 3);
    how.criteria = ATTUNE_SUDDEN_SECOND;
    assert_int_equal(attune_sudden_intervals(&how, NULL, score, LENGTH(score)), 1);
}

static void the_level_and_the_fixed_value_decide_the_third_criterion(void **state)
{
    attune_sudden_options how = of_seven();
    /* means 30 and 20, variances 12 and 13: t = 10 / sqrt(25/3), 3.4641; p .0257 */
    const double score[] = { 26, 32, 32, 23.605551275463989, 20, 16.394448724536011, 20 };
    (void)state;
    assert_int_equal(look_at(&how, NULL, score, LENGTH(score)), 1);
    assert_near(found[0].t, 3.4641016151377544, 1e-12);
    how.alpha = .02;
    assert_int_equal(look_at(&how, NULL, score, LENGTH(score)), 0);
    how.critical = 3.46;
    assert_int_equal(look_at(&how, NULL, score, LENGTH(score)), 1);
    how.critical = 3.47;
    assert_int_equal(look_at(&how, NULL, score, LENGTH(score)), 0);
}

static void one_may_stand_for_a_client(void **state)
{
    attune_sudden some[4] = { { .struct_size = sizeof some[0] } };
    const double magnitude[] = { 9, -8, 8, 9 };
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        some[i].struct_size = sizeof some[0];
        some[i].kind = i == 1;
        some[i].from_session = (int32_t)i + 2;
        some[i].magnitude = magnitude[i];
    }
    assert_int_equal(attune_sudden_select(some, 4, 0, ATTUNE_SUDDEN_SELECT_FIRST, 0), 0);
    assert_int_equal(attune_sudden_select(some, 4, 0, ATTUNE_SUDDEN_SELECT_LAST, 0), 3);
    assert_int_equal(attune_sudden_select(some, 4, 0, ATTUNE_SUDDEN_SELECT_SMALLEST, 0), 2);
    assert_int_equal(attune_sudden_select(some, 4, 0, ATTUNE_SUDDEN_SELECT_LARGEST, 0), 0);
    some[3].kind = 1;
    assert_int_equal(attune_sudden_select(some, 4, 1, ATTUNE_SUDDEN_SELECT_LARGEST, 0), 3);
    some[3].magnitude = -9;
    assert_int_equal(attune_sudden_select(some, 4, 1, ATTUNE_SUDDEN_SELECT_LARGEST, 0), 3);
    assert_int_equal(attune_sudden_select(some, 4, 1, ATTUNE_SUDDEN_SELECT_LARGEST, 1), 1);
    assert_int_equal(attune_sudden_select(some, 4, 7, ATTUNE_SUDDEN_SELECT_LARGEST, 1), 4);
    assert_int_equal(attune_sudden_select(some, 4, 0, -1, 1), 4);
    assert_int_equal(attune_sudden_select(some, 4, 0, 4, 1), 4);
    assert_int_equal(attune_sudden_select(some, 4, 0, 0, -1), 4);
    assert_int_equal(attune_sudden_select(some, 4, 0, 0, 2), 4);
    assert_int_equal(attune_sudden_select(NULL, 4, 0, 0, 0), 4);
}

static void the_cutoff_is_the_reliable_change(void **state)
{
    attune_constants c = { .struct_size = sizeof c };
    (void)state;
    c.change_threshold = c.sd = c.reliability = NAN;
    assert_true(isnan(attune_sudden_cutoff(&c)));
    c.sd = 10.5;
    c.reliability = .931;
    assert_near(attune_sudden_cutoff(&c), 7.645131, 1e-6); /* suddengains: define_crit1_cutoff */
    c.change_threshold = 6;
    assert_near(attune_sudden_cutoff(&c), 6, 0);
    c.change_threshold = NAN;
    c.reliability = 1;
    assert_true(isnan(attune_sudden_cutoff(&c)));
    c.sd = DBL_MAX;
    c.reliability = 0;
    assert_true(isnan(attune_sudden_cutoff(&c)));
    c.struct_size = 4;
    assert_true(isnan(attune_sudden_cutoff(&c)));
    assert_true(isnan(attune_sudden_cutoff(NULL)));
}

static void the_columns_are_those_of_the_contract(void **state)
{
    const char *const names[] = { "kind",      "from_session", "to_session",
                                  "magnitude", "proportion",   "reversed" };
    size_t count;
    const attune_field *fields = attune_sudden_fields(&count);
    (void)state;
    assert_int_equal(count, LENGTH(names));
    for (size_t i = 0; i < count; i++)
        assert_string_equal(fields[i].name, names[i]);
    assert_ptr_equal(attune_sudden_fields(NULL), fields);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gain_is_described),
        cmocka_unit_test(case_1_short_series_have_nothing),
        cmocka_unit_test(case_2_without_spread_any_difference_is_beyond_it),
        cmocka_unit_test(case_3_equal_scores_have_nothing),
        cmocka_unit_test(case_4_too_few_on_a_side_are_not_known),
        cmocka_unit_test(case_5_a_score_of_nothing_before),
        cmocka_unit_test(case_6_a_course_that_ends_elsewhere_has_no_proportion),
        cmocka_unit_test(session_numbers_that_are_skipped_are_missing),
        cmocka_unit_test(the_ends_are_tested_when_asked_for),
        cmocka_unit_test(a_reversal_right_after_counts_unless_the_package_is_asked),
        cmocka_unit_test(the_packages_second_criterion_lets_every_loss_through),
        cmocka_unit_test(rounding_does_not_decide_at_the_cutoff),
        cmocka_unit_test(a_difference_is_found_only_where_there_are_two_scores),
        cmocka_unit_test(the_level_and_the_fixed_value_decide_the_third_criterion),
        cmocka_unit_test(one_may_stand_for_a_client),
        cmocka_unit_test(the_cutoff_is_the_reliable_change),
        cmocka_unit_test(the_columns_are_those_of_the_contract),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
