/* What a rule set is made of: compiled from data/, or read at run time by lib/io/rulefile. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_RULE_RULESET_H
#define ATN_RULE_RULESET_H

#include <attune/rule.h>

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A parameter that differs from the rule's default. */
struct atn_setting {
    const char *name;
    double value;
};

/* One rule of a set that names its rules. */
struct atn_member {
    const char *rule;
    const struct atn_setting *settings;
    size_t setting_count;
};

/* A set names its rules, or takes in every one, or every one that looks back only. */
enum { ATN_TAKES_NAMED, ATN_TAKES_LOOKING_BACK, ATN_TAKES_EVERY };

struct attune_ruleset {
    attune_ruleset_info info; /* its count is that of members */
    const char *name;         /* id without the version */
    int32_t takes;            /* ATN_TAKES_* */
    const struct atn_member *members;
};

/* The built-in sets, from data/ in the order of their ids, "default" first. */
extern const attune_ruleset *const atn_ruleset_table[];
extern const size_t atn_ruleset_table_count;

/* Which of the rule's parameters has this name; -1: none. */
static inline int32_t atn_param_find(const attune_rule *rule, const char *name)
{
    attune_param_info about = { .struct_size = sizeof about };
    for (size_t i = 0; attune_rule_param(rule, i, &about) == ATTUNE_OK; i++)
        if (strcmp(about.name, name) == 0)
            return (int32_t)i;
    return -1;
}

#endif
