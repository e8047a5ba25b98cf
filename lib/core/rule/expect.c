/* What a model of response expects of one client. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/expect.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"

#include <math.h>

void atn_seen_add(const attune_response *response, atn_seen *seen, double at, double score)
{
    double x = atn_time(response->time, at);
    double e = score - response->intercept - response->slope * x;
    seen->n++;
    seen->x += x;
    seen->xx += x * x;
    seen->e += e;
    seen->xe += x * e;
}

/*
 * With A = Z'Z, D between clients and s2: M = s2 I + A D, u = D M^-1 Z'e, its conditional variance
 * s2 D M^-1; the prediction's part of the fixed effects is s2 M^-1 z. Written out with the
 * determinant of D, so that nothing large is taken from something large.
 */
attune_expected atn_expect(const attune_response *r, const atn_seen *seen, double at)
{
    double d00 = r->intercept_var, d01 = r->intercept_slope_cov, d11 = r->slope_var;
    double s2 = r->residual_var, x = atn_time(r->time, at);
    double both = fmax(0, d00 * d11 - d01 * d01);
    double m00 = s2 + seen->n * d00 + seen->x * d01, m01 = seen->n * d01 + seen->x * d11;
    double m10 = seen->x * d00 + seen->xx * d01, m11 = s2 + seen->x * d01 + seen->xx * d11;
    double det = s2 * (s2 + seen->n * d00 + 2 * seen->x * d01 + seen->xx * d11) +
                 (seen->n * seen->xx - seen->x * seen->x) * both;
    double h0 = (m11 * seen->e - m01 * seen->xe) / det, h1 = (m00 * seen->xe - m10 * seen->e) / det;
    double v00 = s2 * (s2 * d00 + seen->xx * both) / det;
    double v11 = s2 * (s2 * d11 + seen->n * both) / det;
    double v01 = s2 * (s2 * d01 - seen->x * both) / det;
    double f0 = s2 * (m11 - m01 * x) / det, f1 = s2 * (m00 * x - m10) / det;
    double given = fmax(0, v00 + 2 * x * v01 + x * x * v11);
    double fixed = f0 * f0 * r->intercept_se * r->intercept_se + 2 * f0 * f1 * r->fixed_cov +
                   f1 * f1 * r->slope_se * r->slope_se;
    attune_expected e = { .struct_size = sizeof e, .n = (int32_t)seen->n };
    e.u0 = d00 * h0 + d01 * h1;
    e.u1 = d01 * h0 + d11 * h1;
    e.u0_se = sqrt(v00);
    e.u1_se = sqrt(v11);
    e.u0_u1_cov = v01;
    e.mean = r->intercept + e.u0 + (r->slope + e.u1) * x;
    e.mean_se_given = sqrt(given);
    e.mean_se = sqrt(given + fmax(0, fixed));
    e.score_se_given = sqrt(given + s2);
    e.score_se = sqrt(given + fmax(0, fixed) + s2);
    return e;
}

static attune_status refuse(attune_error *err, const char *key, const char *expected)
{
    return atn_fail(err, ATTUNE_E_OPTION, key, expected);
}

