/* What a schema cannot say of a rule set: that this library has its rules and parameters. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/ruleset.h"
#include "lib/io/rulefile/shape.h"

#include <string.h>

static attune_status refuse(struct atn_reading *reading, attune_status status, const char *key,
                            const char *expected)
{
    (void)atn_path_key(reading, key);
    return atn_refuse(reading, status, expected);
}

static const char *text_of(const json_t *list, size_t i, const char *key)
{
    return json_string_value(json_object_get(json_array_get(list, i), key));
}

/* Does the key of entry i say what an entry before it said? */
static int stands_twice(const json_t *list, size_t i, const char *key)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(text_of(list, i, key), text_of(list, j, key)) == 0)
            return 1;
    return 0;
}

static attune_status check_parameter(struct atn_reading *reading, const attune_rule *rule,
                                     const json_t *list, size_t i)
{
    attune_param_info about = { .struct_size = sizeof about };
    const double value = json_number_value(json_object_get(json_array_get(list, i), "value"));
    const int32_t which = atn_param_find(rule, text_of(list, i, "name"));
    if (which < 0)
        return refuse(reading, ATTUNE_E_UNKNOWN, "name", "expected a parameter of this rule");
    if (stands_twice(list, i, "name"))
        return refuse(reading, ATTUNE_E_DUPLICATE, "name", "expected each parameter once");
    (void)attune_rule_param(rule, (size_t)which, &about);
    if (!(value >= about.low && value <= about.high))
        return refuse(reading, ATTUNE_E_OPTION, "value",
                      "expected a value in the parameter's range, which `attune rules` lists");
    return ATTUNE_OK;
}

static attune_status check_parameters(struct atn_reading *reading, const attune_rule *rule,
                                      const json_t *list)
{
    const size_t length = atn_path_key(reading, "parameters");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const size_t before = atn_path_index(reading, i);
        ATN_TRY(check_parameter(reading, rule, list, i));
        atn_path_cut(reading, before);
    }
    atn_path_cut(reading, length);
    return ATTUNE_OK;
}

static attune_status check_rule(struct atn_reading *reading, const json_t *rules, size_t i)
{
    const json_t *member = json_array_get(rules, i);
    const json_t *version = json_object_get(member, "version");
    const attune_rule *rule = attune_rule_find(text_of(rules, i, "rule"));
    attune_rule_info about = { .struct_size = sizeof about };
    if (!rule)
        return refuse(reading, ATTUNE_E_UNKNOWN, "rule",
                      "expected the id of a rule that `attune rules` lists");
    if (stands_twice(rules, i, "rule"))
        return refuse(reading, ATTUNE_E_DUPLICATE, "rule", "expected each rule once");
    (void)attune_rule_describe(rule, &about);
    if (version && json_integer_value(version) != (json_int_t)about.version)
        return refuse(reading, ATTUNE_E_UNKNOWN, "version",
                      "expected the version of the rule that this library has");
    return check_parameters(reading, rule, json_object_get(member, "parameters"));
}

static attune_status check_rules(struct atn_reading *reading, const json_t *rules)
{
    const size_t length = atn_path_key(reading, "rules");
    for (size_t i = 0; i < json_array_size(rules); i++) {
        const size_t before = atn_path_index(reading, i);
        ATN_TRY(check_rule(reading, rules, i));
        atn_path_cut(reading, before);
    }
    atn_path_cut(reading, length);
    return ATTUNE_OK;
}

attune_status atn_agree_ruleset(struct atn_reading *reading, const json_t *root)
{
    const json_t *rules = json_object_get(root, "rules");
    if (attune_ruleset_find(json_string_value(json_object_get(root, "id"))))
        return refuse(reading, ATTUNE_E_DUPLICATE, "id",
                      "expected an id that is no built-in set's");
    if (!rules == !json_object_get(root, "takes"))
        return refuse(reading, ATTUNE_E_FORMAT, "takes",
                      "expected this key, or the key rules, and not both");
    return rules ? check_rules(reading, rules) : ATTUNE_OK;
}
