/* What the simulated population looks like: the acceptance figures of its model. */
/* SPDX-License-Identifier: MIT */
#include "tests/simulate/world.h"

#define CLIENTS 8000

/* Sums over a population; within-client products are about the client's own mean. */
typedef struct sums {
    double cases, sessions, in, ruptures, repaired, deep, reports, forms, top, missing;
    double r1, between, within, mean, squares, weights;
    double clients, forms_squared;
} sums;

static void add_scores(sums *s, const client *c)
{
    double mean = 0, squares = 0, products = 0, n = 0;
    for (int32_t i = 0; i < c->sim.sessions; i++)
        if (!isnan(c->y[i])) {
            mean += c->y[i];
            n++;
            s->top += c->y[i] >= 7;
        }
    if (n < 2)
        return;
    mean /= n;
    for (int32_t i = 0; i < c->sim.sessions; i++) {
        double off = c->y[i] - mean;
        squares += isnan(off) ? 0 : off * off;
        if (i > 0 && !isnan(off) && !isnan(c->y[i - 1]))
            products += off * (c->y[i - 1] - mean);
    }
    s->clients++;
    s->forms += n;
    s->forms_squared += n * n;
    s->r1 += squares > 0 ? products / squares : 0;
    s->within += squares;
    s->mean += n * mean;
    s->squares += n * mean * mean;
}

static sums population(const attune_world *world)
{
    sums s = { 0 };
    client c;
    void *work = malloc(attune_simulate_work(world));
    for (uint64_t i = 0; i < CLIENTS; i++) {
        make_client(world, i, work, &c);
        add_scores(&s, &c);
        s.cases += c.sim.n_ruptures > 0;
        s.ruptures += c.sim.n_ruptures;
        s.sessions += c.sim.sessions;
        for (int32_t r = 0; r < c.sim.n_ruptures; r++)
            s.repaired += c.ruptures[r].status == ATTUNE_EPISODE_REPAIRED;
        for (int32_t t = 0; t < c.sim.sessions; t++) {
            s.in += c.in[t];
            s.missing += isnan(c.y[t]);
            s.reports += c.report[t] >= 1;
        }
    }
    free(work);
    return s;
}

/* One-way intraclass correlation, clients of different numbers of forms. */
static double icc(const sums *s)
{
    double grand = s->mean / s->forms;
    double between = (s->squares - s->forms * grand * grand) / (s->clients - 1);
    double within = s->within / (s->forms - s->clients);
    double n0 = (s->forms - s->forms_squared / s->forms) / (s->clients - 1);
    return (between - within) / (between + (n0 - 1) * within);
}

static attune_world sixteen(const char *name)
{
    attune_world world = world_named(name);
    world.sessions_min = world.sessions_max = 16;
    world.missing = 0;
    return world;
}

static void clients_differ_as_much_as_the_sources_say(void **state)
{
    (void)state;
    attune_world world = sixteen("steady");
    sums s = population(&world);
    assert_near(icc(&s), 0.725, 0.03);
    assert_near(s.top / s.forms, 0.10, 0.02);
    world = sixteen("default");
    s = population(&world);
    assert_near(icc(&s), 0.68, 0.03);
    assert_near(s.r1 / s.clients, 0.22, 0.02);
}

static void cases_and_sessions_rupture_as_often_as_they_should(void **state)
{
    (void)state;
    attune_world world = world_named("default");
    sums s = population(&world);
    assert_near(s.cases / CLIENTS, 0.485, 0.03);
    assert_near(s.in / s.sessions, 0.166, 0.01);
    assert_near(s.repaired / s.ruptures, 0.52, 0.04);
    assert_near(s.missing / s.sessions, 0.05, 0.002);
    assert_near(s.sessions / CLIENTS, 16, 0.1);
    assert_true(s.reports / s.sessions / 0.95 > 0.19 && s.reports / s.sessions / 0.95 < 0.42);
}

