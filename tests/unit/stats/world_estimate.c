/* A world estimated from courses: what went in comes out, and what cannot be is refused. */
/* SPDX-License-Identifier: MIT */
#include <attune/simulate.h>

#include "tests/unit/near.h"

#include <stdlib.h>

#define COURSES 2000
#define LONG 30

static size_t starts[COURSES + 1];
static int32_t session[COURSES * LONG];
static double score[COURSES * LONG];

static attune_world steady(void)
{
    attune_world world = { .struct_size = sizeof world };
    assert_int_equal(attune_world_describe("steady", &world), ATTUNE_OK);
    return world;
}

/* Courses of the world; forms that are missing are NaN, the sessions go on. */
static void simulate(const attune_world *world)
{
    size_t size = attune_simulate_work(world), at = 0;
    void *work = malloc(size);
    double y[LONG];
    attune_simulation one = { .struct_size = sizeof one, .alliance = y };
    for (size_t c = 0; c < COURSES; c++) {
        assert_int_equal(attune_simulate(world, 3, c, work, size, &one, NULL), ATTUNE_OK);
        starts[c] = at;
        for (int32_t t = 0; t < one.sessions; t++, at++) {
            session[at] = t + 1;
            score[at] = y[t];
        }
    }
    starts[COURSES] = at;
    free(work);
}

static attune_status estimate(size_t courses, attune_world *world, attune_world_facts *facts)
{
    facts->struct_size = sizeof *facts;
    return attune_world_estimate(starts, courses, session, score, world, facts, NULL);
}

/* Without ends, rounding or a second kind of noise, what was put in is what is to come out. */
static void what_went_in_comes_out(void **state)
{
    (void)state;
    attune_world world = steady(), found = world;
    attune_world_facts facts;
    world.low = found.low = -1e6;
    world.high = found.high = 1e6;
    world.steps = 0;
    world.ar_share = 1;
    world.ar_phi = 0.3;
    world.sessions_min = world.sessions_max = LONG;
    simulate(&world);
    assert_int_equal(estimate(COURSES, &found, &facts), ATTUNE_OK);
    assert_near(found.level_mean, 5.5, 0.02);
    assert_near(found.level_sd, 0.8, 0.03);
    assert_near(found.slope_mean, 0.02, 0.003);
    assert_near(found.slope_sd, 0.03, 0.003);
    assert_near(found.within_sd, 0.44, 0.02);
    assert_near(found.within_cv, 0.35, 0.06);
    assert_near(found.ar_phi, 0.3, 0.05);
    assert_near(found.missing, 0.05, 0.01);
    assert_near(found.hazard, 0, 0);
    assert_near(found.ar_share, 1, 0);
    assert_near(found.low, -1e6, 0);
    assert_int_equal(facts.courses, COURSES);
    assert_true(attune_simulate_work(&found) > 0);
}

static void nothing_that_carries_over_is_seen_as_nothing(void **state)
{
    (void)state;
    attune_world world = steady(), found = world;
    attune_world_facts facts;
    world.ar_share = 0;
    world.sessions_min = world.sessions_max = 10; /* a line takes much of so few */
    simulate(&world);
    assert_int_equal(estimate(COURSES, &found, &facts), ATTUNE_OK);
    assert_true(found.ar_phi < 0.03);
}

/* y = 0 1 0 1 0 on five sessions, and the same turned over: by hand. */
static void small_courses_give_what_the_hand_gives(void **state)
{
    (void)state;
    attune_world found = steady();
    attune_world_facts facts;
    for (size_t c = 0; c < 20; c++) {
        starts[c] = 5 * c;
        for (size_t t = 0; t < 5; t++) {
            session[5 * c + t] = (int32_t)t + 3;
            score[5 * c + t] = (double)((c + t) % 2);
        }
    }
    starts[20] = 100;
    assert_int_equal(estimate(20, &found, &facts), ATTUNE_OK);
    /* Slopes are 0, levels 2/5 and 3/5: their variance 20/19/100 is less than their sampling. */
    assert_near(found.level_mean, 0.5, 1e-15);
    assert_near(found.level_sd, 0, 0);
    assert_near(found.slope_mean, 0, 1e-15);
    /* Variance about the line 1.2 / 3 = .4 in all: the fourth moments .16 / (5/3) fall short. */
    assert_near(found.within_sd, sqrt(0.4), 1e-15);
    assert_near(found.within_cv, 0, 0);
    assert_near(found.ar_phi, 0, 0); /* neighbours lie on either side: less than nothing */
    assert_near(found.missing, 0, 0);
    assert_near(facts.total_sd, sqrt(25.0 / 99), 1e-15);
    assert_int_equal(facts.forms, 100);
}

