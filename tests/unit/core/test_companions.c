/* Companions of a course: who hears them, live, in one pass and in pieces; what is refused. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/watch/course.h"
#include "tests/unit/core/given.h"

#define COMPANIONS 3
#define SESSIONS 9

/* A rule that tells what it heard: its statistic holds all companions, its chances the rest. */
typedef struct heard {
    double sum;
    int32_t sessions;
} heard;

static void hear(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    heard *own = state;
    double weight = 1;
    finding->statistic = 0;
    for (uint32_t k = 0; k < setup->companions->count; k++, weight *= 10)
        if (!isnan(form->companion[k]))
            finding->statistic += weight * form->companion[k];
    own->sum += finding->statistic;
    finding->p_began = own->sum;
    finding->p_open = ++own->sessions;
    if (!isnan(form->up) && finding->statistic > 100)
        atn_mark_add(finding, ATTUNE_MARK_DROP, ATTUNE_LEVEL_POSSIBLE, form);
}

static attune_rule listener(uint32_t roles)
{
    attune_rule rule = atn_rule_drop;
    rule.info.id = "listener";
    rule.info.companions = roles;
    rule.info.needs = 0;
    rule.step = hear;
    rule.state_size = sizeof(heard);
    return rule;
}

/* Therapist, distress and a subscale, of which the second turns. */
static attune_constants about[COMPANIONS];
static attune_companion companions[COMPANIONS];

static void reset(void)
{
    const int32_t roles[] = { ATTUNE_ROLE_THERAPIST, ATTUNE_ROLE_DISTRESS, ATTUNE_ROLE_SUBSCALE };
    for (size_t k = 0; k < COMPANIONS; k++) {
        about[k] = given_everything();
        about[k].score_min = 0;
        about[k].score_max = 9;
        companions[k] = (attune_companion) { sizeof companions[k], roles[k], &about[k] };
    }
    about[1].direction = ATTUNE_HIGHER_WORSE;
}

static const double own[SESSIONS] = { 5, 5, 6, 5, NAN, NAN, 2, 5, 5 };
static const double therapist[SESSIONS] = { 1, NAN, 3, 4, 5, NAN, 7, 8, 1 };
static const double distress[SESSIONS] = { 2, 2, NAN, 4, NAN, NAN, 1, 0, NAN };
static const double subscale[SESSIONS] = { 3, 2, NAN, 4, 5, NAN, 2, 0, 1 };
static const double *const columns[COMPANIONS] = { therapist, distress, subscale };

static attune_series course(void)
{
    attune_series series = given_series(own, SESSIONS);
    series.companions = columns;
    series.n_companions = COMPANIONS;
    return series;
}

/* The listener and two rules that do not listen. */
#define RULES 3

static attune_status make(attune_watch **out, const attune_rule *rule, size_t n, attune_error *err)
{
    const attune_constants c = given_everything();
    attune_rule_choice choices[RULES] = { given_choice("drop"),
                                          { .rule = rule },
                                          given_choice("own_range") };
    memcpy(choices[1].params, choices[0].params, sizeof choices[1].params);
    return attune_watch_new_joint(out, &c, companions, n, choices, RULES, NULL, err);
}

static attune_watch *watch_of(const attune_rule *rule, size_t n)
{
    attune_watch *watch = NULL;
    assert_int_equal(make(&watch, rule, n, NULL), ATTUNE_OK);
    return watch;
}

static given_found found, other;

static void a_rule_hears_what_spoke_with_up_as_better(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_DISTRESS);
    const double statistics[SESSIONS] = { 281, 180, 3, 364, 505, NAN, 197, 8, 101 };
    const double heard_so_far[SESSIONS] = { 1, 2, 3, 4, 5, NAN, 6, 7, 8 };
    const attune_series series = course();
    attune_watch *watch;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    given_scan(watch, &series, RULES, &found);
    for (size_t i = 0; i < SESSIONS; i++) {
        const attune_trace *trace = &found.traces[i * RULES + 1];
        assert_same(trace->statistic, statistics[i]);
        assert_same(trace->p_open, heard_so_far[i]);
        assert_int_equal(trace->state, isnan(own[i])         ? ATTUNE_STATE_NO_FORM
                                       : statistics[i] > 100 ? ATTUNE_STATE_MARKED
                                                             : ATTUNE_STATE_QUIET);
    }
    attune_watch_free(watch);
}

static void rules_that_do_not_listen_say_the_same_with_and_without(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_SUBSCALE);
    attune_series series = course();
    attune_watch *watch, *alone;
    size_t at = 0;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    alone = watch_of(&rule, 0);
    given_scan(watch, &series, RULES, &found);
    series.n_companions = 0;
    given_scan(alone, &series, RULES, &other);
    for (size_t i = 0; i < SESSIONS * RULES; i++)
        if (i % RULES != 1)
            assert_memory_equal(&found.traces[i], &other.traces[i], sizeof found.traces[i]);
    for (size_t i = 0; i < found.n; i++)
        if (strcmp(found.marks[i].rule, "listener") != 0)
            assert_memory_equal(&found.marks[i], &other.marks[at++], sizeof found.marks[i]);
    assert_int_equal(at, other.n);
    assert_in_range(at, 1, found.n - 1);
    attune_watch_free(watch);
    attune_watch_free(alone);
}

