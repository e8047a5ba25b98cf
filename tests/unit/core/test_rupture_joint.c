/* rupture_joint: several signals of one course, what each brings, and who may be silent. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

#define SESSIONS 16

static const double own[SESSIONS] = GIVEN_EXAMPLE;
static const double therapist[SESSIONS] = { 5, 5.2, 5,   5.1, 5,   5.3, 4, 4.1,
                                            4, 5.2, 5.1, 5,   5.2, 5,   5, 5.1 };
static const double distress[SESSIONS] = { 20, 19, 20, 18, 19, 18, 18, 27,
                                           26, 25, 18, 17, 18, 17, 16, 17 };
static double silent[SESSIONS];
static attune_constants alliance, worse, part;

static given_found found, other;

/* Who there is, and what each said. */
typedef struct company {
    attune_companion companions[ATTUNE_COMPANIONS_MAX];
    const double *columns[ATTUNE_COMPANIONS_MAX];
    uint32_t n;
} company;

static void join(company *c, int32_t role, const attune_constants *constants, const double *column)
{
    c->companions[c->n] = (attune_companion) { sizeof *c->companions, role, constants };
    c->columns[c->n++] = column;
}

enum { HEARD = 11 }; /* the place of the parameter */

static void scan_heard(const company *c, const double *score, size_t n, double heard,
                       given_found *to)
{
    attune_rule_choice choice = given_choice("rupture_joint");
    attune_series series = given_series(score, n);
    attune_watch *watch = NULL;
    series.n_companions = c->n;
    series.companions = c->columns;
    choice.params[HEARD] = isnan(heard) ? choice.params[HEARD] : heard;
    assert_int_equal(
        attune_watch_new_joint(&watch, &alliance, c->companions, c->n, &choice, 1, NULL, NULL),
        ATTUNE_OK);
    given_scan(watch, &series, 1, to);
    attune_watch_free(watch);
}

static void scan_of(const company *c, const double *score, size_t n, given_found *to)
{
    scan_heard(c, score, n, NAN, to);
}

static int begin(void **state)
{
    (void)state;
    alliance = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .44, .2878);
    alliance.score_min = 1;
    alliance.score_max = 7;
    alliance.score_step = .1;
    worse = given_constants(ATTUNE_CONSTRUCT_OTHER, NAN, NAN);
    worse.direction = ATTUNE_HIGHER_WORSE;
    worse.score_min = 0;
    worse.score_max = 40;
    worse.sd = 7.5;
    part = alliance;
    part.within_sd = NAN;
    for (int i = 0; i < SESSIONS; i++)
        silent[i] = NAN;
    return 0;
}

static void silent_companions_leave_the_filter_of_the_course_alone(void **state)
{
    company c = { .n = 0 };
    (void)state;
    join(&c, ATTUNE_ROLE_THERAPIST, &alliance, silent);
    join(&c, ATTUNE_ROLE_DISTRESS, &worse, silent);
    scan_of(&c, own, SESSIONS, &found);
    given_run(&alliance, "rupture_filter", own, SESSIONS, &other);
    assert_int_equal(found.n, other.n);
    for (size_t i = 0; i < SESSIONS; i++) {
        assert_same(found.traces[i].statistic, other.traces[i].statistic);
        assert_same(found.traces[i].p_began, other.traces[i].p_began);
        assert_same(found.traces[i].p_open, other.traces[i].p_open);
    }
    for (size_t i = 0; i < found.n; i++) {
        assert_int_equal(found.marks[i].session, other.marks[i].session);
        assert_same(found.marks[i].limit, other.marks[i].limit);
        assert_same(found.marks[i].tail, other.marks[i].tail);
    }
    assert_int_equal(found.marks[0].signals, 1u << ATTUNE_SIGNAL_CLIENT);
    assert_same(found.marks[0].share[ATTUNE_SIGNAL_CLIENT], 1);
}

/* Where the client's form is there, others that follow it whole tell nothing more. */
static void with_all_of_the_moment_heard_the_clients_form_has_said_it(void **state)
{
    company c = { .n = 0 };
    (void)state;
    join(&c, ATTUNE_ROLE_THERAPIST, &alliance, therapist);
    join(&c, ATTUNE_ROLE_DISTRESS, &worse, distress);
    scan_heard(&c, own, SESSIONS, 1, &found);
    given_run(&alliance, "rupture_filter", own, SESSIONS, &other);
    for (size_t i = 2; i < SESSIONS; i++)
        assert_same(found.traces[i].statistic, other.traces[i].statistic);
}

