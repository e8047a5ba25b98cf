/* Simulated courses with known truth: alliance by both raters, distress, ruptures. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_SIMULATE_H
#define ATTUNE_SIMULATE_H

#include <attune/export.h>
#include <attune/field.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The model. A client i has n sessions, a level, a spread and a slope; sessions are t = 1..n:
 *
 *     n      uniform from sessions_min to sessions_max
 *     level  normal(level_mean, level_sd)
 *     spread within_sd * exp(c * z), c = sqrt(ln(1 + within_cv^2)): within_sd is the median
 *     slope  normal(slope_mean, slope_sd)
 *     dev_t  = a_t + w_t - effect_t: a_t first-order autoregressive with ar_phi and stationary from
 *            the start, of variance ar_share * spread^2; w_t independent, of the rest of it
 *     y_t    = level + slope * (t - 1) + dev_t, rounded to 1 / steps, cut to low..high; then not
 *            completed with the chance "missing", in a rupture as outside of it
 *
 * Ruptures begin from session first_onset on, each session with the chance "hazard" while none is
 * open. Depth is the larger of depth_min and depth_median * exp(depth_sdlog * z); length is
 * 1 + the number of times that a chance of "longer" comes in a row. A rupture is repaired with the
 * chance "repaired": effect_t is its depth for its length and then gone; for "refractory" sessions
 * after its last one none begins. One that is not repaired stays, at full depth, until the course
 * ends, and no other begins; with the chance "partial" it regains half of its depth after its
 * length. With the chance "gradual" a rupture longer than one session comes on in equal parts
 * over its length. A session is in a rupture when its effect is above 0.
 *
 * Drop-out: after each session from first_onset on the client leaves with the chance "dropout", or
 * "dropout_rupture" while in a rupture.
 *
 * What others follow of the client's deviation: 'heard_t = a_t + heard * w_t - effect_t'.
 *
 * Therapist: 'level_t = level_mean + therapist_shift * SD + r * (level - level_mean) +
 * sqrt(1 - r^2) * level_sd * z', r = therapist_between, SD = sqrt(level_sd^2 + within_sd^2);
 * around it 'therapist_sd * (q * heard_t / within_sd + sqrt(1 - q^2) * z_t)',
 * q = therapist_within.
 *
 * Distress: x_t = start + (log + therapist) * ln t + shift_t + e_t + distress_sd *
 * distress_alliance * heard_(t-1) / within_sd, e_t autoregressive with distress_phi and of SD
 * distress_sd; so alliance moves the distress of the session after. "therapist" is
 * normal(0, caseload_sd) and the same for all clients of one: clients 0 to caseload - 1 are the
 * first one's, and so on. From session first_onset on, distress falls at once and for good with the
 * chance "gain", or rises with the chance "loss", by shift_median * exp(shift_sdlog * z); shift_t
 * sums that up. It has nothing to do with ruptures.
 *
 * Before a session from the second on: 'level + slope * (t - 2) + a_(t-1) - effect_(t-1) -
 * before_fall', and a momentary part of its own; so alliance is lower than after the last session
 * and rises within the session, as Zlotnick et al. 2020 found. By how much is not published:
 * before_fall .2 is an assumption.
 *
 * Observer: withdrawal at any session with the chance "withdrawal", whatever the scores do;
 * confrontation with the chance confrontation_drop where the effect of a rupture begins or grows,
 * with "confrontation" elsewhere (Ehrlich & Lutz 2015: withdrawal in over 60 % of sessions of any
 * kind, confrontation in 12 % and, where distress rose suddenly, 42 %).
 *
 * The sources say how strongly the therapist's scores and the next session's distress go with the
 * client's scores, not whether they follow the momentary part w_t of these. By default they do not
 * (heard 0): w_t is what a form says beside the course of the alliance, mostly its error. Where the
 * internal consistency is .92, as of most scores of the WAI (Hanson et al. 2002), error takes .08
 * of the variance of scores, a third of the .23 within clients; w_t has .40 of it. A form's error
 * reaches neither another person's form nor the distress of a week later. The world "echo" is the
 * other reading: all of w_t is heard, a bad hour that both felt. Sizes are set so that the
 * correlations that can be observed come out as published in either.
 *
 * Direct report: at a session in a rupture at least report_depth deep the client says so with the
 * chance report_hit, at any other with report_base; known at sessions with a completed form.
 *
 * What the sources leave open was decided so that their figures come out; tests/simulate holds
 * them: intraclass correlation .72 without and .68 with ruptures and mean lag-1 of .22 (16 complete
 * sessions), .49 of cases, .17 of sessions, .51 of ruptures repaired, false alarms of own_range at
 * steady courses, and its sensitivity in three worlds at three false-alarm rates; a sudden gain or
 * loss of distress by Tang & DeRubeis's criteria in .29 of cases (Lutz et al. 2013), of which these
 * criteria find .22 where distress never shifts, gains in .24; .05 of the change of distress lying
 * between therapists. Decided so are:
 * within_sd is the median of clients' spreads; depths below the least are raised to it, not drawn
 * again; ruptures come on at once (with gradual declines the fixed rules would find .60 instead of
 * .67 at onset); an unrepaired one stays; a hit is a mark at the onset or the session after; and a
 * false-alarm rate counts sessions outside ruptures at which the rule answers.
 *
 * This is a model. How often a rule errs in it ranks rules and prices alarms; it is not how often
 * it errs with people.
 */
