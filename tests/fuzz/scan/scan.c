/* Fuzz target of the watch: any constants, rules, course and companions, and what must hold. */
/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/scan/take.h"

#include <stdio.h>
#include <stdlib.h>

#define SESSIONS 64
#define MARKS (SESSIONS * ATTUNE_RULESET_MAX * 2)
#define TRACES (SESSIONS * ATTUNE_RULESET_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One case, and everything found in it. */
typedef struct sample {
    attune_constants constants;
    attune_rule_choice choices[ATTUNE_RULESET_MAX + 1];
    size_t rules, prefix, chunk;
    size_t others;
    attune_constants about[ATTUNE_COMPANIONS_MAX + 1];
    attune_companion companions[ATTUNE_COMPANIONS_MAX + 1];
    double said[ATTUNE_COMPANIONS_MAX + 1][SESSIONS];
    const double *columns[ATTUNE_COMPANIONS_MAX + 1];
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

/* What the companions said: of all of them, of none, or of another number, which is refused. */
static void take_said(input *in, sample *s)
{
    uint8_t heard = take(in);
    s->series.companions = s->columns;
    s->series.n_companions = (uint32_t)(heard % 8 < 6 ? s->others : heard % 8 - 6u);
    for (size_t k = 0; k < s->series.n_companions; k++) {
        s->columns[k] = heard >> 4 == k ? NULL : s->said[k];
        for (size_t i = 0; i < s->series.count; i++)
            s->said[k][i] = take_real(in);
    }
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
        for (uint32_t k = 0; k < ATTUNE_SIGNALS; k++)
            HOLD(s->marks[i].signals >> k & 1 ? fabs(s->marks[i].share[k]) < 1 + 1e-9
                                              : isnan(s->marks[i].share[k]));
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

static void said_at(const sample *s, size_t i, double *said)
{
    for (size_t k = 0; k < s->series.n_companions; k++)
        said[k] = s->columns[k] ? s->columns[k][i] : (double)NAN;
}

static void live_is_one_pass(const attune_watch *watch, const sample *s)
{
    attune_monitor *monitor = NULL;
    size_t at = 0;
    HOLD(attune_monitor_new(&monitor, watch, NULL, NULL) == ATTUNE_OK);
    for (size_t i = 0; i < s->series.count; i++) {
        double said[ATTUNE_COMPANIONS_MAX + 1];
        size_t n = 0, peeked = 0;
        said_at(s, i, said);
        reset_room();
        HOLD(attune_monitor_peek_joint(monitor, number_of(s, i), day_of(s, i), s->score[i], said,
                                       s->series.n_companions, marks, MARKS, &peeked,
                                       NULL) == ATTUNE_OK);
        HOLD(attune_monitor_push_joint(monitor, number_of(s, i), day_of(s, i), s->score[i], said,
                                       s->series.n_companions, marks, MARKS, &n,
                                       NULL) == ATTUNE_OK);
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
        attune_column said[ATTUNE_COMPANIONS_MAX + 1];
        length = length < chunk ? length : chunk;
        batch.companions = said;
        batch.n_companions = s->series.n_companions;
        for (size_t k = 0; k < batch.n_companions; k++)
            said[k] = (attune_column) { s->columns[k], NULL, (int64_t)from, (int64_t)length };
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
        HOLD(status == ATTUNE_E_VALUE || status == ATTUNE_E_ORDER ||
             (status == ATTUNE_E_COUNT && s->series.n_companions != s->others));
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
    s.others = take_companions(&in, s.about, s.companions);
    take_said(&in, &s);
    change_holds(&s);
    status = attune_watch_new_joint(&watch, &s.constants, s.companions, s.others, s.choices,
                                    s.rules, NULL, &err);
    HOLD((status == ATTUNE_OK) == (watch != NULL) && err.code == status);
    if (watch)
        check(watch, &s);
    attune_watch_free(watch);
    return 0;
}