static void case_prevalence_follows_hazard_and_length(void **state)
{
    (void)state;
    static const int lengths[] = { 8, 10, 16, 30 };
    static const double hazards[] = { 0.02, 0.03, 0.05, 0.08 };
    /* Of 1,500 simulated cases: standard errors of .013 or less, and rounded to .01. */
    static const double cases[4][4] = { { 0.13, 0.15, 0.25, 0.44 },
                                        { 0.17, 0.22, 0.33, 0.58 },
                                        { 0.27, 0.35, 0.49, 0.75 },
                                        { 0.39, 0.49, 0.69, 0.90 } };
    attune_world world = world_named("default");
    for (int h = 0; h < 4; h++)
        for (int n = 0; n < 4; n++) {
            sums s = { 0 };
            world.sessions_min = world.sessions_max = lengths[n];
            world.hazard = hazards[h];
            client c;
            void *work = malloc(attune_simulate_work(&world));
            for (uint64_t i = 0; i < CLIENTS; i++) {
                make_course(&world, i, work, &c);
                s.cases += c.sim.n_ruptures > 0;
            }
            free(work);
            assert_near(s.cases / CLIENTS, cases[h][n], 3 * 0.013 + 0.005);
        }
}

/* Correlation of two columns within clients, b taken lag sessions after a. */
static double within_correlation(const attune_world *world, size_t a, size_t b, int32_t lag)
{
    double sab = 0, saa = 0, sbb = 0;
    client c;
    void *work = malloc(attune_simulate_work(world));
    for (uint64_t i = 0; i < CLIENTS; i++) {
        make_client(world, i, work, &c);
        const double *x = (const double *)(const void *)((const char *)&c + a);
        const double *y = (const double *)(const void *)((const char *)&c + b);
        double mx = 0, my = 0, n = 0;
        for (int32_t t = lag; t < c.sim.sessions; t++)
            if (!isnan(x[t - lag]) && !isnan(y[t])) {
                mx += x[t - lag];
                my += y[t];
                n++;
            }
        for (int32_t t = lag; t < c.sim.sessions; t++)
            if (!isnan(x[t - lag]) && !isnan(y[t])) {
                double dx = x[t - lag] - mx / n, dy = y[t] - my / n;
                sab += dx * dy;
                saa += dx * dx;
                sbb += dy * dy;
            }
    }
    free(work);
    return sab / sqrt(saa * sbb);
}

/* Both readings of what others follow. */
static const char *const readings[] = { "default", "echo" };

static void therapists_and_clients_agree_over_time_as_far_as_published(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        attune_world world = world_named(readings[i]);
        double r = within_correlation(&world, offsetof(client, y), offsetof(client, therapist), 0);
        assert_near(r, 0.4, 0.1); /* published: .3 to .5 */
    }
}

/* About what distress does by itself: its trend, its shifts. */
static void alliance_moves_the_distress_of_the_next_session(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        attune_world world = world_named(readings[i]);
        world.distress_log_mean = world.distress_log_sd = 0;
        world.gain = world.loss = world.caseload_sd = 0;
        double b = within_correlation(&world, offsetof(client, y), offsetof(client, distress), 1);
        assert_near(b, -0.185, 0.025); /* published: -.16 to -.21 */
        world.distress_alliance = 0;
        assert_near(within_correlation(&world, offsetof(client, y), offsetof(client, distress), 1),
                    0, 0.02);
    }
}

static void therapists_rate_lower_than_clients(void **state)
{
    (void)state;
    attune_world world = world_named("steady");
    double off = 0, n = 0;
    client c;
    void *work = malloc(attune_simulate_work(&world));
    for (uint64_t i = 0; i < CLIENTS; i++) {
        make_client(&world, i, work, &c);
        for (int32_t t = 0; t < c.sim.sessions; t++)
            if (!isnan(c.y[t]) && !isnan(c.therapist[t])) {
                off += c.therapist[t] - c.y[t];
                n++;
            }
    }
    free(work);
    assert_near(off / n, -0.4 * sqrt(0.80 * 0.80 + 0.44 * 0.44), 0.05); /* the ceiling takes some */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clients_differ_as_much_as_the_sources_say),
        cmocka_unit_test(cases_and_sessions_rupture_as_often_as_they_should),
        cmocka_unit_test(case_prevalence_follows_hazard_and_length),
        cmocka_unit_test(therapists_and_clients_agree_over_time_as_far_as_published),
        cmocka_unit_test(alliance_moves_the_distress_of_the_next_session),
        cmocka_unit_test(therapists_rate_lower_than_clients),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
