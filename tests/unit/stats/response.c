/* Expected response: the degenerate cases of the header, refusals in their order, bands. */
/* SPDX-License-Identifier: MIT */
#include <attune/responsefit.h>

#include "tests/unit/near.h"

#include <stdlib.h>

enum { CLIENTS = 30, SESSIONS = 6, ROWS = CLIENTS * SESSIONS };

static int32_t session[ROWS];
static double score[ROWS];
static uint64_t starts[CLIENTS + 1];
static char room[1 << 16];

static void make_caseload(void)
{
    for (size_t i = 0; i < ROWS; i++) {
        size_t g = i / SESSIONS, s = i % SESSIONS;
        session[i] = (int32_t)s + 1;
        score[i] = 20 + (double)(g * 37 % 11) - (2 + 0.1 * (double)(g * 7 % 5)) * (double)s +
                   (double)((i * 53 + g * g) % 13) / 4;
        starts[g + 1] = i + 1;
    }
}

static attune_status fit_with(const attune_response_options *how, attune_response *r,
                              const char *key)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = attune_response_fit(how, starts, CLIENTS, session, score, ROWS, room + 1,
                                               attune_response_work(CLIENTS, ROWS), r, &err);
    assert_string_equal(err.key, key);
    return status;
}

static attune_response fitted(int32_t time, int32_t structure, int32_t reml)
{
    const attune_response_options how = { sizeof how, time, structure, reml };
    attune_response r = { .struct_size = sizeof r };
    assert_int_equal(fit_with(&how, &r, ""), ATTUNE_OK);
    assert_int_equal(attune_response_check(&r, NULL), ATTUNE_OK);
    return r;
}

static void a_caseload_is_fitted_in_every_way(void **state)
{
    (void)state;
    make_caseload();
    for (int32_t time = 0; time <= ATTUNE_TIME_ROOT; time++)
        for (int32_t structure = 0; structure <= ATTUNE_RESPONSE_DIAGONAL; structure++) {
            attune_response r = fitted(time, structure, 1), ml = fitted(time, structure, 0);
            assert_int_equal(r.n_clients, CLIENTS);
            assert_int_equal(r.n_forms, ROWS);
            assert_int_equal(r.last_session, SESSIONS);
            assert_true(r.slope < 0);
            assert_true(ml.aic < r.aic + 100);
            assert_true((r.slope_var > 0) == (structure != ATTUNE_RESPONSE_LEVEL));
            assert_true(structure == ATTUNE_RESPONSE_SLOPE || r.intercept_slope_cov == 0);
        }
    attune_response usual = { .struct_size = sizeof usual };
    attune_response log_slope = fitted(ATTUNE_TIME_LOG, ATTUNE_RESPONSE_SLOPE, 1);
    assert_int_equal(fit_with(NULL, &usual, ""), ATTUNE_OK);
    assert_memory_equal(&usual, &log_slope, sizeof usual);
}

/* Forms a week apart give the model by session, to the bit; other days another one. */
static void by_date_weekly_forms_are_fitted_as_by_session(void **state)
{
    (void)state;
    for (int32_t i = 0; i < 3; i++) {
        make_caseload();
        attune_response r = fitted(ATTUNE_TIME_LOG + i, ATTUNE_RESPONSE_SLOPE, 1), dated;
        for (size_t k = 0; k < ROWS; k++)
            session[k] = 7 * (session[k] - 1);
        dated = fitted(ATTUNE_TIME_LOG_WEEK + i, ATTUNE_RESPONSE_SLOPE, 1);
        assert_int_equal(dated.first_session, 0);
        assert_int_equal(dated.last_session, 7 * (SESSIONS - 1));
        assert_same(dated.slope, r.slope);
        assert_same(dated.log_likelihood, r.log_likelihood);
        for (size_t k = 0; k < ROWS; k++)
            session[k] *= 2;
        dated = fitted(ATTUNE_TIME_LOG_WEEK + i, ATTUNE_RESPONSE_SLOPE, 1);
        assert_true(fabs(dated.slope - r.slope) > 1e-3);
    }
}

