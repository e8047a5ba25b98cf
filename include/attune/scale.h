/* Scales: what a questionnaire asks, how it is keyed, and every constant with its source. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_SCALE_H
#define ATTUNE_SCALE_H

#include <attune/export.h>
#include <attune/response.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A scale is immutable and never wholly public: ask with the describe calls below. Built-in
 * scales live as long as the program. Scales read from a clinic's own file belong to the
 * attune_scale_set that read them (attune/scalefile.h). All text pointers handed out live as long
 * as the scale. All calls here are thread-safe.
 *
 *     const attune_scale *scale = attune_scale_find("phq-9");
 *     attune_scale_info info = { .struct_size = sizeof info };
 *     attune_scale_describe(scale, &info);
 *     printf("%s: %d items, %g to %g\n", info.title, info.item_count, info.score_min,
 *            info.score_max);
 */
typedef struct attune_scale attune_scale;

#define ATTUNE_ITEMS_MAX 128    /* items that one form may have */
#define ATTUNE_SUBSCALES_MAX 16 /* subscales that one scale may have */

/* What a measure is about; rules choose by it. */
#define ATTUNE_CONSTRUCT_OTHER 0
#define ATTUNE_CONSTRUCT_ALLIANCE 1
#define ATTUNE_CONSTRUCT_DISTRESS 2
#define ATTUNE_CONSTRUCT_RUPTURE 3 /* asks directly whether there was strain in the session */

/* Who answers. */
#define ATTUNE_RATER_CLIENT 0
#define ATTUNE_RATER_THERAPIST 1
#define ATTUNE_RATER_OBSERVER 2

/* Which way is good. */
#define ATTUNE_HIGHER_BETTER 1
#define ATTUNE_HIGHER_WORSE (-1)

/* How answered items become a score; reversed items are turned first. */
#define ATTUNE_RULE_SUM 0    /* sum of the items */
#define ATTUNE_RULE_MEAN 1   /* mean of the items */
#define ATTUNE_RULE_FACTOR 2 /* mean of the items times `factor` */
#define ATTUNE_RULE_NONE 3   /* there is no total, only subscales */

/* What happens to a form with unanswered items. */
#define ATTUNE_MISSING_REFUSE 0  /* no score unless complete */
#define ATTUNE_MISSING_PRORATE 1 /* up to `missing_max` items stand at the mean of the others */

/* How far a fact may be leaned on. */
#define ATTUNE_FACT_CONFIRMED 0
#define ATTUNE_FACT_PROVISIONAL 1 /* derived from published figures; every use says so */
#define ATTUNE_FACT_UNCONFIRMED 2 /* no second source; used only when the caller opts in */
#define ATTUNE_FACT_LICENSED 3    /* of a scale: structure only, for those who hold its licence */

/* What a caller states before such a scale is handed out for scoring, and such a fact used. */
#define ATTUNE_ACCEPT_UNCONFIRMED 1u /* facts without a second source; every output says so */
#define ATTUNE_ACCEPT_LICENSED 2u    /* the clinic holds the owner's licence; outputs name it */

/* On which side of a cut-off or a threshold the value itself lies. */
#define ATTUNE_BOUND_INCLUSIVE 0 /* at the value counts */
#define ATTUNE_BOUND_STRICT 1    /* only beyond the value counts */

/* The frame of a scale. Figures that the scale lacks are NaN, texts NULL. */
typedef struct attune_scale_info {
    uint32_t struct_size;  /* set by the caller */
    int32_t construct;     /* ATTUNE_CONSTRUCT_* */
    int32_t rater;         /* ATTUNE_RATER_*: who answers when the form does not say */
    int32_t direction;     /* ATTUNE_HIGHER_* */
    int32_t item_count;    /* 0: the scale takes totals only */
    int32_t rule;          /* ATTUNE_RULE_* */
    int32_t missing;       /* ATTUNE_MISSING_* */
    int32_t missing_max;   /* unanswered items that prorating bears */
    int32_t status;        /* ATTUNE_FACT_* of the whole scale */
    int32_t demonstration; /* 1: not for clinical use, said in every output */
    int32_t year;          /* of publication; 0 when not known */
    uint32_t reversed_count;
    uint32_t subscale_count;
    uint32_t band_count;
    uint32_t cutoff_count;
    uint32_t change_count;
    uint32_t spread_count;
    uint32_t norm_count;
    uint32_t safety_count;
    uint32_t source_count;
    uint32_t note_count;
    double item_min, item_max, item_step; /* the answers an item takes */
    double score_min, score_max;          /* the total's range */
    double score_step;                    /* smallest difference between two complete totals */
    double factor;                        /* of ATTUNE_RULE_FACTOR */
    const char *id;                       /* "phq-9" */
    const char *title;                    /* full name */
    const char *short_title;              /* as the field writes it: "PHQ-9" */
    const char *authors;
    const char *owner;          /* who holds the rights */
    const char *licence;        /* what they allow */
    const char *missing_source; /* where the completeness rule comes from */
    const char *hash;           /* SHA-256 of the scale's file, hexadecimal */
    const char *reviewed;       /* day of the second reading by somebody else, 2026-11-25 */
    uint32_t needs;             /* ATTUNE_ACCEPT_*: what attune_scale_open wants to be told */
    int32_t scored_count;       /* items that make the total */
    uint32_t conversion_count;  /* raw sums that a published table converts; 0: no table */
    uint32_t code_count;
} attune_scale_info;

