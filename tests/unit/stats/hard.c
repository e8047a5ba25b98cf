/* Every fit of the library on every kind of hard series: the status that its header promises. */
/* SPDX-License-Identifier: MIT */
#include <attune/changeeffect.h>
#include <attune/changepoint.h>
#include <attune/changeslope.h>
#include <attune/chart.h>
#include <attune/phase.h>
#include <attune/responsefit.h>
#include <attune/runlength.h>
#include <attune/smooth.h>
#include <attune/sudden.h>
#include <attune/therapist.h>
#include <attune/trend.h>

#include "tests/unit/stats/hard.h"

static attune_status trend(const struct course *c)
{
    attune_trend t = { .struct_size = sizeof t };
    size_t count;
    const attune_field *fields = attune_trend_fields(&count);
    attune_status status = attune_trend_fit(c->x, c->y, c->n, room, sizeof room, &t, NULL);
    if (status == ATTUNE_OK)
        sound_fields(fields, count, &t);
    return status;
}

static attune_status smooth(const struct course *c, int32_t method)
{
    attune_smooth_options o = ATTUNE_SMOOTH_OPTIONS_INIT;
    attune_smooth found = { .struct_size = sizeof found };
    double line[3 * ROWS];
    o.method = method;
    attune_status status = attune_smooth_fit(c->x, c->y, c->n, &o, room, sizeof room, line,
                                             line + ROWS, line + 2 * ROWS, &found, NULL);
    for (size_t i = 0; status == ATTUNE_OK && i < c->n; i++) {
        sound(&line[i], &line[i + 1]);
        assert_true(!isnan(line[i]));
    }
    if (status == ATTUNE_OK)
        sound(&found.level_var, &found + 1);
    return status;
}

static attune_status lowess(const struct course *c)
{
    return smooth(c, ATTUNE_SMOOTH_LOWESS);
}

static attune_status level(const struct course *c)
{
    return smooth(c, ATTUNE_SMOOTH_LEVEL);
}

static attune_status sudden(const struct course *c)
{
    attune_sudden_options o = ATTUNE_SUDDEN_OPTIONS_INIT;
    attune_sudden found[2 * ROWS] = { { .struct_size = sizeof *found } };
    int32_t session[ROWS];
    size_t n_found = 0, count;
    const attune_field *fields = attune_sudden_fields(&count);
    sessions_of(c, session);
    o.cutoff = 3;
    attune_status status =
        attune_sudden_fit(&o, session, c->y, c->n, found, 2 * ROWS, &n_found, NULL, 0, NULL, NULL);
    for (size_t i = 0; status == ATTUNE_OK && i < n_found; i++)
        sound_fields(fields, count, &found[i]);
    return status;
}

static attune_status chart(const struct course *c, int32_t kind)
{
    attune_chart_options o = ATTUNE_CHART_OPTIONS_INIT;
    attune_chart whole = { .struct_size = sizeof whole };
    attune_chart_point points[ROWS] = { { .struct_size = sizeof *points } };
    size_t count;
    const attune_field *fields = attune_chart_fields(&count);
    o.kind = kind;
    attune_status status =
        attune_chart_fit(&o, c->y, c->n, (double *)(void *)room, &whole, points, NULL);
    for (size_t i = 0; status == ATTUNE_OK && i < c->n; i++)
        sound_fields(fields, count, &points[i]);
    if (status == ATTUNE_OK)
        sound(&whole.centre, &whole + 1);
    return status;
}

static attune_status xmr(const struct course *c)
{
    return chart(c, ATTUNE_CHART_XMR);
}

static attune_status ewma(const struct course *c)
{
    return chart(c, ATTUNE_CHART_EWMA);
}

static attune_status cusum(const struct course *c)
{
    return chart(c, ATTUNE_CHART_CUSUM);
}

static attune_status changes(const struct course *c, int32_t search, int32_t model)
{
    attune_changepoint_options o = ATTUNE_CHANGEPOINT_OPTIONS_INIT;
    attune_changepoint found[ROWS] = { { .struct_size = sizeof *found } };
    size_t n_found = 0, count;
    const attune_field *fields = attune_changepoint_fields(&count);
    o.search = search;
    o.model = model;
    o.permutations = 99;
    attune_status status = attune_changepoint_fit(&o, c->y, c->n, room, sizeof room, found, ROWS,
                                                  &n_found, NULL, NULL);
    for (size_t i = 0; status == ATTUNE_OK && i < n_found; i++)
        sound_fields(fields, count, &found[i]);
    return status;
}

static attune_status partition(const struct course *c)
{
    return changes(c, ATTUNE_CHANGEPOINT_PARTITION, ATTUNE_CHANGEPOINT_MEAN);
}

static attune_status binary(const struct course *c)
{
    return changes(c, ATTUNE_CHANGEPOINT_BINARY, ATTUNE_CHANGEPOINT_MEAN);
}

static attune_status breaks(const struct course *c)
{
    return changes(c, ATTUNE_CHANGEPOINT_BREAKS, ATTUNE_CHANGEPOINT_LINE);
}