/* In weeks, twice as far apart: half the slope and a quarter of its variance. */
static void by_date_the_unit_is_a_week(void **state)
{
    (void)state;
    make_caseload();
    attune_response r = fitted(ATTUNE_TIME_SESSION, ATTUNE_RESPONSE_SLOPE, 1), dated;
    for (size_t k = 0; k < ROWS; k++)
        session[k] = 14 * (session[k] - 1);
    dated = fitted(ATTUNE_TIME_WEEK, ATTUNE_RESPONSE_SLOPE, 1);
    assert_near(dated.slope, r.slope / 2, 1e-10);
    assert_near(dated.slope_var, r.slope_var / 4, 1e-8);
    assert_near(dated.intercept, r.intercept, 1e-10);
}

static void by_date_days_may_stand_still_and_not_go_back(void **state)
{
    (void)state;
    const attune_response_options how = { sizeof how, ATTUNE_TIME_LOG_WEEK, ATTUNE_RESPONSE_SLOPE,
                                          1 };
    attune_response r = { .struct_size = sizeof r };
    make_caseload();
    session[7] = session[6]; /* of the second client: 1, 1, 3... */
    assert_int_equal(fit_with(&how, &r, ""), ATTUNE_OK);
    session[9] = 2;
    assert_int_equal(fit_with(&how, &r, "session"), ATTUNE_E_ORDER);
    session[6] = -1;
    assert_int_equal(fit_with(&how, &r, "session"), ATTUNE_E_VALUE);
}

/* score * a + c: intercept and slope follow, variances by a^2; the order of clients is nothing. */
static void other_units_and_another_order_are_the_same_caseload(void **state)
{
    (void)state;
    make_caseload();
    attune_response r = fitted(ATTUNE_TIME_LOG, ATTUNE_RESPONSE_SLOPE, 1), other;
    for (size_t i = 0; i < ROWS; i++)
        score[i] = 2.5 * score[i] - 7;
    other = fitted(ATTUNE_TIME_LOG, ATTUNE_RESPONSE_SLOPE, 1);
    assert_near(other.intercept, 2.5 * r.intercept - 7, 1e-10);
    assert_near(other.slope, 2.5 * r.slope, 1e-10);
    assert_near(other.slope_var, 6.25 * r.slope_var, 1e-8);
    assert_near(other.residual_var, 6.25 * r.residual_var, 1e-9);
    assert_near(other.intake_low, 2.5 * r.intake_low - 7, 1e-12);
    make_caseload();
    for (size_t i = 0; i < ROWS / 2; i++) {
        size_t to = (CLIENTS - 1 - i / SESSIONS) * SESSIONS + i % SESSIONS;
        double kept = score[i];
        score[i] = score[to];
        score[to] = kept;
    }
    other = fitted(ATTUNE_TIME_LOG, ATTUNE_RESPONSE_SLOPE, 1);
    assert_near(other.log_likelihood, r.log_likelihood, 1e-12);
    assert_near(other.slope, r.slope, 1e-10);
    assert_near(other.intercept_var, r.intercept_var, 1e-7);
}

static void forms_not_completed_and_clients_without_any_do_not_count(void **state)
{
    (void)state;
    make_caseload();
    for (size_t s = 0; s < SESSIONS; s++)
        score[s] = NAN;
    score[SESSIONS] = score[2 * SESSIONS - 1] = NAN;
    session[SESSIONS] = -4; /* what was not completed may stand anywhere */
    attune_response r = fitted(ATTUNE_TIME_LOG, ATTUNE_RESPONSE_SLOPE, 1);
    assert_int_equal(r.n_clients, CLIENTS - 1);
    assert_int_equal(r.n_forms, ROWS - SESSIONS - 2);
    assert_int_equal(r.first_session, 1);
}

