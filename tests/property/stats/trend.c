/* What must hold for every trend: units, shifts, reversal, order, gaps, and scan as fit. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/trend.h>

#include <stdlib.h>

enum { ROWS = 40, TURNS = 3000, GROUPS = 24 };

typedef struct course {
    size_t n;
    double x[ROWS], y[ROWS];
} course;

static unsigned random_state = 20261123;

static unsigned draw(unsigned below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

/* Sessions with gaps, or days with two forms on one; scores on a grid, with or without a trend. */
static course any_course(void)
{
    course c = { .n = 1 + draw(ROWS) };
    int grid = (int)(1 + draw(40)), slope = (int)draw(5) - 2, days = draw(3) == 0;
    double x = 1 + draw(4);
    for (size_t i = 0; i < c.n; i++) {
        c.x[i] = x;
        c.y[i] = (double)draw((unsigned)grid) + 0.5 * slope * (double)i;
        if (draw(12) == 0)
            c.y[i] = NAN;
        x += days ? (double)draw(15) : draw(8) == 0 ? 2 : 1;
    }
    c.y[draw((unsigned)c.n)] = (double)grid;
    return c;
}

static attune_trend fit(const course *c)
{
    static double work[ROWS * ROWS];
    attune_trend t = { .struct_size = sizeof t };
    assert_true(attune_trend_work(c->n) <= sizeof work);
    assert_int_equal(attune_trend_fit(c->x, c->y, c->n, work, sizeof work, &t, NULL), ATTUNE_OK);
    return t;
}

/* What a change of units multiplies, and what it leaves alone. */
static void units(const attune_trend *a, const attune_trend *b, double slope, double spread)
{
    /* M-estimates may rest on another solution, or on none, once rounding differs. */
    assert_near(b->ols_slope, slope * a->ols_slope, 1e-8);
    assert_near(b->ols_slope_se, fabs(slope) * a->ols_slope_se, 1e-8);
    assert_near(b->residual_sd, spread * a->residual_sd, 1e-8);
    assert_near(b->sen_slope, slope * a->sen_slope, 1e-8);
    assert_near(b->siegel_slope, slope * a->siegel_slope, 1e-8);
    double sign = slope < 0 ? -1 : 1;
    assert_near(b->sen_low, slope * (slope < 0 ? a->sen_high : a->sen_low), 1e-8);
    assert_near(b->ols_high, slope * (slope < 0 ? a->ols_low : a->ols_high), 1e-8);
    assert_near(b->ols_t, sign * a->ols_t, 1e-6);
    assert_near(b->ols_p, a->ols_p, 1e-8);
    assert_near(b->kendall_tau_b, sign * a->kendall_tau_b, 1e-15);
    assert_near(b->spearman_rho, sign * a->spearman_rho, 1e-15);
    assert_near(b->durbin_watson, a->durbin_watson, 1e-8);
}

static void by_rows(const attune_trend *a, const attune_trend *b, double sign)
{
    assert_near(b->mk_s, sign * a->mk_s, 0);
    assert_near(b->mk_var, a->mk_var, 0);
    assert_near(b->mk_p, a->mk_p, 0);
    assert_near(b->mk_p_exact, a->mk_p_exact, 0);
    assert_near(b->mk_hr_z, sign * a->mk_hr_z, 1e-10);
    assert_near(b->mk_yw_p, a->mk_yw_p, 1e-10);
    assert_near(b->lag1, a->lag1, 1e-10);
}

static void other_units_of_the_score_change_no_evidence(void **state)
{
    (void)state;
    static const double factors[] = { 3, -1, 0.1, -7.3, 1e6 };
    for (int turn = 0; turn < TURNS; turn++) {
        course c = any_course(), d = c;
        double factor = factors[draw(5)], shift = (double)draw(100) - 50;
        for (size_t i = 0; i < c.n; i++)
            d.y[i] = shift + factor * c.y[i];
        attune_trend a = fit(&c), b = fit(&d);
        units(&a, &b, factor, fabs(factor));
        by_rows(&a, &b, factor < 0 ? -1 : 1);
    }
}

static void other_units_and_starts_of_time_change_no_evidence(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c = any_course(), d = c;
        double factor = (double)(1 + draw(30)), shift = (double)draw(20000);
        for (size_t i = 0; i < c.n; i++)
            d.x[i] = shift + factor * c.x[i];
        attune_trend a = fit(&c), b = fit(&d);
        units(&a, &b, 1 / factor, 1);
        by_rows(&a, &b, 1);
        assert_near(b.pw_slope * factor, a.pw_slope, 1e-6);
        assert_near(b.ols_intercept + b.ols_slope * shift, a.ols_intercept, 1e-6);
    }
}

