/* rupture_filter: levels, ends of the scale, gaps, flat and short courses, what it cannot say. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

static given_found found;

static attune_constants alliance(void)
{
    attune_constants c = { .struct_size = sizeof c };
    assert_int_equal(attune_scale_constants(attune_scale_find("demo-alliance"), &c), ATTUNE_OK);
    return c;
}

static void run(const double *scores, size_t n)
{
    attune_constants c = alliance();
    given_run(&c, "rupture_filter", scores, n, &found);
}

static void the_example_is_marked_where_it_falls_and_returns_where_it_is_back(void **state)
{
    const double y[] = GIVEN_EXAMPLE;
    (void)state;
    run(y, LENGTH(y));
    assert_int_equal(found.marks[0].kind, ATTUNE_MARK_DROP);
    assert_int_equal(found.marks[0].session, 7);
    assert_int_equal(found.marks[0].level, ATTUNE_LEVEL_SEVERE);
    assert_int_equal(found.marks[0].first_session, 1);
    assert_int_equal(found.marks[0].last_session, 6);
    assert_int_equal(found.marks[0].flags, 0);
    assert_in_range(found.n, 2, 3);
    assert_int_equal(found.marks[found.n - 1].kind, ATTUNE_MARK_RETURN);
    assert_int_equal(found.marks[found.n - 1].session, 10);
}

static void chances_are_chances_and_the_evidence_is_a_share(void **state)
{
    const double y[] = GIVEN_EXAMPLE;
    (void)state;
    run(y, LENGTH(y));
    assert_same(found.traces[1].statistic, NAN);
    assert_same(found.traces[1].p_began, NAN);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_TOO_FEW);
    for (size_t i = 2; i < LENGTH(y); i++) {
        assert_true(found.traces[i].p_began >= 0 && found.traces[i].p_began <= 1);
        assert_true(found.traces[i].p_open >= 0 && found.traces[i].p_open <= 1);
        assert_true(found.traces[i].statistic >= 0 && found.traces[i].statistic < 1);
    }
    assert_true(found.traces[7].p_open > .8);
    assert_true(found.traces[15].p_open < .05);
}

/* Just at the limit it is marked, just above it is not (the limit is found to a hundredth). */
static void the_limit_is_where_the_level_begins(void **state)
{
    double y[] = { 5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.8 };
    double limit, reference;
    int32_t level;
    (void)state;
    run(y, LENGTH(y));
    assert_int_equal(found.n, 1);
    limit = found.marks[0].limit;
    reference = found.marks[0].reference;
    level = found.marks[0].level;
    assert_true(limit >= 4.8 && limit < reference);
    y[6] = limit;
    run(y, LENGTH(y));
    assert_int_equal(found.marks[0].level, level);
    y[6] = limit + .02 * (reference - 4.8);
    run(y, LENGTH(y));
    assert_true(found.n == 0 || found.marks[0].level < level);
}

/* 4.6 to 5.2 after a steady 5.5 passes through all levels, and through none. */
static void a_deeper_fall_is_never_a_lower_level(void **state)
{
    double y[] = { 5.5, 5.6, 5.4, 5.5, 5.6, 5.5, 0 };
    int32_t before = ATTUNE_LEVEL_SEVERE;
    int seen[4] = { 0 };
    (void)state;
    for (int i = 0; i < 24; i++) {
        int32_t level;
        y[6] = 4 + i / 12.0;
        run(y, LENGTH(y));
        level = found.n > 0 ? found.marks[0].level : -1;
        assert_true(level <= before);
        seen[level + 1] = 1;
        before = level;
    }
    for (int i = 0; i < 4; i++)
        assert_true(seen[i]);
}

