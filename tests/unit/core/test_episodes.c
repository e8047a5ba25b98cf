/* Episodes: how a possible rupture is said to have ended. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/faults.h"
#include "tests/unit/core/given.h"

static attune_episode episodes[GIVEN_MAX];

/* One spread is one point: a drop is repaired from half a point below the usual level on. */
static attune_constants whole_points(void)
{
    return given_constants(ATTUNE_CONSTRUCT_OTHER, .5, 1);
}

static size_t run(const attune_constants *c, const char *rule, const double *y, size_t n)
{
    attune_watch *watch = given_watch(c, rule);
    attune_series series = given_series(y, n);
    attune_error err = ATTUNE_ERROR_INIT;
    size_t found = 0;
    memset(episodes, 0, sizeof episodes);
    episodes[0].struct_size = sizeof *episodes;
    if (attune_episodes_scan(watch, &series, episodes, GIVEN_MAX, &found, &err) != ATTUNE_OK)
        fail_msg("%s: %s", err.key, err.text);
    attune_watch_free(watch);
    return found;
}

/* A course of up to twelve sessions, and the one episode that is in it. */
static const struct row {
    const char *name;
    size_t n;
    double y[12];
    int32_t status, onset, nadir, resolved, length;
    double depth;
} rows[] = {
    { "back at the limit", 5, { 5, 5, 5, 2, 4.5 }, ATTUNE_EPISODE_REPAIRED, 4, 4, 5, 1, 3 },
    { "back after two", 7, { 5, 5, 5, 2, 1, 5, 5 }, ATTUNE_EPISODE_REPAIRED, 4, 5, 6, 2, 4 },
    { "half way back", 6, { 5, 5, 5, 2, 3.5, 3.4 }, ATTUNE_EPISODE_PARTIAL, 4, 4, 5, 3, 3 },
    { "less than half", 6, { 5, 5, 5, 2, 3.4, 3.4 }, ATTUNE_EPISODE_UNRESOLVED, 4, 4, -1, 3, 3 },
    { "half, then repaired", 6, { 5, 5, 5, 2, 4, 5 }, ATTUNE_EPISODE_REPAIRED, 4, 4, 6, 2, 3 },
    { "half, then deeper", 7, { 5, 5, 5, 2, 4, 1, 1 }, ATTUNE_EPISODE_UNRESOLVED, 4, 6, -1, 4, 4 },
    { "two more below", 6, { 5, 5, 5, 2, 2, 2 }, ATTUNE_EPISODE_UNRESOLVED, 4, 4, -1, 3, 3 },
    { "one more", 5, { 5, 5, 5, 2, 1 }, ATTUNE_EPISODE_CENSORED, 4, 5, -1, 2, 4 },
    { "at the end", 4, { 5, 5, 5, 2 }, ATTUNE_EPISODE_CENSORED, 4, 4, -1, 1, 3 },
    { "nothing observed after",
      6,
      { 5, 5, 5, 2, NAN, NAN },
      ATTUNE_EPISODE_CENSORED,
      4,
      4,
      -1,
      1,
      3 },
    { "gaps do not count",
      7,
      { 5, 5, 5, 2, NAN, 2, NAN },
      ATTUNE_EPISODE_CENSORED,
      4,
      4,
      -1,
      2,
      3 },
    { "the first of two nadirs",
      6,
      { 5, 5, 5, 2, 1, 1 },
      ATTUNE_EPISODE_UNRESOLVED,
      4,
      5,
      -1,
      3,
      4 },
    { "a new level, never left",
      9,
      { 5, 5, 5, 2, 2, 2, 2, 2, 2 },
      ATTUNE_EPISODE_UNRESOLVED,
      4,
      4,
      -1,
      6,
      3 },
    { "a new level, later left",
      9,
      { 5, 5, 5, 2, 2, 2, 2, 2, 5 },
      ATTUNE_EPISODE_REPAIRED,
      4,
      4,
      9,
      5,
      3 },
};

