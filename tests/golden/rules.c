/* Every rule against its vectors, each in one pass, live and streamed in pieces: the same bits. */
/* SPDX-License-Identifier: MIT */
#include "tests/golden/vectors.h"
#include "tests/unit/near.h"

#include <attune/companion.h>
#include <attune/watch.h>

#include <stdio.h>
#include <stdlib.h>

enum { SESSIONS = 64, MARKS = 2 * SESSIONS };

static const char *folder;

typedef struct vector {
    json_t *json;
    attune_watch *watch;
    attune_rule_choice choice;
    const char *rule;
    double score[SESSIONS], number[SESSIONS], tolerance;
    double said[ATTUNE_COMPANIONS_MAX][SESSIONS]; /* of its companions */
    const double *columns[ATTUNE_COMPANIONS_MAX];
    int32_t session[SESSIONS];
    attune_series series;
    attune_mark marks[MARKS];
    attune_trace traces[SESSIONS];
    size_t n_marks;
} vector;

static const char *word(json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* The code that a field table gives a word, -1 for null. */
static int32_t code_of(const attune_field *fields, size_t n, const char *field, const char *text)
{
    for (size_t f = 0; f < n; f++)
        for (uint32_t i = 0; strcmp(fields[f].name, field) == 0 && i < fields[f].name_count; i++)
            if (strcmp(fields[f].names[i], text) == 0)
                return (int32_t)i;
    return -1;
}

static int32_t whole(json_t *json, const char *key)
{
    return (int32_t)json_integer_value(json_object_get(json, key));
}

/* A norm of expected response; NULL where the vector has none. */
static const attune_response *read_response(json_t *json)
{
    static attune_response r;
    r = (attune_response) { .struct_size = sizeof r };
    r.time = whole(json, "time");
    r.structure = whole(json, "structure");
    r.first_session = whole(json, "first_session");
    r.last_session = whole(json, "last_session");
    r.intake_low = vectors_number(json, "intake_low");
    r.intake_high = vectors_number(json, "intake_high");
    r.intercept = vectors_number(json, "intercept");
    r.slope = vectors_number(json, "slope");
    r.intercept_se = vectors_number(json, "intercept_se");
    r.slope_se = vectors_number(json, "slope_se");
    r.fixed_cov = vectors_number(json, "fixed_cov");
    r.intercept_var = vectors_number(json, "intercept_var");
    r.slope_var = vectors_number(json, "slope_var");
    r.intercept_slope_cov = vectors_number(json, "intercept_slope_cov");
    r.residual_var = vectors_number(json, "residual_var");
    return json ? &r : NULL;
}

static void read_constants(json_t *json, attune_constants *c)
{
    static const struct {
        const char *key;
        size_t at;
    } numbers[] = {
        { "score_min", offsetof(attune_constants, score_min) },
        { "score_max", offsetof(attune_constants, score_max) },
        { "score_step", offsetof(attune_constants, score_step) },
        { "within_sd", offsetof(attune_constants, within_sd) },
        { "sem", offsetof(attune_constants, sem) },
        { "change_threshold", offsetof(attune_constants, change_threshold) },
        { "sd", offsetof(attune_constants, sd) },
        { "reliability", offsetof(attune_constants, reliability) },
        { "cutoff", offsetof(attune_constants, cutoff) },
    };
    attune_scale_constants(NULL, c);
    c->construct = (int32_t)json_integer_value(json_object_get(json, "construct"));
    c->direction = (int32_t)json_integer_value(json_object_get(json, "direction"));
    c->response = read_response(json_object_get(json, "response"));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double value = vectors_number(json, numbers[i].key);
        if (!isnan(value))
            memcpy((char *)c + numbers[i].at, &value, sizeof value);
    }
}

static void choose(json_t *json, attune_rule_choice *choice)
{
    const attune_rule *rule = attune_rule_find(word(json, "rule"));
    attune_param_info param = { .struct_size = sizeof param };
    assert_non_null(rule);
    attune_rule_choose(rule, choice);
    for (size_t i = 0; attune_rule_param(rule, i, &param) == ATTUNE_OK; i++) {
        double value = vectors_number(json_object_get(json, "params"), param.name);
        choice->params[i] = isnan(value) ? choice->params[i] : value;
    }
}

