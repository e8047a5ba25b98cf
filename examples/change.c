/* attune change: one row a client, measure and rater with reliable and clinical change. */
/* SPDX-License-Identifier: MIT */
#include "examples/change.h"
#include "examples/lack.h"
#include "examples/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const identity[] = { "client", "measure", "rater", NULL };

static const struct table_view view[] = {
    { "client", "client", -1 }, { "measure", "measure", -1 },   { "rater", "rater", -1 },
    { "first", "first", 1 },    { "last", "last", 1 },          { "rci", "RCI", 2 },
    { "class", "class", -1 },   { "reliable", "reliable", -1 }, { NULL, NULL, 0 },
};

struct changing {
    const struct options *options;
    struct table *table;
    struct measures *measures;
    struct caseload_changes *all;
    size_t findings; /* courses that are reliably worse */
};

/* What could not be said, and what would help; a share says it in its own words. */
static void say_lacks(const struct options *options, struct measure *measure,
                      const attune_change *change)
{
    char text[LACK_TEXT_MAX];
    int share =
        options->method == ATTUNE_METHOD_PERCENTAGE || options->method == ATTUNE_METHOD_ANCHOR;
    if (isnan(change->change))
        return;
    if (!measure->direction_known) {
        measure_say_direction(measure);
        return;
    }
    if (share && change->basis == ATTUNE_BASIS_NONE) {
        measure_say(measure, MEASURE_SAID_CHANGE,
                    "what counts as change is not given (--improved X, --deteriorated X)");
        return;
    }
    lack_change(text, &measure->constants, options->cutoff_type, change->basis != ATTUNE_BASIS_NONE,
                !isnan(change->cutoff));
    if (text[0])
        measure_say(measure, MEASURE_SAID_CHANGE, text);
}

static void put_row(struct changing *c, size_t g)
{
    const attune_change *change = &c->all->changes[g];
    size_t count;
    const attune_field *fields = attune_change_fields(&count);
    table_text(c->table, c->all->clients[g]);
    table_text(c->table, changes_kind(c->all, g)->measure->id);
    table_text(c->table, attune_rater_name(changes_kind(c->all, g)->rater));
    table_values(c->table, fields, count, change);
    if (c->options->details) {
        fields = attune_change_details(&count);
        table_values(c->table, fields, count, change);
        table_count(c->table, changes_confirmed(c->all, g));
    }
    table_end_row(c->table);
}

static void put_rows(struct changing *c)
{
    for (size_t g = 0; g < c->all->count; g++) {
        say_lacks(c->options, changes_kind(c->all, g)->measure, &c->all->changes[g]);
        c->findings += c->all->changes[g].reliable == ATTUNE_RELIABLE_DETERIORATED;
        put_row(c, g);
    }
}

static int visit(void *context, const struct course *course)
{
    struct changing *c = context;
    struct measure *measure = NULL;
    int code = measures_find(c->measures, course->measure, course->scale, &measure);
    return code == CODE_OK ? changes_add(c->all, c->options, course, measure) : code;
}

static void declare(struct changing *c)
{
    size_t count;
    const attune_field *fields = attune_change_fields(&count);
    table_columns(c->table, identity);
    table_fields(c->table, fields, count);
    if (!c->options->details)
        return;
    fields = attune_change_details(&count);
    table_fields(c->table, fields, count);
    table_column(c->table, "confirmed_session");
}

static int fill(struct changing *c)
{
    const char *note;
    int code = courses_walk(c->options, visit, c);
    if (code == CODE_OK)
        code = changes_fit(c->all, c->options);
    if (code != CODE_OK)
        return code;
    put_rows(c);
    for (size_t i = 0; (note = measures_note(c->measures, i)); i++)
        table_note(c->table, note);
    return table_commit(c->table);
}

static int run(const struct options *options)
{
    struct changing c = { .options = options };
    if (options->group)
        return change_group(options);
    int code = table_new(&c.table, options, view, NULL);
    c.measures = code == CODE_OK ? measures_new(options, NULL) : NULL;
    c.all = c.measures ? changes_new() : NULL;
    code = c.all ? CODE_OK : CODE_INTERNAL;
    if (code == CODE_OK) {
        declare(&c);
        code = fill(&c);
    }
    if (code == CODE_OK && options->check && c.findings > 0)
        code = CODE_FINDINGS;
    changes_free(c.all);
    measures_free(c.measures);
    table_free(c.table);
    return code;
}

const struct command command_change = {
    .name = "change",
    .usage = "FORMS [options]",
    .summary = "Reliable and clinically significant change of every course",
    .text =
        "One row a client, measure and rater, after Jacobson and Truax 1991 unless another method "
        "is named. A scale's published reliable change and cut-off decide; with --sd or "
        "--reliability the formula does, with norms or --cutoff-type the cut-off is computed. "
        "What is given here stands for every measure of the file: --measure picks one.\n"
        "The methods gln, hll, en, nk and ha (as clinicalsignificance names them), maassen and "
        "mcnemar stand on the means and SDs of this file's own clients, by measure and rater; "
        "--caseload lets jt do so too. hlm fits one line a client, by a model of all of the file's "
        "clients with three scores or more (all sessions, or those from --pre to --post), and asks "
        "whether its slope is beyond error; --convention package asks so of its difference from "
        "the average slope. percentage and anchor ask for --improved and --deteriorated.\n"
        "--group, with --method anchor and --improved, gives one row a measure and rater instead: "
        "the mean change, its 95 % interval, and whether it is beyond what matters.\n"
        "--check exits with 1 when a course is reliably worse.",
    .takes = TAKES_FORMS | TAKES_TABLE | TAKES(OPTION_METHOD) | TAKES(OPTION_CUTOFF_TYPE) |
             TAKES(OPTION_SD) | TAKES(OPTION_RELIABILITY) | TAKES(OPTION_FUNCTIONAL_MEAN) |
             TAKES(OPTION_FUNCTIONAL_SD) | TAKES(OPTION_CLINICAL_MEAN) | TAKES(OPTION_CLINICAL_SD) |
             TAKES(OPTION_RELIABILITY_POST) | TAKES(OPTION_IMPROVED) | TAKES(OPTION_DETERIORATED) |
             TAKES(OPTION_CONVENTION) | TAKES(OPTION_CASELOAD) | TAKES(OPTION_PRE) |
             TAKES(OPTION_POST) | TAKES(OPTION_DETAILS) | TAKES(OPTION_CHECK),
    .takes_more = TAKES_MORE(OPTION_GROUP),
    .operands_min = 1,
    .operands_max = 1,
    .unknown_measures = 1,
    .run = run,
};
