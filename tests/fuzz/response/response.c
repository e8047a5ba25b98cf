/* Fuzzing the fit of expected response and of services: a figure or a status, and never a hang. */
/* SPDX-License-Identifier: MIT */
#include <attune/responsefit.h>
#include <attune/therapist.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 120, CLIENTS = 24 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Unlike assert this stays in release builds, and nothing is printed of the input. */
static void must(int holds)
{
    if (!holds)
        abort();
}

static double work[8192];

static void fit_response(const attune_response_options *how, const uint64_t *starts, size_t clients,
                         const int32_t *session, const double *score, size_t rows)
{
    attune_response r = { .struct_size = sizeof r };
    attune_expected e = { .struct_size = sizeof e };
    must(attune_response_work(clients, rows) <= sizeof work);
    if (attune_response_fit(how, starts, clients, session, score, rows, work, sizeof work, &r,
                            NULL) != ATTUNE_OK) {
        must(r.n_forms == 0);
        return;
    }
    must(isfinite(r.log_likelihood) && r.residual_var > 0 && r.iterations > 0);
    must(r.n_clients <= clients && r.n_forms <= rows);
    if (attune_response_check(&r, NULL) == ATTUNE_OK)
        must(attune_response_predict(&r, NULL, NULL, 0, r.last_session, &e, NULL) == ATTUNE_OK);
}

static void fit_service(const uint64_t *starts, size_t groups, const double *score, size_t rows)
{
    attune_service s = { .struct_size = sizeof s };
    attune_therapist t[CLIENTS] = { { .struct_size = sizeof t[0] } };
    if (attune_service_fit(starts, groups, score, rows, 1.96, work, sizeof work, &s, t, NULL) !=
        ATTUNE_OK)
        return;
    must(s.icc >= 0 && s.icc <= 1 && s.within_var > 0);
    for (size_t g = 0; g < groups; g++)
        must(t[g].n >= 0 && isfinite(t[g].effect));
}

/* A byte of options, then nine a row: what starts a client and skips sessions, and a score. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint64_t starts[CLIENTS + 1] = { 0 };
    int32_t session[ROWS];
    double score[ROWS];
    size_t rows = 0, clients = 1;
    if (size == 0)
        return 0;
    const int32_t one = data[0] / 18 % 2 ? 0 : 1; /* by date days begin at 0 and may stand still */
    attune_response_options how = { sizeof how, data[0] % 3 + (1 - one) * ATTUNE_TIME_LOG_WEEK,
                                    data[0] / 3 % 3, data[0] / 9 % 2 };
    for (size_t at = 1; at + 9 <= size && rows < ROWS; at += 9, rows++) {
        int fresh = rows > 0 && data[at] % 4 == 0 && clients < CLIENTS;
        int first = rows == 0 || fresh;
        clients += fresh ? 1u : 0u;
        session[rows] = (first ? one : session[rows - 1] + one) + data[at] / 64;
        memcpy(&score[rows], data + at + 1, sizeof score[rows]);
        starts[clients] = rows + 1;
        if (fresh)
            starts[clients - 1] = rows;
    }
    fit_response(&how, starts, clients, session, score, rows);
    fit_service(starts, clients, score, rows);
    return 0;
}
