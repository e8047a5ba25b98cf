/* Courses: a client's forms, cut where measure or rater change, and put in the output's order. */
/* SPDX-License-Identifier: MIT */
#include "examples/course.h"

#include "examples/ahead.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Memory that grows with the client with most forms, and is used again for each. */
struct walk {
    int32_t *session;
    double *day, *score;
    struct course *courses; /* at most one a form */
    size_t capacity;        /* forms that all four have room for */
    size_t count;           /* courses of this client */
};

static void free_walk(struct walk *w)
{
    free(w->session);
    free(w->day);
    free(w->score);
    free(w->courses);
}

static int make_room(struct walk *w, size_t n)
{
    size_t capacity = w->capacity > 0 ? w->capacity : 64;
    if (n <= w->capacity)
        return CODE_OK;
    if (n > SIZE_MAX / 2 / sizeof *w->courses)
        return CODE_INTERNAL;
    while (capacity < n)
        capacity *= 2;
    free_walk(w);
    *w = (struct walk) {
        .session = malloc(capacity * sizeof *w->session),
        .day = malloc(capacity * sizeof *w->day),
        .score = malloc(capacity * sizeof *w->score),
        .courses = malloc(capacity * sizeof *w->courses),
        .capacity = capacity,
    };
    return w->session && w->day && w->score && w->courses ? CODE_OK : CODE_INTERNAL;
}

static int same_course(const attune_form *a, const attune_form *b)
{
    return a->rater == b->rater &&
           (a->measure == b->measure || strcmp(a->measure, b->measure) == 0);
}

/* Raters by their names, not by their numbers. */
static int compare(const void *left, const void *right)
{
    const struct course *a = left, *b = right;
    int order = strcmp(a->measure, b->measure);
    return order != 0 ? order : strcmp(attune_rater_name(a->rater), attune_rater_name(b->rater));
}

static int in_order(const struct walk *w)
{
    for (size_t i = 1; i < w->count; i++)
        if (compare(&w->courses[i - 1], &w->courses[i]) > 0)
            return 0;
    return 1;
}

static void cut(struct walk *w, const attune_client_forms *client)
{
    size_t n = (size_t)client->count;
    w->count = 0;
    for (size_t i = 0, end; i < n; i = end) {
        const attune_form *form = &client->forms[i];
        for (end = i; end < n && same_course(form, &client->forms[end]); end++) {
            w->session[end] = client->forms[end].session;
            w->day[end] = client->forms[end].day;
            w->score[end] = client->forms[end].total.score;
        }
        w->courses[w->count++] = (struct course) {
            .client = client->client,
            .measure = form->measure,
            .scale = form->scale,
            .forms = form,
            .session = w->session + i,
            .day = w->day + i,
            .score = w->score + i,
            .count = end - i,
            .rater = form->rater,
        };
    }
    if (!in_order(w))
        qsort(w->courses, w->count, sizeof *w->courses, compare);
    for (size_t i = 0; i < w->count; i++) {
        w->courses[i].siblings = w->courses;
        w->courses[i].sibling_count = w->count;
    }
}

static int walk_client(struct walk *w, const attune_client_forms *client, client_visit *visit,
                       void *context)
{
    int code = make_room(w, (size_t)client->count);
    if (code != CODE_OK) {
        fprintf(stderr, "attune: not enough memory\n");
        return code;
    }
    cut(w, client);
    return visit(context, w->courses, w->count);
}

/* One client after the other, from the reader itself or from the one that reads ahead. */
static int next_client(struct ahead *ahead, struct input *input, attune_client_forms *client)
{
    return ahead ? ahead_next(ahead, client) : input_next(input, client);
}

int clients_walk(const struct options *options, client_visit *visit, void *context)
{
    struct walk w = { .capacity = 0 };
    struct input input;
    struct ahead *ahead = NULL;
    attune_client_forms client;
    int code = input_open(&input, options, options->command->answers);
    if (code != CODE_OK)
        return code;
    if (ahead_helps(options))
        code = ahead_new(&ahead, &input);
    while (code == CODE_OK && (code = next_client(ahead, &input, &client)) == CODE_OK &&
           client.count > 0)
        code = walk_client(&w, &client, visit, context);
    ahead_free(ahead);
    (void)input_close(&input);
    free_walk(&w);
    return code;
}

int course_backwards(const struct course *course)
{
    fprintf(stderr,
            "attune: line %llu: expected dates that do not go back from session to "
            "session\n",
            (unsigned long long)course->forms[0].line);
    return CODE_DATA;
}

struct each {
    course_visit *visit;
    void *context;
    const char *only; /* the one measure that is wanted; NULL: all */
};

static int visit_each(void *context, const struct course *courses, size_t count)
{
    const struct each *each = context;
    int code = CODE_OK;
    for (size_t i = 0; i < count && code == CODE_OK; i++)
        if (!each->only || strcmp(courses[i].measure, each->only) == 0)
            code = each->visit(each->context, &courses[i]);
    return code;
}

int courses_walk(const struct options *options, course_visit *visit, void *context)
{
    struct each each = { visit, context, options->measure };
    return clients_walk(options, visit_each, &each);
}