/* What they do not hear of the moment leaves them something to say: the less, the more. */
static void the_less_is_heard_of_the_moment_the_more_a_therapist_tells(void **state)
{
    static const double heard[] = { 1, .9, .25, 0 };
    double fallen[SESSIONS], before = 0;
    company c = { .n = 0 };
    (void)state;
    memcpy(fallen, therapist, sizeof fallen);
    fallen[6] = 3; /* far below, where the client has fallen too */
    join(&c, ATTUNE_ROLE_THERAPIST, &alliance, fallen);
    for (int i = 0; i < 4; i++) {
        scan_heard(&c, own, SESSIONS, heard[i], &found);
        assert_true(found.traces[6].p_open > before);
        before = found.traces[6].p_open;
    }
}

static void the_therapist_speaks_where_the_client_is_silent(void **state)
{
    double score[SESSIONS], fallen[SESSIONS];
    company c = { .n = 0 }, calm = { .n = 0 };
    (void)state;
    memcpy(score, own, sizeof score);
    memcpy(fallen, therapist, sizeof fallen);
    score[6] = NAN;
    fallen[6] = 2;
    join(&c, ATTUNE_ROLE_THERAPIST, &alliance, fallen);
    scan_of(&c, score, SESSIONS, &found);
    fallen[6] = 5.2;
    join(&calm, ATTUNE_ROLE_THERAPIST, &alliance, fallen);
    scan_of(&calm, score, SESSIONS, &other);
    assert_true(other.traces[6].p_open < .05);
    assert_true(found.traces[6].p_open > 3 * other.traces[6].p_open);
    assert_int_equal(found.traces[6].state, ATTUNE_STATE_NO_FORM);
    assert_int_equal(found.marks[0].session, 8); /* a mark wants a form */
}

static void distress_at_the_next_session_speaks_where_the_client_was_silent(void **state)
{
    double score[SESSIONS], high[SESSIONS];
    company c = { .n = 0 }, calm = { .n = 0 };
    (void)state;
    memcpy(score, own, sizeof score);
    memcpy(high, distress, sizeof high);
    score[6] = NAN;
    high[7] = 36;
    join(&c, ATTUNE_ROLE_DISTRESS, &worse, high);
    scan_of(&c, score, SESSIONS, &found);
    high[7] = 17;
    join(&calm, ATTUNE_ROLE_DISTRESS, &worse, high);
    scan_of(&calm, score, SESSIONS, &other);
    assert_true(found.traces[7].p_began > other.traces[7].p_began);
    assert_true(found.marks[0].share[ATTUNE_SIGNAL_DISTRESS] > 0);
    assert_true(other.marks[0].share[ATTUNE_SIGNAL_DISTRESS] < 0);
}

static void shares_are_of_the_sum_of_the_sizes(void **state)
{
    company c = { .n = 0 };
    (void)state;
    join(&c, ATTUNE_ROLE_DISTRESS, &worse, distress);
    join(&c, ATTUNE_ROLE_THERAPIST, &alliance, therapist);
    scan_of(&c, own, SESSIONS, &found);
    assert_true(found.n >= 2);
    for (size_t i = 0; i < found.n && found.marks[i].kind == ATTUNE_MARK_DROP; i++) {
        const double *share = found.marks[i].share;
        assert_near(fabs(share[0]) + fabs(share[1]) + fabs(share[2]), 1, 1e-12);
        assert_true(share[ATTUNE_SIGNAL_THERAPIST] > 0);
        assert_true(share[ATTUNE_SIGNAL_CLIENT] > share[ATTUNE_SIGNAL_THERAPIST]);
    }
}

