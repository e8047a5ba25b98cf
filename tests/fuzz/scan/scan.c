/* Fuzz target of the watch: any constants, rules and course, and what must hold of the outcome. */
/* SPDX-License-Identifier: MIT */
#include <attune/attune.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SESSIONS 64
#define MARKS (SESSIONS * ATTUNE_RULESET_MAX * 2)
#define TRACES (SESSIONS * ATTUNE_RULESET_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HOLD(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);         \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* ---- Bytes to a case: one byte a choice, zeros beyond the end ---- */

typedef struct input {
    const uint8_t *data;
    size_t size;
} input;

static uint8_t take(input *in)
{
    uint8_t byte = in->size > 0 ? *in->data : 0;
    in->data += in->size > 0;
    in->size -= in->size > 0;
    return byte;
}

/* A double worth trying, eight raw bytes, or a plain score from 0 in sixteenths. */
static double take_real(input *in)
{
    static const double worth[] = {
        (double)NAN,
        (double)INFINITY,
        -(double)INFINITY,
        0.0,
        -0.0,
        5e-324,
        -5e-324,
        2.3e-308,
        1e-160,
        1e160,
        1.7e308,
        -1.7e308,
        1e-16,
        1.0,
        -1.0,
        0x1p53,
    };
    uint8_t code = take(in);
    unsigned char raw[sizeof(double)];
    double value;
    if (code < 16)
        return worth[code];
    if (code > 16)
        return (code - 17) / 16.0;
    for (size_t i = 0; i < sizeof raw; i++)
        raw[i] = take(in);
    memcpy(&value, raw, sizeof value);
    return value;
}

static attune_constants take_constants(input *in)
{
    attune_constants c = { .struct_size = sizeof c };
    double *const members[] = { &c.score_min, &c.score_max,   &c.score_step,
                                &c.within_sd, &c.sem,         &c.change_threshold,
                                &c.sd,        &c.reliability, &c.cutoff };
    unsigned mask;
    attune_scale_constants(NULL, &c);
    c.construct = take(in) % 4;     /* 3 is none */
    c.direction = 1 - take(in) % 3; /* 0 is none */
    c.change_bound = take(in) % 2;
    c.cutoff_bound = take(in) % 2;
    c.provisional = take(in);
    mask = take(in);
    mask |= (unsigned)take(in) << 8;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (mask >> i & 1)
            *members[i] = take_real(in);
    return c;
}

static size_t take_choices(input *in, attune_rule_choice *choices)
{
    size_t n = take(in) % (ATTUNE_RULESET_MAX + 2u); /* 0 and one too many are refused */
    for (size_t i = 0; i < n; i++) {
        const attune_rule *rule = attune_rule_at(take(in) % (attune_rule_count() + 1));
        unsigned mask = take(in);
        memset(&choices[i], 0, sizeof choices[i]);
        if (rule)
            attune_rule_choose(rule, &choices[i]);
        for (size_t p = 0; p < ATTUNE_RULE_PARAMS; p++)
            if (mask >> p & 1)
                choices[i].params[p] = take_real(in);
    }
    return n;
}

/* One case, and everything found in it. */
typedef struct sample {
    attune_constants constants;
    attune_rule_choice choices[ATTUNE_RULESET_MAX + 1];
    size_t rules, prefix, chunk;
    double score[SESSIONS], day[SESSIONS];
    int32_t session[SESSIONS];
    attune_series series;
    attune_mark marks[MARKS];
    attune_trace traces[TRACES];
    size_t n;
} sample;

static void take_series(input *in, sample *s)
{
    unsigned has;
    int32_t last = 0;
    s->series = (attune_series) { .struct_size = sizeof s->series, .count = take(in) % SESSIONS };
    has = take(in);
    s->series.score = s->score;
    s->series.session = has & 1 ? s->session : NULL;
    s->series.day = has & 2 ? s->day : NULL;
    for (size_t i = 0; i < s->series.count; i++) {
        uint8_t step = has & 1 ? take(in) : 1;
        s->score[i] = take_real(in);
        s->day[i] = has & 2 ? take_real(in) : (double)NAN;
        if (step < 250)
            last = last < INT32_MAX - 4 ? last + step % 4 : last; /* 0 is refused */
        else
            last = step % 2 ? INT32_MIN : INT32_MAX - 8;
        s->session[i] = last;
    }
    s->chunk = take(in) % 13 + 1u;
    s->prefix = s->series.count > 0 ? take(in) % s->series.count : 0;
}

/* ---- What must hold ---- */

static attune_mark marks[MARKS];
static attune_trace traces[TRACES];

