/* Expected response: by hand, against the covariances written out, at the borders, refused. */
/* SPDX-License-Identifier: MIT */
#include <attune/response.h>

#include "tests/unit/near.h"

/* score = 25 - 4 ln(session) with level SD 5, slope SD 2, correlation -.3, residual SD 3. */
static const attune_response model = {
    .struct_size = sizeof model,
    .time = ATTUNE_TIME_LOG,
    .structure = ATTUNE_RESPONSE_SLOPE,
    .reml = 1,
    .first_session = 1,
    .last_session = 12,
    .n_clients = 200,
    .n_forms = 1800,
    .intake_low = 8,
    .intake_high = 39,
    .intercept = 25,
    .slope = -4,
    .intercept_se = 0.4,
    .slope_se = 0.2,
    .fixed_cov = -0.03,
    .intercept_var = 25,
    .slope_var = 4,
    .intercept_slope_cov = -3,
    .residual_var = 9,
};

static attune_expected expect(const attune_response *r, const int32_t *session, const double *score,
                              size_t n, int32_t at)
{
    attune_expected e = { .struct_size = sizeof e };
    attune_error err = ATTUNE_ERROR_INIT;
    assert_int_equal(attune_response_predict(r, session, score, n, at, &e, &err), ATTUNE_OK);
    return e;
}

static void of_a_client_of_whom_nothing_is_known_the_average_is_expected(void **state)
{
    (void)state;
    double x = log(6), given = 25 - 2 * 3 * x + 4 * x * x;
    double fixed = 0.16 - 2 * 0.03 * x + 0.04 * x * x;
    attune_expected e = expect(&model, NULL, NULL, 0, 6);
    assert_int_equal(e.n, 0);
    assert_near(e.mean, 25 - 4 * x, 1e-14);
    assert_near(e.mean_se_given, sqrt(given), 1e-14);
    assert_near(e.mean_se, sqrt(given + fixed), 1e-14);
    assert_near(e.score_se_given, sqrt(given + 9), 1e-14);
    assert_near(e.score_se, sqrt(given + fixed + 9), 1e-14);
    assert_near(e.u0, 0, 0);
    assert_near(e.u0_se, 5, 1e-14);
    assert_near(e.u1_se, 2, 1e-14);
    assert_near(e.u0_u1_cov, -3, 1e-14);
}

/* One form at session 1, where x is 0: u = D z e / (d00 + s2), by hand. */
static void from_intake_alone_a_client_is_expected_nearer_to_the_average(void **state)
{
    (void)state;
    const int32_t session[] = { 1 };
    const double score[] = { 35 };
    double u0 = 25.0 * 10 / 34, u1 = -3.0 * 10 / 34, x = log(4);
    attune_expected e = expect(&model, session, score, 1, 4);
    assert_int_equal(e.n, 1);
    assert_near(e.u0, u0, 1e-14);
    assert_near(e.u1, u1, 1e-14);
    assert_near(e.mean, 25 + u0 + (u1 - 4) * x, 1e-14);
    assert_near(e.u0_se, sqrt(25 - 25.0 * 25 / 34), 1e-14);
    assert_near(e.u1_se, sqrt(4 - 9.0 / 34), 1e-14);
    assert_near(e.u0_u1_cov, -3 + 75.0 / 34, 1e-14);
}

/* Three forms: V written out and inverted by elimination. */
static void from_several_forms_it_is_what_the_covariances_say(void **state)
{
    (void)state;
    const int32_t session[] = { 1, 2, 3, 5 };
    const double score[] = { 30, 31, NAN, 26 };
    const double t[] = { 0, log(2), log(5) }, y[] = { 30, 31, 26 };
    double v[3][5], x = log(8);
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < 3; k++)
            v[i][k] = 25 - 3 * (t[i] + t[k]) + 4 * t[i] * t[k] + (i == k ? 9 : 0);
        v[i][3] = y[i] - 25 + 4 * t[i];               /* e */
        v[i][4] = 25 - 3 * (t[i] + x) + 4 * t[i] * x; /* covariance with the line at x */
    }
    double e_part = 0, part = 0, c[3] = { v[0][4], v[1][4], v[2][4] };
    for (size_t p = 0; p < 3; p++)
        for (size_t i = 0; i < 3; i++) {
            double factor = v[i][p] / v[p][p];
            for (size_t k = p; i != p && k < 5; k++)
                v[i][k] -= factor * v[p][k];
        }
    for (size_t i = 0; i < 3; i++) {
        e_part += c[i] * v[i][3] / v[i][i];
        part += c[i] * v[i][4] / v[i][i];
    }
    attune_expected e = expect(&model, session, score, 4, 8);
    assert_int_equal(e.n, 3);
    assert_near(e.mean, 25 - 4 * x + e_part, 1e-13);
    assert_near(e.mean_se_given, sqrt(25 - 6 * x + 4 * x * x - part), 1e-13);
}

