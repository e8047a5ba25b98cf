/* Rules: the table of detectors, their parameters and their sources, and named rule sets. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_RULE_H
#define ATTUNE_RULE_H

#include <attune/export.h>
#include <attune/scale.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ATTUNE_RULE_PARAMS 12 /* parameters that one rule may have */
#define ATTUNE_RULESET_MAX 32 /* rules that one set may hold */

/* What a companion of a course is: another signal of the same sessions (attune/watch.h). */
#define ATTUNE_ROLE_THERAPIST 0 /* the alliance as the therapist rates it */
#define ATTUNE_ROLE_DISTRESS 1  /* the client's distress */
#define ATTUNE_ROLE_SUBSCALE 2  /* a subscale of the alliance measure; may stand more than once */

#define ATTUNE_COMPANIONS_MAX 6 /* that one watch may have */

/* One detector; static, immutable. Ids are words joined by "_": "own_range". */
typedef struct attune_rule attune_rule;

typedef struct attune_rule_info {
    uint32_t struct_size; /* set by the caller */
    uint32_t version;     /* raised when a mark could come out otherwise */
    uint32_t constructs;  /* bit 1 << ATTUNE_CONSTRUCT_*: the measures it looks at */
    uint32_t needs;       /* ATTUNE_CONSTANT_* bits without which it makes no mark */
    int32_t lookback;     /* sessions observed before it can answer */
    int32_t looks_ahead;  /* 0: causal, a later session never changes an earlier mark */
    uint32_t param_count;
    int32_t makes_episodes; /* 1: its marks open rupture episodes */
    const char *id;         /* "own_range" */
    const char *title;      /* "below the client's own usual range" */
    const char *text;       /* what it does, one or two sentences */
    const char *statistic;  /* what the statistic is; larger is stronger evidence */
    const char *citation;
    uint32_t companions; /* bit 1 << ATTUNE_ROLE_*: the signals that it listens to beside the course
                            itself; when not 0 it makes no mark where there is none of them */
    uint32_t thresholds; /* bit 1 << i: parameter i is where a level begins, the lowest level first;
                            the higher it is, the fewer marks there are */
    uint32_t learns; /* bit 1 << i: parameter i can be learnt from courses (attune/learn.h). Such a
                        rule is a model of courses, with a likelihood; 0: it is none */
    uint32_t reserved;
} attune_rule_info;

typedef struct attune_param_info {
    uint32_t struct_size; /* set by the caller */
    int32_t reserved;
    double value;     /* the default */
    double low, high; /* the range that is accepted */
    const char *name; /* "k_probable" */
    const char *text; /* what it is, with its unit */
    const char *source;
} attune_param_info;

/* One rule with its parameters, as a rule set holds it. */
typedef struct attune_rule_choice {
    const attune_rule *rule;
    double params[ATTUNE_RULE_PARAMS];
} attune_rule_choice;

/* Walk the table in order of id; NULL beyond the last, or when no rule has the id. */
ATTUNE_API size_t attune_rule_count(void);
ATTUNE_API const attune_rule *attune_rule_at(size_t i);
ATTUNE_API const attune_rule *attune_rule_find(const char *id);

/* As in attune/scale.h: ATTUNE_E_ARGUMENT, _STRUCT_SIZE, _COUNT. */
ATTUNE_API attune_status attune_rule_describe(const attune_rule *rule, attune_rule_info *info);
ATTUNE_API attune_status attune_rule_param(const attune_rule *rule, size_t i,
                                           attune_param_info *info);

/* The rule with its default parameters. */
ATTUNE_API attune_status attune_rule_choose(const attune_rule *rule, attune_rule_choice *choice);

/*
 * A named set of rules with their parameters, immutable. "default", "live" and "all" are built in,
 * from the files in lib/core/rule/data; attune/rulefile.h reads a clinic's own.
 */
typedef struct attune_ruleset attune_ruleset;

typedef struct attune_ruleset_info {
    uint32_t struct_size; /* set by the caller */
    uint32_t count;       /* rules in it */
    const char *id;       /* "default/1": name and version, printed with results */
    const char *text;     /* why these rules */
    const char *hash;     /* SHA-256 of the file that it comes from, 64 hexadecimal digits */
    const char *label;    /* id and the first digits of hash: "default/1 (SHA-256 0a1b2c3d4e5f)" */
} attune_ruleset_info;

ATTUNE_API size_t attune_ruleset_count(void);
ATTUNE_API const attune_ruleset *attune_ruleset_at(size_t i);

/* By name ("default") or by name and version ("default/1"); NULL when there is none. */
ATTUNE_API const attune_ruleset *attune_ruleset_find(const char *id);
ATTUNE_API attune_status attune_ruleset_describe(const attune_ruleset *set,
                                                 attune_ruleset_info *info);
ATTUNE_API attune_status attune_ruleset_choice(const attune_ruleset *set, size_t i,
                                               attune_rule_choice *choice);

#ifdef __cplusplus
}
#endif

#endif
