/* The table of rules and the built-in rule sets. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/out.h"
#include "lib/core/rule/rule.h"

static const attune_rule *const rules[] = {
    &atn_rule_below_cutoff, &atn_rule_drop,           &atn_rule_erosion,
    &atn_rule_own_range,    &atn_rule_reliable_worse,
};
#define RULE_COUNT (sizeof rules / sizeof *rules)

struct attune_ruleset {
    attune_ruleset_info info;
    const char *name; /* id without the version */
    const attune_rule *rules[ATTUNE_RULESET_MAX];
};

static const attune_ruleset sets[] = {
    { { sizeof(attune_ruleset_info), 3, "default/1",
        "One rule for sudden drops of alliance, one for slow slides, one for distress. own_range "
        "finds the most onsets at a given false-alarm rate of the rules that look back only; "
        "erosion sees the steady drift that own_range follows and so misses." },
      "default",
      { &atn_rule_own_range, &atn_rule_erosion, &atn_rule_reliable_worse } },
    { { sizeof(attune_ruleset_info), RULE_COUNT, "all/1",
        "Every rule, side by side: for comparing them, not for daily use." },
      "all",
      { &atn_rule_below_cutoff, &atn_rule_drop, &atn_rule_erosion, &atn_rule_own_range,
        &atn_rule_reliable_worse } },
};
#define SET_COUNT (sizeof sets / sizeof *sets)

size_t attune_rule_count(void)
{
    return RULE_COUNT;
}

const attune_rule *attune_rule_at(size_t i)
{
    return i < RULE_COUNT ? rules[i] : NULL;
}

const attune_rule *attune_rule_find(const char *id)
{
    for (size_t i = 0; id && i < RULE_COUNT; i++)
        if (strcmp(id, rules[i]->info.id) == 0)
            return rules[i];
    return NULL;
}

attune_status attune_rule_describe(const attune_rule *rule, attune_rule_info *info)
{
    return rule ? atn_give_entry(&rule->info, sizeof rule->info, 1, 0, info) : ATTUNE_E_ARGUMENT;
}

attune_status attune_rule_param(const attune_rule *rule, size_t i, attune_param_info *info)
{
    return rule
               ? atn_give_entry(rule->params, sizeof *rule->params, rule->info.param_count, i, info)
               : ATTUNE_E_ARGUMENT;
}

attune_status attune_rule_choose(const attune_rule *rule, attune_rule_choice *choice)
{
    attune_rule_choice chosen = { .rule = rule };
    if (!rule || !choice)
        return ATTUNE_E_ARGUMENT;
    for (uint32_t i = 0; i < rule->info.param_count; i++)
        chosen.params[i] = rule->params[i].value;
    *choice = chosen;
    return ATTUNE_OK;
}

size_t attune_ruleset_count(void)
{
    return SET_COUNT;
}

const attune_ruleset *attune_ruleset_at(size_t i)
{
    return i < SET_COUNT ? &sets[i] : NULL;
}

const attune_ruleset *attune_ruleset_find(const char *id)
{
    for (size_t i = 0; id && i < SET_COUNT; i++)
        if (strcmp(id, sets[i].name) == 0 || strcmp(id, sets[i].info.id) == 0)
            return &sets[i];
    return NULL;
}

attune_status attune_ruleset_describe(const attune_ruleset *set, attune_ruleset_info *info)
{
    return set ? atn_give_entry(&set->info, sizeof set->info, 1, 0, info) : ATTUNE_E_ARGUMENT;
}

attune_status attune_ruleset_choice(const attune_ruleset *set, size_t i, attune_rule_choice *choice)
{
    if (!set || !choice)
        return ATTUNE_E_ARGUMENT;
    return i < set->info.count ? attune_rule_choose(set->rules[i], choice) : ATTUNE_E_COUNT;
}
