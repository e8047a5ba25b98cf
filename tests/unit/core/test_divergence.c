/* divergence: the difference of two raters against the dyad's own usual one. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

#define MOST 16

static given_found found;
static attune_silence silence;

/* Steps of 1, spreads of 1 each, uncorrelated: the difference has sqrt(2). */
static attune_constants plain(double low, double high)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, 1, NAN);
    c.score_min = low;
    c.score_max = high;
    return c;
}

/* A rule whose spread is the prior's alone, with k of 2, 3 and 4. */
static attune_rule_choice of_prior(void)
{
    attune_rule_choice choice = given_choice("divergence");
    choice.params[0] = 2;
    choice.params[1] = 3;
    choice.params[2] = 4;
    choice.params[4] = 1000;
    choice.params[5] = 0;
    return choice;
}

static void run_with(const attune_constants *own, const attune_constants *other,
                     const attune_rule_choice *choice, const double *client,
                     const double *therapist, size_t n)
{
    const attune_companion companions[] = {
        { sizeof companions[0], ATTUNE_ROLE_DISTRESS, own },
        { sizeof companions[0], ATTUNE_ROLE_THERAPIST, other },
    };
    const double *const columns[] = { NULL, therapist };
    attune_series series = given_series(client, n);
    attune_watch *watch = NULL;
    size_t rules = 0;
    series.companions = columns;
    series.n_companions = 2;
    assert_int_equal(attune_watch_new_joint(&watch, own, companions, 2, choice, 1, NULL, NULL),
                     ATTUNE_OK);
    given_scan(watch, &series, 1, &found);
    silence = (attune_silence) { .struct_size = sizeof silence };
    assert_int_equal(attune_silence_scan(watch, &series, &silence, 1, &rules, NULL), ATTUNE_OK);
    attune_watch_free(watch);
}

static void run(const double *client, const double *therapist, size_t n)
{
    const attune_constants c = plain(-INFINITY, INFINITY);
    const attune_rule_choice choice = of_prior();
    run_with(&c, &c, &choice, client, therapist, n);
}

/* Usual 1 from two differences: spread sqrt(2 * (1 + 1/2)), with the own range as good as nothing.
 */
static void a_difference_is_judged_against_the_usual_one(void **state)
{
    const double client[] = { 5, 6, 5, 9, 1 }, therapist[] = { 4, 5, 4, 4, 4 };
    double spread;
    (void)state;
    run(client, therapist, 5);
    assert_int_equal(found.traces[0].state, ATTUNE_STATE_TOO_FEW);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_TOO_FEW);
    assert_int_equal(found.traces[2].state, ATTUNE_STATE_QUIET);
    assert_near(found.traces[2].statistic, 0, 0);
    spread = sqrt(2 * 1000.0 / 1002 * (1 + 1.0 / 3)); /* two own ranges of 0 */
    assert_near(found.traces[3].statistic, 4 / spread, 1e-12);
    assert_int_equal(found.n, 2);
    assert_int_equal(found.marks[0].kind, ATTUNE_MARK_DIVERGENCE);
    assert_int_equal(found.marks[0].level, ATTUNE_LEVEL_POSSIBLE);
    assert_near(found.marks[0].observed, 9, 0);
    assert_near(found.marks[0].reference, 5, 1e-15); /* 4 and the usual 1 */
    assert_near(found.marks[0].limit, 5 + 2 * spread, 1e-12);
    assert_near(found.marks[0].spread, spread, 1e-12);
    assert_int_equal(found.marks[0].first_session, 1);
    assert_int_equal(found.marks[0].last_session, 3);
    assert_int_equal(found.marks[0].flags, ATTUNE_MARK_EARLY);
    assert_near(found.marks[1].limit, 5 - 2 * spread, 1e-12); /* the other side */
    assert_int_equal(silence.reason, ATTUNE_SILENCE_MARKED);
}