static void the_mark_says_what_was_expected_and_how_rare_the_score_is(void **state)
{
    const double y[] = { 5.5, 5.6, 5.4, 5.5, 5.6, 5.5, 4.3 };
    const attune_mark *mark = &found.marks[0];
    (void)state;
    run(y, LENGTH(y));
    assert_int_equal(found.n, 1);
    assert_true(mark->expected_low < mark->reference && mark->reference < mark->expected_high);
    assert_near(mark->expected_high - mark->reference, mark->reference - mark->expected_low, 1e-9);
    assert_true(mark->tail > 0 && mark->tail < .01);
}

static void what_is_expected_ends_where_the_scale_ends(void **state)
{
    const double y[] = { 7, 7, 7, 7, 7, 7, 5 };
    (void)state;
    run(y, LENGTH(y));
    assert_int_equal(found.n, 1);
    assert_near(found.marks[0].expected_high, 7, 1e-12);
}

/* A course at the top says little of how far the client stands above it, so a step is no drop. */
static void one_step_down_from_the_top_is_no_drop(void **state)
{
    const double step[] = { 7, 7, 7, 7, 7, 7, 7, 7, 41.0 / 6 };
    const double drop[] = { 7, 7, 7, 7, 7, 7, 7, 7, 5 };
    (void)state;
    run(step, LENGTH(step));
    assert_int_equal(found.n, 0);
    run(drop, LENGTH(drop));
    assert_int_equal(found.n, 1);
}

static void flat_courses_are_quiet(void **state)
{
    const double levels[] = { 1, 2, 4, 5.5, 7 };
    double y[40];
    (void)state;
    for (size_t l = 0; l < LENGTH(levels); l++) {
        for (size_t i = 0; i < LENGTH(y); i++)
            y[i] = levels[l];
        run(y, LENGTH(y));
        assert_int_equal(found.n, 0);
        assert_int_equal(found.traces[39].state, ATTUNE_STATE_QUIET);
    }
}

static void two_sessions_are_too_few(void **state)
{
    const double y[] = { 6, 2 };
    (void)state;
    run(y, 2);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_TOO_FEW);
}

static void a_third_session_is_marked_as_early(void **state)
{
    const double y[] = { 6, 6, 2.5 };
    (void)state;
    run(y, 3);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.marks[0].flags, ATTUNE_MARK_EARLY);
}

static void run_numbered(const int32_t *session, const double *scores, size_t n)
{
    attune_constants c = alliance();
    attune_watch *watch = given_watch(&c, "rupture_filter");
    attune_series series = given_series(scores, n);
    series.session = session;
    given_scan(watch, &series, 1, &found);
    attune_watch_free(watch);
}

/* Time passes without forms: the longer, the less a low score says of an onset just now. */
static void a_gap_makes_the_filter_less_sure(void **state)
{
    const double y[] = { 5.5, 5.6, 5.4, 5.5, 5.6, 5.5, 4.6 };
    const int32_t gaps[] = { 2, 6, 12 };
    double before = 1;
    (void)state;
    for (size_t g = 0; g < LENGTH(gaps); g++) {
        const int32_t session[] = { 1, 2, 3, 4, 5, 6, 6 + gaps[g] };
        run_numbered(session, y, LENGTH(y));
        assert_true(found.traces[6].statistic < before);
        before = found.traces[6].statistic;
    }
}

static void a_gap_beyond_a_dozen_sessions_says_no_more(void **state)
{
    const double y[] = { 5.5, 5.6, 5.4, 5.5, 5.6, 5.5, 4.6 };
    const int32_t dozen[] = { 1, 2, 3, 4, 5, 6, 18 };
    const int32_t years[] = { 1, 2, 3, 4, 5, 6, INT32_MAX };
    double twelve;
    (void)state;
    run_numbered(dozen, y, LENGTH(y));
    twelve = found.traces[6].statistic;
    run_numbered(years, y, LENGTH(y));
    assert_same(found.traces[6].statistic, twelve);
}

