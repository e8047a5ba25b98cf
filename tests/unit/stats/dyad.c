/* One dyad and several: bias, congruence and truth force, and every case where one is not had. */
/* SPDX-License-Identifier: MIT */
#include <attune/dyad.h>

#include "tests/unit/near.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static double room[1 << 12];

static attune_dyad fit(const double *client, const double *therapist, size_t n)
{
    attune_dyad d = { .struct_size = sizeof d };
    assert_int_equal(attune_dyad_fit(client, therapist, n, &d, NULL), ATTUNE_OK);
    assert_int_equal(d.model, ATTUNE_DYAD_OWN);
    assert_int_equal(d.dyads, 1);
    assert_true(isnan(d.bias_sd) && isnan(d.force_sd) && isnan(d.bias_force_r));
    return d;
}

static attune_status refused(const double *client, const double *therapist, size_t n,
                             const char *key, uint64_t index)
{
    attune_dyad d = { .struct_size = sizeof d, .n = -7 };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = attune_dyad_fit(client, therapist, n, &d, &err);
    assert_string_equal(err.key, key);
    assert_int_equal(err.index, index);
    assert_int_equal(d.n, -7);
    return status;
}

/* Means 5 and 4.5; products about them 8 and 4; by hand. */
static void a_dyad_by_hand(void **state)
{
    const double client[] = { 3, 5, NAN, 7, 5, 5 }, therapist[] = { 3.5, 4.5, 1, 5.5, 4.5, NAN };
    attune_dyad d = fit(client, therapist, 6);
    (void)state;
    assert_int_equal(d.n, 4);
    assert_near(d.client_mean, 5, 1e-15);
    assert_near(d.therapist_mean, 4.5, 1e-15);
    assert_near(d.bias, -0.5, 1e-15);
    assert_near(d.bias_se, sqrt(2.0 / 3 / 4), 1e-15); /* squares .5^2 * 2 + ... = 2 */
    assert_near(d.bias_low, -0.5 - 3.182446305284263 * d.bias_se, 1e-12); /* t(.975; 3) */
    assert_near(d.force, 0.5, 1e-15);
    assert_near(d.congruence, 1, 1e-15);
}

static void the_fewest_pairs_that_each_figure_takes(void **state)
{
    const double client[] = { 4, 6, 5, 7 }, therapist[] = { 4.5, 5, 5.5, 5 };
    const double none[] = { NAN, NAN, 1, NAN }, other[] = { 1, 2, NAN, NAN };
    attune_dyad d;
    (void)state;
    assert_int_equal(refused(NULL, NULL, 0, "pairs", 0), ATTUNE_E_TOO_FEW);  /* 1 */
    assert_int_equal(refused(none, other, 4, "pairs", 0), ATTUNE_E_TOO_FEW); /* 1 */
    d = fit(client, therapist, 1);                                           /* 2 */
    assert_near(d.bias, 0.5, 0);
    assert_true(isnan(d.bias_se) && isnan(d.bias_low) && isnan(d.bias_high));
    d = fit(client, therapist, 2); /* 3 */
    assert_near(d.bias_se, 0.75, 1e-15);
    assert_near(d.bias_high, -0.25 + 12.706204736174698 * 0.75, 1e-11); /* t(.975; 1) */
    assert_true(isnan(d.congruence) && isnan(d.force) && isnan(d.residual_sd));
    d = fit(client, therapist, 3); /* 4 */
    assert_near(d.congruence, 0.5, 1e-15);
    assert_near(d.force, 0.25, 1e-15);
    assert_near(d.force_se, sqrt(0.375 / 2), 1e-15);
    assert_near(d.residual_sd, sqrt(0.375), 1e-15);
    assert_true(isfinite(d.force_low) && isfinite(d.force_high));
    assert_true(isnan(d.congruence_low) && isnan(d.congruence_high));
    d = fit(client, therapist, 4);
    assert_near(d.congruence_high, tanh(atanh(d.congruence) + 1.959963984540054), 1e-15);
}

