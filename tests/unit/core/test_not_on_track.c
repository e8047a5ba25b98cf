/* not_on_track: expected from intake, silent where it must be, the same live. */
/* SPDX-License-Identifier: MIT */
#include <attune/watch.h>

#include "tests/unit/near.h"

#include <stdlib.h>

static const attune_response norm = {
    .struct_size = sizeof norm,
    .time = ATTUNE_TIME_SESSION,
    .structure = ATTUNE_RESPONSE_LEVEL,
    .first_session = 1,
    .last_session = 10,
    .n_clients = 100,
    .n_forms = 800,
    .intake_low = 5,
    .intake_high = 38,
    .intercept = 24,
    .slope = -1,
    .intercept_var = 18,
    .residual_var = 9,
};

static attune_constants distress(void)
{
    attune_constants c = { .struct_size = sizeof c };
    attune_scale_constants(NULL, &c);
    c.construct = ATTUNE_CONSTRUCT_DISTRESS;
    c.direction = ATTUNE_HIGHER_WORSE;
    c.response = &norm;
    return c;
}

enum { N = 12 };
static attune_mark marks[2 * N];
static attune_trace traces[N];

static size_t scan_dated(const attune_constants *c, const double *params, const int32_t *session,
                         const double *day, const double *score, size_t n)
{
    attune_rule_choice choice;
    attune_watch *watch = NULL;
    attune_series series = {
        .struct_size = sizeof series, .count = n, .session = session, .day = day, .score = score
    };
    size_t marked = 0;
    attune_rule_choose(attune_rule_find("not_on_track"), &choice);
    if (params)
        memcpy(choice.params, params, 5 * sizeof *params);
    assert_int_equal(attune_watch_new(&watch, c, &choice, 1, NULL, NULL), ATTUNE_OK);
    marks[0].struct_size = sizeof marks[0];
    traces[0].struct_size = sizeof traces[0];
    assert_int_equal(attune_scan(watch, &series, marks, 2 * N, &marked, traces, N, NULL),
                     ATTUNE_OK);
    attune_watch_free(watch);
    return marked;
}

static size_t scan(const attune_constants *c, const double *params, const int32_t *session,
                   const double *score, size_t n)
{
    return scan_dated(c, params, session, NULL, score, n);
}

/* Intake 30, 6 above the average: u0 = 18 * 6 / 27 = 4, of variance 6; a score's SD sqrt(15). */
static void scores_beyond_what_intake_lets_expect_are_marked(void **state)
{
    (void)state;
    const double score[] = { 30, 40, 31.5, 30, NAN, 27, 29.5, 18 };
    attune_constants c = distress();
    double sd = sqrt(15);
    assert_int_equal(scan(&c, NULL, NULL, score, 8), 3);
    assert_int_equal(traces[0].state, ATTUNE_STATE_TOO_FEW);
    assert_int_equal(traces[1].state, ATTUNE_STATE_TOO_FEW); /* never before session 3 */
    assert_int_equal(traces[4].state, ATTUNE_STATE_NO_FORM);
    assert_near(traces[2].statistic, (31.5 - 26) / sd, 1e-13);
    assert_near(traces[7].statistic, (18 - 21) / sd, 1e-13);
    assert_int_equal(marks[0].session, 3);
    assert_int_equal(marks[0].kind, ATTUNE_MARK_OFF_TRACK);
    assert_int_equal(marks[0].level, ATTUNE_LEVEL_POSSIBLE);
    assert_near(marks[0].reference, 26, 1e-13);
    assert_near(marks[0].limit, 26 + 1.2815515655446004 * sd, 1e-13);
    assert_near(marks[0].spread, sd, 1e-13);
    assert_int_equal(marks[0].first_session, 1);
    assert_int_equal(marks[0].last_session, 1);
    assert_int_equal(marks[1].session, 4);
    assert_int_equal(marks[2].session, 7);
    assert_int_equal(marks[2].level, ATTUNE_LEVEL_PROBABLE);
    assert_near(marks[2].limit, 22 + 1.6448536269514722 * sd, 1e-13);
}

/* Two forms: u0 = 18 * (6 + 11) / (9 + 36), of variance 18 * 9 / 45. */
static void with_dynamic_all_earlier_forms_are_gone_by(void **state)
{
    (void)state;
    const double params[] = { 1.96, 1.28, 1.64, 3, 1 }, score[] = { 30, 34, 33 };
    attune_constants c = distress();
    assert_int_equal(scan(&c, params, NULL, score, 3), 0);
    assert_near(traces[2].statistic, (33 - 22 - 18 * 17.0 / 45) / sqrt(9 + 18 * 9.0 / 45), 1e-13);
}

