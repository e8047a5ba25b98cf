/* From sheets to one row of the false-alarm table: counts, thresholds, and how sure they are. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/alarm/sheet.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/select.h"

#include <math.h>

/* When a rule alarms: at a level, or, swept, above a threshold. */
typedef struct alarm {
    int32_t level;
    double threshold;
} alarm;

static int answers(const atn_course_of *c, int32_t t)
{
    return c->code[t] >= ATN_CODE_QUIET;
}

static int rings(const alarm *a, const atn_course_of *c, int32_t t)
{
    if (a->level >= 0)
        return c->code[t] >= a->level;
    return answers(c, t) && c->statistic[t] > a->threshold;
}

/* ---- Counts ---- */

typedef struct counts {
    int64_t clients, answered, alarms;
    int64_t whole, rung; /* clients without a rupture who have answers; with an alarm among them */
    int64_t ruptures, found, noticed, delay;
    int64_t judged, right;
} counts;

/* The session from t to the last one at which it first rings; -1 at none. */
static int32_t first_ring(const alarm *a, const atn_course_of *c, int32_t t, int32_t last)
{
    for (; t <= last; t++)
        if (rings(a, c, t))
            return t;
    return -1;
}

/* Whether the rule's episode says rightly if the rupture was repaired, where both can tell. */
static void judge_status(const atn_course_of *c, int32_t onset, int32_t next, counts *n)
{
    int32_t at = c->episode[onset] >= 0 ? onset : next;
    if (c->episode[at] < 0 || c->truth[onset].status == ATTUNE_EPISODE_CENSORED)
        return;
    n->judged++;
    n->right += (c->episode[at] == ATTUNE_EPISODE_REPAIRED) ==
                (c->truth[onset].status == ATTUNE_EPISODE_REPAIRED);
}

static void count_rupture(const alarm *a, const atn_course_of *c, int32_t onset, counts *n)
{
    int32_t next = onset + 1 < c->n ? onset + 1 : onset;
    int32_t last = c->truth[onset].last - 1;
    int32_t at = first_ring(a, c, onset, last > next ? last : next);
    n->ruptures++;
    if (at < 0)
        return;
    n->noticed++;
    n->delay += at - onset;
    if (at > next)
        return;
    n->found++;
    judge_status(c, onset, next, n);
}

static void count_course(const alarm *a, const atn_course_of *c, counts *n)
{
    const counts before = *n;
    for (int32_t t = 0; t < c->n; t++) {
        if (c->truth[t].last > 0)
            count_rupture(a, c, t, n);
        if (c->truth[t].in_rupture || !answers(c, t))
            continue;
        n->answered++;
        n->alarms += rings(a, c, t);
    }
    n->clients++;
    if (n->ruptures > before.ruptures)
        return;
    n->whole += n->answered > before.answered;
    n->rung += n->alarms > before.alarms;
}

static void count_sheet(const attune_alarm_sheet *sheet, size_t rule, const alarm *a, counts *n)
{
    for (int32_t i = 0; i < sheet->clients; i++) {
        const atn_course_of course = atn_sheet_course(sheet, rule, i);
        count_course(a, &course, n);
    }
}

/* ---- Thresholds ---- */

/* The statistics outside of ruptures, an answer without one below all others. */
static size_t gather(const attune_alarm_sheet *sheet, size_t rule, double *to)
{
    size_t n = 0;
    for (int32_t i = 0; i < sheet->clients; i++) {
        const atn_course_of c = atn_sheet_course(sheet, rule, i);
        for (int32_t t = 0; t < c.n; t++)
            if (!c.truth[t].in_rupture && answers(&c, t))
                to[n++] = isnan(c.statistic[t]) ? -INFINITY : c.statistic[t];
    }
    return n;
}

static double threshold_of(double *values, size_t n, double rate)
{
    return n > 0 ? atn_select(values, n, n - 1 - (size_t)(rate * (double)n)) : NAN;
}

static double threshold_of_all(const attune_alarm_sheet *const *sheets, size_t n_sheets,
                               size_t rule, double rate, double *values)
{
    size_t n = 0;
    for (size_t i = 0; i < n_sheets; i++)
        n += gather(sheets[i], rule, values + n);
    return threshold_of(values, n, rate);
}

/* ---- Figures ---- */

enum { ALARMS, CLIENTS, FOUND, NOTICED, DELAY, STATUS, FIGURES };

static double share(int64_t part, int64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : NAN;
}

static void figures_of(const counts *n, double *f)
{
    f[ALARMS] = 100 * share(n->alarms, n->answered);
    f[CLIENTS] = 100 * share(n->rung, n->whole);
    f[FOUND] = share(n->found, n->ruptures);
    f[NOTICED] = share(n->noticed, n->ruptures);
    f[DELAY] = share(n->delay, n->noticed);
    f[STATUS] = share(n->right, n->judged);
}

/* Sums of a figure over the sheets: two passes would want to count twice. */
typedef struct spread {
    double mean, squares, n;
} spread;

static void spread_take(spread *s, double value)
{
    double off = value - s->mean;
    s->n++;
    s->mean += off / s->n;
    s->squares += off * (value - s->mean);
}