static void levels_begin_beyond_their_spreads(void **state)
{
    const double client[] = { 5, 5, 5, 5, 8.5, 10, 1 }, therapist[] = { 5, 5, 5, 5, 5, 5, 8 };
    (void)state;
    run(client, therapist, 7);
    assert_int_equal(found.n, 3);
    assert_int_equal(found.marks[0].level, ATTUNE_LEVEL_POSSIBLE);
    assert_int_equal(found.marks[1].level, ATTUNE_LEVEL_PROBABLE);
    assert_int_equal(found.marks[2].level, ATTUNE_LEVEL_SEVERE);
    assert_int_equal(found.marks[2].flags, 0);
    assert_near(found.marks[2].limit, 8 - 4 * found.marks[2].spread, 1e-12);
}

static void both_falling_together_is_no_divergence(void **state)
{
    const double client[] = { 9, 9, 9, 2, 1, 9 }, therapist[] = { 8, 8, 8, 1, 0, 8 };
    (void)state;
    run(client, therapist, 6);
    assert_int_equal(found.n, 0);
    assert_int_equal(silence.reason, ATTUNE_SILENCE_QUIET);
    assert_int_equal(silence.answered, 4);
}

static void marked_sessions_in_a_row_on_one_side_become_usual(void **state)
{
    const double zeros[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
    const double off[] = { 0, 0, 0, 6, 6, -6, -6, -6, -6, -6, 0 };
    (void)state;
    run(off, zeros, 11);
    assert_int_equal(found.n, 7); /* 6 6 | -6 -6 -6 -6: then -6 is usual, and 0 is not */
    assert_int_equal(found.marks[5].session, 9);
    assert_int_equal(found.traces[9].state, ATTUNE_STATE_QUIET);
    assert_near(found.traces[9].statistic, 0, 0);
    assert_int_equal(found.marks[6].session, 11);
    assert_near(found.marks[6].reference, -6, 1e-12);
    assert_int_equal(found.marks[6].first_session, 6);
}

static void a_session_as_usual_ends_a_run(void **state)
{
    const double zeros[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
    const double off[] = { 0, 0, 0, 6, 6, 6, 0, 6, 6, 6 };
    (void)state;
    run(off, zeros, 10);
    assert_int_equal(found.n, 6);
}

static void a_distance_below_the_floor_is_left_alone(void **state)
{
    const double zeros[] = { 0, 0, 0, 0, 0 }, off[] = { 0, 0, 0, 3, -2.9 };
    attune_constants c = plain(-10, 10);
    attune_rule_choice choice = of_prior();
    (void)state;
    c.within_sd = .1;
    c.score_step = 1;
    run_with(&c, &c, &choice, off, zeros, 5);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].level, ATTUNE_LEVEL_SEVERE);
    assert_near(found.marks[0].limit, 3, 1e-12); /* the floor, not 4 spreads of .2 */
}

static void a_session_without_one_of_the_forms_is_passed_over(void **state)
{
    const double client[] = { 5, NAN, 5, 5, NAN, 5 }, therapist[] = { 4, 4, NAN, 4, NAN, 4 };
    (void)state;
    run(client, therapist, 6);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_NO_FORM);
    assert_int_equal(found.traces[2].state, ATTUNE_STATE_NO_FORM);
    assert_int_equal(found.traces[4].state, ATTUNE_STATE_NO_FORM);
    assert_int_equal(found.traces[3].state, ATTUNE_STATE_TOO_FEW);
    assert_near(found.traces[5].statistic, 0, 0);
    assert_int_equal(silence.answered, 1);
}

