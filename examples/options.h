/* The options that commands share: one table in options.c, one struct with what was given. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_OPTIONS_H
#define EXAMPLES_OPTIONS_H

#include "examples/command.h"

/* Rows of the table in options.c, in its order. A command names the ones it takes. */
enum option_id {
    OPTION_HELP,
    OPTION_CSV,
    OPTION_JSON,
    OPTION_OUTPUT,
    OPTION_CLIENT,
    OPTION_CLINICIAN,
    OPTION_MEASURE,
    OPTION_RULES,
    OPTION_EPISODES,
    OPTION_TRACE,
    OPTION_SUBSCALES,
    OPTION_BY,
    OPTION_METHOD,
    OPTION_CUTOFF_TYPE,
    OPTION_SD,
    OPTION_RELIABILITY,
    OPTION_FUNCTIONAL_MEAN,
    OPTION_FUNCTIONAL_SD,
    OPTION_CLINICAL_MEAN,
    OPTION_CLINICAL_SD,
    OPTION_RELIABILITY_POST,
    OPTION_IMPROVED,
    OPTION_DETERIORATED,
    OPTION_CONVENTION,
    OPTION_CASELOAD,
    OPTION_PRE,
    OPTION_POST,
    OPTION_DETAILS,
    OPTION_WITHIN_SD,
    OPTION_MODE,
    OPTION_CUTOFF,
    OPTION_PROPORTION,
    OPTION_ALPHA,
    OPTION_CRITICAL,
    OPTION_CRITERIA,
    OPTION_SELECT,
    OPTION_ENDS,
    OPTION_BASELINE,
    OPTION_KIND,
    OPTION_SIDE,
    OPTION_SEARCH,
    OPTION_HIGHER,
    OPTION_SCALES,
    OPTION_OVERRIDE_SCALES,
    OPTION_ACCEPT_LICENCE,
    OPTION_ACCEPT_UNCONFIRMED,
    OPTION_NORMS,
    OPTION_MARKDOWN,
    OPTION_TEMPLATE,
    OPTION_FROM_FHIR,
    OPTION_SKIP_BAD,
    OPTION_CHECK,
    OPTION_AT,
    OPTION_ASCII,
    OPTION_THREADS,
    OPTION_TIME,
    OPTION_FIT_METHOD,
    OPTION_STRUCTURE,
    OPTION_RATER,
    OPTION_NAME,
    OPTION_WHO,
    OPTION_POPULATION,
    OPTION_RESPONSE,
    OPTION_LEVEL,
    OPTION_SILENCE,
    OPTION_SIDE_BY_SIDE,
    OPTION_PARTNER,
    OPTION_OUTCOME,
    OPTION_WORLD,
    OPTION_CLIENTS,
    OPTION_SEED,
    OPTION_TRUTH,
    OPTION_ALARMS,
    OPTION_MEASURE_ALARMS,
    OPTION_ESTIMATE,
    OPTION_SMOOTH,
    OPTION_ALLIANCE,
    OPTION_AGAINST,
    OPTION_EARLY,
    OPTION_TUNE,
    OPTION_LEARN,
    OPTION_ALARMS_PER_100,
    OPTION_GROUP,
    OPTION_AT_SESSION,
    OPTION_SESSIONS,
    OPTION_MODEL,
    OPTION_EVERY,
    OPTION_PRIOR,
    OPTION_END
};

#define TAKES(id) (UINT64_C(1) << (id))           /* of a command's takes */
#define TAKES_MORE(id) (UINT64_C(1) << ((id)-64)) /* of its takes_more: OPTION_SILENCE on */

/* Which scales there are, and what is stated of them. */
#define TAKES_SCALES                                                                               \
    (TAKES(OPTION_SCALES) | TAKES(OPTION_OVERRIDE_SCALES) | TAKES(OPTION_ACCEPT_LICENCE) |         \
     TAKES(OPTION_ACCEPT_UNCONFIRMED) | TAKES(OPTION_NORMS))

/* What every command that reads a forms file takes. */
#define TAKES_FORMS                                                                                \
    (TAKES(OPTION_MEASURE) | TAKES(OPTION_HIGHER) | TAKES_SCALES | TAKES(OPTION_SKIP_BAD) |        \
     TAKES(OPTION_AT) | TAKES(OPTION_ASCII) | TAKES(OPTION_THREADS) | TAKES(OPTION_OUTPUT))