typedef struct attune_world {
    uint32_t struct_size; /* set by the caller */
    int32_t sessions_min, sessions_max;
    int32_t first_onset, refractory;
    int32_t caseload;
    double level_mean, level_sd, within_sd, within_cv, slope_mean, slope_sd, ar_share, ar_phi;
    double hazard, depth_median, depth_sdlog, depth_min, longer, repaired, partial, gradual;
    double missing, dropout, dropout_rupture;
    double low, high, steps; /* of the alliance measure, either rater; steps 0: not rounded */
    double therapist_shift, therapist_between, therapist_within, therapist_sd;
    double distress_start_mean, distress_start_sd, distress_log_mean, distress_log_sd;
    double distress_sd, distress_phi, distress_alliance, distress_low, distress_high;
    double distress_steps;
    double report_hit, report_base, report_depth;
    double heard, before_fall, withdrawal, confrontation, confrontation_drop;
    double caseload_sd, gain, loss, shift_median, shift_sdlog;
} attune_world;

#define ATTUNE_WORLD_SESSIONS_MAX 1000
#define ATTUNE_WORLD_CLIENTS_MAX UINT64_C(536870911) /* 2^29 - 1 */

/*
 * The named worlds, from "default" on: each is the default with one thing changed. The name is ""
 * beyond the last, the text says what is changed. Constant strings. Thread-safe.
 */
ATTUNE_API size_t attune_world_count(void);
ATTUNE_API const char *attune_world_name(size_t i);
ATTUNE_API const char *attune_world_text(size_t i);

/*
 * Fills a world by its name. ATTUNE_E_ARGUMENT for NULL, ATTUNE_E_STRUCT_SIZE, ATTUNE_E_UNKNOWN
 * when there is no world of that name; then world is untouched. Thread-safe.
 */
ATTUNE_API attune_status attune_world_describe(const char *name, attune_world *world);

/* The parameters as columns. Constant; count may be NULL. Thread-safe. */
ATTUNE_API const attune_field *attune_world_fields(size_t *count);

/* ---- A world like a clinic's own ---- */

#define ATTUNE_WORLD_COURSES_LEAST 20 /* courses of five completed forms or more */

/* What such a world was estimated from. */
typedef struct attune_world_facts {
    uint32_t struct_size; /* set by the caller */
    int32_t courses;      /* of five completed forms or more: those that were used */
    int32_t forms;        /* completed, of all courses */
    int32_t reserved;
    double total_sd; /* of all scores */
} attune_world_facts;

/*
 * Puts the constants of a clinic's courses in a world's place of them, without ruptures: level and
 * slope at the first session with their SDs, spread and how it differs between clients, inertia,
 * and the share of sessions without a form. By moments of each course's least squares line: what
 * single courses are uncertain by is taken off the SDs between clients; inertia is the lag-1
 * autocorrelation of neighbouring sessions, freed of what the line takes (ar_share 1). The world's
 * scale, raters and everything else stay as they are. Ruptures in the courses widen the spread:
 * a world with the real spread would be a little narrower, so thresholds that are tuned in this one
 * lie on the side of fewer alarms.
 *   starts     courses + 1 places: course c is elements starts[c] to starts[c + 1] - 1
 *   session    strictly rising within a course
 *   score      NaN: form not completed
 * ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; ATTUNE_E_VALUE for an infinite score, ATTUNE_E_ORDER,
 * either with err->index; ATTUNE_E_TOO_FEW below ATTUNE_WORLD_COURSES_LEAST courses;
 * ATTUNE_E_NUMERIC when no score differs from its course's line. On failure nothing is written.
 * Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_world_estimate(const size_t *starts, size_t courses,
                                               const int32_t *session, const double *score,
                                               attune_world *world, attune_world_facts *facts,
                                               attune_error *err);

/* ---- Clients ---- */

