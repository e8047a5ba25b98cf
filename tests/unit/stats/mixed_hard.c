/* Mixed models: borders, refusals, climbs, odd magnitudes. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/mixed_made.h"

/* Groups that differ no more than their rows do: the variance is 0, and the fit plain. */
static void no_variance_between_groups_is_the_border(void **state)
{
    (void)state;
    const double level[] = { 1, 5, 2, 4, 3, 3, 0, 6, 2.5, 3.5 }; /* every mean is 3 */
    const uint64_t twos[] = { 0, 2, 4, 6, 8, 10 };
    atn_mixed_data data = { .y = level, .starts = twos, .n_groups = 5, .reml = 1 };
    atn_mixed m;
    atn_mixed_effect e;
    assert_int_equal(fit(&data, &m, ""), ATTUNE_OK);
    assert_int_equal(m.singular, 1);
    assert_near(m.d00, 0, 1e-9);
    assert_near(m.s2, 28.5 / 9, 1e-9);
    assert_near(m.b_cov[0][0], 28.5 / 90, 1e-9);
    atn_mixed_effect_at(&m, 0, &e);
    assert_near(e.u0, 0, 1e-9);
    assert_near(e.var_u0, 0, 1e-9);
}

static void a_slope_that_is_alike_for_all_is_the_border(void **state)
{
    (void)state;
    make_caseload(4, 0, 2);
    for (int32_t structure = ATN_MIXED_SLOPE; structure <= ATN_MIXED_DIAGONAL; structure++) {
        atn_mixed_data data = caseload(structure);
        atn_mixed m;
        for (size_t i = 0; i < ROWS; i++)
            y[i] = 20 + (double)(i / SESSIONS % 5) - 3 * x[i] + (i % 2 > 0 ? 1 : -1);
        assert_int_equal(fit(&data, &m, ""), ATTUNE_OK);
        assert_int_equal(m.singular, 1);
        assert_true(m.d01 * m.d01 <= m.d00 * m.d11 * (1 + 1e-6) + 1e-12);
        assert_near(written_out(&data, &m), m.log_likelihood, 1e-9);
    }
}

static void a_slope_on_what_never_moves_leaves_the_intercept(void **state)
{
    (void)state;
    const double z[30] = { 0 };
    atn_mixed_data data = {
        .y = dyestuff, .z = z, .starts = fives, .n_groups = 6, .structure = 1, .reml = 1
    };
    atn_mixed m;
    assert_int_equal(fit(&data, &m, ""), ATTUNE_OK);
    assert_near(m.s2, 2451.25, 1e-8);
}

static void a_slope_below_what_scaling_keeps_is_none(void **state)
{
    (void)state;
    static double z[ROWS];
    atn_mixed m;
    atn_mixed_effect e;
    make_caseload(4, 1, 2);
    atn_mixed_data data = caseload(ATN_MIXED_DIAGONAL);
    memcpy(z, x, sizeof z);
    for (size_t s = 0; s < SESSIONS; s++)
        z[s] = s > 0 ? 5e-324 : 0;
    data.z = z;
    assert_int_equal(fit(&data, &m, ""), ATTUNE_OK);
    atn_mixed_effect_at(&m, 0, &e);
    assert_near(e.u1, 0, 1e-12);
    assert_near(e.var_u1, m.d11, 1e-12);
}

static void too_few_rows_are_said_to_be_so(void **state)
{
    (void)state;
    const uint64_t one[] = { 0, 30 }, ones[] = { 0, 1, 2, 3, 4 }, short_[] = { 0, 2, 3 };
    atn_mixed_data data = { .y = dyestuff, .starts = one, .n_groups = 1 };
    atn_mixed m;
    assert_int_equal(fit(&data, &m, "groups"), ATTUNE_E_TOO_FEW);
    data.starts = ones;
    data.n_groups = 4;
    assert_int_equal(fit(&data, &m, "rows"), ATTUNE_E_TOO_FEW);
    data.starts = short_;
    data.n_groups = 2;
    data.x[0] = x;
    data.n_x = 1;
    data.y = y;
    make_caseload(1, 1, 1);
    data.n_x = 2;
    data.x[1] = random_;
    assert_int_equal(fit(&data, &m, "rows"), ATTUNE_E_TOO_FEW);
    assert_int_equal(atn_mixed_work(SIZE_MAX / 2, 6), 0);
}

