/* The simulator beside alliance: who follows what, shifts of distress, therapists, observers. */
/* SPDX-License-Identifier: MIT */
#include <attune/simulate.h>

#include "tests/unit/near.h"

#define ROOM 64

static double alliance[ROOM], therapist[ROOM], distress[ROOM], before[ROOM];
static int32_t in_rupture[ROOM], withdrawal[ROOM], confrontation[ROOM], shift[ROOM];
static attune_rupture ruptures[ROOM];
static char work[65536];

static void fill(const attune_world *world, uint64_t client, attune_simulation *one)
{
    one->struct_size = sizeof *one;
    assert_int_equal(attune_simulate(world, 5, client, work, sizeof work, one, NULL), ATTUNE_OK);
}

static attune_simulation make(const attune_world *world, uint64_t client)
{
    attune_simulation one = { .alliance = alliance,
                              .therapist = therapist,
                              .distress = distress,
                              .before = before,
                              .in_rupture = in_rupture,
                              .withdrawal = withdrawal,
                              .confrontation = confrontation,
                              .shift = shift,
                              .ruptures = ruptures };
    ruptures[0].struct_size = sizeof ruptures[0];
    fill(world, client, &one);
    return one;
}

static attune_world named(const char *name)
{
    attune_world world = { .struct_size = sizeof world };
    assert_int_equal(attune_world_describe(name, &world), ATTUNE_OK);
    return world;
}

/* Scores as they are, none missing; what moves them is switched on one by one. */
static attune_world bare(void)
{
    attune_world world = named("default");
    world.sessions_min = world.sessions_max = 20;
    world.steps = world.distress_steps = 0;
    world.low = world.distress_low = -1e6;
    world.high = world.distress_high = 1e6;
    world.level_sd = world.slope_mean = world.slope_sd = world.missing = 0;
    world.distress_start_sd = world.distress_log_mean = world.distress_log_sd = 0;
    world.hazard = world.gain = world.loss = world.caseload_sd = 0;
    world.therapist_shift = 0;
    return world;
}

/* ---- What others follow ---- */

static void others_follow_the_moment_as_far_as_it_is_heard(void **state)
{
    (void)state;
    attune_world world = bare();
    double r[2];
    world.therapist_within = 1 - 1e-9;
    for (int all = 0; all < 2; all++) {
        double xy = 0, xx = 0, yy = 0;
        world.heard = all;
        for (uint64_t client = 0; client < 300; client++) {
            attune_simulation one = make(&world, client);
            for (int32_t t = 0; t < one.sessions; t++) {
                double x = alliance[t] - 5.5, y = therapist[t] - 5.5;
                xy += x * y;
                xx += x * x;
                yy += y * y;
            }
        }
        r[all] = xy / sqrt(xx * yy);
    }
    assert_near(r[1], 1, .001);
    assert_near(r[0], sqrt(world.ar_share), .02); /* the rest of the variance is momentary */
}

static void ruptures_are_heard_whole_in_either_case(void **state)
{
    (void)state;
    attune_world world = bare();
    world.hazard = .2;
    world.within_sd = 1e-9;
    world.therapist_within = .5;
    world.therapist_sd = 1e-9; /* so is what a rupture adds, a unit of within_sd */
    for (uint64_t client = 0; client < 50; client++) {
        double heard[ROOM];
        world.heard = 0;
        attune_simulation one = make(&world, client);
        memcpy(heard, therapist, sizeof heard);
        world.heard = 1;
        (void)make(&world, client);
        for (int32_t t = 0; t < one.sessions; t++)
            assert_near(therapist[t], heard[t], 1e-6);
        for (int32_t t = 0; t < one.sessions; t++)
            assert_near(therapist[t] - 5.5, (alliance[t] - 5.5) / 2, 1e-6);
    }
}

/* ---- Distress ---- */

static void distress_shifts_at_the_sessions_that_are_told(void **state)
{
    (void)state;
    attune_world world = bare();
    int gains = 0, losses = 0;
    world.distress_sd = 1e-9;
    world.distress_alliance = world.shift_sdlog = 0;
    world.gain = .1;
    world.loss = .05;
    for (uint64_t client = 0; client < 200; client++) {
        attune_simulation one = make(&world, client);
        assert_true(shift[0] == 0 && shift[1] == 0); /* before first_onset */
        for (int32_t t = 1; t < one.sessions; t++) {
            assert_near(distress[t] - distress[t - 1], world.shift_median * shift[t], 1e-6);
            gains += shift[t] < 0;
            losses += shift[t] > 0;
        }
    }
    assert_near(gains / (200 * 18.0), .1, .015);
    assert_near(losses / (200 * 18.0), .05, .012);
}

