/* A scale file from a FHIR Questionnaire whose answers carry weights; no wording is taken. */
/* SPDX-License-Identifier: MIT */
#include "examples/input.h"
#include "examples/makers.h"
#include "examples/output.h"

#include <attune/scale.h>

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BASE "http://hl7.org/fhir/StructureDefinition/"
#define LOINC "http://loinc.org"

/* https://hl7.org/fhir/extensions: the number that an answer counts, before and after 2023. */
static const char *const weights[] = { BASE "ordinalValue", BASE "itemWeight" };

/* One item that counts. */
struct found {
    double low, high;
    const char *code; /* of LOINC; NULL: none */
};

struct questionnaire {
    struct found items[ATTUNE_ITEMS_MAX];
    size_t count, left_out; /* left_out: questions without weights, display texts not counted */
    double step;            /* the smallest difference of two weights */
    const char *total;      /* LOINC code of the one question that asks for a number */
    size_t totals;
    int too_many;
};

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static double weight_among(const json_t *extensions)
{
    for (size_t i = 0; i < json_array_size(extensions); i++) {
        const json_t *extension = json_array_get(extensions, i);
        const char *url = text_at(extension, "url");
        for (size_t w = 0; url && w < sizeof weights / sizeof *weights; w++)
            if (!strcmp(url, weights[w]) &&
                json_is_number(json_object_get(extension, "valueDecimal")))
                return json_number_value(json_object_get(extension, "valueDecimal"));
    }
    return NAN;
}

/* The weight stands on the option or on its coding. */
static double weight_of(const json_t *option)
{
    double weight = weight_among(json_object_get(option, "extension"));
    return isnan(weight)
               ? weight_among(json_object_get(json_object_get(option, "valueCoding"), "extension"))
               : weight;
}

static const char *loinc_of(const json_t *item)
{
    const json_t *codes = json_object_get(item, "code");
    for (size_t i = 0; i < json_array_size(codes); i++) {
        const char *system = text_at(json_array_get(codes, i), "system");
        if (system && !strcmp(system, LOINC))
            return text_at(json_array_get(codes, i), "code");
    }
    return NULL;
}

/* Lowest and highest weight; 0 when an option has none. */
static int take_weights(struct questionnaire *q, const json_t *options, struct found *found)
{
    size_t n = json_array_size(options);
    found->low = INFINITY;
    found->high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double weight = weight_of(json_array_get(options, i));
        if (isnan(weight))
            return 0;
        found->low = fmin(found->low, weight);
        found->high = fmax(found->high, weight);
        for (size_t j = 0; j < i; j++) {
            double gap = fabs(weight - weight_of(json_array_get(options, j)));
            q->step = gap > 0 ? fmin(q->step, gap) : q->step;
        }
    }
    return n > 1 && found->low < found->high;
}

static void take_item(struct questionnaire *q, const json_t *item)
{
    const char *type = text_at(item, "type");
    struct found found = { .code = loinc_of(item) };
    if (take_weights(q, json_object_get(item, "answerOption"), &found)) {
        q->too_many |= q->count == ATTUNE_ITEMS_MAX;
        if (q->count < ATTUNE_ITEMS_MAX)
            q->items[q->count++] = found;
    } else if (type && (!strcmp(type, "decimal") || !strcmp(type, "integer") ||
                        !strcmp(type, "quantity"))) {
        q->total = found.code;
        q->totals++;
    } else if (type && strcmp(type, "display") != 0 && strcmp(type, "group") != 0) {
        q->left_out++;
    }
}

/* Groups within groups; Jansson bounds the depth of what it reads. */
static void take_items(struct questionnaire *q, const json_t *items)
{
    for (size_t i = 0; i < json_array_size(items); i++) {
        take_item(q, json_array_get(items, i));
        take_items(q, json_object_get(json_array_get(items, i), "item"));
    }
}

/* The Questionnaire's own id as ids are written here: a-z, 0-9 and single hyphens between. */
static void make_id(char id[33], const char *from)
{
    size_t n = 0;
    for (; from && *from && n < 32; from++) {
        char c = *from >= 'A' && *from <= 'Z' ? (char)(*from - 'A' + 'a') : *from;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            id[n++] = c;
        else if (n > 0 && id[n - 1] != '-')
            id[n++] = '-';
    }
    while (n > 0 && id[n - 1] == '-')
        n--;
    id[n] = '\0';
    if (n == 0)
        (void)snprintf(id, 33, "from-fhir");
}

/* Most items share a range; the others have their own. */
static json_t *own_ranges(const struct questionnaire *q)
{
    json_t *own = json_array();
    for (size_t i = 0; i < q->count; i++)
        if (q->items[i].low < q->items[0].low || q->items[i].low > q->items[0].low ||
            q->items[i].high < q->items[0].high || q->items[i].high > q->items[0].high)
            json_array_append_new(own, json_pack("{s:[i], s:f, s:f}", "items", (int)i + 1, "min",
                                                 q->items[i].low, "max", q->items[i].high));
    return own;
}

