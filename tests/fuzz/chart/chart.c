/* Fuzzing charts, phases and run lengths: any scores, any options; answers keep their promises. */
/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/chart/chart.h"

#include <attune/chart.h>
#include <attune/phase.h>
#include <attune/runlength.h>

#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static attune_chart_options chart_options(const struct input *given)
{
    attune_chart_options o = ATTUNE_CHART_OPTIONS_INIT;
    o.kind = given->words[0] % 4;
    o.spread = given->words[1] % 5;
    o.constants = given->words[2] % 3;
    o.side = given->words[3] % 4;
    o.baseline = (int32_t)(given->words[4] % 12) - 1;
    o.rules = given->rules;
    o.centred = given->words[5] % 3;
    o.centre = given->reals[0];
    o.sd = given->reals[1];
    o.sd_floor = given->reals[2];
    o.width = given->reals[3];
    o.lambda = given->reals[4];
    o.k = given->reals[5];
    o.h = given->reals[6];
    o.head_start = given->reals[7];
    return o;
}

/* What is known beforehand makes live and batch the same, to the bit. */
static void check_live(const attune_chart_options *o, const double *y, size_t n,
                       const attune_chart_point *points)
{
    attune_chart_state state;
    memset(&state, 0, sizeof state);
    if (attune_chart_start(&state, o, NULL) != ATTUNE_OK)
        return;
    for (size_t i = 0; i < n; i++) {
        attune_chart_point point = { .struct_size = sizeof point };
        must(attune_chart_push(&state, y[i], &point, NULL) == ATTUNE_OK);
        must(point.n == points[i].n && point.hits == points[i].hits);
        must(memcmp(&point.statistic, &points[i].statistic, sizeof point.statistic) == 0 ||
             isnan(point.statistic));
    }
}

static void check_chart(const struct input *given, const double *y, size_t n)
{
    static attune_chart_point points[ROWS];
    static double work[2 * ROWS];
    attune_chart_options o = chart_options(given);
    attune_chart chart = { .struct_size = sizeof chart, .n = -7 };
    int32_t hits = 0, completed = 0;
    points->struct_size = sizeof *points;
    attune_status status = attune_chart_fit(&o, y, n, work, &chart, points, NULL);
    must(status <= 0 && status > ATTUNE_STATUS_END);
    must((status == ATTUNE_OK) == (chart.n != -7));
    if (status != ATTUNE_OK)
        return;
    for (size_t i = 0; i < n; i++) {
        completed += isnan(y[i]) ? 0 : 1;
        hits += points[i].hits != 0;
        must(points[i].n == (isnan(y[i]) ? 0 : completed));
        must(points[i].hits == 0 || (!isnan(y[i]) && chart.sd > 0.0));
        must(!(points[i].lower > points[i].upper || points[i].high < 0.0 || points[i].low < 0.0));
        must(isnan(points[i].lower) == isnan(points[i].upper));
    }
    must(chart.n == completed && chart.hits == hits && !(chart.sd < 0.0));
    must((hits > 0) == (chart.first_hit >= 0));
    check_live(&o, y, n, points);
}

static void check_chart_alarm(const struct input *given)
{
    static max_align_t work[1024];
    attune_chart_options o = chart_options(given);
    double rate = -7, error = -7;
    must(attune_chart_alarm_work(ROWS) <= sizeof work);
    attune_status status =
        attune_chart_alarm(&o, given->row % ROWS, given->rounds % 3, 1, work, &rate, &error, NULL);
    must((status == ATTUNE_OK) == (rate >= 0.0 && rate <= 1.0 && error >= 0.0));
}

static int is_within(double tau)
{
    return !(tau < -1.0 - 1e-12 || tau > 1.0 + 1e-12);
}

