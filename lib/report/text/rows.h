/* The rows of a caseload: one client each, in common columns. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_REPORT_ROWS_H
#define ATN_REPORT_ROWS_H

#include "lib/report/model/caseload.h"
#include "lib/report/text/writer.h"

/* Left edges of the columns. */
typedef struct atn_layout {
    int client, sessions, seen, title, figures, words, spark;
    int sparks; /* columns that a sparkline may take */
} atn_layout;

/* Columns as wide as the widest client asks for. */
atn_layout atn_rows_lay(const atn_writer *writer, const attune_caseload *caseload);

void atn_put_row_header(atn_writer *writer, const atn_layout *l);

/* Two lines a client; then, where they are wanted, why it is listed first. */
void atn_put_client(atn_writer *writer, const atn_layout *l, const atn_model *model);
void atn_put_reasons(atn_writer *writer, const atn_layout *l, const atn_model *model);

#endif