/* Forms not completed are gaps: the numbering alone decides. */
static void a_form_not_completed_is_a_gap(void **state)
{
    const double holes[] = { 5.5, 5.6, 5.4, NAN, NAN, 5.5, 4.6 };
    const double none[] = { 5.5, 5.6, 5.4, 5.5, 4.6 };
    const int32_t session[] = { 1, 2, 3, 6, 7 };
    double with_holes;
    (void)state;
    run(holes, LENGTH(holes));
    with_holes = found.traces[6].statistic;
    assert_int_equal(found.traces[3].state, ATTUNE_STATE_NO_FORM);
    run_numbered(session, none, LENGTH(none));
    assert_same(found.traces[4].statistic, with_holes);
}

static void without_a_within_person_sd_it_says_what_it_lacks(void **state)
{
    const double y[] = GIVEN_EXAMPLE;
    attune_constants c = alliance();
    (void)state;
    c.within_sd = NAN;
    given_run(&c, "rupture_filter", y, LENGTH(y), &found);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.traces[6].state, ATTUNE_STATE_NO_CONSTANT);
    assert_int_equal(found.traces[6].missing, ATTUNE_CONSTANT_WITHIN_SD);
    assert_same(found.traces[6].statistic, NAN);
}

static void higher_worse_is_the_mirror_of_higher_better(void **state)
{
    double y[] = GIVEN_EXAMPLE, statistic[LENGTH(y)];
    attune_constants c = alliance();
    (void)state;
    run(y, LENGTH(y));
    for (size_t i = 0; i < LENGTH(y); i++) {
        statistic[i] = found.traces[i].statistic;
        y[i] = 8 - y[i];
    }
    c.direction = ATTUNE_HIGHER_WORSE;
    given_run(&c, "rupture_filter", y, LENGTH(y), &found);
    for (size_t i = 0; i < LENGTH(y); i++)
        assert_near(found.traces[i].statistic, statistic[i], 1e-9);
    assert_true(found.marks[0].expected_low > found.marks[0].expected_high);
}

static void its_episodes_end_where_the_scores_are_back(void **state)
{
    const double y[] = GIVEN_EXAMPLE;
    attune_constants c = alliance();
    attune_watch *watch = given_watch(&c, "rupture_filter");
    attune_series series = given_series(y, LENGTH(y));
    attune_episode episodes[4] = { { .struct_size = sizeof *episodes } };
    size_t n = 0;
    (void)state;
    assert_int_equal(attune_episodes_scan(watch, &series, episodes, 4, &n, NULL), ATTUNE_OK);
    assert_int_equal(n, 1);
    assert_int_equal(episodes[0].onset_session, 7);
    assert_int_equal(episodes[0].nadir_session, 8);
    assert_int_equal(episodes[0].resolved_session, 10);
    assert_int_equal(episodes[0].status, ATTUNE_EPISODE_REPAIRED);
    attune_watch_free(watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_is_marked_where_it_falls_and_returns_where_it_is_back),
        cmocka_unit_test(chances_are_chances_and_the_evidence_is_a_share),
        cmocka_unit_test(the_limit_is_where_the_level_begins),
        cmocka_unit_test(a_deeper_fall_is_never_a_lower_level),
        cmocka_unit_test(the_mark_says_what_was_expected_and_how_rare_the_score_is),
        cmocka_unit_test(what_is_expected_ends_where_the_scale_ends),
        cmocka_unit_test(one_step_down_from_the_top_is_no_drop),
        cmocka_unit_test(flat_courses_are_quiet),
        cmocka_unit_test(two_sessions_are_too_few),
        cmocka_unit_test(a_third_session_is_marked_as_early),
        cmocka_unit_test(a_gap_makes_the_filter_less_sure),
        cmocka_unit_test(a_gap_beyond_a_dozen_sessions_says_no_more),
        cmocka_unit_test(a_form_not_completed_is_a_gap),
        cmocka_unit_test(without_a_within_person_sd_it_says_what_it_lacks),
        cmocka_unit_test(higher_worse_is_the_mirror_of_higher_better),
        cmocka_unit_test(its_episodes_end_where_the_scores_are_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
