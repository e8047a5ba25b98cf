/* What tests of mixed models share: one fit, a published data set, made caseloads, a likelihood. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_MIXED_MADE_H
#define TESTS_MIXED_MADE_H

#include "lib/stats/response/mixed_parts.h"
#include "tests/unit/near.h"

#include <stdlib.h>

#define GROUPS_MAX 600

static double work[GROUPS_MAX * (3 + 2 * (ATN_MIXED_X_MAX + 1))];

static inline attune_status fit(const atn_mixed_data *data, atn_mixed *m, const char *key)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = atn_mixed_fit(data, work, m, &err);
    assert_string_equal(err.key, key);
    assert_int_equal(err.code, status);
    return status;
}

/* Davies & Goldsmith 1972, Statistical Methods in Research and Production, table 6.3: dyestuff. */
static const double dyestuff[] = {
    1545, 1440, 1440, 1520, 1580, 1540, 1555, 1490, 1560, 1495, 1595, 1550, 1605, 1510, 1560,
    1445, 1440, 1595, 1465, 1545, 1595, 1630, 1515, 1635, 1625, 1520, 1455, 1450, 1480, 1445,
};
static const uint64_t fives[] = { 0, 5, 10, 15, 20, 25, 30 };

enum { CLIENTS = 40, SESSIONS = 8, ROWS = CLIENTS * SESSIONS };

static double x[ROWS], y[ROWS], random_[ROWS];
static uint64_t starts[CLIENTS + 1];

/* Lines that differ between clients by `level` and `slope`, with noise; the same at every run. */
static inline void make_caseload(double level, double slope, double noise)
{
    uint32_t seed = 1;
    for (size_t i = 0; i < (size_t)2 * CLIENTS + ROWS; i++) {
        static double draws[2 * CLIENTS + ROWS];
        double sum = -6;
        for (int k = 0; k < 12; k++) {
            seed = seed * 1664525u + 1013904223u;
            sum += (double)(seed >> 8) / 16777216.0;
        }
        draws[i] = sum;
        if (i < (size_t)2 * CLIENTS)
            continue;
        size_t row = i - (size_t)2 * CLIENTS, g = row / SESSIONS;
        x[row] = log((double)(row % SESSIONS + 1));
        random_[row] = sum;
        y[row] = 20 + level * draws[g] - (3 + slope * draws[CLIENTS + g]) * x[row] + noise * sum;
    }
    for (size_t g = 0; g <= CLIENTS; g++)
        starts[g] = g * SESSIONS;
}

static inline atn_mixed_data caseload(int32_t structure)
{
    return (atn_mixed_data) { .y = y,
                              .x = { x },
                              .n_x = 1,
                              .z = x,
                              .starts = starts,
                              .n_groups = CLIENTS,
                              .structure = structure,
                              .reml = 1 };
}

/* The likelihood written out: V of each client, its inverse and determinant by Cholesky. */
static inline double written_out(const atn_mixed_data *d, const atn_mixed *m)
{
    double a[ATN_SMALL_MAX][ATN_SMALL_MAX] = { { 0 } }, squares = 0, log_det = 0, n = 0;
    for (size_t g = 0; g < d->n_groups; g++) {
        double v[ATN_SMALL_MAX][ATN_SMALL_MAX], e[SESSIONS], one[SESSIONS], z[SESSIONS];
        for (size_t i = 0; i < SESSIONS; i++) {
            const double *t = d->z + g * SESSIONS;
            e[i] = d->y[g * SESSIONS + i] - m->b[0] - m->b[1] * t[i];
            one[i] = 1;
            z[i] = t[i];
            for (size_t k = 0; k <= i; k++)
                v[i][k] =
                    m->d00 + m->d01 * (t[i] + t[k]) + m->d11 * t[i] * t[k] + (i == k ? m->s2 : 0);
        }
        double kept[SESSIONS];
        memcpy(kept, e, sizeof e);
        assert_true(atn_cholesky(v, SESSIONS, 0));
        atn_cholesky_solve(v, SESSIONS, e);
        atn_cholesky_solve(v, SESSIONS, one);
        atn_cholesky_solve(v, SESSIONS, z);
        for (size_t i = 0; i < SESSIONS; i++) {
            squares += kept[i] * e[i];
            a[0][0] += one[i];
            a[1][0] += z[i];
            a[1][1] += z[i] * d->z[g * SESSIONS + i];
        }
        log_det += atn_cholesky_log_det(v, SESSIONS);
        n += SESSIONS;
    }
    if (d->reml) {
        assert_true(atn_cholesky(a, 2, 0));
        log_det += atn_cholesky_log_det(a, 2);
        n -= 2;
    }
    return -(n * 1.8378770664093454836 + log_det + squares) / 2;
}

#endif
