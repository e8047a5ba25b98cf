/* Filling a sheet: clients are simulated, scanned, and noted down beside the truth. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/alarm/sheet.h"

#include "lib/core/base/error.h"
#include "lib/stats/simulate/world.h"

#include <string.h>

/* ---- Rooms ---- */

static size_t padded(size_t size)
{
    return (size + 15u) & ~(size_t)15u;
}

static uint32_t rules_of(const attune_watch *watch)
{
    uint32_t n = 0;
    while (attune_watch_rule(watch, n))
        n++;
    return n;
}

/* Lays the sheet's parts out behind its head; returns how many bytes there are. */
static size_t lay_out(attune_alarm_sheet *sheet, uint32_t rules, size_t sessions, size_t clients)
{
    sheet->statistic = padded(sizeof *sheet);
    sheet->start = sheet->statistic + sizeof(double) * rules * sessions;
    sheet->truth = sheet->start + sizeof(uint32_t) * (clients + 1);
    sheet->code = sheet->truth + sizeof(atn_truth) * sessions;
    sheet->episode = sheet->code + rules * sessions;
    return sheet->episode + rules * sessions;
}

static size_t size_of(const attune_watch *watch, const attune_world *world, uint64_t clients)
{
    attune_alarm_sheet sheet;
    if (clients > (uint64_t)(INT32_MAX / world->sessions_max))
        return 0;
    return lay_out(&sheet, rules_of(watch), (size_t)world->sessions_max * (size_t)clients,
                   (size_t)clients);
}

size_t attune_alarm_sheet_size(const attune_watch *watch, const attune_world *world,
                               uint64_t clients)
{
    return watch && attune_simulate_work(world) > 0 ? size_of(watch, world, clients) : 0;
}

/* What one client is simulated and scanned in. */
typedef struct bench {
    void *work;
    size_t work_size, places; /* places: of one for a rule and session */
    double *score, *therapist, *distress;
    const double *companions[ATTUNE_COMPANIONS_MAX];
    uint32_t n_companions;
    int32_t *in_rupture;
    attune_rupture *ruptures;
    attune_trace *traces;
    attune_mark *marks;
    attune_episode *episodes;
} bench;

static size_t bench_size(const attune_watch *watch, const attune_world *world)
{
    size_t n = (size_t)world->sessions_max;
    size_t a_session = 3 * sizeof(double) + sizeof(int32_t) + sizeof(attune_rupture);
    size_t a_place = sizeof(attune_trace) + 2 * sizeof(attune_mark) + sizeof(attune_episode);
    return attune_simulate_work(world) + n * (a_session + rules_of(watch) * a_place) + 10u * 16u;
}

size_t attune_alarm_fill_work(const attune_watch *watch, const attune_world *world)
{
    return watch && attune_simulate_work(world) > 0 ? bench_size(watch, world) : 0;
}

static void *take(char **at, size_t size)
{
    void *taken = *at;
    *at += padded(size);
    return taken;
}

static void set_up(bench *b, void *work, const attune_world *world, uint32_t rules)
{
    size_t n = (size_t)world->sessions_max;
    char *at = (char *)work + (16 - (uintptr_t)work % 16) % 16;
    b->places = rules * n;
    b->work_size = attune_simulate_work(world);
    b->work = take(&at, b->work_size);
    b->score = take(&at, n * sizeof *b->score);
    b->therapist = take(&at, n * sizeof *b->therapist);
    b->distress = take(&at, n * sizeof *b->distress);
    b->in_rupture = take(&at, n * sizeof *b->in_rupture);
    b->ruptures = take(&at, n * sizeof *b->ruptures);
    b->traces = take(&at, b->places * sizeof *b->traces);
    b->marks = take(&at, 2 * b->places * sizeof *b->marks);
    b->episodes = take(&at, b->places * sizeof *b->episodes);
    b->ruptures->struct_size = sizeof *b->ruptures;
    b->traces->struct_size = sizeof *b->traces;
    b->marks->struct_size = sizeof *b->marks;
    b->episodes->struct_size = sizeof *b->episodes;
}

/* ---- Noting one client down ---- */

static uint32_t rule_of(const attune_alarm_sheet *sheet, const char *id)
{
    uint32_t r = 0;
    while (sheet->rule[r] != id) /* the ids are the rules' own */
        r++;
    return r;
}