static void ratings_of_two_ranges_are_compared_by_their_ranges(void **state)
{
    const attune_constants own = plain(1, 5);
    attune_constants other = plain(0, 40), shifted = plain(2, 6);
    const double client[] = { 3, 3, 3, 1 }, therapist[] = { 10, 10, 10, 40 };
    const double one_up[] = { 3, 3, 3, 6 };
    const attune_rule_choice choice = of_prior();
    (void)state;
    run_with(&own, &other, &choice, client, therapist, 4);
    assert_int_equal(found.n, 1); /* 10 is 2 on the client's scale, 40 is 5: usual 1, now -4 */
    assert_near(found.marks[0].reference, 6, 1e-12);
    /* 1 and, of the therapist, 1 of 40 as .1 of 4 */
    assert_near(found.marks[0].spread, sqrt((1000 * 1.01) / 1002 * (1 + 1.0 / 3)), 1e-12);
    other.within_sd = NAN; /* then as the client's */
    run_with(&own, &other, &choice, client, therapist, 4);
    assert_near(found.marks[0].spread, sqrt(1000.0 * 2 / 1002 * (1 + 1.0 / 3)), 1e-12);
    run_with(&own, &shifted, &choice, client, one_up, 4);
    assert_int_equal(found.n, 1); /* 3 is 2, 6 is 5: the same again */
    assert_near(found.marks[0].reference, 6, 1e-12);
}

static void a_form_on_which_higher_is_worse_is_turned(void **state)
{
    const attune_constants own = plain(1, 5);
    attune_constants other = plain(1, 5);
    const double client[] = { 3, 3, 3, 1 }, therapist[] = { 4, 4, 4, 1 };
    const attune_rule_choice choice = of_prior();
    (void)state;
    other.direction = ATTUNE_HIGHER_WORSE;
    run_with(&own, &other, &choice, client, therapist, 4);
    assert_int_equal(found.n, 1); /* 4 is 2, 1 is 5 */
    assert_near(found.marks[0].reference, 6, 1e-12);
    run_with(&other, &own, &choice, client, therapist, 4);
    assert_int_equal(found.n, 1);
    assert_near(found.marks[0].reference, 6, 1e-12); /* 4 is 2, usual 1 more; 1 is 5 */
}

static void the_errors_of_both_are_the_least_spread(void **state)
{
    const attune_rule_choice choice = of_prior();
    const double client[] = { 5, 5, 5, 12 }, therapist[] = { 5, 5, 5, 2 };
    attune_constants own = plain(-20, 20), other = plain(-40, 40);
    (void)state;
    own.sem = 3;
    other.sem = 8; /* 4 of the client's */
    run_with(&own, &other, &choice, client, therapist, 4);
    assert_near(found.traces[3].statistic, 8.5 / (5 * sqrt(1 + 1.0 / 3)), 1e-12);
    other.sem = NAN; /* then as the client's */
    run_with(&own, &other, &choice, client, therapist, 4);
    assert_near(found.traces[3].statistic, 8.5 / (sqrt(18) * sqrt(1 + 1.0 / 3)), 1e-12);
    own.sem = NAN;
    other.sem = 8;
    run_with(&own, &other, &choice, client, therapist, 4);
    assert_true(found.traces[3].statistic > 8.5 / (5 * sqrt(1 + 1.0 / 3)));
}

/* One known range beside an unknown one, or one without width. */
static void without_an_axis_in_common_nothing_is_said(void **state)
{
    const attune_constants ranges[] = { plain(1, 7), plain(-INFINITY, INFINITY), plain(4, 4) };
    const double fours[] = { 4, 4, 4, 4, NAN };
    const attune_rule_choice choice = of_prior();
    (void)state;
    for (int i = 0; i < 3; i++) {
        if (i == 1)
            continue;
        run_with(&ranges[1], &ranges[i], &choice, fours, fours, 5);
        assert_int_equal(found.traces[3].state, ATTUNE_STATE_NO_SIGNAL);
        assert_int_equal(found.traces[4].state, ATTUNE_STATE_NO_FORM);
    }
    run_with(&ranges[0], &ranges[1], &choice, fours, fours, 5);
    assert_int_equal(found.traces[3].state, ATTUNE_STATE_NO_SIGNAL);
    run_with(&ranges[0], &ranges[2], &choice, fours, fours, 5);
    assert_int_equal(found.traces[3].state, ATTUNE_STATE_NO_SIGNAL);
    assert_int_equal(silence.reason, ATTUNE_SILENCE_TOO_FEW);
    assert_int_equal(silence.answered, 0);
}

