/* Writing a rule set's file: every rule with its version and all of its parameters. */
/* SPDX-License-Identifier: MIT */
#include <attune/rulefile.h>

#include "lib/core/base/error.h"
#include "lib/io/json/dump.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

/* The value as long as each part of it was to be had. */
static json_t *whole(json_t *value, int bad)
{
    if (!bad)
        return value;
    json_decref(value);
    return NULL;
}

static json_t *parameter_of(const attune_rule_choice *choice, uint32_t i)
{
    attune_param_info about = { .struct_size = sizeof about };
    json_t *parameter = json_object();
    (void)attune_rule_param(choice->rule, i, &about);
    int bad = json_object_set_new(parameter, "name", json_string(about.name));
    bad |= json_object_set_new(parameter, "value", json_real(choice->params[i]));
    return whole(parameter, bad);
}

static json_t *parameters_of(const attune_rule_choice *choice, uint32_t count)
{
    json_t *list = json_array();
    int bad = 0;
    for (uint32_t i = 0; i < count; i++)
        bad |= json_array_append_new(list, parameter_of(choice, i));
    return whole(list, bad);
}

static json_t *member_of(const attune_rule_choice *choice)
{
    attune_rule_info about = { .struct_size = sizeof about };
    json_t *member = json_object();
    (void)attune_rule_describe(choice->rule, &about);
    int bad = json_object_set_new(member, "rule", json_string(about.id));
    bad |= json_object_set_new(member, "version", json_integer((json_int_t)about.version));
    if (about.param_count > 0)
        bad |= json_object_set_new(member, "parameters", parameters_of(choice, about.param_count));
    return whole(member, bad);
}

static json_t *rules_of(const attune_rule_choice *choices, uint32_t count)
{
    json_t *rules = json_array();
    int bad = 0;
    for (uint32_t i = 0; i < count; i++)
        bad |= json_array_append_new(rules, member_of(&choices[i]));
    return whole(rules, bad);
}

/* The version of "north-clinic/2"; 0 where there is none. */
static long version_of(const char *id)
{
    const char *slash = strchr(id, '/');
    char *end = NULL;
    long version = slash ? strtol(slash + 1, &end, 10) : 0;
    return end && *end == '\0' ? version : 0;
}

/* The whole file; NULL: no memory. */
static json_t *root_of(const attune_ruleset_info *about, const attune_rule_choice *choices)
{
    const size_t name = strcspn(about->id, "/");
    json_t *root = json_object();
    int bad = json_object_set_new(root, "id", json_stringn(about->id, name));
    bad |= json_object_set_new(root, "version", json_integer(version_of(about->id)));
    bad |= json_object_set_new(root, "text", json_string(about->text));
    bad |= json_object_set_new(root, "rules", rules_of(choices, about->count));
    return whole(root, bad);
}

static int is_text(const char *text)
{
    return text && text[0] && !u8_check((const uint8_t *)text, strlen(text));
}

static attune_status check(const attune_ruleset_info *about, const attune_rule_choice *choices,
                           attune_error *err)
{
    if (about->struct_size < sizeof *about)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "about", "struct_size must be set");
    if (about->count < 1 || about->count > ATTUNE_RULESET_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "count", "expected 1 to 32 rules");
    for (uint32_t i = 0; i < about->count; i++)
        if (!choices[i].rule)
            return atn_fail_at(err, ATTUNE_E_ARGUMENT, i, "choices", "expected a rule");
    if (!is_text(about->id) || version_of(about->id) < 1)
        return atn_fail(err, ATTUNE_E_OPTION, "id", "expected a name and a version, as north/1");
    if (!is_text(about->text))
        return atn_fail(err, ATTUNE_E_OPTION, "text", "expected why these rules, in UTF-8");
    return ATTUNE_OK;
}

attune_status attune_ruleset_write(const attune_ruleset_info *about,
                                   const attune_rule_choice *choices, char *text, size_t capacity,
                                   size_t *length, attune_error *err)
{
    attune_status status;
    json_t *root;
    if (!about || !choices || !length || (capacity > 0 && !text))
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "about, choices and room must be given");
    status = check(about, choices, err);
    if (status != ATTUNE_OK)
        return status;
    root = root_of(about, choices);
    status = atn_dump(root, text, capacity, length, err);
    json_decref(root);
    return status;
}
