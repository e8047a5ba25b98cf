/* Any bytes as a forms file: no crash, sound forms in order, the same at every block size. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/forms/reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(truth)                                                                               \
    do {                                                                                           \
        if (!(truth))                                                                              \
            abort();                                                                               \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a run came to: two runs over the same bytes must agree. */
struct outcome {
    uint64_t hash, forms, rows, bad;
    attune_error err;
};

static void mix(struct outcome *outcome, const void *bytes, size_t n)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < n; i++)
        outcome->hash = (outcome->hash ^ byte[i]) * UINT64_C(1099511628211);
}

static void mix_text(struct outcome *outcome, const char *text)
{
    if (text)
        mix(outcome, text, strlen(text) + 1);
}

static void check_score(const attune_form *form)
{
    attune_scale_info info = { .struct_size = sizeof info };
    double score = form->total.score;
    CHECK(!isinf(score));
    CHECK(isnan(score) == (form->total.reason != ATTUNE_REASON_NONE));
    if (!form->scale || isnan(score))
        return;
    attune_scale_describe(form->scale, &info);
    /* A total may lie less than a step beyond the range, if the scoring lets it: never more. */
    CHECK(score > info.score_min - 1 && score < info.score_max + 1);
}

static void check_form(const attune_form *form, const attune_form *before)
{
    int order;
    CHECK(form->session >= 0 && form->session <= ATTUNE_FORMS_SESSION_MAX);
    CHECK(form->rater >= ATTUNE_RATER_CLIENT && form->rater <= ATTUNE_RATER_OBSERVER);
    CHECK(form->line > 1);
    CHECK((form->date == NULL) == (isnan(form->day) != 0));
    check_score(form);
    if (!before)
        return;
    CHECK(strcmp(before->client, form->client) == 0);
    order = strcmp(before->measure, form->measure);
    CHECK(order <= 0);
    if (order == 0)
        CHECK(before->rater < form->rater ||
              (before->rater == form->rater && before->session < form->session));
}

static void take_client(struct outcome *outcome, const attune_client_forms *client)
{
    for (uint64_t i = 0; i < client->count; i++) {
        const attune_form *form = &client->forms[i];
        check_form(form, i ? form - 1 : NULL);
        mix_text(outcome, form->client);
        mix_text(outcome, form->measure);
        mix_text(outcome, form->clinician);
        mix_text(outcome, form->date);
        mix(outcome, &form->line, sizeof form->line);
        mix(outcome, &form->session, sizeof form->session);
        mix(outcome, &form->total.score, sizeof form->total.score);
    }
    outcome->forms += client->count;
}

static attune_status read_clients(attune_forms *forms, struct outcome *outcome)
{
    attune_client_forms client = { .struct_size = sizeof client };
    char last[ATTUNE_FORMS_FIELD_MAX + 1] = "";
    attune_status status;
    while ((status = attune_forms_next(forms, &client, &outcome->err)) == ATTUNE_OK &&
           client.count > 0) {
        CHECK(strcmp(last, client.client) < 0);
        strncpy(last, client.client, sizeof last - 1);
        take_client(outcome, &client);
    }
    return status;
}

static struct outcome run(const uint8_t *data, size_t size, size_t block, int skip_bad)
{
    attune_forms_options options = ATTUNE_FORMS_OPTIONS_INIT;
    attune_forms_info info = { .struct_size = sizeof info };
    struct outcome outcome = { .hash = UINT64_C(14695981039346656037) };
    attune_forms *forms = NULL;
    FILE *file = fmemopen((void *)(uintptr_t)data, size, "rb");
    outcome.err = (attune_error)ATTUNE_ERROR_INIT;
    options.skip_bad = skip_bad;
    options.keep_items = skip_bad;
    options.allow_unknown = !skip_bad;
    CHECK(file);
    if (atn_forms_open(&forms, file, 1, block, &options, NULL, &outcome.err) == ATTUNE_OK) {
        attune_status status = read_clients(forms, &outcome);
        CHECK(!skip_bad || status == ATTUNE_OK);
        CHECK(attune_forms_describe(forms, &info) == ATTUNE_OK);
        CHECK(status != ATTUNE_OK || info.rows == outcome.forms);
        CHECK(skip_bad || info.bad == 0);
        outcome.rows = info.rows;
        outcome.bad = info.bad;
    }
    CHECK(outcome.err.code == ATTUNE_OK || strncmp(outcome.err.text, "expected ", 9) == 0);
    attune_forms_free(forms);
    return outcome;
}

static void check_same(const struct outcome *one, const struct outcome *other)
{
    CHECK(one->err.code == other->err.code);
    CHECK(one->err.line == other->err.line);
    CHECK(one->err.column == other->err.column);
    CHECK(strcmp(one->err.text, other->err.text) == 0);
    if (one->err.code != ATTUNE_OK)
        return; /* how much came out before is left open */
    CHECK(one->hash == other->hash);
    CHECK(one->rows == other->rows);
    CHECK(one->bad == other->bad);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    for (int skip_bad = 0; skip_bad <= 1; skip_bad++) {
        struct outcome whole = run(data, size, ATN_SOURCE_BLOCK, skip_bad);
        struct outcome cut = run(data, size, 1 + size % 11, skip_bad);
        check_same(&whole, &cut);
    }
    return 0;
}
