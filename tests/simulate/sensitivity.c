/* Rules at known ruptures: the sensitivities that the model was built to reproduce. */
/* SPDX-License-Identifier: MIT */
#include "tests/simulate/world.h"

#include "lib/stats/num/select.h"

#define CLIENTS 8000
#define POOL (CLIENTS * 24)

static double outside[POOL], onsets[POOL];
static size_t n_outside, n_onsets;

/* Three statistics written anew here: what the table of figures calls them. */
typedef void statistic(const client *c, double *z);

static attune_watch *own_range;

static void cr1(const client *c, double *z)
{
    attune_trace traces[SESSIONS] = { { .struct_size = sizeof *traces } };
    attune_series series = { .struct_size = sizeof series,
                             .count = (uint64_t)c->sim.sessions,
                             .score = c->y };
    attune_mark marks[2 * SESSIONS] = { { .struct_size = sizeof *marks } };
    size_t n;
    assert_int_equal(
        attune_scan(own_range, &series, marks, 2 * SESSIONS, &n, traces, SESSIONS, NULL),
        ATTUNE_OK);
    for (int32_t t = 0; t < c->sim.sessions; t++)
        z[t] = traces[t].statistic;
}

static void kalman(const client *c, double *z)
{
    double level = 5.5, variance = 0.64, q = 0.1 * 0.1936, r = 0.6 * 0.1936;
    for (int32_t t = 0; t < c->sim.sessions; t++) {
        variance += t > 0 ? q : 0;
        z[t] = t < 2 ? NAN : (level - c->y[t]) / sqrt(variance + r);
        if (isnan(c->y[t]))
            continue;
        double gain = variance / (variance + r);
        level += gain * (c->y[t] - level);
        variance *= 1 - gain;
    }
}

static void drop(const client *c, double *z)
{
    double last = NAN;
    for (int32_t t = 0; t < c->sim.sessions; t++) {
        z[t] = t < 2 ? NAN : (last - c->y[t]) / 0.44;
        last = isnan(c->y[t]) ? last : c->y[t];
    }
}

static void below_own_mean(const client *c, double *z)
{
    double mean = 0, squares = 0, n = 0;
    for (int32_t t = 0; t < c->sim.sessions; t++)
        if (!isnan(c->y[t])) {
            mean += c->y[t];
            n++;
        }
    mean /= n;
    for (int32_t t = 0; t < c->sim.sessions; t++)
        squares += isnan(c->y[t]) ? 0 : (c->y[t] - mean) * (c->y[t] - mean);
    for (int32_t t = 0; t < c->sim.sessions; t++)
        z[t] = t < 2 || !(squares > 0) ? NAN : (mean - c->y[t]) / sqrt(squares / (n - 1));
}

static void pool(const client *c, const double *z)
{
    for (int32_t t = 0; t < c->sim.sessions; t++)
        if (!c->in[t] && !isnan(z[t]))
            outside[n_outside++] = z[t];
    for (int32_t r = 0; r < c->sim.n_ruptures; r++) {
        int32_t t = c->ruptures[r].onset_session - 1;
        double best = isnan(z[t]) ? -INFINITY : z[t];
        if (t + 1 < c->sim.sessions && z[t + 1] > best)
            best = z[t + 1];
        onsets[n_onsets++] = best;
    }
}

static void measure(const char *name, statistic *of)
{
    attune_world world = world_named(name);
    void *work = malloc(attune_simulate_work(&world));
    client c;
    double z[SESSIONS];
    n_outside = n_onsets = 0;
    for (uint64_t i = 0; i < CLIENTS; i++) {
        make_course(&world, i, work, &c);
        of(&c, z);
        pool(&c, z);
    }
    free(work);
}

static double share_above(double threshold)
{
    size_t n = 0;
    for (size_t i = 0; i < n_onsets; i++)
        n += onsets[i] > threshold;
    return (double)n / (double)n_onsets;
}

