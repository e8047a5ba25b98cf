/* What must hold for every partition: optimal among all, units, origin, turning round. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/changepoint.h>

enum { ROWS = 11, TURNS = 2000 };

static unsigned random_state = 20261125;
static double work[4000];

static unsigned draw(unsigned below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

typedef struct course {
    size_t n, count;
    double y[ROWS];
    attune_changepoint_options o;
    attune_changepoint found[ROWS];
    attune_changepoint_cost cost;
} course;

static void any_course(course *c)
{
    *c = (course) { .n = 6 + draw(ROWS - 6), .o = ATTUNE_CHANGEPOINT_OPTIONS_INIT };
    c->o.min_size = (int32_t)(1 + draw(3));
    c->o.penalty = 0.5 + (double)draw(60);
    for (size_t i = 0; i < c->n; i++)
        c->y[i] = (double)draw(12) + (i > 4 ? 5.0 : 0.0);
}

static void fit(course *c)
{
    c->found->struct_size = (uint32_t)sizeof *c->found;
    c->cost.struct_size = (uint32_t)sizeof c->cost;
    assert_int_equal(attune_changepoint_fit(&c->o, c->y, c->n, work, sizeof work, c->found, ROWS,
                                            &c->count, &c->cost, NULL),
                     ATTUNE_OK);
}

/* The cost of the partition whose changes are the bits of `after`; infinite where too short. */
static double cost_of(const course *c, unsigned after)
{
    double cost = -c->o.penalty;
    for (size_t from = 0, to = 1; to <= c->n; to++) {
        if (to < c->n && !(after >> to & 1))
            continue;
        if (to - from < (size_t)c->o.min_size)
            return INFINITY;
        double mean = 0.0;
        for (size_t i = from; i < to; i++)
            mean += c->y[i] / (double)(to - from);
        for (size_t i = from; i < to; i++)
            cost += (c->y[i] - mean) * (c->y[i] - mean);
        cost += c->o.penalty;
        from = to;
    }
    return cost;
}

static void no_partition_of_all_is_cheaper(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c;
        double least = INFINITY;
        any_course(&c);
        for (unsigned after = 0; after < 1u << c.n; after += 2)
            least = fmin(least, cost_of(&c, after));
        fit(&c);
        assert_near(c.cost.squares + c.o.penalty * (double)c.count, least, 1e-10);
    }
}

static void other_units_and_another_origin_move_no_change(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c, other;
        any_course(&c);
        c.o.penalty += 0.123; /* no two partitions cost the same */
        other = c;
        other.o.penalty *= 64.0;
        for (size_t i = 0; i < c.n; i++)
            other.y[i] = 8.0 * c.y[i] - 40.0;
        fit(&c);
        fit(&other);
        assert_near(other.cost.squares + other.o.penalty * (double)other.count,
                    64.0 * (c.cost.squares + c.o.penalty * (double)c.count), 1e-10);
    }
}

static void turned_round_a_course_costs_the_same(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c, other;
        any_course(&c);
        other = c;
        for (size_t i = 0; i < c.n; i++)
            other.y[i] = c.y[c.n - 1 - i];
        fit(&c);
        fit(&other);
        assert_near(other.cost.squares + other.o.penalty * (double)other.count,
                    c.cost.squares + c.o.penalty * (double)c.count, 1e-10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_partition_of_all_is_cheaper),
        cmocka_unit_test(other_units_and_another_origin_move_no_change),
        cmocka_unit_test(turned_round_a_course_costs_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