static void equal_ratings_leave_what_needs_a_spread_open(void **state)
{
    const double same[] = { .1, .1, .1, .1, .1 }, free_[] = { 1, 4, 2, 8, 5 };
    const double above[] = { 1.5, 4.5, 2.5, 8.5, 5.5 };
    attune_dyad d = fit(same, free_, 5); /* 5 */
    (void)state;
    assert_true(isnan(d.congruence) && isnan(d.force) && isnan(d.force_se));
    assert_true(isfinite(d.bias_se));
    d = fit(free_, same, 5); /* 6 */
    assert_true(isnan(d.congruence));
    assert_near(d.force, 0, 0);
    assert_near(d.force_se, 0, 0);
    d = fit(free_, above, 5); /* 7 and 8 */
    assert_near(d.bias, 0.5, 0);
    assert_near(d.bias_se, 0, 0);
    assert_near(d.bias_low, 0.5, 0);
    assert_near(d.congruence, 1, 0);
    assert_true(isnan(d.congruence_low) && isnan(d.congruence_high));
    assert_near(d.force, 1, 1e-15);
    assert_true(d.force_se < 1e-15);
    d = fit(same, same, 5);
    assert_true(isnan(d.congruence) && isnan(d.force));
}

static void bad_ratings_are_refused_and_nothing_is_written(void **state)
{
    const double good[] = { 1, 2, 3 }, bad[] = { 1, -INFINITY, 3 }, huge[] = { 1, 2, 1e61 };
    attune_dyad d = { .struct_size = 8 };
    (void)state;
    assert_int_equal(attune_dyad_fit(good, good, 3, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_dyad_fit(good, good, 3, &d, NULL), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(refused(NULL, good, 3, "", 0), ATTUNE_E_ARGUMENT);
    assert_int_equal(refused(good, NULL, 3, "", 0), ATTUNE_E_ARGUMENT);
    assert_int_equal(refused(good, good, (size_t)INT32_MAX + 1, "n", 0), ATTUNE_E_COUNT);
    assert_int_equal(refused(bad, good, 3, "client", 1), ATTUNE_E_VALUE);
    assert_int_equal(refused(good, bad, 3, "therapist", 1), ATTUNE_E_VALUE);
    assert_int_equal(refused(huge, good, 3, "ratings", 0), ATTUNE_E_NUMERIC);
    assert_int_equal(refused(good, huge, 3, "ratings", 0), ATTUNE_E_NUMERIC);
}

static attune_status pool(const uint64_t *starts, size_t dyads, const double *client,
                          const double *therapist, size_t n, attune_dyad *d, const char *key)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = attune_dyads_fit(starts, dyads, client, therapist, n, (char *)room + 5,
                                            sizeof room - 5, d, &err);
    assert_string_equal(err.key, key);
    return status;
}

/* Three dyads on lines of slope 1. */
static void few_dyads_are_left_to_least_squares(void **state)
{
    const uint64_t starts[] = { 0, 3, 3, 6, 9 };
    const double client[] = { 4, 5, 6, 3, 5, 4, 6, 5, 7, 9 };
    const double therapist[] = { 3, 4, 5, 3, 5, 4, 4, 3, 5, 9 };
    attune_dyad d = { .struct_size = sizeof d };
    (void)state;
    assert_int_equal(pool(starts, 4, client, therapist, 10, &d, ""), ATTUNE_OK);
    assert_int_equal(d.model, ATTUNE_DYAD_ROBUST);
    assert_int_equal(d.dyads, 3);
    assert_int_equal(d.n, 9);
    assert_near(d.client_mean, 5, 1e-15);
    assert_near(d.therapist_mean, 4, 1e-15);
    assert_near(d.bias, -1, 1e-15);
    /* deviations 0, 1, -1 of each three rows: 3/2 * 8/7 * (0 + 9 + 9) / 81 */
    assert_near(d.bias_se, sqrt(1.5 * 8 / 7 * 18 / 81), 1e-15);
    assert_near(d.bias_low, -1 - 4.302652729749464 * d.bias_se, 1e-12); /* t(.975; 2) */
    assert_near(d.force, 1, 1e-15);
    assert_near(d.force_se, 0, 1e-15);
    assert_near(d.congruence, 1, 0);
    assert_true(isnan(d.congruence_low) && isnan(d.congruence_high));
    assert_true(isnan(d.bias_sd) && isnan(d.residual_sd) && isnan(d.bias_force_r));
}

/* As many as the model takes, but lines that fit exactly have no likelihood. */
static void perfect_lines_are_left_to_least_squares(void **state)
{
    enum { DYADS = ATTUNE_DYADS_MIXED, ROWS = 3 * DYADS };
    uint64_t starts[DYADS + 1] = { 0 };
    double client[ROWS], therapist[ROWS];
    attune_dyad d = { .struct_size = sizeof d };
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        starts[i / 3 + 1] = 3 * (i / 3 + 1);
        client[i] = 4 + (double)(i % 3);
        therapist[i] = client[i] - 1;
    }
    assert_int_equal(pool(starts, DYADS, client, therapist, ROWS, &d, ""), ATTUNE_OK);
    assert_int_equal(d.model, ATTUNE_DYAD_ROBUST);
    assert_near(d.bias, -1, 1e-15);
    assert_near(d.bias_se, 0, 1e-15);
    assert_near(d.force, 1, 1e-15);
}

