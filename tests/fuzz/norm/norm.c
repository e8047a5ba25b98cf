/* Fuzzing the loader of norm files: what it takes can be predicted with and is written back. */
/* SPDX-License-Identifier: MIT */
#include <attune/norm.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Unlike assert this stays in release builds, and nothing is printed of the input. */
static void must(int holds)
{
    if (!holds)
        abort();
}

static void check_taken(const attune_norm *norm)
{
    static char text[2 * ATTUNE_NORM_BYTES_MAX];
    const attune_response *r = &norm->response;
    const int32_t session[] = { r->first_session };
    const double score[] = { r->intercept };
    attune_expected e = { .struct_size = sizeof e };
    attune_norm back = { .struct_size = sizeof back };
    size_t n = 0;
    must(attune_response_predict(r, session, score, 1, r->last_session, &e, NULL) == ATTUNE_OK);
    must(e.n == 1);
    must(attune_norm_write(norm, text, sizeof text, &n, NULL) == ATTUNE_OK);
    must(attune_norm_load(&back, text, n, NULL) == ATTUNE_OK);
    must(memcmp(&back.response, r, sizeof *r) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    attune_norm norm = { .struct_size = sizeof norm };
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = attune_norm_load(&norm, (const char *)data, size, &err);
    must(status == ATTUNE_OK || status == ATTUNE_E_FORMAT || status == ATTUNE_E_MEMORY);
    must(status == ATTUNE_OK || strlen(err.text) > 0);
    if (status == ATTUNE_OK)
        check_taken(&norm);
    return 0;
}
