/* Therapists and services: published figures, limits, guards, suppression. */
/* SPDX-License-Identifier: MIT */
#include <attune/therapist.h>

#include "tests/unit/near.h"

#include <stdlib.h>

/* Davies & Goldsmith 1972, Statistical Methods in Research and Production, table 6.3: dyestuff. */
static const double dyestuff[] = {
    1545, 1440, 1440, 1520, 1580, 1540, 1555, 1490, 1560, 1495, 1595, 1550, 1605, 1510, 1560,
    1445, 1440, 1595, 1465, 1545, 1595, 1630, 1515, 1635, 1625, 1520, 1455, 1450, 1480, 1445,
};
static const uint64_t fives[] = { 0, 5, 10, 15, 20, 25, 30 };
static char room[4096];

static attune_status fit(const uint64_t *starts, size_t groups, const double *y, size_t n,
                         attune_service *s, attune_therapist *t, const char *key)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = attune_service_fit(starts, groups, y, n, 1.96, room + 3,
                                              attune_service_work(groups), s, t, &err);
    assert_string_equal(err.key, key);
    return status;
}

/* REML figures of lme4 1.1-31; effects to their five published decimals. */
static void six_batches_come_out_as_published(void **state)
{
    (void)state;
    const double effects[] = { -17.60685, 0.39126, 28.56223, -23.08454, 56.73319, -44.99529 };
    const double means[] = { 1505, 1528, 1564, 1498, 1600, 1470 };
    attune_service s = { .struct_size = sizeof s };
    attune_therapist t[6] = { { .struct_size = sizeof t[0] } };
    double chance = 1.96 * sqrt(2451.25 / 5), usual = 1.96 * sqrt(1764.05 + 2451.25 / 5);
    assert_int_equal(fit(fives, 6, dyestuff, 30, &s, t, ""), ATTUNE_OK);
    assert_near(s.mean, 1527.5, 1e-12);
    assert_near(s.between_var, 1764.05, 1e-9);
    assert_near(s.within_var, 2451.25, 1e-9);
    assert_near(s.icc, 0.41848742, 1e-8);
    assert_near(s.mean_se, sqrt((1764.05 + 2451.25 / 5) / 6), 1e-9);
    /* mean square between over that within, less the mean's degree of freedom */
    assert_near(s.overdispersion, (5 * 1764.05 + 2451.25) / 2451.25 * 5 / 6, 1e-9);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(t[i].n, 5);
        assert_int_equal(t[i].few, 1);
        assert_int_equal(t[i].outside, 0);
        assert_near(t[i].mean, means[i], 1e-12);
        assert_true(fabs(t[i].effect - effects[i]) <= 5e-6);
        assert_near(t[i].effect, 0.78252673 * (means[i] - 1527.5), 1e-6);
        assert_near(t[i].effect_se, sqrt(1764.05 * (1 - 0.78252673)), 1e-6);
        assert_near(t[i].low, 1527.5 - chance, 1e-9);
        assert_near(t[i].high, 1527.5 + chance, 1e-9);
        assert_near(t[i].wide_low, 1527.5 - usual, 1e-7);
        assert_near(t[i].wide_high, 1527.5 + usual, 1e-7);
    }
    assert_int_equal(fit(fives, 6, dyestuff, 30, &s, NULL, ""), ATTUNE_OK);
}

enum { MANY = 12, EACH = 20 };

static void one_far_off_is_outside_and_only_with_enough_clients(void **state)
{
    (void)state;
    static double y[MANY * EACH];
    uint64_t starts[MANY + 1] = { 0 };
    attune_service s = { .struct_size = sizeof s };
    attune_therapist t[MANY] = { { .struct_size = sizeof t[0] } };
    for (size_t i = 0; i < (size_t)MANY * EACH; i++) {
        y[i] = (double)(i * 7 % 10) + (i / EACH == 3 ? 9 : 0);
        starts[i / EACH + 1] = i + 1;
    }
    assert_int_equal(fit(starts, MANY, y, (size_t)MANY * EACH, &s, t, ""), ATTUNE_OK);
    for (size_t g = 0; g < MANY; g++)
        assert_int_equal(t[g].outside, g == 3);
    for (size_t i = 3 * EACH; i < 3 * EACH + 6; i++)
        y[i] = NAN;
    assert_int_equal(fit(starts, MANY, y, (size_t)MANY * EACH, &s, t, ""), ATTUNE_OK);
    assert_int_equal(t[3].n, 14);
    assert_int_equal(t[3].few, 1);
    assert_int_equal(t[3].outside, 0);
    assert_int_equal(s.n_clients, MANY * EACH - 6);
}

static void cases_1_to_6_are_answered_as_the_header_says(void **state)
{
    (void)state;
    const uint64_t one[] = { 0, 4 }, ones[] = { 0, 1, 2, 3 }, twos[] = { 0, 2, 4, 4, 6 };
    const double y[] = { 1, 3, 2, 5, 4, 8 }, same[] = { 1, 1, 2, 2, 3, 3 };
    const double alike[] = { 1, 5, 2, 4, 3, 3 }, huge[] = { 1e300, 3e300, 2e300, 5e300, 0, 1e300 };
    attune_service s = { .struct_size = sizeof s };
    attune_therapist t[4] = { { .struct_size = sizeof t[0] } };
    assert_int_equal(fit(one, 1, y, 6, &s, t, "therapists"), ATTUNE_E_TOO_FEW);
    assert_int_equal(fit(ones, 3, y, 6, &s, t, "clients"), ATTUNE_E_TOO_FEW);
    assert_int_equal(fit(twos, 4, same, 6, &s, t, "outcomes"), ATTUNE_E_NUMERIC);
    assert_int_equal(fit(twos, 4, huge, 6, &s, t, "outcomes"), ATTUNE_E_NUMERIC);
    assert_int_equal(s.n_clients, 0);
    assert_int_equal(fit(twos, 4, alike, 6, &s, t, ""), ATTUNE_OK);
    assert_int_equal(s.singular, 1);
    assert_near(s.icc, 0, 1e-9);
    assert_near(t[0].effect, 0, 1e-9);
    assert_int_equal(t[2].n, 0);
    assert_true(isnan(t[2].mean) && isnan(t[2].low) && isnan(t[2].wide_high));
    assert_near(t[2].effect, 0, 0);
    assert_int_equal(s.n_therapists, 3);
}