/* One item. Items of one scale mostly are alike; where not, this says how. */
typedef struct attune_item_info {
    uint32_t struct_size;
    int32_t reversed; /* 1: turned within its own range before it is added */
    int32_t scored;   /* 1: part of the total */
    int32_t group;    /* from 1: of its group only the largest counts in the total; 0: no group */
    double min, max, step; /* the answers it takes */
} attune_item_info;

/* One subscale. Items are numbered from 1. */
typedef struct attune_subscale_info {
    uint32_t struct_size;
    uint32_t item_count;
    int32_t missing_max; /* unanswered items that prorating bears; 0: none */
    int32_t direction;   /* ATTUNE_HIGHER_* */
    double score_min, score_max, score_step;
    const int32_t *items; /* item numbers, from 1 */
    const char *id;       /* one word: "goal" */
    const char *title;
    const char *source;
    double factor; /* of ATTUNE_RULE_FACTOR */
    int32_t rule;  /* ATTUNE_RULE_*: may be another than the total's */
    int32_t reserved;
} attune_subscale_info;

/*
 * Bands, cut-offs, changes, spreads and norms are about the total (subscale -1) or about one
 * subscale (its index). Where sources or populations differ, a scale has several of one kind: each
 * may belong to a set by which a caller picks it, and one of each kind is the default; why says in
 * one line why it is, or is not.
 */

/* One severity band: low <= score < low of the next of its kind; the last reaches the highest. */
typedef struct attune_band_info {
    uint32_t struct_size;
    int32_t subscale; /* -1: the total */
    double low;
    const char *label; /* the authors' own word */
    const char *source;
} attune_band_info;

/* One clinical cut-off: scores at (or strictly beyond) value on the worse side are clinical. */
typedef struct attune_cutoff_info {
    uint32_t struct_size;
    int32_t bound;      /* ATTUNE_BOUND_* */
    int32_t is_default; /* 1: the one used unless another is chosen */
    int32_t status;     /* ATTUNE_FACT_* */
    double value;
    const char *meaning;
    const char *source;
    const char *set; /* "women"; NULL: none */
    const char *why; /* it is, or is not, the default */
    int32_t subscale;
    int32_t reserved;
} attune_cutoff_info;

/* One published reliable change: a threshold, or the reliability and SD it follows from. */
typedef struct attune_reliable_change_info {
    uint32_t struct_size;
    int32_t bound;      /* ATTUNE_BOUND_* of threshold */
    int32_t is_default; /* 1: the one used unless another is chosen */
    int32_t status;     /* ATTUNE_FACT_* */
    double threshold;   /* score points; NaN when only sd and reliability are published */
    double sd;          /* of the population named; NaN when not known */
    double reliability; /* NaN when not known */
    const char *population;
    const char *source;
    const char *set; /* "women"; NULL: none */
    const char *why; /* it is, or is not, the default */
    int32_t subscale;
    int32_t reserved;
} attune_reliable_change_info;

/* How far one client's scores spread about their own course. */
typedef struct attune_spread_info {
    uint32_t struct_size;
    int32_t status;   /* ATTUNE_FACT_*: PROVISIONAL when derived */
    double within_sd; /* score points */
    double sem;       /* standard error of measurement; NaN when not known */
    const char *population;
    const char *source;
    const char *set; /* "women"; NULL: none */
    const char *why; /* it is, or is not, the default */
    int32_t subscale;
    int32_t is_default;
} attune_spread_info;

