/* The table of rules and the built-in rule sets. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/out.h"
#include "lib/core/rule/rule.h"

static const attune_rule *const rules[] = {
    &atn_rule_below_cutoff,    &atn_rule_chart_so_far,
    &atn_rule_chart_whole,     &atn_rule_direct_report,
    &atn_rule_divergence,      &atn_rule_drop,
    &atn_rule_drop_population, &atn_rule_drop_whole,
    &atn_rule_erosion,         &atn_rule_ewma,
    &atn_rule_level_shift,     &atn_rule_line_whole,
    &atn_rule_local_level,     &atn_rule_mean_so_far,
    &atn_rule_mean_whole,      &atn_rule_not_on_track,
    &atn_rule_own_range,       &atn_rule_reliable_drop,
    &atn_rule_reliable_worse,  &atn_rule_rupture_filter,
    &atn_rule_rupture_joint,   &atn_rule_sen_whole,
    &atn_rule_srs_cutoff,      &atn_rule_srs_fall,
    &atn_rule_v_shape,
};
#define RULE_COUNT (sizeof rules / sizeof *rules)

/* A set names its members, or takes in every rule, or every one that looks back only. */
enum { NAMED, BACK, EVERY };

struct attune_ruleset {
    attune_ruleset_info info; /* without its count, which follows from the members */
    const char *name;         /* id without the version */
    int32_t takes;
    const attune_rule *named[ATTUNE_RULESET_MAX];
};

#define SET(id, text)                                                                              \
    {                                                                                              \
        sizeof(attune_ruleset_info), 0, id, text                                                   \
    }
static const attune_ruleset sets[] = {
    { SET("default/1",
          "One rule for sudden drops of alliance, one for slow slides, one for distress. own_range "
          "finds the most onsets at a given false-alarm rate of the rules that look back only; "
          "erosion sees the steady drift that own_range follows and so misses."),
      "default",
      NAMED,
      { &atn_rule_own_range, &atn_rule_erosion, &atn_rule_reliable_worse } },
    { SET("live/1", "Every rule that looks back only, so that it can run session by session: for "
                    "comparing them, not for daily use."),
      "live",
      BACK,
      { NULL } },
    { SET("all/1", "Every rule, side by side: for comparing them, not for daily use."),
      "all",
      EVERY,
      { NULL } },
};
#define SET_COUNT (sizeof sets / sizeof *sets)

/* The set's i-th rule, NULL beyond the last. */
static const attune_rule *member(const attune_ruleset *set, size_t i)
{
    if (set->takes == NAMED)
        return i < ATTUNE_RULESET_MAX ? set->named[i] : NULL;
    for (size_t r = 0; r < RULE_COUNT; r++)
        if ((set->takes == EVERY || !rules[r]->info.looks_ahead) && i-- == 0)
            return rules[r];
    return NULL;
}

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
    attune_ruleset_info about;
    if (!set)
        return ATTUNE_E_ARGUMENT;
    about = set->info;
    while (member(set, about.count))
        about.count++;
    return atn_give_entry(&about, sizeof about, 1, 0, info);
}

attune_status attune_ruleset_choice(const attune_ruleset *set, size_t i, attune_rule_choice *choice)
{
    const attune_rule *rule;
    if (!set || !choice)
        return ATTUNE_E_ARGUMENT;
    rule = member(set, i);
    return rule ? attune_rule_choose(rule, choice) : ATTUNE_E_COUNT;
}
