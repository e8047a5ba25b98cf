/* What the build step makes of data/alarms.csv. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_ALARM_TABLE_H
#define ATN_STATS_ALARM_TABLE_H

#include <attune/alarm.h>

extern const attune_alarm atn_alarm_rows[];
extern const size_t atn_alarm_row_count;

#endif
