/* What is usual at a clinic, learnt from its courses: the parameters of rules that are models. */
/* SPDX-License-Identifier: MIT */
#ifndef ATTUNE_LEARN_H
#define ATTUNE_LEARN_H

#include <attune/export.h>
#include <attune/rule.h>
#include <attune/status.h>
#include <attune/watch.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A rule that is a model of courses holds some things usual before it has seen a client: how often
 * ruptures begin, how deep they are, how alliance moves. Its chances are true where these are; a
 * clinic where others are usual can have them learnt from its own courses. They are those at which
 * the courses' likelihood (attune_likelihood_scan) times a prior is greatest: each parameter that
 * the rule learns is beforehand normal about the value given, with an SD of
 * ATTUNE_LEARN_PRIOR_LOG of its natural log where it has to be above 0, else of
 * ATTUNE_LEARN_PRIOR. That SD spans the hazards of .02 to .08 that published shares of cases with a
 * rupture lead to. docs/filter.md says what learning does to the chances.
 *
 * Newton's method, second differences, at most ATTUNE_LEARN_ROUNDS_MAX rounds. Standard errors come
 * from the curvature at the end, prior included: they know nothing of what the model leaves out.
 * Of more than ATTUNE_LEARN_COURSES_MOST courses so many are taken, evenly spread over them in
 * their order: more make it slower rather than truer.
 */
#define ATTUNE_LEARN_COURSES_LEAST                                                                 \
    100 /* of three completed forms or more; fewer say too little                                  \
         */
#define ATTUNE_LEARN_COURSES_MOST 1000
#define ATTUNE_LEARN_ROUNDS_MAX 15
#define ATTUNE_LEARN_PRIOR_LOG 0.5
#define ATTUNE_LEARN_PRIOR 0.1

/* What was learnt, from what. */
typedef struct attune_learnt {
    uint32_t struct_size; /* set by the caller */
    int32_t courses;      /* that were used, of three completed forms or more */
    int32_t forms;        /* completed, of these */
    int32_t rounds;
    int32_t settled; /* 0: it was still moving after the last round */
    int32_t reserved;
    double gain;                       /* log likelihood above that of the parameters given */
    double params[ATTUNE_RULE_PARAMS]; /* all of the rule's: those learnt, the others as given */
    double error[ATTUNE_RULE_PARAMS];  /* standard error; NaN: not learnt, or at an
                                          end of its range */
} attune_learnt;

/*
 * Learns them.
 *   watch      gives the measure's constants; its rules are not looked at
 *   choice     the rule, and the parameters that the prior is about
 *   starts     courses + 1 places: course c is elements starts[c] to starts[c + 1] - 1
 *   session    strictly rising within a course
 *   score      NaN: form not completed
 * ATTUNE_E_ARGUMENT, ATTUNE_E_STRUCT_SIZE; what attune_likelihood_scan refuses, of all courses,
 * with err->index an element of score; ATTUNE_E_TOO_FEW below ATTUNE_LEARN_COURSES_LEAST courses;
 * ATTUNE_E_NUMERIC when they are so unlike the model that no density is left of them. On failure
 * nothing is written. Allocates nothing. Thread-safe.
 */
ATTUNE_API attune_status attune_rule_learn(const attune_watch *watch,
                                           const attune_rule_choice *choice, const size_t *starts,
                                           size_t courses, const int32_t *session,
                                           const double *score, attune_learnt *learnt,
                                           attune_error *err);

#ifdef __cplusplus
}
#endif

#endif
