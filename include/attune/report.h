/* Reports: what one client's courses say, and a clinician's caseload, as text for a terminal. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_REPORT_H
#define ATTUNE_REPORT_H

#include <attune/allocator.h>
#include <attune/export.h>
#include <attune/response.h>
#include <attune/rule.h>
#include <attune/scale.h>
#include <attune/score.h>
#include <attune/status.h>
#include <attune/watch.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Reports are prompts for a conversation. They name possible ruptures with their numbers, and no
 * diagnosis, risk level, ranking or recommendation. All text is UTF-8, in English, the same in
 * every locale; attune_text_ascii turns it into plain ASCII.
 *
 * Calls that write text return the length it has or would need, without the closing NUL; they
 * write nothing when capacity is not above it. They allocate nothing. All calls are thread-safe;
 * a caseload is filled by one thread at a time.
 */

/* ---- Single sentences ---- */

/*
 * Why a mark was made, in one sentence with its numbers: "4.3 where 5.5 was usual (sessions 1–6,
 * spread 0.35): 3.5 spreads lower; limit 4.5". Also says what to know about it: a provisional
 * constant, few sessions so far, a gap before, earlier scores at the top of the scale.
 * scale may be NULL: figures are then printed as fine as they need. 0 for a NULL mark.
 */
ATTUNE_API size_t attune_mark_reason(const attune_mark *mark, const attune_scale *scale, char *text,
                                     size_t capacity);

/*
 * What is said of the scale's i-th safety item (attune_scale_safety) when it was answered at or
 * above its threshold, always in these words: "Item 9 answered 2 (0–3): follow your service's risk
 * protocol." The answer is taken as it was given, before any turning; no level follows from it.
 * 0, and text is left alone, for an answer below the threshold or NaN, and beyond the last item.
 *
 *     for (size_t i = 0; i < info.safety_count; i++) {
 *         attune_safety_info safety = { .struct_size = sizeof safety };
 *         attune_scale_safety(scale, i, &safety);
 *         if (attune_safety_sentence(scale, i, items[safety.item - 1], text, sizeof text) > 0)
 *             puts(text);
 *     }
 */
ATTUNE_API size_t attune_safety_sentence(const attune_scale *scale, size_t i, double answer,
                                         char *text, size_t capacity);

/*
 * What has to be said wherever a scale was used, one clause a kind, without a full stop: "licensed:
 * used on the statement that its owner's licence is held". The command writes these below its
 * tables and into JSON, the reports into their foot. constants are those that reach the result, and
 * NULL where none do: what is said of constants is then left out. 0, and text is left alone, where
 * a kind has nothing to say, and for a NULL scale or a number that is no kind.
 *
 *     for (int32_t kind = 0; kind < ATTUNE_CAVEAT_END; kind++)
 *         if (attune_scale_caveat(scale, &constants, kind, text, sizeof text) > 0)
 *             puts(text);
 */
#define ATTUNE_CAVEAT_DEMONSTRATION 0
#define ATTUNE_CAVEAT_LICENSED 1
#define ATTUNE_CAVEAT_UNCONFIRMED 2           /* the scale: no second source or second reading */
#define ATTUNE_CAVEAT_PROVISIONAL 3           /* the scale: derived from published figures */
#define ATTUNE_CAVEAT_CONSTANTS_UNCONFIRMED 4 /* which constants are used although they are */
#define ATTUNE_CAVEAT_CONSTANTS_PROVISIONAL 5 /* which are derived */
#define ATTUNE_CAVEAT_CONSTANTS_WITHHELD 6    /* which are not used, being unconfirmed */
#define ATTUNE_CAVEAT_SET 7                   /* of which set the constants are, but the default */
#define ATTUNE_CAVEAT_NORMS 8                 /* whose norms they are */
#define ATTUNE_CAVEAT_HASH 9                  /* SHA-256 of the scale's file, in full */
#define ATTUNE_CAVEAT_MADE_WITH 10            /* set and hash in short */
#define ATTUNE_CAVEAT_END 11

ATTUNE_API size_t attune_scale_caveat(const attune_scale *scale, const attune_constants *constants,
                                      int32_t kind, char *text, size_t capacity);

/*
 * What is said wherever a norm of expected response was used, one sentence: "Norm Northside 2026:
 * 431 clients, 4120 forms, sessions 1 to 20; fitted by the audit group, 2026-11-03; population:
 * adults; file SHA-256 0a1b2c3d4e5f." WHOLE gives all digits of the hash, for programs. norm is one
 * that attune_norm_load gave; of one that was fitted and not read there is no hash to name. 0, and
 * text is left alone, for a NULL norm or a number that is no kind.
 */
#define ATTUNE_NORM_SHORT 0
#define ATTUNE_NORM_WHOLE 1
#define ATTUNE_NORM_SENTENCE_MAX 1024 /* bytes that it needs at most, NUL included */

ATTUNE_API size_t attune_norm_sentence(const attune_norm *norm, int32_t kind, char *text,
                                       size_t capacity);

/*
 * attune_mark_reason, and of a mark that a norm made (ATTUNE_MARK_OFF_TRACK) which: "22 where 13.4
 * was expected (session 1); limit 21.9; norm: Northside 2026, 431 clients". A NULL norm is not
 * named.
 */
ATTUNE_API size_t attune_norm_reason(const attune_norm *norm, const attune_mark *mark,
                                     const attune_scale *scale, char *text, size_t capacity);

/* Turn UTF-8 into ASCII in place ("→" becomes "->"); never grows. Returns the new length. */
ATTUNE_API size_t attune_text_ascii(char *text);

/* ---- What goes in ---- */

