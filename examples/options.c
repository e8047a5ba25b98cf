/* The options that commands share, one row each, read with getopt_long. */
/* SPDX-License-Identifier: MIT */
#include "examples/options.h"

#include "examples/option_words.h"

#include <attune/change.h>
#include <attune/changepoint.h>
#include <attune/chart.h>
#include <attune/response.h>
#include <attune/scale.h>
#include <attune/sudden.h>
#include <attune/text.h>

#include <float.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row;
typedef int option_take(struct options *options, const struct row *row, const char *argument);

static option_take take_flag, take_word, take_text, take_real, take_count, take_date, take_licence;

struct row {
    const char *name, *argument; /* argument NULL: none */
    option_take *take;
    size_t offset;            /* in struct options */
    int32_t value;            /* take_flag: what it sets */
    const struct word *words; /* take_word */
    double low, high;         /* take_real, take_count */
    const char *text;         /* of --help */
    const char *expected;
};

#define AT(member) offsetof(struct options, member)
#define FLAG(name, member, value, text)                                                            \
    {                                                                                              \
        name, NULL, take_flag, AT(member), value, NULL, 0, 0, text, NULL                           \
    }
#define TEXT(name, argument, member, text)                                                         \
    {                                                                                              \
        name, argument, take_text, AT(member), 0, NULL, 0, 0, text, "some text"                    \
    }
#define WORD(name, argument, member, words, text)                                                  \
    {                                                                                              \
        name, argument, take_word, AT(member), 0, words, 0, 0, text, argument                      \
    }
#define REAL(name, member, low, high, text, expected)                                              \
    {                                                                                              \
        name, "X", take_real, AT(member), 0, NULL, low, high, text, expected                       \
    }
#define POSITIVE(name, member, text) REAL(name, member, DBL_MIN, DBL_MAX, text, "a number above 0")
#define ANY(name, member, text) REAL(name, member, -DBL_MAX, DBL_MAX, text, "a number")

_Static_assert(OPTION_SILENCE == 64 && OPTION_END <= 128,
               "a command's options are the bits of its takes and takes_more");

