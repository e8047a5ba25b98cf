/* Therapist and service level: a random intercept of therapists, its limits, and rates. */
/* SPDX-License-Identifier: MIT */
#include <attune/therapist.h>

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/response/mixed.h"

#include <math.h>
#include <string.h>

size_t attune_service_work(size_t n_therapists)
{
    if (n_therapists > SIZE_MAX / 256)
        return 0;
    return (atn_mixed_work(n_therapists, 0) + 1) * sizeof(double);
}

static attune_status check_counts(const uint64_t *starts, size_t n_therapists, size_t n_outcomes,
                                  size_t work_size, attune_error *err)
{
    size_t wanted = attune_service_work(n_therapists);
    if (wanted == 0 || work_size < wanted)
        return atn_fail(err, ATTUNE_E_COUNT, "work_size", "expected attune_service_work bytes");
    for (size_t g = 0; g < n_therapists; g++)
        if (starts[g] > starts[g + 1] || starts[g + 1] > n_outcomes)
            return atn_fail_at(err, ATTUNE_E_COUNT, g + 1, "starts",
                               "expected rising row numbers within the outcomes");
    return ATTUNE_OK;
}

static attune_status check_outcomes(const double *outcomes, size_t n_outcomes, attune_error *err)
{
    for (size_t i = 0; i < n_outcomes; i++)
        if (isinf(outcomes[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "outcomes", "expected finite outcomes");
    return ATTUNE_OK;
}

static attune_status check_z(double z, attune_error *err)
{
    if (!(z > 0 && z <= 10))
        return atn_fail(err, ATTUNE_E_OPTION, "z", "expected a normal quantile up to 10");
    return ATTUNE_OK;
}

static attune_status check_call(const uint64_t *starts, const double *outcomes, const void *work,
                                const attune_service *service, const attune_therapist *therapists,
                                attune_error *err)
{
    if (!starts || !outcomes || !work || !service)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "outcomes, scratch and room must be given");
    if (service->struct_size < sizeof *service ||
        (therapists && therapists->struct_size < sizeof *therapists))
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    return ATTUNE_OK;
}

/* The mixed model's own refusals, in the words of this call. */
static attune_status refuse(attune_status status, const char *key, attune_error *err)
{
    if (status == ATTUNE_E_NUMERIC)
        return atn_fail(err, status, "outcomes", "expected outcomes that vary within therapists");
    if (strcmp(key, "groups") == 0)
        return atn_fail(err, status, "therapists", "expected two therapists with an outcome");
    return atn_fail(err, status, "clients", "expected a therapist with two outcomes");
}

static attune_therapist therapist_of(const atn_mixed *m, size_t g, const double *outcomes,
                                     uint64_t from, uint64_t to, double z)
{
    attune_therapist t = { .struct_size = sizeof t };
    atn_mixed_effect e;
    double sum = 0, n = 0, chance, usual;
    for (uint64_t i = from; i < to; i++) {
        sum += isnan(outcomes[i]) ? 0 : outcomes[i] - m->b[0];
        n += isnan(outcomes[i]) ? 0 : 1;
    }
    atn_mixed_effect_at(m, g, &e);
    chance = n > 0 ? z * sqrt(m->s2 / n) : NAN;
    usual = n > 0 ? z * sqrt(m->d00 + m->s2 / n) : NAN;
    t.n = (int32_t)n;
    t.few = n < ATTUNE_CASELOAD_FEW;
    t.mean = n > 0 ? m->b[0] + sum / n : NAN;
    t.effect = e.u0;
    t.effect_se = sqrt(e.var_u0);
    t.low = m->b[0] - chance;
    t.high = m->b[0] + chance;
    t.wide_low = m->b[0] - usual;
    t.wide_high = m->b[0] + usual;
    t.outside = !t.few && fabs(sum / n) > usual;
    return t;
}

static attune_service service_of(const atn_mixed *m)
{
    return (attune_service) {
        .struct_size = sizeof(attune_service),
        .singular = m->singular,
        .n_therapists = m->n_groups,
        .n_clients = m->n_rows,
        .mean = m->b[0],
        .mean_se = sqrt(m->b_cov[0][0]),
        .between_var = m->d00,
        .within_var = m->s2,
        .icc = m->d00 / (m->d00 + m->s2),
        .log_likelihood = m->log_likelihood,
    };
}

attune_status attune_service_fit(const uint64_t *starts, size_t n_therapists,
                                 const double *outcomes, size_t n_outcomes, double z, void *work,
                                 size_t work_size, attune_service *service,
                                 attune_therapist *therapists, attune_error *err)
{
    attune_error why = ATTUNE_ERROR_INIT;
    attune_service found;
    atn_mixed m;
    atn_mixed_data data = { .y = outcomes, .starts = starts, .n_groups = n_therapists, .reml = 1 };
    uintptr_t place = (uintptr_t)work;
    attune_status status = check_call(starts, outcomes, work, service, therapists, err);
    if (status == ATTUNE_OK)
        status = check_counts(starts, n_therapists, n_outcomes, work_size, err);
    if (status == ATTUNE_OK)
        status = check_z(z, err);
    if (status == ATTUNE_OK)
        status = check_outcomes(outcomes, n_outcomes, err);
    if (status != ATTUNE_OK)
        return status;
    place = (place + sizeof(double) - 1) / sizeof(double) * sizeof(double);
    status = atn_mixed_fit(&data, (double *)place, &m, &why);
    if (status != ATTUNE_OK)
        return refuse(status, why.key, err);
    found = service_of(&m);
    for (size_t g = 0; g < n_therapists; g++) {
        attune_therapist t = therapist_of(&m, g, outcomes, starts[g], starts[g + 1], z);
        double off = t.n > 0 ? t.mean - m.b[0] : 0;
        found.overdispersion += off * off * t.n / m.s2 / (double)m.n_groups;
        if (therapists)
            atn_give_at(therapists, therapists->struct_size, g, &t, sizeof t);
    }
    atn_give(service, &found, sizeof found);
    return ATTUNE_OK;
}

attune_status attune_rate_of(uint64_t count, uint64_t n, double z, attune_rate *rate,
                             attune_error *err)
{
    attune_rate found = { .struct_size = sizeof found, .n = n, .hidden = n < ATTUNE_SMALL_CELL };
    double p, middle, half, size = (double)n;
    attune_status status;
    if (!rate)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "rate", "expected room for the result");
    if (rate->struct_size < sizeof *rate)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (count > n || n > (uint64_t)1 << 53)
        return atn_fail(err, ATTUNE_E_COUNT, "count", "expected no more than n, of at most 2^53");
    status = check_z(z, err);
    if (status != ATTUNE_OK)
        return status;
    found.rate = found.low = found.high = NAN;
    if (!found.hidden) {
        p = (double)count / size;
        middle = (p + z * z / (2 * size)) / (1 + z * z / size);
        half = z / (1 + z * z / size) * sqrt(p * (1 - p) / size + z * z / (4 * size * size));
        found.count = count;
        found.rate = p;
        found.low = fmax(0, middle - half);
        found.high = fmin(1, middle + half);
    }
    atn_give(rate, &found, sizeof found);
    return ATTUNE_OK;
}

#define FIELD(type, member, text)                                                                  \
    {                                                                                              \
#member, text, NULL, 0, (uint32_t)offsetof(attune_therapist, member), type                 \
    }
#define REAL(member, text) FIELD(ATTUNE_FIELD_REAL, member, text)

static const char *const yes[] = { "no", "yes" };
static const attune_field fields[] = {
    FIELD(ATTUNE_FIELD_COUNT, n, "Clients with an outcome."),
    { "few", "Fewer than 15: what differs is mostly chance.", yes, 2,
      (uint32_t)offsetof(attune_therapist, few), ATTUNE_FIELD_CODE },
    { "outside", "Beyond chance and the differences usual between therapists.", yes, 2,
      (uint32_t)offsetof(attune_therapist, outside), ATTUNE_FIELD_CODE },
    REAL(mean, "Mean outcome as observed."),
    REAL(effect, "Shrunken deviation from the service's mean."),
    REAL(effect_se, "Its conditional SD."),
    REAL(low, "Lower limit of chance alone."),
    REAL(high, "Upper limit of chance alone."),
    REAL(wide_low, "Lower limit of chance and usual differences."),
    REAL(wide_high, "Upper limit of chance and usual differences."),
};

const attune_field *attune_therapist_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}
