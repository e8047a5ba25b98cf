/* The table of rules. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/out.h"
#include "lib/core/rule/rule.h"

static const attune_rule *const rules[] = {
    &atn_rule_below_cutoff,    &atn_rule_chart_so_far,
    &atn_rule_chart_whole,     &atn_rule_direct_report,
    &atn_rule_divergence,      &atn_rule_drop,
    &atn_rule_drop_population, &atn_rule_drop_whole,
    &atn_rule_erosion,         &atn_rule_ewma,
    &atn_rule_lag_order,       &atn_rule_level_shift,
    &atn_rule_line_whole,      &atn_rule_local_level,
    &atn_rule_mean_so_far,     &atn_rule_mean_whole,
    &atn_rule_not_on_track,    &atn_rule_own_range,
    &atn_rule_reliable_drop,   &atn_rule_reliable_worse,
    &atn_rule_rupture_filter,  &atn_rule_rupture_joint,
    &atn_rule_sen_whole,       &atn_rule_srs_cutoff,
    &atn_rule_srs_fall,        &atn_rule_v_shape,
};
#define RULE_COUNT (sizeof rules / sizeof *rules)

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