static json_t *item_codes(const struct questionnaire *q)
{
    json_t *codes = json_array();
    for (size_t i = 0; i < q->count; i++)
        if (q->items[i].code)
            json_array_append_new(codes, json_string(q->items[i].code));
    return codes;
}

static json_t *make_codes(const struct questionnaire *q, const json_t *from)
{
    json_t *items = item_codes(q);
    json_t *row = json_pack("{s:s, s:s}", "system", "loinc", "source", "the FHIR Questionnaire");
    const char *panel = loinc_of(from);
    if (panel)
        json_object_set_new(row, "panel", json_string(panel));
    if (q->totals == 1 && q->total)
        json_object_set_new(row, "score", json_string(q->total));
    if (json_array_size(items) == q->count)
        json_object_set(row, "items", items);
    json_decref(items);
    return json_pack("[o]", row);
}

static json_t *make_scale(const struct questionnaire *q, const json_t *from, int32_t higher)
{
    char id[33], title[64];
    json_t *items, *own = own_ranges(q);
    make_id(id, text_at(from, "id") ? text_at(from, "id") : text_at(from, "name"));
    (void)snprintf(title, sizeof title, "FHIR Questionnaire %s", id);
    items = json_pack("{s:i, s:f, s:f, s:f, s:s}", "count", (int)q->count, "min", q->items[0].low,
                      "max", q->items[0].high, "step", q->step, "source",
                      "weights of the FHIR Questionnaire: an answer is given as its weight");
    if (json_array_size(own) > 0)
        json_object_set(items, "own", own);
    json_decref(own);
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:o, s:{s:s, s:s}, s:{s:s, s:s}, s:o, s:[s]}", "id", id, "title",
        title, "rater", "client", "direction",
        higher == ATTUNE_HIGHER_WORSE ? "higher is worse" : "higher is better", "status",
        "unconfirmed", "items", items, "scoring", "rule", "sum", "_comment",
        "A Questionnaire does not say how its weights are combined: they are added. Check it.",
        "missing", "rule", "refuse", "_comment",
        "A Questionnaire has no rule for unanswered items, so such a form has no score.", "codes",
        make_codes(q, from), "notes",
        "Made from a FHIR Questionnaire; weights are keyed already, so that no item is reversed.");
}

static int refuse(const char *path, const char *expected)
{
    fprintf(stderr, "attune: %s: %s\n", path, expected);
    return CODE_DATA;
}

static int write_scale(const struct options *options, json_t *scale)
{
    const attune_scale_set_options how = { .struct_size = sizeof how, .override_built_in = 1 };
    char *text = scale ? json_dumps(scale, JSON_INDENT(2) | JSON_REAL_PRECISION(15)) : NULL;
    struct output *o = text ? output_new() : NULL;
    size_t problems = 0;
    int code = CODE_INTERNAL;
    if (o && attune_scale_set_check(&how, text, strlen(text), NULL, 0, &problems) != ATTUNE_OK) {
        code = refuse(options->from_fhir, "expected weights that lie whole steps from each other");
    } else if (o) {
        output_text(o, text);
        output_text(o, "\n");
        code = output_commit(o, options->output);
    }
    output_free(o);
    free(text);
    return code;
}

static int convert(const struct options *options, const json_t *from)
{
    static struct questionnaire q;
    const char *type = text_at(from, "resourceType");
    json_t *scale;
    int code;
    q = (struct questionnaire) { .step = INFINITY };
    if (!type || strcmp(type, "Questionnaire") != 0)
        return refuse(options->from_fhir, "expected a FHIR Questionnaire");
    take_items(&q, json_object_get(from, "item"));
    if (q.count == 0 || q.too_many)
        return refuse(options->from_fhir, "expected 1 to 128 questions whose answer options carry "
                                          "weights (ordinalValue or itemWeight)");
    scale = make_scale(&q, from, options->higher);
    code = write_scale(options, scale);
    json_decref(scale);
    if (q.left_out > 0)
        fprintf(stderr, "attune: %zu question%s without weights left out\n", q.left_out,
                q.left_out == 1 ? "" : "s");
    return code;
}

int makers_from_fhir(const struct options *options)
{
    size_t n = 0;
    char *text;
    json_t *from;
    int code = CODE_DATA;
    if (options->higher == 0) {
        fprintf(stderr, "attune scales: --from-fhir: expected --higher better or --higher worse "
                        "too, which no Questionnaire says\n");
        return CODE_USAGE;
    }
    text = input_text(options->from_fhir, &n);
    if (!text)
        return CODE_NO_INPUT;
    from =
        n <= ATTUNE_SCALEFILE_BYTES_MAX ? json_loadb(text, n, JSON_REJECT_DUPLICATES, NULL) : NULL;
    code = from ? convert(options, from)
                : refuse(options->from_fhir, "expected JSON of at most 1 MiB");
    json_decref(from);
    free(text);
    return code;
}
