/* The options that charts and searches for changes begin with. */
/* SPDX-License-Identifier: MIT */
#include "bindings/python/batch.h"

void atn_chart_options(attune_chart_options *options)
{
    *options = (attune_chart_options)ATTUNE_CHART_OPTIONS_INIT;
}

void atn_changepoint_options(attune_changepoint_options *options)
{
    *options = (attune_changepoint_options)ATTUNE_CHANGEPOINT_OPTIONS_INIT;
}
