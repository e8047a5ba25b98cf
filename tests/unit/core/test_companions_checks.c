/* Companions: what is refused of them, in every call that takes them. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/listener.h"

static void columns_of_another_number_or_length_are_refused(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_THERAPIST);
    static const uint64_t group[SESSIONS];
    attune_column said[COMPANIONS] = { { therapist, NULL, 0, SESSIONS },
                                       { distress, NULL, 0, SESSIONS },
                                       { subscale, NULL, 0, SESSIONS } };
    attune_batch batch = { .struct_size = sizeof batch,
                           .n_companions = COMPANIONS,
                           .group = group,
                           .score = { own, NULL, 0, SESSIONS } };
    attune_mark marks[2 * RULES] = { { .struct_size = sizeof *marks } };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_stream *stream = NULL;
    attune_watch *watch;
    size_t n = 0, rows = 0;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    assert_int_equal(attune_stream_new(&stream, watch, NULL, NULL), ATTUNE_OK);
    const struct {
        attune_status status;
        const attune_column *columns;
        uint32_t count;
        int64_t offset, length;
    } cases[] = { { ATTUNE_E_ARGUMENT, NULL, COMPANIONS, 0, SESSIONS },
                  { ATTUNE_E_COUNT, said, COMPANIONS, 0, SESSIONS - 1 },
                  { ATTUNE_E_COUNT, said, COMPANIONS, -1, SESSIONS },
                  { ATTUNE_E_COUNT, said, COMPANIONS - 1, 0, SESSIONS } };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        batch.companions = cases[i].columns;
        batch.n_companions = cases[i].count;
        said[1].offset = cases[i].offset;
        said[1].length = cases[i].length;
        assert_int_equal(attune_stream_push(stream, &batch, marks, LENGTH(marks), &n, NULL, 0, NULL,
                                            &rows, &err),
                         cases[i].status);
        assert_string_equal(err.key, "companions");
        assert_int_equal(rows, 0);
    }
    attune_stream_free(stream);
    attune_watch_free(watch);
}

static void a_series_is_refused_with_another_number_or_a_score_out_of_range(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_THERAPIST);
    const double beyond[SESSIONS] = { 1, 2, 10, 4, 5, 6, 7, 8, 9 };
    const double *const spoiled[COMPANIONS] = { therapist, distress, beyond };
    attune_series series = course();
    attune_mark marks[4] = { { .struct_size = sizeof *marks } };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_watch *watch;
    size_t n = 0;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    series.companions = NULL;
    assert_int_equal(attune_scan(watch, &series, marks, 4, &n, NULL, 0, &err), ATTUNE_E_ARGUMENT);
    series.companions = columns;
    series.n_companions = 2;
    assert_int_equal(attune_scan(watch, &series, marks, 4, &n, NULL, 0, &err), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "companions");
    series.n_companions = COMPANIONS;
    series.companions = spoiled;
    assert_int_equal(attune_scan(watch, &series, marks, 4, &n, NULL, 0, &err), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "companion");
    assert_int_equal(err.index, 2);
    assert_int_equal(n, 0);
    attune_watch_free(watch);
}

static void a_push_is_refused_with_another_number_or_a_score_out_of_range(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_THERAPIST);
    const double said[COMPANIONS] = { 1, 2, INFINITY };
    attune_mark marks[4] = { { .struct_size = sizeof *marks } };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_monitor *monitor = NULL;
    attune_watch *watch;
    size_t n = 0;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    assert_int_equal(attune_monitor_new(&monitor, watch, NULL, NULL), ATTUNE_OK);
    const struct {
        attune_status status;
        const double *said;
        size_t n;
    } cases[] = { { ATTUNE_E_ARGUMENT, NULL, COMPANIONS },
                  { ATTUNE_E_COUNT, said, 1 },
                  { ATTUNE_E_COUNT, said, ATTUNE_COMPANIONS_MAX + 1 },
                  { ATTUNE_E_VALUE, said, COMPANIONS } };
    for (size_t i = 0; i < LENGTH(cases); i++)
        assert_int_equal(attune_monitor_push_joint(monitor, 1, NAN, 5, cases[i].said, cases[i].n,
                                                   marks, 4, &n, &err),
                         cases[i].status);
    assert_int_equal(attune_monitor_push_joint(monitor, 1, NAN, 5, said, 0, marks, 4, &n, NULL),
                     ATTUNE_OK);
    attune_monitor_free(monitor);
    attune_watch_free(watch);
}

static void companions_are_refused_by_number_role_and_constants(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_THERAPIST);
    attune_companion many[ATTUNE_COMPANIONS_MAX + 1];
    attune_error err = ATTUNE_ERROR_INIT;
    attune_watch *watch = NULL;
    (void)state;
    reset();
    for (size_t k = 0; k < LENGTH(many); k++)
        many[k] = companions[2];
    const attune_constants c = given_everything();
    const attune_rule_choice choice = given_choice("drop");
    assert_int_equal(attune_watch_new_joint(&watch, &c, many, LENGTH(many), &choice, 1, NULL, &err),
                     ATTUNE_E_COUNT);
    assert_int_equal(attune_watch_new_joint(&watch, &c, NULL, 1, &choice, 1, NULL, &err),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(
        attune_watch_new_joint(&watch, &c, many, ATTUNE_COMPANIONS_MAX, &choice, 1, NULL, NULL),
        ATTUNE_OK);
    attune_watch_free(watch);
    watch = NULL;
    companions[0].struct_size = 4;
    assert_int_equal(make(&watch, &rule, COMPANIONS, &err), ATTUNE_E_STRUCT_SIZE);
    reset();
    companions[1].constants = NULL;
    assert_int_equal(make(&watch, &rule, COMPANIONS, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(err.index, 1);
    reset();
    about[2].struct_size = 4;
    assert_int_equal(make(&watch, &rule, COMPANIONS, &err), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(err.index, 2);
    for (int32_t role = -1; role <= ATTUNE_ROLE_SUBSCALE + 1; role += ATTUNE_ROLE_SUBSCALE + 2) {
        reset();
        companions[2].role = role;
        assert_int_equal(make(&watch, &rule, COMPANIONS, &err), ATTUNE_E_OPTION);
        assert_string_equal(err.key, "role");
    }
    reset();
    companions[2].role = ATTUNE_ROLE_THERAPIST;
    assert_int_equal(make(&watch, &rule, COMPANIONS, &err), ATTUNE_E_DUPLICATE);
    assert_int_equal(err.index, 2);
    reset();
    about[1].within_sd = 0;
    assert_int_equal(make(&watch, &rule, COMPANIONS, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "within_sd");
    assert_int_equal(err.index, 1);
    assert_int_equal(make(&watch, &rule, COMPANIONS, NULL), ATTUNE_E_OPTION);
    err.struct_size = 4;
    assert_int_equal(make(&watch, &rule, COMPANIONS, &err), ATTUNE_E_OPTION);
    assert_null(watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_of_another_number_or_length_are_refused),
        cmocka_unit_test(a_series_is_refused_with_another_number_or_a_score_out_of_range),
        cmocka_unit_test(a_push_is_refused_with_another_number_or_a_score_out_of_range),
        cmocka_unit_test(companions_are_refused_by_number_role_and_constants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