static void an_episode_ends_as_the_header_says(void **state)
{
    const attune_constants c = whole_points();
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        const struct row *r = &rows[i];
        size_t n = run(&c, "own_range", r->y, r->n);
        if (n != 1 || episodes[0].status != r->status)
            fail_msg("%s: %zu episodes, status %d", r->name, n, (int)episodes[0].status);
        assert_int_equal(episodes[0].onset_session, r->onset);
        assert_int_equal(episodes[0].nadir_session, r->nadir);
        assert_int_equal(episodes[0].resolved_session, r->resolved);
        assert_int_equal(episodes[0].length, r->length);
        assert_near(episodes[0].depth, r->depth, 1e-15);
        assert_near(episodes[0].depth_sigma, r->depth, 1e-15);
        assert_string_equal(episodes[0].rule, "own_range");
    }
}

/* With two points to a spread, half a spread below the usual level is one point below it. */
static void the_repair_limit_is_counted_in_spreads(void **state)
{
    const double y[] = { 5, 5, 5, 0, 3.9, 4, 5 };
    const attune_constants c = given_constants(ATTUNE_CONSTRUCT_OTHER, .5, 2);
    (void)state;
    assert_int_equal(run(&c, "own_range", y, LENGTH(y)), 1);
    assert_int_equal(episodes[0].resolved_session, 6);
    assert_near(episodes[0].depth, 5, 1e-15);
    assert_near(episodes[0].depth_sigma, 2.5, 1e-15);
}

static void a_mirrored_measure_has_the_same_episodes(void **state)
{
    attune_constants c = whole_points();
    (void)state;
    c.direction = ATTUNE_HIGHER_WORSE;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        double y[12];
        for (size_t s = 0; s < 12; s++)
            y[s] = -rows[i].y[s];
        assert_int_equal(run(&c, "own_range", y, rows[i].n), 1);
        assert_int_equal(episodes[0].status, rows[i].status);
        assert_near(episodes[0].depth, rows[i].depth, 1e-15);
    }
}

static void a_drop_from_a_new_level_opens_an_episode_of_its_own(void **state)
{
    const double y[] = { 5, 5, 5, 2, 2, 2, 2, -1 };
    const attune_constants c = whole_points();
    (void)state;
    assert_int_equal(run(&c, "own_range", y, LENGTH(y)), 2);
    assert_int_equal(episodes[0].status, ATTUNE_EPISODE_UNRESOLVED);
    assert_int_equal(episodes[0].nadir_session, 4);
    assert_int_equal(episodes[0].length, 4);
    assert_int_equal(episodes[1].status, ATTUNE_EPISODE_CENSORED);
    assert_int_equal(episodes[1].onset_session, 8);
    assert_near(episodes[1].depth, 3, 1e-15);
    assert_int_equal(episodes[1].struct_size, sizeof *episodes);
}

static void an_episode_partly_repaired_stays_so_when_a_new_level_takes_over(void **state)
{
    const double y[] = { 5, 5, 5, -5, 2, 2, 2, 2, -9 };
    const attune_constants c = whole_points();
    (void)state;
    assert_int_equal(run(&c, "own_range", y, LENGTH(y)), 2);
    assert_int_equal(episodes[0].status, ATTUNE_EPISODE_PARTIAL);
    assert_int_equal(episodes[0].resolved_session, 5);
}

static void every_rule_that_looks_for_ruptures_has_its_own_episodes(void **state)
{
    const double y[] = { 5, 5, 5, 2, 2, 2, 5 };
    const attune_constants c = given_everything();
    attune_watch *watch = given_watch_five(&c);
    attune_series series = given_series(y, LENGTH(y));
    size_t n = 0;
    (void)state;
    memset(episodes, 0, sizeof episodes);
    episodes[0].struct_size = sizeof *episodes;
    assert_int_equal(attune_episodes_scan(watch, &series, episodes, 9, &n, NULL), ATTUNE_OK);
    assert_int_equal(n, 3);
    assert_string_equal(episodes[0].rule, "drop");
    assert_string_equal(episodes[1].rule, "erosion");
    assert_string_equal(episodes[2].rule, "own_range");
    assert_int_equal(episodes[1].status, ATTUNE_EPISODE_REPAIRED);
    attune_watch_free(watch);
}