static void outside_the_norm_it_says_that_it_is_beyond(void **state)
{
    (void)state;
    const double late[] = { 30, 30, 35 }, high[] = { 39, 39, 50 }, low[] = { 4, 4, 30 };
    const int32_t session[] = { 1, 10, 11 }, early[] = { 0, 1, 5 };
    attune_constants c = distress();
    assert_int_equal(scan(&c, NULL, session, late, 3), 1);
    assert_int_equal(traces[2].state, ATTUNE_STATE_BEYOND);
    assert_true(isnan(traces[2].statistic));
    assert_int_equal(scan(&c, NULL, NULL, high, 3), 0);
    assert_int_equal(traces[2].state, ATTUNE_STATE_BEYOND);
    assert_int_equal(scan(&c, NULL, NULL, low, 3), 0);
    assert_int_equal(traces[2].state, ATTUNE_STATE_BEYOND);
    scan(&c, NULL, early, late, 3);
    assert_int_equal(traces[0].state, ATTUNE_STATE_BEYOND);
    assert_int_equal(traces[1].state, ATTUNE_STATE_TOO_FEW);
    assert_int_equal(traces[2].state, ATTUNE_STATE_MARKED);
}

static void who_starts_below_the_cutoff_is_marked_for_reliable_worsening_alone(void **state)
{
    (void)state;
    const double score[] = { 8, 12, 13, 14, 16 };
    attune_constants c = distress();
    c.cutoff = 11;
    c.change_threshold = 6;
    assert_int_equal(scan(&c, NULL, NULL, score, 5), 2);
    assert_int_equal(marks[0].session, 4);
    assert_near(marks[0].limit, 14, 1e-13);
    assert_near(marks[0].reference, 8, 0);
    assert_near(traces[2].statistic, 5.0 / 6 * 1.2815515655446004, 1e-13);
    c.change_threshold = NAN;
    assert_int_equal(scan(&c, NULL, NULL, score, 5), 0);
    assert_true(isnan(traces[4].statistic));
}

/* A score on the cut-off is clinical where the bound is inclusive, and not where it is strict. */
static void the_cutoff_itself_lies_where_its_bound_says(void **state)
{
    (void)state;
    const double score[] = { 11, 12, 25 };
    attune_constants c = distress();
    c.cutoff = 11;
    assert_int_equal(scan(&c, NULL, NULL, score, 3), 1);
    assert_true(marks[0].reference > 11);
    c.cutoff_bound = ATTUNE_BOUND_STRICT;
    assert_int_equal(scan(&c, NULL, NULL, score, 3), 0);
    c.cutoff = 10;
    assert_int_equal(scan(&c, NULL, NULL, score, 3), 1);
    assert_true(marks[0].reference > 11);
}

static void without_a_norm_it_says_what_it_lacks(void **state)
{
    (void)state;
    const double score[] = { 30, 31, 39 };
    attune_constants c = distress();
    c.response = NULL;
    assert_int_equal(scan(&c, NULL, NULL, score, 3), 0);
    assert_int_equal(traces[2].state, ATTUNE_STATE_NO_CONSTANT);
    assert_int_equal(traces[2].missing, ATTUNE_CONSTANT_RESPONSE);
}

