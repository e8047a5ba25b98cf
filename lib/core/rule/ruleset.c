/* Rule sets: which rules they hold, with which parameters. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/ruleset.h"

#include "lib/core/base/out.h"
#include "lib/core/rule/rule.h"

#include <string.h>

/* The i-th rule that a set takes which names none, NULL beyond the last. */
static const attune_rule *taken(const attune_ruleset *set, size_t i)
{
    for (size_t r = 0; r < attune_rule_count(); r++) {
        const attune_rule *rule = attune_rule_at(r);
        if ((set->takes == ATN_TAKES_EVERY || !rule->info.looks_ahead) && i-- == 0)
            return rule;
    }
    return NULL;
}

/* Whatever made the set has made sure that there is such a rule with such parameters. */
static attune_status choose_member(const struct atn_member *member, attune_rule_choice *choice)
{
    attune_status status = attune_rule_choose(attune_rule_find(member->rule), choice);
    for (size_t i = 0; i < member->setting_count; i++) {
        const struct atn_setting *setting = &member->settings[i];
        choice->params[atn_param_find(choice->rule, setting->name)] = setting->value;
    }
    return status;
}

size_t attune_ruleset_count(void)
{
    return atn_ruleset_table_count;
}

const attune_ruleset *attune_ruleset_at(size_t i)
{
    return i < atn_ruleset_table_count ? atn_ruleset_table[i] : NULL;
}

const attune_ruleset *attune_ruleset_find(const char *id)
{
    for (size_t i = 0; id && i < atn_ruleset_table_count; i++)
        if (strcmp(atn_ruleset_table[i]->name, id) == 0 ||
            strcmp(atn_ruleset_table[i]->info.id, id) == 0)
            return atn_ruleset_table[i];
    return NULL;
}

attune_status attune_ruleset_describe(const attune_ruleset *set, attune_ruleset_info *info)
{
    attune_ruleset_info about;
    if (!set)
        return ATTUNE_E_ARGUMENT;
    about = set->info;
    while (set->takes != ATN_TAKES_NAMED && taken(set, about.count))
        about.count++;
    return atn_give_entry(&about, sizeof about, 1, 0, info);
}

attune_status attune_ruleset_choice(const attune_ruleset *set, size_t i, attune_rule_choice *choice)
{
    const attune_rule *rule;
    if (!set || !choice)
        return ATTUNE_E_ARGUMENT;
    if (set->takes == ATN_TAKES_NAMED)
        return i < set->info.count ? choose_member(&set->members[i], choice) : ATTUNE_E_COUNT;
    rule = taken(set, i);
    return rule ? attune_rule_choose(rule, choice) : ATTUNE_E_COUNT;
}