static void note_truth(const bench *b, const attune_simulation *one, atn_truth *truth)
{
    for (int32_t t = 0; t < one->sessions; t++)
        truth[t] = (atn_truth) { .in_rupture = (int8_t)b->in_rupture[t] };
    for (int32_t i = 0; i < one->n_ruptures; i++) {
        atn_truth *onset = &truth[b->ruptures[i].onset_session - 1];
        onset->last = (int16_t)b->ruptures[i].last_session;
        onset->status = (int8_t)b->ruptures[i].status;
    }
}

static void note_traces(attune_alarm_sheet *sheet, const bench *b, size_t n, size_t at)
{
    double *statistic = (double *)atn_sheet_at(sheet, sheet->statistic) + at;
    int8_t *code = (int8_t *)atn_sheet_at(sheet, sheet->code) + at;
    memset((int8_t *)atn_sheet_at(sheet, sheet->episode) + at, -1, sheet->rules * n);
    for (size_t t = 0; t < n; t++)
        for (size_t r = 0; r < sheet->rules; r++) {
            const attune_trace *trace = &b->traces[t * sheet->rules + r];
            int answers = trace->state == ATTUNE_STATE_QUIET || trace->state == ATTUNE_STATE_MARKED;
            statistic[r * n + t] = trace->statistic;
            code[r * n + t] = answers ? ATN_CODE_QUIET : ATN_CODE_OF_STATE(trace->state);
            if (!answers && trace->state != ATTUNE_STATE_NO_FORM)
                sheet->silent[r] = trace->state;
        }
}

static void note_marks(attune_alarm_sheet *sheet, const bench *b, size_t n_marks, size_t n,
                       size_t at)
{
    int8_t *code = (int8_t *)atn_sheet_at(sheet, sheet->code) + at;
    for (size_t i = 0; i < n_marks; i++) {
        int8_t *there = &code[rule_of(sheet, b->marks[i].rule) * n + b->marks[i].row];
        if (b->marks[i].level > *there)
            *there = (int8_t)b->marks[i].level;
    }
}

static void note_episodes(attune_alarm_sheet *sheet, const bench *b, size_t n_episodes, size_t n,
                          size_t at)
{
    int8_t *episode = (int8_t *)atn_sheet_at(sheet, sheet->episode) + at;
    for (size_t i = 0; i < n_episodes; i++) {
        const attune_episode *e = &b->episodes[i];
        episode[rule_of(sheet, e->rule) * n + (size_t)e->onset_session - 1] = (int8_t)e->status;
    }
}

/* Episodes matter beside ruptures only, and cost a second pass. */
static attune_status note(attune_alarm_sheet *sheet, const attune_watch *watch, const bench *b,
                          const attune_simulation *one, attune_error *err)
{
    uint32_t *start = atn_sheet_at(sheet, sheet->start);
    size_t from = start[sheet->clients], n = (size_t)one->sessions, n_marks, n_episodes = 0;
    size_t at = sheet->rules * from;
    const attune_series series = { .struct_size = sizeof series,
                                   .n_companions = b->n_companions,
                                   .count = n,
                                   .score = b->score,
                                   .companions = b->companions };
    attune_status status =
        attune_scan(watch, &series, b->marks, 2 * b->places, &n_marks, b->traces, b->places, err);
    if (status != ATTUNE_OK)
        return status;
    if (one->n_ruptures > 0)
        (void)attune_episodes_scan(watch, &series, b->episodes, b->places, &n_episodes, NULL);
    note_truth(b, one, (atn_truth *)atn_sheet_at(sheet, sheet->truth) + from);
    note_traces(sheet, b, n, at);
    note_marks(sheet, b, n_marks, n, at);
    note_episodes(sheet, b, n_episodes, n, at);
    start[++sheet->clients] = (uint32_t)(from + n);
    return ATTUNE_OK;
}

/* ---- The call ---- */

static attune_status check_lengths(const attune_world *world, const int32_t *lengths,
                                   size_t n_lengths, attune_error *err)
{
    for (size_t i = 0; i < n_lengths; i++)
        if (lengths[i] < 1 || lengths[i] > world->sessions_max)
            return atn_fail_at(err, ATTUNE_E_OPTION, i, "lengths",
                               "expected 1 session or more, up to the world's most");
    return ATTUNE_OK;
}

static attune_status check_counts(const attune_watch *watch, const attune_world *world,
                                  uint64_t first, uint64_t clients, size_t sheet_size,
                                  size_t work_size, attune_error *err)
{
    size_t wanted = size_of(watch, world, clients);
    if (clients == 0 || wanted == 0 || first > ATTUNE_WORLD_CLIENTS_MAX - clients)
        return atn_fail(err, ATTUNE_E_COUNT, "clients", "expected numbers of clients");
    if (sheet_size < wanted)
        return atn_fail(err, ATTUNE_E_COUNT, "sheet_size", "expected attune_alarm_sheet_size");
    if (work_size < bench_size(watch, world))
        return atn_fail(err, ATTUNE_E_COUNT, "work_size", "expected attune_alarm_fill_work bytes");
    return ATTUNE_OK;
}

