/* A course and its companions in one table, by the numbers of their sessions. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

static void sessions_are_joined_by_their_numbers(void **state)
{
    const int32_t numbers[] = { 3, 5, 6, 9 }, hers[] = { 1, 3, 4, 5, 9, 10 }, sick[] = { 4, 7, 8 };
    const double score[] = { 5, 6, NAN, 4 }, day[] = { 21, 35, 42, 63 };
    const double said[] = { 1, 3, 4, NAN, 9, 10 }, felt[] = { 14, 17, 18 };
    const int32_t want[] = { 3, 4, 5, 6, 7, 8, 9 };
    const int64_t rows[] = { 0, -1, 1, 2, -1, -1, 3 };
    const double by_her[] = { 3, 4, NAN, NAN, NAN, NAN, 9 };
    const double by_him[] = { NAN, 14, NAN, NAN, 17, 18, NAN };
    attune_series own_course = given_series(score, 4);
    attune_series others[] = { given_series(said, 6), given_series(felt, 3) };
    int32_t session[16];
    int64_t row[16];
    double days[16], scores[16], first[16], second[16];
    double *const to[] = { first, second };
    attune_joined joined = { sizeof joined, 0, 7, session, days, scores, to, row, 99 };
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    own_course.session = numbers;
    own_course.day = day;
    others[0].session = hers;
    others[1].session = sick;
    assert_int_equal(attune_series_join(&own_course, others, 2, &joined, NULL), ATTUNE_OK);
    assert_int_equal(joined.count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(session[i], want[i]);
        assert_int_equal(row[i], rows[i]);
        assert_same(scores[i], rows[i] < 0 ? (double)NAN : score[rows[i]]);
        assert_same(days[i], rows[i] < 0 ? (double)NAN : day[rows[i]]);
        assert_same(first[i], by_her[i]);
        assert_same(second[i], by_him[i]);
    }
    joined.capacity = 6;
    joined.count = 99;
    assert_int_equal(attune_series_join(&own_course, others, 2, &joined, &err), ATTUNE_E_COUNT);
    assert_int_equal(err.index, 7);
    assert_int_equal(joined.count, 99);
    own_course.day = NULL;
    own_course.session = others[0].session = NULL; /* 1, 2, 3... */
    assert_int_equal(attune_series_join(&own_course, others, 1, &joined, NULL), ATTUNE_OK);
    assert_int_equal(joined.count, 4);
    assert_same(first[2], 4);
    assert_same(days[2], NAN);
    own_course.count = 0;
    assert_int_equal(attune_series_join(&own_course, NULL, 0, &joined, NULL), ATTUNE_OK);
    assert_int_equal(joined.count, 0);
}

static void what_cannot_be_joined_is_refused(void **state)
{
    const int32_t wrong[] = { 1, 3, 3 }, early[] = { 3, 1, 5 };
    const double score[] = { 5, 6, 7 };
    attune_series own_course = given_series(score, 3), hers = given_series(score, 3);
    attune_series many[ATTUNE_COMPANIONS_MAX + 1];
    attune_joined joined = { .struct_size = sizeof joined };
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    for (size_t k = 0; k < LENGTH(many); k++)
        many[k] = hers;
    assert_int_equal(attune_series_join(NULL, &hers, 1, &joined, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_series_join(&own_course, NULL, 1, &joined, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_series_join(&own_course, &hers, 1, NULL, NULL), ATTUNE_E_ARGUMENT);
    joined.struct_size = 8;
    assert_int_equal(attune_series_join(&own_course, &hers, 1, &joined, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    joined.struct_size = sizeof joined;
    assert_int_equal(attune_series_join(&own_course, many, LENGTH(many), &joined, &err),
                     ATTUNE_E_COUNT);
    assert_string_equal(err.key, "n_companions");
    hers.score = NULL;
    assert_int_equal(attune_series_join(&own_course, &hers, 1, &joined, NULL), ATTUNE_E_ARGUMENT);
    hers = given_series(score, 3);
    hers.struct_size = 8;
    assert_int_equal(attune_series_join(&own_course, &hers, 1, &joined, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    hers = given_series(score, 3);
    hers.session = wrong;
    assert_int_equal(attune_series_join(&own_course, &hers, 1, &joined, &err), ATTUNE_E_ORDER);
    assert_int_equal(err.index, 2);
    hers.session = early;
    assert_int_equal(attune_series_join(&own_course, &hers, 1, &joined, &err), ATTUNE_E_ORDER);
    assert_int_equal(err.index, 1);
    own_course.session = wrong;
    assert_int_equal(attune_series_join(&own_course, &hers, 0, &joined, NULL), ATTUNE_E_ORDER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sessions_are_joined_by_their_numbers),
        cmocka_unit_test(what_cannot_be_joined_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