static void backwards_in_time_every_trend_turns_round(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c = any_course(), d = c;
        for (size_t i = 0; i < c.n; i++) {
            d.x[i] = -c.x[c.n - 1 - i];
            d.y[i] = c.y[c.n - 1 - i];
        }
        attune_trend a = fit(&c), b = fit(&d);
        units(&a, &b, -1, 1);
        by_rows(&a, &b, -1);
        assert_near(b.first, a.last, 0);
    }
}

static void scores_in_another_order_keep_their_variance_and_lose_their_trend(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c = any_course(), d = c;
        for (size_t i = c.n; i-- > 1;) {
            size_t j = draw((unsigned)i + 1);
            double held = d.y[i];
            d.y[i] = d.y[j];
            d.y[j] = held;
        }
        attune_trend a = fit(&c), b = fit(&d);
        assert_int_equal(a.n, b.n);
        assert_near(a.mk_var, b.mk_var, 0);
        assert_true(isnan(b.mk_s) || fabs(b.mk_s) <= 0.5 * b.n * (b.n - 1));
        assert_true(isnan(b.spearman_rho) || fabs(b.spearman_rho) <= 1);
        assert_true(isnan(b.lag1) || fabs(b.lag1) <= 1);
        assert_true(isnan(b.durbin_watson) || (b.durbin_watson >= 0 && b.durbin_watson <= 4));
    }
}

static void each_interval_holds_its_slope(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c = any_course();
        attune_trend t = fit(&c);
        assert_true(isnan(t.ols_low) || (t.ols_low <= t.ols_slope && t.ols_slope <= t.ols_high));
        assert_true(isnan(t.sen_low) || (t.sen_low <= t.sen_slope && t.sen_slope <= t.sen_high));
        assert_true(isnan(t.mk_yw_z) || fabs(t.mk_yw_z) <= fabs(t.mk_z));
    }
}

static void a_score_that_was_not_given_leaves_no_trace(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c = any_course(), d = { 0 };
        for (size_t i = 0; i < c.n; i++)
            if (!isnan(c.y[i])) {
                d.x[d.n] = c.x[i];
                d.y[d.n++] = c.y[i];
            }
        attune_trend a = fit(&c), b = fit(&d);
        assert_memory_equal(&a, &b, sizeof a);
    }
}

static void a_scan_gives_the_bits_of_one_fit_after_another(void **state)
{
    (void)state;
    static double x[GROUPS * ROWS], y[GROUPS * ROWS], work[ROWS * ROWS];
    for (int turn = 0; turn < TURNS / GROUPS; turn++) {
        attune_trend trends[GROUPS] = { { .struct_size = sizeof trends[0] } };
        attune_status statuses[GROUPS];
        uint64_t starts[GROUPS + 1] = { 0 };
        course courses[GROUPS];
        for (size_t g = 0; g < GROUPS; g++) {
            courses[g] = any_course();
            memcpy(x + starts[g], courses[g].x, courses[g].n * sizeof *x);
            memcpy(y + starts[g], courses[g].y, courses[g].n * sizeof *y);
            starts[g + 1] = starts[g] + courses[g].n;
        }
        assert_int_equal(attune_trend_scan(starts, GROUPS, x, y, GROUPS * ROWS, work, sizeof work,
                                           trends, statuses, NULL),
                         ATTUNE_OK);
        for (size_t g = 0; g < GROUPS; g++) {
            attune_trend alone = fit(&courses[g]);
            assert_int_equal(statuses[g], ATTUNE_OK);
            assert_memory_equal(&alone, &trends[g], sizeof alone);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_units_of_the_score_change_no_evidence),
        cmocka_unit_test(other_units_and_starts_of_time_change_no_evidence),
        cmocka_unit_test(backwards_in_time_every_trend_turns_round),
        cmocka_unit_test(scores_in_another_order_keep_their_variance_and_lose_their_trend),
        cmocka_unit_test(each_interval_holds_its_slope),
        cmocka_unit_test(a_score_that_was_not_given_leaves_no_trace),
        cmocka_unit_test(a_scan_gives_the_bits_of_one_fit_after_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
