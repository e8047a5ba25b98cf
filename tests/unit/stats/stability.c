/* Spread, change, retest and variances of courses: by hand, in every degenerate case, refused. */
/* SPDX-License-Identifier: MIT */
#include <attune/psychometrics.h>

#include "tests/unit/near.h"

static char room[8192];

/* Three clients: 1 3 5, 2 (missing) 2 4, 6 8; one of a single form; one without any. */
static const double scores[] = { 1, 3, 5, 2, NAN, 2, 4, 6, 8, 3, NAN };
static const int32_t sessions[] = { 1, 2, 3, 1, 2, 3, 9, 1, 2, 1, 1 };
static const double days[] = { 0, 7, 14, 0, 7, 21, 50, NAN, 7, 0, 0 };
static const uint64_t starts[] = { 0, 3, 7, 9, 10, 11 };

static attune_status fit(const uint64_t *from, size_t clients, const double *y, size_t n,
                         attune_stability *found, attune_error *err)
{
    *found = (attune_stability) { .struct_size = sizeof *found };
    return attune_stability_fit(from, clients, y, NULL, NULL, n, NAN, room + 3,
                                attune_stability_work(clients, n), found, err);
}

static attune_stability fitted(const uint64_t *from, size_t clients, const double *y, size_t n)
{
    attune_stability found;
    attune_error err = ATTUNE_ERROR_INIT;
    if (fit(from, clients, y, n, &found, &err) != ATTUNE_OK)
        fail_msg("%s: %s", err.key, err.text);
    return found;
}

static void five_courses_come_out_as_worked_by_hand(void **state)
{
    (void)state;
    attune_stability s = { .struct_size = sizeof s };
    assert_int_equal(attune_stability_fit(starts, 5, scores, sessions, days, 11, .75, room + 1,
                                          attune_stability_work(5, 11), &s, NULL),
                     ATTUNE_OK);
    assert_int_equal(s.n_clients, 4);
    assert_int_equal(s.n_scores, 9);
    assert_int_equal(s.n_repeated, 3);
    assert_near(s.mean, 3, 1e-15);            /* 1 2 6 3 */
    assert_near(s.sd, sqrt(14.0 / 3), 1e-15); /* 4 + 1 + 9 + 0 */
    assert_near(s.sem, sqrt(14.0 / 3) / 2, 1e-15);
    assert_near(s.change_mean, 8.0 / 3, 1e-15); /* 4 2 2 */
    assert_near(s.change_sd, sqrt(4.0 / 3), 1e-15);
    assert_near(s.step_sd, sqrt(.8), 1e-15); /* 2 2 0 2 2: mean 1.6 */
    assert_near(s.retest_sessions, 1, 0);    /* 1 2 1 */
    assert_near(s.retest_days, 14, 0);       /* 7 21, the third is not known */
    /* (1, 2, 6) with (3, 2, 8): squares 14 and 62/3, products 16 */
    assert_near(s.retest_r, 16 / sqrt(14 * 62.0 / 3), 1e-14);
    /* within: 8 + 8/3 + 2 of 5; all: 168 - 34^2/9 */
    assert_near(s.ms_within, (8 + 8.0 / 3 + 2) / 5, 1e-14);
    assert_near(s.ms_between, (168 - 34.0 * 34 / 9 - 8 - 8.0 / 3 - 2) / 3, 1e-13);
    assert_near(s.within_sd * s.within_sd, s.within_var, 1e-14);
    assert_near(s.icc, s.between_var / (s.between_var + s.within_var), 1e-15);
}

/* With equal numbers REML is analysis of variance: Davies & Goldsmith 1972, table 6.3, dyestuff. */
static void six_batches_have_their_published_variances(void **state)
{
    (void)state;
    const double dyestuff[] = {
        1545, 1440, 1440, 1520, 1580, 1540, 1555, 1490, 1560, 1495, 1595, 1550, 1605, 1510, 1560,
        1445, 1440, 1595, 1465, 1545, 1595, 1630, 1515, 1635, 1625, 1520, 1455, 1450, 1480, 1445,
    };
    const uint64_t fives[] = { 0, 5, 10, 15, 20, 25, 30 };
    attune_stability s = fitted(fives, 6, dyestuff, 30);
    assert_near(s.within_var, 2451.25, 1e-9);
    assert_near(s.between_var, 1764.05, 1e-9);
    assert_near(s.ms_within, 2451.25, 1e-12);
    assert_near(s.ms_between, 2451.25 + 5 * 1764.05, 1e-12);
    assert_true(isnan(s.sem) && isnan(s.retest_sessions) && isnan(s.retest_days));
}

static void case_1_fewer_than_three_clients_are_too_few(void **state)
{
    (void)state;
    const double y[] = { 1, 2, 3, NAN };
    const uint64_t from[] = { 0, 2, 3, 4 };
    attune_stability s;
    attune_error err = ATTUNE_ERROR_INIT;
    assert_int_equal(fit(from, 3, y, 4, &s, &err), ATTUNE_E_TOO_FEW);
    assert_string_equal(err.key, "n_clients");
    assert_int_equal(fit(from, 0, y, 0, &s, &err), ATTUNE_E_TOO_FEW);
    assert_int_equal(s.n_clients, 0);
}

static void case_2_change_wants_three_clients_with_two_forms(void **state)
{
    (void)state;
    const double y[] = { 1, 2, 3, 5, 4 };
    const uint64_t from[] = { 0, 2, 4, 5 };
    attune_stability s = fitted(from, 3, y, 5);
    assert_int_equal(s.n_repeated, 2);
    assert_true(isnan(s.change_mean) && isnan(s.change_sd) && isnan(s.step_sd));
    assert_true(isnan(s.retest_r) && isnan(s.retest_sessions) && isnan(s.retest_days));
    assert_near(s.mean, 8.0 / 3, 1e-15);
    assert_near(s.ms_within, 2.5 / 2, 1e-15);
    assert_true(!isnan(s.within_var));
}