/* Mean and SD of one population. */
typedef struct attune_norm_info {
    uint32_t struct_size;
    int32_t clinical; /* 1 a clinical population, 0 a functional one, -1 neither said */
    int32_t status;   /* ATTUNE_FACT_* */
    int32_t n;        /* 0 when not known */
    double mean, sd;  /* score points */
    const char *population;
    const char *source;
    const char *set; /* "women"; NULL: none */
    const char *why; /* it is, or is not, the default */
    int32_t subscale;
    int32_t is_default; /* of its subscale and its kind of population */
} attune_norm_info;

/* An item shown apart from the total, as answered, from `threshold` on. Never a risk level. */
typedef struct attune_safety_info {
    uint32_t struct_size;
    int32_t item; /* numbered from 1 */
    double threshold;
    const char *source;
} attune_safety_info;

/* What a published table makes of one raw sum. */
typedef struct attune_conversion_info {
    uint32_t struct_size;
    int32_t reserved;
    double raw, score;
    double error; /* standard error of the score; NaN when not published */
} attune_conversion_info;

/* A scale's codes in one terminology. */
typedef struct attune_code_info {
    uint32_t struct_size;
    uint32_t item_count;      /* 0, or one code an item */
    const char *system;       /* "loinc", "snomed" */
    const char *panel;        /* of the questionnaire; NULL when not known */
    const char *score;        /* of the total; NULL when not known */
    const char *const *items; /* in item order */
    const char *source;
} attune_code_info;

/* How many scales are built in, and the i-th of them in order of id; NULL beyond the last. */
ATTUNE_API size_t attune_scale_count(void);
ATTUNE_API const attune_scale *attune_scale_at(size_t i);

/*
 * The built-in scale of this id that anybody may score with, or NULL: also for a scale that needs
 * something to be accepted first (attune_scale_info.needs). A NULL id finds nothing.
 */
ATTUNE_API const attune_scale *attune_scale_find(const char *id);

/*
 * attune_scale_at hands out every scale to be listed and described. This hands it out for scoring:
 * NULL when scale is NULL or needs more than accept (ATTUNE_ACCEPT_* bits) grants. The calls that
 * score refuse with ATTUNE_E_ACCEPT what was not opened. Who loads a file of scales has accepted
 * that its own are unconfirmed. Give ATTUNE_ACCEPT_LICENSED only for a scale whose licence is held,
 * scale by scale.
 *
 *     const attune_scale *ors = attune_scale_open(attune_scale_listed("ors"),
 *                                                 ATTUNE_ACCEPT_LICENSED);
 */
ATTUNE_API const attune_scale *attune_scale_open(const attune_scale *scale, uint32_t accept);

/* The built-in scale of this id whatever it needs, to be listed or opened; NULL: none. */
ATTUNE_API const attune_scale *attune_scale_listed(const char *id);

/*
 * Fill *info. ATTUNE_E_ARGUMENT when a pointer is NULL, ATTUNE_E_STRUCT_SIZE when struct_size is
 * smaller than the first version of the struct. The calls that take i answer ATTUNE_E_COUNT when
 * the scale has no i-th entry.
 */
ATTUNE_API attune_status attune_scale_describe(const attune_scale *scale, attune_scale_info *info);
ATTUNE_API attune_status attune_scale_subscale(const attune_scale *scale, size_t i,
                                               attune_subscale_info *info);
ATTUNE_API attune_status attune_scale_band(const attune_scale *scale, size_t i,
                                           attune_band_info *info);
ATTUNE_API attune_status attune_scale_cutoff(const attune_scale *scale, size_t i,
                                             attune_cutoff_info *info);
ATTUNE_API attune_status attune_scale_reliable_change(const attune_scale *scale, size_t i,
                                                      attune_reliable_change_info *info);
ATTUNE_API attune_status attune_scale_spread(const attune_scale *scale, size_t i,
                                             attune_spread_info *info);
ATTUNE_API attune_status attune_scale_norm(const attune_scale *scale, size_t i,
                                           attune_norm_info *info);
ATTUNE_API attune_status attune_scale_safety(const attune_scale *scale, size_t i,
                                             attune_safety_info *info);
ATTUNE_API attune_status attune_scale_item(const attune_scale *scale, size_t i,
                                           attune_item_info *info);
