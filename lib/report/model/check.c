/* What goes into a report, checked before anything is built; positions only, never a value. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

#include "lib/core/base/error.h"
#include "lib/core/scale/range.h"

#include <math.h>
#include <string.h>
#include <unistr.h>

/* Elements of an array lie as far apart as the first one's struct_size says. */
const attune_report_series *atn_given_series(const attune_report_client *client, size_t i)
{
    const char *first = (const char *)client->series;
    return (const void *)(first + i * client->series->struct_size);
}

const attune_score *atn_given_form(const attune_report_series *series, size_t i)
{
    const char *first = (const char *)series->forms;
    return (const void *)(first + i * series->forms->struct_size);
}

int32_t atn_given_construct(const attune_report_series *series)
{
    attune_constants c = { .struct_size = sizeof c };
    if (series->constants)
        return series->constants->construct;
    if (attune_scale_constants(series->scale, &c) != ATTUNE_OK)
        return ATTUNE_CONSTRUCT_OTHER;
    return c.construct;
}

/* Its texts end where their room does, and are UTF-8. */
static attune_status take_norm(atn_settings *settings, const attune_norm *norm, attune_error *err)
{
    const struct {
        const char *text;
        size_t room;
    } texts[] = {
        { norm->measure, sizeof norm->measure },
        { norm->name, sizeof norm->name },
        { norm->who, sizeof norm->who },
        { norm->at, sizeof norm->at },
        { norm->population, sizeof norm->population },
        { norm->hash, sizeof norm->hash },
    };
    if (norm->struct_size < sizeof *norm)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "norm", "struct_size is not set");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (!memchr(texts[i].text, 0, texts[i].room) ||
            u8_check((const uint8_t *)texts[i].text, strlen(texts[i].text)))
            return atn_fail(err, ATTUNE_E_OPTION, "norm", "expected a norm with texts in UTF-8");
    settings->norm = *norm;
    return ATTUNE_OK;
}

attune_status atn_settings_read(atn_settings *settings, const attune_report_options *options,
                                attune_error *err)
{
    attune_report_options defaults = ATTUNE_REPORT_OPTIONS_INIT;
    const attune_ruleset *set = attune_ruleset_find("default");
    attune_ruleset_info info = { .struct_size = sizeof info };
    options = options ? options : &defaults;
    if (options->struct_size < sizeof *options)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "options", "struct_size is not set");
    if (options->n_choices > ATTUNE_RULESET_MAX || (options->choices && options->n_choices == 0))
        return atn_fail(err, ATTUNE_E_COUNT, "n_choices", "expected 1 to 32 rules");
    if (options->has_day && !(fabs(options->day) < 1e6))
        return atn_fail(err, ATTUNE_E_OPTION, "day", "expected days since 1970-01-01");
    attune_ruleset_describe(set, &info);
    *settings = (atn_settings) { .choices = options->choices,
                                 .n_choices = (size_t)options->n_choices,
                                 .rules = options->rules ? options->rules : info.label,
                                 .today = options->has_day ? options->day : NAN };
    if (options->norm) {
        attune_status status = take_norm(settings, options->norm, err);
        if (status != ATTUNE_OK)
            return status;
    }
    if (options->choices)
        return ATTUNE_OK;
    settings->choices = settings->own;
    settings->n_choices = info.count;
    for (size_t i = 0; i < info.count; i++)
        attune_ruleset_choice(set, i, &settings->own[i]);
    return ATTUNE_OK;
}

static attune_status check_pointers(const attune_report_client *client, attune_error *err)
{
    if (!client || !client->client || (client->count > 0 && !client->series))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "client", "a pointer is NULL that must not be");
    if (client->struct_size < sizeof *client)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "client", "struct_size is not set");
    if (client->count > ATTUNE_REPORT_SERIES_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "count", "expected at most 64 series");
    if (client->count > 0 && client->series->struct_size < sizeof *client->series)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "series", "struct_size is not set");
    return ATTUNE_OK;
}

