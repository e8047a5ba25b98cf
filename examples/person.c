/* One client's forms, as the reports take them, and what the two report commands share. */
/* SPDX-License-Identifier: MIT */
#include "examples/person.h"

#include "examples/input.h"
#include "examples/output.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void person_free(struct person *person)
{
    free(person->series);
    free(person->session);
    free(person->day);
    free(person->items);
    free(person->forms);
    free(person->constants);
    *person = (struct person) { .capacity = 0 };
}

/* Room for n forms and their answers; at most one series a form. */
static int make_room(struct person *p, size_t n, size_t items)
{
    if (n <= p->capacity && items <= p->item_capacity)
        return CODE_OK;
    n = n > p->capacity ? n * 2 : p->capacity;
    items = items > p->item_capacity ? items * 2 : p->item_capacity;
    person_free(p);
    if (n > SIZE_MAX / 2 / sizeof *p->series || items > SIZE_MAX / 2 / sizeof *p->items)
        return no_memory();
    p->series = malloc(n * sizeof *p->series);
    p->session = malloc(n * sizeof *p->session);
    p->day = malloc(n * sizeof *p->day);
    p->forms = malloc(n * sizeof *p->forms);
    p->constants = malloc(n * sizeof *p->constants);
    p->items = malloc((items + 1) * sizeof *p->items);
    p->capacity = n;
    p->item_capacity = items;
    return p->series && p->session && p->day && p->forms && p->constants && p->items ? CODE_OK
                                                                                     : no_memory();
}

static size_t items_of(const attune_form *form)
{
    attune_scale_info info = { .struct_size = sizeof info };
    if (!form->items || !form->scale || attune_scale_describe(form->scale, &info) != ATTUNE_OK)
        return 0;
    return (size_t)info.item_count;
}

static size_t count_items(const attune_client_forms *client)
{
    size_t n = 0;
    for (size_t i = 0; i < client->count; i++) {
        attune_scale_info info = { .struct_size = sizeof info };
        if (client->forms[i].scale &&
            attune_scale_describe(client->forms[i].scale, &info) == ATTUNE_OK)
            n += (size_t)info.item_count;
    }
    return n;
}

static int same_series(const attune_form *a, const attune_form *b)
{
    return a->rater == b->rater && strcmp(a->measure, b->measure) == 0;
}

/* The answers of forms first..end-1, NaN where only a total was given. */
static void take_items(struct person *p, attune_report_series *series,
                       const attune_client_forms *client, size_t first, size_t end, size_t *used)
{
    size_t count = 0;
    for (size_t i = first; i < end; i++)
        count = items_of(&client->forms[i]) > count ? items_of(&client->forms[i]) : count;
    if (count == 0)
        return;
    series->items = p->items + *used;
    series->item_count = count;
    for (size_t i = first; i < end; i++)
        for (size_t k = 0; k < count; k++)
            p->items[(*used)++] = client->forms[i].items ? client->forms[i].items[k] : NAN;
}

static int take_series(struct person *p, const attune_client_forms *client, size_t first,
                       size_t end, struct measures *measures, size_t *items)
{
    const attune_form *form = &client->forms[first];
    attune_report_series *series = &p->series[p->client.count];
    struct measure *measure = NULL;
    int code = measures_find(measures, form->measure, form->scale, &measure);
    if (code != CODE_OK)
        return code;
    *series = (attune_report_series) { .struct_size = sizeof *series,
                                       .rater = form->rater,
                                       .count = end - first,
                                       .measure = form->measure,
                                       .scale = form->scale,
                                       .session = p->session + first,
                                       .day = p->day + first,
                                       .forms = p->forms + first };
    if (measure->direction_known) {
        p->constants[p->client.count] = measure->constants;
        p->constants[p->client.count].response = measures_expected(measures, measure, form->rater);
        series->constants = &p->constants[p->client.count];
    }
    take_items(p, series, client, first, end, items);
    p->client.count++;
    return CODE_OK;
}

static void take_forms(struct person *p, const attune_client_forms *client)
{
    for (size_t i = 0; i < client->count; i++) {
        p->session[i] = client->forms[i].session;
        p->day[i] = client->forms[i].day;
        p->forms[i] = client->forms[i].total;
        p->forms[i].struct_size = sizeof p->forms[i];
        if (client->forms[i].clinician)
            p->client.clinician = client->forms[i].clinician;
    }
}

int person_take(struct person *person, const attune_client_forms *client, struct measures *measures,
                const struct options *options)
{
    size_t items = 0, n = (size_t)client->count;
    int code = make_room(person, n, count_items(client));
    person->client = (attune_report_client) { .struct_size = sizeof person->client,
                                              .client = client->client,
                                              .series = person->series };
    if (code != CODE_OK)
        return code;
    take_forms(person, client);
    for (size_t i = 0, end; i < n && code == CODE_OK; i = end) {
        for (end = i + 1; end < n && same_series(&client->forms[i], &client->forms[end]);)
            end++;
        if (options->measure && strcmp(client->forms[i].measure, options->measure) != 0)
            continue;
        code = take_series(person, client, i, end, measures, &items);
    }
    return code;
}

int report_options(attune_report_options *report, struct plan *plan, const struct options *options)
{
    int code;
    plan->has_norm = 0;
    code = plan_read(plan, options, "default");
    *report = (attune_report_options) {
        .struct_size = sizeof *report,
        .has_day = 1,
        .day = isnan(options->at) ? floor((double)time(NULL) / 86400) : options->at,
        .choices = plan->choices,
        .n_choices = plan->count,
        .rules = plan->label,
        .clinician = options->clinician,
        .norm = plan->has_norm ? &plan->norm : NULL,
    };
    return code;
}

int report_may_write(const struct options *options)
{
    const char *name = options->output;
    const char *suffix = name ? strrchr(name, '.') : NULL;
    if (!name || strcmp(name, "-") == 0 || (suffix && strcmp(suffix, ".txt") == 0))
        return 1;
    fprintf(stderr, "attune: --output: expected a name that ends in .txt; this version makes "
                    "reports as text only\n");
    return 0;
}

int report_commit(report_print *print, const void *report, const struct options *options)
{
    attune_text_options layout = ATTUNE_TEXT_OPTIONS_INIT;
    layout.ascii = options->ascii;
    size_t length = print(report, &layout, NULL, 0);
    char *text = malloc(length + 1);
    struct output *output = text ? output_new() : NULL;
    int code = output ? CODE_OK : no_memory();
    if (output) {
        print(report, &layout, text, length + 1);
        output_bytes(output, text, length);
        code = output_commit(output, options->output);
    }
    output_free(output);
    free(text);
    return code;
}
