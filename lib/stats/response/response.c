/* The expected response of a caseload: forms to rows, the mixed model, and its figures. */
/* SPDX-License-Identifier: MIT */
#include <attune/responsefit.h>

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/core/rule/expect.h"
#include "lib/stats/num/num.h"
#include "lib/stats/response/mixed.h"

#include <math.h>

typedef struct forms {
    attune_response_options how;
    const uint64_t *starts;
    size_t n_clients, n_rows;
    const int32_t *session;
    const double *score;
    double *x, *stats;
} forms;

/* Room for any alignment of work comes on top. */
size_t attune_response_work(size_t n_clients, size_t n_rows)
{
    if (n_clients > SIZE_MAX / 256 || n_rows > SIZE_MAX / 256)
        return 0;
    return (atn_mixed_work(n_clients, 1) + n_rows + 1) * sizeof(double);
}

static attune_status check_pointers(const forms *f, const void *work,
                                    const attune_response *response, attune_error *err)
{
    if (!f->starts || !f->session || !f->score || !work || !response)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "forms, scratch and room must be given");
    if (f->how.struct_size < sizeof f->how || response->struct_size < sizeof *response)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    return ATTUNE_OK;
}

static attune_status check_counts(const forms *f, size_t work_size, attune_error *err)
{
    size_t wanted = attune_response_work(f->n_clients, f->n_rows);
    for (size_t g = 0; g < f->n_clients; g++)
        if (f->starts[g] > f->starts[g + 1] || f->starts[g + 1] > f->n_rows)
            return atn_fail_at(err, ATTUNE_E_COUNT, g + 1, "starts",
                               "expected rising row numbers within the rows");
    if (wanted == 0 || work_size < wanted)
        return atn_fail(err, ATTUNE_E_COUNT, "work_size", "expected attune_response_work bytes");
    return ATTUNE_OK;
}

static attune_status check_options(const attune_response_options *how, attune_error *err)
{
    if (how->time < ATTUNE_TIME_LOG || how->time > ATTUNE_TIME_ROOT_WEEK)
        return atn_fail(err, ATTUNE_E_OPTION, "time", ATN_TIME_EXPECTED);
    if (how->structure < ATTUNE_RESPONSE_LEVEL || how->structure > ATTUNE_RESPONSE_DIAGONAL)
        return atn_fail(err, ATTUNE_E_OPTION, "structure", "expected level, slope or diagonal");
    if (how->reml != 0 && how->reml != 1)
        return atn_fail(err, ATTUNE_E_OPTION, "reml", "expected 0 or 1");
    return ATTUNE_OK;
}

static attune_status check_rows(const forms *f, attune_error *err)
{
    const int32_t first = attune_time_by_date(f->how.time) ? 0 : 1;
    for (size_t i = 0; i < f->n_rows; i++)
        if (isinf(f->score[i]) || (!isnan(f->score[i]) && f->session[i] < first))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, isinf(f->score[i]) ? "score" : "session",
                               "expected finite scores at sessions from 1 on, or days from 0 on");
    for (size_t g = 0; g < f->n_clients; g++)
        for (uint64_t i = f->starts[g] + 1; i < f->starts[g + 1]; i++)
            if (atn_time_falls(f->how.time, f->session[i - 1], f->session[i]))
                return atn_fail_at(err, ATTUNE_E_ORDER, i, "session", ATN_TIME_ORDER);
    return ATTUNE_OK;
}

/* x of every row, and the ranges of sessions and of first scores. */
static void take_rows(forms *f, attune_response *r)
{
    r->first_session = INT32_MAX;
    r->intake_low = INFINITY;
    r->intake_high = -INFINITY;
    for (size_t g = 0; g < f->n_clients; g++) {
        int first = 1;
        for (uint64_t i = f->starts[g]; i < f->starts[g + 1]; i++) {
            if (isnan(f->score[i]))
                continue;
            f->x[i] = atn_time(f->how.time, f->session[i]);
            r->first_session = f->session[i] < r->first_session ? f->session[i] : r->first_session;
            r->last_session = f->session[i] > r->last_session ? f->session[i] : r->last_session;
            r->intake_low = first ? fmin(r->intake_low, f->score[i]) : r->intake_low;
            r->intake_high = first ? fmax(r->intake_high, f->score[i]) : r->intake_high;
            first = 0;
        }
    }
}