static void check_phase(const struct input *given, const double *y, size_t n)
{
    static double work[ROWS + ROWS * (ROWS + 1) / 2];
    attune_phase phase = { .struct_size = sizeof phase, .n_a = -7 };
    attune_phase other = { .struct_size = sizeof other, .n_a = -7 };
    double turned[ROWS];
    size_t n_a = given->row < n ? given->row : n;
    attune_status status =
        attune_phase_fit(y, n_a, y + n_a, n - n_a, work, sizeof work / sizeof *work, &phase, NULL);
    must(status <= 0 && status > ATTUNE_STATUS_END);
    must((status == ATTUNE_OK) == (phase.n_a != -7));
    if (status != ATTUNE_OK)
        return;
    must(is_within(phase.tau_ab) && is_within(phase.tau_a) && is_within(phase.tau_b));
    must(is_within(phase.tau_u) && is_within(phase.tau_ab_and_b) && is_within(phase.tau_ab_ties));
    must(is_within(phase.baseline_tau) && is_within(phase.corrected_tau));
    must(!(phase.baseline_p < 0.0 || phase.baseline_p > 1.0));
    must(!(phase.corrected_p < 0.0 || phase.corrected_p > 1.0));
    for (size_t i = 0; i < n; i++)
        turned[i] = -y[i];
    must(attune_phase_fit(turned, n_a, turned + n_a, n - n_a, work, sizeof work / sizeof *work,
                          &other, NULL) == ATTUNE_OK);
    must(other.n_a == phase.n_a && other.n_b == phase.n_b);
    must(!(fabs(other.s_ab + phase.s_ab) > 0.0 || fabs(other.s_a + phase.s_a) > 0.0));
    must(isnan(phase.corrected_tau) == isnan(other.corrected_tau));
    if (attune_phase_reason(&phase) == NULL)
        must(!isnan(phase.tau_u) && !isnan(phase.corrected_tau));
}

static attune_runlength_options run_options(const struct input *given)
{
    attune_runlength_options o = ATTUNE_RUNLENGTH_OPTIONS_INIT;
    o.cap = 2 + given->words[6] % 63;
    o.lambda = given->reals[0];
    o.m = given->reals[1];
    o.k = given->reals[2];
    o.a = given->reals[3];
    o.b = given->reals[4];
    return o;
}

static void check_run(const attune_runlength *run, int32_t cap)
{
    must(run->n >= 0 && run->likeliest >= 0 && run->likeliest <= run->n && run->likeliest <= cap);
    must(run->probability >= 0.0 && run->probability <= 1.0 + 1e-9);
    must(run->recent >= 0.0 && run->recent + run->capped <= 1.0 + 1e-9);
    must(run->one >= 0.0 && run->one <= run->recent + 1e-12);
    must(run->change == (run->n > 2 && run->recent >= 0.5));
}

static void check_runs(const struct input *given, const double *y, size_t n)
{
    static double work[600];
    static attune_runlength runs[ROWS];
    attune_runlength_options o = run_options(given);
    runs->struct_size = sizeof *runs;
    runs->n = -7;
    attune_status status = attune_runlength_fit(&o, y, n, work, sizeof work, runs, NULL);
    must(status <= 0 && status > ATTUNE_STATUS_END);
    must((status == ATTUNE_OK) == (runs->n != -7));
    if (status != ATTUNE_OK)
        return;
    for (size_t i = 0; i < n; i++)
        check_run(&runs[i], o.cap);
    if (isnan(o.m) || isnan(o.b))
        return;
    must(attune_runlength_start(work, sizeof work, &o, NULL) == ATTUNE_OK);
    for (size_t i = 0; i < n; i++) {
        attune_runlength run = { .struct_size = sizeof run };
        must(attune_runlength_push(work, y[i], &run, NULL) == ATTUNE_OK);
        must(memcmp(&run, &runs[i], sizeof run) == 0);
    }
}

static void check_run_alarm(const struct input *given)
{
    static max_align_t work[1024];
    attune_runlength_options o = run_options(given);
    double rate = -7, error = -7;
    attune_status status = attune_runlength_alarm(&o, given->row % ROWS, given->rounds % 3, 1, work,
                                                  sizeof work, &rate, &error, NULL);
    must((status == ATTUNE_OK) == (rate >= 0.0 && rate <= 1.0 && error >= 0.0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input given;
    double y[ROWS];
    size_t n = 0;
    if (size < sizeof given)
        return 0;
    memcpy(&given, data, sizeof given);
    for (data += sizeof given, size -= sizeof given; size >= 9 && n < ROWS; data += 9, size -= 9) {
        memcpy(&y[n], data + 1, sizeof y[0]);
        if (data[0] % 8 == 7)
            y[n] = NAN;
        n++;
    }
    check_chart(&given, y, n);
    check_chart_alarm(&given);
    check_phase(&given, y, n);
    check_runs(&given, y, n);
    check_run_alarm(&given);
    check_partitions(&given, y, n);
    check_tests(&given, y, n);
    return 0;
}