/* What every command whose result is a table takes. */
#define TAKES_TABLE (TAKES(OPTION_CSV) | TAKES(OPTION_JSON))

#define FORMAT_TEXT 0
#define FORMAT_CSV 1
#define FORMAT_JSON 2

/* Of --search, beside the searches of attune/changepoint.h. */
#define SEARCH_CHOW 3
#define SEARCH_SUPF 4

#define BY_SESSION 0
#define BY_DATE 1

#define OPTIONS_LICENCES_MAX 64

/* What was given. Texts are NULL, reals NaN and everything else 0 when an option was not. */
struct options {
    const struct command *command;
    const char *operands[2]; /* FORMS, or a scale's id; NULL beyond the last */
    const char *output;      /* -o FILE; NULL or "-" is standard output */
    const char *client, *clinician;
    const char *measure; /* only this one */
    const char *rules;   /* a set's name or ids with commas */
    const char *scales;  /* file or folder of a clinic's own scales */
    const char *norms;   /* the set of constants that is used where a scale has it */
    const char *licences[OPTIONS_LICENCES_MAX]; /* ids of scales whose licence is held */
    int32_t licence_count;
    int32_t accept_unconfirmed, override_scales;
    int32_t markdown, template;
    const char *from_fhir; /* a FHIR Questionnaire, JSON */
    const char *estimate;  /* of scales: a measure */
    const char *at_text;   /* --at as it was written */
    double at;             /* the same as days since 1970-01-01; NaN: today */
    double within_sd, sd, reliability;
    double functional_mean, functional_sd, clinical_mean, clinical_sd;
    double reliability_post, improved, deteriorated; /* of change */
    double cutoff, proportion, alpha, critical;      /* of sudden */
    int32_t format;                                  /* FORMAT_* */
    const char *world, *truth, *each_session;        /* of simulate */
    int32_t clients, seed;                           /* clients 0: not given */
    int32_t alarms, measure_alarms, tune, learn;     /* of rules */
    int32_t episodes, trace, silence, side_by_side;  /* of marks */
    int32_t subscales, skip_bad, check, ascii;
    int32_t by;         /* BY_*; -1: not given */
    int32_t smooth;     /* ATTUNE_SMOOTH_*; -1: not given */
    int32_t method;     /* ATTUNE_METHOD_* */
    int32_t kind;       /* ATTUNE_CHART_XMR... */
    int32_t side;       /* ATTUNE_CHART_BOTH... */
    int32_t search;     /* ATTUNE_CHANGEPOINT_PARTITION..., SEARCH_CHOW, SEARCH_SUPF */
    double every;       /* of runlength: scores from change to change */
    const char *prior;  /* M,K,A,B */
    int32_t model;      /* ATTUNE_CHANGEPOINT_MEAN, _LINE */
    int32_t at_session; /* first session after a change; -1: not given */
    int32_t convention; /* ATTUNE_CHANGE_* */
    int32_t pre, post;  /* sessions to compare; -1: the first and the last */
    int32_t caseload, details, group;
    int32_t mode;     /* ATTUNE_SUDDEN_T_TEST or _PACKAGE */
    int32_t criteria; /* ATTUNE_SUDDEN_FIRST | ... */
    int32_t select;   /* ATTUNE_SUDDEN_SELECT_*; -1: not given */
    int32_t ends, baseline;
    int32_t cutoff_type;                                /* ATTUNE_CUTOFF_*; -1: not given */
    int32_t higher;                                     /* ATTUNE_HIGHER_*; 0: not given */
    int32_t threads;                                    /* 0: not given */
    int32_t time, structure, maximum_likelihood, rater; /* of attune response */
    const char *name, *who, *population;                /* of a norm file */
    const char *response;                               /* a norm file */
    const char *partner, *outcome;                      /* of raters: measures; associate */
    double alarms_per_100;                              /* of rules --tune */
    double level;                                       /* of a band */
    const char *alliance, *against;                     /* of associate, ID or ID:RATER */
    int32_t early;                                      /* last session of the early ones */
    int32_t help;
};

/* Read argv (argv[0] is the command's name) for a command; says what is wrong on stderr. */
int options_read(struct options *options, const struct command *command, int argc, char **argv);

/* The options of a command, a line or two each, on standard output. */
void options_help(const struct command *command);

/* The word nearest to a mistyped one, or NULL when none is near; words ends with NULL. */
const char *options_nearest(const char *typed, const char *const *words);

#endif
