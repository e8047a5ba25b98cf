/* The simulator: refusals, reproducible clients, known truth that the scores bear out. */
/* SPDX-License-Identifier: MIT */
#include <attune/simulate.h>
#include <attune/watch.h>

#include "tests/unit/near.h"

#include <stdlib.h>

#define ROOM 64

static double alliance[ROOM], therapist[ROOM], distress[ROOM], report[ROOM];
static int32_t in_rupture[ROOM];
static attune_rupture ruptures[ROOM];

static attune_world named(const char *name)
{
    attune_world world = { .struct_size = sizeof world };
    assert_int_equal(attune_world_describe(name, &world), ATTUNE_OK);
    return world;
}

static attune_simulation all_columns(void)
{
    ruptures[0].struct_size = sizeof ruptures[0];
    return (attune_simulation) {
        .struct_size = sizeof(attune_simulation),
        .alliance = alliance,
        .therapist = therapist,
        .distress = distress,
        .report = report,
        .in_rupture = in_rupture,
        .ruptures = ruptures,
    };
}

static attune_simulation make(const attune_world *world, uint64_t client)
{
    attune_simulation out = all_columns();
    size_t size = attune_simulate_work(world);
    char *work = malloc(size + 1);
    assert_int_equal(attune_simulate(world, 5, client, work + 1, size, &out, NULL), ATTUNE_OK);
    free(work);
    return out;
}