static void cases_1_to_6_are_answered_as_the_header_says(void **state)
{
    (void)state;
    attune_response r = { .struct_size = sizeof r };
    make_caseload();
    for (size_t i = SESSIONS; i < ROWS; i++)
        score[i] = NAN;
    assert_int_equal(fit_with(NULL, &r, "groups"), ATTUNE_E_TOO_FEW);
    make_caseload();
    for (size_t i = 0; i < ROWS; i++)
        score[i] = i % SESSIONS < 2 ? score[i] : NAN;
    assert_int_equal(fit_with(NULL, &r, "rows"), ATTUNE_E_TOO_FEW);
    make_caseload();
    for (size_t g = 0; g < CLIENTS; g++)
        for (size_t s = 1; s < SESSIONS; s++)
            score[g * SESSIONS + s] = NAN;
    assert_int_equal(fit_with(NULL, &r, "rows"), ATTUNE_E_TOO_FEW);
    for (size_t i = 0; i < ROWS; i++)
        score[i] = 12;
    assert_int_equal(fit_with(NULL, &r, "residual"), ATTUNE_E_NUMERIC);
    for (size_t i = 0; i < ROWS; i++)
        score[i] = (double)(i / SESSIONS) - 0.5 * log((double)(i % SESSIONS) + 1);
    assert_int_equal(fit_with(NULL, &r, "residual"), ATTUNE_E_NUMERIC);
    make_caseload();
    for (size_t i = 0; i < ROWS; i++)
        score[i] *= 1e300;
    assert_int_equal(fit_with(NULL, &r, "fit"), ATTUNE_E_NUMERIC);
    make_caseload();
    for (size_t i = 0; i < ROWS; i++)
        score[i] = 20 - (double)(i % SESSIONS) + ((i % SESSIONS + i / SESSIONS) % 2 ? 1 : -1);
    assert_int_equal(fit_with(NULL, &r, ""), ATTUNE_OK);
    assert_int_equal(r.singular, 1);
}

/* All forms at one session of each of many clients that come twice: x does not vary. */
static void forms_at_one_session_have_no_slope(void **state)
{
    (void)state;
    const uint64_t own[] = { 0, 1, 2, 3 };
    const int32_t ones[] = { 1, 1, 1 };
    const double y[] = { 1, 2, 4 };
    attune_response_options how = ATTUNE_RESPONSE_OPTIONS_INIT;
    attune_response r = { .struct_size = sizeof r };
    attune_error err = ATTUNE_ERROR_INIT;
    how.structure = ATTUNE_RESPONSE_LEVEL;
    assert_int_equal(attune_response_fit(&how, own, 3, ones, y, 3, room, sizeof room, &r, &err),
                     ATTUNE_E_TOO_FEW);
    assert_string_equal(err.key, "rows");
}

static attune_status call(const attune_response_options *how, const uint64_t *s, const int32_t *t,
                          const double *y, void *work, size_t size, attune_response *r,
                          attune_error *err)
{
    return attune_response_fit(how, s, CLIENTS, t, y, ROWS, work, size, r, err);
}