static void a_rule_without_any_signal_that_it_wants_says_so(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_SUBSCALE);
    attune_silence silence[RULES] = { { .struct_size = sizeof *silence } };
    const attune_series series = course();
    attune_series bare = course();
    attune_monitor *monitor = NULL;
    attune_watch *watch;
    size_t n = 0;
    (void)state;
    reset();
    bare.n_companions = 0;
    watch = watch_of(&rule, 0);
    given_scan(watch, &bare, RULES, &found);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_NO_SIGNAL);
    assert_int_equal(found.traces[4 * RULES + 1].state, ATTUNE_STATE_NO_FORM);
    assert_int_equal(attune_silence_scan(watch, &bare, silence, RULES, &n, NULL), ATTUNE_OK);
    assert_int_equal(silence[1].reason, ATTUNE_SILENCE_NO_SIGNAL);
    assert_int_equal(attune_monitor_new(&monitor, watch, NULL, NULL), ATTUNE_OK);
    assert_int_equal(attune_monitor_wait(monitor, 1), -1);
    attune_monitor_free(monitor);
    attune_watch_free(watch);
    watch = watch_of(&rule, 2); /* others do not help it */
    assert_int_equal(attune_silence_scan(watch, &bare, silence, RULES, &n, NULL), ATTUNE_OK);
    assert_int_equal(silence[1].reason, ATTUNE_SILENCE_NO_SIGNAL);
    attune_watch_free(watch);
    watch = watch_of(&rule, COMPANIONS);
    assert_int_equal(attune_silence_scan(watch, &series, silence, RULES, &n, NULL), ATTUNE_OK);
    assert_int_equal(silence[1].reason, ATTUNE_SILENCE_MARKED);
    assert_int_equal(attune_monitor_new(&monitor, watch, NULL, NULL), ATTUNE_OK);
    assert_true(attune_monitor_wait(monitor, 1) > 0);
    attune_monitor_free(monitor);
    attune_watch_free(watch);
}

static void a_column_or_all_of_them_may_be_missing(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_SUBSCALE);
    const double *const some[COMPANIONS] = { NULL, distress, NULL };
    attune_series series = course();
    attune_watch *watch;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    series.companions = some;
    given_scan(watch, &series, RULES, &found);
    assert_same(found.traces[1].statistic, -20);
    assert_same(found.traces[4 * RULES + 1].statistic, NAN); /* none of those given spoke */
    series.n_companions = 0;
    series.companions = NULL;
    given_scan(watch, &series, RULES, &found);
    assert_same(found.traces[1].statistic, 0);
    assert_int_equal(found.traces[1].state, ATTUNE_STATE_QUIET);
    attune_watch_free(watch);
}

static void live_is_one_pass(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_THERAPIST);
    const attune_series series = course();
    attune_monitor *monitor = NULL;
    attune_watch *watch;
    size_t at = 0;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    given_scan(watch, &series, RULES, &found);
    assert_int_equal(attune_monitor_new(&monitor, watch, NULL, NULL), ATTUNE_OK);
    for (int32_t i = 0; i < SESSIONS; i++) {
        const double said[] = { therapist[i], distress[i], subscale[i] };
        attune_mark marks[2 * RULES] = { { .struct_size = sizeof *marks } };
        attune_mark ahead[2 * RULES] = { { .struct_size = sizeof *ahead } };
        attune_trace traces[RULES] = { { .struct_size = sizeof *traces } };
        size_t n = 0, peeked = 0;
        assert_int_equal(attune_monitor_peek_joint(monitor, i + 1, NAN, own[i], said, COMPANIONS,
                                                   ahead, 2 * RULES, &peeked, NULL),
                         ATTUNE_OK);
        assert_int_equal(attune_monitor_push_joint(monitor, i + 1, NAN, own[i], said, COMPANIONS,
                                                   marks, 2 * RULES, &n, NULL),
                         ATTUNE_OK);
        assert_int_equal(peeked, n);
        assert_memory_equal(ahead, marks, sizeof marks);
        assert_memory_equal(marks, &found.marks[at], n * sizeof *marks);
        at += n;
        assert_int_equal(attune_monitor_trace(monitor, traces, RULES, &n, NULL), ATTUNE_OK);
        assert_memory_equal(traces, &found.traces[(size_t)i * RULES], sizeof traces);
    }
    assert_int_equal(at, found.n);
    attune_monitor_free(monitor);
    attune_watch_free(watch);
}

