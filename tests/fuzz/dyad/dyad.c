/* Fuzzing two raters: dyads, caseloads of them and response surfaces, by what must hold of each. */
/* SPDX-License-Identifier: MIT */
#include <attune/dyad.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 96, DYADS = 24, ROW = 25 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Unlike assert this stays in release builds, and nothing is printed of the input. */
static void must(int holds)
{
    if (!holds)
        abort();
}

static double work[8192];

static int is_within(double low, double value, double high)
{
    return isnan(low) || (low <= value && value <= high);
}

static void check_dyad(const attune_dyad *d)
{
    must(d->n > 0 && d->dyads > 0);
    must(isfinite(d->client_mean) && isfinite(d->therapist_mean) && isfinite(d->bias));
    must(!(fabs(d->congruence) > 1) && !(fabs(d->bias_force_r) > 1));
    must(is_within(d->bias_low, d->bias, d->bias_high));
    must(is_within(d->force_low, d->force, d->force_high));
    must(is_within(d->congruence_low, d->congruence, d->congruence_high));
    must(!(d->bias_sd < 0) && !(d->force_sd < 0) && !(d->residual_sd < 0));
}

/* The therapist's and the client's part exchanged: the bias turns, and the congruence stays. */
static void one(const double *client, const double *therapist, size_t n)
{
    attune_dyad d = { .struct_size = sizeof d }, back = { .struct_size = sizeof back };
    attune_status status = attune_dyad_fit(client, therapist, n, &d, NULL);
    must(attune_dyad_fit(therapist, client, n, &back, NULL) == status);
    if (status != ATTUNE_OK) {
        must(d.n == 0);
        return;
    }
    check_dyad(&d);
    must(d.n == back.n && d.client_mean == back.therapist_mean);
    must(fabs(d.bias + back.bias) <= 1e-12 * (fabs(d.client_mean) + fabs(d.therapist_mean)));
}

static void several(const uint64_t *starts, size_t dyads, const double *client,
                    const double *therapist, size_t n)
{
    attune_dyad d = { .struct_size = sizeof d };
    size_t wanted = attune_dyads_work(dyads, n);
    must(wanted > 0 && wanted <= sizeof work);
    if (attune_dyads_fit(starts, dyads, client, therapist, n, work, wanted, &d, NULL) == ATTUNE_OK)
        check_dyad(&d);
    else
        must(d.n == 0);
}

static void surface(const double *client, const double *therapist, const double *outcome, size_t n)
{
    attune_surface s = { .struct_size = sizeof s };
    attune_surface_term terms[ATTUNE_SURFACE_TERMS] = { { .struct_size = sizeof terms[0] } };
    size_t wanted = attune_surface_work(n);
    must(wanted > 0 && wanted <= sizeof work);
    if (attune_surface_fit(client, therapist, outcome, n, NAN, work, wanted, &s, NULL) !=
        ATTUNE_OK) {
        must(s.n == 0);
        return;
    }
    must(s.n >= 7 && s.df == s.n - 6 && s.residual_sd >= 0 && !(s.r2 > 1));
    if (attune_surface_terms(s.b, s.b_cov, s.df, terms, ATTUNE_SURFACE_TERMS, NULL) != ATTUNE_OK)
        return;
    for (size_t i = 0; i < ATTUNE_SURFACE_TERMS; i++) {
        must(!isinf(terms[i].value) && !isinf(terms[i].se));
        must(is_within(terms[i].low, terms[i].value, terms[i].high));
        must(isnan(terms[i].p) || (terms[i].p >= 0 && terms[i].p <= 1));
    }
}

/* 25 bytes a row: what starts a dyad, two ratings and an outcome. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t starts[DYADS + 1] = { 0 };
    double columns[3][ROWS];
    size_t rows = 0, dyads = 1;
    for (size_t at = 0; at + ROW <= size && rows < ROWS; at += ROW, rows++) {
        if (rows > 0 && data[at] % 4 == 0 && dyads < DYADS)
            starts[dyads++] = rows;
        for (size_t k = 0; k < 3; k++)
            memcpy(&columns[k][rows], data + at + 1 + 8 * k, sizeof columns[k][rows]);
    }
    starts[dyads] = rows;
    one(columns[0], columns[1], rows);
    several(starts, dyads, columns[0], columns[1], rows);
    surface(columns[0], columns[1], columns[2], rows);
    return 0;
}
