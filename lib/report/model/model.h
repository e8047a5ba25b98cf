/* What the report on one client says: its courses on common columns, and its sentences. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_REPORT_MODEL_H
#define ATN_REPORT_MODEL_H

#include <attune/change.h>
#include <attune/report.h>

#include "lib/report/model/arena.h"
#include "lib/report/words/number.h"

#include <string.h>

/* What a session holds of a course. */
#define ATN_CELL_NONE 0   /* no form */
#define ATN_CELL_MISSED 1 /* a form without a score */
#define ATN_CELL_DONE 2

/* What a mark looks like. The first of several at a session is the one that is seen first. */
typedef enum atn_sign {
    ATN_SIGN_DROP,
    ATN_SIGN_WORSE,
    ATN_SIGN_MAYBE_DROP,
    ATN_SIGN_MAYBE_WORSE,
    ATN_SIGN_SHIFT,
    ATN_SIGN_RETURN,
    ATN_SIGN_END
} atn_sign;

extern const char *const atn_sign_text[ATN_SIGN_END];
atn_sign atn_sign_of(const attune_mark *mark);

/* The parts of a report, in the order of the page. */
typedef enum atn_part {
    ATN_PART_TITLE,    /* the title, then what stands beside it */
    ATN_PART_SAFETY,   /* boxed, first */
    ATN_PART_HEADLINE, /* one or two lines a measure */
    ATN_PART_CONSIDER,
    ATN_PART_SCALES, /* range and direction of each measure */
    ATN_PART_WHY,
    ATN_PART_LIMITS, /* what holds for every report */
    ATN_PART_NOTES,  /* what holds for this one */
    ATN_PART_USES,   /* what has to be said of each scale, label its id; distinct in a caseload */
    ATN_PART_FOOT,
    ATN_PART_LOOK, /* why a caseload lists the client first */
    ATN_PART_END
} atn_part;

/* One sentence, made by one message; label is what stands before it, "" for none. */
typedef struct atn_line {
    const char *label, *text;
    atn_message message;
    struct atn_line *next;
    struct atn_line *after; /* of a caseload's distinct lines, the next one */
} atn_line;

/* Where a caseload lists a client. */
typedef enum atn_group {
    ATN_GROUP_LOOK,
    ATN_GROUP_QUIET,
    ATN_GROUP_FEW,
    ATN_GROUP_NO_RULE,
    ATN_GROUP_END
} atn_group;

/* A measure in a caseload: "24 → 15" and "reliably lower"; "5.6 (+0.7)" and "". */
struct atn_course;

typedef struct atn_row {
    const struct atn_course *course;
    const char *figures, *words;
} atn_row;

/* How far the rules could look at a course. */
#define ATN_LOOKED 0
#define ATN_LOOK_TOO_FEW 1     /* forms still wanted */
#define ATN_LOOK_NO_CONSTANT 2 /* every rule that is meant lacks a constant */
#define ATN_LOOK_NO_RULE 3     /* no rule is meant for such a measure, or direction is not known */

/* One measure by one rater, laid out on the report's sessions. */
typedef struct atn_course {
    const char *measure, *title; /* "core-10", "CORE-10" */
    const char *label;           /* of its row: "distress", "PHQ-9", "therapist" */
    const char *headline; /* of its sentence: "Distress", "PHQ-9"; "" has none unless marked */
    const char *series;   /* what tells it apart in a sentence: "WAI-SR, therapist" */
    attune_constants constants;
    int32_t rater;
    int32_t second;    /* 1: another rater of a measure that stands above */
    int32_t direction; /* 0: not known */
    int32_t demonstration;
    int decimals;
    int has_scale;
    const double *score;       /* a session each, NaN */
    const unsigned char *cell; /* ATN_CELL_* */
    const unsigned *signs;     /* bit 1 << atn_sign */
    size_t observed, missed;   /* forms with and without a score */
    size_t first, last;        /* sessions of the first and last score; as many as none */
    attune_change change;      /* meant when observed > 1 */
    attune_mark *marks;
    size_t n_marks;
    attune_episode *episodes;
    size_t n_episodes;
    int look;       /* ATN_LOOKED... */
    int32_t wanted; /* forms that the rule soonest ready wants */
} atn_course;

struct attune_client_report {
    atn_arena arena;
    const char *client, *clinician; /* clinician "" when not known */
    const char *rules;
    double today; /* NaN: not known */
    size_t n_sessions;
    const int32_t *session;
    const double *day; /* NaN: not known */
    int all_sessions;  /* 1: sessions without any form stand among them */
    size_t n_courses;
    atn_course *courses;
    size_t given[ATTUNE_REPORT_SERIES_MAX]; /* which series of the client a course was */
    const atn_course *distress, *alliance;  /* headline courses; NULL: none */
    atn_line *lines[ATN_PART_END];
    atn_line **ends[ATN_PART_END];
    atn_group group;
    atn_row rows[2]; /* distress and alliance, or the first of what there is */
    size_t n_rows;
    const char *seen, *completed_row; /* "03 Nov"; "C-0214 (1 of 2)" */
    double last_day;                  /* of the last session with a day; NaN */
    size_t completed;                 /* sessions at which every headline course has a score */
};

