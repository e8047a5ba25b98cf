/* Two raters on one axis: which axis, which sessions, and what is refused. */
/* SPDX-License-Identifier: MIT */
#include <attune/dyad.h>

#include "tests/unit/near.h"

static attune_constants constants_of(const char *id)
{
    attune_constants c = { .struct_size = sizeof c };
    const attune_scale *scale =
        attune_scale_open(attune_scale_listed(id), ATTUNE_ACCEPT_UNCONFIRMED);
    assert_non_null(scale);
    assert_int_equal(attune_scale_constants(scale, &c), ATTUNE_OK);
    return c;
}

static attune_status axis_of(const attune_constants *a, const attune_constants *b,
                             attune_axis *axis, const char *key)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = attune_axis_of(a, b, axis, &err);
    assert_string_equal(err.key, key);
    return status;
}

static void forms_of_one_range_are_compared_in_points(void **state)
{
    attune_constants client = constants_of("haq-ii"), therapist = constants_of("haq-ii-t");
    attune_axis axis = { .struct_size = sizeof axis, .unit = 7 };
    (void)state;
    assert_int_equal(axis_of(&client, &therapist, &axis, ""), ATTUNE_OK);
    assert_int_equal(axis.unit, ATTUNE_AXIS_POINTS);
    client.score_min = NAN; /* not read for one and the same measure */
    axis.unit = 7;
    assert_int_equal(axis_of(&client, &client, &axis, ""), ATTUNE_OK);
    assert_int_equal(axis.unit, ATTUNE_AXIS_POINTS);
}

static void forms_of_two_ranges_are_compared_as_shares(void **state)
{
    attune_constants client = {
        .struct_size = sizeof client, .direction = 1, .score_min = 1, .score_max = 5
    };
    attune_constants therapist = client;
    attune_axis axis = { .struct_size = sizeof axis };
    (void)state;
    therapist.score_max = 7;
    assert_int_equal(axis_of(&client, &therapist, &axis, ""), ATTUNE_OK);
    assert_int_equal(axis.unit, ATTUNE_AXIS_SHARE);
    assert_near(axis.client_max, 5, 0);
    assert_near(axis.therapist_max, 7, 0);
    therapist.score_min = 0;
    therapist.score_max = 5;
    assert_int_equal(axis_of(&client, &therapist, &axis, ""), ATTUNE_OK);
    assert_int_equal(axis.unit, ATTUNE_AXIS_SHARE);
}