static void an_episode_has_the_shape_that_its_scores_show(void **state)
{
    const struct {
        size_t n;
        double y[8];
        int32_t shape, last;
    } shapes[] = {
        { 5, { 5, 5, 5, 2, 5 }, ATTUNE_SHAPE_V, 5 },
        { 6, { 5, 5, 5, 2.5, 2, 5 }, ATTUNE_SHAPE_DECLINE, 6 },
        { 6, { 5, 5, 5, 2, 3, 5 }, ATTUNE_SHAPE_OTHER, 6 },
        { 6, { 5, 5, 5, 2, 4, 4 }, ATTUNE_SHAPE_OTHER, 6 },
        { 6, { 5, 5, 5, 2, 2, 2 }, ATTUNE_SHAPE_STEP, 6 },
        { 5, { 5, 5, 5, 2, 2 }, ATTUNE_SHAPE_OPEN, 5 },
    };
    const attune_constants c = whole_points();
    const double slide[] = { 5, 5, 5, 4, 3, 2, 1 };
    (void)state;
    for (size_t i = 0; i < LENGTH(shapes); i++) {
        assert_int_equal(run(&c, "own_range", shapes[i].y, shapes[i].n), 1);
        assert_int_equal(episodes[0].shape, shapes[i].shape);
        assert_int_equal(episodes[0].last_session, shapes[i].last);
        assert_int_equal(episodes[0].agreeing, 0);
    }
    assert_int_equal(run(&c, "erosion", slide, 7), 1);
    assert_int_equal(episodes[0].shape, ATTUNE_SHAPE_EROSION);
}

static void rules_agree_where_their_episodes_overlap(void **state)
{
    const double y[] = { 5, 5, 5, 5, 2, 5, 5, 5, 2, 5, 5, 4.2, 5 };
    const attune_constants c = whole_points();
    const attune_rule_choice choices[] = { given_choice("drop"), given_choice("own_range"),
                                           given_choice("mean_whole") };
    attune_watch *watch = given_watch_of(&c, choices, 3);
    attune_series series = given_series(y, LENGTH(y));
    size_t n = 0, counted[4] = { 0 };
    (void)state;
    memset(episodes, 0, sizeof episodes);
    episodes[0].struct_size = sizeof *episodes;
    assert_int_equal(attune_episodes_scan(watch, &series, episodes, GIVEN_MAX, &n, NULL),
                     ATTUNE_OK);
    for (size_t i = 0; i < n; i++) {
        assert_in_range(episodes[i].agreeing, 0, 2);
        counted[episodes[i].agreeing]++;
        if (episodes[i].onset_session == 5 || episodes[i].onset_session == 9)
            assert_int_equal(episodes[i].agreeing, 2);
    }
    assert_int_equal(counted[2], 6);
    attune_watch_free(watch);
}

static void no_drop_no_episode(void **state)
{
    const double y[] = { 5, 5, 5, 5 };
    const attune_constants c = whole_points();
    attune_watch *watch = given_watch(&c, "own_range");
    attune_series series = given_series(y, 4);
    size_t n = 7;
    (void)state;
    assert_int_equal(attune_episodes_scan(watch, &series, NULL, 0, &n, NULL), ATTUNE_OK);
    assert_int_equal(n, 0);
    attune_watch_free(watch);
    assert_int_equal(run(&c, "own_range", y, 4), 0);
    assert_int_equal(run(&c, "own_range", NULL, 0), 0);
    assert_int_equal(run(&c, "below_cutoff", y, 4), 0);
}

static void a_later_callers_larger_episodes_are_strided_by_their_own_size(void **state)
{
    const double y[] = { 5, 5, 5, 2, 5, 2, 5 };
    const attune_constants c = whole_points();
    attune_watch *watch = given_watch(&c, "own_range");
    attune_series series = given_series(y, LENGTH(y));
    struct {
        attune_episode e;
        uint64_t later;
    } large[2];
    size_t n = 0;
    (void)state;
    memset(large, 0xA5, sizeof large);
    large[0].e.struct_size = sizeof *large;
    assert_int_equal(attune_episodes_scan(watch, &series, &large[0].e, 2, &n, NULL), ATTUNE_OK);
    assert_int_equal(n, 2);
    assert_int_equal(large[1].e.onset_session, 6);
    assert_int_equal(large[1].e.struct_size, sizeof *large);
    assert_int_equal(large[0].later, 0xA5A5A5A5A5A5A5A5);
    attune_watch_free(watch);
}

/* ---- The order of checks ---- */

typedef struct episodes_call {
    const attune_watch *watch;
    const attune_series *series;
    size_t capacity;
    int no_episodes, no_n;
    attune_series s;
    double score[6];
    int32_t session[6];
    attune_episode episodes[2];
    size_t n;
} episodes_call;

static attune_watch *shared;