static void calls_are_refused_in_the_order_of_the_header(void **state)
{
    (void)state;
    attune_response_options how = ATTUNE_RESPONSE_OPTIONS_INIT;
    attune_response r = { .struct_size = sizeof r }, small = { .struct_size = 4 };
    attune_error err = ATTUNE_ERROR_INIT;
    size_t size = attune_response_work(CLIENTS, ROWS);
    make_caseload();
    assert_int_equal(call(NULL, NULL, session, score, room, size, &r, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(call(NULL, starts, NULL, score, room, size, &r, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(call(NULL, starts, session, NULL, room, size, &r, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(call(NULL, starts, session, score, NULL, size, &r, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(call(NULL, starts, session, score, room, size, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(call(NULL, starts, session, score, room, size, &small, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    how.struct_size = 3;
    assert_int_equal(call(&how, starts, session, score, room, size, &r, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    how.struct_size = sizeof how;
    assert_int_equal(call(&how, starts, session, score, room, size - 1, &r, &err), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "work_size");
    assert_int_equal(attune_response_work(SIZE_MAX, 1), 0);
    assert_int_equal(attune_response_work(1, SIZE_MAX / 2), 0);
    starts[CLIENTS] = ROWS + 1;
    assert_int_equal(call(&how, starts, session, score, room, size, &r, &err), ATTUNE_E_COUNT);
    assert_int_equal(err.index, CLIENTS);
    starts[CLIENTS] = 0;
    assert_int_equal(call(&how, starts, session, score, room, size, &r, &err), ATTUNE_E_COUNT);
    starts[CLIENTS] = ROWS;
    int32_t *members[] = { &how.time, &how.structure, &how.reml };
    for (size_t i = 0; i < 3; i++)
        for (int32_t bad = -1; bad <= 6; bad += 7) {
            int32_t kept = *members[i];
            *members[i] = bad;
            assert_int_equal(call(&how, starts, session, score, room, size, &r, &err),
                             ATTUNE_E_OPTION);
            *members[i] = kept;
        }
    session[9] = 3;
    assert_int_equal(call(&how, starts, session, score, room, size, &r, &err), ATTUNE_E_ORDER);
    assert_int_equal(err.index, 9);
    score[7] = INFINITY;
    assert_int_equal(call(&how, starts, session, score, room, size, &r, &err), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "score");
    session[6] = 0;
    assert_int_equal(call(&how, starts, session, score, room, size, &r, &err), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 6);
    assert_string_equal(err.key, "session");
    assert_int_equal(r.n_forms, 0);
    /* Nothing at all to count on: no work can be too large. */
    assert_int_equal(
        attune_response_fit(&how, starts, 0, session, score, SIZE_MAX / 4, room, size, &r, &err),
        ATTUNE_E_COUNT);
}

static void a_band_holds_the_share_that_was_asked_for(void **state)
{
    (void)state;
    attune_expected e = { .struct_size = sizeof e, .mean = 20, .score_se = 2 }, small = e;
    double low = 0, high = 0;
    assert_int_equal(attune_response_band(&e, 0.8, &low, &high), ATTUNE_OK);
    assert_near(high, 20 + 2 * 1.2815515655446004, 1e-14); /* normal quantile of .9 */
    assert_near(low, 20 - 2 * 1.2815515655446004, 1e-14);
    assert_int_equal(attune_response_band(&e, 0.95, &low, &high), ATTUNE_OK);
    assert_near(high, 20 + 2 * 1.959963984540054, 1e-14);
    assert_int_equal(attune_response_band(NULL, 0.8, &low, &high), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_response_band(&e, 0.8, NULL, &high), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_response_band(&e, 0.8, &low, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_response_band(&e, 1, &low, &high), ATTUNE_E_OPTION);
    assert_int_equal(attune_response_band(&e, NAN, &low, &high), ATTUNE_E_OPTION);
    small.struct_size = 8;
    assert_int_equal(attune_response_band(&small, 0.8, &low, &high), ATTUNE_E_STRUCT_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_caseload_is_fitted_in_every_way),
        cmocka_unit_test(by_date_weekly_forms_are_fitted_as_by_session),
        cmocka_unit_test(by_date_the_unit_is_a_week),
        cmocka_unit_test(by_date_days_may_stand_still_and_not_go_back),
        cmocka_unit_test(other_units_and_another_order_are_the_same_caseload),
        cmocka_unit_test(forms_not_completed_and_clients_without_any_do_not_count),
        cmocka_unit_test(cases_1_to_6_are_answered_as_the_header_says),
        cmocka_unit_test(forms_at_one_session_have_no_slope),
        cmocka_unit_test(calls_are_refused_in_the_order_of_the_header),
        cmocka_unit_test(a_band_holds_the_share_that_was_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