static void what_has_no_common_axis_is_refused(void **state)
{
    attune_constants client = {
        .struct_size = sizeof client, .direction = 1, .score_min = 1, .score_max = 5
    };
    attune_constants other = client, old = { .struct_size = 8 };
    attune_axis axis = { .struct_size = sizeof axis, .unit = 7 }, small = { .struct_size = 4 };
    (void)state;
    assert_int_equal(axis_of(NULL, &other, &axis, ""), ATTUNE_E_ARGUMENT);
    assert_int_equal(axis_of(&client, NULL, &axis, ""), ATTUNE_E_ARGUMENT);
    assert_int_equal(axis_of(&client, &other, NULL, ""), ATTUNE_E_ARGUMENT);
    assert_int_equal(axis_of(&old, &other, &axis, "struct_size"), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(axis_of(&client, &old, &axis, "struct_size"), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(axis_of(&client, &other, &small, "struct_size"), ATTUNE_E_STRUCT_SIZE);
    other.direction = -1;
    assert_int_equal(axis_of(&client, &other, &axis, "direction"), ATTUNE_E_OPTION);
    other.direction = 1;
    other.score_max = NAN;
    assert_int_equal(axis_of(&client, &other, &axis, "range"), ATTUNE_E_CONSTANT);
    assert_int_equal(axis_of(&other, &client, &axis, "range"), ATTUNE_E_CONSTANT);
    other.score_max = 1;
    assert_int_equal(axis_of(&client, &other, &axis, "range"), ATTUNE_E_CONSTANT);
    assert_int_equal(axis.unit, 7);
}

enum { CLIENT_N = 5, THERAPIST_N = 4 };
static const int32_t client_session[] = { 1, 2, 4, 5, 9 };
static const double client_score[] = { 1, 3, NAN, 5, 4 };
static const int32_t therapist_session[] = { 2, 3, 4, 5 };
static const double therapist_score[] = { 7, 1, 4, 4 };

static void only_sessions_that_both_completed_are_pairs(void **state)
{
    attune_axis axis = { .struct_size = sizeof axis, ATTUNE_AXIS_SHARE, 1, 5, 1, 7 };
    int32_t session[4];
    double client[4], therapist[4];
    size_t n = 0;
    (void)state;
    assert_int_equal(attune_dyad_pair(&axis, client_session, client_score, CLIENT_N,
                                      therapist_session, therapist_score, THERAPIST_N, session,
                                      client, therapist, 4, &n, NULL),
                     ATTUNE_OK);
    assert_int_equal(n, 2);
    assert_int_equal(session[0], 2);
    assert_int_equal(session[1], 5);
    assert_near(client[0], 0.5, 0);
    assert_near(client[1], 1, 0);
    assert_near(therapist[0], 1, 0);
    assert_near(therapist[1], 0.5, 0);
    axis.unit = ATTUNE_AXIS_POINTS;
    assert_int_equal(attune_dyad_pair(&axis, client_session, client_score, CLIENT_N,
                                      therapist_session, therapist_score, THERAPIST_N, NULL, client,
                                      therapist, 4, &n, NULL),
                     ATTUNE_OK);
    assert_near(client[0], 3, 0);
    assert_near(therapist[0], 7, 0);
    assert_int_equal(
        attune_dyad_pair(&axis, NULL, NULL, 0, NULL, NULL, 0, NULL, NULL, NULL, 0, &n, NULL),
        ATTUNE_OK);
    assert_int_equal(n, 0);
}

/* The call above with one thing changed. */
struct call {
    attune_axis axis;
    const int32_t *cs, *ts;
    const double *c, *t;
    size_t capacity;
};

static attune_status pair(const struct call *call, const char *key, uint64_t index)
{
    attune_error err = ATTUNE_ERROR_INIT;
    double client[5] = { 0 }, therapist[5];
    size_t n = 77;
    attune_status status =
        attune_dyad_pair(&call->axis, call->cs, call->c, CLIENT_N, call->ts, call->t, THERAPIST_N,
                         NULL, client, therapist, call->capacity, &n, &err);
    assert_string_equal(err.key, key);
    assert_int_equal(err.index, index);
    assert_int_equal(n, 77);
    assert_near(client[0], 0, 0);
    return status;
}

static const struct call good = {
    { sizeof(attune_axis), ATTUNE_AXIS_SHARE, 1, 5, 1, 7 },
    client_session,
    therapist_session,
    client_score,
    therapist_score,
    5,
};

static void bad_rows_and_little_room_are_refused(void **state)
{
    const int32_t falls[] = { 1, 2, 2, 5, 9 };
    const double bad[] = { 1, 2, INFINITY, 3, 4 };
    double y[1];
    size_t n;
    struct call call = good;
    (void)state;
    assert_int_equal((call.cs = NULL, pair(&call, "", 0)), ATTUNE_E_ARGUMENT);
    call = good;
    assert_int_equal((call.c = NULL, pair(&call, "", 0)), ATTUNE_E_ARGUMENT);
    call = good;
    assert_int_equal((call.ts = NULL, pair(&call, "", 0)), ATTUNE_E_ARGUMENT);
    call = good;
    assert_int_equal((call.t = NULL, pair(&call, "", 0)), ATTUNE_E_ARGUMENT);
    call = good;
    assert_int_equal((call.axis.struct_size = 4, pair(&call, "struct_size", 0)),
                     ATTUNE_E_STRUCT_SIZE);
    call = good;
    assert_int_equal((call.capacity = 3, pair(&call, "capacity", 0)), ATTUNE_E_COUNT);
    call = good;
    assert_int_equal((call.axis.unit = 2, pair(&call, "unit", 0)), ATTUNE_E_OPTION);
    call = good;
    assert_int_equal((call.axis.client_min = 5, pair(&call, "range", 0)), ATTUNE_E_CONSTANT);
    call = good;
    assert_int_equal((call.axis.therapist_max = NAN, pair(&call, "range", 0)), ATTUNE_E_CONSTANT);
    call = good;
    assert_int_equal((call.c = bad, pair(&call, "client", 2)), ATTUNE_E_VALUE);
    call = good;
    assert_int_equal((call.t = bad, pair(&call, "therapist", 2)), ATTUNE_E_VALUE);
    call = good;
    assert_int_equal((call.cs = falls, pair(&call, "client", 2)), ATTUNE_E_ORDER);
    call = good;
    assert_int_equal((call.ts = falls, pair(&call, "therapist", 2)), ATTUNE_E_ORDER);
    assert_int_equal(attune_dyad_pair(NULL, falls, bad, 1, falls, bad, 1, NULL, y, y, 1, &n, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(
        attune_dyad_pair(&good.axis, falls, bad, 1, falls, bad, 1, NULL, y, y, 1, NULL, NULL),
        ATTUNE_E_ARGUMENT);
    assert_int_equal(
        attune_dyad_pair(&good.axis, falls, bad, 1, falls, bad, 1, NULL, NULL, y, 1, &n, NULL),
        ATTUNE_E_ARGUMENT);
    assert_int_equal(
        attune_dyad_pair(&good.axis, falls, bad, 1, falls, bad, 1, NULL, y, NULL, 1, &n, NULL),
        ATTUNE_E_ARGUMENT);
}

/* The later session of either rater ends the walk. */
static void either_rater_may_come_first_and_last(void **state)
{
    const int32_t early[] = { 1, 2 }, late[] = { 2, 3, 4 };
    const double y[] = { 1, 2, 3 };
    attune_axis axis = { .struct_size = sizeof axis };
    double client[3], therapist[3];
    size_t n;
    (void)state;
    assert_int_equal(
        attune_dyad_pair(&axis, early, y, 2, late, y, 3, NULL, client, therapist, 2, &n, NULL),
        ATTUNE_OK);
    assert_int_equal(n, 1);
    assert_near(client[0], 2, 0);
    assert_near(therapist[0], 1, 0);
    assert_int_equal(
        attune_dyad_pair(&axis, late, y, 3, early, y, 2, NULL, client, therapist, 2, &n, NULL),
        ATTUNE_OK);
    assert_int_equal(n, 1);
    assert_near(client[0], 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_of_one_range_are_compared_in_points),
        cmocka_unit_test(forms_of_two_ranges_are_compared_as_shares),
        cmocka_unit_test(what_has_no_common_axis_is_refused),
        cmocka_unit_test(only_sessions_that_both_completed_are_pairs),
        cmocka_unit_test(bad_rows_and_little_room_are_refused),
        cmocka_unit_test(either_rater_may_come_first_and_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