static void worlds_are_found_by_name(void **state)
{
    (void)state;
    attune_world world = { .struct_size = sizeof world };
    assert_string_equal(attune_world_name(0), "default");
    for (size_t i = 0; i < attune_world_count(); i++) {
        assert_int_equal(attune_world_describe(attune_world_name(i), &world), ATTUNE_OK);
        assert_true(attune_simulate_work(&world) > 0);
        assert_true(strlen(attune_world_text(i)) > 0);
    }
    assert_string_equal(attune_world_name(attune_world_count()), "");
    assert_string_equal(attune_world_text(attune_world_count()), "");
    assert_int_equal(attune_world_describe(NULL, &world), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_world_describe("default", NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_world_describe("flatland", &world), ATTUNE_E_UNKNOWN);
    world.struct_size = 8;
    assert_int_equal(attune_world_describe("default", &world), ATTUNE_E_STRUCT_SIZE);
}

static void a_named_world_changes_what_it_says(void **state)
{
    (void)state;
    assert_near(named("shallow").depth_median, 0.7, 0);
    assert_near(named("inertia").ar_phi, 0.7, 0);
    assert_near(named("inertia").ar_share, 0.8, 0);
    assert_near(named("steady").hazard, 0, 0);
    assert_near(named("low-hazard").hazard, 0.02, 0);
    assert_near(named("high-hazard").hazard, 0.08, 0);
    assert_true(named("deteriorating").slope_mean < 0);
    assert_near(named("echo").heard, 1, 0);
}

static void columns_are_described(void **state)
{
    (void)state;
    size_t n;
    assert_string_equal(attune_world_fields(&n)[0].name, "sessions_min");
    assert_int_equal(attune_world_fields(NULL)[n - 1].offset, offsetof(attune_world, shift_sdlog));
    assert_string_equal(attune_rupture_fields(&n)[0].name, "onset_session");
    assert_int_equal(n, 5);
    assert_ptr_equal(attune_rupture_fields(NULL), attune_rupture_fields(&n));
}

static attune_status refused(const attune_world *world, attune_error *err)
{
    static char work[65536];
    attune_simulation out = all_columns();
    alliance[0] = -99;
    attune_status status = attune_simulate(world, 5, 0, work, sizeof work, &out, err);
    assert_near(alliance[0], -99, 0);
    return status;
}

static void every_parameter_is_checked_against_its_range(void **state)
{
    (void)state;
    static const double bad[] = { NAN, INFINITY, -INFINITY };
    size_t n;
    const attune_field *fields = attune_world_fields(&n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < 3; k++) {
            attune_error err = ATTUNE_ERROR_INIT;
            attune_world world = named("default");
            char *at = (char *)&world + fields[i].offset;
            int32_t count = k == 0 ? -1 : k == 1 ? INT32_MAX : INT32_MIN;
            if (fields[i].type == ATTUNE_FIELD_COUNT)
                memcpy(at, &count, sizeof count);
            else
                memcpy(at, &bad[k], sizeof bad[k]);
            assert_int_equal(refused(&world, &err), ATTUNE_E_OPTION);
            assert_string_equal(err.key, fields[i].name);
            assert_int_equal(attune_simulate_work(&world), 0);
        }
}

static void ranges_that_belong_together_are_checked(void **state)
{
    (void)state;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_world world = named("default");
    world.sessions_min = 25;
    assert_int_equal(refused(&world, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "sessions_min");
    world = named("default");
    world.gain = world.loss = 0.6;
    assert_int_equal(refused(&world, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "gain");
    world = named("default");
    world.low = 7;
    assert_int_equal(refused(&world, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "low");
    world = named("default");
    world.distress_low = 40;
    assert_int_equal(refused(&world, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "distress_low");
}

static void arguments_are_checked_in_their_order(void **state)
{
    (void)state;
    static char work[65536];
    attune_world world = named("default"), old = world;
    attune_simulation out = all_columns(), bad = out;
    size_t size = attune_simulate_work(&world);
    assert_int_equal(attune_simulate(NULL, 5, 0, work, size, &out, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_simulate(&world, 5, 0, NULL, size, &out, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_simulate(&world, 5, 0, work, size, NULL, NULL), ATTUNE_E_ARGUMENT);
    old.struct_size = 16;
    assert_int_equal(attune_simulate(&old, 5, 0, work, size, &out, NULL), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_simulate_work(&old), 0);
    assert_int_equal(attune_simulate_work(NULL), 0);
    bad.struct_size = 16;
    assert_int_equal(attune_simulate(&world, 5, 0, work, size, &bad, NULL), ATTUNE_E_STRUCT_SIZE);
    ruptures[0].struct_size = 4;
    assert_int_equal(attune_simulate(&world, 5, 0, work, size, &out, NULL), ATTUNE_E_STRUCT_SIZE);
    ruptures[0].struct_size = sizeof ruptures[0];
    assert_int_equal(attune_simulate(&world, 5, ATTUNE_WORLD_CLIENTS_MAX, work, size, &out, NULL),
                     ATTUNE_E_COUNT);
    assert_int_equal(attune_simulate(&world, 5, 0, work, size - 1, &out, NULL), ATTUNE_E_COUNT);
    assert_int_equal(
        attune_simulate(&world, 5, ATTUNE_WORLD_CLIENTS_MAX - 1, work, size, &out, NULL),
        ATTUNE_OK);
}

static void a_client_is_the_same_whatever_is_asked_for_with_it(void **state)
{
    (void)state;
    static char work[65536];
    attune_world world = named("default");
    for (uint64_t client = 0; client < 50; client++) {
        double alone[ROOM];
        attune_simulation one = { .struct_size = sizeof one, .alliance = alone };
        attune_simulation none = { .struct_size = sizeof none };
        attune_simulation all = make(&world, client);
        assert_int_equal(attune_simulate(&world, 5, client, work, sizeof work, &one, NULL), 0);
        assert_int_equal(attune_simulate(&world, 5, client, work, sizeof work, &none, NULL), 0);
        assert_int_equal(one.sessions, all.sessions);
        assert_int_equal(none.n_ruptures, all.n_ruptures);
        assert_same(one.level, none.level);
        for (int32_t t = 0; t < one.sessions; t++)
            assert_same(alone[t], alliance[t]);
    }
}

static void ruptures_do_not_move_what_the_course_would_have_been(void **state)
{
    (void)state;
    attune_world steady = named("steady"), world = named("default");
    for (uint64_t client = 0; client < 50; client++) {
        double without[ROOM];
        (void)make(&steady, client);
        memcpy(without, alliance, sizeof without);
        attune_simulation out = make(&world, client);
        for (int32_t t = 0; t < out.sessions; t++) {
            assert_true(isnan(alliance[t]) == isnan(without[t]));
            assert_true(isnan(alliance[t]) || alliance[t] <= without[t]);
            if (!in_rupture[t])
                assert_same(alliance[t], without[t]);
        }
    }
}

static void scores_lie_on_the_scale_and_its_steps(void **state)
{
    (void)state;
    attune_world world = named("high-hazard");
    for (uint64_t client = 0; client < 200; client++) {
        attune_simulation out = make(&world, client);
        assert_in_range(out.sessions, world.sessions_min, world.sessions_max);
        for (int32_t t = 0; t < out.sessions; t++) {
            if (!isnan(alliance[t]))
                assert_near(alliance[t] * 6, round(alliance[t] * 6), 1e-12);
            assert_true(isnan(alliance[t]) || (alliance[t] >= 1 && alliance[t] <= 7));
            assert_true(isnan(therapist[t]) || (therapist[t] >= 1 && therapist[t] <= 7));
            assert_true(isnan(distress[t]) || (distress[t] >= 0 && distress[t] <= 40));
            assert_true(isnan(report[t]) || report[t] <= 0 || report[t] >= 1);
        }
    }
}

static void scores_without_steps_are_not_rounded(void **state)
{
    (void)state;
    attune_world world = named("default");
    int off = 0;
    world.steps = 0;
    world.missing = 0;
    attune_simulation out = make(&world, 1);
    for (int32_t t = 0; t < out.sessions; t++)
        off += alliance[t] < 7 && fabs(alliance[t] * 6 - round(alliance[t] * 6)) > 1e-9;
    assert_true(off > 0);
}

/* A course of one rupture and nothing else: its depth can be read off the scores. */
static attune_world bare(void)
{
    attune_world world = named("default");
    world.sessions_min = world.sessions_max = 20;
    world.level_sd = world.slope_mean = world.slope_sd = world.missing = 0;
    world.within_sd = 1e-9;
    world.therapist_sd = 1e-9;
    world.steps = 0;
    world.hazard = 0.2;
    return world;
}

static void check_truth(const attune_rupture *r, const attune_world *world, int32_t n)
{
    for (int32_t s = r->onset_session; s <= r->last_session; s++) {
        double down = world->level_mean - alliance[s - 1];
        assert_int_equal(in_rupture[s - 1], 1);
        if (r->shape != ATTUNE_RUPTURE_DECLINE && world->partial <= 0 && world->gradual <= 0)
            assert_near(down, r->depth, 1e-6);
        assert_true(down > 0 && down <= r->depth + 1e-6);
    }
    assert_true(r->onset_session >= 3 && r->depth >= world->depth_min);
    if (r->status == ATTUNE_EPISODE_REPAIRED)
        assert_near(alliance[r->last_session], world->level_mean, 1e-6);
    if (r->status == ATTUNE_EPISODE_UNRESOLVED)
        assert_true(n - r->onset_session >= 2);
    if (r->shape == ATTUNE_RUPTURE_V)
        assert_int_equal(r->last_session, r->onset_session);
}

static void truth_is_what_the_scores_show(void **state)
{
    (void)state;
    int seen[4] = { 0 }, shapes[4] = { 0 };
    attune_world world = bare();
    for (int turn = 0; turn < 3; turn++) {
        world.gradual = turn == 1;
        world.partial = turn == 2 ? 0.5 : 0;
        for (uint64_t client = 0; client < 300; client++) {
            attune_simulation out = make(&world, client);
            int32_t in = 0, told = 0, before = -10;
            for (int32_t t = 0; t < out.sessions; t++)
                in += in_rupture[t];
            for (int32_t i = 0; i < out.n_ruptures; i++) {
                check_truth(&ruptures[i], &world, out.sessions);
                told += ruptures[i].last_session - ruptures[i].onset_session + 1;
                assert_true(ruptures[i].onset_session > before + world.refractory);
                before = ruptures[i].last_session;
                seen[ruptures[i].status]++;
                shapes[ruptures[i].shape]++;
            }
            assert_int_equal(in, told);
        }
    }
    for (int i = 0; i < 4; i++)
        assert_true(seen[i] > 10 && shapes[i] > 10);
}

static void a_gradual_one_falls_in_equal_parts(void **state)
{
    (void)state;
    attune_world world = bare();
    int found = 0;
    world.gradual = 1;
    world.repaired = 1;
    for (uint64_t client = 0; client < 100; client++) {
        attune_simulation out = make(&world, client);
        for (int32_t i = 0; i < out.n_ruptures; i++) {
            const attune_rupture *r = &ruptures[i];
            int32_t length = r->last_session - r->onset_session + 1;
            if (r->shape != ATTUNE_RUPTURE_DECLINE || r->status != ATTUNE_EPISODE_REPAIRED)
                continue;
            for (int32_t k = 0; k < length; k++)
                assert_near(5.5 - alliance[r->onset_session - 1 + k], r->depth * (k + 1) / length,
                            1e-6);
            found++;
        }
    }
    assert_true(found > 20);
}

static void half_of_a_partial_one_comes_back(void **state)
{
    (void)state;
    attune_world world = bare();
    int found = 0;
    world.partial = 1;
    world.repaired = 0;
    for (uint64_t client = 0; client < 100; client++) {
        attune_simulation out = make(&world, client);
        const attune_rupture *r = &ruptures[0];
        if (out.n_ruptures == 0 || r->status != ATTUNE_EPISODE_PARTIAL)
            continue;
        assert_near(5.5 - alliance[out.sessions - 1], r->depth / 2, 1e-6);
        found++;
    }
    assert_true(found > 20);
}

static void clients_leave_sooner_in_a_rupture(void **state)
{
    (void)state;
    attune_world world = named("default");
    int left = 0, left_in = 0;
    world.dropout_rupture = 0.5;
    for (uint64_t client = 0; client < 500; client++) {
        attune_simulation out = make(&world, client);
        left += out.dropped_out;
        left_in += out.dropped_out && in_rupture[out.sessions - 1];
        assert_true(!out.dropped_out || out.sessions >= world.first_onset);
        for (int32_t i = 0; i < out.n_ruptures; i++)
            assert_true(ruptures[i].last_session <= out.sessions);
    }
    assert_true(left > 100);
    assert_int_equal(left, left_in);
    world.dropout = 1;
    assert_int_equal(make(&world, 3).sessions, world.first_onset);
}

static void reports_follow_ruptures_that_are_deep_enough(void **state)
{
    (void)state;
    attune_world world = named("high-hazard");
    world.missing = 0;
    world.report_hit = 1;
    world.report_base = 0;
    for (int turn = 0; turn < 2; turn++)
        for (uint64_t client = 0; client < 100; client++) {
            world.report_depth = turn == 0 ? 0.0 : 100;
            attune_simulation out = make(&world, client);
            for (int32_t t = 0; t < out.sessions; t++)
                assert_int_equal(report[t] >= 1, turn == 0 && in_rupture[t]);
        }
}

/* Every part of the model at its edge gives finite scores on the scale. */
static void extreme_worlds_stay_on_the_scale(void **state)
{
    (void)state;
    attune_world world = named("default");
    world.hazard = 1;
    world.depth_median = world.within_sd = world.within_cv = 1e6;
    world.depth_sdlog = 10;
    world.refractory = 1000000;
    world.longer = 1 - 1e-9;
    world.repaired = 1;
    attune_simulation out = make(&world, 1);
    assert_int_equal(out.n_ruptures, 1);
    for (int32_t t = 0; t < out.sessions; t++) {
        assert_true(isnan(alliance[t]) || (alliance[t] >= 1 && alliance[t] <= 7));
        assert_true(isnan(therapist[t]) || (therapist[t] >= 1 && therapist[t] <= 7));
        assert_true(isnan(distress[t]) || (distress[t] >= 0 && distress[t] <= 40));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worlds_are_found_by_name),
        cmocka_unit_test(a_named_world_changes_what_it_says),
        cmocka_unit_test(columns_are_described),
        cmocka_unit_test(every_parameter_is_checked_against_its_range),
        cmocka_unit_test(ranges_that_belong_together_are_checked),
        cmocka_unit_test(arguments_are_checked_in_their_order),
        cmocka_unit_test(a_client_is_the_same_whatever_is_asked_for_with_it),
        cmocka_unit_test(ruptures_do_not_move_what_the_course_would_have_been),
        cmocka_unit_test(scores_lie_on_the_scale_and_its_steps),
        cmocka_unit_test(scores_without_steps_are_not_rounded),
        cmocka_unit_test(truth_is_what_the_scores_show),
        cmocka_unit_test(a_gradual_one_falls_in_equal_parts),
        cmocka_unit_test(half_of_a_partial_one_comes_back),
        cmocka_unit_test(clients_leave_sooner_in_a_rupture),
        cmocka_unit_test(reports_follow_ruptures_that_are_deep_enough),
        cmocka_unit_test(extreme_worlds_stay_on_the_scale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
