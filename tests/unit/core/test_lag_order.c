/* lag_order: who left the range first, and when nothing can be said. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

#define SESSIONS 12

static const double own[SESSIONS] = { 6, 6.2, 5.9, 6, 6.1, 6, 4, 4.1, 6, 6, 6, 6 };
static given_found found;
static attune_constants alliance, worse;

static void scan_of(const double *score, const double *distress, size_t n)
{
    const attune_companion companions[] = {
        { sizeof *companions, ATTUNE_ROLE_THERAPIST, &alliance },
        { sizeof *companions, ATTUNE_ROLE_DISTRESS, &worse },
    };
    const double *const columns[] = { NULL, distress };
    const attune_rule_choice choice = given_choice("lag_order");
    attune_series series = given_series(score, n);
    attune_watch *watch = NULL;
    series.n_companions = 2;
    series.companions = columns;
    assert_int_equal(
        attune_watch_new_joint(&watch, &alliance, companions, 2, &choice, 1, NULL, NULL),
        ATTUNE_OK);
    given_scan(watch, &series, 1, &found);
    attune_watch_free(watch);
}

static int begin(void **state)
{
    (void)state;
    alliance = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .44, .2878);
    alliance.score_min = 1;
    alliance.score_max = 7;
    alliance.score_step = .1;
    worse = given_constants(ATTUNE_CONSTRUCT_OTHER, 2.5, NAN);
    worse.direction = ATTUNE_HIGHER_WORSE;
    return 0;
}

static void alliance_that_fell_first_is_told_where_distress_rises(void **state)
{
    const double distress[] = { 20, 19, 20, 21, 20, 19, 20, 20, 29, 20, 20, 20 };
    (void)state;
    scan_of(own, distress, SESSIONS);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].kind, ATTUNE_MARK_ORDER);
    assert_int_equal(found.marks[0].session, 9);
    assert_int_equal(found.marks[0].first_session, 7);
    assert_int_equal(found.marks[0].last_session, 9);
    assert_int_equal(found.marks[0].level, ATTUNE_LEVEL_PROBABLE);
    assert_same(found.marks[0].observed, 6);
}

static void a_rise_without_the_clients_form_waits_for_the_next_one(void **state)
{
    const double distress[] = { 20, 19, 20, 21, 20, 19, 20, 20, 29, 20, 20, 20 };
    double score[SESSIONS];
    (void)state;
    memcpy(score, own, sizeof score);
    score[8] = NAN;
    scan_of(score, distress, SESSIONS);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].session, 10);
    assert_int_equal(found.marks[0].last_session, 9);
}

static void a_rise_smaller_than_three_steps_of_its_scale_is_none(void **state)
{
    const double distress[] = { 20, 19, 20, 21, 20, 19, 20, 20, 29, 20, 20, 20 };
    (void)state;
    worse.score_step = 4;
    scan_of(own, distress, SESSIONS);
    assert_int_equal(found.n, 0);
    assert_true(found.traces[8].state == ATTUNE_STATE_QUIET);
    worse.score_step = 2;
    scan_of(own, distress, SESSIONS);
    assert_int_equal(found.n, 1);
    begin(NULL);
}

static void too_far_apart_is_no_order(void **state)
{
    const double distress[] = { 20, 19, 20, 21, 20, 19, 20, 20, 20, 20, 29, 20 };
    (void)state;
    scan_of(own, distress, SESSIONS);
    assert_int_equal(found.n, 0);
}

static void each_leaving_stands_in_one_order_only(void **state)
{
    const double distress[] = { 20, 19, 20, 21, 20, 29, 20, 30, 20, 20, 20, 20 };
    (void)state;
    scan_of(own, distress, SESSIONS);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].session, 7);
    assert_int_equal(found.marks[0].last_session, 6);
}

static void four_in_a_row_are_the_new_usual_level(void **state)
{
    const double low[SESSIONS] = { 6, 6, 6, 6, 4, 4, 4, 4, 4, 4, 4, 2 };
    const double high[SESSIONS] = { 20, 21, 20, 19, 30, 30, 31, 30, 30, 30, 30, 40 };
    (void)state;
    scan_of(low, high, SESSIONS);
    assert_int_equal(found.n, 2);
    assert_int_equal(found.marks[1].session, 12);
    assert_true(found.marks[1].reference < 4.1);
}

static void few_forms_a_flat_course_and_silence_are_no_answer(void **state)
{
    const double distress[] = { 20, 20, 20, 20, 20, 20, 20, 20, 29, 20, 20, 20 };
    double silent[SESSIONS];
    (void)state;
    scan_of(own, distress, 3);
    assert_int_equal(found.traces[2].state, ATTUNE_STATE_TOO_FEW);
    worse.within_sd = NAN; /* its own spread alone, which is none */
    worse.score_step = 1;
    scan_of(own, distress, SESSIONS);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.traces[7].state, ATTUNE_STATE_TOO_FEW);
    begin(NULL);
    for (size_t i = 0; i < SESSIONS; i++)
        silent[i] = NAN;
    scan_of(own, silent, SESSIONS);
    assert_int_equal(found.traces[11].state, ATTUNE_STATE_TOO_FEW);
    scan_of(own, distress, SESSIONS);
    assert_int_equal(found.traces[5].state, ATTUNE_STATE_QUIET);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alliance_that_fell_first_is_told_where_distress_rises),
        cmocka_unit_test(a_rise_without_the_clients_form_waits_for_the_next_one),
        cmocka_unit_test(a_rise_smaller_than_three_steps_of_its_scale_is_none),
        cmocka_unit_test(too_far_apart_is_no_order),
        cmocka_unit_test(each_leaving_stands_in_one_order_only),
        cmocka_unit_test(four_in_a_row_are_the_new_usual_level),
        cmocka_unit_test(few_forms_a_flat_course_and_silence_are_no_answer),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