static void what_cannot_be_told_apart_is_refused(void **state)
{
    (void)state;
    static double same[ROWS], twice[ROWS];
    atn_mixed m;
    make_caseload(4, 1, 2);
    atn_mixed_data data = caseload(ATN_MIXED_SLOPE);
    for (size_t i = 0; i < ROWS; i++) {
        same[i] = 0.1;
        twice[i] = 2 * x[i] + 1;
    }
    data.n_x = 2;
    data.x[1] = same;
    assert_int_equal(fit(&data, &m, "x"), ATTUNE_E_NUMERIC);
    data.x[1] = twice;
    assert_int_equal(fit(&data, &m, "x"), ATTUNE_E_NUMERIC);
    data = caseload(ATN_MIXED_SLOPE);
    data.y = same;
    assert_int_equal(fit(&data, &m, "residual"), ATTUNE_E_NUMERIC);
}

static void lines_that_fit_exactly_have_no_likelihood(void **state)
{
    (void)state;
    static double exact[ROWS], level[ROWS];
    atn_mixed m;
    make_caseload(4, 1, 0);
    for (size_t i = 0; i < ROWS; i++) {
        exact[i] = 1e6 + (double)(i / SESSIONS) - (double)(i / SESSIONS % 3) * x[i];
        level[i] = 5 + (double)(i / SESSIONS % 4);
    }
    atn_mixed_data data = caseload(ATN_MIXED_SLOPE);
    data.y = exact;
    assert_int_equal(fit(&data, &m, "residual"), ATTUNE_E_NUMERIC);
    data = caseload(ATN_MIXED_INTERCEPT);
    data.y = level;
    assert_int_equal(fit(&data, &m, "residual"), ATTUNE_E_NUMERIC);
}

/* Two groups whose likelihood is highest at a correlation of -1, at the end of a bent valley. */
static const double valley_x[] = { -2, -1, 2, 2, -4 }, valley_y[] = { 3.3, 6.4, 10.5, 9, 4.9 };
static const uint64_t valley_starts[] = { 0, 2, 5 };

static void a_climb_that_is_lost_in_a_valley_is_begun_again_on_the_border(void **state)
{
    (void)state;
    const uint64_t counts[] = { 2, 1000 };
    atn_mixed_data data = { .y = valley_y,
                            .x = { valley_x },
                            .n_x = 1,
                            .z = valley_x,
                            .starts = valley_starts,
                            .n_groups = 2,
                            .structure = ATN_MIXED_SLOPE,
                            .reml = 1 };
    double ols[ATN_MIXED_P_MAX], theta[3] = { 0.1, 1, 1 };
    atn_mixed m;
    atn_mixed_model model;
    atn_mixed_value lost, found;
    assert_int_equal(atn_mixed_take(&data, work, &m, &model, ols, NULL), ATTUNE_OK);
    assert_int_equal(atn_mixed_maximise(&model, theta, &lost), 0);
    for (size_t i = 0; i < 2; i++) {
        double from[3] = { 0.1, 1, 1 };
        assert_true(atn_mixed_highest(&model, counts[i], from, &found) > 0);
        assert_true(found.f < lost.f && found.ssr > 0);
        assert_true(fabs(from[2]) < 1e-6);
    }
}

/* Models made by hand that no rows give: a likelihood without a maximum, and one that is NaN. */
static void a_climb_without_an_end_is_given_up(void **state)
{
    (void)state;
    const double stats[] = { 2, 0, 0, 1, 0, 2, 0, 0, -1, 0, 2, 0, 0, 3, 0, 2, 0, 0, -3, 0 };
    atn_mixed_model model = {
        .stats = stats, .n_groups = 4, .stride = 5, .p = 1, .n = 16, .df = 16
    };
    atn_mixed_value value;
    double theta[3] = { 1, 0, 0 };
    assert_int_equal(atn_mixed_maximise(&model, theta, &value), 0);
    assert_true(isnan(value.ssr));
    theta[0] = 1;
    assert_int_equal(atn_mixed_highest(&model, 4, theta, &value), 0);
    assert_true(isnan(value.ssr));
    model.rest[1][1] = NAN;
    model.least_ssr = NAN;
    theta[0] = 1;
    assert_int_equal(atn_mixed_maximise(&model, theta, &value), 0);
}