static int32_t role_of(const char *name)
{
    static const char *const names[] = { "therapist", "distress", "subscale" };
    for (int32_t i = 0; i < 3; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    fail_msg("no such role: %s", name);
    return -1;
}

/* How many companions the vector has; their constants and roles go where the watch wants them. */
static size_t read_companions(json_t *json, vector *v, attune_constants *constants,
                              attune_companion *companions)
{
    json_t *one;
    size_t k;
    assert_in_range(json_array_size(json), 0, ATTUNE_COMPANIONS_MAX);
    json_array_foreach(json, k, one)
    {
        constants[k].struct_size = sizeof constants[k];
        read_constants(json_object_get(one, "constants"), &constants[k]);
        companions[k] =
            (attune_companion) { sizeof companions[k], role_of(word(one, "role")), &constants[k] };
        vectors_numbers(json_object_get(one, "score"), v->said[k], SESSIONS);
        v->columns[k] = v->said[k];
    }
    return k;
}

static void read_vector(json_t *json, vector *v)
{
    attune_constants constants = { .struct_size = sizeof constants };
    attune_constants theirs[ATTUNE_COMPANIONS_MAX];
    attune_companion companions[ATTUNE_COMPANIONS_MAX];
    size_t others = read_companions(json_object_get(json, "companions"), v, theirs, companions);
    size_t n = vectors_numbers(json_object_get(json, "score"), v->score, SESSIONS);
    size_t numbered = vectors_numbers(json_object_get(json, "session"), v->number, SESSIONS);
    read_constants(json_object_get(json, "constants"), &constants);
    choose(json, &v->choice);
    v->json = json;
    v->rule = word(json, "rule");
    v->tolerance = vectors_number(json, "tolerance");
    assert_true(v->tolerance >= 0);
    for (size_t i = 0; i < n; i++)
        v->session[i] = numbered ? (int32_t)v->number[i] : (int32_t)(i + 1);
    v->series = (attune_series) { .struct_size = sizeof v->series,
                                  .count = n,
                                  .session = v->session,
                                  .score = v->score,
                                  .n_companions = (uint32_t)others,
                                  .companions = v->columns };
    assert_int_equal(attune_watch_new_joint(&v->watch, &constants, companions, others, &v->choice,
                                            1, NULL, NULL),
                     ATTUNE_OK);
}

static void check_statistics(const vector *v)
{
    double want[SESSIONS];
    json_t *json = json_object_get(v->json, "statistic");
    size_t n = vectors_numbers(json, want, SESSIONS);
    assert_true(!json || n == v->series.count);
    for (size_t i = 0; i < n; i++)
        assert_near(v->traces[i].statistic, want[i], v->tolerance);
}

static void check_chances(const vector *v)
{
    double began[SESSIONS], open[SESSIONS];
    size_t n = vectors_numbers(json_object_get(v->json, "p_began"), began, SESSIONS);
    vectors_numbers(json_object_get(v->json, "p_open"), open, SESSIONS);
    for (size_t i = 0; i < n; i++) {
        assert_near(v->traces[i].p_began, began[i], v->tolerance);
        assert_near(v->traces[i].p_open, open[i], v->tolerance);
    }
}

static void check_likelihood(const vector *v)
{
    double got;
    if (!json_object_get(v->json, "log_likelihood"))
        return;
    assert_int_equal(attune_likelihood_scan(v->watch, &v->choice, &v->series, &got, NULL),
                     ATTUNE_OK);
    assert_near(got, vectors_number(v->json, "log_likelihood"), v->tolerance);
}

static void check_near_key(const vector *v, json_t *want, const char *key, double got)
{
    if (json_object_get(want, key))
        assert_near(got, vectors_number(want, key), v->tolerance);
}

/* A vector names the signals that have a share, and no others may have one. */
static void check_shares(const vector *v, json_t *want, const attune_mark *mark)
{
    static const char *const names[] = { "client", "therapist", "distress" };
    json_t *shares = json_object_get(want, "share");
    size_t found = 0;
    for (int i = 0; i < ATTUNE_SIGNALS; i++) {
        char key[32];
        if (i < ATTUNE_SIGNAL_SUBSCALE)
            (void)snprintf(key, sizeof key, "%s", names[i]);
        else
            (void)snprintf(key, sizeof key, "subscale_%d", i - ATTUNE_SIGNAL_SUBSCALE + 1);
        int given = json_object_get(shares, key) != NULL;
        assert_int_equal(mark->signals >> i & 1, given);
        assert_near(mark->share[i], given ? vectors_number(shares, key) : 0, v->tolerance);
        found += (size_t)given;
    }
    assert_int_equal(found, json_object_size(shares));
}

static void check_marks(const vector *v)
{
    json_t *wanted = json_object_get(v->json, "marks");
    size_t n_fields;
    const attune_field *fields = attune_mark_fields(&n_fields);
    assert_true(json_is_array(wanted));
    assert_int_equal(v->n_marks, json_array_size(wanted));
    for (size_t i = 0; i < v->n_marks; i++) {
        json_t *want = json_array_get(wanted, i);
        const attune_mark *mark = &v->marks[i];
        assert_int_equal(mark->session, json_integer_value(json_object_get(want, "session")));
        assert_int_equal(mark->kind, code_of(fields, n_fields, "kind", word(want, "kind")));
        assert_int_equal(mark->level, code_of(fields, n_fields, "level", word(want, "level")));
        assert_string_equal(mark->rule, v->rule);
        check_near_key(v, want, "limit", mark->limit);
        check_near_key(v, want, "reference", mark->reference);
        check_near_key(v, want, "spread", mark->spread);
        check_near_key(v, want, "statistic", mark->statistic);
        check_near_key(v, want, "first_session", mark->first_session);
        check_near_key(v, want, "last_session", mark->last_session);
        check_near_key(v, want, "expected_low", mark->expected_low);
        check_near_key(v, want, "expected_high", mark->expected_high);
        check_near_key(v, want, "tail", mark->tail);
        check_shares(v, want, mark);
    }
}

static void check_episodes(const vector *v)
{
    json_t *wanted = json_object_get(v->json, "episodes");
    attune_episode got[SESSIONS] = { { .struct_size = sizeof got[0] } };
    size_t n = 0, n_fields;
    const attune_field *fields = attune_episode_fields(&n_fields);
    assert_int_equal(attune_episodes_scan(v->watch, &v->series, got, SESSIONS, &n, NULL),
                     ATTUNE_OK);
    if (!wanted)
        return;
    assert_int_equal(n, json_array_size(wanted));
    for (size_t i = 0; i < n; i++) {
        json_t *want = json_array_get(wanted, i);
        assert_int_equal(got[i].status, code_of(fields, n_fields, "status", word(want, "status")));
        check_near_key(v, want, "onset_session", got[i].onset_session);
        check_near_key(v, want, "nadir_session", got[i].nadir_session);
        check_near_key(v, want, "resolved_session", got[i].resolved_session);
        check_near_key(v, want, "length", got[i].length);
        check_near_key(v, want, "depth", got[i].depth);
        check_near_key(v, want, "depth_sigma", got[i].depth_sigma);
    }
}

static void same_mark(const attune_mark *a, const attune_mark *b)
{
    assert_int_equal(a->session, b->session);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->level, b->level);
    assert_int_equal(a->flags, b->flags);
    assert_int_equal(a->row, b->row);
    assert_same(a->observed, b->observed);
    assert_same(a->limit, b->limit);
    assert_same(a->statistic, b->statistic);
    assert_same(a->reference, b->reference);
    assert_same(a->spread, b->spread);
    assert_same(a->expected_low, b->expected_low);
    assert_same(a->expected_high, b->expected_high);
    assert_same(a->tail, b->tail);
    assert_int_equal(a->signals, b->signals);
    for (int i = 0; i < ATTUNE_SIGNALS; i++)
        assert_same(a->share[i], b->share[i]);
}

