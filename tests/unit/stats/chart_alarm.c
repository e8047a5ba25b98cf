/* False alarms of control charts: those of the normal distribution, and refusals. */
/* SPDX-License-Identifier: MIT */
#include <attune/chart.h>

#include "tests/unit/near.h"

static double work[2000];
static const attune_chart_options usual = ATTUNE_CHART_OPTIONS_INIT;

static void false_alarms_of_known_limits_are_those_of_the_normal_distribution(void **state)
{
    attune_chart_options three = usual;
    double rate, error, again;
    (void)state;
    three.centred = 1;
    three.sd = 1.0;
    three.rules = ATTUNE_CHART_WE1;
    assert_true(attune_chart_alarm_work(6) <= sizeof work);
    assert_int_equal(attune_chart_alarm(&three, 6, 20000, 1, work, &rate, &error, NULL), ATTUNE_OK);
    /* 1 - (1 - .0026997960632602)^6 */
    assert_true(fabs(rate - 0.016089866) < 4 * error);
    assert_near(error, sqrt(rate * (1 - rate) / 20000), 1e-15);
    attune_chart_alarm(&three, 6, 20000, 1, work, &again, &error, NULL);
    assert_same(rate, again);
    three.sd = 0.0; /* told from six scores: the limits give way to what lies far out */
    attune_chart_alarm(&three, 6, 20000, 1, work, &again, &error, NULL);
    assert_true(again != rate);
}

static void false_alarms_cannot_be_asked_for_without_scores(void **state)
{
    attune_chart_options o = usual;
    double rate = 7, error = 7;
    (void)state;
    assert_true(attune_chart_alarm_work((size_t)INT32_MAX + 1) == 0);
    assert_int_equal(attune_chart_alarm(NULL, 6, 9, 1, work, &rate, &error, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_chart_alarm(&o, 6, 9, 1, NULL, &rate, &error, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_chart_alarm(&o, 6, 9, 1, work, NULL, &error, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_chart_alarm(&o, 6, 9, 1, work, &rate, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_chart_alarm(&o, 0, 9, 1, work, &rate, &error, NULL), ATTUNE_E_COUNT);
    assert_int_equal(attune_chart_alarm(&o, 6, 0, 1, work, &rate, &error, NULL), ATTUNE_E_COUNT);
    assert_int_equal(attune_chart_alarm(&o, (size_t)INT32_MAX + 1, 9, 1, work, &rate, &error, NULL),
                     ATTUNE_E_COUNT);
    o.kind = -1;
    assert_int_equal(attune_chart_alarm(&o, 6, 9, 1, work, &rate, &error, NULL), ATTUNE_E_OPTION);
    o.struct_size = 0;
    assert_int_equal(attune_chart_alarm(&o, 6, 9, 1, work, &rate, &error, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    assert_same(rate, 7.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(false_alarms_of_known_limits_are_those_of_the_normal_distribution),
        cmocka_unit_test(false_alarms_cannot_be_asked_for_without_scores),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
