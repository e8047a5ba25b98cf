/* Mixed models: a published one, one by hand, likelihoods written out, rows left out. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/mixed_made.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_dyestuff_comes_out_as_published),
        cmocka_unit_test(maximum_likelihood_of_balanced_groups_is_that_of_the_sums_of_squares),
        cmocka_unit_test(the_likelihood_is_that_of_the_covariances_written_out),
        cmocka_unit_test(far_offsets_take_no_digits_that_they_do_not_have),
        cmocka_unit_test(covariates_within_and_between_groups_are_taken),
        cmocka_unit_test(missing_rows_are_as_if_they_were_not_there),
        cmocka_unit_test(more_groups_than_one_block_are_summed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
