/* Writing estimates as a set of constants of a scale file, for a clinic to review and to load. */
/* SPDX-License-Identifier: MIT */
#include "examples/estimate.h"

#include "examples/output.h"
#include "examples/scale_json.h"

#include <attune/scale.h>
#include <attune/version.h>

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SET_MAX 24 /* bytes of a set's name, with room for -retest after it */

/* What every row of the set says. */
struct writing {
    const struct options *options;
    const attune_scale *scale;
    attune_scale_info info;
    const char *name, *population;
    char at[16], source[320];
    json_t *to;
    size_t left_out; /* rows of subscales for which a list has no room */
};

static int is_name(const char *name)
{
    size_t n = strlen(name);
    if (n > SET_MAX || name[0] == '-' || name[n - 1] == '-' || strstr(name, "--"))
        return 0;
    return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

static int bad_option(const char *option, const char *expected)
{
    fprintf(stderr, "attune scales: --%s: expected %s\n", option, expected);
    return CODE_USAGE;
}

static int check_options(const struct options *o)
{
    if (o->name && !is_name(o->name))
        return bad_option("name", "a-z, 0-9 and single hyphens, at most 24");
    if (o->population && strlen(o->population) > 200)
        return bad_option("population", "at most 200 bytes");
    if (o->who && strlen(o->who) > 120)
        return bad_option("who", "at most 120 bytes");
    return CODE_OK;
}

static int begin(struct writing *w)
{
    const struct options *o = w->options;
    time_t now = time(NULL);
    struct tm parts;
    int code = check_options(o);
    if (code != CODE_OK)
        return code;
    w->name = o->name ? o->name : "own";
    w->population = o->population ? o->population : "own clients; to be filled in by the clinic";
    (void)snprintf(w->at, sizeof w->at, "%s", o->at_text ? o->at_text : "");
    if (!o->at_text && gmtime_r(&now, &parts))
        (void)strftime(w->at, sizeof w->at, "%Y-%m-%d", &parts);
    (void)snprintf(w->source, sizeof w->source,
                   "Estimated%s%s by attune %s on %s from the clinic's own forms, rated by the %s.",
                   o->who ? " for " : "", o->who ? o->who : "", attune_version_text(), w->at,
                   attune_rater_name(o->rater));
    return CODE_OK;
}

static json_t *list_called(json_t *to, const char *key)
{
    json_t *list = json_object_get(to, key);
    if (!list) {
        list = json_array();
        json_object_set_new(to, key, list);
    }
    return list;
}

/* How many rows each list of a scale file holds: scale.schema.json. */
static int has_room(struct writing *w, const char *list)
{
    size_t most = strcmp(list, "norms") == 0 ? 32 : 16;
    int room = json_array_size(list_called(w->to, list)) < most;
    w->left_out += room ? 0u : 1u;
    return room;
}

/* A row of the set, of a list; kind is what stands after the set's name. */
static json_t *add_row(struct writing *w, const char *list, const struct estimate_part *part,
                       const char *kind, const char *why)
{
    attune_subscale_info sub = { .struct_size = sizeof sub };
    char set[SET_MAX + 16];
    json_t *row = json_object();
    int few = part->rows[0].n_clients < ESTIMATE_FEW;
    (void)snprintf(set, sizeof set, "%s%s", w->name, kind);
    if (part->subscale >= 0 &&
        attune_scale_subscale(w->scale, (size_t)part->subscale, &sub) == ATTUNE_OK)
        json_object_set_new(row, "subscale", json_string(sub.id));
    json_object_set_new(row, "set", json_string(set));
    json_object_set_new(row, "why", json_string(why));
    json_object_set_new(row, "status", json_string(few ? "unconfirmed" : "provisional"));
    json_object_set_new(row, "population", json_string(w->population));
    json_object_set_new(row, "source", json_string(w->source));
    json_array_append_new(list_called(w->to, list), row);
    return row;
}

static void put(json_t *row, const char *key, double value)
{
    json_object_set_new(row, key, json_real(value));
}

static void add_reliability(struct writing *w, const struct estimate_part *part, const char *kind,
                            const char *why, double value)
{
    json_t *row;
    if (!(value >= 0 && value <= 1) || !has_room(w, "reliability"))
        return;
    row = add_row(w, "reliability", part, kind, why);
    put(row, "value", value);
    if (part->rows[0].sd > 0)
        put(row, "sd", part->rows[0].sd);
}

static void add_constants(struct writing *w, const struct estimate_part *part)
{
    const attune_estimate *e = &part->rows[0];
    add_reliability(w, part, "", "alpha of first forms, with the SD of first scores", e->alpha);
    add_reliability(w, part, "-omega", "omega of one factor, of the same forms", e->omega);
    add_reliability(w, part, "-retest", "first score with the second", e->retest_r);
    if (e->within_sd > 0 && has_room(w, "spread")) {
        json_t *row = add_row(w, "spread", part, "", "about each client's mean, all forms");
        put(row, "within_sd", e->within_sd);
        if (!isnan(e->sem))
            put(row, "sem", e->sem);
    }
    if (e->sd > 0 && has_room(w, "norms")) {
        json_t *row = add_row(w, "norms", part, "", "first scores, one a client");
        put(row, "mean", e->mean);
        put(row, "sd", e->sd);
        json_object_set_new(row, "n", json_integer(e->n_clients));
        if (w->info.construct == ATTUNE_CONSTRUCT_DISTRESS)
            json_object_set_new(row, "group", json_string("clinical"));
    }
}

/* ---- Notes: what has no place among the constants ---- */

struct note {
    char text[1000];
    size_t n;
};

static void say(struct note *note, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(struct note *note, const char *format, ...)
{
    va_list args;
    int n;
    va_start(args, format);
    n = vsnprintf(note->text + note->n, sizeof note->text - note->n, format, args);
    va_end(args);
    note->n += n > 0 && (size_t)n < sizeof note->text - note->n ? (size_t)n : 0;
}

/* "what .84", and nothing where it is missing. */
static void say_figure(struct note *note, const char *what, double value)
{
    if (!isnan(value))
        say(note, "; %s %.4g", what, value);
}

static void say_count(struct note *note, const char *what, int32_t count)
{
    if (count >= 0)
        say(note, "; %s %ld", what, (long)count);
}

static void add_note(struct writing *w, struct note *note)
{
    json_array_append_new(list_called(w->to, "notes"), json_string(note->text));
    *note = (struct note) { .n = 0 };
}

static void begin_note(struct note *note, const struct writing *w, const struct estimate_part *part)
{
    attune_subscale_info sub = { .struct_size = sizeof sub };
    say(note, "Set %s", w->name);
    if (part->subscale >= 0 &&
        attune_scale_subscale(w->scale, (size_t)part->subscale, &sub) == ATTUNE_OK)
        say(note, ", %s", sub.id);
}

static void note_whole(struct writing *w, const struct estimate_part *part)
{
    const attune_estimate *e = &part->rows[0];
    struct note note = { .n = 0 };
    begin_note(&note, w, part);
    say_count(&note, "clients", e->n_clients);
    say_count(&note, "completed forms", e->n_scores);
    say_count(&note, "clients with two or more", e->n_repeated);
    say_count(&note, "first forms with an answer", e->n_forms);
    say_count(&note, "with every answer", e->n_complete);
    say_count(&note, "items that vary", e->n_used);
    if (e->turned > 0)
        say_count(&note, "items that load against the others (look at the key)", e->turned);
    say_figure(&note, "alpha", e->alpha);
    say_figure(&note, "omega", e->omega);
    say_figure(&note, "SEM with alpha", e->sem);
    say_figure(&note, "retest", e->retest_r);
    say_figure(&note, "median sessions between", e->retest_sessions);
    say_figure(&note, "median days between", e->retest_days);
    say_figure(&note, "mean change, last less first", e->change_mean);
    say_figure(&note, "its SD", e->change_sd);
    say_figure(&note, "SD from one form to the next", e->step_sd);
    say_figure(&note, "variance within clients", e->within_var);
    say_figure(&note, "between clients", e->between_var);
    say_figure(&note, "ICC", e->icc);
    add_note(w, &note);
}

/* Eight items a note, so that 128 fit. */
static void note_items(struct writing *w, const struct estimate_part *part)
{
    struct note note = { .n = 0 };
    for (size_t i = 1; i < part->count; i++) {
        const attune_estimate *e = &part->rows[i];
        if (note.n == 0)
            begin_note(&note, w, part);
        say(&note, ". Item %ld", (long)e->item);
        say_count(&note, "n", e->n_forms);
        say_figure(&note, "mean", e->mean);
        say_figure(&note, "SD", e->sd);
        say_figure(&note, "item-total", e->r_total);
        say_figure(&note, "item-rest", e->r_rest);
        say_figure(&note, "alpha without", e->alpha_dropped);
        say_figure(&note, "loading", e->loading);
        if (i % 8 == 0 || i + 1 == part->count)
            add_note(w, &note);
    }
}

static void note_review(struct writing *w)
{
    struct note note = { .n = 0 };
    say(&note,
        "The set %s is an estimate from one clinic's forms: %s Review it, name its population, and "
        "only then use it with --norms %s.",
        w->name, w->source, w->name);
    add_note(w, &note);
}

/* ---- The file ---- */

static int has_set(const json_t *scale, const char *name)
{
    static const char *const lists[] = { "cutoffs", "reliable_change", "reliability", "spread",
                                         "norms" };
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
        const json_t *rows = json_object_get(scale, lists[l]);
        for (size_t i = 0; i < json_array_size(rows); i++) {
            const char *set = json_string_value(json_object_get(json_array_get(rows, i), "set"));
            if (set && strcmp(set, name) == 0)
                return 1;
        }
    }
    return 0;
}

static int commit(const struct writing *w)
{
    const attune_scale_set_options how = { .struct_size = sizeof how, .override_built_in = 1 };
    attune_error problem[1];
    char *text = json_dumps(w->to, JSON_INDENT(2));
    struct output *o = text ? output_new() : NULL;
    size_t problems = 0;
    int code = CODE_INTERNAL;
    if (o && attune_scale_set_check(&how, text, strlen(text), problem, 1, &problems) != ATTUNE_OK) {
        fprintf(stderr, "attune scales: --estimate: %s: %s\n", problem[0].key, problem[0].text);
        code = CODE_DATA;
    } else if (o) {
        output_text(o, text);
        output_text(o, "\n");
        code = output_commit(o, w->options->output);
    }
    output_free(o);
    free(text);
    return code;
}

static void say_summary(const struct writing *w, const struct estimates *found)
{
    const attune_estimate *e = &found->parts[0].rows[0];
    if (e->n_clients < ESTIMATE_FEW)
        fprintf(stderr, "attune scales: fewer than %d clients: the set is marked unconfirmed\n",
                ESTIMATE_FEW);
    if (e->turned > 0)
        fprintf(stderr, "attune scales: %ld item%s against the others: look at the key\n",
                (long)e->turned, e->turned == 1 ? " loads" : "s load");
    if (w->left_out > 0)
        fprintf(stderr, "attune scales: %zu row%s left out: the scale's lists are full\n",
                w->left_out, w->left_out == 1 ? "" : "s");
    if (!w->options->population)
        fprintf(stderr, "attune scales: --population says whose forms these are\n");
    fprintf(stderr,
            "attune scales: review the set, then use it with --scales FILE --override-scales "
            "--norms %s\n",
            w->name);
}

int estimate_write(const struct options *options, const attune_scale *scale,
                   const struct estimates *found)
{
    struct writing w = { .options = options, .scale = scale };
    int code = begin(&w);
    if (code != CODE_OK)
        return code;
    w.info.struct_size = sizeof w.info;
    (void)attune_scale_describe(scale, &w.info);
    w.to = scale_json(scale);
    if (has_set(w.to, w.name)) {
        json_decref(w.to);
        return bad_option("name", "a set that the measure does not have");
    }
    note_review(&w);
    for (size_t i = 0; i < found->count; i++) {
        add_constants(&w, &found->parts[i]);
        note_whole(&w, &found->parts[i]);
        if (found->parts[i].subscale < 0)
            note_items(&w, &found->parts[i]);
    }
    code = commit(&w);
    json_decref(w.to);
    if (code == CODE_OK)
        say_summary(&w, found);
    return code;
}
