/* A course as one line of blocks, on the full range of its scale. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_REPORT_SPARK_H
#define ATN_REPORT_SPARK_H

#include "lib/report/model/model.h"
#include "lib/report/text/writer.h"

/* 1 when the range of the course's scale is known. */
int atn_spark_can(const atn_course *course);

/* One column a session for sessions from..to-1; a blank where there is no score. */
void atn_put_spark(atn_writer *writer, const atn_course *course, size_t from, size_t to);

#endif