/* Forms apart by more than a session are no neighbours; short courses only count as forms. */
static void gaps_and_short_courses_are_passed_over(void **state)
{
    (void)state;
    attune_world world = steady(), found = world, again = world;
    attune_world_facts facts;
    simulate(&world);
    assert_int_equal(estimate(200, &found, &facts), ATTUNE_OK);
    int32_t forms = facts.forms;
    for (size_t i = starts[200]; i < starts[201]; i++)
        score[i] = i < starts[200] + 2 ? 5 : NAN;
    starts[202] = starts[201]; /* and one without a session */
    assert_int_equal(estimate(202, &again, &facts), ATTUNE_OK);
    assert_int_equal(facts.forms, forms + 2);
    assert_same(again.within_sd, found.within_sd);
    assert_same(again.ar_phi, found.ar_phi);
    for (size_t i = 0; i < starts[200]; i++)
        session[i] *= 2;
    assert_int_equal(estimate(200, &again, &facts), ATTUNE_OK);
    assert_near(again.ar_phi, 0, 0);
    assert_true(again.within_sd < found.within_sd); /* nothing carries over that would hide some */
}

static void what_cannot_be_estimated_is_refused(void **state)
{
    (void)state;
    attune_world world = steady(), before = world;
    attune_world_facts facts = { .struct_size = sizeof facts, .courses = -9 };
    attune_error err = ATTUNE_ERROR_INIT;
    simulate(&world);
    assert_int_equal(attune_world_estimate(NULL, 1, session, score, &world, &facts, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_world_estimate(starts, 1, NULL, score, &world, &facts, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_world_estimate(starts, 1, session, NULL, &world, &facts, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_world_estimate(starts, 1, session, score, NULL, &facts, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_world_estimate(starts, 1, session, score, &world, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    world.struct_size = 8;
    assert_int_equal(attune_world_estimate(starts, 1, session, score, &world, &facts, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    world = before;
    facts.struct_size = 4;
    assert_int_equal(attune_world_estimate(starts, 1, session, score, &world, &facts, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    facts.struct_size = sizeof facts;
    assert_int_equal(attune_world_estimate(starts, 19, session, score, &world, &facts, &err),
                     ATTUNE_E_TOO_FEW);
    score[3] = INFINITY;
    assert_int_equal(attune_world_estimate(starts, 40, session, score, &world, &facts, &err),
                     ATTUNE_E_VALUE);
    assert_int_equal(err.index, 3);
    score[3] = 5;
    session[2] = session[1];
    assert_int_equal(attune_world_estimate(starts, 40, session, score, &world, &facts, &err),
                     ATTUNE_E_ORDER);
    assert_int_equal(err.index, 2);
    session[2] = session[1] + 1;
    for (size_t i = 0; i < starts[40]; i++)
        score[i] = 4;
    assert_int_equal(attune_world_estimate(starts, 40, session, score, &world, &facts, NULL),
                     ATTUNE_E_NUMERIC);
    assert_memory_equal(&world, &before, sizeof world);
    assert_int_equal(facts.courses, -9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_went_in_comes_out),
        cmocka_unit_test(nothing_that_carries_over_is_seen_as_nothing),
        cmocka_unit_test(small_courses_give_what_the_hand_gives),
        cmocka_unit_test(gaps_and_short_courses_are_passed_over),
        cmocka_unit_test(what_cannot_be_estimated_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
