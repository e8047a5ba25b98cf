/* What else is known of simulated sessions: alliance before them, and what an observer sees. */
/* SPDX-License-Identifier: MIT */
#include "tests/simulate/world.h"

#define CLIENTS 4000

typedef struct mean {
    double sum, n;
} mean;

static void take(mean *m, double value)
{
    if (isnan(value))
        return;
    m->sum += value;
    m->n++;
}

static double of(const mean *m)
{
    return m->sum / m->n;
}

/* ---- Observer ---- */

typedef struct seen {
    mean withdrawal, elsewhere, ordinary, onset, with, without;
} seen;

static void watch_client(const client *c, seen *s)
{
    for (int32_t t = 0; t < c->sim.sessions; t++) {
        int begins = c->in[t] && (t == 0 || !c->in[t - 1]);
        take(begins ? &s->onset : &s->ordinary, c->confrontation[t]);
        take(c->in[t] ? &s->withdrawal : &s->elsewhere, c->withdrawal[t]);
        take(c->withdrawal[t] ? &s->with : &s->without, c->y[t] - c->sim.level);
    }
}

static void an_observer_sees_withdrawal_everywhere_and_confrontation_at_drops(void **state)
{
    (void)state;
    attune_world world = world_named("default");
    void *work = malloc(attune_simulate_work(&world));
    seen s = { 0 };
    client c;
    for (uint64_t i = 0; i < CLIENTS; i++) {
        make_client(&world, i, work, &c);
        watch_client(&c, &s);
    }
    free(work);
    assert_near(of(&s.withdrawal), .6, .02); /* in ruptures and out of them */
    assert_near(of(&s.elsewhere), .6, .01);
    assert_near(of(&s.with) - of(&s.without), 0, .02); /* and the scores do not tell */
    assert_near(of(&s.onset), .42, .04);
    assert_near(of(&s.ordinary), .12, .01);
}

/* ---- Before the session ---- */

static void alliance_falls_between_sessions_and_rises_within_them(void **state)
{
    (void)state;
    attune_world world = world_named("steady");
    void *work = malloc(attune_simulate_work(&world));
    mean fall = { 0 }, rise = { 0 };
    client c;
    world.high = 12; /* no ceiling: it would take some of both */
    for (uint64_t i = 0; i < CLIENTS; i++) {
        make_client(&world, i, work, &c);
        assert_true(isnan(c.before[0]));
        for (int32_t t = 1; t < c.sim.sessions; t++) {
            take(&fall, c.before[t] - c.y[t - 1]);
            take(&rise, c.y[t] - c.before[t]);
        }
    }
    free(work);
    assert_near(of(&fall), -world.before_fall, .01);
    assert_near(of(&rise), world.before_fall + world.slope_mean, .01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_observer_sees_withdrawal_everywhere_and_confrontation_at_drops),
        cmocka_unit_test(alliance_falls_between_sessions_and_rises_within_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
