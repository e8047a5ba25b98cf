/* Many series in one call: the same bits as one by one, and each with its own status. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/fit.h"

#include <float.h>

#define GROUPS 6

static const double x[] = { 1, 2, 3, 4, 1, 2, 3, 2, 1, 1, 2, 3, 4, 5 };
static const double y[] = { 9, 7, 8, 5, NAN, NAN, 4, 4, 5, INFINITY, 3, 4, 5, 7 };
static const uint64_t starts[GROUPS + 1] = { 0, 4, 6, 6, 9, 10, 14 };
static const attune_status want[GROUPS] = { ATTUNE_OK,      ATTUNE_E_TOO_FEW, ATTUNE_E_TOO_FEW,
                                            ATTUNE_E_ORDER, ATTUNE_E_VALUE,   ATTUNE_OK };

static attune_status scan(attune_trend *trends, attune_status *statuses, attune_error *err)
{
    double work[128];
    assert_true(attune_trend_work(4) <= sizeof work);
    return attune_trend_scan(starts, GROUPS, x, y, 14, work, sizeof work, trends, statuses, err);
}

static void each_series_comes_out_as_it_would_alone(void **state)
{
    (void)state;
    attune_trend trends[GROUPS] = { { .struct_size = sizeof trends[0] } };
    attune_status statuses[GROUPS];
    assert_int_equal(scan(trends, statuses, NULL), ATTUNE_OK);
    for (size_t g = 0; g < GROUPS; g++) {
        attune_trend alone;
        assert_int_equal(statuses[g], want[g]);
        assert_int_equal(trends[g].struct_size, sizeof alone);
        attune_status status = fit_status(x + starts[g], y + starts[g],
                                          (size_t)(starts[g + 1] - starts[g]), &alone, NULL);
        assert_int_equal(status, want[g]);
        if (status == ATTUNE_OK)
            assert_memory_equal(&trends[g], &alone, sizeof alone);
    }
}

static void a_series_that_fails_leaves_no_figure(void **state)
{
    (void)state;
    attune_trend trends[GROUPS] = { { .struct_size = sizeof trends[0] } };
    attune_status statuses[GROUPS];
    trends[3].n = 12;
    trends[3].ols_slope = 1;
    assert_int_equal(scan(trends, statuses, NULL), ATTUNE_OK);
    assert_int_equal(trends[3].n, 0);
    for (const double *figure = &trends[3].first; figure <= &trends[3].bisquare_slope; figure++)
        assert_true(isnan(*figure));
}

static void larger_structs_are_stepped_over(void **state)
{
    (void)state;
    struct wide {
        attune_trend trend;
        double later;
    } wide[GROUPS] = { { .trend.struct_size = sizeof wide[0] } };
    attune_status statuses[GROUPS];
    for (size_t g = 0; g < GROUPS; g++)
        wide[g].later = (double)g;
    assert_int_equal(scan(&wide[0].trend, statuses, NULL), ATTUNE_OK);
    for (size_t g = 0; g < GROUPS; g++)
        assert_near(wide[g].later, (double)g, 0);
    assert_near(wide[5].trend.last, 7, 0);
    assert_int_equal(wide[5].trend.struct_size, sizeof wide[0]);
}

static void no_series_is_fine(void **state)
{
    (void)state;
    attune_trend trend = { .struct_size = sizeof trend };
    attune_status status = 5;
    double work = 0;
    assert_int_equal(
        attune_trend_scan(starts, 0, x, y, 14, &work, sizeof work, &trend, &status, NULL),
        ATTUNE_OK);
    assert_int_equal(status, 5);
}

static void a_refused_call_changes_nothing(void **state)
{
    (void)state;
    double work[128];
    attune_trend trends[3] = { { .struct_size = sizeof trends[0] } }, before[3];
    attune_status statuses[3] = { 7, 7, 7 };
    attune_error err = ATTUNE_ERROR_INIT;
    memcpy(before, trends, sizeof before);
    static const uint64_t falls[] = { 0, 4, 3 }, beyond[] = { 0, 4, 15 }, wide[] = { 0, 2, 14 };
    static const struct {
        const uint64_t *starts;
        const char *key;
        uint64_t index;
    } bad[] = { { falls, "starts", 2 }, { beyond, "starts", 2 }, { wide, "work_size", 1 } };
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(attune_trend_scan(bad[i].starts, 2, x, y, 14, work, attune_trend_work(4),
                                           trends, statuses, &err),
                         ATTUNE_E_COUNT);
        assert_string_equal(err.key, bad[i].key);
        assert_int_equal(err.index, bad[i].index);
    }
    assert_memory_equal(before, trends, sizeof before);
    assert_int_equal(statuses[0], 7);
}

static void every_pointer_is_wanted(void **state)
{
    (void)state;
    double work[128];
    attune_trend t = { .struct_size = sizeof t }, unset = { 0 };
    attune_status s;
    attune_error err = ATTUNE_ERROR_INIT;
    assert_int_equal(attune_trend_scan(NULL, 1, x, y, 14, work, sizeof work, &t, &s, &err),
                     ATTUNE_E_ARGUMENT);
    assert_string_equal(err.key, "starts");
    assert_int_equal(attune_trend_scan(starts, 1, NULL, y, 14, work, sizeof work, &t, &s, &err),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_trend_scan(starts, 1, x, y, 14, work, sizeof work, &unset, NULL, &err),
                     ATTUNE_E_ARGUMENT);
    assert_string_equal(err.key, "statuses");
    assert_int_equal(attune_trend_scan(starts, 1, x, y, 14, work, sizeof work, &unset, &s, &err),
                     ATTUNE_E_STRUCT_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_series_comes_out_as_it_would_alone),
        cmocka_unit_test(a_series_that_fails_leaves_no_figure),
        cmocka_unit_test(larger_structs_are_stepped_over),
        cmocka_unit_test(no_series_is_fine),
        cmocka_unit_test(a_refused_call_changes_nothing),
        cmocka_unit_test(every_pointer_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