static double sensitivity_at(double rate)
{
    size_t k = n_outside - 1 - (size_t)(rate * (double)n_outside);
    return share_above(atn_select(outside, n_outside, k));
}

static const char *const names[] = { "default", "shallow", "inertia" };
static const double rates[] = { 0.02, 0.05, 0.10 };

/*
 * The figures are of 1,500 cases, about 950 onsets: their standard error is .016 by the onsets and
 * .018 with that of the threshold; three of them.
 */
static void check(statistic *of, const double figures[3][3])
{
    for (int w = 0; w < 3; w++) {
        measure(names[w], of);
        for (int k = 0; k < 3; k++)
            assert_near(sensitivity_at(rates[k]), figures[w][k], 3 * 0.018);
    }
}

static void own_range_finds_as_many_onsets_at_each_rate(void **state)
{
    (void)state;
    static const double figures[3][3] = { { .43, .62, .76 }, { .27, .46, .64 }, { .49, .67, .78 } };
    check(cr1, figures);
}

static void a_kalman_filter_does(void **state)
{
    (void)state;
    static const double figures[3][3] = { { .46, .63, .78 }, { .29, .48, .65 }, { .54, .70, .80 } };
    check(kalman, figures);
}

static void the_drop_from_the_form_before_does(void **state)
{
    (void)state;
    static const double figures[3][3] = { { .36, .55, .65 }, { .21, .36, .50 }, { .43, .65, .75 } };
    check(drop, figures);
}

static void the_distance_from_the_own_mean_does(void **state)
{
    (void)state;
    static const double figures[3][3] = { { .32, .50, .66 }, { .23, .40, .56 }, { .36, .53, .68 } };
    check(below_own_mean, figures);
}

/* Marks of own_range at sessions outside ruptures at which it answers. */
static double false_rate(double k)
{
    size_t n = 0;
    for (size_t i = 0; i < n_outside; i++)
        n += outside[i] > k;
    return (double)n / (double)n_outside;
}

static attune_watch *watch_at(double k)
{
    attune_constants constants = { .struct_size = sizeof constants };
    attune_rule_choice choice;
    attune_watch *watch = NULL;
    attune_scale_constants(attune_scale_find("demo-alliance"), &constants);
    attune_rule_choose(attune_rule_find("own_range"), &choice);
    choice.params[0] = k;
    choice.params[1] = fmax(choice.params[1], k);
    choice.params[2] = fmax(choice.params[2], k);
    assert_int_equal(attune_watch_new(&watch, &constants, &choice, 1, NULL, NULL), ATTUNE_OK);
    return watch;
}

static void own_range_at_fixed_levels_errs_and_finds_as_calculated(void **state)
{
    (void)state;
    /* k, false-alarm rate without ruptures and its tolerance, sensitivity with them */
    static const double figures[][4] = { { 2.0, .059, .01, .671 }, { 2.5, .025, .006, .524 } };
    for (int i = 0; i < 2; i++) {
        attune_watch *usual = own_range;
        own_range = watch_at(figures[i][0]);
        measure("steady", cr1);
        assert_near(false_rate(figures[i][0]), figures[i][1], figures[i][2]);
        measure("default", cr1);
        assert_near(share_above(figures[i][0]), figures[i][3], 3 * 0.016);
        attune_watch_free(own_range);
        own_range = usual;
    }
}

static int begin(void **state)
{
    (void)state;
    own_range = watch_at(2.0);
    return 0;
}

static int end(void **state)
{
    (void)state;
    attune_watch_free(own_range);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_range_finds_as_many_onsets_at_each_rate),
        cmocka_unit_test(a_kalman_filter_does),
        cmocka_unit_test(the_drop_from_the_form_before_does),
        cmocka_unit_test(the_distance_from_the_own_mean_does),
        cmocka_unit_test(own_range_at_fixed_levels_errs_and_finds_as_calculated),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
