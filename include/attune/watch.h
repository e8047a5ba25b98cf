/* Watching a course of sessions: marks, episodes and traces, live or in one pass. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_WATCH_H
#define ATTUNE_WATCH_H

#include <attune/allocator.h>
#include <attune/export.h>
#include <attune/field.h>
#include <attune/rule.h>
#include <attune/scale.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- What comes out ---- */

#define ATTUNE_MARK_DROP 0        /* possible rupture: alliance below what was usual */
#define ATTUNE_MARK_RETURN 1      /* back in range after a drop */
#define ATTUNE_MARK_SHIFT 2       /* the lower scores have become the new usual level */
#define ATTUNE_MARK_EROSION 3     /* alliance has slid a little at a time */
#define ATTUNE_MARK_LOW 4         /* on the worse side of a published cut-off */
#define ATTUNE_MARK_WORSE 5       /* reliably worse than at the start */
#define ATTUNE_MARK_REPORTED 6    /* strain in the alliance was reported */
#define ATTUNE_MARK_BOTTOM 7      /* the bottom of a V */
#define ATTUNE_MARK_STEP 8        /* scores lie lower from here on; limit is their mean */
#define ATTUNE_MARK_FALL 9        /* lower than last time by what is taken up with the client */
#define ATTUNE_MARK_OFF_TRACK 10  /* worse than a norm of expected response foresees */
#define ATTUNE_MARK_DIVERGENCE 11 /* client and therapist differ unusually: limit and reference */
                                  /* are the client's score, given what the therapist rated */
#define ATTUNE_MARK_ORDER 12 /* alliance fell at first_session, distress rose at last_session */

#define ATTUNE_LEVEL_POSSIBLE 0
#define ATTUNE_LEVEL_PROBABLE 1 /* reports draw attention from here on */
#define ATTUNE_LEVEL_SEVERE 2

#define ATTUNE_MARK_EARLY 1u       /* fewer than four sessions stand behind it */
#define ATTUNE_MARK_AFTER_GAP 2u   /* the session before was not completed */
#define ATTUNE_MARK_PROVISIONAL 4u /* it leans on a derived or unconfirmed constant */
#define ATTUNE_MARK_CEILING 8u     /* the earlier scores stand at the top of the scale */

/* The signals that a rule may join: the course itself, and its companions by their role. */
#define ATTUNE_SIGNAL_CLIENT 0
#define ATTUNE_SIGNAL_THERAPIST 1
#define ATTUNE_SIGNAL_DISTRESS 2
#define ATTUNE_SIGNAL_SUBSCALE 3 /* the first; the others follow in the order of the watch */
#define ATTUNE_SIGNALS (ATTUNE_SIGNAL_SUBSCALE + ATTUNE_COMPANIONS_MAX)

/* One mark. Figures are in the measure's own units unless said otherwise. */
typedef struct attune_mark {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t kind;         /* ATTUNE_MARK_DROP.. */
    int32_t level;        /* ATTUNE_LEVEL_* */
    uint32_t flags;       /* ATTUNE_MARK_EARLY.. bits */
    uint64_t group;       /* of attune_stream: the client's number; else 0 */
    uint64_t row;         /* place of the session in what was given, counted from 0 */
    int32_t session;      /* its number */
    int32_t first_session, last_session; /* the sessions that reference and spread rest on;
                                            of ORDER: when each signal left its range */
    uint32_t signals;                    /* bit 1 << ATTUNE_SIGNAL_*: those whose share is given */
    double day;                          /* of the session; NaN when not given */
    double observed;                     /* the score */
    double limit;                        /* the score at which this level begins */
    double statistic; /* larger is stronger evidence; which one: attune_rule_info */
    double reference; /* the usual score it is compared with; NaN when there is none */
    double spread;    /* one unit of statistic in score points; NaN when there is none */
    const char *rule; /* id of the rule; static storage */
    /* Of rules that say what they expected; else NaN: */
    double expected_low, expected_high; /* 90 of 100 scores lie between where no rupture is open;
                                           `low` is the worse end */
    double tail; /* chance of a score as bad as this or worse where none is open */
    /* Of rules that join signals: what each brought of all their evidence, as a share of the sum of
       the sizes; below 0: it spoke against. Of a subscale: its share in the client's fall. */
    double share[ATTUNE_SIGNALS];
} attune_mark;