static const struct row rows[OPTION_END] = {
    [OPTION_HELP] = FLAG("help", help, 1, "this text"),
    [OPTION_CSV] = FLAG("csv", format, FORMAT_CSV, "comma-separated values with a header row"),
    [OPTION_JSON] = FLAG("json", format, FORMAT_JSON, "one JSON object with the rows in it"),
    [OPTION_OUTPUT] = TEXT("output", "FILE", output, "write there; - is standard output (-o)"),
    [OPTION_CLIENT] = TEXT("client", "ID", client, "which client"),
    [OPTION_CLINICIAN] = TEXT("clinician", "ID", clinician, "only this clinician's clients"),
    [OPTION_MEASURE] = TEXT("measure", "ID", measure, "only this measure"),
    [OPTION_RULES] = TEXT("rules", "NAME", rules, "a rule set, its file, or rule ids with commas"),
    [OPTION_EPISODES] = FLAG("episodes", episodes, 1, "one row a possible rupture, onset to end"),
    [OPTION_TRACE] = FLAG("trace", trace, 1, "one row a session and rule, marked or not"),
    [OPTION_SILENCE] = FLAG("silence", silence, 1, "one row a rule, with what its silence means"),
    [OPTION_SIDE_BY_SIDE] =
        FLAG("side-by-side", side_by_side, 1, "one row a rule, with the course beside it"),
    [OPTION_PARTNER] = TEXT("partner", "ID", partner, "the therapist's form beside --measure"),
    [OPTION_OUTCOME] = TEXT("outcome", "ID", outcome, "the measure whose change is explained"),
    [OPTION_WORLD] = TEXT("world", "NAME", world, "which simulated world; else default"),
    [OPTION_CLIENTS] = { "clients", "N", take_count, AT(clients), 0, NULL, 1, 1e7,
                         "how many; else 100, of rules 20000, --tune 2000",
                         "a number from 1 to 10000000" },
    [OPTION_SEED] = { "seed", "N", take_count, AT(seed), 0, NULL, 0, INT32_MAX,
                      "which caseload of that world; else 1", "a number from 0 to 2147483647" },
    [OPTION_ALARMS] = FLAG("alarms", alarms, 1, "the false-alarm table, one row a figure"),
    [OPTION_MEASURE_ALARMS] =
        FLAG("measure-alarms", measure_alarms, 1, "the same, simulated and measured anew"),
    [OPTION_ALLIANCE] = TEXT("alliance", "ID", alliance, "the alliance measure; or ID:RATER"),
    [OPTION_AGAINST] = TEXT("against", "ID", against, "a second measure, such as of technique"),
    [OPTION_EARLY] = { "early", "K", take_count, AT(early), 0, NULL, 1, 1e6,
                       "last session of the early ones; else 3", "a session number from 1 on" },
    [OPTION_TUNE] = FLAG("tune", tune, 1, "thresholds for an alarm budget, from FORMS"),
    [OPTION_LEARN] = FLAG("learn", learn, 1, "what is usual at the clinic, from FORMS"),
    [OPTION_ALARMS_PER_100] =
        REAL("alarms-per-100", alarms_per_100, 0.1, 50, "the budget: alarms per 100 sessions",
             "a number from 0.1 to 50"),
    [OPTION_AT_SESSION] = { "at-session", "N", take_count, AT(at_session), 0, NULL, 0, 1e9,
                            "the first session after the change", "a session number" },
    [OPTION_TRUTH] = TEXT("truth", "FILE", truth, "write the true ruptures there"),
    [OPTION_SESSIONS] =
        TEXT("sessions", "FILE", each_session, "write a row a session there; see above"),
    [OPTION_SUBSCALES] = FLAG("subscales", subscales, 1, "rows for the subscales too"),
    [OPTION_BY] = WORD("by", "session|date", by, by_words, "what time is counted in"),
    [OPTION_SMOOTH] = WORD("smooth", "lowess|level", smooth, smooth_words,
                           "a smooth line instead, one row a form"),
    [OPTION_METHOD] = { "method", "jt", take_word, AT(method), 0, method_words, 0, 0,
                        "how reliable change is judged; see above",
                        "jt, gln, hll, en, nk, ha, hlm, percentage, anchor, maassen or mcnemar" },
    [OPTION_CUTOFF_TYPE] = WORD("cutoff-type", "a|b|c", cutoff_type, cutoff_words,
                                "which cut-off; else the published one"),
    [OPTION_SD] = POSITIVE("sd", sd, "SD for reliable change; the formula then decides"),
    [OPTION_RELIABILITY] =
        REAL("reliability", reliability, 0, 1 - DBL_EPSILON,
             "its reliability; the formula then decides", "a number from 0 to below 1"),
    [OPTION_FUNCTIONAL_MEAN] =
        ANY("functional-mean", functional_mean, "mean of people without the problem"),
    [OPTION_FUNCTIONAL_SD] = POSITIVE("functional-sd", functional_sd, "and their SD"),
    [OPTION_CLINICAL_MEAN] = ANY("clinical-mean", clinical_mean, "mean of people with it"),
    [OPTION_CLINICAL_SD] = POSITIVE("clinical-sd", clinical_sd, "and their SD"),
    [OPTION_RELIABILITY_POST] =
        REAL("reliability-post", reliability_post, DBL_MIN, 1,
             "nk, mcnemar: reliability of the last score", "a number above 0, up to 1"),
    [OPTION_IMPROVED] =
        POSITIVE("improved", improved, "percentage: share that counts; anchor: points"),
    [OPTION_DETERIORATED] = POSITIVE("deteriorated", deteriorated, "the same for the worse"),
    [OPTION_CONVENTION] = { "convention", "package", take_word, AT(convention), 0, convention_words,
                            0, 0, "as clinicalsignificance has cut-off b, ha and hlm",
                            "corrected or package" },
    [OPTION_CASELOAD] =
        FLAG("caseload", caseload, 1, "SD and clinical norms of this file's own clients"),
    [OPTION_PRE] = { "pre", "N", take_count, AT(pre), 0, NULL, 0, 1e9,
                     "session to compare from; else the first", "a session number" },
    [OPTION_POST] = { "post", "N", take_count, AT(post), 0, NULL, 0, 1e9,
                      "session to compare with; else the last", "a session number" },
    [OPTION_GROUP] = FLAG("group", group, 1, "what the mean change of all clients amounts to"),
    [OPTION_DETAILS] = FLAG("details", details, 1, "further columns"),
    [OPTION_WITHIN_SD] = POSITIVE("within-sd", within_sd, "a clinic's own SD within one client"),
    [OPTION_MODE] = WORD("mode", "t-test|suddengains", mode, mode_words,
                         "the definition, or the R package's rule"),
    [OPTION_CUTOFF] = POSITIVE("cutoff", cutoff, "criterion 1: points; else the reliable change"),
    [OPTION_PROPORTION] =
        POSITIVE("proportion", proportion, "criterion 2: share of the score before; else .25"),
    [OPTION_ALPHA] = REAL("alpha", alpha, DBL_MIN, 1 - DBL_EPSILON,
                          "criterion 3: two-sided level; else .05", "a number between 0 and 1"),
    [OPTION_CRITICAL] = POSITIVE("critical", critical, "criterion 3: a fixed t, such as 2.776"),
    [OPTION_CRITERIA] = { "criteria", "123", take_word, AT(criteria), 0, criteria_words, 0, 0,
                          "which must be met: 12, 13, 23, 1, 2 or 3",
                          "one of 123, 12, 13, 23, 1, 2 and 3" },
    [OPTION_SELECT] = { "select", "WHICH", take_word, AT(select), 0, select_words, 0, 0,
                        "of each kind one: first, last, smallest or largest",
                        "first, last, smallest or largest" },
    [OPTION_ENDS] = FLAG("ends", ends, 1, "test the first and the last interval too"),
    [OPTION_BASELINE] =
        FLAG("baseline", baseline, 1, "suddengains: the first form came before session 1"),
    [OPTION_KIND] = WORD("kind", "xmr|ewma|cusum", kind, kind_words, "which control chart"),
    [OPTION_SIDE] = WORD("side", "both|below|above", side, side_words, "which hits count"),
    [OPTION_SEARCH] = { "search", "HOW", take_word, AT(search), 0, search_words, 0, 0,
                        "partition, binary, breaks, chow or supf",
                        "partition, binary, breaks, chow or supf" },
    [OPTION_MODEL] = WORD("model", "mean|line", model, model_words,
                          "what a stretch has; line: of breaks, chow and supf"),
    [OPTION_EVERY] = REAL("every", every, 1.000001, 1e6, "scores from change to change; else 20",
                          "a number above 1, up to 1000000"),
    [OPTION_PRIOR] = TEXT("prior", "M,K,A,B", prior, "what is known of a level beforehand"),
    [OPTION_HIGHER] = WORD("higher", "better|worse", higher, higher_words,
                           "direction of measures that no scale describes"),
    [OPTION_SCALES] = TEXT("scales", "FILE", scales, "a clinic's own scales, JSON; or a folder"),
    [OPTION_OVERRIDE_SCALES] =
        FLAG("override-scales", override_scales, 1, "they may replace built-in ones"),
    [OPTION_ACCEPT_LICENCE] = { "accept-licence", "ID", take_licence, 0, 0, NULL, 0, 0,
                                "states that you hold this measure's licence",
                                "the id of a measure, at most 64 of them" },
    [OPTION_ACCEPT_UNCONFIRMED] =
        FLAG("accept-unconfirmed", accept_unconfirmed, 1, "use unconfirmed measures and constants"),
    [OPTION_MARKDOWN] = FLAG("markdown", markdown, 1, "the catalogue as a page, docs/scales.md"),
    [OPTION_TEMPLATE] = FLAG("template", template, 1, "a start of a file of your own"),
    [OPTION_FROM_FHIR] =
        TEXT("from-fhir", "FILE", from_fhir, "a scale file from a FHIR Questionnaire"),
    [OPTION_NORMS] = TEXT("norms", "SET", norms, "use this set of a measure's constants"),
    [OPTION_SKIP_BAD] = FLAG("skip-bad", skip_bad, 1, "leave bad rows out, and list them"),
    [OPTION_CHECK] = FLAG("check", check, 1, "exit with 1 when there are findings"),
    [OPTION_AT] = { "at", "DATE", take_date, AT(at), 0, NULL, 0, 0, "take this day as today",
                    "a date such as 2026-11-03" },
    [OPTION_ASCII] = FLAG("ascii", ascii, 1, "plain ASCII"),
    [OPTION_THREADS] = { "threads", "N", take_count, AT(threads), 0, NULL, 1, 4096,
                         "threads to use; the output is the same",
                         "a whole number from 1 to 4096" },
    [OPTION_TIME] =
        WORD("time", "log|session|root|week", time, time_words, "what scores go along with"),
    [OPTION_FIT_METHOD] = WORD("method", "reml|ml", maximum_likelihood, fit_words,
                               "restricted or plain maximum likelihood"),
    [OPTION_STRUCTURE] = WORD("structure", "slope|level|diagonal", structure, structure_words,
                              "what differs from client to client"),
    [OPTION_RATER] = WORD("rater", "client|therapist|observer", rater, rater_words, "whose forms"),
    [OPTION_NAME] = TEXT("name", "TEXT", name, "what reports call the norm"),
    [OPTION_WHO] = TEXT("who", "TEXT", who, "who fits it"),
    [OPTION_POPULATION] = TEXT("population", "TEXT", population, "whose forms these are"),
    [OPTION_RESPONSE] = TEXT("response", "NORM", response, "a norm of attune response fit"),
    [OPTION_ESTIMATE] =
        TEXT("estimate", "MEASURE", estimate, "a set of constants from the forms of FORMS"),
    [OPTION_LEVEL] = REAL("level", level, 0.001, 0.999999, "share of scores that a band holds",
                          "a number from 0.001 to 0.999999"),
};