static void several_dyads_without_spread(void **state)
{
    const uint64_t starts[] = { 0, 2, 4, 5 }, singles[] = { 0, 2, 3, 4 };
    const double flat[] = { 4, 4, 5, 5, 6 }, moves[] = { 4, 5, 5, 7, 6 };
    attune_dyad d = { .struct_size = sizeof d };
    (void)state;
    assert_int_equal(pool(starts, 3, flat, moves, 5, &d, ""), ATTUNE_OK); /* 3 */
    assert_int_equal(d.model, ATTUNE_DYAD_ROBUST);
    assert_near(d.bias, 0.6, 1e-15);
    /* parts -.2, .8, -.6: 3/2 * 4/4 * 1.04 / 25 */
    assert_near(d.bias_se, sqrt(1.5 * 1.04 / 25), 1e-15);
    assert_true(isnan(d.force) && isnan(d.force_se) && isnan(d.force_low) && isnan(d.congruence));
    assert_int_equal(pool(starts, 3, moves, flat, 5, &d, ""), ATTUNE_OK); /* 4 */
    assert_near(d.force, 0, 1e-15);
    assert_true(isnan(d.congruence));
    assert_int_equal(pool(singles, 3, moves, moves, 4, &d, ""), ATTUNE_OK); /* 5 */
    assert_near(d.congruence, 1, 1e-15);
    assert_true(isnan(d.congruence_low));
    assert_int_equal(pool(singles, 3, moves, flat, 4, &d, ""), ATTUNE_OK);
    assert_true(isnan(d.congruence));
}

static void one_dyad_of_two_pairs_has_a_congruence_without_limits(void **state)
{
    const uint64_t starts[] = { 0, 3, 4 };
    const double client[] = { 4, 5, 7, 5 }, therapist[] = { 4, 6, 5, 4 };
    attune_dyad d = { .struct_size = sizeof d };
    (void)state;
    assert_int_equal(pool(starts, 2, client, therapist, 4, &d, ""), ATTUNE_OK);
    assert_true(fabs(d.congruence) < 1);
    assert_true(isnan(d.congruence_low) && isnan(d.congruence_high));
}

/* Twenty dyads that differ in bias alone: what is between them in force is 0. */
static void a_variance_of_0_leaves_its_correlation_open(void **state)
{
    enum { DYADS = 20, EACH = 4, ROWS = DYADS * EACH };
    const double swing[EACH] = { -1, 1, -1, 1 }, off[EACH] = { .5, .5, -.5, -.5 };
    uint64_t starts[DYADS + 1] = { 0 };
    double client[ROWS], therapist[ROWS];
    attune_dyad d = { .struct_size = sizeof d };
    (void)state;
    for (size_t g = 0; g < DYADS; g++) {
        starts[g + 1] = (g + 1) * EACH;
        for (size_t i = 0; i < EACH; i++) {
            client[g * EACH + i] = 5 + swing[i];
            therapist[g * EACH + i] = 5 + (double)(g % 5) + swing[i] / 2 + off[i];
        }
    }
    assert_int_equal(pool(starts, DYADS, client, therapist, ROWS, &d, ""), ATTUNE_OK);
    assert_int_equal(d.model, ATTUNE_DYAD_MIXED);
    assert_near(d.bias, 2, 1e-12);
    assert_near(d.force, 0.5, 1e-12);
    assert_near(d.force_sd, 0, 1e-12);
    assert_true(d.bias_sd > 1);
    assert_true(isnan(d.bias_force_r));
    for (size_t i = 0; i < ROWS; i++)
        therapist[i] -= (double)(i / EACH % 5);
    assert_int_equal(pool(starts, DYADS, client, therapist, ROWS, &d, ""), ATTUNE_OK);
    assert_near(d.bias_sd, 0, 1e-12);
    assert_true(isnan(d.bias_force_r));
}

