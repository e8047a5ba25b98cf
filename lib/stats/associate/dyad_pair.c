/* Two raters' forms on one axis: which axis they allow, and the sessions that both completed. */
/* SPDX-License-Identifier: MIT */
#include <attune/dyad.h>

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"

#include <math.h>

static int is_range(double low, double high)
{
    return isfinite(high - low) && high > low;
}

static int is_other(double a, double b)
{
    return fabs(a - b) > 0.0;
}

static attune_status choose(const attune_constants *client, const attune_constants *therapist,
                            attune_axis *axis, attune_error *err)
{
    if (client == therapist)
        return ATTUNE_OK;
    if (client->direction != therapist->direction)
        return atn_fail(err, ATTUNE_E_OPTION, "direction",
                        "expected two forms on which the same way is good");
    if (!is_range(client->score_min, client->score_max) ||
        !is_range(therapist->score_min, therapist->score_max))
        return atn_fail(err, ATTUNE_E_CONSTANT, "range",
                        "two measures need known ranges to be put on one axis");
    axis->client_min = client->score_min;
    axis->client_max = client->score_max;
    axis->therapist_min = therapist->score_min;
    axis->therapist_max = therapist->score_max;
    if (is_other(axis->client_min, axis->therapist_min) ||
        is_other(axis->client_max, axis->therapist_max))
        axis->unit = ATTUNE_AXIS_SHARE;
    return ATTUNE_OK;
}

attune_status attune_axis_of(const attune_constants *client, const attune_constants *therapist,
                             attune_axis *axis, attune_error *err)
{
    attune_axis found = { .unit = ATTUNE_AXIS_POINTS, NAN, NAN, NAN, NAN };
    attune_status status;
    if (!client || !therapist || !axis)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "two measures and room must be given");
    if (client->struct_size < sizeof *client || therapist->struct_size < sizeof *therapist ||
        axis->struct_size < sizeof *axis)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    status = choose(client, therapist, &found, err);
    if (status == ATTUNE_OK)
        atn_give(axis, &found, sizeof found);
    return status;
}

/* One rater's rows, and how they come onto the axis. */
struct rater {
    const char *key;
    const int32_t *session;
    const double *score;
    size_t n;
    double low, width;
};

static attune_status check_rows(const struct rater *r, attune_error *err)
{
    for (size_t i = 0; i < r->n; i++)
        if (isinf(r->score[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, r->key, "expected a finite score or NaN");
    return ATTUNE_OK;
}

static attune_status check_order(const struct rater *r, attune_error *err)
{
    for (size_t i = 1; i < r->n; i++)
        if (r->session[i] <= r->session[i - 1])
            return atn_fail_at(err, ATTUNE_E_ORDER, i, r->key,
                               "expected session numbers that rise strictly");
    return ATTUNE_OK;
}

static attune_status put_on_axis(const attune_axis *axis, struct rater *client,
                                 struct rater *therapist, attune_error *err)
{
    if (axis->unit != ATTUNE_AXIS_POINTS && axis->unit != ATTUNE_AXIS_SHARE)
        return atn_fail(err, ATTUNE_E_OPTION, "unit", "expected one of the documented values");
    if (axis->unit == ATTUNE_AXIS_POINTS)
        return ATTUNE_OK;
    if (!is_range(axis->client_min, axis->client_max) ||
        !is_range(axis->therapist_min, axis->therapist_max))
        return atn_fail(err, ATTUNE_E_CONSTANT, "range", "expected two ranges that rise");
    client->low = axis->client_min;
    client->width = axis->client_max - axis->client_min;
    therapist->low = axis->therapist_min;
    therapist->width = axis->therapist_max - axis->therapist_min;
    return ATTUNE_OK;
}

static attune_status check_room(size_t capacity, const struct rater *a, const struct rater *b,
                                attune_error *err)
{
    if (capacity < (a->n < b->n ? a->n : b->n))
        return atn_fail(err, ATTUNE_E_COUNT, "capacity", "expected room for the fewer of the rows");
    return ATTUNE_OK;
}

static double on_axis(const struct rater *r, size_t i)
{
    return (r->score[i] - r->low) / r->width;
}

/* Merges by session; what only one of them completed is passed over. */
static size_t merge(const struct rater *c, const struct rater *t, int32_t *session, double *client,
                    double *therapist)
{
    size_t n = 0;
    for (size_t i = 0, j = 0; i < c->n && j < t->n;) {
        int32_t a = c->session[i], b = t->session[j];
        if (a == b && !isnan(c->score[i] + t->score[j])) {
            if (session)
                session[n] = a;
            client[n] = on_axis(c, i);
            therapist[n++] = on_axis(t, j);
        }
        i += a <= b;
        j += b <= a;
    }
    return n;
}

attune_status attune_dyad_pair(const attune_axis *axis, const int32_t *client_session,
                               const double *client_score, size_t client_n,
                               const int32_t *therapist_session, const double *therapist_score,
                               size_t therapist_n, int32_t *session, double *client,
                               double *therapist, size_t capacity, size_t *n, attune_error *err)
{
    struct rater c = { "client", client_session, client_score, client_n, 0.0, 1.0 };
    struct rater t = { "therapist", therapist_session, therapist_score, therapist_n, 0.0, 1.0 };
    attune_status status;
    if (!axis || !n || (client_n > 0 && (!client_session || !client_score)) ||
        (therapist_n > 0 && (!therapist_session || !therapist_score)) ||
        (capacity > 0 && (!client || !therapist)))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "axis, rows and room must be given");
    if (axis->struct_size < sizeof *axis)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    status = check_room(capacity, &c, &t, err);
    if (status == ATTUNE_OK)
        status = put_on_axis(axis, &c, &t, err);
    if (status == ATTUNE_OK)
        status = check_rows(&c, err);
    if (status == ATTUNE_OK)
        status = check_rows(&t, err);
    if (status == ATTUNE_OK)
        status = check_order(&c, err);
    if (status == ATTUNE_OK)
        status = check_order(&t, err);
    if (status == ATTUNE_OK)
        *n = merge(&c, &t, session, client, therapist);
    return status;
}
