/* What must hold for every chart: live as batch, no look ahead, units, sides as in a mirror. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/chart.h>

enum { ROWS = 40, TURNS = 3000 };

static unsigned random_state = 20261125;

static unsigned draw(unsigned below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

typedef struct course {
    size_t n;
    double y[ROWS];
    attune_chart_options o;
    attune_chart chart;
    attune_chart_point points[ROWS];
} course;

/* Scores on a grid of whole numbers, some missing; any kind, spread, side and baseline. */
static void any_course(course *c)
{
    c->n = 6 + draw(ROWS - 6);
    c->o = (attune_chart_options)ATTUNE_CHART_OPTIONS_INIT;
    c->o.kind = (int32_t)draw(3);
    c->o.spread = (int32_t)draw(4);
    c->o.constants = (int32_t)draw(2);
    c->o.side = (int32_t)draw(3);
    c->o.baseline = (int32_t)(draw(2) * (3 + draw(10)));
    c->o.rules = ATTUNE_CHART_WE | ATTUNE_CHART_NELSON;
    c->o.head_start = (double)draw(2);
    unsigned grid = 1 + draw(60);
    for (size_t i = 0; i < c->n; i++)
        c->y[i] = draw(12) == 0 ? NAN : (double)draw(grid);
    c->y[0] = (double)draw(grid);
}

static void fit(course *c)
{
    double work[2 * ROWS];
    c->chart.struct_size = (uint32_t)sizeof c->chart;
    c->points->struct_size = (uint32_t)sizeof *c->points;
    assert_int_equal(attune_chart_fit(&c->o, c->y, c->n, work, &c->chart, c->points, NULL),
                     ATTUNE_OK);
}

static void live_is_batch_to_the_bit(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c;
        attune_chart_state live;
        any_course(&c);
        c.o.centred = 1;
        c.o.centre = (double)draw(50);
        c.o.sd = 0.5 + (double)draw(9);
        fit(&c);
        assert_int_equal(attune_chart_start(&live, &c.o, NULL), ATTUNE_OK);
        for (size_t i = 0; i < c.n; i++) {
            attune_chart_point point = { .struct_size = sizeof point };
            assert_int_equal(attune_chart_push(&live, c.y[i], &point, NULL), ATTUNE_OK);
            assert_memory_equal(&point, &c.points[i], sizeof point);
        }
    }
}

static void a_later_score_never_changes_an_earlier_point(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c, longer;
        any_course(&c);
        c.o.baseline = 5; /* completed scores: none beyond the tenth row or so tells the limits */
        longer = c;
        c.n = 5 + c.n / 2;
        if (c.n > longer.n)
            continue;
        fit(&c);
        fit(&longer);
        if (c.chart.n >= 5)
            assert_memory_equal(c.points, longer.points, c.n * sizeof *c.points);
    }
}

/* Doubling is exact: everything in score points doubles, everything in sd and every hit stays. */
static void other_units_change_no_hit(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c, other;
        any_course(&c);
        other = c;
        for (size_t i = 0; i < c.n; i++)
            other.y[i] *= 1024.0;
        fit(&c);
        fit(&other);
        for (size_t i = 0; i < c.n; i++) {
            double unit = c.o.kind == ATTUNE_CHART_CUSUM ? 1.0 : 1024.0;
            assert_int_equal(c.points[i].hits, other.points[i].hits);
            assert_same(other.points[i].statistic, unit * c.points[i].statistic);
            assert_same(other.points[i].upper, unit * c.points[i].upper);
            assert_same(other.points[i].high, c.points[i].high);
            assert_same(other.points[i].estimate, 1024.0 * c.points[i].estimate);
        }
    }
}

static void another_origin_moves_the_chart_with_it(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c, other;
        any_course(&c);
        other = c;
        for (size_t i = 0; i < c.n; i++)
            other.y[i] += 100.0;
        fit(&c);
        fit(&other);
        double shift = c.o.kind == ATTUNE_CHART_CUSUM ? 0.0 : 100.0;
        assert_near(other.chart.sd, c.chart.sd, 1e-12);
        for (size_t i = 0; i < c.n; i++) {
            assert_near(other.points[i].statistic, c.points[i].statistic + shift, 1e-9);
            assert_near(other.points[i].lower, c.points[i].lower + shift, 1e-9);
        }
    }
}

static void a_mirror_exchanges_the_sides(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c, other;
        any_course(&c);
        other = c;
        other.o.side = c.o.side == ATTUNE_CHART_BOTH ? c.o.side : 3 - c.o.side;
        for (size_t i = 0; i < c.n; i++)
            other.y[i] = -c.y[i];
        fit(&c);
        fit(&other);
        for (size_t i = 0; i < c.n; i++) {
            assert_int_equal(c.points[i].hits, other.points[i].hits);
            assert_near(other.points[i].upper, -c.points[i].lower, 0);
            assert_near(other.points[i].high, c.points[i].low, 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(live_is_batch_to_the_bit),
        cmocka_unit_test(a_later_score_never_changes_an_earlier_point),
        cmocka_unit_test(other_units_change_no_hit),
        cmocka_unit_test(another_origin_moves_the_chart_with_it),
        cmocka_unit_test(a_mirror_exchanges_the_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