/* Why a rule said what it said at a session: silence is never ambiguous. */
#define ATTUNE_STATE_QUIET 0       /* looked and found nothing */
#define ATTUNE_STATE_MARKED 1      /* made a mark */
#define ATTUNE_STATE_TOO_FEW 2     /* too few forms so far */
#define ATTUNE_STATE_NO_CONSTANT 3 /* the rule needs a constant that this measure lacks */
#define ATTUNE_STATE_NO_FORM 4     /* the form was not completed */
#define ATTUNE_STATE_NOT_MEANT 5   /* the rule is not for measures of this kind */
#define ATTUNE_STATE_BEYOND 6      /* the session or the first score is not covered by the norm */
#define ATTUNE_STATE_NO_SIGNAL 7   /* the watch has none of the companions that the rule wants */

/* What one rule found at one session, marked or not. */
typedef struct attune_trace {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t state;        /* ATTUNE_STATE_* */
    uint64_t group, row;  /* as in attune_mark */
    int32_t session;
    uint32_t missing; /* ATTUNE_CONSTANT_* bits that NO_CONSTANT lacked */
    double statistic; /* NaN when there is none */
    const char *rule;
    /* Chances, from rules that work them out; else NaN. They are off by .015 (began) and .024
       (open) or less in simulated courses where hazard, depth and slope are about what the rule's
       parameters hold usual, and by up to .032 and .12 where not: docs/filter.md has each world. */
    double p_began; /* that a rupture began at this session or at the one before */
    double p_open;  /* that a rupture is open */
} attune_trace;

#define ATTUNE_EPISODE_REPAIRED 0
#define ATTUNE_EPISODE_PARTIAL 1
#define ATTUNE_EPISODE_UNRESOLVED 2
#define ATTUNE_EPISODE_CENSORED 3

/*
 * What an episode looks like, as far as scores show it; the shapes are those that Gumz, Braehler,
 * Geyer & Erices 2012, BMC Med Res Methodol 12:10, describe, the definitions attune's.
 */
#define ATTUNE_SHAPE_V 0       /* one form below, and back at the next one */
#define ATTUNE_SHAPE_DECLINE 1 /* lowest at its last form below, then back at once */
#define ATTUNE_SHAPE_STEP 2    /* at least two forms below, and not back: the level has fallen */
#define ATTUNE_SHAPE_EROSION 3 /* shortfalls that added up */
#define ATTUNE_SHAPE_OTHER 4   /* repaired in more than one step, or in part */
#define ATTUNE_SHAPE_OPEN 5    /* the course ends too soon to tell */

/* One possible rupture from its onset to its repair or to the end of the series. */
typedef struct attune_episode {
    uint32_t struct_size;     /* set by the caller; of an array, in the first element, for all */
    int32_t status;           /* ATTUNE_EPISODE_* */
    int32_t onset_session;    /* first session marked */
    int32_t nadir_session;    /* the lowest session; the first of several */
    int32_t resolved_session; /* where it was repaired or partly so; -1 when neither */
    int32_t length;           /* observed sessions below the repair limit, from onset on */
    double depth;             /* reference at onset minus the nadir, score points */
    double depth_sigma;       /* the same in units of the spread at onset */
    const char *rule;
    int32_t shape;        /* ATTUNE_SHAPE_* */
    int32_t agreeing;     /* other rules of the watch with an episode that overlaps this one */
    int32_t last_session; /* of what the episode covers: where it was repaired, or its last form */
    int32_t reserved;
} attune_episode;