static void reset_room(void)
{
    memset(marks, 0, sizeof marks);
    memset(traces, 0, sizeof traces);
    marks[0].struct_size = sizeof *marks;
    traces[0].struct_size = sizeof *traces;
}

static void figures_hold(const sample *s)
{
    HOLD(s->n <= 2 * s->rules * s->series.count);
    for (size_t i = 0; i < s->n; i++) {
        HOLD(!isnan(s->marks[i].statistic));
        HOLD(!isnan(s->marks[i].observed));
        HOLD(s->marks[i].row < s->series.count);
        HOLD(s->marks[i].kind >= ATTUNE_MARK_DROP && s->marks[i].kind <= ATTUNE_MARK_ORDER);
        HOLD(s->marks[i].level >= -1 && s->marks[i].level <= ATTUNE_LEVEL_SEVERE);
        HOLD(i == 0 || s->marks[i - 1].row <= s->marks[i].row);
    }
    for (size_t i = 0; i < s->rules * s->series.count; i++) {
        const attune_trace *t = &s->traces[i];
        HOLD(t->state != ATTUNE_STATE_MARKED || !isnan(t->statistic));
        HOLD((t->state == ATTUNE_STATE_NO_CONSTANT) == (t->missing != 0));
    }
}

static int32_t number_of(const sample *s, size_t i)
{
    return s->series.session ? s->session[i] : (int32_t)i + 1;
}

static double day_of(const sample *s, size_t i)
{
    return s->series.day ? s->day[i] : (double)NAN;
}

static void live_is_one_pass(const attune_watch *watch, const sample *s)
{
    attune_monitor *monitor = NULL;
    size_t at = 0;
    HOLD(attune_monitor_new(&monitor, watch, NULL, NULL) == ATTUNE_OK);
    for (size_t i = 0; i < s->series.count; i++) {
        size_t n = 0, peeked = 0;
        reset_room();
        HOLD(attune_monitor_peek(monitor, number_of(s, i), day_of(s, i), s->score[i], marks, MARKS,
                                 &peeked, NULL) == ATTUNE_OK);
        HOLD(attune_monitor_push(monitor, number_of(s, i), day_of(s, i), s->score[i], marks, MARKS,
                                 &n, NULL) == ATTUNE_OK);
        HOLD(n == peeked && at + n <= s->n);
        HOLD(memcmp(marks, s->marks + at, n * sizeof *marks) == 0);
        at += n;
        HOLD(attune_monitor_trace(monitor, traces, TRACES, &n, NULL) == ATTUNE_OK);
        HOLD(memcmp(traces, s->traces + i * s->rules, s->rules * sizeof *traces) == 0);
    }
    HOLD(at == s->n);
    attune_monitor_free(monitor);
}

/* The course as one client's rows in pieces; stops at a refusal and hands it back. */
static attune_status stream_pieces(const attune_watch *watch, const sample *s, size_t chunk)
{
    static const uint64_t group[SESSIONS];
    attune_stream *stream = NULL;
    attune_status status = ATTUNE_OK;
    size_t at = 0;
    HOLD(attune_stream_new(&stream, watch, NULL, NULL) == ATTUNE_OK);
    for (size_t from = 0; from < s->series.count && status == ATTUNE_OK; from += chunk) {
        size_t length = (size_t)s->series.count - from, n = 0, m = 0, rows = 0;
        attune_batch batch = { .struct_size = sizeof batch, .group = group };
        length = length < chunk ? length : chunk;
        batch.session = s->series.session ? s->session + from : NULL;
        batch.score = (attune_column) { s->score, NULL, (int64_t)from, (int64_t)length };
        batch.day = (attune_column) { s->series.day, NULL, (int64_t)from, (int64_t)length };
        reset_room();
        status =
            attune_stream_push(stream, &batch, marks, MARKS, &n, traces, TRACES, &m, &rows, NULL);
        if (status != ATTUNE_OK)
            break;
        HOLD(rows == length && m == length * s->rules && at + n <= s->n);
        HOLD(memcmp(marks, s->marks + at, n * sizeof *marks) == 0);
        HOLD(memcmp(traces, s->traces + from * s->rules, m * sizeof *traces) == 0);
        at += n;
    }
    HOLD(status != ATTUNE_OK || at == s->n);
    attune_stream_free(stream);
    return status;
}

