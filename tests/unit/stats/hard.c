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

#include "tests/unit/near.h"

#include <float.h>

enum { ROWS = 12 };

static char room[1 << 16];

/* x as a trend reads it, and session where whole numbers are wanted. */
static const struct course {
    const char *name;
    size_t n;
    double x[ROWS], y[ROWS];
} courses[] = {
    { "nothing", 0, { 0 }, { 0 } },
    { "one session", 1, { 1 }, { 7 } },
    { "two sessions", 2, { 1, 2 }, { 7, 5 } },
    { "all missing", 4, { 1, 2, 3, 4 }, { NAN, NAN, NAN, NAN } },
    { "constant", 6, { 1, 2, 3, 4, 5, 6 }, { 7, 7, 7, 7, 7, 7 } },
    { "exact line", 6, { 1, 2, 3, 4, 5, 6 }, { 9, 8, 7, 6, 5, 4 } },
    { "perfect step", 8, { 1, 2, 3, 4, 5, 6, 7, 8 }, { 9, 9, 9, 9, 3, 3, 3, 3 } },
    { "one outlier", 7, { 1, 2, 3, 4, 5, 6, 7 }, { 5, 5, 5, 27, 5, 5, 5 } },
    { "repeated times", 6, { 1, 1, 2, 2, 2, 3 }, { 9, 7, 8, 4, 6, 5 } },
    { "one time", 5, { 4, 4, 4, 4, 4 }, { 9, 7, 8, 4, 6 } },
    { "reversed times", 4, { 4, 3, 2, 1 }, { 9, 7, 8, 4 } },
    { "huge", 6, { 1, 2, 3, 4, 5, 6 }, { 1e300, -1e300, 1e299, 7e299, -3e299, 1e300 } },
    { "beyond huge", 5, { 1, 2, 3, 4, 5 }, { DBL_MAX, -DBL_MAX, DBL_MAX, -DBL_MAX, 1e308 } },
    { "denormal", 6, { 1, 2, 3, 4, 5, 6 }, { 5e-324, 0, 1e-322, 5e-323, 0, 3e-320 } },
    { "far off", 6, { 1, 2, 3, 4, 5, 6 }, { 1e15 + 1, 1e15, 1e15 + 2, 1e15, 1e15 + 3, 1e15 } },
    { "infinite", 4, { 1, 2, 3, 4 }, { 9, INFINITY, 8, 4 } },
};
enum { COURSES = sizeof courses / sizeof *courses };

/* Figures that a result holds; infinity is nowhere an answer. */
static void sound(const void *first, const void *after)
{
    double value;
    for (const char *at = first; at < (const char *)after; at += sizeof value) {
        memcpy(&value, at, sizeof value);
        assert_true(!isinf(value));
    }
}

static void sound_fields(const attune_field *fields, size_t count, const void *result)
{
    for (size_t i = 0; i < count; i++)
        if (fields[i].type == ATTUNE_FIELD_REAL)
            sound((const char *)result + fields[i].offset,
                  (const char *)result + fields[i].offset + sizeof(double));
}

static void sessions_of(const struct course *c, int32_t *session)
{
    for (size_t i = 0; i < c->n; i++)
        session[i] = (int32_t)c->x[i];
}

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

/* Three clients, each with this course. */
enum { CLIENTS = 3 };

struct caseload {
    uint64_t starts[CLIENTS + 1];
    int32_t session[CLIENTS * ROWS];
    double score[CLIENTS * ROWS];
    size_t n;
};

static struct caseload thrice(const struct course *c)
{
    struct caseload all = { .n = CLIENTS * c->n };
    for (size_t g = 0; g < CLIENTS; g++) {
        all.starts[g + 1] = (g + 1) * c->n;
        sessions_of(c, all.session + g * c->n);
        memcpy(all.score + g * c->n, c->y, c->n * sizeof *c->y);
    }
    return all;
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
 * By course, in the order above: . OK, f too few, v value, r order, n numeric. What knows rows and
 * no times takes reversed ones as they are. Sudden gains, charts and phases stop at 1e300, runs at
 * 1e100. Of "far off" the models call what is left rounding.
 */
static const struct fit {
    const char *name;
    attune_status (*run)(const struct course *c);
    const char *expected;
} fits[] = {
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

static char letter_of(attune_status status)
{
    switch (status) {
    case ATTUNE_OK:
        return '.';
    case ATTUNE_E_TOO_FEW:
        return 'f';
    case ATTUNE_E_VALUE:
        return 'v';
    case ATTUNE_E_ORDER:
        return 'r';
    case ATTUNE_E_NUMERIC:
        return 'n';
    default:
        return '?';
    }
}

static void every_fit_answers_every_hard_course_as_it_says(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t f = 0; f < sizeof fits / sizeof *fits; f++)
        for (size_t c = 0; c < COURSES; c++) {
            char got = letter_of(fits[f].run(&courses[c]));
            if (got == fits[f].expected[c])
                continue;
            print_error("%s of \"%s\": %c, not %c\n", fits[f].name, courses[c].name, got,
                        fits[f].expected[c]);
            wrong++;
        }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fit_answers_every_hard_course_as_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