static void case_3_without_differences_within_there_are_no_variances(void **state)
{
    (void)state;
    const double y[] = { 1, 2, 3 }, alike[] = { 1, 1, 2, 2, 5, 5 };
    const uint64_t ones[] = { 0, 1, 2, 3 }, twos[] = { 0, 2, 4, 6 };
    attune_stability s = fitted(ones, 3, y, 3);
    assert_true(isnan(s.within_var) && isnan(s.between_var) && isnan(s.icc));
    assert_true(isnan(s.within_sd) && isnan(s.ms_within) && isnan(s.ms_between));
    s = fitted(twos, 3, alike, 6);
    assert_true(isnan(s.within_var) && isnan(s.between_var) && isnan(s.icc));
    assert_near(s.ms_within, 0, 0);
    assert_near(s.ms_between, 2 * 26.0 / 3 / 2, 1e-14);
    assert_near(s.retest_r, 1, 1e-15);
}

static void case_4_scores_all_equal_have_no_retest(void **state)
{
    (void)state;
    const double first[] = { 2, 1, 2, 4, 2, 3 }, second[] = { 1, 2, 4, 2, 3, 2 };
    const uint64_t twos[] = { 0, 2, 4, 6 };
    attune_stability s = fitted(twos, 3, first, 6);
    assert_true(isnan(s.retest_r));
    s = fitted(twos, 3, second, 6);
    assert_true(isnan(s.retest_r));
    assert_near(s.change_sd, sqrt(7.0 / 3), 1e-14); /* 1 -2 -1: mean -2/3, squares 14/3 */
}

static void case_5_clients_alike_have_no_variance_between(void **state)
{
    (void)state;
    const double y[] = { 1, 5, 2, 4, 3, 3 };
    const uint64_t twos[] = { 0, 2, 4, 6 };
    attune_stability s = fitted(twos, 3, y, 6);
    assert_near(s.between_var, 0, 1e-9);
    assert_near(s.icc, 0, 1e-9);
    assert_near(s.ms_between, 0, 1e-14);
}

static void calls_are_refused_in_the_order_of_the_header(void **state)
{
    (void)state;
    const uint64_t back[] = { 0, 3, 2, 9, 10, 11 }, beyond[] = { 0, 3, 7, 9, 10, 12 };
    double bad_score[11], bad_day[11];
    attune_stability s = { .struct_size = sizeof s }, old = { .struct_size = 8 };
    attune_error err = ATTUNE_ERROR_INIT;
    size_t size = attune_stability_work(5, 11);
    memcpy(bad_score, scores, sizeof scores);
    memcpy(bad_day, days, sizeof days);
    bad_score[4] = INFINITY;
    bad_day[2] = -INFINITY;
#define CALL(starts, y, day, n, r, work, size, s)                                                  \
    attune_stability_fit(starts, 5, y, NULL, day, n, r, work, size, s, &err)
    assert_int_equal(CALL(NULL, scores, days, 11, 2, room, size, &s), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(starts, NULL, days, 11, 2, room, size, &s), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(starts, scores, days, 11, 2, NULL, size, &s), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(starts, scores, days, 11, 2, room, size, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(back, scores, days, 11, 2, room, size, &old), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(CALL(back, scores, days, 11, 2, room, size - 1, &s), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "work_size");
    assert_int_equal(CALL(back, scores, days, (size_t)1 << 40, 2, room, size, &s), ATTUNE_E_COUNT);
    assert_int_equal(attune_stability_work((size_t)1 << 40, 11), 0);
    assert_int_equal(CALL(back, bad_score, days, 11, 2, room, size, &s), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "starts");
    assert_int_equal(err.index, 2);
    assert_int_equal(CALL(beyond, bad_score, days, 11, 2, room, size, &s), ATTUNE_E_COUNT);
    assert_int_equal(err.index, 5);
    assert_int_equal(CALL(starts, bad_score, days, 11, 1.01, room, size, &s), ATTUNE_E_OPTION);
    assert_int_equal(CALL(starts, bad_score, days, 11, -.01, room, size, &s), ATTUNE_E_OPTION);
    assert_int_equal(CALL(starts, bad_score, bad_day, 11, 1, room, size, &s), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "scores");
    assert_int_equal(err.index, 4);
    assert_int_equal(CALL(starts, scores, bad_day, 11, 1, room, size, &s), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "day");
    assert_int_equal(s.n_clients, 0);
    assert_near(s.sd, 0, 0);
#undef CALL
}

static void the_columns_are_those_of_the_struct(void **state)
{
    (void)state;
    size_t n = 0;
    const attune_field *fields = attune_stability_fields(&n);
    assert_int_equal(n, 18);
    assert_string_equal(fields[17].name, "ms_within");
    assert_int_equal(fields[17].offset, offsetof(attune_stability, ms_within));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_courses_come_out_as_worked_by_hand),
        cmocka_unit_test(six_batches_have_their_published_variances),
        cmocka_unit_test(case_1_fewer_than_three_clients_are_too_few),
        cmocka_unit_test(case_2_change_wants_three_clients_with_two_forms),
        cmocka_unit_test(case_3_without_differences_within_there_are_no_variances),
        cmocka_unit_test(case_4_scores_all_equal_have_no_retest),
        cmocka_unit_test(case_5_clients_alike_have_no_variance_between),
        cmocka_unit_test(calls_are_refused_in_the_order_of_the_header),
        cmocka_unit_test(the_columns_are_those_of_the_struct),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