static void subscales_say_where_the_fall_lies_and_stand_in_for_the_total(void **state)
{
    double score[SESSIONS], bond[SESSIONS], task[SESSIONS];
    company c = { .n = 0 };
    (void)state;
    memcpy(score, own, sizeof score);
    for (int i = 0; i < SESSIONS; i++) {
        bond[i] = own[i] + (i >= 6 && i < 9 ? -.6 : .1);
        task[i] = own[i] + (i >= 6 && i < 9 ? .6 : -.1);
    }
    score[8] = NAN;
    join(&c, ATTUNE_ROLE_SUBSCALE, &part, bond);
    join(&c, ATTUNE_ROLE_SUBSCALE, &part, task);
    scan_of(&c, score, SESSIONS, &found);
    assert_int_equal(found.marks[0].session, 7);
    assert_int_equal(found.marks[0].signals,
                     1u << ATTUNE_SIGNAL_CLIENT | 3u << ATTUNE_SIGNAL_SUBSCALE);
    assert_true(found.marks[0].share[ATTUNE_SIGNAL_SUBSCALE] > .6);
    assert_near(found.marks[0].share[ATTUNE_SIGNAL_SUBSCALE] +
                    found.marks[0].share[ATTUNE_SIGNAL_SUBSCALE + 1],
                1, 1e-12);
    assert_true(found.traces[8].p_open > .8); /* by the subscales alone */
    task[6] = 9 - 3;                          /* one rises: all of the fall is the other's */
    scan_of(&c, score, SESSIONS, &found);
    assert_int_equal(found.marks[0].signals,
                     1u << ATTUNE_SIGNAL_CLIENT | 1u << ATTUNE_SIGNAL_SUBSCALE);
}

static void a_companion_of_which_no_unit_is_known_is_not_heard(void **state)
{
    const attune_constants unknown = given_constants(ATTUNE_CONSTRUCT_OTHER, NAN, NAN);
    double score[SESSIONS];
    company c = { .n = 0 };
    (void)state;
    memcpy(score, own, sizeof score);
    score[6] = NAN;
    join(&c, ATTUNE_ROLE_THERAPIST, &unknown, therapist);
    join(&c, ATTUNE_ROLE_DISTRESS, &unknown, distress);
    scan_of(&c, score, SESSIONS, &found);
    given_run(&alliance, "rupture_filter", score, SESSIONS, &other);
    assert_same(found.traces[6].statistic, NAN);
    for (size_t i = 0; i < SESSIONS; i++)
        assert_same(found.traces[i].statistic, other.traces[i].statistic);
}

static void nothing_is_said_before_the_clients_first_form_or_in_the_first_two(void **state)
{
    double score[SESSIONS];
    company c = { .n = 0 };
    (void)state;
    memcpy(score, own, sizeof score);
    score[0] = score[2] = NAN;
    join(&c, ATTUNE_ROLE_THERAPIST, &alliance, therapist);
    scan_of(&c, score, SESSIONS, &found);
    assert_same(found.traces[0].statistic, NAN);
    assert_same(found.traces[2].statistic, NAN); /* one form so far */
    assert_int_equal(found.traces[3].state, ATTUNE_STATE_TOO_FEW);
    assert_int_equal(found.traces[4].state, ATTUNE_STATE_QUIET);
}

static void without_a_within_person_sd_it_makes_no_mark(void **state)
{
    company c = { .n = 0 };
    double kept = alliance.within_sd;
    (void)state;
    join(&c, ATTUNE_ROLE_THERAPIST, &alliance, therapist);
    alliance.within_sd = NAN;
    scan_of(&c, own, SESSIONS, &found);
    alliance.within_sd = kept;
    assert_int_equal(found.n, 0);
    assert_int_equal(found.traces[6].state, ATTUNE_STATE_NO_CONSTANT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(silent_companions_leave_the_filter_of_the_course_alone),
        cmocka_unit_test(with_all_of_the_moment_heard_the_clients_form_has_said_it),
        cmocka_unit_test(the_less_is_heard_of_the_moment_the_more_a_therapist_tells),
        cmocka_unit_test(the_therapist_speaks_where_the_client_is_silent),
        cmocka_unit_test(distress_at_the_next_session_speaks_where_the_client_was_silent),
        cmocka_unit_test(shares_are_of_the_sum_of_the_sizes),
        cmocka_unit_test(subscales_say_where_the_fall_lies_and_stand_in_for_the_total),
        cmocka_unit_test(a_companion_of_which_no_unit_is_known_is_not_heard),
        cmocka_unit_test(nothing_is_said_before_the_clients_first_form_or_in_the_first_two),
        cmocka_unit_test(without_a_within_person_sd_it_makes_no_mark),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