static attune_status check_series(const attune_report_series *series, size_t i, attune_error *err)
{
    attune_scale_info info = { .struct_size = sizeof info };
    if (!series->measure || (series->count > 0 && (!series->session || !series->forms)))
        return atn_fail_at(err, ATTUNE_E_ARGUMENT, i, "series",
                           "a pointer is NULL that must not be");
    if (series->count > 0 && series->forms->struct_size < sizeof *series->forms)
        return atn_fail_at(err, ATTUNE_E_STRUCT_SIZE, i, "forms", "struct_size is not set");
    if (series->constants && series->constants->struct_size < sizeof *series->constants)
        return atn_fail_at(err, ATTUNE_E_STRUCT_SIZE, i, "constants", "struct_size is not set");
    if (series->count > ATTUNE_REPORT_FORMS_MAX)
        return atn_fail_at(err, ATTUNE_E_COUNT, i, "count", "expected at most 10000 forms");
    if (!series->items)
        return ATTUNE_OK;
    if (!series->scale || attune_scale_describe(series->scale, &info) != ATTUNE_OK ||
        series->item_count != (uint64_t)info.item_count)
        return atn_fail_at(err, ATTUNE_E_COUNT, i, "item_count", "expected the scale's item count");
    return ATTUNE_OK;
}

static attune_status check_values(const attune_report_series *series, size_t i, attune_error *err)
{
    attune_constants c = { .struct_size = sizeof c };
    if (series->constants)
        c = *series->constants;
    else if (attune_scale_constants(series->scale, &c) != ATTUNE_OK)
        return atn_fail_at(err, ATTUNE_E_ARGUMENT, i, "scale", "the scale cannot be read");
    if (c.construct < ATTUNE_CONSTRUCT_OTHER || c.construct > ATTUNE_CONSTRUCT_RUPTURE)
        return atn_fail_at(err, ATTUNE_E_OPTION, i, "construct",
                           "expected one of the documented kinds");
    for (size_t f = 0; f < series->count; f++) {
        double score = atn_given_form(series, f)->score;
        if (!atn_total_in_range(score, c.score_min, c.score_max, c.score_step))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "score",
                               "expected a score within the measure's range, or NaN");
        if (series->day && !isnan(series->day[f]) && !(fabs(series->day[f]) < 1e6))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "day",
                               "expected days since 1970-01-01, or NaN");
    }
    return ATTUNE_OK;
}

static attune_status check_order(const attune_report_series *series, size_t i, attune_error *err)
{
    for (size_t f = 1; f < series->count; f++)
        if (series->session[f] <= series->session[f - 1])
            return atn_fail_at(err, ATTUNE_E_ORDER, i, "session",
                               "expected session numbers that rise strictly");
    return ATTUNE_OK;
}

static int is_text(const char *text)
{
    return !text || !u8_check((const uint8_t *)text, strlen(text));
}

static attune_status check_duplicate(const attune_report_client *client, size_t i,
                                     attune_error *err)
{
    const attune_report_series *series = atn_given_series(client, i);
    for (size_t other = 0; other < i; other++)
        if (atn_given_series(client, other)->rater == series->rater &&
            strcmp(atn_given_series(client, other)->measure, series->measure) == 0)
            return atn_fail_at(err, ATTUNE_E_DUPLICATE, i, "series",
                               "a measure and rater stand twice");
    return ATTUNE_OK;
}

attune_status atn_client_check(const attune_report_client *client, attune_error *err)
{
    attune_status status = check_pointers(client, err);
    for (size_t i = 0; status == ATTUNE_OK && i < client->count; i++)
        status = check_series(atn_given_series(client, i), i, err);
    if (status == ATTUNE_OK && (!is_text(client->client) || !is_text(client->clinician)))
        status = atn_fail(err, ATTUNE_E_VALUE, "client", "expected UTF-8");
    for (size_t i = 0; status == ATTUNE_OK && i < client->count; i++) {
        if (!is_text(atn_given_series(client, i)->measure))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "measure", "expected UTF-8");
        status = check_values(atn_given_series(client, i), i, err);
    }
    for (size_t i = 0; status == ATTUNE_OK && i < client->count; i++)
        status = check_order(atn_given_series(client, i), i, err);
    for (size_t i = 0; status == ATTUNE_OK && i < client->count; i++)
        status = check_duplicate(client, i, err);
    return status;
}