static double error_of(const spread *s)
{
    return s->n > 1 ? sqrt(s->squares / (s->n - 1) / s->n) : NAN;
}

/* A sheet by itself has a threshold of its own: so errors know that thresholds are estimated. */
static void take_sheet(const attune_alarm_sheet *sheet, size_t rule, const alarm *a, double rate,
                       double *values, spread *spreads)
{
    alarm own = *a;
    counts n = { 0 };
    double f[FIGURES];
    if (a->level < 0)
        own.threshold = threshold_of(values, gather(sheet, rule, values), rate);
    count_sheet(sheet, rule, &own, &n);
    figures_of(&n, f);
    for (int i = 0; i < FIGURES; i++)
        spread_take(&spreads[i], f[i]);
}

static void put_figures(const double *f, const spread *s, attune_alarm *row)
{
    double *const at[FIGURES] = {
        [ALARMS] = &row->alarms_per_100, [CLIENTS] = &row->clients_per_100,
        [FOUND] = &row->found,           [NOTICED] = &row->noticed,
        [DELAY] = &row->delay,           [STATUS] = &row->status_right,
    };
    double *const errors[FIGURES] = {
        [ALARMS] = &row->alarms_error, [CLIENTS] = &row->clients_error,
        [FOUND] = &row->found_error,   [NOTICED] = &row->noticed_error,
        [DELAY] = &row->delay_error,   [STATUS] = &row->status_error,
    };
    for (int i = 0; i < FIGURES; i++) {
        *at[i] = f[i];
        *errors[i] = error_of(&s[i]);
    }
}

static void fill_row(const attune_alarm_sheet *const *sheets, size_t n_sheets, size_t rule,
                     const alarm *a, double rate, double *values, attune_alarm *row)
{
    spread spreads[FIGURES] = { { 0, 0, 0 } };
    counts n = { 0 };
    double f[FIGURES];
    for (size_t i = 0; i < n_sheets; i++) {
        count_sheet(sheets[i], rule, a, &n);
        take_sheet(sheets[i], rule, a, rate, values, spreads);
    }
    figures_of(&n, f);
    put_figures(f, spreads, row);
    row->rule = sheets[0]->rule[rule];
    row->version = sheets[0]->version[rule];
    row->level = a->level;
    row->rate = a->level < 0 ? rate : NAN;
    row->threshold = a->threshold;
    row->clients = (int32_t)n.clients;
    row->answered = (int32_t)n.answered;
    row->ruptures = (int32_t)n.ruptures;
    row->silent = n.answered > 0 ? -1 : sheets[0]->silent[rule];
}

/* ---- The call ---- */

size_t attune_alarm_measure_work(const attune_alarm_sheet *const *sheets, size_t n_sheets)
{
    size_t sessions = 0;
    for (size_t i = 0; sheets && i < n_sheets; i++)
        sessions += atn_sheet_sessions(sheets[i]);
    return sessions * sizeof(double);
}

static attune_status check_call(const attune_alarm_sheet *const *sheets, size_t n_sheets,
                                size_t rule, int32_t level, double rate, const void *work,
                                size_t work_size, const attune_alarm *out, attune_error *err)
{
    if (!sheets || !work || !out)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "sheets, work and out must be given");
    for (size_t i = 0; i < n_sheets; i++)
        if (!sheets[i])
            return atn_fail_at(err, ATTUNE_E_ARGUMENT, i, "sheets", "every sheet must be given");
    if (out->struct_size < sizeof *out)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    for (size_t i = 0; i < n_sheets; i++)
        if (rule >= sheets[i]->rules)
            return atn_fail_at(err, ATTUNE_E_COUNT, i, "rule", "expected a rule of the watch");
    if (n_sheets == 0 || work_size < attune_alarm_measure_work(sheets, n_sheets))
        return atn_fail(err, ATTUNE_E_COUNT, "work_size",
                        "expected a sheet, and attune_alarm_measure_work bytes");
    if (level < ATTUNE_ALARM_SWEPT || level > ATTUNE_LEVEL_SEVERE)
        return atn_fail(err, ATTUNE_E_OPTION, "level", "expected a level, or that it is swept");
    if (level == ATTUNE_ALARM_SWEPT && !(rate > 0 && rate <= 0.5))
        return atn_fail(err, ATTUNE_E_OPTION, "rate", "expected a share above 0, up to a half");
    return ATTUNE_OK;
}

attune_status attune_alarm_measure(const attune_alarm_sheet *const *sheets, size_t n_sheets,
                                   size_t rule, int32_t level, double rate, void *work,
                                   size_t work_size, attune_alarm *out, attune_error *err)
{
    attune_status status =
        check_call(sheets, n_sheets, rule, level, rate, work, work_size, out, err);
    alarm a = { level, NAN };
    if (status != ATTUNE_OK)
        return status;
    if (level == ATTUNE_ALARM_SWEPT)
        a.threshold = threshold_of_all(sheets, n_sheets, rule, rate, work);
    fill_row(sheets, n_sheets, rule, &a, rate, work, out);
    return ATTUNE_OK;
}
