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

/* Element i of the caller's array, whose struct may have grown since. */
static const attune_companion *companion_at(const attune_companion *array, size_t i)
{
    const char *at = (const char *)array + i * array->struct_size;
    return (const attune_companion *)(const void *)at;
}

/* Says of which companion the refusal is. */
static attune_status at_index(attune_error *err, size_t i, attune_status status)
{
    if (err && err->struct_size >= sizeof *err)
        err->index = i;
    return status;
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

static attune_status check_companion(const attune_companion *companions, size_t i,
                                     attune_error *err)
{
    const attune_companion *one = companion_at(companions, i);
    attune_status status;
    if (one->role < ATTUNE_ROLE_THERAPIST || one->role > ATTUNE_ROLE_SUBSCALE)
        return atn_fail_at(err, ATTUNE_E_OPTION, i, "role", "expected one of the documented roles");
    for (size_t other = 0; other < i && one->role != ATTUNE_ROLE_SUBSCALE; other++)
        if (companion_at(companions, other)->role == one->role)
            return atn_fail_at(err, ATTUNE_E_DUPLICATE, i, "role", "one role stands twice");
    status = check_constants(one->constants, err);
    return status == ATTUNE_OK ? status : at_index(err, i, status);
}

attune_status atn_choice_check(const attune_rule_choice *choice, uint64_t i, attune_error *err)
{
    const attune_rule *rule = choice->rule;
    for (uint32_t p = 0; p < rule->info.param_count; p++)
        if (!(choice->params[p] >= rule->params[p].low &&
              choice->params[p] <= rule->params[p].high))
            return atn_fail_at(err, ATTUNE_E_OPTION, i, rule->params[p].name,
                               "expected a parameter within its documented range");
    return ATTUNE_OK;
}

static attune_status check_choice(const attune_rule_choice *choices, size_t i, attune_error *err)
{
    const attune_rule *rule = choices[i].rule;
    attune_status status = atn_choice_check(&choices[i], i, err);
    if (status != ATTUNE_OK)
        return status;
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

/* Pointers, sizes and counts of the companions. */
static attune_status check_company(const attune_companion *companions, size_t n, attune_error *err)
{
    if (n > 0 && companions->struct_size < sizeof *companions)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (n > ATTUNE_COMPANIONS_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n_companions", "expected at most 6 companions");
    for (size_t i = 0; i < n; i++) {
        const attune_constants *constants = companion_at(companions, i)->constants;
        if (!constants)
            return atn_fail_at(err, ATTUNE_E_ARGUMENT, i, "constants", "constants must be given");
        if (constants->struct_size < sizeof *constants)
            return atn_fail_at(err, ATTUNE_E_STRUCT_SIZE, i, "struct_size",
                               "struct_size must be set");
    }
    return ATTUNE_OK;
}

static attune_status check_all(const attune_constants *constants,
                               const attune_companion *companions, size_t n_companions,
                               const attune_rule_choice *choices, size_t n, attune_error *err)
{
    attune_status status;
    if (constants->struct_size < sizeof *constants)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    status = check_company(companions, n_companions, err);
    if (status != ATTUNE_OK)
        return status;
    if (n == 0 || n > ATTUNE_RULESET_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n_choices", "expected 1 to 32 rules");
    for (size_t i = 0; i < n; i++)
        if (!choices[i].rule)
            return atn_fail_at(err, ATTUNE_E_ARGUMENT, i, "rule", "a rule must be given");
    status = check_constants(constants, err);
    if (status == ATTUNE_OK && constants->response)
        status = attune_response_check(constants->response, err);
    for (size_t i = 0; i < n_companions && status == ATTUNE_OK; i++)
        status = check_companion(companions, i, err);
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

void atn_watch_add(attune_watch *watch, const attune_rule_choice *choice)
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

/* A companion's constants outlive what they were given in; no rule asks for its response. */
static void take_companion(attune_watch *watch, const attune_companion *companion)
{
    atn_companions *all = &watch->companions;
    attune_constants *constants = &all->constants[all->count];
    constants->struct_size = sizeof *constants;
    atn_give(constants, companion->constants, sizeof *constants);
    constants->response = NULL;
    all->role[all->count++] = companion->role;
    all->roles |= 1u << companion->role;
}

attune_status attune_watch_new(attune_watch **out, const attune_constants *constants,
                               const attune_rule_choice *choices, size_t n_choices,
                               const attune_allocator *allocator, attune_error *err)
{
    return attune_watch_new_joint(out, constants, NULL, 0, choices, n_choices, allocator, err);
}

attune_status attune_watch_new_joint(attune_watch **out, const attune_constants *constants,
                                     const attune_companion *companions, size_t n_companions,
                                     const attune_rule_choice *choices, size_t n_choices,
                                     const attune_allocator *allocator, attune_error *err)
{
    attune_watch *watch;
    attune_status status;
    if (!out || !constants || !choices || (n_companions > 0 && !companions))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "out, constants and choices must be given");
    status = check_all(constants, companions, n_companions, choices, n_choices, err);
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
    for (size_t i = 0; i < n_companions; i++)
        take_companion(watch, companion_at(companions, i));
    for (size_t i = 0; i < n_choices; i++)
        atn_watch_add(watch, &choices[i]);
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

const attune_rule *attune_watch_rule(const attune_watch *watch, size_t i)
{
    return watch && i < watch->count ? watch->choices[i].rule : NULL;
}

int32_t attune_watch_companion(const attune_watch *watch, size_t i)
{
    return watch && i < watch->companions.count ? watch->companions.role[i] : -1;
}
