/* The false-alarm evaluator: what is refused. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/alarm_given.h"

static attune_status try_fill(const attune_world *of, int32_t signal, const int32_t *lengths,
                              size_t n, uint64_t first, uint64_t clients, size_t less,
                              size_t less_work, attune_error *err)
{
    size_t size = attune_alarm_sheet_size(watch, &world, 8);
    attune_alarm_sheet *sheet = malloc(size);
    attune_status status = attune_alarm_fill(watch, of, signal, lengths, n, SEED, first, clients,
                                             sheet, size - less, work, work_size - less_work, err);
    free(sheet);
    return status;
}

static void fills_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const int32_t none[] = { 3, 0 }, many[] = { 3, 25 };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_world other = world;
    assert_int_equal(try_fill(&world, 0, NULL, 0, 0, 8, 0, 0, NULL), ATTUNE_OK);
    assert_int_equal(try_fill(NULL, 0, NULL, 0, 0, 8, 0, 0, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(try_fill(&world, 0, NULL, 1, 0, 8, 0, 0, NULL), ATTUNE_E_ARGUMENT);
    other.struct_size = 4;
    assert_int_equal(try_fill(&other, 0, NULL, 0, 0, 8, 0, 0, NULL), ATTUNE_E_STRUCT_SIZE);
    other = world;
    other.hazard = 2;
    assert_int_equal(try_fill(&other, 0, NULL, 0, 0, 8, 0, 0, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "hazard");
    assert_int_equal(try_fill(&world, -1, NULL, 0, 0, 8, 0, 0, NULL), ATTUNE_E_OPTION);
    assert_int_equal(try_fill(&world, ATTUNE_SIGNAL_END, NULL, 0, 0, 8, 0, 0, NULL),
                     ATTUNE_E_OPTION);
    assert_int_equal(try_fill(&world, 0, none, 2, 0, 8, 0, 0, &err), ATTUNE_E_OPTION);
    assert_int_equal(err.index, 1);
    assert_int_equal(try_fill(&world, 0, many, 2, 0, 8, 0, 0, NULL), ATTUNE_E_OPTION);
    assert_int_equal(try_fill(&world, 0, NULL, 0, 0, 0, 0, 0, NULL), ATTUNE_E_COUNT);
    assert_int_equal(try_fill(&world, 0, NULL, 0, 0, UINT64_MAX, 0, 0, NULL), ATTUNE_E_COUNT);
    assert_int_equal(try_fill(&world, 0, NULL, 0, ATTUNE_WORLD_CLIENTS_MAX - 7, 8, 0, 0, NULL),
                     ATTUNE_E_COUNT);
    assert_int_equal(try_fill(&world, 0, NULL, 0, 0, 8, 1, 0, &err), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "sheet_size");
    assert_int_equal(try_fill(&world, 0, NULL, 0, 0, 8, 0, 1, &err), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "work_size");
    other = world;
    other.high = 70;
    other.level_mean = 60;
    assert_int_equal(try_fill(&other, 0, NULL, 0, 0, 8, 0, 0, NULL), ATTUNE_E_VALUE);
}

static void sheets_and_scratch_must_be_given(void **state)
{
    (void)state;
    size_t size = attune_alarm_sheet_size(watch, &world, 8);
    attune_alarm_sheet *sheet = malloc(size);
    assert_int_equal(
        attune_alarm_fill(NULL, &world, 0, NULL, 0, SEED, 0, 8, sheet, size, work, work_size, NULL),
        ATTUNE_E_ARGUMENT);
    assert_int_equal(
        attune_alarm_fill(watch, &world, 0, NULL, 0, SEED, 0, 8, NULL, size, work, work_size, NULL),
        ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_alarm_fill(watch, &world, 0, NULL, 0, SEED, 0, 8, sheet, size, NULL,
                                       work_size, NULL),
                     ATTUNE_E_ARGUMENT);
    free(sheet);
}

static void rooms_are_nothing_for_what_is_not_valid(void **state)
{
    (void)state;
    attune_world other = world;
    other.low = 9;
    assert_int_equal(attune_alarm_sheet_size(NULL, &world, 8), 0);
    assert_int_equal(attune_alarm_sheet_size(watch, NULL, 8), 0);
    assert_int_equal(attune_alarm_sheet_size(watch, &other, 8), 0);
    assert_int_equal(attune_alarm_sheet_size(watch, &world, UINT64_MAX), 0);
    assert_int_equal(attune_alarm_fill_work(NULL, &world), 0);
    assert_int_equal(attune_alarm_fill_work(watch, &other), 0);
    assert_int_equal(attune_alarm_measure_work(NULL, 3), 0);
    assert_null(attune_watch_rule(NULL, 0));
    assert_null(attune_watch_rule(watch, RULES));
}

static void measurements_that_cannot_be_are_refused(void **state)
{
    (void)state;
    const attune_alarm_sheet *list[2] = { sheets[0], NULL };
    attune_alarm row = { .struct_size = sizeof row, .clients = -5 }, small = { .struct_size = 8 };
    size_t size = attune_alarm_measure_work(list, 1);
    void *s = malloc(size);
    assert_int_equal(attune_alarm_measure(NULL, 1, 0, 0, 0, s, size, &row, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_alarm_measure(list, 1, 0, 0, 0, NULL, size, &row, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_alarm_measure(list, 1, 0, 0, 0, s, size, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_alarm_measure(list, 2, 0, 0, 0, s, size, &row, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_alarm_measure(list, 1, 0, 0, 0, s, size, &small, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_alarm_measure(list, 1, RULES, 0, 0, s, size, &row, NULL),
                     ATTUNE_E_COUNT);
    assert_int_equal(attune_alarm_measure(list, 0, 0, 0, 0, s, size, &row, NULL), ATTUNE_E_COUNT);
    assert_int_equal(attune_alarm_measure(list, 1, 0, 0, 0, s, size - 1, &row, NULL),
                     ATTUNE_E_COUNT);
    assert_int_equal(attune_alarm_measure(list, 1, 0, -2, 0, s, size, &row, NULL), ATTUNE_E_OPTION);
    assert_int_equal(attune_alarm_measure(list, 1, 0, 3, 0, s, size, &row, NULL), ATTUNE_E_OPTION);
    assert_int_equal(attune_alarm_measure(list, 1, 0, -1, 0, s, size, &row, NULL), ATTUNE_E_OPTION);
    assert_int_equal(attune_alarm_measure(list, 1, 0, -1, .6, s, size, &row, NULL),
                     ATTUNE_E_OPTION);
    assert_int_equal(attune_alarm_measure(list, 1, 0, -1, NAN, s, size, &row, NULL),
                     ATTUNE_E_OPTION);
    assert_int_equal(row.clients, -5);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_that_cannot_be_are_refused),
        cmocka_unit_test(sheets_and_scratch_must_be_given),
        cmocka_unit_test(rooms_are_nothing_for_what_is_not_valid),
        cmocka_unit_test(measurements_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