static void a_model_of_levels_only_knows_no_slope(void **state)
{
    (void)state;
    const int32_t session[] = { 1, 2 };
    const double score[] = { 30, 26 };
    attune_response level = model;
    level.structure = ATTUNE_RESPONSE_LEVEL;
    level.time = ATTUNE_TIME_SESSION;
    level.slope_var = level.intercept_slope_cov = 0;
    attune_expected e = expect(&level, session, score, 2, 3);
    /* e: 30 - 25 and 26 - 21; u0 = 25 * 10 / (9 + 2 * 25) */
    assert_near(e.u0, 250.0 / 59, 1e-14);
    assert_near(e.u1, 0, 0);
    assert_near(e.mean, 25 - 8 + 250.0 / 59, 1e-14);
    assert_near(e.mean_se_given, sqrt(25.0 * 9 / 59), 1e-14);
}

static void x_is_what_the_header_says(void **state)
{
    (void)state;
    const double x[] = { log(9), 8, 3 };
    for (int32_t time = ATTUNE_TIME_LOG; time <= ATTUNE_TIME_ROOT; time++) {
        attune_response r = model;
        r.time = time;
        assert_near(expect(&r, NULL, NULL, 0, 9).mean, 25 - 4 * x[time], 1e-14);
    }
}

static attune_response by_date(int32_t time)
{
    attune_response r = model;
    r.time = time;
    r.first_session = 0;
    r.last_session = 100;
    return r;
}

/* 10 days are 10/7 weeks; at the first form, day 0, log and week are 0 and the root is 1. */
static void by_date_x_is_in_weeks_since_the_first_form(void **state)
{
    (void)state;
    const double x[] = { log(17.0 / 7), 10.0 / 7, sqrt(17.0 / 7) }, start[] = { 0, 0, 1 };
    for (int32_t i = 0; i < 3; i++) {
        attune_response r = by_date(ATTUNE_TIME_LOG_WEEK + i);
        assert_near(expect(&r, NULL, NULL, 0, 10).mean, 25 - 4 * x[i], 1e-14);
        assert_near(expect(&r, NULL, NULL, 0, 0).mean, 25 - 4 * start[i], 1e-14);
    }
}

static void of_forms_a_week_apart_date_and_session_expect_the_same(void **state)
{
    (void)state;
    const int32_t session[] = { 1, 2, 5 }, day[] = { 0, 7, 28 };
    const double score[] = { 30, 31, 26 };
    for (int32_t i = 0; i < 3; i++) {
        attune_response r = model, dated = by_date(ATTUNE_TIME_LOG_WEEK + i);
        r.time = ATTUNE_TIME_LOG + i;
        attune_expected a = expect(&r, session, score, 3, 9), b = expect(&dated, day, score, 3, 56);
        assert_same(a.mean, b.mean);
        assert_same(a.score_se, b.score_se);
    }
}

