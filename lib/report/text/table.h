/* All values of a client's report as a table of sessions. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_REPORT_TABLE_H
#define ATN_REPORT_TABLE_H

#include "lib/report/model/model.h"
#include "lib/report/text/writer.h"

/* In as many blocks as the width asks for; 1 when the sparklines stand at its right. */
int atn_put_table(atn_writer *writer, const atn_model *model);

/* Columns that the names of the rows take. */
int atn_label_width(const atn_writer *writer, const atn_model *model);

#endif
