/* Many changes in one call: the same bits as one by one, and what cannot be had is left out. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

static attune_constants of_points(double threshold)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_OTHER, NAN, NAN);
    c.change_threshold = threshold;
    return c;
}

static const double scores[] = { 20, 12, NAN, 9, 7, NAN, NAN, 5, 15 };
static const uint64_t starts[] = { 0, 4, 5, 6, 6, 9 };

static void each_series_comes_out_as_it_would_alone(void **state)
{
    attune_constants c = of_points(6);
    attune_change changes[5] = { { .struct_size = sizeof changes[0] } }, alone = changes[0];
    (void)state;
    assert_int_equal(attune_change_scan(&c, NULL, 1, NULL, starts, 5, scores, 9, changes, NULL),
                     ATTUNE_OK);
    assert_int_equal(attune_change_fit(&c, NULL, scores, 4, &alone, NULL), ATTUNE_OK);
    assert_memory_equal(&changes[0], &alone, sizeof alone);
    assert_int_equal(attune_change_fit(&c, NULL, scores + 6, 3, &alone, NULL), ATTUNE_OK);
    assert_memory_equal(&changes[4], &alone, sizeof alone);
    for (size_t g = 1; g < 4; g++) {
        assert_same(changes[g].first, g == 1 ? 7 : NAN);
        assert_same(changes[g].last, g == 1 ? 7 : NAN);
        assert_true(isnan(changes[g].change));
        assert_int_equal(changes[g].reliable, -1);
        assert_int_equal(changes[g].struct_size, sizeof changes[0]);
    }
}

static void each_kind_has_its_own_constants(void **state)
{
    const uint32_t kind[] = { 1, 0, 0, 0, 2 };
    attune_constants c[] = { of_points(6), of_points(60), of_points(6) };
    attune_change_options o[3] = { ATTUNE_CHANGE_OPTIONS_INIT, ATTUNE_CHANGE_OPTIONS_INIT,
                                   ATTUNE_CHANGE_OPTIONS_INIT };
    attune_change changes[5] = { { .struct_size = sizeof changes[0] } };
    (void)state;
    c[2].direction = 0; /* nobody says which way is good */
    c[2].cutoff = 10;
    o[1].cutoff_type = ATTUNE_CUTOFF_A; /* of norms that nobody knows */
    assert_int_equal(attune_change_scan(c, o, 3, kind, starts, 5, scores, 9, changes, NULL),
                     ATTUNE_OK);
    assert_int_equal(changes[0].reliable, ATTUNE_RELIABLE_UNCHANGED);
    assert_int_equal(changes[0].class_, -1);
    assert_int_equal(changes[0].cutoff_type, -1);
    assert_near(changes[4].change, 10, 0);
    assert_int_equal(changes[4].reliable, -1);
    assert_int_equal(changes[4].cutoff_type, -1);
    assert_true(isnan(changes[4].cutoff));
}

