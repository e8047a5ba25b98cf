/* How often rules err and what they find, in simulated courses whose truth is known. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_ALARM_H
#define ATTUNE_ALARM_H

#include <attune/export.h>
#include <attune/field.h>
#include <attune/simulate.h>
#include <attune/status.h>
#include <attune/watch.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What is counted. A rule answers at a session when its trace is quiet or marked; it alarms there
 * when it makes a mark that has a level, or, swept, when its statistic is above a threshold. A
 * false alarm is an alarm outside of ruptures, as attune/simulate.h says where they are. A rupture
 * is found when the rule alarms at its onset or at the session after; it is noticed when it alarms
 * at any session from the onset to the rupture's last one, or to the one after the onset when that
 * is later. Every rupture counts, also one whose forms are missing.
 *
 * A threshold for a rate is the rank of the statistics at the sessions outside of ruptures at which
 * the rule answers (an answer without a statistic is below all others): so that no more than this
 * share of them is above it. Where many statistics are equal, fewer are: alarms_per_100 says how
 * many.
 *
 * Every figure is made of whole counts, so that it does not depend on who counted what and in which
 * order; errors are standard errors from the differences between sheets, which know of thresholds
 * that are estimated, and of sessions of one client being alike. All of this is of a model: it
 * ranks rules and prices alarms; it is not how often a rule errs with people.
 */

/* Which ratings of a simulated course a rule is given. */
#define ATTUNE_SIGNAL_ALLIANCE 0  /* the client's */
#define ATTUNE_SIGNAL_THERAPIST 1 /* alliance as the therapist rates it */
#define ATTUNE_SIGNAL_DISTRESS 2
#define ATTUNE_SIGNAL_REPORT 3 /* direct report: 1 reported, 0 not */
#define ATTUNE_SIGNAL_END 4

/* What the rules of a watch said of a stretch of simulated clients: in the caller's memory. */
typedef struct attune_alarm_sheet attune_alarm_sheet;

/* Bytes of a sheet for so many clients of this world; 0: not valid, or too large. */
ATTUNE_API size_t attune_alarm_sheet_size(const attune_watch *watch, const attune_world *world,
                                          uint64_t clients);

/* Scratch that filling one wants, whatever the number of clients; 0 likewise. */
ATTUNE_API size_t attune_alarm_fill_work(const attune_watch *watch, const attune_world *world);

/*
 * Simulates clients first, first + 1, ... and notes what each rule of the watch says of them.
 *   watch      its companions are given the therapist's ratings and the distress of the same
 *              course; subscales are not simulated and never speak
 *   signal     ATTUNE_SIGNAL_*: what the course itself is
 *   lengths    how many sessions the courses have: client i takes lengths[i % n_lengths], which
 *              the world's sessions_max must hold; NULL and 0: as the world has it
 *   sheet      sheet_size bytes, aligned for any type; belongs to the caller, holds no pointers but
 *              to rules' static texts
 * ATTUNE_E_ARGUMENT; ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT when sheet or work is too small, there
 * is no client, or a client's number is too high; ATTUNE_E_OPTION for a signal that is none, and
 * for a world or a length that is not valid; ATTUNE_E_VALUE when the world's scores do not fit
 * the range of the watch's measure. The sheet then is undefined. Allocates nothing. Thread-safe:
 * many sheets may be filled at once.
 */
ATTUNE_API attune_status attune_alarm_fill(const attune_watch *watch, const attune_world *world,
                                           int32_t signal, const int32_t *lengths, size_t n_lengths,
                                           uint64_t seed, uint64_t first, uint64_t clients,
                                           attune_alarm_sheet *sheet, size_t sheet_size, void *work,
                                           size_t work_size, attune_error *err);

#define ATTUNE_ALARM_SWEPT (-1) /* in place of a level */

/*
 * One row: a rule at one of its levels, or swept to a rate of false alarms, in one world. Shares
 * and means are NaN where there is nothing to share among, errors where there is one sheet.
 */
typedef struct attune_alarm {
    uint32_t struct_size; /* set by the caller; of an array, in the first element, for all */
    int32_t version;      /* of the rule */
    int32_t sessions;     /* of every course; -1: as the world has it */
    int32_t level;        /* ATTUNE_LEVEL_*: marks of it and above; ATTUNE_ALARM_SWEPT */
    int32_t clients;
    int32_t answered; /* sessions outside ruptures at which the rule answers */
    int32_t ruptures;
    int32_t silent;         /* ATTUNE_STATE_*: why the rule never answers; -1: it does */
    double rate;            /* share of false alarms it is swept to; NaN: at a level */
    double threshold;       /* of the statistic; NaN likewise */
    double alarms_per_100;  /* false alarms per 100 of "answered" */
    double alarms_error;    /* its standard error, as of the others */
    double clients_per_100; /* of clients without a rupture who have answers: those with an alarm */
    double clients_error;
    double found; /* share of ruptures: onset sensitivity */
    double found_error;
    double noticed; /* share of ruptures */
    double noticed_error;
    double delay; /* sessions from the onset to the first alarm, mean of the noticed */
    double delay_error;
    double status_right; /* of the ruptures found with an episode that begins there, and whose
                            end the course shows: share of which the episode says rightly
                            whether they were repaired */
    double status_error;
    const char *rule;
    const char *world; /* its name */
} attune_alarm;

/* The columns, in the order of the command's CSV output. Constant; count may be NULL. */
ATTUNE_API const attune_field *attune_alarm_fields(size_t *count);

/* Scratch for the call below: bytes. */
ATTUNE_API size_t attune_alarm_measure_work(const attune_alarm_sheet *const *sheets,
                                            size_t n_sheets);

/*
 * One rule's row from sheets that were filled alike, clients in equal parts.
 *   rule    which of the watch's, from 0
 *   level   ATTUNE_LEVEL_*, or ATTUNE_ALARM_SWEPT with a rate above 0, up to .5; else rate is not
 * looked at out     its sessions and world stay as they are: they belong to the caller
 * ATTUNE_E_ARGUMENT; ATTUNE_E_STRUCT_SIZE; ATTUNE_E_COUNT for no sheets, no such rule, or too
 * little work; ATTUNE_E_OPTION for level and rate. On failure out is untouched. Allocates nothing.
 * Thread-safe.
 */
ATTUNE_API attune_status attune_alarm_measure(const attune_alarm_sheet *const *sheets,
                                              size_t n_sheets, size_t rule, int32_t level,
                                              double rate, void *work, size_t work_size,
                                              attune_alarm *out, attune_error *err);

/*
 * The false-alarm table, as `attune rules --measure-alarms` measured it with the demonstration
 * measures when this version was made: rule by rule, steady courses before those with ruptures.
 * ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE, ATTUNE_E_COUNT beyond the last. A row whose version is
 * not its rule's is of an older rule. Thread-safe.
 */
ATTUNE_API size_t attune_alarm_table_count(void);
ATTUNE_API attune_status attune_alarm_table_describe(size_t i, attune_alarm *row);

#ifdef __cplusplus
}
#endif

#endif