#define ATTUNE_RUPTURE_V 0       /* one session, and back */
#define ATTUNE_RUPTURE_DIP 1     /* at once, longer than one session, and back */
#define ATTUNE_RUPTURE_DECLINE 2 /* gradual, and back at once */
#define ATTUNE_RUPTURE_STEP 3    /* not back, or half of it only */

/* One rupture as it truly was. */
typedef struct attune_rupture {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t onset_session;
    int32_t last_session; /* the last one in the rupture, within the course */
    int32_t shape;        /* ATTUNE_RUPTURE_* */
    int32_t status; /* ATTUNE_EPISODE_*: repaired when it was over before the course was; partial
                       when half was regained by then; else unresolved when it would have stayed and
                       two sessions or more came after its onset; censored otherwise */
    int32_t reserved;
    double depth; /* score points before rounding */
} attune_rupture;

ATTUNE_API const attune_field *attune_rupture_fields(size_t *count);

/*
 * One client. The caller sets struct_size and the room; columns that are NULL are not made, and
 * leave every other as it is. Values are NaN where the form was not completed.
 */
typedef struct attune_simulation {
    uint32_t struct_size;
    int32_t sessions;       /* out: sessions that took place */
    double *alliance;       /* room for sessions_max values, or NULL */
    double *therapist;      /* the same */
    double *distress;       /* the same */
    double *report;         /* the same: 1 reported, 0 not */
    double *before;         /* the same: alliance before the session; none before the first */
    int32_t *in_rupture;    /* the same: 1 in a rupture, 0 not */
    int32_t *withdrawal;    /* the same: 1 where an observer sees it, 0 not */
    int32_t *confrontation; /* the same */
    int32_t *shift;         /* the same: -1 at a sudden gain, which lowers distress, 1 at a loss */
    attune_rupture *ruptures; /* room for sessions_max of them, or NULL; struct_size in the first */
    int32_t n_ruptures;       /* out, also when ruptures is NULL */
    int32_t dropped_out;      /* out: 1 when the client left before the course was over */
    int32_t therapist_number; /* out: from 0 on */
    int32_t reserved;
    double level, spread, slope; /* out: of the client */
} attune_simulation;

/* Scratch that a client of this world wants, in bytes; 0: the world is NULL or not valid. */
ATTUNE_API size_t attune_simulate_work(const attune_world *world);

/*
 * Makes client number "client" of the world's population with this seed: the same bits whatever
 * else was made before, in other threads, or asked for together. Uses GSL's mt19937 in streams;
 * scores come out the same on every machine but for the last bit of exp() and log(), which
 * rounding to the scale's steps hides in all but about one of 10^13 scores.
 *   work       scratch of work_size bytes, any alignment
 * ATTUNE_E_ARGUMENT for NULL; ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT when work_size is too small or
 * client not below ATTUNE_WORLD_CLIENTS_MAX; ATTUNE_E_OPTION with err->key the parameter, when one
 * of the world's is not finite or outside its range (chances and shares 0..1, ar_phi and the
 * correlations -1..1 without the ends, spreads above 0 or for differences between clients from 0,
 * sessions_min 1..sessions_max, low below high). On failure nothing is written. Allocates nothing.
 * Thread-safe.
 *
 *     attune_world world = { .struct_size = sizeof world };
 *     attune_world_describe("default", &world);
 *     double y[24];
 *     attune_simulation one = { .struct_size = sizeof one, .alliance = y };
 *     attune_simulate(&world, 20261125, 0, work, work_size, &one, NULL);
 */
ATTUNE_API attune_status attune_simulate(const attune_world *world, uint64_t seed, uint64_t client,
                                         void *work, size_t work_size, attune_simulation *out,
                                         attune_error *err);

#ifdef __cplusplus
}
#endif

#endif