static void check_live(const vector *v)
{
    attune_monitor *monitor = NULL;
    size_t at = 0;
    assert_int_equal(attune_monitor_new(&monitor, v->watch, NULL, NULL), ATTUNE_OK);
    for (size_t i = 0; i < v->series.count; i++) {
        attune_mark marks[2] = { { .struct_size = sizeof marks[0] } };
        attune_trace trace = { .struct_size = sizeof trace };
        double said[ATTUNE_COMPANIONS_MAX];
        size_t n = 0, traced = 0;
        for (uint32_t k = 0; k < v->series.n_companions; k++)
            said[k] = v->said[k][i];
        assert_int_equal(attune_monitor_push_joint(monitor, v->session[i], NAN, v->score[i], said,
                                                   v->series.n_companions, marks, 2, &n, NULL),
                         ATTUNE_OK);
        assert_int_equal(attune_monitor_trace(monitor, &trace, 1, &traced, NULL), ATTUNE_OK);
        assert_same(trace.statistic, v->traces[i].statistic);
        assert_int_equal(trace.state, v->traces[i].state);
        for (size_t m = 0; m < n; m++) {
            marks[m].row = i;
            same_mark(&marks[m], &v->marks[at + m]);
        }
        at += n;
    }
    assert_int_equal(at, v->n_marks);
    attune_monitor_free(monitor);
}

