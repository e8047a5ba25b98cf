/* What an association says, in plain sentences, and its figures for people. */
/* SPDX-License-Identifier: MIT */
#include "examples/associate.h"

#include "examples/layout.h"
#include "examples/table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char associate_caution[] =
    "These are associations on the forms at hand. They do not say what causes what: distress may "
    "move alliance, something else may move both, and clients who left early or were not asked are "
    "not in them. Where clients are few, errors that are robust to clients are too small.";

struct said {
    const attune_association *found;
    size_t n;
    const char *part;
};

static const attune_association *figure(const struct said *s, const char *direction,
                                        const char *statistic)
{
    for (size_t i = 0; i < s->n; i++) {
        const attune_association *f = &s->found[i];
        const char *other = f->direction ? f->direction : "";
        if (strcmp(f->part, s->part) == 0 && strcmp(f->statistic, statistic) == 0 &&
            strcmp(other, direction) == 0)
            return f;
    }
    return NULL;
}

static const char *way(double amount)
{
    return amount < 0 ? "lower" : "higher";
}

/* "0.37 lower (95 %: 0.82 lower to 0.09 higher)" */
static void by_points(char *text, size_t room, const attune_association *f)
{
    if (isnan(f->estimate))
        (void)snprintf(text, room, "by what cannot be said (%s)", f->reason);
    else
        (void)snprintf(text, room, "%.2f %s (95 %%: %.2f %s to %.2f %s)", fabs(f->estimate),
                       way(f->estimate), fabs(f->low), way(f->low), fabs(f->high), way(f->high));
}

/* "r = 0.28 (0.10 to 0.44)" */
static void correlation(char *text, size_t room, const attune_association *f)
{
    char r[24], low[24], high[24];
    table_rounded(r, sizeof r, f->estimate, 2);
    table_rounded(low, sizeof low, f->low, 2);
    table_rounded(high, sizeof high, f->high, 2);
    if (isnan(f->estimate))
        (void)snprintf(text, room, "cannot be said (%s)", f->reason);
    else if (isnan(f->low))
        (void)snprintf(text, room, "r = %s (%s)", r, f->reason);
    else
        (void)snprintf(text, room, "r = %s (95 %%: %s to %s)", r, low, high);
}

static void say_levels(char *text, const struct said *s, int32_t early)
{
    int as_is = strcmp(s->part, "levels") == 0;
    char within[160], between[160];
    (void)early;
    by_points(within, sizeof within, figure(s, "", "within_slope"));
    by_points(between, sizeof between, figure(s, "", "between_slope"));
    (void)snprintf(text, ASSOCIATE_TEXT_MAX,
                   "%s: in sessions with alliance one point above the client's own mean, the "
                   "outcome score was %s. Between clients: at a mean alliance one point higher it "
                   "was %s.",
                   as_is ? "Within one client"
                         : "The same beside a trend over the sessions that all clients share",
                   within, between);
}

static void say_lagged(char *text, const struct said *s, int32_t early)
{
    static const struct {
        const char *part, *how;
    } ways[] = {
        { "lagged", "One session later" },
        { "lagged_detrended", "One session later, each client's own line over time taken out" },
        { "lagged_model", "One session later, by a mixed model" },
        { "lagged_independent", "By estimating equations, forms of a client taken as independent" },
        { "lagged_exchangeable", "By estimating equations, forms of a client all alike" },
        { "lagged_ar1", "By estimating equations, forms alike the nearer they are" },
    };
    const char *how = ways[0].how;
    char there[160], back[160];
    (void)early;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        how = strcmp(ways[i].part, s->part) == 0 ? ways[i].how : how;
    by_points(there, sizeof there, figure(s, "alliance_to_outcome", "lag_effect"));
    by_points(back, sizeof back, figure(s, "outcome_to_alliance", "lag_effect"));
    (void)snprintf(text, ASSOCIATE_TEXT_MAX,
                   "%s: after a session with alliance one point above the client's own usual, at "
                   "the same outcome score then, the next outcome score was %s; the other way "
                   "round, after an outcome score one point above, the next alliance was %s.",
                   how, there, back);
}

static void say_early(char *text, const struct said *s, int32_t early)
{
    const attune_association *change = figure(s, "", "r_change");
    char r[160], adjusted[160];
    correlation(r, sizeof r, change);
    correlation(adjusted, sizeof adjusted, figure(s, "", "r_adjusted"));
    (void)snprintf(text, ASSOCIATE_TEXT_MAX,
                   "Alliance up to session %d and the change in the outcome score from the first "
                   "form to the last: %s, %d clients. With the last outcome score, the first "
                   "partialled out: %s.",
                   (int)early, r, (int)change->n, adjusted);
}

