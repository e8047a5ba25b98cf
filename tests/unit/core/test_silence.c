/* Who is silent and why: every reason by name, and only one of them is "found nothing". */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

static attune_silence silence[ATTUNE_RULESET_MAX];

static void ask(const attune_constants *c, const char *rule, const int32_t *sessions,
                const double *y, size_t count)
{
    attune_watch *watch = given_watch(c, rule);
    attune_series series = given_series(y, count);
    size_t n = 0;
    series.session = sessions;
    memset(silence, 0, sizeof silence);
    silence[0].struct_size = sizeof *silence;
    assert_int_equal(attune_silence_scan(watch, &series, silence, 1, &n, NULL), ATTUNE_OK);
    assert_int_equal(n, 1);
    assert_string_equal(silence[0].rule, rule);
    attune_watch_free(watch);
}

static int32_t reason(const attune_constants *c, const char *rule, const double *y, size_t count)
{
    ask(c, rule, NULL, y, count);
    return silence[0].reason;
}

/* A measure from 0 to 10 in whole points. */
static attune_constants points(int32_t construct)
{
    attune_constants c = given_constants(construct, .5, .5);
    c.score_min = 0;
    c.score_max = 10;
    c.score_step = 1;
    return c;
}

static void a_mark_is_no_silence_and_quiet_is_said_only_of_a_course_that_was_seen(void **state)
{
    const double quiet[] = { 5, 5, 5, 6 }, fall[] = { 5, 5, 5, 1 };
    const attune_constants c = points(ATTUNE_CONSTRUCT_ALLIANCE);
    (void)state;
    assert_int_equal(reason(&c, "own_range", quiet, 4), ATTUNE_SILENCE_QUIET);
    assert_int_equal(silence[0].forms, 4);
    assert_int_equal(silence[0].sessions, 4);
    assert_int_equal(silence[0].answered, 2);
    assert_int_equal(silence[0].wanted, 0);
    assert_int_equal(reason(&c, "own_range", fall, 4), ATTUNE_SILENCE_MARKED);
}

static void too_few_forms_says_how_many_are_wanted(void **state)
{
    const double y[] = { 5, NAN, 5 };
    const attune_constants c = points(ATTUNE_CONSTRUCT_ALLIANCE);
    const attune_constants flat = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, NAN, NAN);
    const double same[] = { 5, 5, 5, 5 };
    (void)state;
    assert_int_equal(reason(&c, "own_range", y, 3), ATTUNE_SILENCE_TOO_FEW);
    assert_int_equal(silence[0].wanted, 1);
    assert_int_equal(silence[0].forms, 2);
    assert_int_equal(reason(&c, "own_range", NULL, 0), ATTUNE_SILENCE_TOO_FEW);
    assert_int_equal(silence[0].wanted, 3);
    assert_int_equal(silence[0].sessions, 0);
    /* Forms enough, but nothing to measure a fall with. */
    assert_int_equal(reason(&flat, "mean_whole", same, 4), ATTUNE_SILENCE_TOO_FEW);
    assert_int_equal(silence[0].wanted, 0);
}

static void what_a_rule_lacks_is_named_before_what_the_course_lacks(void **state)
{
    const double y[] = { 5, 5, 5, 1 };
    attune_constants c = points(ATTUNE_CONSTRUCT_ALLIANCE);
    (void)state;
    c.within_sd = NAN;
    assert_int_equal(reason(&c, "own_range", y, 2), ATTUNE_SILENCE_NO_CONSTANT);
    assert_int_equal(silence[0].missing, ATTUNE_CONSTANT_WITHIN_SD);
    assert_int_equal(reason(&c, "reliable_worse", y, 4), ATTUNE_SILENCE_NOT_MEANT);
    assert_int_equal(reason(&c, "reliable_worse", NULL, 0), ATTUNE_SILENCE_NOT_MEANT);
    assert_int_equal(reason(&c, "srs_cutoff", y, 4), ATTUNE_SILENCE_NOT_MEANT);
}

