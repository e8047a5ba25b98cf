/* Rules under trial: watches with settings of their own, and what they say of a course. */
/* SPDX-License-Identifier: MIT */
#include "tests/nightly/accuracy/rules.h"

#include <attune/attune.h>
#include <attune/learn.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void require(int ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "accuracy: %s\n", what);
    exit(EXIT_FAILURE);
}

void *room(size_t size)
{
    void *p = malloc(size);
    require(p != NULL, "no memory");
    return p;
}

static void set_param(attune_rule_choice *choice, const char *set)
{
    const char *equals = strchr(set, '=');
    attune_rule_info info = { .struct_size = sizeof info };
    require(equals && attune_rule_describe(choice->rule, &info) == ATTUNE_OK, "PARAM=VALUE");
    for (uint32_t i = 0; i < info.param_count; i++) {
        attune_param_info param = { .struct_size = sizeof param };
        require(attune_rule_param(choice->rule, i, &param) == ATTUNE_OK, "a parameter");
        if (strlen(param.name) == (size_t)(equals - set) &&
            strncmp(param.name, set, (size_t)(equals - set)) == 0) {
            choice->params[i] = strtod(equals + 1, NULL);
            return;
        }
    }
    require(0, "no such parameter");
}

/* The therapist's ratings are on the client's measure; distress is on demo-distress. */
static attune_watch *watch_with(const attune_constants *constants, const attune_rule_choice *choice,
                                int joint)
{
    attune_constants distress = { .struct_size = sizeof distress };
    const attune_companion others[] = {
        { sizeof(attune_companion), ATTUNE_ROLE_THERAPIST, constants },
        { sizeof(attune_companion), ATTUNE_ROLE_DISTRESS, &distress },
    };
    attune_watch *watch = NULL;
    require(attune_scale_constants(attune_scale_find("demo-distress"), &distress) == ATTUNE_OK,
            "demo-distress");
    require(attune_watch_new_joint(&watch, constants, joint ? others : NULL, joint ? 2 : 0, choice,
                                   1, NULL, NULL) == ATTUNE_OK,
            "a watch");
    return watch;
}

attune_watch *watch_of(const char *rule, const attune_constants *constants, int joint,
                       const char *const *sets)
{
    attune_rule_choice choice;
    require(attune_rule_choose(attune_rule_find(rule), &choice) == ATTUNE_OK, rule);
    for (; sets && *sets; sets++)
        set_param(&choice, *sets);
    return watch_with(constants, &choice, joint);
}

attune_watch *watch_learnt(const attune_constants *constants, const attune_world *world,
                           uint64_t seed, size_t courses)
{
    attune_learnt found = { .struct_size = sizeof found };
    attune_watch *watch = watch_of("rupture_filter", constants, 0, NULL);
    clinic all = clinic_make(world, seed, courses);
    attune_rule_choice choice;
    require(attune_rule_choose(attune_rule_find("rupture_filter"), &choice) == ATTUNE_OK, "a rule");
    require(all.starts != NULL, "no memory");
    require(attune_rule_learn(watch, &choice, all.starts, courses, all.session, all.score, &found,
                              NULL) == ATTUNE_OK &&
                found.settled,
            "a clinic to learn from");
    memcpy(choice.params, found.params, sizeof choice.params);
    attune_watch_free(watch);
    clinic_free(&all);
    return watch_with(constants, &choice, 0);
}

void scan(const attune_watch *watch, const course *c, verdict *v)
{
    require(course_scan(watch, c, v), "scan");
}
