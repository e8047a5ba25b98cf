/* Slopes of clients for HLM: a balanced caseload in closed form, degenerate cases, refusals. */
/* SPDX-License-Identifier: MIT */
#include <attune/changeslope.h>

#include "tests/unit/near.h"

enum { CLIENTS = 6, SESSIONS = 4, ROWS = CLIENTS * SESSIONS };

/* Everybody at sessions 1 to 4, so that the restricted maximum has a closed form. */
static const double all[ROWS] = { 20, 17, 15, 11, 24, 24, 21, 22, 16, 15, 17, 18,
                                  30, 25, 23, 17, 12, 13, 9,  10, 27, 24, 24, 20 };

static int32_t session[ROWS];
static double score[ROWS];
static uint64_t starts[CLIENTS + 1];
static char room[1 << 14];

static void make_caseload(void)
{
    for (size_t i = 0; i < ROWS; i++) {
        session[i] = (int32_t)(i % SESSIONS) + 1;
        score[i] = all[i];
        starts[i / SESSIONS + 1] = i + 1;
    }
}

/* The call with everything as it should be but what the caller has changed. */
static attune_status fit(attune_change_slope *slopes, attune_status *status, attune_error *err)
{
    slopes[0].struct_size = sizeof *slopes;
    return attune_change_slope_fit(1, NULL, starts, CLIENTS, session, score, ROWS, room + 1,
                                   attune_change_slope_work(CLIENTS, ROWS), slopes, status, err);
}

/* Least squares of one client on session - 2.5: height and slope; the squares that are left. */
static double line_of(const double *y, double line[2])
{
    double left = 0;
    line[0] = (y[0] + y[1] + y[2] + y[3]) / 4;
    line[1] = (-1.5 * y[0] - .5 * y[1] + .5 * y[2] + 1.5 * y[3]) / 5;
    for (int i = 0; i < SESSIONS; i++)
        left += pow(y[i] - line[0] - line[1] * (i - 1.5), 2);
    return left;
}

/*
 * Everybody measured alike: s2 is the squares left over the lines, divided by G (m - 2); the lines'
 * covariance S over clients estimates D + s2 (X'X)^-1, with X'X = diag(4, 5) about the middle.
 * Slopes shrink by (I - s2 (X'X)^-1 S^-1), and what is left of D is D - D S^-1 D.
 */
static void a_balanced_caseload_has_the_slopes_of_the_closed_form(void **state)
{
    attune_change_slope slopes[CLIENTS];
    attune_status status = ATTUNE_E_MEMORY;
    double line[CLIENTS][2], mean[2] = { 0, 0 }, s00 = 0, s01 = 0, s11 = 0, s2 = 0;
    (void)state;
    make_caseload();
    assert_int_equal(fit(slopes, &status, NULL), ATTUNE_OK);
    assert_int_equal(status, ATTUNE_OK);
    for (size_t g = 0; g < CLIENTS; g++) {
        s2 += line_of(all + g * SESSIONS, line[g]) / (CLIENTS * (SESSIONS - 2));
        mean[0] += line[g][0] / CLIENTS;
        mean[1] += line[g][1] / CLIENTS;
    }
    for (size_t g = 0; g < CLIENTS; g++) {
        double a = line[g][0] - mean[0], b = line[g][1] - mean[1];
        s00 += a * a / (CLIENTS - 1);
        s01 += a * b / (CLIENTS - 1);
        s11 += b * b / (CLIENTS - 1);
    }
    double determinant = s00 * s11 - s01 * s01, d01 = s01, d11 = s11 - s2 / 5;
    double w0 = (d01 * s11 - d11 * s01) / determinant, w1 = (d11 * s00 - d01 * s01) / determinant;
    for (size_t g = 0; g < CLIENTS; g++) {
        double u1 = w0 * (line[g][0] - mean[0]) + w1 * (line[g][1] - mean[1]);
        assert_int_equal(slopes[g].struct_size, sizeof *slopes);
        assert_int_equal(slopes[g].n, SESSIONS);
        assert_near(slopes[g].deviation, u1, 1e-7);
        assert_near(slopes[g].slope, mean[1] + u1, 1e-7);
        assert_near(slopes[g].slope_se, sqrt(d11 - w0 * d01 - w1 * d11), 1e-7);
    }
}