static void without_a_therapist_it_says_that_it_has_no_signal(void **state)
{
    const attune_constants c = plain(1, 7);
    const double y[] = { 4, 4, 4, 1 };
    (void)state;
    given_run(&c, "divergence", y, 4, &found);
    assert_int_equal(found.n, 0);
    for (int i = 0; i < 4; i++)
        assert_int_equal(found.traces[i].state, ATTUNE_STATE_NO_SIGNAL);
}

static void without_a_spread_it_says_which_constant_is_missing(void **state)
{
    attune_constants c = plain(1, 7);
    const double client[] = { 4, 4, 4, 7 }, therapist[] = { 4, 4, 4, 1 };
    const attune_rule_choice choice = of_prior();
    (void)state;
    c.within_sd = NAN;
    run_with(&c, &c, &choice, client, therapist, 4);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.traces[3].state, ATTUNE_STATE_NO_CONSTANT);
    assert_int_equal(silence.reason, ATTUNE_SILENCE_NO_CONSTANT);
}

/* Later sessions never change earlier marks, and both scales may move and stretch together. */
static void another_unit_of_both_gives_the_same_marks(void **state)
{
    const double client[MOST] = { 5, 6, 5, 9, 1, 5, 6, 2, 5, 6, 4, 5, 0, 0, 5, 6 };
    const double therapist[MOST] = { 4, 5, 5, 4, 4, 5, 5, 5, 4, 4, 5, 6, 5, 4, 5, 5 };
    double other[2][MOST];
    const attune_constants c = plain(-INFINITY, INFINITY);
    attune_constants wide = c;
    attune_rule_choice choice = given_choice("divergence");
    static given_found first;
    (void)state;
    choice.params[0] = 1.5;
    wide.within_sd = 4;
    for (int i = 0; i < MOST; i++) {
        other[0][i] = 4 * client[i] + 8;
        other[1][i] = 4 * therapist[i] + 24;
    }
    run_with(&c, &c, &choice, client, therapist, MOST);
    first = found;
    assert_true(first.n > 2);
    run_with(&wide, &wide, &choice, other[0], other[1], MOST);
    assert_int_equal(found.n, first.n);
    for (size_t i = 0; i < found.n; i++) {
        assert_int_equal(found.marks[i].session, first.marks[i].session);
        assert_int_equal(found.marks[i].level, first.marks[i].level);
        assert_near(found.marks[i].statistic, first.marks[i].statistic, 1e-12);
    }
    run_with(&c, &c, &choice, client, therapist, MOST / 2);
    for (size_t i = 0; i < found.n; i++)
        assert_same(found.marks[i].statistic, first.marks[i].statistic);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_difference_is_judged_against_the_usual_one),
        cmocka_unit_test(levels_begin_beyond_their_spreads),
        cmocka_unit_test(both_falling_together_is_no_divergence),
        cmocka_unit_test(marked_sessions_in_a_row_on_one_side_become_usual),
        cmocka_unit_test(a_session_as_usual_ends_a_run),
        cmocka_unit_test(a_distance_below_the_floor_is_left_alone),
        cmocka_unit_test(a_session_without_one_of_the_forms_is_passed_over),
        cmocka_unit_test(ratings_of_two_ranges_are_compared_by_their_ranges),
        cmocka_unit_test(a_form_on_which_higher_is_worse_is_turned),
        cmocka_unit_test(the_errors_of_both_are_the_least_spread),
        cmocka_unit_test(without_an_axis_in_common_nothing_is_said),
        cmocka_unit_test(without_a_therapist_it_says_that_it_has_no_signal),
        cmocka_unit_test(without_a_spread_it_says_which_constant_is_missing),
        cmocka_unit_test(another_unit_of_both_gives_the_same_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
