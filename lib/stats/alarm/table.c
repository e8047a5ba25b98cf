/* The false-alarm table as it was measured, compiled from data/alarms.csv, and its columns. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/alarm/table.h"

#include "lib/core/base/out.h"

static const char *const levels[] = { "possible", "probable", "severe" };
static const char *const states[] = { "quiet",   "marked",           "too few forms", "no constant",
                                      "no form", "not meant for it", "beyond" };

#define FIELD(type, member, text, names, count)                                                    \
    {                                                                                              \
#member, text, names, count, (uint32_t)offsetof(attune_alarm, member), type                \
    }
#define COUNT(member, text) FIELD(ATTUNE_FIELD_COUNT, member, text, NULL, 0)
#define REAL(member, text) FIELD(ATTUNE_FIELD_REAL, member, text, NULL, 0)
#define TEXT(member, text) FIELD(ATTUNE_FIELD_TEXT, member, text, NULL, 0)

static const attune_field fields[] = {
    TEXT(rule, "The rule."),
    COUNT(version, "Its version."),
    TEXT(world, "The simulated world."),
    COUNT(sessions, "Sessions of every course; missing: as the world has them."),
    FIELD(ATTUNE_FIELD_CODE, level, "Marks of this level and above; missing: swept.", levels, 3),
    REAL(rate, "Share of false alarms that it is swept to."),
    REAL(threshold, "Of the statistic, at that share."),
    COUNT(clients, "Clients simulated."),
    COUNT(answered, "Sessions outside ruptures at which the rule answers."),
    COUNT(ruptures, "Ruptures."),
    REAL(alarms_per_100, "False alarms per 100 of these sessions."),
    REAL(alarms_error, "Its standard error."),
    REAL(clients_per_100, "Of 100 clients without a rupture, how many ever have an alarm."),
    REAL(clients_error, "Its standard error."),
    REAL(found, "Share of ruptures with an alarm at the onset or the session after."),
    REAL(found_error, "Its standard error."),
    REAL(noticed, "Share of ruptures with an alarm while they last."),
    REAL(noticed_error, "Its standard error."),
    REAL(delay, "Sessions from the onset to the first alarm, mean of those noticed."),
    REAL(delay_error, "Its standard error."),
    REAL(status_right, "Share of episodes that say rightly whether the rupture was repaired."),
    REAL(status_error, "Its standard error."),
    FIELD(ATTUNE_FIELD_CODE, silent, "Why the rule never answers.", states, 7),
};

const attune_field *attune_alarm_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}

size_t attune_alarm_table_count(void)
{
    return atn_alarm_row_count;
}

attune_status attune_alarm_table_describe(size_t i, attune_alarm *row)
{
    return atn_give_entry(atn_alarm_rows, sizeof *atn_alarm_rows, atn_alarm_row_count, i, row);
}