/* What a rule's silence on a whole course means: only QUIET is "looked and found nothing". */
#define ATTUNE_SILENCE_MARKED 0      /* not silent */
#define ATTUNE_SILENCE_QUIET 1       /* looked and found nothing */
#define ATTUNE_SILENCE_TOO_FEW 2     /* too few forms to look */
#define ATTUNE_SILENCE_NO_CONSTANT 3 /* the rule needs a constant that this measure lacks */
#define ATTUNE_SILENCE_NOT_MEANT 4   /* the rule is not for measures of this kind */
#define ATTUNE_SILENCE_CEILING 5     /* found nothing, but half of the forms or more stand at the */
                                     /* top: a fall from above it cannot be seen */
#define ATTUNE_SILENCE_FLOOR 6       /* the same at the other end: there is nowhere to fall */
#define ATTUNE_SILENCE_GAPS 7      /* found nothing, but a third of the sessions or more have no */
                                   /* form */
#define ATTUNE_SILENCE_NO_SIGNAL 8 /* the watch has none of the companions that the rule wants */

/* What one rule had to say of a course, and what it had to go by. */
typedef struct attune_silence {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t reason;       /* ATTUNE_SILENCE_* */
    uint32_t missing;     /* ATTUNE_CONSTANT_* bits that NO_CONSTANT lacked */
    int32_t forms;        /* completed */
    int32_t sessions;     /* from the first to the last, by their numbers */
    int32_t answered;     /* sessions at which the rule had an answer */
    int32_t wanted;       /* forms that TOO_FEW still wants */
    int32_t reserved;
    const char *rule;
} attune_silence;

/* The columns of each, in the order of the command's CSV output. */
ATTUNE_API const attune_field *attune_mark_fields(size_t *count);
ATTUNE_API const attune_field *attune_trace_fields(size_t *count);
ATTUNE_API const attune_field *attune_episode_fields(size_t *count);
ATTUNE_API const attune_field *attune_silence_fields(size_t *count);

/* ---- The plan: which rules, with which constants ---- */

/*
 * An immutable plan of rules and constants; may be used by many threads at once. Owned: free it
 * with attune_watch_free. NULL constants are refused; NULL allocator is malloc.
 * ATTUNE_E_COUNT when n_choices is 0 or above ATTUNE_RULESET_MAX, or when the rules together want
 * to remember more of a course than there is room for; ATTUNE_E_OPTION for a direction that is
 * neither, for a parameter out of its range (err->index is the choice, err->key the parameter) and
 * for constants that are infinite, or spreads and thresholds that are not above 0;
 * ATTUNE_E_DUPLICATE when one rule stands twice.
 */
typedef struct attune_watch attune_watch;

ATTUNE_API attune_status attune_watch_new(attune_watch **out, const attune_constants *constants,
                                          const attune_rule_choice *choices, size_t n_choices,
                                          const attune_allocator *allocator, attune_error *err);
ATTUNE_API void attune_watch_free(attune_watch *watch);

/* The watch's i-th rule, in the order it was given; NULL beyond the last. Thread-safe. */
ATTUNE_API const attune_rule *attune_watch_rule(const attune_watch *watch, size_t i);

/* The role of its i-th companion; -1 beyond the last. Thread-safe. */
ATTUNE_API int32_t attune_watch_companion(const attune_watch *watch, size_t i);

/* ---- One pass over a whole course ---- */

/* One client's course on one measure by one rater, in session order. */
typedef struct attune_series {
    uint32_t struct_size;            /* set by the caller */
    uint32_t n_companions;           /* as many as the watch has, or 0: none of them spoke */
    uint64_t count;                  /* sessions */
    const int32_t *session;          /* from 0, strictly rising; NULL: 1, 2, 3... */
    const double *day;               /* days, any origin, NaN where not known; NULL: not known */
    const double *score;             /* NaN: form not completed */
    const double *const *companions; /* n_companions columns of count values, NaN: not completed; a
                                        column may be NULL: it never spoke */
} attune_series;

