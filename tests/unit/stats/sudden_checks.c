/* Sudden gains are refused in the documented order, and then nothing is written. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/sudden.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const double score[] = { 30, 31, 29, 16, 15, 14 };

static attune_sudden_options of_seven(void)
{
    attune_sudden_options how = ATTUNE_SUDDEN_OPTIONS_INIT;
    how.cutoff = 7;
    return how;
}

static void refused(const attune_sudden_options *how, const int32_t *session, const double *y,
                    attune_status status, const char *key, size_t index)
{
    attune_sudden found[10] = { { .struct_size = sizeof found[0], .kind = 77 } };
    attune_error err = ATTUNE_ERROR_INIT;
    size_t count = 99;
    assert_int_equal(attune_sudden_fit(how, session, y, 6, found, 10, &count, NULL, 0, NULL, &err),
                     status);
    assert_string_equal(err.key, key);
    assert_int_equal(err.index, index);
    assert_int_equal(found[0].kind, 77);
    assert_int_equal(count, 99);
    assert_int_equal(attune_sudden_intervals(how, session, y, 6), 0);
}

static void options_that_cannot_be_are_refused_by_name(void **state)
{
    attune_sudden_options how = of_seven();
    (void)state;
#define REFUSED(member, value, status, key)                                                        \
    do {                                                                                           \
        how = of_seven();                                                                          \
        how.member = value;                                                                        \
        refused(&how, NULL, score, status, key, 0);                                                \
    } while (0)
    REFUSED(struct_size, 8, ATTUNE_E_STRUCT_SIZE, "options");
    REFUSED(mode, 2, ATTUNE_E_OPTION, "mode");
    REFUSED(direction, 0, ATTUNE_E_OPTION, "direction");
    REFUSED(criteria, 0, ATTUNE_E_OPTION, "criteria");
    REFUSED(criteria, 8, ATTUNE_E_OPTION, "criteria");
    REFUSED(flags, 4, ATTUNE_E_OPTION, "flags");
    REFUSED(proportion, -1, ATTUNE_E_OPTION, "cutoff");
    REFUSED(critical, INFINITY, ATTUNE_E_OPTION, "cutoff");
    REFUSED(cutoff, -7, ATTUNE_E_OPTION, "cutoff");
    REFUSED(alpha, 1, ATTUNE_E_OPTION, "alpha");
    REFUSED(alpha, -.05, ATTUNE_E_OPTION, "alpha");
    REFUSED(cutoff, 0, ATTUNE_E_CONSTANT, "cutoff");
    REFUSED(cutoff, NAN, ATTUNE_E_CONSTANT, "cutoff");
    how = of_seven();
    refused(NULL, NULL, score, ATTUNE_E_ARGUMENT, "options", 0);
    refused(&how, NULL, NULL, ATTUNE_E_ARGUMENT, "score", 0);
}

static void rows_that_cannot_be_are_refused_by_number(void **state)
{
    const int32_t twice[] = { 1, 2, 3, 3, 4, 5 };
    const double infinite[] = { 1, 2, 3, 4, -INFINITY, 6 }, vast[] = { 1, 2, -2e300, 4, 5, 6 };
    const attune_sudden_options how = of_seven();
    (void)state;
    refused(&how, twice, infinite, ATTUNE_E_VALUE, "score", 4);
    refused(&how, twice, vast, ATTUNE_E_ORDER, "session", 3);
    refused(&how, NULL, vast, ATTUNE_E_NUMERIC, "score", 0);
}

static void room_that_is_too_small_is_refused(void **state)
{
    attune_sudden_options how = of_seven();
    attune_sudden found[10] = { { .struct_size = sizeof found[0] } };
    attune_sudden_trace traces[10] = { { .struct_size = sizeof traces[0] } };
    size_t n, m;
    (void)state;
#define TRY(found, capacity, n, traces, trace_capacity, m)                                         \
    attune_sudden_fit(&how, NULL, score, 6, found, capacity, n, traces, trace_capacity, m, NULL)
    assert_int_equal(TRY(found, 10, &n, traces, 10, &m), ATTUNE_OK);
    assert_int_equal(TRY(NULL, 10, &n, traces, 10, &m), ATTUNE_E_ARGUMENT);
    assert_int_equal(TRY(found, 10, NULL, traces, 10, &m), ATTUNE_E_ARGUMENT);
    assert_int_equal(TRY(found, 10, &n, traces, 10, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(TRY(found, 9, &n, traces, 10, &m), ATTUNE_E_COUNT);
    assert_int_equal(TRY(found, 10, &n, traces, 9, &m), ATTUNE_E_COUNT);
    found[0].struct_size = 4;
    assert_int_equal(TRY(found, 10, &n, NULL, 0, NULL), ATTUNE_E_STRUCT_SIZE);
    found[0].struct_size = sizeof found[0];
    traces[0].struct_size = 4;
    assert_int_equal(TRY(found, 10, &n, traces, 10, &m), ATTUNE_E_STRUCT_SIZE);
}

static void a_larger_struct_is_the_stride(void **state)
{
    struct later {
        attune_sudden known;
        double more;
    } found[10] = { { .known = { .struct_size = sizeof found[0] }, .more = 1 } };
    const double two[] = { 30, 31, 29, 16, 17, 16, 30, 31, 30, 30 };
    attune_sudden_options how = of_seven();
    struct later *first = found;
    size_t n;
    (void)state;
    for (size_t i = 0; i < LENGTH(found); i++)
        found[i].more = 1;
    assert_int_equal(attune_sudden_fit(&how, NULL, two, 10, (attune_sudden *)(void *)first, 18, &n,
                                       NULL, 0, NULL, NULL),
                     ATTUNE_OK);
    assert_int_equal(n, 2);
    assert_int_equal(found[1].known.struct_size, sizeof found[0]);
    assert_int_equal(found[1].known.kind, ATTUNE_SUDDEN_LOSS);
    assert_near(found[1].more, 1, 0);
    assert_int_equal(attune_sudden_select((attune_sudden *)(void *)first, n, ATTUNE_SUDDEN_LOSS,
                                          ATTUNE_SUDDEN_SELECT_FIRST, ATTUNE_SUDDEN_T_TEST),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_that_cannot_be_are_refused_by_name),
        cmocka_unit_test(rows_that_cannot_be_are_refused_by_number),
        cmocka_unit_test(room_that_is_too_small_is_refused),
        cmocka_unit_test(a_larger_struct_is_the_stride),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