ATTUNE_API attune_status attune_scale_conversion(const attune_scale *scale, size_t i,
                                                 attune_conversion_info *info);
ATTUNE_API attune_status attune_scale_code(const attune_scale *scale, size_t i,
                                           attune_code_info *info);

/* Number of the i-th reversed item (from 1), 0 beyond the last; texts are NULL beyond the last. */
ATTUNE_API int32_t attune_scale_reversed(const attune_scale *scale, size_t i);
ATTUNE_API const char *attune_scale_source(const attune_scale *scale, size_t i);
ATTUNE_API const char *attune_scale_note(const attune_scale *scale, size_t i);

/* The words of the codes above: "alliance", "client", "mean"; "" for any other number. */
ATTUNE_API const char *attune_construct_name(int32_t construct);
ATTUNE_API const char *attune_rater_name(int32_t rater);
ATTUNE_API const char *attune_fact_name(int32_t status);

/* ---- The constants that change and marks need, gathered from a scale or given by a clinic ---- */

/*
 * What the change and rule calls know of a measure: the scale's defaults, each of which a caller
 * may replace (a clinic's own estimate, or a measure that no scale describes). NaN: not known.
 * Everything that needs a missing constant says which one.
 */
typedef struct attune_constants {
    uint32_t struct_size; /* set by the caller */
    int32_t construct;    /* ATTUNE_CONSTRUCT_* */
    int32_t direction;    /* ATTUNE_HIGHER_* */
    int32_t change_bound; /* ATTUNE_BOUND_* of change_threshold */
    int32_t cutoff_bound; /* ATTUNE_BOUND_* of cutoff */
    uint32_t provisional; /* ATTUNE_CONSTANT_* bits that are derived or unconfirmed */
    double score_min, score_max, score_step;
    double within_sd;        /* spread of one client's scores about their own course */
    double sem;              /* standard error of measurement */
    double change_threshold; /* published reliable change, score points */
    double sd, reliability;  /* of the population that reliable change refers to */
    double cutoff;           /* the default clinical cut-off */
    double functional_mean, functional_sd; /* the default functional norm */
    double clinical_mean, clinical_sd;     /* the default clinical norm */
    const char *functional_population;     /* whose norm that is; NULL: not known */
    const char *clinical_population;
    const char *set;      /* the set that some of these are of; NULL: all are the defaults */
    uint32_t withheld;    /* ATTUNE_CONSTANT_* that are not used because they are unconfirmed */
    uint32_t unconfirmed; /* ATTUNE_CONSTANT_* that are used although they are */
    /* Expected response: of no scale, a clinic's own norm; borrowed till attune_watch_new returns,
       which copies it. NULL: none. */
    const attune_response *response;
} attune_constants;

#define ATTUNE_CONSTANT_WITHIN_SD 1u
#define ATTUNE_CONSTANT_SEM 2u
#define ATTUNE_CONSTANT_CHANGE 4u /* threshold, or sd and reliability */
#define ATTUNE_CONSTANT_CUTOFF 8u
#define ATTUNE_CONSTANT_NORMS 16u
#define ATTUNE_CONSTANT_RESPONSE 32u

/*
 * The scale's default constants, or those of the set that was chosen when an attune_scale_set was
 * loaded. A NULL scale gives a measure of which nothing is known but the direction
 * (ATTUNE_HIGHER_BETTER), to be filled in by the caller. An unconfirmed fact stays NaN, and
 * withheld says so, unless ATTUNE_ACCEPT_UNCONFIRMED was stated. ATTUNE_E_ACCEPT for a scale that
 * is not opened (attune_scale_open).
 */
ATTUNE_API attune_status attune_scale_constants(const attune_scale *scale,
                                                attune_constants *constants);

/*
 * The same with a choice: of each kind the first row of the set, where it has one, and the default
 * of the others; set NULL: the defaults. accept: ATTUNE_ACCEPT_UNCONFIRMED uses unconfirmed facts.
 * Also ATTUNE_E_ARGUMENT for a NULL scale, ATTUNE_E_UNKNOWN when the scale has no such set.
 *
 *     attune_scale_constants_of(attune_scale_find("yp-core"), "boys-14-16", 0, &constants);
 */
ATTUNE_API attune_status attune_scale_constants_of(const attune_scale *scale, const char *set,
                                                   uint32_t accept, attune_constants *constants);

#ifdef __cplusplus
}
#endif

#endif
