/* Company: which of a client's courses go together, and the watches that hear them. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/memory.h"
#include "lib/core/base/out.h"
#include "lib/core/watch/constellation.h"
#include "lib/core/watch/series.h"

/* A watch that was made of one, for every course of the same measures. */
typedef struct known {
    struct known *next;
    const attune_constants *own, *therapist, *distress;
    uint32_t subscales;
    attune_watch *watch;
} known;

struct attune_company {
    attune_allocator allocator;
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    size_t n_choices;
    uint32_t roles; /* that the rules listen to */
    known *first;
    void *room; /* the columns of the last series */
    size_t bytes;
    double *columns[ATTUNE_COMPANIONS_MAX]; /* the companions' among them */
};

attune_status attune_company_new(attune_company **out, const attune_rule_choice *choices,
                                 size_t n_choices, const attune_allocator *allocator,
                                 attune_error *err)
{
    attune_company *company;
    if (!out || !choices)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "out and choices must be given");
    if (n_choices == 0 || n_choices > ATTUNE_RULESET_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n_choices", "expected 1 to 32 rules");
    for (size_t i = 0; i < n_choices; i++)
        if (!choices[i].rule)
            return atn_fail_at(err, ATTUNE_E_ARGUMENT, i, "rule", "a rule must be given");
    company = atn_allocate(allocator, sizeof *company);
    if (!company)
        return atn_fail(err, ATTUNE_E_MEMORY, "", "no memory for a company");
    memset(company, 0, sizeof *company);
    if (allocator)
        company->allocator = *allocator;
    company->n_choices = n_choices;
    for (size_t i = 0; i < n_choices; i++) {
        company->choices[i] = choices[i];
        company->roles |= choices[i].rule->info.companions;
    }
    *out = company;
    return ATTUNE_OK;
}

void attune_company_free(attune_company *company)
{
    attune_allocator allocator;
    if (!company)
        return;
    allocator = company->allocator;
    while (company->first) {
        known *entry = company->first;
        company->first = entry->next;
        attune_watch_free(entry->watch);
        atn_release(&allocator, entry, sizeof *entry);
    }
    atn_release(&allocator, company->room, company->bytes);
    atn_release(&allocator, company, sizeof *company);
}

/* ---- The watch that hears them all ---- */

/* A subscale has its own range; what its scale's own course tells of spread, the rule derives. */
static void know_subscale(const attune_course *own, size_t i, attune_constants *constants)
{
    attune_subscale_info info = { .struct_size = sizeof info };
    *constants = (attune_constants) { .struct_size = sizeof *constants };
    (void)attune_scale_constants(NULL, constants);
    (void)attune_scale_subscale(own->scale, i, &info);
    constants->construct = own->constants->construct;
    constants->direction = info.direction;
    constants->score_min = info.score_min;
    constants->score_max = info.score_max;
    constants->score_step = info.score_step;
}

static attune_status make_watch(const attune_company *company, const atn_constellation *c,
                                attune_watch **watch, attune_error *err)
{
    attune_constants subscales[ATN_SUBSCALES_HEARD];
    attune_companion others[ATTUNE_COMPANIONS_MAX] = { { .struct_size = sizeof *others } };
    size_t n = 0;
    if (c->therapist)
        others[n++] =
            (attune_companion) { sizeof *others, ATTUNE_ROLE_THERAPIST, c->therapist->constants };
    if (c->distress)
        others[n++] =
            (attune_companion) { sizeof *others, ATTUNE_ROLE_DISTRESS, c->distress->constants };
    for (size_t i = 0; i < c->subscales; i++) {
        know_subscale(c->own, i, &subscales[i]);
        others[n++] = (attune_companion) { sizeof *others, ATTUNE_ROLE_SUBSCALE, &subscales[i] };
    }
    return attune_watch_new_joint(watch, c->own->constants, others, n, company->choices,
                                  company->n_choices, &company->allocator, err);
}

static const attune_constants *constants_of(const attune_course *course)
{
    return course ? course->constants : NULL;
}

static int is_known(const known *entry, const atn_constellation *c)
{
    return entry->own == c->own->constants && entry->therapist == constants_of(c->therapist) &&
           entry->distress == constants_of(c->distress) && entry->subscales == c->subscales;
}

static attune_status find_watch(attune_company *company, const atn_constellation *c,
                                const attune_watch **watch, attune_error *err)
{
    attune_status status;
    known *entry = company->first;
    while (entry && !is_known(entry, c))
        entry = entry->next;
    if (!entry) {
        entry = atn_allocate(&company->allocator, sizeof *entry);
        if (!entry)
            return atn_fail(err, ATTUNE_E_MEMORY, "", "no memory for a watch");
        *entry = (known) { company->first,
                           c->own->constants,
                           constants_of(c->therapist),
                           constants_of(c->distress),
                           c->subscales,
                           NULL };
        status = make_watch(company, c, &entry->watch, err);
        if (status != ATTUNE_OK) {
            atn_release(&company->allocator, entry, sizeof *entry);
            return status;
        }
        company->first = entry;
    }
    *watch = entry->watch;
    return ATTUNE_OK;
}