static attune_status chow(const struct course *c)
{
    attune_chow found = { .struct_size = sizeof found };
    attune_status status =
        attune_chow_fit(ATTUNE_CHANGEPOINT_MEAN, c->y, c->n, c->n / 2, &found, NULL);
    if (status == ATTUNE_OK)
        sound(&found.f, &found + 1);
    return status;
}

static attune_status supf(const struct course *c)
{
    attune_supf found = { .struct_size = sizeof found };
    attune_status status = attune_supf_fit(ATTUNE_CHANGEPOINT_MEAN, .15, 99, 1, c->y, c->n, room,
                                           sizeof room, &found, NULL);
    if (status == ATTUNE_OK)
        sound(&found.sup, &found + 1);
    return status;
}

static attune_status phase(const struct course *c)
{
    attune_phase found = { .struct_size = sizeof found };
    size_t half = c->n / 2;
    attune_status status =
        attune_phase_fit(c->y, half, c->y + half, c->n - half, (double *)(void *)room,
                         sizeof room / sizeof(double), &found, NULL);
    if (status == ATTUNE_OK)
        sound(&found.s_ab, &found + 1);
    return status;
}

static attune_status runlength(const struct course *c)
{
    attune_runlength_options o = ATTUNE_RUNLENGTH_OPTIONS_INIT;
    attune_runlength run = { .struct_size = sizeof run };
    attune_status status = attune_runlength_start(room, sizeof room, &o, NULL);
    for (size_t i = 0; status == ATTUNE_OK && i < c->n; i++) {
        status = attune_runlength_push(room, c->y[i], &run, NULL);
        if (status == ATTUNE_OK)
            sound(&run.probability, &run + 1);
    }
    return status;
}

static attune_status response(const struct course *c)
{
    struct caseload all = thrice(c);
    attune_response r = { .struct_size = sizeof r };
    attune_status status = attune_response_fit(NULL, all.starts, CLIENTS, all.session, all.score,
                                               all.n, room, sizeof room, &r, NULL);
    if (status == ATTUNE_OK)
        sound(&r.intake_low, &r + 1);
    return status;
}

static attune_status slopes(const struct course *c)
{
    struct caseload all = thrice(c);
    attune_change_slope found[CLIENTS] = { { .struct_size = sizeof *found } };
    attune_status fitted = ATTUNE_OK;
    attune_status status =
        attune_change_slope_fit(1, NULL, all.starts, CLIENTS, all.session, all.score, all.n, room,
                                sizeof room, found, &fitted, NULL);
    for (size_t g = 0; status == ATTUNE_OK && g < CLIENTS; g++)
        sound(&found[g].slope, &found[g] + 1);
    return status == ATTUNE_OK ? fitted : status;
}

static attune_status service(const struct course *c)
{
    struct caseload all = thrice(c);
    attune_service s = { .struct_size = sizeof s };
    attune_therapist rows[CLIENTS] = { { .struct_size = sizeof *rows } };
    size_t count;
    const attune_field *fields = attune_therapist_fields(&count);
    attune_status status = attune_service_fit(all.starts, CLIENTS, all.score, all.n, 1.96, room,
                                              sizeof room, &s, rows, NULL);
    for (size_t g = 0; status == ATTUNE_OK && g < CLIENTS; g++)
        sound_fields(fields, count, &rows[g]);
    if (status == ATTUNE_OK)
        sound(&s.mean, &s + 1);
    return status;
}

static attune_status effect(const struct course *c)
{
    const attune_change_effect_options o = { .struct_size = sizeof o,
                                             .direction = ATTUNE_HIGHER_WORSE,
                                             .improvement = 3 };
    attune_change_effect e = { .struct_size = sizeof e };
    size_t half = c->n / 2;
    attune_status status = attune_change_effect_within(&o, c->y, c->y + half, half, &e, NULL);
    if (status == ATTUNE_OK)
        sound(&e.difference, &e + 1);
    return status;
}

/*
 * What knows rows and no times takes reversed ones as they are. Sudden gains, charts and phases
 * stop at 1e300, runs at 1e100. Of "far off" the models call what is left rounding.
 */
static const hard_fit fits[] = {
    { "trend", trend, "f..f......r....v" },       { "lowess", lowess, "f..f......r....v" },
    { "level", level, "ffff......r....v" },       { "sudden", sudden, "........rrr.n..v" },
    { "xmr", xmr, "f..f........n..v" },           { "ewma", ewma, "f..f........n..v" },
    { "cusum", cusum, "f..f........n..v" },       { "partition", partition, "f..f...........v" },
    { "binary", binary, "f..f...........v" },     { "breaks", breaks, "f..f...........v" },
    { "chow", chow, "ffff...........v" },         { "supf", supf, "ffff...........v" },
    { "phase", phase, "f..f........n..v" },       { "runlength", runlength, "...........nn..v" },
    { "response", response, "ffffn...rrrnnnnv" }, { "slopes", slopes, "ffffnn..rrrnnnnv" },
    { "service", service, "ff.fn......nnnnv" },   { "effect", effect, "ffff.......n...v" },
};

static void every_fit_answers_every_hard_course_as_it_says(void **state)
{
    (void)state;
    answers_as_it_says(fits, sizeof fits / sizeof *fits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fit_answers_every_hard_course_as_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