static void calls_are_refused_in_the_order_of_the_header(void **state)
{
    (void)state;
    attune_service s = { .struct_size = sizeof s }, small_s = { .struct_size = 4 };
    attune_therapist t[6] = { { .struct_size = sizeof t[0] } }, small_t = { .struct_size = 4 };
    const uint64_t back[] = { 0, 3, 2 }, beyond[] = { 0, 3, 31 };
    const double infinite[] = { 1, INFINITY, 3, 4 };
    const uint64_t twos[] = { 0, 2, 4 };
    attune_error err = ATTUNE_ERROR_INIT;
    size_t size = attune_service_work(6);
#define CALL(starts, n, y, ny, z, work, size, s, t)                                                \
    attune_service_fit(starts, n, y, ny, z, work, size, s, t, &err)
    assert_int_equal(CALL(NULL, 6, dyestuff, 30, 2, room, size, &s, t), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(fives, 6, NULL, 30, 2, room, size, &s, t), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(fives, 6, dyestuff, 30, 2, NULL, size, &s, t), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(fives, 6, dyestuff, 30, 2, room, size, NULL, t), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(fives, 6, dyestuff, 30, 2, room, size, &small_s, t),
                     ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(CALL(fives, 6, dyestuff, 30, 2, room, size, &s, &small_t),
                     ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(CALL(back, 2, dyestuff, 30, 2, room, size, &s, t), ATTUNE_E_COUNT);
    assert_int_equal(CALL(beyond, 2, dyestuff, 30, 2, room, size, &s, t), ATTUNE_E_COUNT);
    assert_int_equal(err.index, 2);
    assert_int_equal(CALL(fives, 6, dyestuff, 30, 2, room, size - 1, &s, t), ATTUNE_E_COUNT);
    assert_int_equal(attune_service_work(SIZE_MAX), 0);
    assert_int_equal(CALL(fives, SIZE_MAX, dyestuff, 30, 2, room, size, &s, t), ATTUNE_E_COUNT);
    assert_int_equal(CALL(fives, 6, dyestuff, 30, 0, room, size, &s, t), ATTUNE_E_OPTION);
    assert_int_equal(CALL(fives, 6, dyestuff, 30, 11, room, size, &s, t), ATTUNE_E_OPTION);
    assert_int_equal(CALL(twos, 2, infinite, 4, 2, room, size, &s, t), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 1);
    assert_int_equal(s.n_clients, 0);
}

/* Wilson's interval of 81 of 263, as printed in Newcombe 1998, Stat Med 17:857-872, table I. */
static void rates_have_wilson_intervals(void **state)
{
    (void)state;
    attune_rate r = { .struct_size = sizeof r }, small = { .struct_size = 4 };
    attune_error err = ATTUNE_ERROR_INIT;
    assert_int_equal(attune_rate_of(81, 263, 1.959963984540054, &r, &err), ATTUNE_OK);
    assert_true(fabs(r.low - 0.2553) < 5e-5 && fabs(r.high - 0.3662) < 5e-5);
    assert_near(r.rate, 81.0 / 263, 1e-15);
    assert_int_equal(attune_rate_of(15, 148, 1.959963984540054, &r, &err), ATTUNE_OK);
    assert_true(fabs(r.low - 0.0624) < 5e-5 && fabs(r.high - 0.1605) < 5e-5);
    assert_int_equal(attune_rate_of(0, 20, 1.959963984540054, &r, &err), ATTUNE_OK);
    assert_true(fabs(r.low) < 1e-15 && fabs(r.high - 0.1611) < 5e-5);
    assert_int_equal(attune_rate_of(5, 9, 1.96, &r, &err), ATTUNE_OK);
    assert_int_equal(r.hidden, 1);
    assert_int_equal(r.count, 0);
    assert_true(isnan(r.rate) && isnan(r.low) && isnan(r.high));
    assert_int_equal(attune_rate_of(5, 9, 1.96, NULL, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_rate_of(5, 9, 1.96, &small, &err), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_rate_of(10, 9, 1.96, &r, &err), ATTUNE_E_COUNT);
    assert_int_equal(attune_rate_of(10, UINT64_MAX, 1.96, &r, &err), ATTUNE_E_COUNT);
    assert_int_equal(attune_rate_of(5, 9, NAN, &r, &err), ATTUNE_E_OPTION);
}

static void fields_describe_a_therapist(void **state)
{
    (void)state;
    size_t n = 0;
    const attune_field *fields = attune_therapist_fields(&n);
    assert_true(n == 10 && fields == attune_therapist_fields(NULL));
    assert_string_equal(fields[0].name, "n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_batches_come_out_as_published),
        cmocka_unit_test(one_far_off_is_outside_and_only_with_enough_clients),
        cmocka_unit_test(cases_1_to_6_are_answered_as_the_header_says),
        cmocka_unit_test(calls_are_refused_in_the_order_of_the_header),
        cmocka_unit_test(rates_have_wilson_intervals),
        cmocka_unit_test(fields_describe_a_therapist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