static attune_status check_call(const attune_watch *watch, const attune_world *world,
                                int32_t signal, const int32_t *lengths, size_t n_lengths,
                                const attune_alarm_sheet *sheet, const void *work,
                                attune_error *err)
{
    attune_status status;
    if (!watch || !world || !sheet || !work || (n_lengths > 0 && !lengths))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "watch, world, sheet and work must be given");
    if (world->struct_size < sizeof *world)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (signal < 0 || signal >= ATTUNE_SIGNAL_END)
        return atn_fail(err, ATTUNE_E_OPTION, "signal", "expected one of the documented signals");
    status = atn_world_check(world, err);
    return status == ATTUNE_OK ? check_lengths(world, lengths, n_lengths, err) : status;
}

static void begin(attune_alarm_sheet *sheet, const attune_watch *watch, const attune_world *world,
                  uint64_t clients)
{
    attune_rule_info info = { .struct_size = sizeof info };
    *sheet = (attune_alarm_sheet) { .rules = rules_of(watch) };
    (void)lay_out(sheet, sheet->rules, (size_t)world->sessions_max * (size_t)clients,
                  (size_t)clients);
    *(uint32_t *)atn_sheet_at(sheet, sheet->start) = 0;
    for (uint32_t r = 0; r < sheet->rules; r++) {
        (void)attune_rule_describe(attune_watch_rule(watch, r), &info);
        sheet->rule[r] = info.id;
        sheet->version[r] = (int32_t)info.version;
        sheet->silent[r] = ATTUNE_STATE_TOO_FEW;
    }
}

/* The watch's companions that are simulated; a subscale never speaks. */
static void bring_companions(attune_simulation *one, const attune_watch *watch, bench *b)
{
    for (b->n_companions = 0; attune_watch_companion(watch, b->n_companions) >= 0;
         b->n_companions++) {
        int32_t role = attune_watch_companion(watch, b->n_companions);
        b->companions[b->n_companions] = NULL;
        if (role == ATTUNE_ROLE_THERAPIST)
            b->companions[b->n_companions] = one->therapist = b->therapist;
        if (role == ATTUNE_ROLE_DISTRESS)
            b->companions[b->n_companions] = one->distress = b->distress;
    }
}

/* Which of the simulation's columns the rules are given; it may be a companion's, too. */
static void listen_to(attune_simulation *one, int32_t signal, bench *b)
{
    double **const columns[ATTUNE_SIGNAL_END] = {
        [ATTUNE_SIGNAL_ALLIANCE] = &one->alliance,
        [ATTUNE_SIGNAL_THERAPIST] = &one->therapist,
        [ATTUNE_SIGNAL_DISTRESS] = &one->distress,
        [ATTUNE_SIGNAL_REPORT] = &one->report,
    };
    if (*columns[signal])
        b->score = *columns[signal];
    else
        *columns[signal] = b->score;
}

attune_status attune_alarm_fill(const attune_watch *watch, const attune_world *world,
                                int32_t signal, const int32_t *lengths, size_t n_lengths,
                                uint64_t seed, uint64_t first, uint64_t clients,
                                attune_alarm_sheet *sheet, size_t sheet_size, void *work,
                                size_t work_size, attune_error *err)
{
    attune_simulation one = { .struct_size = sizeof one };
    bench b;
    attune_status status = check_call(watch, world, signal, lengths, n_lengths, sheet, work, err);
    if (status == ATTUNE_OK)
        status = check_counts(watch, world, first, clients, sheet_size, work_size, err);
    if (status != ATTUNE_OK)
        return status;
    begin(sheet, watch, world, clients);
    set_up(&b, work, world, sheet->rules);
    bring_companions(&one, watch, &b);
    listen_to(&one, signal, &b);
    one.in_rupture = b.in_rupture;
    one.ruptures = b.ruptures;
    for (uint64_t i = first; i < first + clients && status == ATTUNE_OK; i++) {
        attune_world its = *world;
        if (n_lengths > 0)
            its.sessions_min = its.sessions_max = lengths[i % n_lengths];
        (void)attune_simulate(&its, seed, i, b.work, b.work_size, &one, NULL);
        status = note(sheet, watch, &b, &one, err);
    }
    return status;
}