static void a_norm_that_cannot_be_is_refused_by_the_watch(void **state)
{
    (void)state;
    attune_response bad = norm;
    attune_rule_choice choice;
    attune_watch *watch = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_constants c = distress();
    bad.residual_var = 0;
    c.response = &bad;
    attune_rule_choose(attune_rule_find("not_on_track"), &choice);
    assert_int_equal(attune_watch_new(&watch, &c, &choice, 1, NULL, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "residual_var");
    assert_null(watch);
}

static attune_response norm_by_date(void)
{
    attune_response dated = norm;
    dated.time = ATTUNE_TIME_WEEK;
    dated.first_session = 0;
    dated.last_session = 63;
    return dated;
}

/* Forms a week apart are on both axes at the same place. */
static void by_date_weekly_forms_are_marked_as_by_session(void **state)
{
    (void)state;
    const double score[] = { 30, 40, 31.5, 30, NAN, 27, 29.5, 18 };
    const double day[] = { 400, 407, 414, 421, 428, 435, 442, 449 };
    const attune_response dated = norm_by_date();
    attune_constants c = distress();
    size_t n = scan(&c, NULL, NULL, score, 8);
    double limit = marks[n - 1].limit, statistic = traces[7].statistic;
    c.response = &dated;
    assert_int_equal(scan_dated(&c, NULL, NULL, day, score, 8), n);
    assert_int_equal(n, 3);
    assert_same(marks[n - 1].limit, limit);
    assert_same(traces[7].statistic, statistic);
}

/* No date, before the first form, after the norm's last day, before session 1: not looked at. */
static void by_date_what_the_norm_does_not_cover_is_said_to_be_beyond(void **state)
{
    (void)state;
    const double score[] = { 30, 30, 40, 40, 40, 40 };
    const double day[] = { 7, 10, NAN, 9, 73, 74 };
    const int32_t session[] = { 0, 1, 3, 4, 5, 6 };
    const int32_t states[] = { ATTUNE_STATE_BEYOND, ATTUNE_STATE_TOO_FEW, ATTUNE_STATE_BEYOND,
                               ATTUNE_STATE_BEYOND, ATTUNE_STATE_MARKED,  ATTUNE_STATE_BEYOND };
    const attune_response dated = norm_by_date();
    attune_constants c = distress();
    c.response = &dated;
    assert_int_equal(scan_dated(&c, NULL, session, day, score, 6), 1);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(traces[i].state, states[i]);
    assert_int_equal(scan(&c, NULL, NULL, score, 6), 0); /* no date at all */
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(traces[i].state, ATTUNE_STATE_BEYOND);
}

static void the_default_set_does_not_hold_it(void **state)
{
    (void)state;
    const attune_ruleset *set = attune_ruleset_find("default");
    attune_rule_choice choice;
    for (size_t i = 0; attune_ruleset_choice(set, i, &choice) == ATTUNE_OK; i++)
        assert_true(choice.rule != attune_rule_find("not_on_track"));
}

static void the_watch_keeps_its_own_norm_and_live_is_batch(void **state)
{
    (void)state;
    const double score[] = { 30, 31, 33, 30, 28, 29.5 };
    attune_response given = norm;
    attune_constants c = distress();
    attune_rule_choice choice;
    attune_watch *watch = NULL;
    attune_monitor *monitor = NULL;
    size_t marked = scan(&c, NULL, NULL, score, 6), live = 0;
    c.response = &given;
    attune_rule_choose(attune_rule_find("not_on_track"), &choice);
    assert_int_equal(attune_watch_new(&watch, &c, &choice, 1, NULL, NULL), ATTUNE_OK);
    memset(&given, 0, sizeof given);
    assert_int_equal(attune_monitor_new(&monitor, watch, NULL, NULL), ATTUNE_OK);
    attune_watch_free(watch);
    assert_int_equal(attune_monitor_wait(monitor, 0), 2);
    for (int32_t s = 1; s <= 6; s++) {
        attune_mark mark = { .struct_size = sizeof mark };
        size_t n = 0;
        assert_int_equal(attune_monitor_push(monitor, s, NAN, score[s - 1], &mark, 1, &n, NULL),
                         ATTUNE_OK);
        if (n == 0)
            continue;
        assert_same(mark.limit, marks[live].limit);
        assert_same(mark.statistic, marks[live++].statistic);
    }
    assert_int_equal(live, marked);
    assert_true(live > 0);
    attune_monitor_free(monitor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_beyond_what_intake_lets_expect_are_marked),
        cmocka_unit_test(with_dynamic_all_earlier_forms_are_gone_by),
        cmocka_unit_test(outside_the_norm_it_says_that_it_is_beyond),
        cmocka_unit_test(who_starts_below_the_cutoff_is_marked_for_reliable_worsening_alone),
        cmocka_unit_test(the_cutoff_itself_lies_where_its_bound_says),
        cmocka_unit_test(without_a_norm_it_says_what_it_lacks),
        cmocka_unit_test(a_norm_that_cannot_be_is_refused_by_the_watch),
        cmocka_unit_test(by_date_weekly_forms_are_marked_as_by_session),
        cmocka_unit_test(by_date_what_the_norm_does_not_cover_is_said_to_be_beyond),
        cmocka_unit_test(the_default_set_does_not_hold_it),
        cmocka_unit_test(the_watch_keeps_its_own_norm_and_live_is_batch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