static void two_forms_on_one_day_are_taken_and_days_that_go_back_are_not(void **state)
{
    (void)state;
    const double score[] = { 30, 26 };
    attune_response r = by_date(ATTUNE_TIME_WEEK);
    attune_expected e = { .struct_size = sizeof e };
    attune_error err = ATTUNE_ERROR_INIT;
    assert_int_equal(expect(&r, (int32_t[]) { 0, 0 }, score, 2, 5).n, 2);
    assert_int_equal(attune_response_predict(&r, (int32_t[]) { 5, 4 }, score, 2, 5, &e, &err),
                     ATTUNE_E_ORDER);
    assert_int_equal(err.index, 1);
    assert_int_equal(attune_response_predict(&r, (int32_t[]) { -1 }, score, 1, 5, &e, &err),
                     ATTUNE_E_VALUE);
    for (int32_t at = -1; at <= 101; at += 102)
        assert_int_equal(attune_response_predict(&r, NULL, NULL, 0, at, &e, &err), ATTUNE_E_OPTION);
    r.first_session = -1;
    assert_int_equal(attune_response_check(&r, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "last_session");
}

/* On the border the level says all of the slope. */
static void a_correlation_of_one_is_taken(void **state)
{
    (void)state;
    const int32_t session[] = { 1 };
    const double score[] = { 34 };
    attune_response r = model;
    r.intercept_slope_cov = -10;
    attune_expected e = expect(&r, session, score, 1, 3);
    assert_near(e.u1, -e.u0 * 10 / 25, 1e-14);
    assert_near(e.u0_u1_cov, -e.u0_se * e.u1_se, 1e-13);
}

static void nothing_is_extrapolated(void **state)
{
    (void)state;
    const int32_t session[] = { 1, 13 }, fine[] = { 1, 12 };
    const double score[] = { 30, 20 }, missing[] = { 30, NAN };
    attune_expected e = { .struct_size = sizeof e };
    attune_error err = ATTUNE_ERROR_INIT;
    for (int32_t at = 0; at <= 13; at += 13) {
        assert_int_equal(attune_response_predict(&model, NULL, NULL, 0, at, &e, &err),
                         ATTUNE_E_OPTION);
        assert_string_equal(err.key, "at");
    }
    assert_int_equal(attune_response_predict(&model, session, score, 2, 5, &e, &err),
                     ATTUNE_E_VALUE);
    assert_int_equal(err.index, 1);
    assert_int_equal(attune_response_predict(&model, session, missing, 2, 5, &e, &err), ATTUNE_OK);
    assert_int_equal(attune_response_predict(&model, fine, score, 2, 5, &e, &err), ATTUNE_OK);
    e.mean = 7;
    assert_int_equal(attune_response_predict(&model, (int32_t[]) { 0 }, score, 1, 5, &e, &err),
                     ATTUNE_E_VALUE);
    assert_int_equal(
        attune_response_predict(&model, fine, (double[]) { 1, INFINITY }, 2, 5, &e, &err),
        ATTUNE_E_VALUE);
    assert_string_equal(err.key, "score");
    assert_int_equal(attune_response_predict(&model, (int32_t[]) { 2, 2 }, score, 2, 5, &e, &err),
                     ATTUNE_E_ORDER);
    assert_near(e.mean, 7, 0);
}

static void calls_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    const int32_t session[] = { 1 };
    const double score[] = { 30 };
    attune_expected e = { .struct_size = sizeof e }, small = { .struct_size = 4 };
    attune_response r = model;
    assert_int_equal(attune_response_predict(&r, session, score, 1, 2, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_response_predict(&r, NULL, score, 1, 2, &e, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_response_predict(&r, session, NULL, 1, 2, &e, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_response_predict(NULL, session, score, 1, 2, &e, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_response_predict(&r, session, score, 1, 2, &small, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    r.struct_size = 8;
    assert_int_equal(attune_response_check(&r, NULL), ATTUNE_E_STRUCT_SIZE);
}

static void wrong(attune_response r, const char *key)
{
    attune_error err = ATTUNE_ERROR_INIT;
    assert_int_equal(attune_response_check(&r, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, key);
}

#define WRONG(member, value)                                                                       \
    do {                                                                                           \
        attune_response changed = model;                                                           \
        changed.member = value;                                                                    \
        wrong(changed, #member);                                                                   \
    } while (0)

static void models_that_cannot_be_are_refused_by_the_member_at_fault(void **state)
{
    (void)state;
    attune_response r = model;
    assert_int_equal(attune_response_check(&model, NULL), ATTUNE_OK);
    WRONG(time, -1);
    WRONG(time, 6);
    WRONG(structure, -1);
    WRONG(structure, 3);
    WRONG(last_session, 0);
    r.first_session = 0;
    wrong(r, "last_session");
    WRONG(intake_low, NAN);
    WRONG(intake_high, 7);
    WRONG(intercept, INFINITY);
    WRONG(intercept, -INFINITY);
    WRONG(slope, 1e200);
    WRONG(intercept_se, -1);
    WRONG(slope_se, NAN);
    WRONG(intercept_var, -1e-9);
    WRONG(slope_var, INFINITY);
    WRONG(residual_var, 0);
    WRONG(intercept_slope_cov, 10.1);
    WRONG(intercept_slope_cov, NAN);
    WRONG(fixed_cov, -0.081);
}

static void codes_have_words(void **state)
{
    (void)state;
    assert_string_equal(attune_time_name(ATTUNE_TIME_ROOT), "root");
    assert_string_equal(attune_structure_name(ATTUNE_RESPONSE_DIAGONAL), "diagonal");
    assert_string_equal(attune_time_name(ATTUNE_TIME_LOG_WEEK), "log-week");
    assert_string_equal(attune_time_name(ATTUNE_TIME_ROOT_WEEK), "root-week");
    for (int32_t bad = -1; bad <= 6; bad += 7) {
        assert_string_equal(attune_time_name(bad), "");
        assert_string_equal(attune_structure_name(bad), "");
        assert_int_equal(attune_time_by_date(bad), 0);
    }
    assert_int_equal(attune_time_by_date(ATTUNE_TIME_ROOT), 0);
    assert_int_equal(attune_time_by_date(ATTUNE_TIME_LOG_WEEK), 1);
    assert_int_equal(attune_time_by_date(ATTUNE_TIME_ROOT_WEEK), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_a_client_of_whom_nothing_is_known_the_average_is_expected),
        cmocka_unit_test(from_intake_alone_a_client_is_expected_nearer_to_the_average),
        cmocka_unit_test(from_several_forms_it_is_what_the_covariances_say),
        cmocka_unit_test(a_model_of_levels_only_knows_no_slope),
        cmocka_unit_test(x_is_what_the_header_says),
        cmocka_unit_test(by_date_x_is_in_weeks_since_the_first_form),
        cmocka_unit_test(of_forms_a_week_apart_date_and_session_expect_the_same),
        cmocka_unit_test(two_forms_on_one_day_are_taken_and_days_that_go_back_are_not),
        cmocka_unit_test(a_correlation_of_one_is_taken),
        cmocka_unit_test(nothing_is_extrapolated),
        cmocka_unit_test(calls_that_make_no_sense_are_refused),
        cmocka_unit_test(models_that_cannot_be_are_refused_by_the_member_at_fault),
        cmocka_unit_test(codes_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