/*
 * Scan a course: by definition the same as pushing its sessions one by one into a monitor, to the
 * bit. Marks come in session order, then in the order of the watch's rules.
 *   marks, capacity  room; at most 2 marks a rule and session come out
 *   n_marks          how many came out; must not be NULL
 *   traces           room for count * rules entries (trace_capacity), session by session; NULL and
 *                    0 to decline
 * ATTUNE_E_ARGUMENT, _STRUCT_SIZE; ATTUNE_E_COUNT when the traces do not fit, or when the marks do
 * not (err->index is how many there are); ATTUNE_E_VALUE with err->index for an infinite score or
 * day, a score outside the measure's range by half a step or more, or a session number below 0
 * (err->key "companion" for a companion's score, which is its own measure's);
 * ATTUNE_E_COUNT for n_companions that are neither 0 nor the watch's; ATTUNE_E_ORDER with
 * err->index. An empty series is no error and gives no marks. On failure
 * *n_marks is untouched, as are marks and traces. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_scan(const attune_watch *watch, const attune_series *series,
                                     attune_mark *marks, size_t capacity, size_t *n_marks,
                                     attune_trace *traces, size_t trace_capacity,
                                     attune_error *err);

/*
 * The rupture episodes of a course, rule by rule in the order of the watch's rules, then by onset.
 * Repaired at the first later session within delta_repair spreads (a half) of the reference at
 * onset; partial when half of the depth was regained; unresolved when neither by the last session
 * and at least two sessions were observed after the onset; censored otherwise.
 * Arguments and statuses as in attune_scan.
 */
ATTUNE_API attune_status attune_episodes_scan(const attune_watch *watch,
                                              const attune_series *series, attune_episode *episodes,
                                              size_t capacity, size_t *n_episodes,
                                              attune_error *err);

/*
 * Who is silent and why: what each rule of the watch had to say of the course, one entry a rule in
 * the watch's order. "At the top" is less than one step below the scale's best score (at the other
 * end likewise); without a known step and range nothing is said of either. Arguments and statuses
 * as in attune_scan; ATTUNE_E_COUNT when silences has no room for every rule.
 */
ATTUNE_API attune_status attune_silence_scan(const attune_watch *watch, const attune_series *series,
                                             attune_silence *silences, size_t capacity,
                                             size_t *n_silences, attune_error *err);

/*
 * How likely a course is by a rule that is a model of courses (attune_rule_info has learns): the
 * natural log of the density of its completed forms, each given those before it; density in score
 * points, at an end of the scale the chance of that end. For comparing parameters, on the same
 * courses: attune/learn.h does. 0 for a course without a form.
 *   watch    gives the measure's constants; its rules and companions are not looked at
 *   choice   the rule and its parameters
 * ATTUNE_E_ARGUMENT, _STRUCT_SIZE; ATTUNE_E_OPTION with err->key "rule" for one that is no model or
 * does not look at such measures, or with the name of a parameter out of its range;
 * ATTUNE_E_CONSTANT when the measure lacks one that the rule needs; then what attune_scan refuses
 * of the course. On failure *log_likelihood is untouched. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_likelihood_scan(const attune_watch *watch,
                                                const attune_rule_choice *choice,
                                                const attune_series *series, double *log_likelihood,
                                                attune_error *err);

/* ---- Live: one client, session by session ---- */

/*
 * A monitor follows one client on one measure. Owned; not to be shared between threads without a
 * lock. It copies what it needs of the watch. Its size never grows. ATTUNE_E_OPTION when a rule of
 * the watch looks ahead (err->index says which): such rules want the whole course, attune_scan.
 *
 *     attune_monitor *monitor;
 *     attune_monitor_new(&monitor, watch, NULL, NULL);
 *     attune_mark marks[16] = { { .struct_size = sizeof marks[0] } };
 *     size_t n = 0;
 *     attune_monitor_push(monitor, 7, NAN, 4.3, marks, 16, &n, NULL);
 *     attune_monitor_free(monitor);
 */
