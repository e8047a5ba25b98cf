/* Mixed models: a published one, one by hand, borders, refusals, odd magnitudes. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/response/mixed_parts.h"
#include "tests/unit/near.h"

#include <stdlib.h>

#define GROUPS_MAX 600

static double work[GROUPS_MAX * (3 + 2 * (ATN_MIXED_X_MAX + 1))];

static attune_status fit(const atn_mixed_data *data, atn_mixed *m, const char *key)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = atn_mixed_fit(data, work, m, &err);
    assert_string_equal(err.key, key);
    assert_int_equal(err.code, status);
    return status;
}

/* Davies & Goldsmith 1972, Statistical Methods in Research and Production, table 6.3: dyestuff. */
static const double dyestuff[] = {
    1545, 1440, 1440, 1520, 1580, 1540, 1555, 1490, 1560, 1495, 1595, 1550, 1605, 1510, 1560,
    1445, 1440, 1595, 1465, 1545, 1595, 1630, 1515, 1635, 1625, 1520, 1455, 1450, 1480, 1445,
};
static const uint64_t fives[] = { 0, 5, 10, 15, 20, 25, 30 };

/* Balanced, one way: REML is analysis of variance. Figures of lme4 1.1-31. */
static void the_dyestuff_comes_out_as_published(void **state)
{
    (void)state;
    const double effects[] = { -17.60685, 0.39126, 28.56223, -23.08454, 56.73319, -44.99529 };
    atn_mixed_data data = { .y = dyestuff, .starts = fives, .n_groups = 6, .reml = 1 };
    atn_mixed m;
    assert_int_equal(fit(&data, &m, ""), ATTUNE_OK);
    assert_near(m.b[0], 1527.5, 1e-12);
    assert_near(m.d00, 1764.05, 1e-9);
    assert_near(m.s2, 2451.25, 1e-9);
    assert_near(m.d00 / (m.d00 + m.s2), 0.41848742, 1e-8);
    assert_near(m.b_cov[0][0], (2451.25 / 5 + 1764.05) / 6, 1e-9);
    assert_true(isnan(m.d01) && isnan(m.d11));
    assert_int_equal(m.singular, 0);
    assert_int_equal(m.n_rows, 30);
    for (size_t g = 0; g < 6; g++) {
        atn_mixed_effect e;
        atn_mixed_effect_at(&m, g, &e);
        assert_true(fabs(e.u0 - effects[g]) <= 5e-6); /* five decimals are published */
        assert_near(e.var_u0, 1764.05 * (1 - 0.78252673), 1e-7);
        assert_true(isnan(e.u1) && isnan(e.var_u1) && isnan(e.cov_u0_u1));
    }
}

/* ML of the same: SSW / 24 within, and between (SSB / 6 - s2) / 5: worked out by hand. */
static void maximum_likelihood_of_balanced_groups_is_that_of_the_sums_of_squares(void **state)
{
    (void)state;
    double within = 2451.25, between = (5 * 1764.05 + 2451.25) * 5 / 6;
    atn_mixed_data data = { .y = dyestuff, .starts = fives, .n_groups = 6 };
    atn_mixed m;
    assert_int_equal(fit(&data, &m, ""), ATTUNE_OK);
    assert_near(m.s2, within, 1e-9);
    assert_near(m.d00, (between - within) / 5, 1e-9);
    /* -2 log L = N log 2 pi + 24 log s2 + 6 log(s2 + 5 d00) + N */
    assert_near(m.log_likelihood,
                -(30 * 1.8378770664093454836 + 24 * log(within) + 6 * log(between) + 30) / 2,
                1e-13);
    assert_near(m.aic, -2 * m.log_likelihood + 6, 1e-13);
    assert_near(m.bic, -2 * m.log_likelihood + 3 * log(30), 1e-13);
}