static void the_checks_come_before_anything_is_written(void **state)
{
    const uint64_t falling[] = { 0, 4, 3, 9 }, beyond[] = { 0, 4, 10 };
    const uint32_t kind[] = { 0, 1 };
    const uint64_t pair[] = { 0, 2 };
    const double infinite[] = { 1, 2, 3, -INFINITY }, vast[] = { 1.7e308, -1.7e308 };
    attune_constants c = of_points(6);
    attune_change_options o = ATTUNE_CHANGE_OPTIONS_INIT;
    attune_change changes[5] = { { .struct_size = sizeof changes[0], .method = 77 } };
    const attune_change_slope small = { .struct_size = 8 };
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
#define SCAN(c, o, kinds, kind, starts, n, scores, rows, changes)                                  \
    attune_change_scan(c, o, kinds, kind, starts, n, scores, rows, changes, &err)
    assert_int_equal(SCAN(NULL, &o, 1, NULL, starts, 5, scores, 9, changes), ATTUNE_E_ARGUMENT);
    assert_int_equal(SCAN(&c, &o, 1, NULL, NULL, 5, scores, 9, changes), ATTUNE_E_ARGUMENT);
    assert_int_equal(SCAN(&c, &o, 1, NULL, starts, 5, NULL, 9, changes), ATTUNE_E_ARGUMENT);
    assert_int_equal(SCAN(&c, &o, 1, NULL, starts, 5, scores, 9, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(SCAN(&c, &o, 0, NULL, starts, 5, scores, 9, changes), ATTUNE_E_COUNT);
    assert_int_equal(SCAN(&c, &o, 1, NULL, falling, 3, scores, 9, changes), ATTUNE_E_COUNT);
    assert_int_equal(err.index, 2);
    assert_int_equal(SCAN(&c, &o, 1, NULL, beyond, 2, scores, 9, changes), ATTUNE_E_COUNT);
    assert_int_equal(SCAN(&c, &o, 1, kind, starts, 2, scores, 9, changes), ATTUNE_E_COUNT);
    assert_int_equal(err.index, 1);
    o.method = 99;
    assert_int_equal(SCAN(&c, &o, 1, NULL, starts, 5, scores, 9, changes), ATTUNE_E_OPTION);
    assert_int_equal(attune_change_scan(&c, &o, 1, NULL, starts, 5, scores, 9, changes, NULL),
                     ATTUNE_E_OPTION);
    o.method = 0;
    o.basis = ATTUNE_BASIS_FORMULA; /* of an SD that nobody knows */
    assert_int_equal(SCAN(&c, &o, 1, NULL, starts, 5, scores, 9, changes), ATTUNE_E_CONSTANT);
    o.basis = ATTUNE_BASIS_NONE;
    c.direction = 5;
    assert_int_equal(SCAN(&c, &o, 1, NULL, starts, 5, scores, 9, changes), ATTUNE_E_OPTION);
    c.direction = ATTUNE_HIGHER_BETTER;
    assert_int_equal(SCAN(&c, &o, 1, NULL, starts, 1, infinite, 4, changes), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 3);
    o.slopes = &small;
    assert_int_equal(SCAN(&c, &o, 1, NULL, starts, 5, scores, 9, changes), ATTUNE_E_STRUCT_SIZE);
    assert_string_equal(err.key, "slopes");
    o.slopes = NULL;
    o.struct_size = 8;
    assert_int_equal(SCAN(&c, &o, 1, NULL, starts, 5, scores, 9, changes), ATTUNE_E_STRUCT_SIZE);
    o.struct_size = sizeof o;
    changes[0].struct_size = 8;
    assert_int_equal(SCAN(&c, &o, 1, NULL, starts, 5, scores, 9, changes), ATTUNE_E_STRUCT_SIZE);
    changes[0].struct_size = sizeof changes[0];
    assert_int_equal(SCAN(&c, NULL, 1, NULL, beyond, 0, NULL, 0, changes), ATTUNE_OK);
    assert_int_equal(changes[0].method, 77);
    assert_int_equal(SCAN(&c, &o, 1, NULL, pair, 1, vast, 2, changes), ATTUNE_E_NUMERIC);
    c.struct_size = 8;
    assert_int_equal(SCAN(&c, &o, 1, NULL, starts, 5, scores, 9, changes), ATTUNE_E_STRUCT_SIZE);
}

/* 1.3 and -.4 of points a session, each .5 off: indices 2.6 and -.8; the third has no slope. */
static void each_series_is_judged_by_its_own_slope(void **state)
{
    static const uint64_t from[] = { 0, 2, 4, 6 };
    static const double falls[] = { 20, 9, 20, 9, 20, 9 };
    const attune_change_slope slopes[] = {
        { sizeof *slopes, 3, 1.3, -.4, .5 },
        { sizeof *slopes, 3, -.4, 1.3, .5 },
        { sizeof *slopes, 2, NAN, NAN, NAN },
    };
    attune_constants c = of_points(6);
    attune_change_options o = ATTUNE_CHANGE_OPTIONS_INIT;
    attune_change changes[3] = { { .struct_size = sizeof changes[0] } };
    (void)state;
    o.method = ATTUNE_METHOD_HLM;
    o.slopes = slopes;
    assert_int_equal(attune_change_scan(&c, &o, 1, NULL, from, 3, falls, 6, changes, NULL),
                     ATTUNE_OK);
    assert_near(changes[0].rci, 2.6, 1e-15);
    assert_near(changes[1].rci, -.8, 1e-15);
    assert_true(isnan(changes[2].rci));
    assert_int_equal(changes[2].reliable, -1);
    assert_near(changes[2].change, -11, 0);
    o.convention = ATTUNE_CHANGE_PACKAGE;
    assert_int_equal(attune_change_scan(&c, &o, 1, NULL, from, 3, falls, 6, changes, NULL),
                     ATTUNE_OK);
    assert_near(changes[0].rci, -.8, 1e-15);
    assert_near(changes[1].rci, 2.6, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_series_comes_out_as_it_would_alone),
        cmocka_unit_test(each_kind_has_its_own_constants),
        cmocka_unit_test(each_series_is_judged_by_its_own_slope),
        cmocka_unit_test(the_checks_come_before_anything_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