typedef struct attune_monitor attune_monitor;

ATTUNE_API attune_status attune_monitor_new(attune_monitor **out, const attune_watch *watch,
                                            const attune_allocator *allocator, attune_error *err);
ATTUNE_API attune_status attune_monitor_clone(attune_monitor **out, const attune_monitor *monitor,
                                              const attune_allocator *allocator, attune_error *err);
ATTUNE_API void attune_monitor_free(attune_monitor *monitor);

/*
 * Commit a session: its number (from 0, above the last one's), its day (NaN: not known) and its
 * score (NaN: form not completed). The marks it makes come out as in attune_scan. A refused push
 * changes nothing. Allocates nothing.
 */
ATTUNE_API attune_status attune_monitor_push(attune_monitor *monitor, int32_t session, double day,
                                             double score, attune_mark *marks, size_t capacity,
                                             size_t *n_marks, attune_error *err);

/* Ask what such a session would mark, without committing it. */
ATTUNE_API attune_status attune_monitor_peek(const attune_monitor *monitor, int32_t session,
                                             double day, double score, attune_mark *marks,
                                             size_t capacity, size_t *n_marks, attune_error *err);

/* What each rule of the watch found at the last session pushed; traces has room for all rules. */
ATTUNE_API attune_status attune_monitor_trace(const attune_monitor *monitor, attune_trace *traces,
                                              size_t capacity, size_t *n_traces, attune_error *err);

/*
 * Completed sessions still wanted before the watch's i-th rule can answer; 0 when it can.
 * -1 when it never will, because the measure lacks a constant or is not of its kind or the watch
 * has no companion that the rule wants, and for a NULL monitor or an i beyond the last rule.
 */
ATTUNE_API int32_t attune_monitor_wait(const attune_monitor *monitor, size_t i);

/* ---- Many clients in columns ---- */

/* A column as Apache Arrow lays it out: value i is valid when bit (offset + i) is set. */
typedef struct attune_column {
    const double *values;    /* the buffer's start; element i is values[offset + i] */
    const uint8_t *validity; /* least significant bit first; NULL: all valid */
    int64_t offset;
    int64_t length;
} attune_column;

/* Rows sorted by group, then session. */
typedef struct attune_batch {
    uint32_t struct_size;            /* set by the caller */
    uint32_t n_companions;           /* as many as the watch has, or 0: none of them spoke */
    const uint64_t *group;           /* length rows: the client's number */
    const int32_t *session;          /* length rows; NULL: 1, 2, 3... within each group */
    attune_column score;             /* NaN and not valid both mean not completed */
    attune_column day;               /* values NULL: not known; else as long as score */
    const attune_column *companions; /* n_companions, each as long as score or with values NULL */
} attune_batch;

/*
 * A stream reads a table in pieces and carries the unfinished client over the border, so that any
 * split of the rows gives the same bits. One thread at a time. Refuses rules that look ahead, as a
 * monitor does.
 */
typedef struct attune_stream attune_stream;

ATTUNE_API attune_status attune_stream_new(attune_stream **out, const attune_watch *watch,
                                           const attune_allocator *allocator, attune_error *err);
ATTUNE_API void attune_stream_free(attune_stream *stream);

/*
 * Push a batch's rows. Stops early, with *n_rows below the batch's length, when marks (or traces,
 * if not NULL) have no room for another row's most: push the rest again (score.offset and length
 * moved on, group and session pointers too). Groups must not come back once left: a group number
 * below the last one's is ATTUNE_E_ORDER. Rows are checked before any is taken: a refused batch
 * changes nothing.
 */
ATTUNE_API attune_status attune_stream_push(attune_stream *stream, const attune_batch *batch,
                                            attune_mark *marks, size_t capacity, size_t *n_marks,
                                            attune_trace *traces, size_t trace_capacity,
                                            size_t *n_traces, size_t *n_rows, attune_error *err);

#ifdef __cplusplus
}
#endif

#endif