/* ---- The table of sessions ---- */

static size_t list_series(const atn_constellation *c, attune_series *others)
{
    size_t n = 0;
    if (c->therapist)
        others[n++] = *c->therapist->series;
    if (c->distress)
        others[n++] = *c->distress->series;
    for (size_t k = 0; k < c->subscales; k++) {
        others[n] = *c->own->series;
        others[n++].score = c->own->subscales[k];
    }
    return n;
}

/* Columns of this many rows one after the other, each of eight bytes or less a row. */
static attune_status make_room(attune_company *company, uint64_t rows, attune_joined *joined,
                               attune_error *err)
{
    size_t bytes = atn_product((size_t)rows, sizeof(double) * (4 + ATTUNE_COMPANIONS_MAX));
    if (bytes > company->bytes || bytes == 0) {
        atn_release(&company->allocator, company->room, company->bytes);
        company->room = atn_allocate(&company->allocator, bytes);
        company->bytes = company->room ? bytes : 0;
    }
    if (!company->room)
        return atn_fail(err, ATTUNE_E_MEMORY, "", "no memory for the sessions of a client");
    joined->capacity = rows;
    joined->day = company->room;
    joined->score = joined->day + rows;
    for (size_t k = 0; k < ATTUNE_COMPANIONS_MAX; k++)
        company->columns[k] = joined->score + (1 + k) * rows;
    joined->companions = company->columns;
    joined->row = (int64_t *)(void *)(joined->score + (1 + ATTUNE_COMPANIONS_MAX) * rows);
    joined->session = (int32_t *)(void *)(joined->row + rows);
    return ATTUNE_OK;
}

/* Never 0: there is room even where nobody has a session. */
static uint64_t most_rows(const atn_constellation *c)
{
    return 1 + c->own->series->count + (c->therapist ? c->therapist->series->count : 0) +
           (c->distress ? c->distress->series->count : 0);
}

static attune_status join(attune_company *company, const atn_constellation *c,
                          attune_together *together, attune_error *err)
{
    attune_series others[ATTUNE_COMPANIONS_MAX];
    attune_joined joined = { .struct_size = sizeof joined };
    size_t n = list_series(c, others);
    attune_status status;
    if (n == 0) {
        together->series = *c->own->series;
        together->series.n_companions = 0;
        return ATTUNE_OK;
    }
    status = atn_join_check(c->own->series, others, n, err);
    if (status == ATTUNE_OK)
        status = make_room(company, most_rows(c), &joined, err);
    if (status != ATTUNE_OK)
        return status;
    atn_join(c->own->series, others, n, &joined);
    together->row = joined.row;
    together->series = (attune_series) {
        .struct_size = sizeof(attune_series),
        .n_companions = (uint32_t)n,
        .count = joined.count,
        .session = joined.session,
        .day = joined.day,
        .score = joined.score,
        .companions = (const double *const *)company->columns,
    };
    return ATTUNE_OK;
}

static attune_status check_call(const attune_company *company, const attune_course *courses,
                                size_t n_courses, size_t own, const attune_together *together,
                                attune_error *err)
{
    attune_status status = ATTUNE_OK;
    if (!company || !courses || !together)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "company, courses and room must be given");
    if (own >= n_courses)
        return atn_fail_at(err, ATTUNE_E_COUNT, own, "own", "expected one of the courses");
    if (courses->struct_size < sizeof *courses || together->struct_size < sizeof *together)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    for (size_t i = 0; i < n_courses && status == ATTUNE_OK; i++)
        status = atn_course_check(atn_course_at(courses, i), i, err);
    return status;
}

attune_status attune_company_push(attune_company *company, const attune_course *courses,
                                  size_t n_courses, size_t own, attune_together *together,
                                  attune_error *err)
{
    attune_together found = { .struct_size = sizeof found };
    attune_status status = check_call(company, courses, n_courses, own, together, err);
    atn_constellation c;
    if (status != ATTUNE_OK)
        return status;
    atn_constellation_find(&c, courses, n_courses, own, company->roles != 0);
    status = join(company, &c, &found, err);
    if (status == ATTUNE_OK && c.own->constants)
        status = find_watch(company, &c, &found.watch, err);
    if (status == ATTUNE_OK)
        atn_give(together, &found, sizeof found);
    return status;
}
