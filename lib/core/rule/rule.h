/* What a rule is made of: its row in the table, its state and its step. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_RULE_RULE_H
#define ATN_RULE_RULE_H

#include <attune/rule.h>
#include <attune/watch.h>

#include <stddef.h>
#include <stdint.h>

/*
 * Rules see every measure with "up" as better: a score times the measure's direction. Each rule
 * names the size of its state. A state begins as all zero bytes and holds no pointer, so that a
 * course can be copied.
 */

#define ATN_WINDOW_MAX 16 /* sessions that a usual level may rest on */
#define ATN_RUN_MAX 8     /* low sessions in a row before they become the usual level */

/*
 * One session, as a rule sees it. Rules that listen to companions also see those at which only
 * these spoke; all others see completed forms alone.
 */
typedef struct atn_form {
    double up;                               /* direction * score; NaN: only companions spoke */
    double companion[ATTUNE_COMPANIONS_MAX]; /* their own direction * score; NaN: did not speak */
    int32_t session;
    int32_t after_gap; /* 1: the session before was not completed */
} atn_form;

/* A few scores with their sessions, the oldest pushed out by the newest. */
typedef struct atn_ring {
    double up[ATN_WINDOW_MAX];
    int32_t session[ATN_WINDOW_MAX];
    int32_t count, next;
} atn_ring;

/* Mean moving range of the scores taken so far. */
typedef struct atn_range {
    double last, sum;
    int32_t count; /* scores taken */
} atn_range;

/* The whole course, for the rules that look ahead. */
typedef struct atn_whole {
    const attune_series *series;
    int32_t direction;
} atn_whole;

/* What else the watch has of the same sessions. */
typedef struct atn_companions {
    attune_constants constants[ATTUNE_COMPANIONS_MAX];
    int32_t role[ATTUNE_COMPANIONS_MAX];
    uint32_t count;
    uint32_t roles; /* bit 1 << ATTUNE_ROLE_*: those that are there */
} atn_companions;

/* What a rule works from. */
typedef struct atn_setup {
    const attune_constants *constants;
    const double *params;
    const attune_response *response; /* NULL: none is known */
    const atn_whole *whole;          /* given to rules that look ahead; else NULL */
    const atn_companions *companions;
} atn_setup;

/* What it found; marks hold observed, limit and reference in "up" until the watch turns them. */
typedef struct atn_finding {
    attune_mark marks[2];
    double statistic;
    double p_began, p_open; /* of attune_trace; NaN from most rules */
    double log_density; /* of the form, as in attune_likelihood_scan; left alone by most rules */
    int32_t state;      /* ATTUNE_STATE_* */
    int32_t n_marks;
} atn_finding;

struct attune_rule {
    attune_rule_info info;
    const attune_param_info *params;
    /* Completed sessions wanted before the first answer; NULL: info.lookback, whatever is chosen.
     */
    int32_t (*wants)(const double *params);
    /* Takes one session; *finding is zeroed, its statistic NaN, its state QUIET, or NO_FORM where
       only companions spoke. */
    void (*step)(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding);
    size_t state_size;    /* bytes that it remembers of a course; all zero at its start */
    int32_t repair_param; /* which parameter says when an episode is repaired; -1: none */
};

/* Completed sessions that a rule with these parameters wants before its first answer. */
static inline int32_t atn_rule_wants(const attune_rule *rule, const double *params)
{
    return rule->wants ? rule->wants(params) : rule->info.lookback;
}

/* The table, in order of id. */
extern const attune_rule atn_rule_below_cutoff;
extern const attune_rule atn_rule_drop;
extern const attune_rule atn_rule_erosion;
extern const attune_rule atn_rule_own_range;
extern const attune_rule atn_rule_reliable_worse;
extern const attune_rule atn_rule_rupture_filter;
extern const attune_rule atn_rule_rupture_joint;

extern const attune_rule atn_rule_chart_so_far;
extern const attune_rule atn_rule_chart_whole;
extern const attune_rule atn_rule_direct_report;
extern const attune_rule atn_rule_divergence;
extern const attune_rule atn_rule_drop_population;
extern const attune_rule atn_rule_drop_whole;
extern const attune_rule atn_rule_ewma;
extern const attune_rule atn_rule_lag_order;
extern const attune_rule atn_rule_level_shift;
extern const attune_rule atn_rule_line_whole;
extern const attune_rule atn_rule_local_level;
extern const attune_rule atn_rule_mean_so_far;
extern const attune_rule atn_rule_mean_whole;
extern const attune_rule atn_rule_not_on_track;
extern const attune_rule atn_rule_reliable_drop;
extern const attune_rule atn_rule_sen_whole;
extern const attune_rule atn_rule_srs_cutoff;
extern const attune_rule atn_rule_srs_fall;
extern const attune_rule atn_rule_v_shape;

/* Adds an empty mark to the finding and says so in its state. */
attune_mark *atn_mark_add(atn_finding *finding, int32_t kind, int32_t level, const atn_form *form);

