/* Fuzzing what forms say of a measure: consistency of its items, spread and stability of scores. */
/* SPDX-License-Identifier: MIT */
#include <attune/psychometrics.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES = 240, ITEMS = 8, CLIENTS = 32 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Unlike assert this stays in release builds, and nothing is printed of the input. */
static void must(int holds)
{
    if (!holds)
        abort();
}

static char work[1 << 16];

static int is_correlation(double r)
{
    return isnan(r) || fabs(r) <= 1 + 1e-9;
}

static void consistency(const double *answers, size_t n_items, size_t n_forms)
{
    attune_consistency c = { .struct_size = sizeof c };
    attune_consistency_item items[ITEMS] = { { .struct_size = sizeof items[0] } };
    size_t wanted = attune_consistency_work(n_items);
    must(wanted > 0 && wanted <= sizeof work);
    if (attune_consistency_fit(answers, n_items, n_forms, work, wanted, &c, items, NULL) !=
        ATTUNE_OK) {
        must(c.n_forms == 0 && items[0].n == 0);
        return;
    }
    must(c.n_items == (int32_t)n_items && c.n_used <= c.n_items && c.n_complete <= c.n_forms);
    must(!isinf(c.alpha) && !isinf(c.omega));
    must(c.n_complete < (int32_t)n_forms || !(c.alpha > 1 + 1e-9));
    must(c.iterations >= 0 && c.iterations <= 10001);
    must(c.iterations <= 10000 || isnan(c.omega));
    for (size_t i = 0; i < n_items; i++) {
        must(items[i].n <= c.n_forms && !isinf(items[i].mean) && !(items[i].sd < 0));
        must(is_correlation(items[i].r_total));
        must(c.n_complete < (int32_t)n_forms || is_correlation(items[i].r_rest));
        must(is_correlation(items[i].loading));
    }
}

static void stability(const uint64_t *starts, size_t clients, const double *scores, size_t n)
{
    attune_stability s = { .struct_size = sizeof s };
    size_t wanted = attune_stability_work(clients, n);
    must(wanted > 0 && wanted <= sizeof work);
    if (attune_stability_fit(starts, clients, scores, NULL, NULL, n, .8, work, wanted, &s, NULL) !=
        ATTUNE_OK) {
        must(s.n_clients == 0);
        return;
    }
    must(s.n_clients >= 3 && s.n_repeated <= s.n_clients && s.n_scores >= s.n_clients);
    must(isfinite(s.mean) && s.sd >= 0 && !(s.sem > s.sd));
    must(is_correlation(s.retest_r) && !(s.icc < 0) && !(s.icc > 1));
    must(!(s.within_var < 0) && !(s.between_var < 0));
}

/* A byte of the number of items and one of the forms a client, then the values. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t starts[CLIENTS + 1] = { 0 };
    double values[VALUES];
    size_t n, clients = 0;
    if (size < 2)
        return 0;
    n = (size - 2) / sizeof *values < VALUES ? (size - 2) / sizeof *values : VALUES;
    memcpy(values, data + 2, n * sizeof *values);
    while (clients < CLIENTS && starts[clients] < n) {
        uint64_t end = starts[clients] + 1 + (data[1] + clients) % 7;
        starts[++clients] = end < n ? end : n;
    }
    consistency(values, 1 + data[0] % ITEMS, n / (1 + data[0] % ITEMS));
    stability(starts, clients, values, n);
    return 0;
}