static void a_client_with_two_scores_is_not_in_the_model(void **state)
{
    attune_change_slope slopes[CLIENTS], without[CLIENTS];
    attune_status status;
    (void)state;
    make_caseload();
    score[0] = score[1] = score[2] = score[3] = NAN;
    assert_int_equal(fit(without, &status, NULL), ATTUNE_OK);
    score[0] = 99;
    score[2] = 1;
    assert_int_equal(fit(slopes, &status, NULL), ATTUNE_OK);
    assert_int_equal(slopes[0].n, 2);
    assert_true(isnan(slopes[0].slope) && isnan(slopes[0].deviation) && isnan(slopes[0].slope_se));
    for (size_t g = 1; g < CLIENTS; g++)
        assert_same(slopes[g].slope, without[g].slope);
}

static void every_kind_has_a_model_of_its_own(void **state)
{
    static const uint32_t kind[2 * CLIENTS] = { 0, 2, 0, 2, 0, 2, 0, 2, 0, 2, 0, 2 };
    static int32_t sessions[2 * ROWS];
    static double scores[2 * ROWS];
    static uint64_t from[2 * CLIENTS + 1];
    attune_change_slope alone[CLIENTS], both[2 * CLIENTS] = { { .struct_size = sizeof *both } };
    attune_status status, statuses[3];
    (void)state;
    make_caseload();
    assert_int_equal(fit(alone, &status, NULL), ATTUNE_OK);
    for (size_t i = 0; i < 2 * ROWS; i++) {
        size_t g = i / SESSIONS;
        from[g + 1] = i + 1;
        sessions[i] = session[i % SESSIONS];
        scores[i] = all[g / 2 * SESSIONS + i % SESSIONS] * (g % 2 ? 10 : 1);
    }
    assert_int_equal(attune_change_slope_fit(3, kind, from, 2 * CLIENTS, sessions, scores, 2 * ROWS,
                                             room, sizeof room, both, statuses, NULL),
                     ATTUNE_OK);
    assert_int_equal(statuses[0], ATTUNE_OK);
    assert_int_equal(statuses[1], ATTUNE_E_TOO_FEW); /* nobody is of this kind */
    assert_int_equal(statuses[2], ATTUNE_OK);
    for (size_t g = 0; g < CLIENTS; g++) {
        assert_near(both[2 * g].slope, alone[g].slope, 1e-12);
        assert_near(both[2 * g + 1].slope, 10 * alone[g].slope, 1e-7);
        assert_near(both[2 * g + 1].slope_se, 10 * alone[g].slope_se, 1e-7);
    }
}

static void expect_none(attune_status wanted)
{
    attune_change_slope slopes[CLIENTS];
    attune_status status = ATTUNE_OK;
    assert_int_equal(fit(slopes, &status, NULL), ATTUNE_OK);
    assert_int_equal(status, wanted);
    for (size_t g = 0; g < CLIENTS; g++)
        assert_true(isnan(slopes[g].slope) && isnan(slopes[g].slope_se));
}

static void cases_1_to_4_leave_everybody_without_a_slope(void **state)
{
    (void)state;
    make_caseload();
    for (size_t i = SESSIONS; i < ROWS; i++)
        score[i] = NAN;
    expect_none(ATTUNE_E_TOO_FEW);
    for (size_t i = 0; i < ROWS; i++)
        score[i] = 7;
    expect_none(ATTUNE_E_NUMERIC);
    for (size_t i = 0; i < ROWS; i++)
        score[i] = (double)(i / SESSIONS) * session[i];
    expect_none(ATTUNE_E_NUMERIC);
    for (size_t i = 0; i < ROWS; i++)
        score[i] = all[i] * 1e200;
    expect_none(ATTUNE_E_NUMERIC);
}

static void case_5_of_slopes_that_do_not_differ_nobody_has_an_own_one(void **state)
{
    static const double noise[2][SESSIONS] = { { 1, -1, -1, 1 }, { -1, 1, 1, -1 } }; /* no slope */
    attune_change_slope slopes[CLIENTS];
    attune_status status;
    (void)state;
    make_caseload();
    for (size_t i = 0; i < ROWS; i++)
        score[i] =
            5.0 * (double)(i / SESSIONS) - 2.0 * session[i] + noise[i / SESSIONS % 2][i % SESSIONS];
    assert_int_equal(fit(slopes, &status, NULL), ATTUNE_OK);
    assert_int_equal(status, ATTUNE_OK);
    for (size_t g = 0; g < CLIENTS; g++) {
        assert_near(slopes[g].slope, -2, 1e-9);
        assert_true(slopes[g].deviation == 0 && isnan(slopes[g].slope_se));
    }
}