/* ---- Pieces that several rules share: lib/core/rule/spread.c ---- */

void atn_ring_put(atn_ring *ring, double up, int32_t session, int32_t window);
double atn_ring_mean(const atn_ring *ring);
int32_t atn_ring_session(const atn_ring *ring, int32_t i); /* i-th oldest */
void atn_range_take(atn_range *range, double up);

/*
 * The spread of one client's scores: own moving range shrunken to the population's, never below
 * the standard error of measurement. A flat course takes the population's where no weight is given
 * to it; without a population spread the own one alone; NaN when there is nothing to go by.
 */
double atn_spread(const attune_constants *constants, const atn_range *range, double prior_weight);

/* The client's own moving range as an SD; NaN before the second form. */
double atn_range_sd(const atn_range *range);

/* Mean and SD of the scores taken so far, after Welford 1962. */
typedef struct atn_moments {
    double mean, squares;
    int64_t count;
} atn_moments;

void atn_moments_take(atn_moments *moments, double up);
double atn_moments_sd(const atn_moments *moments); /* NaN before the second form */

/* An own spread, never below the measurement error where that is known; NaN when it is not > 0. */
double atn_floored(double own, double sem);

/* ---- Reliable change, for rules whose first parameter is the formula's z: reliable_worse.c ----
 */

enum { ATN_Z };

/* The published threshold, else the formula's; NaN when neither is known. */
double atn_reliable_change(const atn_setup *setup);

/* The formula is strict, a published threshold as its bound says. */
int atn_is_reliable(const attune_constants *constants, double worse, double threshold);

/* ---- Rules that judge how many spreads below a usual score a form lies: lib/core/rule/below.c */

/* What is usual, and the sessions that this rests on. */
typedef struct atn_usual {
    double reference, spread; /* spread NaN: no judgement */
    int64_t forms;
    int32_t first_session, last_session;
} atn_usual;

/* The parameters that all of them begin with, in this order. */
enum { ATN_K_POSSIBLE, ATN_K_PROBABLE, ATN_DELTA_REPAIR };
#define ATN_PARAM(name, value, low, high, text, source)                                            \
    {                                                                                              \
        sizeof(attune_param_info), 0, value, low, high, name, text, source                         \
    }
#define ATN_BELOW_PARAMS(possible, probable, source)                                               \
    [ATN_K_POSSIBLE] = ATN_PARAM("k_possible", possible, 0.1, 10,                                  \
                                 "spreads below from which it is possible", source),               \
    [ATN_K_PROBABLE] = ATN_PARAM("k_probable", probable, 0.1, 10,                                  \
                                 "spreads below from which it is probable", source),               \
    [ATN_DELTA_REPAIR] = ATN_PARAM("delta_repair", 0.5, 0, 10,                                     \
                                   "spreads below usual that count as back", "attune, rule CR-1")

/* Sets the statistic, and adds a drop when it reaches k_possible. */
void atn_judge(const atn_setup *setup, const atn_usual *usual, const atn_form *form,
               atn_finding *finding);

/* What forms have to say of level and spread. */
typedef struct atn_survey {
    atn_moments moments;
    atn_range range;
    int32_t first_session, last_session;
} atn_survey;

void atn_survey_take(atn_survey *survey, const atn_form *form);

/* This usual score with this own spread, never below the measurement error, as surveyed. */
atn_usual atn_survey_usual(const atn_setup *setup, const atn_survey *survey, double reference,
                           double own);

/* A 0 to 40 alliance scale, which the conversation rules of the SRS speak of; else NOT_MEANT. */
int atn_is_forty(const atn_setup *setup, atn_finding *finding);

/* Against the mean of what was surveyed, with this own spread. */
void atn_judge_mean(const atn_setup *setup, const atn_survey *survey, double own,
                    const atn_form *form, atn_finding *finding);

/* The same of the forms before this one, which is surveyed after; TOO_FEW before the third. */
void atn_judge_so_far(const atn_setup *setup, atn_survey *survey, double own, const atn_form *form,
                      atn_finding *finding);

/* ---- Rules that look ahead: lib/core/rule/whole.c ---- */

#define ATN_WHOLE_FEWEST 4 /* completed forms of a course before such rules speak */

/* The next completed form from session *at on, *at behind it; 0 when there is none. */
int atn_whole_next(const atn_whole *whole, uint64_t *at, atn_form *form);

/* Surveys the course at its first form; 0, and TOO_FEW in the finding, when it is too short. */
int atn_whole_survey(const atn_setup *setup, atn_survey *survey, atn_finding *finding);

/* A line through a whole course: level at session centre, and the spread about it. */
typedef struct atn_line {
    atn_survey survey;
    double centre, level, slope, spread;
    int32_t fitted;
} atn_line;

typedef void atn_line_fit(const atn_setup *setup, atn_line *line);

/* Fits the line at the course's first form, and judges each form against it. */
void atn_judge_line(const atn_setup *setup, atn_line *line, atn_line_fit *fit, const atn_form *form,
                    atn_finding *finding);

#endif