static attune_status check_figures(const attune_response *r, attune_error *err)
{
    const struct {
        const char *key;
        double value, low;
    } figures[] = {
        { "intake_low", r->intake_low, -INFINITY },
        { "intake_high", r->intake_high, r->intake_low },
        { "intercept", r->intercept, -INFINITY },
        { "slope", r->slope, -INFINITY },
        { "intercept_se", r->intercept_se, 0 },
        { "slope_se", r->slope_se, 0 },
        { "intercept_var", r->intercept_var, 0 },
        { "slope_var", r->slope_var, 0 },
        { "residual_var", r->residual_var, 0 },
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (!(figures[i].value >= figures[i].low && figures[i].value <= 1e150 &&
              figures[i].value >= -1e150))
            return refuse(err, figures[i].key,
                          "expected a finite figure, from 0 on for an error or a variance");
    return r->residual_var > 0 ? ATTUNE_OK
                               : refuse(err, "residual_var", "expected a variance above 0");
}

static int32_t first_possible(const attune_response *r)
{
    return attune_time_by_date(r->time) ? 0 : 1;
}

/* Rounding of a printed figure may take a correlation of 1 a little beyond. */
static int allows(double cov, double a, double b)
{
    return fabs(cov) <= sqrt(a) * sqrt(b) * (1 + 1e-6) + 1e-300;
}

attune_status attune_response_check(const attune_response *r, attune_error *err)
{
    attune_status status;
    if (!r)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "response", "expected a model");
    if (r->struct_size < sizeof *r)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (r->time < ATTUNE_TIME_LOG || r->time > ATTUNE_TIME_ROOT_WEEK)
        return refuse(err, "time", ATN_TIME_EXPECTED);
    if (r->structure < ATTUNE_RESPONSE_LEVEL || r->structure > ATTUNE_RESPONSE_DIAGONAL)
        return refuse(err, "structure", "expected level, slope or diagonal");
    if (r->first_session < first_possible(r) || r->last_session < r->first_session)
        return refuse(err, "last_session",
                      "expected sessions that rise from 1 on, or days from 0 on");
    status = check_figures(r, err);
    if (status != ATTUNE_OK)
        return status;
    if (!allows(r->intercept_slope_cov, r->intercept_var, r->slope_var))
        return refuse(err, "intercept_slope_cov", "expected a correlation from -1 to 1");
    if (!allows(r->fixed_cov, r->intercept_se * r->intercept_se, r->slope_se * r->slope_se))
        return refuse(err, "fixed_cov", "expected a correlation from -1 to 1");
    return ATTUNE_OK;
}

static attune_status check_forms(const attune_response *r, const int32_t *session,
                                 const double *score, size_t n, attune_error *err)
{
    for (size_t i = 0; i < n; i++) {
        int beyond = session[i] < r->first_session || session[i] > r->last_session;
        if (isinf(score[i]) || (!isnan(score[i]) && beyond))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, isinf(score[i]) ? "score" : "session",
                               "expected finite scores at sessions that the model was fitted to");
    }
    for (size_t i = 1; i < n; i++)
        if (atn_time_falls(r->time, session[i - 1], session[i]))
            return atn_fail_at(err, ATTUNE_E_ORDER, i, "session", ATN_TIME_ORDER);
    return ATTUNE_OK;
}

static attune_status check_call(const attune_response *r, const int32_t *session,
                                const double *score, size_t n, int32_t at,
                                const attune_expected *expected, attune_error *err)
{
    attune_status status;
    if (!expected || (n > 0 && (!session || !score)))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "forms and room must be given");
    if (r && expected->struct_size < sizeof *expected)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    status = attune_response_check(r, err);
    if (status != ATTUNE_OK)
        return status;
    if (at < r->first_session || at > r->last_session)
        return refuse(err, "at", "expected a session that the model was fitted to");
    return check_forms(r, session, score, n, err);
}

attune_status attune_response_predict(const attune_response *response, const int32_t *session,
                                      const double *score, size_t n, int32_t at,
                                      attune_expected *expected, attune_error *err)
{
    atn_seen seen = { .n = 0 };
    attune_expected found;
    attune_status status = check_call(response, session, score, n, at, expected, err);
    if (status != ATTUNE_OK)
        return status;
    for (size_t i = 0; i < n; i++)
        if (!isnan(score[i]))
            atn_seen_add(response, &seen, session[i], score[i]);
    found = atn_expect(response, &seen, at);
    atn_give(expected, &found, sizeof found);
    return ATTUNE_OK;
}

const char *attune_time_name(int32_t time)
{
    static const char *const names[] = {
        "log", "session", "root", "log-week", "week", "root-week"
    };
    return time >= 0 && time <= ATTUNE_TIME_ROOT_WEEK ? names[time] : "";
}

int32_t attune_time_by_date(int32_t time)
{
    return time >= ATTUNE_TIME_LOG_WEEK && time <= ATTUNE_TIME_ROOT_WEEK;
}

const char *attune_structure_name(int32_t structure)
{
    static const char *const names[] = { "level", "slope", "diagonal" };
    return structure >= 0 && structure <= ATTUNE_RESPONSE_DIAGONAL ? names[structure] : "";
}