/* Groups that differ no more than their rows do: the variance is 0, and the fit plain. */
static void no_variance_between_groups_is_the_border(void **state)
{
    (void)state;
    const double y[] = { 1, 5, 2, 4, 3, 3, 0, 6, 2.5, 3.5 }; /* every mean is 3 */
    const uint64_t starts[] = { 0, 2, 4, 6, 8, 10 };
    atn_mixed_data data = { .y = y, .starts = starts, .n_groups = 5, .reml = 1 };
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

enum { CLIENTS = 40, SESSIONS = 8, ROWS = CLIENTS * SESSIONS };

static double x[ROWS], y[ROWS], random_[ROWS];
static uint64_t starts[CLIENTS + 1];

/* Lines that differ between clients by `level` and `slope`, with noise; the same at every run. */
static void make_caseload(double level, double slope, double noise)
{
    uint32_t seed = 1;
    for (size_t i = 0; i < (size_t)2 * CLIENTS + ROWS; i++) {
        static double draws[2 * CLIENTS + ROWS];
        double sum = -6;
        for (int k = 0; k < 12; k++) {
            seed = seed * 1664525u + 1013904223u;
            sum += (double)(seed >> 8) / 16777216.0;
        }
        draws[i] = sum;
        if (i < (size_t)2 * CLIENTS)
            continue;
        size_t row = i - (size_t)2 * CLIENTS, g = row / SESSIONS;
        x[row] = log((double)(row % SESSIONS + 1));
        random_[row] = sum;
        y[row] = 20 + level * draws[g] - (3 + slope * draws[CLIENTS + g]) * x[row] + noise * sum;
    }
    for (size_t g = 0; g <= CLIENTS; g++)
        starts[g] = g * SESSIONS;
}

static atn_mixed_data caseload(int32_t structure)
{
    return (atn_mixed_data) { .y = y,
                              .x = { x },
                              .n_x = 1,
                              .z = x,
                              .starts = starts,
                              .n_groups = CLIENTS,
                              .structure = structure,
                              .reml = 1 };
}

/* The likelihood written out: V of each client, its inverse and determinant by Cholesky. */
static double written_out(const atn_mixed_data *d, const atn_mixed *m)
{
    double a[ATN_SMALL_MAX][ATN_SMALL_MAX] = { { 0 } }, squares = 0, log_det = 0, n = 0;
    for (size_t g = 0; g < d->n_groups; g++) {
        double v[ATN_SMALL_MAX][ATN_SMALL_MAX], e[SESSIONS], one[SESSIONS], z[SESSIONS];
        for (size_t i = 0; i < SESSIONS; i++) {
            const double *t = d->z + g * SESSIONS;
            e[i] = d->y[g * SESSIONS + i] - m->b[0] - m->b[1] * t[i];
            one[i] = 1;
            z[i] = t[i];
            for (size_t k = 0; k <= i; k++)
                v[i][k] =
                    m->d00 + m->d01 * (t[i] + t[k]) + m->d11 * t[i] * t[k] + (i == k ? m->s2 : 0);
        }
        double kept[SESSIONS];
        memcpy(kept, e, sizeof e);
        assert_true(atn_cholesky(v, SESSIONS, 0));
        atn_cholesky_solve(v, SESSIONS, e);
        atn_cholesky_solve(v, SESSIONS, one);
        atn_cholesky_solve(v, SESSIONS, z);
        for (size_t i = 0; i < SESSIONS; i++) {
            squares += kept[i] * e[i];
            a[0][0] += one[i];
            a[1][0] += z[i];
            a[1][1] += z[i] * d->z[g * SESSIONS + i];
        }
        log_det += atn_cholesky_log_det(v, SESSIONS);
        n += SESSIONS;
    }
    if (d->reml) {
        assert_true(atn_cholesky(a, 2, 0));
        log_det += atn_cholesky_log_det(a, 2);
        n -= 2;
    }
    return -(n * 1.8378770664093454836 + log_det + squares) / 2;
}

static void the_likelihood_is_that_of_the_covariances_written_out(void **state)
{
    (void)state;
    make_caseload(4, 1, 2);
    for (int32_t structure = ATN_MIXED_SLOPE; structure <= ATN_MIXED_DIAGONAL; structure++)
        for (int32_t reml = 0; reml < 2; reml++) {
            atn_mixed_data data = caseload(structure);
            atn_mixed m, moved;
            data.reml = reml;
            assert_int_equal(fit(&data, &m, ""), ATTUNE_OK);
            assert_near(written_out(&data, &m), m.log_likelihood, 1e-12);
            assert_int_equal(m.singular, 0);
            /* It is a maximum: nothing beside it is higher. */
            for (int way = -1; way <= 1; way += 2)
                for (size_t which = 0; which < 4; which++) {
                    moved = m;
                    double *parameter[] = { &moved.d00, &moved.d11, &moved.s2, &moved.d01 };
                    if (which == 3 && structure == ATN_MIXED_DIAGONAL)
                        continue;
                    *parameter[which] *= 1 + way * 1e-3;
                    assert_true(written_out(&data, &moved) < m.log_likelihood);
                }
        }
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

/* y + offset and x + offset: the same likelihood, the same slope. */
static void far_offsets_take_no_digits_that_they_do_not_have(void **state)
{
    (void)state;
    static double far[ROWS], late[ROWS];
    atn_mixed m, moved;
    make_caseload(4, 1, 2);
    atn_mixed_data data = caseload(ATN_MIXED_SLOPE);
    assert_int_equal(fit(&data, &m, ""), ATTUNE_OK);
    for (size_t i = 0; i < ROWS; i++) {
        far[i] = y[i] + 1e6;
        late[i] = x[i] + 1e4;
    }
    data.y = far;
    data.x[0] = data.z = late;
    assert_int_equal(fit(&data, &moved, ""), ATTUNE_OK);
    assert_near(moved.log_likelihood, m.log_likelihood, 1e-9);
    assert_near(moved.b[1], m.b[1], 1e-8);
    assert_near(moved.d11, m.d11, 1e-7);
    assert_near(moved.s2, m.s2, 1e-8);
    for (size_t g = 0; g < CLIENTS; g++) {
        atn_mixed_effect a, b;
        atn_mixed_effect_at(&m, g, &a);
        atn_mixed_effect_at(&moved, g, &b);
        assert_near(b.u1, a.u1, 1e-6);
        assert_near(b.var_u1, a.var_u1, 1e-6);
        assert_near(b.u0 + 1e4 * b.u1, a.u0, 1e-4);
    }
}

/* More fixed effects than the random ones: a covariate that is constant in each group, and noise.
 */
static void covariates_within_and_between_groups_are_taken(void **state)
{
    (void)state;
    static double between[ROWS], within[ROWS];
    atn_mixed m;
    make_caseload(2, 0.5, 1);
    atn_mixed_data data = caseload(ATN_MIXED_SLOPE);
    for (size_t i = 0; i < ROWS; i++) {
        between[i] = (double)(i / SESSIONS % 7);
        within[i] = (double)(i * i % 11);
        y[i] += 3 * between[i] - 2 * within[i];
    }
    data.x[1] = between;
    data.x[2] = within;
    data.n_x = 3;
    assert_int_equal(fit(&data, &m, ""), ATTUNE_OK);
    assert_near(m.b[2], 3, 0.2);
    assert_near(m.b[3], -2, 0.02);
    assert_int_equal(m.p, 4);
}

/* Rows left out, groups without any, and groups of one change nothing that they should not. */
static void missing_rows_are_as_if_they_were_not_there(void **state)
{
    (void)state;
    static double gaps_y[ROWS], gaps_x[ROWS], few_y[ROWS], few_x[ROWS];
    static uint64_t few_starts[CLIENTS + 1];
    size_t n = 0;
    atn_mixed with, without;
    atn_mixed_effect a, b;
    make_caseload(4, 1, 2);
    for (size_t i = 0; i < ROWS; i++) {
        size_t g = i / SESSIONS, s = i % SESSIONS;
        int missing = g == 3 || (g == 4 && s > 0) || (i * 7) % 5 == 0;
        few_starts[g] = s == 0 ? n : few_starts[g];
        gaps_y[i] = missing ? NAN : y[i];
        gaps_x[i] = missing ? NAN : x[i];
        if (missing)
            continue;
        few_y[n] = y[i];
        few_x[n++] = x[i];
    }
    few_starts[CLIENTS] = n;
    atn_mixed_data data = caseload(ATN_MIXED_SLOPE);
    data.y = gaps_y;
    data.x[0] = data.z = gaps_x;
    assert_int_equal(fit(&data, &with, ""), ATTUNE_OK);
    atn_mixed_effect_at(&with, 3, &a);
    assert_near(a.u0, 0, 0);
    assert_near(a.var_u0, with.d00, 1e-12);
    assert_near(a.cov_u0_u1, with.d01, 1e-12);
    atn_mixed_effect_at(&with, 7, &a);
    data.y = few_y;
    data.x[0] = data.z = few_x;
    data.starts = few_starts;
    assert_int_equal(fit(&data, &without, ""), ATTUNE_OK);
    atn_mixed_effect_at(&without, 7, &b);
    assert_same(with.log_likelihood, without.log_likelihood);
    assert_same(a.u0, b.u0);
    assert_int_equal(with.n_groups, CLIENTS - 1);
    assert_int_equal(with.n_rows, n);
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

static void more_groups_than_one_block_are_summed(void **state)
{
    (void)state;
    static double values[3 * GROUPS_MAX];
    static uint64_t many[GROUPS_MAX + 1];
    double between = 0, within = 0, mean = 0, n = GROUPS_MAX;
    for (size_t i = 0; i < (size_t)3 * GROUPS_MAX; i++) {
        values[i] = (double)((i / 3 * 37) % 101) + (double)((i * 53) % 13);
        mean += values[i] / (3 * n);
        many[i / 3 + 1] = i + 1;
    }
    for (size_t g = 0; g < GROUPS_MAX; g++) {
        const double *v = values + 3 * g;
        double own = (v[0] + v[1] + v[2]) / 3;
        between += 3 * (own - mean) * (own - mean);
        for (size_t i = 0; i < 3; i++)
            within += (v[i] - own) * (v[i] - own);
    }
    atn_mixed_data data = { .y = values, .starts = many, .n_groups = GROUPS_MAX, .reml = 1 };
    atn_mixed m;
    assert_int_equal(fit(&data, &m, ""), ATTUNE_OK);
    assert_near(m.s2, within / (2 * n), 1e-10);
    assert_near(m.d00, (between / (n - 1) - within / (2 * n)) / 3, 1e-10);
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
        cmocka_unit_test(the_dyestuff_comes_out_as_published),
        cmocka_unit_test(maximum_likelihood_of_balanced_groups_is_that_of_the_sums_of_squares),
        cmocka_unit_test(no_variance_between_groups_is_the_border),
        cmocka_unit_test(the_likelihood_is_that_of_the_covariances_written_out),
        cmocka_unit_test(a_slope_that_is_alike_for_all_is_the_border),
        cmocka_unit_test(far_offsets_take_no_digits_that_they_do_not_have),
        cmocka_unit_test(covariates_within_and_between_groups_are_taken),
        cmocka_unit_test(missing_rows_are_as_if_they_were_not_there),
        cmocka_unit_test(a_slope_on_what_never_moves_leaves_the_intercept),
        cmocka_unit_test(a_slope_below_what_scaling_keeps_is_none),
        cmocka_unit_test(more_groups_than_one_block_are_summed),
        cmocka_unit_test(too_few_rows_are_said_to_be_so),
        cmocka_unit_test(what_cannot_be_told_apart_is_refused),
        cmocka_unit_test(lines_that_fit_exactly_have_no_likelihood),
        cmocka_unit_test(a_climb_without_an_end_is_given_up),
        cmocka_unit_test(rows_that_are_not_finite_end_in_a_status),
        cmocka_unit_test(from_anywhere_the_climb_ends_at_the_same_maximum),
        cmocka_unit_test(odd_magnitudes_are_the_same_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