static void rows_that_are_not_finite_end_in_a_status(void **state)
{
    (void)state;
    double z[30] = { NAN };
    atn_mixed_data data = { .y = dyestuff, .z = z, .starts = fives, .n_groups = 6, .structure = 1 };
    atn_mixed m;
    for (size_t i = 1; i < 30; i++)
        z[i] = (double)(i % 5);
    assert_int_equal(fit(&data, &m, "residual"), ATTUNE_E_NUMERIC);
}

static void from_anywhere_the_climb_ends_at_the_same_maximum(void **state)
{
    (void)state;
    const double from[][3] = { { 0.01, 0, 0.01 }, { 100, 0, 0.01 }, { 0.01, 5, 100 },
                               { 30, -80, 30 },   { 1, -1, 1e-3 },  { -2, 1, -3 } };
    double ols[ATN_MIXED_P_MAX];
    atn_mixed m;
    atn_mixed_model model;
    make_caseload(4, 1, 2);
    atn_mixed_data data = caseload(ATN_MIXED_SLOPE);
    assert_int_equal(atn_mixed_take(&data, work, &m, &model, ols, NULL), ATTUNE_OK);
    double first = 0;
    for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
        double theta[3] = { from[i][0], from[i][1], from[i][2] };
        atn_mixed_value value;
        assert_true(atn_mixed_maximise(&model, theta, &value) > 0);
        first = i == 0 ? value.f : first;
        assert_near(value.f, first, 1e-12);
    }
}

static double times(double scale, double *to)
{
    for (size_t i = 0; i < ROWS; i++)
        to[i] = y[i] * scale;
    return scale;
}

static void odd_magnitudes_are_the_same_model(void **state)
{
    (void)state;
    static double scaled[ROWS], tiny[ROWS];
    atn_mixed m, other;
    make_caseload(4, 1, 2);
    atn_mixed_data data = caseload(ATN_MIXED_SLOPE);
    assert_int_equal(fit(&data, &m, ""), ATTUNE_OK);
    data.y = scaled;
    for (int k = -1; k <= 1; k += 2) {
        double scale = times(pow(10, 150 * k), scaled);
        assert_int_equal(fit(&data, &other, ""), ATTUNE_OK);
        assert_near(other.b[1] / scale, m.b[1], 1e-10);
        assert_near(other.d11 / scale / scale, m.d11, 1e-8);
        assert_near(other.log_likelihood, m.log_likelihood - (ROWS - 2) * 150 * k * log(10), 1e-10);
        times(pow(10, 306 * k - 2), scaled);
        assert_int_equal(fit(&data, &other, "fit"), ATTUNE_E_NUMERIC);
    }
    times(1, scaled);
    for (size_t i = 0; i < ROWS; i++)
        tiny[i] = x[i] * 1e-200;
    data.z = tiny;
    assert_int_equal(fit(&data, &other, "fit"), ATTUNE_E_NUMERIC);
    times(1e150, scaled);
    for (size_t i = 0; i < ROWS; i++)
        tiny[i] = x[i] * 1e-20;
    assert_int_equal(fit(&data, &other, "fit"), ATTUNE_E_NUMERIC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_variance_between_groups_is_the_border),
        cmocka_unit_test(a_slope_that_is_alike_for_all_is_the_border),
        cmocka_unit_test(a_slope_on_what_never_moves_leaves_the_intercept),
        cmocka_unit_test(a_slope_below_what_scaling_keeps_is_none),
        cmocka_unit_test(too_few_rows_are_said_to_be_so),
        cmocka_unit_test(what_cannot_be_told_apart_is_refused),
        cmocka_unit_test(lines_that_fit_exactly_have_no_likelihood),
        cmocka_unit_test(a_climb_that_is_lost_in_a_valley_is_begun_again_on_the_border),
        cmocka_unit_test(a_climb_without_an_end_is_given_up),
        cmocka_unit_test(rows_that_are_not_finite_end_in_a_status),
        cmocka_unit_test(from_anywhere_the_climb_ends_at_the_same_maximum),
        cmocka_unit_test(odd_magnitudes_are_the_same_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
