/* The options that charts, searches for changes, run lengths and smooth lines begin with. */
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

void atn_runlength_options(attune_runlength_options *options)
{
    *options = (attune_runlength_options)ATTUNE_RUNLENGTH_OPTIONS_INIT;
}

void atn_smooth_options(attune_smooth_options *options)
{
    *options = (attune_smooth_options)ATTUNE_SMOOTH_OPTIONS_INIT;
}
