/* Fuzzing sudden gains: any options, any rows; what comes out keeps what the header promises. */
/* SPDX-License-Identifier: MIT */
#include <attune/sudden.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS = 48 };

struct input {
    uint8_t mode, direction, criteria, flags;
    double cutoff, proportion, alpha, critical;
};

static void must(int holds)
{
    if (!holds)
        abort();
}

static void check_found(const attune_sudden *found, const attune_sudden_options *how)
{
    int way = found->kind == ATTUNE_SUDDEN_GAIN ? -how->direction : how->direction;
    must(found->kind == ATTUNE_SUDDEN_GAIN || found->kind == ATTUNE_SUDDEN_LOSS);
    must(found->to_session == found->from_session + 1);
    must(found->reversed == 0 || found->reversed == 1);
    must(isfinite(found->magnitude) && isfinite(found->reversal_value));
    must(!isinf(found->proportion));
    must(found->n_before <= 3 && found->n_after <= 3);
    if (how->criteria & ATTUNE_SUDDEN_THIRD)
        must(found->t > 0);
    if (how->criteria & ATTUNE_SUDDEN_FIRST)
        must(way * found->magnitude > 0 || how->cutoff < 1e-9);
}

static void check(const attune_sudden_options *how, const int32_t *session, const double *score,
                  size_t n)
{
    attune_sudden found[2 * ROWS] = { { .struct_size = sizeof found[0] } };
    attune_sudden alone[2 * ROWS] = { { .struct_size = sizeof alone[0] } };
    attune_sudden_trace traces[2 * ROWS] = { { .struct_size = sizeof traces[0] } };
    size_t n_found = 0, n_alone = 0, n_traces = 0, met = 0;
    attune_status status = attune_sudden_fit(how, session, score, n, found, 2 * ROWS, &n_found,
                                             traces, 2 * ROWS, &n_traces, NULL);
    must(status <= 0 && status > ATTUNE_STATUS_END);
    must(attune_sudden_fit(how, session, score, n, alone, 2 * ROWS, &n_alone, NULL, 0, NULL,
                           NULL) == status);
    must(n_found == n_alone && memcmp(found, alone, n_found * sizeof *found) == 0);
    for (size_t i = 0; i < n_found; i++)
        check_found(&found[i], how);
    for (size_t i = 0; i < n_traces; i++)
        met += traces[i].met > 0;
    must(n_found <= met);
    must(2 * attune_sudden_intervals(how, session, score, n) <= n_traces);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    attune_sudden_options how = ATTUNE_SUDDEN_OPTIONS_INIT;
    struct input given;
    int32_t session[ROWS];
    double score[ROWS];
    size_t n = 0;
    if (size < sizeof given)
        return 0;
    memcpy(&given, data, sizeof given);
    how.mode = given.mode % 3;
    how.direction = given.direction % 3 - 1;
    how.criteria = given.criteria % 9;
    how.flags = given.flags % 5;
    how.cutoff = given.cutoff;
    how.proportion = given.proportion;
    how.alpha = given.alpha;
    how.critical = given.critical;
    for (data += sizeof given, size -= sizeof given; size >= 9 && n < ROWS; data += 9, size -= 9) {
        session[n] = (n > 0 ? session[n - 1] : 0) + data[0] % 4;
        memcpy(&score[n++], data + 1, sizeof score[0]);
    }
    check(&how, session, score, n);
    return 0;
}
