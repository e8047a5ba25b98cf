/* What is known of each measure that a file holds, with what the command line put in its place. */
/* SPDX-License-Identifier: MIT */
#include "examples/measure.h"

#include "examples/lack.h"
#include "examples/note.h"

#include <math.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A measure in the chain and in the tree; the measure stands first, so that either finds it. */
struct known {
    struct measure measure;
    struct known *next;
    char *notes[NOTES_MAX]; /* made while the scale is there: a clinic's own ends with the file */
    size_t note_count;
    char id[];
};

struct measures {
    const struct options *options;
    const struct plan *plan; /* NULL: no watches */
    const attune_norm *norm; /* NULL: none */
    struct known *first, *last;
    struct known *last_found;
    void *tree; /* of <search.h>, by id */
};

struct measures *measures_new(const struct options *options, const struct plan *plan)
{
    struct measures *m = calloc(1, sizeof *m);
    if (!m) {
        fprintf(stderr, "attune: not enough memory\n");
        return NULL;
    }
    m->options = options;
    m->plan = plan;
    m->norm = plan && plan->has_norm ? &plan->norm : NULL;
    return m;
}

void measures_expect(struct measures *m, const attune_norm *norm)
{
    m->norm = norm;
}

const attune_response *measures_expected(const struct measures *m, const struct measure *measure,
                                         int32_t rater)
{
    return m->norm && rater == m->norm->rater ? measure->constants.response : NULL;
}

const attune_constants *measures_constants(const struct measures *m, const struct measure *measure,
                                           int32_t rater)
{
    return measure->constants.response && rater != m->norm->rater ? &measure->unnormed
                                                                  : &measure->constants;
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct measure *)a)->id, ((const struct measure *)b)->id);
}

void measures_free(struct measures *m)
{
    while (m && m->first) {
        struct known *entry = m->first;
        m->first = entry->next;
        (void)tdelete(entry, &m->tree, compare);
        attune_watch_free(entry->measure.watch);
        for (size_t i = 0; i < entry->note_count; i++)
            free(entry->notes[i]);
        free(entry);
    }
    free(m);
}

/* An id comes from the file: only what the field's own names are made of reaches a terminal. */
static int may_show(const char *id)
{
    size_t n = strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");
    return id[n] == '\0' && n <= 40;
}

static void tell(const struct measure *measure, const char *text)
{
    fprintf(stderr, "attune: %s%s: %s\n", may_show(measure->id) ? "measure " : "one measure",
            may_show(measure->id) ? measure->id : "", text);
}

void measure_say(struct measure *measure, uint32_t bit, const char *text)
{
    if (measure->said & bit)
        return;
    measure->said |= bit;
    tell(measure, text);
}

/* What opens a built-in scale that was not opened, in words; 0 when there is none. */
static int say_closed(char *text, size_t room, const char *id)
{
    attune_scale_info info = { .struct_size = sizeof info };
    int licensed, unconfirmed;
    if (attune_scale_describe(attune_scale_listed(id), &info) != ATTUNE_OK)
        return 0;
    licensed = (info.needs & ATTUNE_ACCEPT_LICENSED) != 0;
    unconfirmed = (info.needs & ATTUNE_ACCEPT_UNCONFIRMED) != 0;
    (void)snprintf(text, room, "its scale is not used without %s%s%s%s%s; the scores alone are",
                   licensed ? "--accept-licence " : "", licensed ? info.id : "",
                   licensed ? " (you hold its licence)" : "",
                   licensed && unconfirmed ? " and " : "",
                   unconfirmed ? "--accept-unconfirmed (it lacks a second source)" : "");
    return 1;
}

void measure_say_direction(struct measure *measure)
{
    char text[256];
    if (say_closed(text, sizeof text, measure->id))
        measure_say(measure, MEASURE_SAID_DIRECTION, text);
    else
        measure_say(measure, MEASURE_SAID_DIRECTION,
                    "no open scale describes it; --higher better or --higher worse says which way "
                    "is good, --scales FILE says everything, --accept-licence ID opens a licensed "
                    "one of it");
}

static void replace(double *constant, double given)
{
    if (!isnan(given))
        *constant = given;
}

/* What a clinic's own figure replaces is not in doubt any longer. */
static void settle(attune_constants *c, uint32_t bit)
{
    c->provisional &= ~bit;
    c->unconfirmed &= ~bit;
    c->withheld &= ~bit;
}

static void override(attune_constants *c, const struct options *o)
{
    replace(&c->within_sd, o->within_sd);
    replace(&c->sd, o->sd);
    replace(&c->reliability, o->reliability);
    replace(&c->functional_mean, o->functional_mean);
    replace(&c->functional_sd, o->functional_sd);
    replace(&c->clinical_mean, o->clinical_mean);
    replace(&c->clinical_sd, o->clinical_sd);
    if (!isnan(o->within_sd))
        settle(c, ATTUNE_CONSTANT_WITHIN_SD);
    if (!isnan(o->functional_mean) || !isnan(o->functional_sd) || !isnan(o->clinical_mean) ||
        !isnan(o->clinical_sd))
        c->cutoff = NAN; /* computed from the norms, not the published one */
    if (!isnan(o->sd) || !isnan(o->reliability))
        c->change_threshold = NAN; /* the formula decides, not the published figure */
    if (!isnan(o->sd) && !isnan(o->reliability))
        settle(c, ATTUNE_CONSTANT_CHANGE);
}