static void clients_of_a_therapist_change_alike(void **state)
{
    (void)state;
    attune_world world = bare();
    double last[60];
    world.caseload = 20;
    world.caseload_sd = 1;
    world.distress_sd = 1e-9;
    for (uint64_t client = 0; client < 60; client++) {
        attune_simulation one = make(&world, client);
        assert_int_equal(one.therapist_number, client / 20);
        last[client] = distress[19];
        if (client % 20 > 0)
            assert_near(last[client], last[client - 1], 1e-6);
    }
    assert_true(fabs(last[0] - last[20]) > .1 && fabs(last[20] - last[40]) > .1);
}

/* ---- Columns ---- */

static void sessions_are_seen_as_often_as_the_chances_say(void **state)
{
    (void)state;
    attune_world world = bare();
    world.hazard = .3;
    world.withdrawal = 1;
    world.confrontation = 0;
    world.confrontation_drop = 1;
    world.gradual = 1;
    for (uint64_t client = 0; client < 60; client++) {
        attune_simulation one = make(&world, client);
        int32_t seen = 0, drops = 0;
        for (int32_t t = 0; t < one.sessions; t++) {
            assert_int_equal(withdrawal[t], 1);
            seen += confrontation[t];
        }
        for (int32_t r = 0; r < one.n_ruptures; r++) /* each comes on once, or in equal steps */
            drops += ruptures[r].shape == ATTUNE_RUPTURE_DECLINE
                         ? ruptures[r].last_session - ruptures[r].onset_session + 1
                         : 1;
        assert_true(one.n_ruptures == 0 || ruptures[one.n_ruptures - 1].shape == ATTUNE_RUPTURE_STEP
                        ? seen >= drops
                        : seen == drops);
    }
}

static void alliance_before_a_session_is_the_last_ones_less_the_fall(void **state)
{
    (void)state;
    attune_world world = bare();
    world.hazard = .1;
    world.within_sd = 1e-9;
    world.slope_mean = .02;
    for (uint64_t client = 0; client < 50; client++) {
        attune_simulation one = make(&world, client);
        assert_true(isnan(before[0]));
        for (int32_t t = 1; t < one.sessions; t++)
            assert_near(before[t], alliance[t - 1] - world.before_fall, 1e-6);
    }
    world.missing = 1;
    attune_simulation one = make(&world, 1);
    for (int32_t t = 0; t < one.sessions; t++)
        assert_true(isnan(before[t]));
}

static void each_column_comes_out_the_same_by_itself(void **state)
{
    (void)state;
    attune_world world = named("default");
    world.gain = .2;
    for (uint64_t client = 0; client < 40; client++) {
        double real[ROOM];
        int32_t whole[ROOM];
        attune_simulation all = make(&world, client);
        attune_simulation x = { .distress = real }, b = { .before = real };
        attune_simulation w = { .withdrawal = whole }, c = { .confrontation = whole };
        attune_simulation s = { .shift = whole };
        fill(&world, client, &x);
        for (int32_t t = 0; t < all.sessions; t++)
            assert_same(real[t], distress[t]);
        fill(&world, client, &b);
        for (int32_t t = 0; t < all.sessions; t++)
            assert_same(real[t], before[t]);
        fill(&world, client, &w);
        assert_memory_equal(whole, withdrawal, sizeof *whole * (size_t)all.sessions);
        fill(&world, client, &c);
        assert_memory_equal(whole, confrontation, sizeof *whole * (size_t)all.sessions);
        fill(&world, client, &s);
        assert_memory_equal(whole, shift, sizeof *whole * (size_t)all.sessions);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_follow_the_moment_as_far_as_it_is_heard),
        cmocka_unit_test(ruptures_are_heard_whole_in_either_case),
        cmocka_unit_test(distress_shifts_at_the_sessions_that_are_told),
        cmocka_unit_test(clients_of_a_therapist_change_alike),
        cmocka_unit_test(sessions_are_seen_as_often_as_the_chances_say),
        cmocka_unit_test(alliance_before_a_session_is_the_last_ones_less_the_fall),
        cmocka_unit_test(each_column_comes_out_the_same_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