static void calls_are_refused_in_the_order_of_the_header(void **state)
{
    const uint32_t kind[CLIENTS] = { 0, 0, 1 };
    attune_change_slope slopes[CLIENTS] = { { .struct_size = sizeof *slopes, .n = 77 } };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status s = 5;
    size_t size = attune_change_slope_work(CLIENTS, ROWS);
    (void)state;
    make_caseload();
#define FIT(kinds, kind, starts, session, score, room, size, slopes, s)                            \
    attune_change_slope_fit(kinds, kind, starts, CLIENTS, session, score, ROWS, room, size,        \
                            slopes, s, &err)
    assert_int_equal(FIT(1, NULL, NULL, session, score, room, size, slopes, &s), ATTUNE_E_ARGUMENT);
    assert_int_equal(FIT(1, NULL, starts, NULL, score, room, size, slopes, &s), ATTUNE_E_ARGUMENT);
    assert_int_equal(FIT(1, NULL, starts, session, NULL, room, size, slopes, &s),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(FIT(1, NULL, starts, session, score, NULL, size, slopes, &s),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(FIT(1, NULL, starts, session, score, room, size, NULL, &s), ATTUNE_E_ARGUMENT);
    assert_int_equal(FIT(1, NULL, starts, session, score, room, size, slopes, NULL),
                     ATTUNE_E_ARGUMENT);
    slopes[0].struct_size = 8;
    assert_int_equal(FIT(0, NULL, starts, session, score, room, size, slopes, &s),
                     ATTUNE_E_STRUCT_SIZE);
    slopes[0].struct_size = sizeof *slopes;
    assert_int_equal(FIT(0, NULL, starts, session, score, room, size, slopes, &s), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "kinds");
    assert_int_equal(FIT(1, kind, starts, session, score, room, size, slopes, &s), ATTUNE_E_COUNT);
    assert_int_equal(err.index, 2);
    assert_int_equal(FIT(1, NULL, starts, session, score, room, size - 1, slopes, &s),
                     ATTUNE_E_COUNT);
    assert_string_equal(err.key, "work_size");
    starts[2] = 3;
    assert_int_equal(FIT(1, NULL, starts, session, score, room, size, slopes, &s), ATTUNE_E_COUNT);
    assert_int_equal(err.index, 2);
    make_caseload();
    starts[CLIENTS]++;
    assert_int_equal(FIT(1, NULL, starts, session, score, room, size, slopes, &s), ATTUNE_E_COUNT);
    make_caseload();
    session[5] = session[4];
    score[9] = -INFINITY;
    assert_int_equal(FIT(1, NULL, starts, session, score, room, size, slopes, &s), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 9);
    score[9] = 3;
    assert_int_equal(FIT(1, NULL, starts, session, score, room, size, slopes, &s), ATTUNE_E_ORDER);
    assert_int_equal(err.index, 5);
    assert_true(slopes[0].n == 77 && s == 5);
#undef FIT
}

static void scratch_that_cannot_be_counted_is_refused(void **state)
{
    attune_change_slope slope = { .struct_size = sizeof slope };
    attune_status status;
    (void)state;
    assert_int_equal(attune_change_slope_work(SIZE_MAX, 1), 0);
    assert_int_equal(attune_change_slope_work(1, SIZE_MAX), 0);
    assert_true(attune_change_slope_work(0, 0) > 0);
    make_caseload();
    assert_int_equal(attune_change_slope_fit(1, NULL, starts, 0, session, score, SIZE_MAX, room,
                                             sizeof room, &slope, &status, NULL),
                     ATTUNE_E_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_balanced_caseload_has_the_slopes_of_the_closed_form),
        cmocka_unit_test(a_client_with_two_scores_is_not_in_the_model),
        cmocka_unit_test(every_kind_has_a_model_of_its_own),
        cmocka_unit_test(cases_1_to_4_leave_everybody_without_a_slope),
        cmocka_unit_test(case_5_of_slopes_that_do_not_differ_nobody_has_an_own_one),
        cmocka_unit_test(calls_are_refused_in_the_order_of_the_header),
        cmocka_unit_test(scratch_that_cannot_be_counted_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