static void say_lacks(struct measure *measure, const struct plan *plan)
{
    char text[LACK_TEXT_MAX];
    lack_rules(text, &measure->constants, plan);
    if (text[0])
        measure_say(measure, MEASURE_SAID_RULES, text);
}

/* Rules that are meant for the measure and have all they need; the quickest of them answers first.
 */
static int32_t forms_needed(const struct measure *measure, const struct plan *plan)
{
    uint32_t missing = lack_bits(&measure->constants);
    int32_t least = -1;
    for (size_t r = 0; r < plan->count; r++) {
        attune_rule_info info = { .struct_size = sizeof info };
        (void)attune_rule_describe(plan->choices[r].rule, &info);
        if (info.constructs >> measure->constants.construct & 1 && !(info.needs & missing) &&
            (least < 0 || info.lookback < least))
            least = info.lookback;
    }
    return least;
}

static int make_watch(struct measure *measure, const struct plan *plan)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status;
    if (!measure->direction_known) {
        measure_say_direction(measure);
        return CODE_OK;
    }
    status = attune_watch_new(&measure->watch, &measure->constants, plan->choices, plan->count,
                              NULL, &err);
    if (status != ATTUNE_OK) {
        measure_say(measure, MEASURE_SAID_RULES, err.text);
        return status == ATTUNE_E_MEMORY ? CODE_INTERNAL : CODE_DATA;
    }
    say_lacks(measure, plan);
    measure->forms_needed = forms_needed(measure, plan);
    return CODE_OK;
}

static void describe(struct measure *measure, const struct options *options)
{
    measure->info.struct_size = sizeof measure->info;
    measure->constants.struct_size = sizeof measure->constants;
    if (measure->scale)
        (void)attune_scale_describe(measure->scale, &measure->info);
    (void)attune_scale_constants(measure->scale, &measure->constants);
    measure->direction_known = measure->scale || options->higher != 0;
    if (!measure->scale && options->higher != 0)
        measure->constants.direction = options->higher;
    override(&measure->constants, options);
}

static uint32_t notes_wanted(const struct measures *m)
{
    const uint64_t constants = TAKES(OPTION_SD) | TAKES(OPTION_CUTOFF);
    return (m->plan || m->options->command->takes & constants ? NOTE_OF_CONSTANTS : 0u) |
           (m->options->format == FORMAT_JSON ? NOTE_FOR_PROGRAMS : 0u) |
           (m->options->format == FORMAT_CSV ? NOTE_BESIDE : 0u);
}

static int keep_note(struct known *entry, const char *text)
{
    size_t n = strlen(entry->id) + strlen(text) + sizeof ": .";
    char *note = malloc(n);
    if (!note)
        return 0;
    (void)snprintf(note, n, "%s: %s.", entry->id, text);
    entry->notes[entry->note_count++] = note;
    return 1;
}

/* CSV has no place for notes: what must be said is said beside it. Returns 0 without memory. */
static int write_notes(const struct measures *m, struct known *entry)
{
    char text[NOTE_TEXT_MAX];
    uint32_t wanted = notes_wanted(m);
    for (size_t kind = 0; note_of(text, &entry->measure, wanted, kind); kind++) {
        if (text[0] && wanted & NOTE_BESIDE)
            tell(&entry->measure, text);
        else if (text[0] && !keep_note(entry, text))
            return 0;
    }
    return 1;
}

static struct known *new_entry(struct measures *m, const char *id, const attune_scale *scale)
{
    size_t n = strlen(id) + 1;
    struct known *entry = calloc(1, sizeof *entry + n);
    if (!entry)
        return NULL;
    memcpy(entry->id, id, n);
    entry->measure.id = entry->id;
    entry->measure.scale = scale;
    if (!tsearch(entry, &m->tree, compare)) {
        free(entry);
        return NULL;
    }
    if (m->last)
        m->last->next = entry;
    else
        m->first = entry;
    m->last = entry;
    describe(&entry->measure, m->options);
    if (!entry->measure.direction_known && attune_scale_listed(id))
        measure_say_direction(&entry->measure);
    entry->measure.unnormed = entry->measure.constants;
    if (m->norm && strcmp(m->norm->measure, id) == 0)
        entry->measure.constants.response = &m->norm->response;
    return write_notes(m, entry) ? entry : NULL;
}

int measures_find(struct measures *m, const char *id, const attune_scale *scale,
                  struct measure **found)
{
    struct measure key = { .id = id };
    void *node;
    int code = CODE_OK;
    if (!m->last_found || strcmp(m->last_found->id, id) != 0) {
        node = tfind(&key, &m->tree, compare);
        m->last_found = node ? *(struct known **)node : new_entry(m, id, scale);
        if (!m->last_found)
            return no_memory();
        if (!node && m->plan)
            code = make_watch(&m->last_found->measure, m->plan);
    }
    *found = &m->last_found->measure;
    return code;
}

struct measure *measures_at(struct measures *m, size_t i)
{
    struct known *entry = m->first;
    while (entry && i-- > 0)
        entry = entry->next;
    return entry ? &entry->measure : NULL;
}

const char *measures_note(const struct measures *m, size_t i)
{
    for (const struct known *entry = m->first; entry; entry = entry->next) {
        if (i < entry->note_count)
            return entry->notes[i];
        i -= entry->note_count;
    }
    return NULL;
}