static void say_against(char *text, const struct said *s, int32_t early)
{
    const attune_association *d = figure(s, "", "difference"), *t = figure(s, "", "williams_t");
    char alliance[160], against[160], apart[120], low[24], high[24];
    correlation(alliance, sizeof alliance, figure(s, "", "r_alliance"));
    correlation(against, sizeof against, figure(s, "", "r_against"));
    table_rounded(apart, sizeof apart, d->estimate, 2);
    table_rounded(low, sizeof low, d->low, 2);
    table_rounded(high, sizeof high, d->high, 2);
    if (isnan(d->estimate))
        (void)snprintf(text, ASSOCIATE_TEXT_MAX,
                       "With improvement, early alliance: %s; the second measure: %s. They cannot "
                       "be compared (%s).",
                       alliance, against, d->reason);
    else
        (void)snprintf(text, ASSOCIATE_TEXT_MAX,
                       "With improvement%s, alliance up to session %d: %s; the second measure: %s. "
                       "Difference %s (95 %%: %s to %s; Williams' test, p %s%.3f).",
                       strcmp(s->part, "against") == 0 ? "" : ", first scores partialled out",
                       (int)early, alliance, against, apart, low, high, t->p < 0.001 ? "< " : "= ",
                       t->p < 0.001 ? 0.001 : t->p);
}

static const struct {
    const char *part;
    void (*say)(char *text, const struct said *s, int32_t early);
} parts[] = {
    { "levels", say_levels },
    { "levels_time", say_levels },
    { "lagged", say_lagged },
    { "lagged_detrended", say_lagged },
    { "lagged_model", say_lagged },
    { "lagged_independent", say_lagged },
    { "lagged_exchangeable", say_lagged },
    { "lagged_ar1", say_lagged },
    { "early", say_early },
    { "against", say_against },
    { "against_adjusted", say_against },
};

#define PARTS (sizeof parts / sizeof *parts)

int associate_say(char text[ASSOCIATE_TEXT_MAX], const char *part, const attune_association *found,
                  size_t n, int32_t early)
{
    const struct said s = { found, n, part };
    int there = 0;
    for (size_t i = 0; i < n; i++)
        there |= strcmp(found[i].part, part) == 0;
    for (size_t i = 0; i < PARTS && there; i++)
        if (strcmp(parts[i].part, part) == 0)
            parts[i].say(text, &s, early);
    return there;
}

static void put_real(struct layout *layout, double real, int p)
{
    char text[352];
    if (p && real < 0.001)
        (void)snprintf(text, sizeof text, "<0.001");
    else
        table_rounded(text, sizeof text, real, 3);
    layout_cell(layout, isnan(real) ? NULL : text, 1);
}

static void put_count(struct layout *layout, int32_t count)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%ld", (long)count);
    layout_cell(layout, count < 0 ? NULL : text, 1);
}

static const char *arrow(const char *direction)
{
    if (!direction)
        return NULL;
    return strcmp(direction, "alliance_to_outcome") == 0 ? "alliance, then outcome"
                                                         : "outcome, then alliance";
}

static void put_row(struct layout *layout, const attune_association *f)
{
    layout_cell(layout, arrow(f->direction), 0);
    layout_cell(layout, f->statistic, 0);
    put_real(layout, f->estimate, 0);
    put_real(layout, f->low, 0);
    put_real(layout, f->high, 0);
    put_real(layout, f->p, 1);
    put_count(layout, f->n);
    put_count(layout, f->clients);
    layout_cell(layout, f->reason, 0);
}

/* Figures of a part; nothing where the sentence has said that there are none. */
static int write_part(struct output *output, const struct options *options, const char *part,
                      const attune_association *found, size_t n)
{
    static const char *const headings[] = { "",     "figure", "estimate", "low",
                                            "high", "p",      "n",        "clients" };
    struct layout *layout;
    size_t there = 0;
    for (size_t i = 0; i < n; i++)
        there += strcmp(found[i].part, part) == 0 && !isnan(found[i].estimate) ? 1u : 0u;
    if (there == 0)
        return CODE_OK;
    layout = layout_new(options->ascii);
    if (!layout)
        return no_memory();
    output_text(output, "\n");
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        layout_column(layout, headings[i], 0);
    layout_column(layout, "", 1);
    for (size_t i = 0; i < n; i++)
        if (strcmp(found[i].part, part) == 0)
            put_row(layout, &found[i]);
    layout_write(layout, output);
    layout_free(layout);
    return CODE_OK;
}

int associate_paragraph(struct output *output, const struct options *options, const char *text)
{
    struct layout *layout = layout_new(options->ascii);
    if (!layout)
        return no_memory();
    layout_note(layout, text);
    layout_write(layout, output);
    layout_free(layout);
    return CODE_OK;
}

int associate_write(struct output *output, const struct options *options,
                    const attune_association *found, size_t n)
{
    char text[ASSOCIATE_TEXT_MAX];
    int code = CODE_OK;
    for (size_t i = 0; i < PARTS && code == CODE_OK; i++) {
        if (!associate_say(text, parts[i].part, found, n, options->early))
            continue;
        code = associate_paragraph(output, options, text);
        if (code == CODE_OK)
            code = write_part(output, options, parts[i].part, found, n);
        output_text(output, "\n");
    }
    return code == CODE_OK ? associate_paragraph(output, options, associate_caution) : code;
}
