/* Clients for the tests of the reports: courses given in one line each. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_REPORT_GIVEN_H
#define TESTS_REPORT_GIVEN_H

#include "tests/unit/near.h"

#include <attune/report.h>

#include <stdlib.h>

#define GIVEN_MAX 40
#define GIVEN_SERIES 4
#define MISSED NAN

/* A client under construction; lives on the test's stack. */
typedef struct given {
    attune_report_client client;
    attune_report_series series[GIVEN_SERIES];
    int32_t session[GIVEN_SERIES][GIVEN_MAX];
    double day[GIVEN_SERIES][GIVEN_MAX];
    attune_score forms[GIVEN_SERIES][GIVEN_MAX];
    double items[GIVEN_SERIES][GIVEN_MAX * 12];
} given;

static inline void given_begin(given *g, const char *client)
{
    memset(g, 0, sizeof *g);
    g->client.struct_size = sizeof g->client;
    g->client.client = client;
    g->client.series = g->series;
}

/* Weekly forms from day 20697, 1 September 2026, sessions numbered from 1. */
static inline attune_report_series *given_add(given *g, const char *measure, int32_t rater,
                                              const double *scores, size_t n)
{
    size_t s = (size_t)g->client.count++;
    assert_true(s < GIVEN_SERIES && n <= GIVEN_MAX);
    for (size_t i = 0; i < n; i++) {
        g->session[s][i] = (int32_t)i + 1;
        g->day[s][i] = 20697 + 7 * (double)i;
        g->forms[s][i] = (attune_score) { .struct_size = sizeof g->forms[s][i],
                                          .subscale = -1,
                                          .score = scores[i],
                                          .reason = isnan(scores[i]) ? ATTUNE_REASON_EMPTY
                                                                     : ATTUNE_REASON_NONE };
    }
    g->series[s] = (attune_report_series) { .struct_size = sizeof g->series[s],
                                            .rater = rater,
                                            .count = n,
                                            .measure = measure,
                                            .scale = attune_scale_find(measure),
                                            .session = g->session[s],
                                            .day = g->day[s],
                                            .forms = g->forms[s] };
    return &g->series[s];
}

#define GIVE(g, measure, rater, ...)                                                               \
    given_add(g, measure, rater, (const double[]) { __VA_ARGS__ },                                 \
              sizeof((const double[]) { __VA_ARGS__ }) / sizeof(double))

/* The client's report as text; free it. */
static inline char *given_text(const given *g, const attune_report_options *options,
                               const attune_text_options *layout)
{
    attune_client_report *report = NULL;
    assert_int_equal(attune_client_report_new(&report, &g->client, options, NULL, NULL), ATTUNE_OK);
    size_t length = attune_client_report_text(report, layout, NULL, 0);
    char *text = malloc(length + 1);
    assert_non_null(text);
    assert_int_equal(attune_client_report_text(report, layout, text, length + 1), length);
    assert_int_equal(strlen(text), length);
    attune_client_report_free(report);
    return text;
}

/* Blanks and line ends are one: sentences may be broken anywhere. */
static inline char *flattened(const char *text)
{
    char *flat = malloc(strlen(text) + 1);
    size_t n = 0;
    assert_non_null(flat);
    for (; *text; text++)
        if (*text != ' ' && *text != '\n')
            flat[n++] = *text;
        else if (n > 0 && flat[n - 1] != ' ')
            flat[n++] = ' ';
    flat[n] = '\0';
    return flat;
}

static inline void check_says(const char *text, const char *sentence, int wanted, const char *file,
                              int line)
{
    char *flat = flattened(text);
    int found = strstr(flat, sentence) != NULL;
    free(flat);
    if (found == wanted)
        return;
    print_error("%s: \"%s\"\nin:\n%s\n", wanted ? "not said" : "said", sentence, text);
    _fail(file, line);
}

#define assert_says(text, sentence) check_says(text, sentence, 1, __FILE__, __LINE__)
#define assert_silent(text, sentence) check_says(text, sentence, 0, __FILE__, __LINE__)

#endif