static void *member(struct options *options, const struct row *row)
{
    return (char *)options + row->offset;
}

static int fail(const struct options *options, const struct row *row)
{
    fprintf(stderr, "attune %s: --%s: expected %s\n", options->command->name, row->name,
            row->expected);
    return CODE_USAGE;
}

static int take_flag(struct options *options, const struct row *row, const char *argument)
{
    (void)argument;
    *(int32_t *)member(options, row) = row->value;
    return CODE_OK;
}

static int take_word(struct options *options, const struct row *row, const char *argument)
{
    for (const struct word *w = row->words; w->text; w++) {
        if (strcmp(w->text, argument) != 0)
            continue;
        *(int32_t *)member(options, row) = w->value;
        return CODE_OK;
    }
    return fail(options, row);
}

static int take_text(struct options *options, const struct row *row, const char *argument)
{
    if (*argument == '\0')
        return fail(options, row);
    *(const char **)member(options, row) = argument;
    return CODE_OK;
}

/* May be given again and again. */
static int take_licence(struct options *options, const struct row *row, const char *argument)
{
    if (*argument == '\0' || options->licence_count >= OPTIONS_LICENCES_MAX)
        return fail(options, row);
    options->licences[options->licence_count++] = argument;
    return CODE_OK;
}

static int take_real(struct options *options, const struct row *row, const char *argument)
{
    char *end = NULL;
    double value = strtod(argument, &end);
    if (end == argument || *end != '\0' || !(value >= row->low && value <= row->high))
        return fail(options, row);
    *(double *)member(options, row) = value;
    return CODE_OK;
}