static void episodes_reset(void *call)
{
    const double y[] = { 5, 5, 5, 2, 5, 5 };
    episodes_call *c = call;
    memset(c, FAULTS_PATTERN, sizeof *c);
    c->watch = shared;
    c->series = &c->s;
    c->capacity = 2;
    c->no_episodes = c->no_n = 0;
    for (int i = 0; i < 6; i++) {
        c->score[i] = y[i];
        c->session[i] = i;
    }
    c->s = given_series(c->score, 6);
    c->s.session = c->session;
    c->episodes[0].struct_size = sizeof *c->episodes;
}

static attune_status episodes_run(void *call, attune_error *err)
{
    episodes_call *c = call;
    return attune_episodes_scan(c->watch, c->series, c->no_episodes ? NULL : c->episodes,
                                c->capacity, c->no_n ? NULL : &c->n, err);
}

SPOIL(no_watch, episodes_call, c->watch = NULL)
SPOIL(no_series, episodes_call, c->series = NULL)
SPOIL(no_episodes, episodes_call, c->no_episodes = 1)
SPOIL(one_nowhere, episodes_call, c->no_episodes = 1; c->capacity = 1)
SPOIL(no_n, episodes_call, c->no_n = 1)
SPOIL(series_size, episodes_call, c->s.struct_size = 0)
SPOIL(episodes_size, episodes_call, c->episodes[0].struct_size = 8)
SPOIL(one_size, episodes_call, c->episodes[0].struct_size = 8; c->capacity = 1)
SPOIL(no_score, episodes_call, c->s.score = NULL)
SPOIL(not_one_score, episodes_call, c->s.score = NULL; c->s.count = 1)
SPOIL(too_long, episodes_call, c->s.count = (uint64_t)INT32_MAX + 1)
SPOIL(infinite_score, episodes_call, c->score[5] = INFINITY)
SPOIL(order, episodes_call, c->session[1] = c->session[0])
SPOIL(room, episodes_call, c->capacity = 0)

static void the_checks_come_in_the_documented_order(void **state)
{
    static episodes_call call;
    const spoiled s = { &call, sizeof call, episodes_reset, episodes_run };
    const fault early[] = {
        { "no watch", ATTUNE_E_ARGUMENT, no_watch },
        { "no series", ATTUNE_E_ARGUMENT, no_series },
        { "no episodes", ATTUNE_E_ARGUMENT, no_episodes },
        { "one episode, nowhere", ATTUNE_E_ARGUMENT, one_nowhere },
        { "no count", ATTUNE_E_ARGUMENT, no_n },
        { "size of series", ATTUNE_E_STRUCT_SIZE, series_size },
        { "size of episodes", ATTUNE_E_STRUCT_SIZE, episodes_size },
        { "size of one episode", ATTUNE_E_STRUCT_SIZE, one_size },
        { "no score", ATTUNE_E_ARGUMENT, no_score },
        { "not one score", ATTUNE_E_ARGUMENT, not_one_score },
        { "too long", ATTUNE_E_COUNT, too_long },
        { "infinite score", ATTUNE_E_VALUE, infinite_score },
        { "order", ATTUNE_E_ORDER, order },
    };
    const fault late[] = { { "order", ATTUNE_E_ORDER, order }, { "room", ATTUNE_E_COUNT, room } };
    attune_constants c = whole_points();
    (void)state;
    shared = given_watch(&c, "own_range");
    FAULTS_CHECK(&s, early);
    FAULTS_CHECK(&s, late);
    attune_watch_free(shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_episode_ends_as_the_header_says),
        cmocka_unit_test(the_repair_limit_is_counted_in_spreads),
        cmocka_unit_test(a_mirrored_measure_has_the_same_episodes),
        cmocka_unit_test(a_drop_from_a_new_level_opens_an_episode_of_its_own),
        cmocka_unit_test(an_episode_partly_repaired_stays_so_when_a_new_level_takes_over),
        cmocka_unit_test(every_rule_that_looks_for_ruptures_has_its_own_episodes),
        cmocka_unit_test(an_episode_has_the_shape_that_its_scores_show),
        cmocka_unit_test(rules_agree_where_their_episodes_overlap),
        cmocka_unit_test(no_drop_no_episode),
        cmocka_unit_test(a_later_callers_larger_episodes_are_strided_by_their_own_size),
        cmocka_unit_test(the_checks_come_in_the_documented_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
