/* What must hold for mixed models of few groups: other units, order of groups, a true maximum. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/response/mixed_parts.h"
#include "tests/unit/near.h"

enum { ROWS = 64, GROUPS = 9, TURNS = 800 };

static double work[GROUPS * (3 + 2 * (ATN_MIXED_X_MAX + 1))];
static unsigned random_state = 20261125;

static unsigned draw(unsigned below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

typedef struct caseload {
    double x[ROWS], y[ROWS];
    uint64_t starts[GROUPS + 1];
    size_t groups;
    int32_t structure, reml;
} caseload;

/* Two to nine groups of two to six rows: levels and slopes of their own, or not. */
static caseload any_caseload(void)
{
    caseload c = { .groups = 2 + draw(GROUPS - 1) };
    unsigned level = draw(3), slope = draw(3), sessions = draw(2);
    size_t n = 0;
    for (size_t g = 0; g < c.groups; g++) {
        double own = level * draw(20) / 10.0, steep = slope * draw(10) / 10.0;
        for (size_t i = 0, rows = 2 + draw(5); i < rows; i++, n++) {
            c.x[n] = sessions ? (double)i + 1 : draw(80) / 10.0 - 4;
            c.y[n] = own + steep * c.x[n] + draw(40) / 10.0;
        }
        c.starts[g + 1] = n;
    }
    c.structure = (int32_t)draw(3);
    c.reml = (int32_t)draw(2);
    return c;
}

static attune_status fit(const caseload *c, atn_mixed *m)
{
    const atn_mixed_data data = { .y = c->y,
                                  .x = { c->x },
                                  .n_x = 1,
                                  .z = c->x,
                                  .starts = c->starts,
                                  .n_groups = c->groups,
                                  .structure = c->structure,
                                  .reml = c->reml };
    return atn_mixed_fit(&data, work, m, NULL);
}

static void in_other_units_the_same_maximum_is_found(void **state)
{
    (void)state;
    const struct {
        double a, b, c, d; /* y to a y + b, x to c x + d */
    } units[] = {
        { 1.8, 32, 1, 0 }, { .01, 0, 7.3, 0 }, { -2.7, 3, -1.1, 0 }, { 1.3, -7, 2, 5.5 }
    };
    size_t compared = 0;
    for (int turn = 0; turn < TURNS; turn++) {
        caseload c = any_caseload(), moved = c;
        atn_mixed m, other;
        attune_status status = fit(&c, &m);
        for (size_t u = 0; u < 4 - (c.structure == ATN_MIXED_DIAGONAL); u++) {
            double a = units[u].a, slope = units[u].c, rows = (double)c.starts[c.groups];
            for (size_t i = 0; i < c.starts[c.groups]; i++) {
                moved.y[i] = a * c.y[i] + units[u].b;
                moved.x[i] = slope * c.x[i] + units[u].d;
            }
            assert_int_equal(fit(&moved, &other), status);
            if (status != ATTUNE_OK)
                continue;
            double likelihood = other.log_likelihood + (rows - 2 * c.reml) * log(fabs(a)) +
                                c.reml * log(fabs(slope));
            assert_near(likelihood, m.log_likelihood, 1e-8);
            assert_near(other.b[1] * slope / a, m.b[1], 1e-5);
            assert_near(other.s2 / (a * a), m.s2, 1e-5);
            compared++;
        }
    }
    assert_true(compared > 3 * TURNS);
}

static void the_order_of_groups_does_not_matter(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        caseload c = any_caseload(), turned = c;
        atn_mixed m, other;
        size_t n = 0;
        for (size_t g = c.groups; g-- > 0;) {
            for (uint64_t i = c.starts[g]; i < c.starts[g + 1]; i++, n++) {
                turned.x[n] = c.x[i];
                turned.y[n] = c.y[i];
            }
            turned.starts[c.groups - g] = n;
        }
        attune_status status = fit(&c, &m);
        assert_int_equal(fit(&turned, &other), status);
        if (status == ATTUNE_OK)
            assert_near(other.log_likelihood, m.log_likelihood, 1e-9);
    }
}

/* No relative factor drawn at random is better than the one found. */
static void nothing_beside_the_maximum_is_higher(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        caseload c = any_caseload();
        const atn_mixed_data data = { .y = c.y,
                                      .x = { c.x },
                                      .n_x = 1,
                                      .z = c.x,
                                      .starts = c.starts,
                                      .n_groups = c.groups,
                                      .structure = c.structure,
                                      .reml = c.reml };
        double ols[ATN_MIXED_P_MAX];
        atn_mixed m, again;
        atn_mixed_model model;
        atn_mixed_value best, there;
        if (fit(&c, &m) != ATTUNE_OK)
            continue;
        assert_int_equal(atn_mixed_take(&data, work, &again, &model, ols, NULL), ATTUNE_OK);
        atn_mixed_at(&model, m.factor, &best);
        for (int k = 0; k < 40; k++) {
            double theta[3] = { draw(300) / 100.0, draw(600) / 100.0 - 3, draw(300) / 100.0 };
            theta[1] = c.structure == ATN_MIXED_SLOPE ? theta[1] : 0;
            theta[2] = c.structure == ATN_MIXED_INTERCEPT ? 0 : theta[2];
            atn_mixed_at(&model, theta, &there);
            assert_true(there.f >= best.f - 1e-8 * fabs(best.f));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_other_units_the_same_maximum_is_found),
        cmocka_unit_test(the_order_of_groups_does_not_matter),
        cmocka_unit_test(nothing_beside_the_maximum_is_higher),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