static void earlier_marks_stand(const attune_watch *watch, const sample *s)
{
    attune_series shorter = s->series;
    size_t n = 0;
    shorter.count = s->prefix;
    reset_room();
    HOLD(attune_scan(watch, &shorter, marks, MARKS, &n, traces, TRACES, NULL) == ATTUNE_OK);
    HOLD(n <= s->n && memcmp(marks, s->marks, n * sizeof *marks) == 0);
    HOLD(memcmp(traces, s->traces, s->prefix * s->rules * sizeof *traces) == 0);
    HOLD(n == s->n || s->marks[n].row >= s->prefix);
}

static void room_is_counted(const attune_watch *watch, const sample *s)
{
    attune_error err = ATTUNE_ERROR_INIT;
    size_t n = 0;
    reset_room();
    HOLD(attune_scan(watch, &s->series, marks, s->n, &n, NULL, 0, NULL) == ATTUNE_OK);
    HOLD(n == s->n && memcmp(marks, s->marks, n * sizeof *marks) == 0);
    if (s->n == 0)
        return;
    HOLD(attune_scan(watch, &s->series, marks, s->n - 1, &n, NULL, 0, &err) == ATTUNE_E_COUNT);
    HOLD(err.index == s->n);
}

static void episodes_hold(const attune_watch *watch, const sample *s)
{
    static attune_episode episodes[MARKS];
    size_t n = 0;
    episodes[0].struct_size = sizeof *episodes;
    HOLD(attune_episodes_scan(watch, &s->series, episodes, MARKS, &n, NULL) == ATTUNE_OK);
    HOLD(n <= s->n);
    for (size_t i = 0; i < n; i++) {
        HOLD(episodes[i].status >= 0 && episodes[i].status <= ATTUNE_EPISODE_CENSORED);
        HOLD(episodes[i].nadir_session >= episodes[i].onset_session);
        HOLD(episodes[i].length >= 1 && (uint64_t)episodes[i].length <= s->series.count);
    }
}

static void change_holds(const sample *s)
{
    attune_change change = { .struct_size = sizeof change };
    attune_status status =
        attune_change_fit(&s->constants, NULL, s->score, (size_t)s->series.count, &change, NULL);
    if (status != ATTUNE_OK)
        return;
    HOLD(isfinite(change.first) && isfinite(change.last) && isfinite(change.change));
    HOLD(!isinf(change.rci) && !isinf(change.threshold) && !isinf(change.cutoff));
    HOLD((change.basis == ATTUNE_BASIS_NONE) == (change.reliable < 0));
}

/* Rules that look ahead run over whole courses only, and are refused live. */
static int looks_ahead(const attune_watch *watch, const sample *s)
{
    attune_monitor *monitor = NULL;
    attune_stream *stream = NULL;
    int ahead = 0;
    for (size_t i = 0; i < s->rules; i++) {
        attune_rule_info info = { .struct_size = sizeof info };
        (void)attune_rule_describe(s->choices[i].rule, &info);
        ahead |= info.looks_ahead;
    }
    if (ahead) {
        HOLD(attune_monitor_new(&monitor, watch, NULL, NULL) == ATTUNE_E_OPTION);
        HOLD(attune_stream_new(&stream, watch, NULL, NULL) == ATTUNE_E_OPTION);
    }
    return ahead;
}

static void check(const attune_watch *watch, sample *s)
{
    int ahead = looks_ahead(watch, s);
    attune_status status;
    s->marks[0].struct_size = sizeof *s->marks;
    s->traces[0].struct_size = sizeof *s->traces;
    status = attune_scan(watch, &s->series, s->marks, MARKS, &s->n, s->traces, TRACES, NULL);
    if (status != ATTUNE_OK) {
        HOLD(status == ATTUNE_E_VALUE || status == ATTUNE_E_ORDER);
        HOLD(s->n == 0 && !s->marks[0].rule && !s->traces[0].rule);
        HOLD(ahead || stream_pieces(watch, s, SESSIONS) == status);
        return;
    }
    figures_hold(s);
    if (!ahead) {
        live_is_one_pass(watch, s);
        HOLD(stream_pieces(watch, s, s->chunk) == ATTUNE_OK);
        earlier_marks_stand(watch, s);
    }
    room_is_counted(watch, s);
    episodes_hold(watch, s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static sample s;
    input in = { data, size };
    attune_watch *watch = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status;
    memset(&s, 0, sizeof s);
    s.constants = take_constants(&in);
    s.rules = take_choices(&in, s.choices);
    take_series(&in, &s);
    change_holds(&s);
    status = attune_watch_new(&watch, &s.constants, s.choices, s.rules, NULL, &err);
    HOLD((status == ATTUNE_OK) == (watch != NULL) && err.code == status);
    if (watch)
        check(watch, &s);
    attune_watch_free(watch);
    return 0;
}