static void take_model(const atn_mixed *m, attune_response *r)
{
    r->n_clients = m->n_groups;
    r->n_forms = m->n_rows;
    r->singular = m->singular;
    r->iterations = m->iterations;
    r->intercept = m->b[0];
    r->slope = m->b[1];
    r->intercept_se = sqrt(m->b_cov[0][0]);
    r->slope_se = sqrt(m->b_cov[1][1]);
    r->fixed_cov = m->b_cov[0][1];
    r->intercept_var = m->d00;
    r->slope_var = isnan(m->d11) ? 0 : m->d11;
    r->intercept_slope_cov = r->structure == ATTUNE_RESPONSE_SLOPE ? m->d01 : 0;
    r->residual_var = m->s2;
    r->log_likelihood = m->log_likelihood;
    r->aic = m->aic;
    r->bic = m->bic;
}

static attune_status fit(forms *f, attune_response *response, attune_error *err)
{
    static const int32_t structures[] = { ATN_MIXED_INTERCEPT, ATN_MIXED_SLOPE,
                                          ATN_MIXED_DIAGONAL };
    attune_response found = { .time = f->how.time,
                              .structure = f->how.structure,
                              .reml = f->how.reml };
    atn_mixed m;
    attune_status status;
    take_rows(f, &found);
    const atn_mixed_data data = {
        .y = f->score,
        .x = { f->x },
        .n_x = 1,
        .z = f->x,
        .starts = f->starts,
        .n_groups = f->n_clients,
        .structure = structures[f->how.structure],
        .reml = f->how.reml,
    };
    status = atn_mixed_fit(&data, f->stats, &m, err);
    if (status != ATTUNE_OK)
        return status;
    take_model(&m, &found);
    atn_give(response, &found, sizeof found);
    return ATTUNE_OK;
}

attune_status attune_response_fit(const attune_response_options *options, const uint64_t *starts,
                                  size_t n_clients, const int32_t *session, const double *score,
                                  size_t n_rows, void *work, size_t work_size,
                                  attune_response *response, attune_error *err)
{
    const attune_response_options usual = ATTUNE_RESPONSE_OPTIONS_INIT;
    forms f = { .how = options ? *options : usual,
                .starts = starts,
                .n_clients = n_clients,
                .n_rows = n_rows,
                .session = session,
                .score = score };
    attune_status status = check_pointers(&f, work, response, err);
    if (status == ATTUNE_OK)
        status = check_counts(&f, work_size, err);
    if (status == ATTUNE_OK)
        status = check_options(&f.how, err);
    if (status == ATTUNE_OK)
        status = check_rows(&f, err);
    if (status != ATTUNE_OK)
        return status;
    f.x = (double *)(((uintptr_t)work + sizeof(double) - 1) / sizeof(double) * sizeof(double));
    f.stats = f.x + n_rows;
    return fit(&f, response, err);
}

attune_status attune_response_band(const attune_expected *expected, double level, double *low,
                                   double *high)
{
    double half;
    if (!expected || !low || !high)
        return ATTUNE_E_ARGUMENT;
    if (expected->struct_size < sizeof *expected)
        return ATTUNE_E_STRUCT_SIZE;
    if (!(level >= 0.001 && level <= 0.999999))
        return ATTUNE_E_OPTION;
    half = atn_normal_quantile((1 + level) / 2) * expected->score_se;
    *low = expected->mean - half;
    *high = expected->mean + half;
    return ATTUNE_OK;
}