static void any_split_of_the_rows_is_one_pass(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_THERAPIST);
    static const uint64_t group[SESSIONS];
    const uint8_t valid[] = { 0xCB, 0 }; /* of distress: sessions 1, 2, 4, 7 and 8 */
    attune_series series = course();
    attune_watch *watch;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    given_scan(watch, &series, RULES, &found);
    for (int64_t chunk = 1; chunk <= SESSIONS; chunk++) {
        attune_stream *stream = NULL;
        size_t at = 0;
        assert_int_equal(attune_stream_new(&stream, watch, NULL, NULL), ATTUNE_OK);
        for (int64_t from = 0; from < SESSIONS; from += chunk) {
            const int64_t n = from + chunk < SESSIONS ? chunk : SESSIONS - from;
            const double spoken[SESSIONS] = { 2, 2, 8, 4, 8, 8, 1, 0, 8 }; /* 8: not valid */
            const attune_column said[] = { { therapist, NULL, from, n },
                                           { spoken, valid, from, n },
                                           { subscale, NULL, from, n } };
            const int32_t number[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
            const attune_batch batch = { .struct_size = sizeof batch,
                                         .n_companions = COMPANIONS,
                                         .group = group + from,
                                         .session = number + from,
                                         .score = { own, NULL, from, n },
                                         .companions = said };
            attune_mark marks[2 * RULES * SESSIONS] = { { .struct_size = sizeof *marks } };
            attune_trace traces[RULES * SESSIONS] = { { .struct_size = sizeof *traces } };
            size_t marked = 0, traced = 0, rows = 0;
            assert_int_equal(attune_stream_push(stream, &batch, marks, LENGTH(marks), &marked,
                                                traces, LENGTH(traces), &traced, &rows, NULL),
                             ATTUNE_OK);
            assert_int_equal(rows, n);
            assert_memory_equal(marks, &found.marks[at], marked * sizeof *marks);
            assert_memory_equal(traces, &found.traces[from * RULES], traced * sizeof *traces);
            at += marked;
        }
        assert_int_equal(at, found.n);
        attune_stream_free(stream);
    }
    attune_watch_free(watch);
}

static void a_batch_may_lack_one_companion_or_all(void **state)
{
    const attune_rule rule = listener(1u << ATTUNE_ROLE_THERAPIST);
    static const uint64_t group[SESSIONS];
    const attune_column said[] = { { .values = NULL },
                                   { distress, NULL, 0, SESSIONS },
                                   { .values = NULL } };
    attune_batch batch = { .struct_size = sizeof batch,
                           .n_companions = COMPANIONS,
                           .group = group,
                           .score = { own, NULL, 0, SESSIONS },
                           .companions = said };
    attune_mark marks[2 * RULES * SESSIONS] = { { .struct_size = sizeof *marks } };
    attune_trace traces[RULES * SESSIONS] = { { .struct_size = sizeof *traces } };
    attune_stream *stream = NULL;
    attune_watch *watch;
    size_t n = 0, m = 0, rows = 0;
    (void)state;
    reset();
    watch = watch_of(&rule, COMPANIONS);
    assert_int_equal(attune_stream_new(&stream, watch, NULL, NULL), ATTUNE_OK);
    assert_int_equal(attune_stream_push(stream, &batch, marks, LENGTH(marks), &n, traces,
                                        LENGTH(traces), &m, &rows, NULL),
                     ATTUNE_OK);
    assert_same(traces[1].statistic, -20);
    attune_stream_free(stream);
    assert_int_equal(attune_stream_new(&stream, watch, NULL, NULL), ATTUNE_OK);
    batch.n_companions = 0;
    batch.companions = NULL;
    assert_int_equal(attune_stream_push(stream, &batch, marks, LENGTH(marks), &n, traces,
                                        LENGTH(traces), &m, &rows, NULL),
                     ATTUNE_OK);
    assert_same(traces[1].statistic, 0);
    attune_stream_free(stream);
    attune_watch_free(watch);
}

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
        cmocka_unit_test(a_rule_hears_what_spoke_with_up_as_better),
        cmocka_unit_test(rules_that_do_not_listen_say_the_same_with_and_without),
        cmocka_unit_test(a_rule_without_any_signal_that_it_wants_says_so),
        cmocka_unit_test(a_column_or_all_of_them_may_be_missing),
        cmocka_unit_test(live_is_one_pass),
        cmocka_unit_test(any_split_of_the_rows_is_one_pass),
        cmocka_unit_test(a_batch_may_lack_one_companion_or_all),
        cmocka_unit_test(columns_of_another_number_or_length_are_refused),
        cmocka_unit_test(a_series_is_refused_with_another_number_or_a_score_out_of_range),
        cmocka_unit_test(a_push_is_refused_with_another_number_or_a_score_out_of_range),
        cmocka_unit_test(companions_are_refused_by_number_role_and_constants),
        cmocka_unit_test(sessions_are_joined_by_their_numbers),
        cmocka_unit_test(what_cannot_be_joined_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
