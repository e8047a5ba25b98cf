/* The rules that a run works with: --rules as a set's name, a set's file, or ids. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_PLAN_H
#define EXAMPLES_PLAN_H

#include "examples/options.h"

#include <attune/norm.h>
#include <attune/rule.h>

/* Rules in order of their ids. */
struct plan {
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    size_t count;
    char id[256];     /* "default/1", or the rules with their versions */
    char label[320];  /* the same with the first digits of a set's hash: printed with results */
    char hash[65];    /* SHA-256 of the set's file; "" where the rules were named one by one */
    attune_norm norm; /* of --response; it lives as long as the plan */
    int32_t has_norm;
};

/* unless is the set that holds when --rules was not given. Says what is wrong on stderr. */
int plan_read(struct plan *plan, const struct options *options, const char *unless);

#endif
