/* Making a watch: rules and constants checked once, so that no step has to. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/memory.h"
#include "lib/core/base/out.h"
#include "lib/core/watch/course.h"

#include <math.h>

static attune_status check_frame(const attune_constants *c, attune_error *err)
{
    if (c->direction != ATTUNE_HIGHER_BETTER && c->direction != ATTUNE_HIGHER_WORSE)
        return atn_fail(err, ATTUNE_E_OPTION, "direction", "expected higher better or worse");
    if (c->construct < ATTUNE_CONSTRUCT_OTHER || c->construct > ATTUNE_CONSTRUCT_RUPTURE)
        return atn_fail(err, ATTUNE_E_OPTION, "construct", "expected one of the documented kinds");
    if (isnan(c->score_min) || isnan(c->score_max) || c->score_min > c->score_max)
        return atn_fail(err, ATTUNE_E_OPTION, "score_min",
                        "expected a range, infinite when unknown");
    return ATTUNE_OK;
}

static attune_status check_constants(const attune_constants *c, attune_error *err)
{
    const struct {
        double value, low;
        const char *key;
    } positive[] = {
        { c->score_step, 0, "score_step" },
        { c->within_sd, 0, "within_sd" },
        { c->sem, 0, "sem" },
        { c->change_threshold, 0, "change_threshold" },
        { c->sd, 0, "sd" },
        { fabs(c->cutoff), -1, "cutoff" },
    };
    for (size_t i = 0; i < sizeof positive / sizeof *positive; i++)
        if (isinf(positive[i].value) || positive[i].value <= positive[i].low)
            return atn_fail(err, ATTUNE_E_OPTION, positive[i].key,
                            "expected a finite number, above 0 for a spread; NaN when not known");
    if (c->reliability < 0 || c->reliability >= 1)
        return atn_fail(err, ATTUNE_E_OPTION, "reliability", "expected 0 or more and below 1");
    return check_frame(c, err);
}

static attune_status check_choice(const attune_rule_choice *choices, size_t i, attune_error *err)
{
    const attune_rule *rule = choices[i].rule;
    for (uint32_t p = 0; p < rule->info.param_count; p++)
        if (!(choices[i].params[p] >= rule->params[p].low &&
              choices[i].params[p] <= rule->params[p].high))
            return atn_fail_at(err, ATTUNE_E_OPTION, i, rule->params[p].name,
                               "expected a parameter within its documented range");
    for (size_t other = 0; other < i; other++)
        if (choices[other].rule == rule)
            return atn_fail_at(err, ATTUNE_E_DUPLICATE, i, rule->info.id, "one rule stands twice");
    return ATTUNE_OK;
}

/* Every rule's state begins where the one before it ends, at a place that suits any type. */
static size_t room_for(const attune_rule *rule)
{
    return (rule->state_size + 15u) & ~(size_t)15u;
}

static attune_status check_room(const attune_rule_choice *choices, size_t n, attune_error *err)
{
    size_t size = 0;
    for (size_t i = 0; i < n; i++) {
        size += room_for(choices[i].rule);
        if (size > ATN_STATES_MAX)
            return atn_fail_at(err, ATTUNE_E_COUNT, i, "rule",
                               "expected rules that remember less of a course in all");
    }
    return ATTUNE_OK;
}

static attune_status check_all(const attune_constants *constants, const attune_rule_choice *choices,
                               size_t n, attune_error *err)
{
    attune_status status = ATTUNE_OK;
    if (constants->struct_size < sizeof *constants)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (n == 0 || n > ATTUNE_RULESET_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n_choices", "expected 1 to 32 rules");
    for (size_t i = 0; i < n; i++)
        if (!choices[i].rule)
            return atn_fail_at(err, ATTUNE_E_ARGUMENT, i, "rule", "a rule must be given");
    status = check_constants(constants, err);
    if (status == ATTUNE_OK && constants->response)
        status = attune_response_check(constants->response, err);
    for (size_t i = 0; i < n && status == ATTUNE_OK; i++)
        status = check_choice(choices, i, err);
    return status == ATTUNE_OK ? check_room(choices, n, err) : status;
}

/* The constants, of those that rules may need, that this measure lacks. */
static uint32_t missing_of(const attune_constants *c)
{
    int change = c->change_threshold > 0 || c->sd * sqrt(1 - c->reliability) > 0;
    return (c->within_sd > 0 ? 0u : ATTUNE_CONSTANT_WITHIN_SD) |
           (c->sem > 0 ? 0u : ATTUNE_CONSTANT_SEM) | (change ? 0u : ATTUNE_CONSTANT_CHANGE) |
           (isnan(c->cutoff) ? ATTUNE_CONSTANT_CUTOFF : 0u) |
           (c->response ? 0u : ATTUNE_CONSTANT_RESPONSE);
}

static void add_rule(attune_watch *watch, const attune_rule_choice *choice)
{
    uint32_t i = watch->count++;
    watch->choices[i] = *choice;
    watch->missing[i] = missing_of(&watch->constants) & choice->rule->info.needs;
    watch->state_at[i] = watch->state_size;
    watch->state_size += (uint32_t)room_for(choice->rule);
    if (choice->rule->info.looks_ahead && watch->ahead == 0)
        watch->ahead = i + 1;
}

attune_status atn_watch_is_live(const attune_watch *watch, attune_error *err)
{
    if (watch->ahead > 0)
        return atn_fail_at(err, ATTUNE_E_OPTION, watch->ahead - 1, "looks_ahead",
                           "expected rules that look back only");
    return ATTUNE_OK;
}

/* The watch outlives what it was given. */
static void take_response(attune_watch *watch)
{
    if (!watch->constants.response)
        return;
    watch->response = *watch->constants.response;
    watch->has_response = 1;
}

attune_status attune_watch_new(attune_watch **out, const attune_constants *constants,
                               const attune_rule_choice *choices, size_t n_choices,
                               const attune_allocator *allocator, attune_error *err)
{
    attune_watch *watch;
    attune_status status;
    if (!out || !constants || !choices)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "out, constants and choices must be given");
    status = check_all(constants, choices, n_choices, err);
    if (status != ATTUNE_OK)
        return status;
    watch = atn_allocate(allocator, sizeof *watch);
    if (!watch)
        return atn_fail(err, ATTUNE_E_MEMORY, "", "no memory for a watch");
    memset(watch, 0, sizeof *watch);
    if (allocator)
        watch->allocator = *allocator;
    watch->constants.struct_size = sizeof watch->constants;
    atn_give(&watch->constants, constants, sizeof *constants);
    take_response(watch);
    for (size_t i = 0; i < n_choices; i++)
        add_rule(watch, &choices[i]);
    *out = watch;
    return ATTUNE_OK;
}

void attune_watch_free(attune_watch *watch)
{
    attune_allocator allocator;
    if (!watch)
        return;
    allocator = watch->allocator;
    atn_release(&allocator, watch, sizeof *watch);
}
