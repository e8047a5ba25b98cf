/* Fuzzing associations and compared correlations: a figure or a reason, and never a hang. */
/* SPDX-License-Identifier: MIT */
#include <attune/associate.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 96, CLIENTS = 24, ROW = 25 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Unlike assert this stays in release builds, and nothing is printed of the input. */
static void must(int holds)
{
    if (!holds)
        abort();
}

static double work[4096];

static void check_figure(const attune_association *f)
{
    must(isfinite(f->estimate) || f->reason);
    must(!isinf(f->se) && !isinf(f->low) && !isinf(f->high));
    must(!(f->low > f->high));
    must(isnan(f->p) || (f->p >= 0 && f->p <= 1));
    must(isnan(f->estimate) || strncmp(f->statistic, "r_", 2) != 0 || fabs(f->estimate) <= 1);
    must(attune_statistic_text(f->statistic)[0] != '\0');
}

static void associate(const attune_associate_options *how, const attune_sessions *s)
{
    static attune_association found[ATTUNE_ASSOCIATIONS_MAX];
    size_t n = 0, wanted = attune_associate_work(s->n_clients, s->n_rows);
    found[0] = (attune_association) { .struct_size = sizeof found[0] };
    must(wanted > 0 && wanted <= sizeof work);
    if (attune_associate_fit(how, s, work, wanted, found, ATTUNE_ASSOCIATIONS_MAX, &n, NULL) !=
        ATTUNE_OK) {
        must(n == 0 && !found[0].part);
        return;
    }
    must(n > 0 && n <= ATTUNE_ASSOCIATIONS_MAX);
    for (size_t i = 0; i < n; i++)
        check_figure(&found[i]);
}

static void compare(const double *r, uint64_t n)
{
    attune_overlap o = { .struct_size = sizeof o };
    attune_correlation c = { .struct_size = sizeof c };
    attune_quartet q = { sizeof q, r[0], r[1], r[2], r[3], r[4], r[5] };
    attune_nonoverlap apart = { .struct_size = sizeof apart };
    attune_independent in = { .struct_size = sizeof in };
    if (attune_overlap_compare(r[0], r[1], r[2], n, &o, NULL) == ATTUNE_OK)
        must(isfinite(o.williams_t) && o.zou_low <= o.zou_high && o.meng_low <= o.meng_high);
    if (attune_correlation_of(r[0], n, n % 5, &c, NULL) == ATTUNE_OK)
        must(c.low <= r[0] && r[0] <= c.high);
    if (attune_nonoverlap_compare(&q, n, &apart, NULL) == ATTUNE_OK)
        must(apart.zou_low <= apart.difference && apart.difference <= apart.zou_high);
    if (attune_independent_compare(r[0], n, r[1], n / 2, &in, NULL) == ATTUNE_OK)
        must(in.low <= in.high && in.p >= 0 && in.p <= 1);
}

/* A byte of options, then 25 a row: what starts a client and skips sessions, and three scores. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t starts[CLIENTS + 1] = { 0 };
    int32_t session[ROWS];
    double scores[3][ROWS], r[6] = { 0 };
    size_t rows = 0, clients = 1;
    if (size == 0)
        return 0;
    for (size_t at = 1; at + ROW <= size && rows < ROWS; at += ROW, rows++) {
        int fresh = rows > 0 && data[at] % 4 == 0 && clients < CLIENTS;
        clients += fresh ? 1u : 0u;
        session[rows] = rows == 0 || fresh ? data[at] / 64 : session[rows - 1] + 1 + data[at] / 64;
        for (size_t k = 0; k < 3; k++)
            memcpy(&scores[k][rows], data + at + 1 + 8 * k, sizeof scores[k][rows]);
        starts[clients] = rows + 1;
        if (fresh)
            starts[clients - 1] = rows;
    }
    attune_associate_options how = ATTUNE_ASSOCIATE_OPTIONS_INIT;
    how.early = 1 + data[0] % 8;
    how.reml = data[0] / 8 % 2;
    how.technique_direction = data[0] / 16 % 2 ? ATTUNE_HIGHER_BETTER : ATTUNE_HIGHER_WORSE;
    const attune_sessions s = {
        sizeof s, clients,   rows,      starts,
        session,  scores[0], scores[1], data[0] / 32 % 2 ? scores[2] : NULL
    };
    associate(&how, &s);
    for (size_t i = 0; i < rows && i < 6; i++)
        r[i] = scores[0][i];
    compare(r, data[0]);
    return 0;
}
