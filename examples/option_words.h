/* The words that options take, and what each stands for. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_OPTION_WORDS_H
#define EXAMPLES_OPTION_WORDS_H

#include "examples/options.h"

#include <attune/change.h>
#include <attune/changepoint.h>
#include <attune/chart.h>
#include <attune/response.h>
#include <attune/scale.h>
#include <attune/smooth.h>
#include <attune/sudden.h>

struct word {
    const char *text;
    int32_t value;
};

static const struct word by_words[] = { { "session", BY_SESSION },
                                        { "date", BY_DATE },
                                        { NULL, 0 } };
static const struct word smooth_words[] = { { "lowess", ATTUNE_SMOOTH_LOWESS },
                                            { "level", ATTUNE_SMOOTH_LEVEL },
                                            { NULL, 0 } };
static const struct word higher_words[] = {
    { "better", ATTUNE_HIGHER_BETTER },
    { "worse", ATTUNE_HIGHER_WORSE },
    { NULL, 0 },
};
static const struct word method_words[] = {
    { "jt", ATTUNE_METHOD_JT },           { "gln", ATTUNE_METHOD_GLN },
    { "hll", ATTUNE_METHOD_HLL },         { "en", ATTUNE_METHOD_EN },
    { "nk", ATTUNE_METHOD_NK },           { "ha", ATTUNE_METHOD_HA },
    { "hlm", ATTUNE_METHOD_HLM },         { "percentage", ATTUNE_METHOD_PERCENTAGE },
    { "anchor", ATTUNE_METHOD_ANCHOR },   { "maassen", ATTUNE_METHOD_MAASSEN },
    { "mcnemar", ATTUNE_METHOD_MCNEMAR }, { NULL, 0 },
};
static const struct word convention_words[] = {
    { "corrected", ATTUNE_CHANGE_CORRECTED },
    { "package", ATTUNE_CHANGE_PACKAGE },
    { NULL, 0 },
};
static const struct word cutoff_words[] = {
    { "published", ATTUNE_CUTOFF_PUBLISHED },
    { "a", ATTUNE_CUTOFF_A },
    { "b", ATTUNE_CUTOFF_B },
    { "c", ATTUNE_CUTOFF_C },
    { NULL, 0 },
};

static const struct word kind_words[] = {
    { "xmr", ATTUNE_CHART_XMR },
    { "ewma", ATTUNE_CHART_EWMA },
    { "cusum", ATTUNE_CHART_CUSUM },
    { NULL, 0 },
};
static const struct word side_words[] = {
    { "both", ATTUNE_CHART_BOTH },
    { "below", ATTUNE_CHART_BELOW },
    { "above", ATTUNE_CHART_ABOVE },
    { NULL, 0 },
};
static const struct word search_words[] = {
    { "partition", ATTUNE_CHANGEPOINT_PARTITION },
    { "binary", ATTUNE_CHANGEPOINT_BINARY },
    { "breaks", ATTUNE_CHANGEPOINT_BREAKS },
    { "chow", SEARCH_CHOW },
    { "supf", SEARCH_SUPF },
    { NULL, 0 },
};
static const struct word model_words[] = {
    { "mean", ATTUNE_CHANGEPOINT_MEAN },
    { "line", ATTUNE_CHANGEPOINT_LINE },
    { NULL, 0 },
};
static const struct word mode_words[] = {
    { "t-test", ATTUNE_SUDDEN_T_TEST },
    { "suddengains", ATTUNE_SUDDEN_PACKAGE },
    { NULL, 0 },
};
static const struct word criteria_words[] = {
    { "123", 7 }, { "12", 3 }, { "13", 5 }, { "23", 6 },
    { "1", 1 },   { "2", 2 },  { "3", 4 },  { NULL, 0 },
};
static const struct word select_words[] = {
    { "first", ATTUNE_SUDDEN_SELECT_FIRST },
    { "last", ATTUNE_SUDDEN_SELECT_LAST },
    { "smallest", ATTUNE_SUDDEN_SELECT_SMALLEST },
    { "largest", ATTUNE_SUDDEN_SELECT_LARGEST },
    { NULL, 0 },
};
static const struct word time_words[] = {
    { "log", ATTUNE_TIME_LOG },
    { "session", ATTUNE_TIME_SESSION },
    { "root", ATTUNE_TIME_ROOT },
    { NULL, 0 },
};
static const struct word fit_words[] = { { "reml", 0 }, { "ml", 1 }, { NULL, 0 } };
static const struct word structure_words[] = {
    { "slope", ATTUNE_RESPONSE_SLOPE },
    { "level", ATTUNE_RESPONSE_LEVEL },
    { "diagonal", ATTUNE_RESPONSE_DIAGONAL },
    { NULL, 0 },
};
static const struct word rater_words[] = {
    { "client", ATTUNE_RATER_CLIENT },
    { "therapist", ATTUNE_RATER_THERAPIST },
    { "observer", ATTUNE_RATER_OBSERVER },
    { NULL, 0 },
};

#endif
