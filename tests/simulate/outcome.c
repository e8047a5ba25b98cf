/* What becomes of simulated distress: sudden gains and losses, and what lies between therapists. */
/* SPDX-License-Identifier: MIT */
#include "tests/simulate/world.h"

#include <attune/sudden.h>
#include <attune/therapist.h>

#define CLIENTS 8000

/* ---- Sudden gains, as attune's own criteria find them ---- */

typedef struct shares {
    double gain, either; /* of clients with one or more */
} shares;

static void count_shifts(const client *c, shares *s)
{
    attune_sudden_options options = ATTUNE_SUDDEN_OPTIONS_INIT;
    attune_sudden found[2 * SESSIONS] = { { .struct_size = sizeof *found } };
    size_t n;
    int gain = 0;
    options.cutoff = 7; /* the reliable change of demo-distress */
    assert_int_equal(attune_sudden_fit(&options, NULL, c->distress, (size_t)c->sim.sessions, found,
                                       2 * SESSIONS, &n, NULL, 0, NULL, NULL),
                     ATTUNE_OK);
    for (size_t i = 0; i < n; i++)
        gain |= found[i].kind == ATTUNE_SUDDEN_GAIN;
    s->gain += gain / (double)CLIENTS;
    s->either += (n > 0) / (double)CLIENTS;
}

static shares shifted(const attune_world *world)
{
    shares s = { 0 };
    client c;
    void *work = malloc(attune_simulate_work(world));
    for (uint64_t i = 0; i < CLIENTS; i++) {
        make_client(world, i, work, &c);
        count_shifts(&c, &s);
    }
    free(work);
    print_message("sudden gains %.3f, gains or losses %.3f\n", s.gain, s.either);
    return s;
}

/* Published: a shift in .289 of patients (Lutz et al. 2013); gains alone in .11 to .40. */
static void as_many_clients_shift_suddenly_as_published(void **state)
{
    (void)state;
    attune_world world = world_named("default");
    shares s = shifted(&world);
    assert_near(s.either, .289, .03);
    assert_true(s.gain > .11 && s.gain < .40);
    world.gain = world.loss = 0;
    assert_true(shifted(&world).either < s.either - .05); /* a fifth pass by chance */
}

/* ---- What lies between therapists ---- */

#define THERAPISTS 400

static double share_between(const attune_world *world)
{
    attune_service service = { .struct_size = sizeof service };
    size_t n = (size_t)world->caseload * THERAPISTS, size = attune_service_work(THERAPISTS);
    uint64_t starts[THERAPISTS + 1] = { 0 };
    double *change = malloc(n * sizeof *change);
    void *work = malloc(attune_simulate_work(world)), *fit = malloc(size);
    client c;
    for (uint64_t i = 0; i < n; i++) {
        make_client(world, i, work, &c);
        int32_t first = 0, last = c.sim.sessions - 1;
        while (first < last && isnan(c.distress[first]))
            first++;
        while (first < last && isnan(c.distress[last]))
            last--;
        change[i] = first < last ? c.distress[last] - c.distress[first] : (double)NAN;
        starts[c.sim.therapist_number + 1] = i + 1;
    }
    assert_int_equal(
        attune_service_fit(starts, THERAPISTS, change, n, 1.96, fit, size, &service, NULL, NULL),
        ATTUNE_OK);
    free(change);
    free(work);
    free(fit);
    print_message("%.4f of the change of distress lies between therapists\n", service.icc);
    return service.icc;
}

/* Published: about .05 of outcome, .01 to .08. The error of 400 caseloads is about .006. */
static void so_much_of_the_outcome_lies_between_therapists(void **state)
{
    (void)state;
    attune_world world = world_named("default");
    assert_near(share_between(&world), .05, .012);
    world.caseload_sd = 0;
    assert_near(share_between(&world), 0, .012);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_clients_shift_suddenly_as_published),
        cmocka_unit_test(so_much_of_the_outcome_lies_between_therapists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