/*
 * One client's course on one measure by one rater, in session order. The memory stays the
 * caller's and is not needed after the call that it was given to.
 */
typedef struct attune_report_series {
    uint32_t struct_size;      /* set by the caller; of an array, in the first element, for all */
    int32_t rater;             /* ATTUNE_RATER_* */
    uint64_t count;            /* forms */
    uint64_t item_count;       /* answers of each form in items; 0 when items is NULL */
    const char *measure;       /* id, "phq-9" */
    const attune_scale *scale; /* NULL: no scale describes the measure */
    const attune_constants *constants; /* NULL: the scale's own */
    const int32_t *session;            /* strictly rising */
    const double *day;                 /* days since 1970-01-01, NaN not known; NULL: none known */
    const attune_score *forms;         /* totals; score NaN: not completed, and reason says why */
    const double *items; /* answers of form i from items[i * item_count]; NULL: not known */
} attune_report_series;

/* One client. Series in the order wanted: the first of each construct makes the headline. */
typedef struct attune_report_client {
    uint32_t struct_size; /* set by the caller */
    uint32_t reserved;
    uint64_t count;        /* series */
    const char *client;    /* identifier, a pseudonym */
    const char *clinician; /* identifier; NULL when not known */
    const attune_report_series *series;
} attune_report_client;

/* A NULL options pointer means the defaults. */
typedef struct attune_report_options {
    uint32_t struct_size;              /* set by the caller */
    int32_t has_day;                   /* 1: day is today */
    double day;                        /* days since 1970-01-01 */
    const attune_rule_choice *choices; /* NULL: the rules of the set "default" */
    uint64_t n_choices;
    const char *rules;       /* what is printed of them; NULL: the default set's label */
    const char *clinician;   /* caseload: whose, printed; NULL: everybody's */
    const attune_norm *norm; /* that the response of the series' constants is of, named in the foot
                                wherever it was looked at; NULL: none */
} attune_report_options;

#define ATTUNE_REPORT_OPTIONS_INIT                                                                 \
    {                                                                                              \
        (uint32_t)sizeof(attune_report_options), 0, 0.0, NULL, 0, NULL, NULL, NULL                 \
    }

/* How text is laid out. A NULL options pointer means the defaults. */
typedef struct attune_text_options {
    uint32_t struct_size; /* set by the caller */
    int32_t width;        /* columns, 60 to 200; 0: 80 */
    int32_t ascii;        /* 1: ASCII only */
    int32_t reserved;
} attune_text_options;

#define ATTUNE_TEXT_OPTIONS_INIT                                                                   \
    {                                                                                              \
        (uint32_t)sizeof(attune_text_options), 0, 0, 0                                             \
    }

/* ---- One client ---- */

/*
 * Everything that the report on one client says: immutable, before any drawing. Owned: free it
 * with attune_client_report_free.
 * ATTUNE_E_ARGUMENT, _STRUCT_SIZE; ATTUNE_E_COUNT for more than ATTUNE_REPORT_SERIES_MAX series or
 * ATTUNE_REPORT_FORMS_MAX forms, or for an item_count that is not the scale's; ATTUNE_E_OPTION for
 * a day, rules, constants or a norm that cannot be; ATTUNE_E_VALUE for text that is not UTF-8, an
 * infinite score, or one that misses the measure's range by half a step or more; ATTUNE_E_ORDER
 * when sessions do not rise; ATTUNE_E_DUPLICATE when a measure and rater stand twice;
 * ATTUNE_E_MEMORY. err->index is the series. A client without any form is no error: the report then
 * says so. On failure *out is untouched.
 *
 *     attune_client_report *report;
 *     char text[8192];
 *     if (attune_client_report_new(&report, &client, NULL, NULL, NULL) == ATTUNE_OK &&
 *         attune_client_report_text(report, NULL, text, sizeof text) < sizeof text)
 *         fputs(text, stdout);
 *     attune_client_report_free(report);
 */
typedef struct attune_client_report attune_client_report;

#define ATTUNE_REPORT_SERIES_MAX 64
#define ATTUNE_REPORT_FORMS_MAX 10000 /* of one series */

ATTUNE_API attune_status attune_client_report_new(attune_client_report **out,
                                                  const attune_report_client *client,
                                                  const attune_report_options *options,
                                                  const attune_allocator *allocator,
                                                  attune_error *err);
ATTUNE_API void attune_client_report_free(attune_client_report *report);

/* The report as text; 0 for a NULL report or options out of range. */
ATTUNE_API size_t attune_client_report_text(const attune_client_report *report,
                                            const attune_text_options *options, char *text,
                                            size_t capacity);

/* ---- A caseload ---- */

/*
 * A list of conversations to have, not a measure of the clinician: three groups of clients, in
 * identifier order inside each. Owned: free it with attune_caseload_free.
 * attune_caseload_push adds one client (its clinician is not looked at: push those wanted); it
 * fails like attune_client_report_new, and with ATTUNE_E_DUPLICATE for a client that is in
 * already. A refused push changes nothing.
 */
typedef struct attune_caseload attune_caseload;

ATTUNE_API attune_status attune_caseload_new(attune_caseload **out,
                                             const attune_report_options *options,
                                             const attune_allocator *allocator, attune_error *err);
ATTUNE_API attune_status attune_caseload_push(attune_caseload *caseload,
                                              const attune_report_client *client,
                                              attune_error *err);
ATTUNE_API size_t attune_caseload_count(const attune_caseload *caseload);
ATTUNE_API void attune_caseload_free(attune_caseload *caseload);

/* The caseload as text; 0 for a NULL caseload or options out of range. */
ATTUNE_API size_t attune_caseload_text(const attune_caseload *caseload,
                                       const attune_text_options *options, char *text,
                                       size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