static int take_count(struct options *options, const struct row *row, const char *argument)
{
    char *end = NULL;
    long value = strtol(argument, &end, 10);
    if (end == argument || *end != '\0' || (double)value < row->low || (double)value > row->high)
        return fail(options, row);
    *(int32_t *)member(options, row) = (int32_t)value;
    return CODE_OK;
}

static int take_date(struct options *options, const struct row *row, const char *argument)
{
    /* A whole date; the parser would also take a time after it. */
    if (strlen(argument) != 10 || attune_date_parse(argument, member(options, row)) != ATTUNE_OK)
        return fail(options, row);
    options->at_text = argument;
    return CODE_OK;
}

static int takes(const struct command *command, size_t i)
{
    uint64_t bits = i < 64 ? command->takes : command->takes_more;
    return i == OPTION_HELP || (bits >> i % 64 & 1) != 0;
}

#define LONG 256 /* what getopt_long answers for rows[i]: LONG + i */

static void fill_getopt(struct option *list, const struct command *command)
{
    size_t n = 0;
    for (size_t i = 0; i < OPTION_END; i++)
        if (takes(command, i))
            list[n++] =
                (struct option) { rows[i].name, rows[i].argument ? required_argument : no_argument,
                                  NULL, LONG + (int)i };
    list[n] = (struct option) { NULL, 0, NULL, 0 };
}