static void bad_calls_over_several_are_refused(void **state)
{
    const uint64_t starts[] = { 0, 2, 3 }, falls[] = { 0, 2, 1 }, beyond[] = { 0, 2, 4 };
    const double y[] = { 1, 2, 3 }, bad[] = { 1, 2, INFINITY }, huge[] = { 1, -1e61, 2 };
    const double half[] = { NAN, NAN, 3 };
    attune_dyad d = { .struct_size = sizeof d, .n = -7 }, old = { .struct_size = 8 };
    (void)state;
    assert_int_equal(pool(NULL, 2, y, y, 3, &d, ""), ATTUNE_E_ARGUMENT);
    assert_int_equal(pool(starts, 2, NULL, y, 3, &d, ""), ATTUNE_E_ARGUMENT);
    assert_int_equal(pool(starts, 2, y, NULL, 3, &d, ""), ATTUNE_E_ARGUMENT);
    assert_int_equal(pool(starts, 2, y, y, 3, NULL, ""), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_dyads_fit(starts, 2, y, y, 3, NULL, 0, &d, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(pool(starts, 2, y, y, 3, &old, "struct_size"), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(pool(starts, 2, y, y, (size_t)INT32_MAX + 1, &d, "n_rows"), ATTUNE_E_COUNT);
    assert_int_equal(pool(starts, (size_t)INT32_MAX + 1, y, y, 3, &d, "n_rows"), ATTUNE_E_COUNT);
    assert_int_equal(attune_dyads_fit(starts, 2, y, y, 3, room, 8, &d, NULL), ATTUNE_E_COUNT);
    assert_int_equal(pool(falls, 2, y, y, 3, &d, "starts"), ATTUNE_E_COUNT);
    assert_int_equal(pool(beyond, 2, y, y, 3, &d, "starts"), ATTUNE_E_COUNT);
    assert_int_equal(pool(starts, 2, bad, y, 3, &d, "client"), ATTUNE_E_VALUE);
    assert_int_equal(pool(starts, 2, y, bad, 3, &d, "therapist"), ATTUNE_E_VALUE);
    assert_int_equal(pool(starts, 2, huge, y, 3, &d, "ratings"), ATTUNE_E_NUMERIC);
    assert_int_equal(pool(starts, 2, y, huge, 3, &d, "ratings"), ATTUNE_E_NUMERIC);
    assert_int_equal(pool(starts, 2, half, y, 3, &d, "dyads"), ATTUNE_E_TOO_FEW);
    assert_int_equal(pool(starts, 0, NULL, NULL, 0, &d, "dyads"), ATTUNE_E_TOO_FEW);
    assert_int_equal(d.n, -7);
    assert_int_equal(attune_dyads_work(SIZE_MAX / 64, 3), 0);
    assert_int_equal(attune_dyads_work(3, SIZE_MAX / 8), 0);
}

static void the_columns_have_the_names_that_are_promised(void **state)
{
    static const char *const names[] = {
        "dyads",
        "n",
        "client_mean",
        "therapist_mean",
        "bias",
        "bias_se",
        "bias_low",
        "bias_high",
        "congruence",
        "congruence_low",
        "congruence_high",
        "truth_force",
        "truth_force_se",
        "truth_force_low",
        "truth_force_high",
        "bias_sd",
        "truth_force_sd",
        "bias_truth_force_r",
        "residual_sd",
        "model",
    };
    static const char *const terms[] = { "term", "value", "se", "t", "p", "low", "high" };
    size_t n = 0;
    const attune_field *fields = attune_dyad_fields(&n);
    (void)state;
    assert_int_equal(n, COUNT(names));
    for (size_t i = 0; i < n; i++)
        assert_string_equal(fields[i].name, names[i]);
    fields = attune_surface_fields(&n);
    assert_int_equal(n, COUNT(terms));
    for (size_t i = 0; i < n; i++)
        assert_string_equal(fields[i].name, terms[i]);
    assert_non_null(attune_dyad_fields(NULL));
    assert_non_null(attune_surface_fields(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dyad_by_hand),
        cmocka_unit_test(the_fewest_pairs_that_each_figure_takes),
        cmocka_unit_test(equal_ratings_leave_what_needs_a_spread_open),
        cmocka_unit_test(bad_ratings_are_refused_and_nothing_is_written),
        cmocka_unit_test(few_dyads_are_left_to_least_squares),
        cmocka_unit_test(perfect_lines_are_left_to_least_squares),
        cmocka_unit_test(several_dyads_without_spread),
        cmocka_unit_test(one_dyad_of_two_pairs_has_a_congruence_without_limits),
        cmocka_unit_test(a_variance_of_0_leaves_its_correlation_open),
        cmocka_unit_test(bad_calls_over_several_are_refused),
        cmocka_unit_test(the_columns_have_the_names_that_are_promised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