static void check_stream(const vector *v, size_t piece)
{
    uint64_t group[SESSIONS] = { 0 };
    attune_stream *stream = NULL;
    size_t at = 0;
    assert_int_equal(attune_stream_new(&stream, v->watch, NULL, NULL), ATTUNE_OK);
    for (size_t i = 0; i < v->series.count; i += piece) {
        size_t left = v->series.count - i, length = left < piece ? left : piece, n = 0, rows = 0;
        attune_mark marks[MARKS] = { { .struct_size = sizeof marks[0] } };
        attune_column said[ATTUNE_COMPANIONS_MAX];
        attune_batch batch = {
            .struct_size = sizeof batch,
            .n_companions = v->series.n_companions,
            .companions = said,
            .group = group,
            .session = v->session + i,
            .score = { .values = v->score, .offset = (int64_t)i, .length = (int64_t)length },
        };
        for (uint32_t k = 0; k < v->series.n_companions; k++)
            said[k] = (attune_column) { v->said[k], NULL, (int64_t)i, (int64_t)length };
        assert_int_equal(
            attune_stream_push(stream, &batch, marks, MARKS, &n, NULL, 0, NULL, &rows, NULL),
            ATTUNE_OK);
        assert_int_equal(rows, length);
        for (size_t m = 0; m < n; m++)
            same_mark(&marks[m], &v->marks[at + m]);
        at += n;
    }
    assert_int_equal(at, v->n_marks);
    attune_stream_free(stream);
}

/* Such rules run over whole courses only. */
static int looks_ahead(const char *rule)
{
    attune_rule_info info = { .struct_size = sizeof info };
    assert_int_equal(attune_rule_describe(attune_rule_find(rule), &info), ATTUNE_OK);
    return info.looks_ahead;
}

static void check_vector(json_t *json)
{
    static const size_t pieces[] = { 1, 2, 3, 5, 7, 13, SESSIONS };
    vector v = { .marks = { { .struct_size = sizeof v.marks[0] } },
                 .traces = { { .struct_size = sizeof v.traces[0] } } };
    read_vector(json, &v);
    assert_int_equal(
        attune_scan(v.watch, &v.series, v.marks, MARKS, &v.n_marks, v.traces, SESSIONS, NULL),
        ATTUNE_OK);
    check_statistics(&v);
    check_chances(&v);
    check_likelihood(&v);
    check_marks(&v);
    check_episodes(&v);
    if (!looks_ahead(v.rule)) {
        check_live(&v);
        for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
            check_stream(&v, pieces[i]);
    }
    attune_watch_free(v.watch);
}

static void check_file(const char *name, json_t *file, void *data)
{
    size_t *touched = data, i, counted = 0;
    json_t *json;
    json_array_foreach(file, i, json)
    {
        const attune_rule *rule = attune_rule_find(word(json, "rule"));
        int counts = vectors_counts(name, json);
        check_vector(json);
        counted += (size_t)counts;
        for (size_t r = 0; counts && r < attune_rule_count(); r++)
            touched[r] += attune_rule_at(r) == rule;
    }
    print_message("  %s: %zu vectors, %zu of them count\n", strrchr(name, '/') + 1, i, counted);
}

static void every_rule_gives_the_published_answers(void **state)
{
    size_t touched[512] = { 0 };
    (void)state;
    vectors_each(folder, check_file, touched);
    for (size_t r = 0; r < attune_rule_count(); r++)
        if (touched[r] == 0)
            fail_msg("rule %zu of the table has no vector that counts", r);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_gives_the_published_answers),
    };
    if (argc != 2)
        return EXIT_FAILURE;
    folder = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