/* What stands between -- and = or the end, when it fits. */
static void option_name(char *name, size_t capacity, const char *argument)
{
    size_t n;
    while (*argument == '-')
        argument++;
    n = strcspn(argument, "=");
    n = n < capacity ? n : 0;
    memcpy(name, argument, n);
    name[n] = '\0';
}

static int no_such_option(const struct command *command, const char *argument)
{
    const char *names[OPTION_END + 1] = { NULL };
    const char *near;
    char name[32];
    size_t n = 0;
    option_name(name, sizeof name, argument);
    for (size_t i = 0; i < OPTION_END; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            fprintf(stderr, "attune %s: takes no --%s\n", command->name, rows[i].name);
            return CODE_USAGE;
        }
        if (takes(command, i))
            names[n++] = rows[i].name;
    }
    near = options_nearest(name, names);
    fprintf(stderr, "attune %s: no such option", command->name);
    if (near)
        fprintf(stderr, "; did you mean --%s?\n", near);
    else
        fprintf(stderr, "; `attune %s --help` lists them\n", command->name);
    return CODE_USAGE;
}

static int take_one(struct options *options, int answer, char **argv)
{
    if (answer == 'o' || answer == 'h')
        answer = LONG + (answer == 'o' ? OPTION_OUTPUT : OPTION_HELP);
    if (answer >= LONG)
        return rows[answer - LONG].take(options, &rows[answer - LONG], optarg);
    if (answer == ':' || optopt >= LONG) {
        int row = optopt >= LONG ? optopt - LONG : OPTION_OUTPUT;
        fprintf(stderr, "attune %s: --%s: expected %s\n", options->command->name, rows[row].name,
                answer == ':' ? rows[row].expected : "no argument");
        return CODE_USAGE;
    }
    return no_such_option(options->command, argv[optind - 1]);
}

static int take_operands(struct options *options, int argc, char **argv)
{
    const struct command *command = options->command;
    size_t n = (size_t)(argc - optind);
    if (options->help)
        return CODE_OK;
    if (n < command->operands_min || n > command->operands_max) {
        fprintf(stderr, "usage: attune %s %s\n", command->name, command->usage);
        return CODE_USAGE;
    }
    for (size_t i = 0; i < n; i++)
        options->operands[i] = argv[optind + (int)i];
    return CODE_OK;
}

int options_read(struct options *options, const struct command *command, int argc, char **argv)
{
    struct option list[OPTION_END + 1];
    const char *letters = takes(command, OPTION_OUTPUT) ? ":ho:" : ":h";
    int code = CODE_OK;
    int answer;
    memset(options, 0, sizeof *options);
    options->command = command;
    options->cutoff_type = options->smooth = options->by = -1;
    options->structure = ATTUNE_RESPONSE_SLOPE;
    options->level = options->alarms_per_100 = options->every = NAN;
    options->seed = 1;
    options->early = 3;
    options->at = options->within_sd = options->sd = options->reliability = NAN;
    options->functional_mean = options->functional_sd = NAN;
    options->clinical_mean = options->clinical_sd = NAN;
    options->cutoff = options->proportion = options->alpha = options->critical = NAN;
    options->reliability_post = options->improved = options->deteriorated = NAN;
    options->select = options->pre = options->post = options->at_session = -1;
    fill_getopt(list, command);
    opterr = 0;
    while (code == CODE_OK && (answer = getopt_long(argc, argv, letters, list, NULL)) != -1)
        code = take_one(options, answer, argv);
    return code == CODE_OK ? take_operands(options, argc, argv) : code;
}

void options_help(const struct command *command)
{
    char left[64];
    for (size_t i = 0; i < OPTION_END; i++) {
        if (!takes(command, i))
            continue;
        (void)snprintf(left, sizeof left, "--%s%s%s", rows[i].name, rows[i].argument ? " " : "",
                       rows[i].argument ? rows[i].argument : "");
        printf("  %-26s %s\n", left, rows[i].text);
    }
}
