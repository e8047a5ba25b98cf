/* Builds and frees the model of one client's report. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/model/model.h"

#include "lib/core/base/error.h"
#include "lib/core/base/memory.h"

/* Distress first, then alliance, then what is about neither; else in the order given. */
static void order_series(atn_model *model, const attune_report_client *client)
{
    static const int32_t constructs[] = { ATTUNE_CONSTRUCT_DISTRESS, ATTUNE_CONSTRUCT_ALLIANCE,
                                          ATTUNE_CONSTRUCT_OTHER };
    size_t n = 0;
    for (size_t k = 0; k < sizeof constructs / sizeof constructs[0]; k++)
        for (size_t i = 0; i < client->count; i++)
            if (atn_given_construct(atn_given_series(client, i)) == constructs[k])
                model->given[n++] = i;
}

/* Core numbers what it refuses within the series; a report numbers the series. */
static attune_status at_series(attune_status status, size_t series, attune_error *err)
{
    if (status != ATTUNE_OK && err && err->struct_size >= sizeof *err)
        err->index = series;
    return status;
}

static attune_status fit_courses(atn_model *model, const attune_report_client *client,
                                 const atn_settings *settings, attune_error *err)
{
    attune_status status = ATTUNE_OK;
    model->courses = atn_arena_get(&model->arena, (size_t)client->count, sizeof *model->courses);
    if (!model->courses)
        return ATTUNE_OK;
    model->n_courses = (size_t)client->count;
    order_series(model, client);
    for (size_t i = 0; i < model->n_courses && status == ATTUNE_OK; i++)
        status = at_series(atn_course_fit(model, &model->courses[i],
                                          atn_series_of(model, client, i), settings, err),
                           model->given[i], err);
    return status;
}

static void say_all(atn_model *model, const attune_report_client *client,
                    const atn_settings *settings)
{
    atn_labels_choose(model, client);
    atn_say_title(model);
    atn_say_scales(model);
    atn_say_safety(model, client);
    atn_say_headline(model);
    atn_say_consider(model, client);
    atn_say_why(model, client);
    atn_say_limits(model, client);
    atn_say_uses(model, client, settings);
    atn_say_look(model, client);
    atn_say_row(model);
}

static attune_status build(atn_model *model, const attune_report_client *client,
                           const atn_settings *settings, attune_error *err)
{
    attune_status status;
    model->client = atn_arena_copy(&model->arena, client->client);
    model->clinician = atn_arena_copy(&model->arena, client->clinician);
    model->rules = atn_arena_copy(&model->arena, settings->rules);
    model->today = settings->today;
    atn_sessions_lay(model, client);
    status = model->arena.failed ? ATTUNE_E_MEMORY : fit_courses(model, client, settings, err);
    if (status == ATTUNE_OK && !model->arena.failed)
        say_all(model, client, settings);
    if (model->arena.failed)
        status = ATTUNE_E_MEMORY;
    if (status == ATTUNE_E_MEMORY)
        return atn_fail(err, status, "", "no memory for the report");
    return status;
}

attune_status atn_model_new(atn_model **out, const attune_report_client *client,
                            const atn_settings *settings, const attune_allocator *allocator,
                            attune_error *err)
{
    attune_status status = atn_client_check(client, err);
    if (status != ATTUNE_OK)
        return status;
    atn_model *model = atn_allocate(allocator, sizeof *model);
    if (!model)
        return atn_fail(err, ATTUNE_E_MEMORY, "", "no memory for the report");
    memset(model, 0, sizeof *model);
    atn_arena_begin(&model->arena, allocator);
    status = build(model, client, settings, err);
    if (status != ATTUNE_OK) {
        attune_client_report_free(model);
        return status;
    }
    *out = model;
    return ATTUNE_OK;
}

attune_status attune_client_report_new(attune_client_report **out,
                                       const attune_report_client *client,
                                       const attune_report_options *options,
                                       const attune_allocator *allocator, attune_error *err)
{
    atn_settings settings;
    attune_status status;
    if (!out || !client)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "out", "out and client must be given");
    status = atn_settings_read(&settings, options, err);
    return status == ATTUNE_OK ? atn_model_new(out, client, &settings, allocator, err) : status;
}

void attune_client_report_free(attune_client_report *report)
{
    if (!report)
        return;
    attune_allocator allocator = report->arena.allocator;
    atn_arena_end(&report->arena);
    atn_release(&allocator, report, sizeof *report);
}