static void scores_at_either_end_are_no_quiet(void **state)
{
    const double top[] = { 10, 9.5, 10, 9, 10 }, bottom[] = { 0, 0, .5, 1, 1 };
    const double few[] = { 10, 9, 9, 9, 10 };
    attune_constants c = points(ATTUNE_CONSTRUCT_ALLIANCE);
    (void)state;
    assert_int_equal(reason(&c, "own_range", top, 5), ATTUNE_SILENCE_CEILING);
    assert_int_equal(reason(&c, "own_range", bottom, 5), ATTUNE_SILENCE_FLOOR);
    assert_int_equal(reason(&c, "own_range", few, 5), ATTUNE_SILENCE_QUIET);
    c.direction = ATTUNE_HIGHER_WORSE;
    assert_int_equal(reason(&c, "own_range", bottom, 5), ATTUNE_SILENCE_CEILING);
    assert_int_equal(reason(&c, "own_range", top, 5), ATTUNE_SILENCE_FLOOR);
    c.score_step = NAN;
    assert_int_equal(reason(&c, "own_range", top, 5), ATTUNE_SILENCE_QUIET);
}

static void a_third_of_the_sessions_without_a_form_is_a_gap(void **state)
{
    const double y[] = { 5, 5, 5, 5 }, hollow[] = { 5, NAN, 5, 5, NAN, 5 };
    const int32_t six[] = { 1, 2, 5, 6 }, five[] = { 1, 2, 3, 5 };
    const int32_t far[] = { 0, 1, 2, INT32_MAX };
    const attune_constants c = points(ATTUNE_CONSTRUCT_ALLIANCE);
    (void)state;
    ask(&c, "own_range", six, y, 4);
    assert_int_equal(silence[0].reason, ATTUNE_SILENCE_GAPS);
    assert_int_equal(silence[0].sessions, 6);
    ask(&c, "own_range", five, y, 4);
    assert_int_equal(silence[0].reason, ATTUNE_SILENCE_QUIET);
    assert_int_equal(reason(&c, "own_range", hollow, 6), ATTUNE_SILENCE_GAPS);
    ask(&c, "own_range", far, y, 4);
    assert_int_equal(silence[0].sessions, INT32_MAX);
}

static void the_checks_come_in_their_order(void **state)
{
    const double y[] = { 5, INFINITY };
    const attune_constants c = points(ATTUNE_CONSTRUCT_ALLIANCE);
    attune_watch *watch = given_watch_five(&c);
    attune_series series = given_series(y, 2);
    attune_error err = ATTUNE_ERROR_INIT;
    size_t n = 7;
    (void)state;
    memset(silence, 0, sizeof silence);
    assert_int_equal(attune_silence_scan(NULL, &series, silence, 9, &n, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_silence_scan(watch, NULL, silence, 9, &n, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_silence_scan(watch, &series, NULL, 9, &n, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_silence_scan(watch, &series, silence, 9, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_silence_scan(watch, &series, silence, 4, &n, &err),
                     ATTUNE_E_STRUCT_SIZE);
    silence[0].struct_size = sizeof *silence;
    series.struct_size = 3;
    assert_int_equal(attune_silence_scan(watch, &series, silence, 4, &n, &err),
                     ATTUNE_E_STRUCT_SIZE);
    series.struct_size = sizeof series;
    series.score = NULL;
    assert_int_equal(attune_silence_scan(watch, &series, silence, 4, &n, &err), ATTUNE_E_ARGUMENT);
    series.score = y;
    assert_int_equal(attune_silence_scan(watch, &series, silence, 4, &n, &err), ATTUNE_E_COUNT);
    assert_int_equal(err.index, GIVEN_FIVE);
    assert_int_equal(attune_silence_scan(watch, &series, silence, 5, &n, &err), ATTUNE_E_VALUE);
    assert_int_equal(n, 7);
    assert_null(silence[0].rule);
    attune_watch_free(watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_is_no_silence_and_quiet_is_said_only_of_a_course_that_was_seen),
        cmocka_unit_test(too_few_forms_says_how_many_are_wanted),
        cmocka_unit_test(what_a_rule_lacks_is_named_before_what_the_course_lacks),
        cmocka_unit_test(scores_at_either_end_are_no_quiet),
        cmocka_unit_test(a_third_of_the_sessions_without_a_form_is_a_gap),
        cmocka_unit_test(the_checks_come_in_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
