/* How likely a course is by a rule that is a model of courses. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/watch/series.h"

/* A watch of this rule alone. */
static void keep_one(attune_watch *one, const attune_watch *watch, const attune_rule_choice *choice)
{
    *one = *watch;
    one->count = one->state_size = one->ahead = one->companions.count = 0;
    atn_watch_add(one, choice);
}

static attune_status check_rule(const attune_watch *one, attune_error *err)
{
    const attune_rule_info *info = &one->choices[0].rule->info;
    if (!info->learns || !(info->constructs >> one->constants.construct & 1u))
        return atn_fail(err, ATTUNE_E_OPTION, "rule",
                        "expected a rule that is a model of such courses");
    if (one->missing[0])
        return atn_fail(err, ATTUNE_E_CONSTANT, "rule",
                        "the measure lacks a constant that the rule needs");
    return atn_choice_check(&one->choices[0], 0, err);
}

static double fold(const attune_watch *one, const attune_series *series)
{
    double sum = 0;
    atn_course course;
    atn_outcome outcome;
    atn_course_begin(one, &course);
    for (uint64_t i = 0; i < series->count; i++) {
        const atn_session session = atn_series_at(series, i);
        outcome.findings[0].log_density = 0;
        atn_course_step(one, &course, NULL, &session, &outcome);
        sum += outcome.findings[0].log_density;
    }
    return sum;
}

attune_status attune_likelihood_scan(const attune_watch *watch, const attune_rule_choice *choice,
                                     const attune_series *series, double *log_likelihood,
                                     attune_error *err)
{
    attune_watch one;
    attune_status status;
    if (!watch || !choice || !choice->rule || !series || !log_likelihood)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "watch, rule, series and room must be given");
    if (series->struct_size < sizeof *series)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (!atn_series_is_given(series))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "score", "scores must be given");
    keep_one(&one, watch, choice);
    status = check_rule(&one, err);
    if (status == ATTUNE_OK)
        status = atn_series_check(watch, series, err);
    if (status == ATTUNE_OK)
        *log_likelihood = fold(&one, series);
    return status;
}
