/* A caseload: one model a client, in identifier order. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_REPORT_CASELOAD_H
#define ATN_REPORT_CASELOAD_H

#include "lib/report/model/model.h"

struct attune_caseload {
    atn_arena arena; /* of the texts below; its allocator is that of everything */
    atn_settings settings;
    const char *title, *foot;
    atn_line *uses; /* of all clients, each once, by measure */
    atn_model **clients;
    size_t count, capacity;
};

#endif