typedef struct attune_client_report atn_model;

/* Options with defaults filled in, checked. */
typedef struct atn_settings {
    const attune_rule_choice *choices;
    size_t n_choices;
    const char *rules;
    double today;
    attune_norm norm; /* struct_size 0: none */
    attune_rule_choice own[ATTUNE_RULESET_MAX];
} atn_settings;

attune_status atn_settings_read(atn_settings *settings, const attune_report_options *options,
                                attune_error *err);

/* Order of checks as in attune_client_report_new; nothing is touched. */
attune_status atn_client_check(const attune_report_client *client, attune_error *err);

/* The i-th series: the first element's struct_size is the stride. */
const attune_report_series *atn_given_series(const attune_report_client *client, size_t i);
int32_t atn_given_construct(const attune_report_series *series);
const attune_score *atn_given_form(const attune_report_series *series, size_t i);

attune_status atn_model_new(atn_model **out, const attune_report_client *client,
                            const atn_settings *settings, const attune_allocator *allocator,
                            attune_error *err);

/* The series that the i-th course was made from. */
static inline const attune_report_series *
atn_series_of(const atn_model *model, const attune_report_client *client, size_t i)
{
    return atn_given_series(client, model->given[i]);
}

/* Build the parts of the model, in this order. Memory failures are remembered by the arena. */
void atn_sessions_lay(atn_model *model, const attune_report_client *client);
attune_status atn_course_fit(atn_model *model, atn_course *course,
                             const attune_report_series *series, const atn_settings *settings,
                             attune_error *err);
void atn_labels_choose(atn_model *model, const attune_report_client *client);
void atn_say_title(atn_model *model);
void atn_say_scales(atn_model *model);
void atn_say_safety(atn_model *model, const attune_report_client *client);
void atn_say_headline(atn_model *model);
void atn_say_consider(atn_model *model, const attune_report_client *client);
void atn_say_why(atn_model *model, const attune_report_client *client);
void atn_say_limits(atn_model *model, const attune_report_client *client);
void atn_say_uses(atn_model *model, const attune_report_client *client,
                  const atn_settings *settings);
void atn_say_look(atn_model *model, const attune_report_client *client);

void atn_say_row(atn_model *model);
void atn_say_alliance(atn_model *model, const atn_course *course);

/* ---- Episodes ---- */

/* The mark that opened an episode; NULL when there is none. */
const attune_mark *atn_opening_mark(const atn_course *course, const attune_episode *episode);

/* The episode that the headline is about; NULL when there is none. */
const attune_episode *atn_main_episode(const atn_course *course);

/* The mark after its onset at which the lower scores became the usual level; NULL: none. */
const attune_mark *atn_shift_after(const atn_course *course, const attune_episode *episode);

/* "back in range at session 10" */
const char *atn_then_text(atn_model *model, const atn_course *course,
                          const attune_episode *episode);

/* The last completed session before this one; itself when there is none. */
size_t atn_completed_before(const atn_course *course, size_t at);

/* First session of the run of marks of a kind that reaches the last score; n_sessions: none. */
size_t atn_standing_since(const atn_model *model, const atn_course *course, int32_t kind);

/* A mark counts for the caseload while it is one of so many last sessions, or not yet back. */
#define ATN_RECENT_SESSIONS 4

int atn_is_recent(const atn_model *model, size_t session);

const char *atn_rule_text(atn_model *model, const attune_mark *mark); /* "own_range/1" */
const char *atn_reason_text(atn_model *model, const attune_mark *mark, const attune_scale *scale);

/* Add a sentence to a part. */
void atn_add(atn_model *model, atn_part part, const char *label, atn_message message, int one,
             const atn_place *places, size_t n);
void atn_add_text(atn_model *model, atn_part part, const char *label, atn_message message,
                  const char *text);

/* ---- Figures as text, in the model's memory ---- */

const char *atn_score_text(atn_model *model, const atn_course *course, double score);
const char *atn_change_text(atn_model *model, const atn_course *course, double change); /* signed */
const char *atn_count_text(atn_model *model, int64_t count);
const char *atn_day_text(atn_model *model, double day, int with_year); /* "13 Oct"; "" for NaN */
const char *atn_when_text(atn_model *model, size_t session);           /* "session 7, 13 Oct" */

const char *atn_sessions_text(atn_model *model, const unsigned char *flag,
                              size_t *n); /* "4 and 7" */

/* "attune 0.1.0 · rules default/1": what made a report */
const char *atn_foot_text(atn_arena *arena, const char *rules, double today);
const char *atn_date_text(atn_arena *arena, double day, int with_year);

/* Place of a session number among the report's; n_sessions when it is not there. */
size_t atn_session_find(const atn_model *model, int32_t session);

#endif
