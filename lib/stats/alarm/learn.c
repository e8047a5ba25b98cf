/* Learns a rule's parameters from courses: the likeliest ones under a prior, by Newton's method. */
/* SPDX-License-Identifier: MIT */
#include <attune/learn.h>

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/small.h"

#include <math.h>
#include <string.h>

#define FORMS_LEAST 3   /* an onset can be seen from the third form on */
#define HALVINGS_MAX 10 /* of a round's step */

static const double apart = .1;     /* prior SDs between the points that differences are taken of */
static const double farthest = 2;   /* prior SDs that a round may go */
static const double nothing = 1e-4; /* log density that is not worth another round */

/* The courses, and the places of those that count. */
typedef struct caseload {
    const attune_watch *watch;
    const size_t *starts;
    const int32_t *session;
    const double *score;
    size_t count, eligible, used;
} caseload;

/* The parameters that are learnt, on the scales on which their priors are normal. */
typedef struct frame {
    attune_rule_choice choice; /* as given */
    size_t free, at[ATN_SMALL_MAX];
    int logs[ATN_SMALL_MAX];
    double centre[ATN_SMALL_MAX], sd[ATN_SMALL_MAX], low[ATN_SMALL_MAX], high[ATN_SMALL_MAX];
} frame;

static void add_param(frame *f, size_t i)
{
    attune_param_info info = { .struct_size = sizeof info };
    size_t k = f->free++;
    (void)attune_rule_param(f->choice.rule, i, &info);
    f->at[k] = i;
    f->logs[k] = info.low > 0;
    f->centre[k] = f->logs[k] ? log(f->choice.params[i]) : f->choice.params[i];
    f->sd[k] = f->logs[k] ? ATTUNE_LEARN_PRIOR_LOG : ATTUNE_LEARN_PRIOR;
    f->low[k] = info.low;
    f->high[k] = info.high;
}

static frame frame_of(const attune_rule_choice *choice)
{
    attune_rule_info info = { .struct_size = sizeof info };
    frame f = { .choice = *choice };
    (void)attune_rule_describe(choice->rule, &info);
    for (size_t i = 0; i < info.param_count; i++)
        if (info.learns >> i & 1)
            add_param(&f, i);
    return f;
}

/* The rule's parameters at x, in prior SDs from what was given. */
static void place(const frame *f, const double *x, attune_rule_choice *choice)
{
    *choice = f->choice;
    for (size_t k = 0; k < f->free; k++) {
        double u = f->centre[k] + f->sd[k] * x[k];
        double value = f->logs[k] ? exp(u) : u;
        choice->params[f->at[k]] = fmin(f->high[k], fmax(f->low[k], value));
    }
}

/* ---- Courses ---- */

static attune_series course_at(const caseload *all, size_t c)
{
    return (attune_series) {
        .struct_size = sizeof(attune_series),
        .count = all->starts[c + 1] - all->starts[c],
        .session = all->session + all->starts[c],
        .score = all->score + all->starts[c],
    };
}

static int32_t forms_of(const attune_series *course)
{
    int32_t forms = 0;
    for (uint64_t i = 0; i < course->count; i++)
        forms += !isnan(course->score[i]);
    return forms;
}

/* Checks them all, and says how many can be used. */
static attune_status survey(caseload *all, const attune_rule_choice *choice, attune_error *err)
{
    for (size_t c = 0; c < all->count; c++) {
        const attune_series course = course_at(all, c);
        double sink;
        attune_status status = attune_likelihood_scan(all->watch, choice, &course, &sink, err);
        if (status != ATTUNE_OK) {
            if (err && err->struct_size >= sizeof *err)
                err->index += all->starts[c];
            return status;
        }
        all->eligible += forms_of(&course) >= FORMS_LEAST;
    }
    if (all->eligible < ATTUNE_LEARN_COURSES_LEAST)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "courses",
                        "expected 100 courses of three completed forms or more");
    all->used =
        all->eligible < ATTUNE_LEARN_COURSES_MOST ? all->eligible : ATTUNE_LEARN_COURSES_MOST;
    return ATTUNE_OK;
}

/* Whether a course is among those used: evenly spread ones of the eligible, which it counts. */
static int takes(const caseload *all, const attune_series *course, size_t *eligible)
{
    if (forms_of(course) < FORMS_LEAST)
        return 0;
    ++*eligible;
    return *eligible * all->used / all->eligible > (*eligible - 1) * all->used / all->eligible;
}

/* Of the used courses by the parameters at x, and of these by their prior. */
static double log_density(const caseload *all, const frame *f, const double *x)
{
    attune_rule_choice choice;
    double sum = 0;
    size_t eligible = 0;
    place(f, x, &choice);
    for (size_t k = 0; k < f->free; k++)
        sum -= x[k] * x[k] / 2;
    for (size_t c = 0; c < all->count; c++) {
        const attune_series course = course_at(all, c);
        double one;
        if (!takes(all, &course, &eligible))
            continue;
        (void)attune_likelihood_scan(all->watch, &choice, &course, &one, NULL);
        sum += one;
    }
    return sum;
}

static int32_t forms_used(const caseload *all)
{
    int32_t forms = 0;
    size_t eligible = 0;
    for (size_t c = 0; c < all->count; c++) {
        const attune_series course = course_at(all, c);
        forms += takes(all, &course, &eligible) ? forms_of(&course) : 0;
    }
    return forms;
}

/* ---- Newton's method ---- */

/* A place, its density, and what differences say of slope and curvature there. */
typedef struct spot {
    double x[ATN_SMALL_MAX], value;
    double slope[ATN_SMALL_MAX];
    double bend[ATN_SMALL_MAX][ATN_SMALL_MAX]; /* minus the second derivatives; lower triangle */
} spot;

static double beside(const caseload *all, const frame *f, const spot *s, size_t i, double by,
                     size_t j, double and_by)
{
    double x[ATN_SMALL_MAX];
    memcpy(x, s->x, sizeof x);
    x[i] += by;
    x[j] += and_by;
    return log_density(all, f, x);
}

static void feel(const caseload *all, const frame *f, spot *s)
{
    double up[ATN_SMALL_MAX];
    for (size_t i = 0; i < f->free; i++) {
        double down = beside(all, f, s, i, -apart, i, 0);
        up[i] = beside(all, f, s, i, apart, i, 0);
        s->slope[i] = (up[i] - down) / (2 * apart);
        s->bend[i][i] = (2 * s->value - up[i] - down) / (apart * apart);
        for (size_t j = 0; j < i; j++)
            s->bend[i][j] = (up[i] + up[j] - s->value - beside(all, f, s, i, apart, j, apart)) /
                            (apart * apart);
    }
}

/* Newton's step; where the surface does not bend down, uphill by the prior's own curvature. */
static void aim(const frame *f, const spot *s, double *step)
{
    double l[ATN_SMALL_MAX][ATN_SMALL_MAX];
    memcpy(l, s->bend, sizeof l);
    memcpy(step, s->slope, sizeof s->slope);
    if (atn_cholesky(l, f->free, 1e-9))
        atn_cholesky_solve(l, f->free, step);
    for (size_t i = 0; i < f->free; i++)
        step[i] = fmin(farthest, fmax(-farthest, step[i]));
}

/* Goes along the step as far as it leads up; returns what that gained. */
static double go(const caseload *all, const frame *f, spot *s, const double *step)
{
    double before = s->value, share = 1;
    for (int i = 0; i < HALVINGS_MAX; i++, share /= 2) {
        double x[ATN_SMALL_MAX], value;
        for (size_t k = 0; k < f->free; k++)
            x[k] = s->x[k] + share * step[k];
        value = log_density(all, f, x);
        if (value <= before)
            continue;
        memcpy(s->x, x, f->free * sizeof *x);
        s->value = value;
        break;
    }
    return s->value - before;
}

static void climb(const caseload *all, const frame *f, spot *s, attune_learnt *found)
{
    double step[ATN_SMALL_MAX];
    found->gain = -s->value;
    while (!found->settled && found->rounds < ATTUNE_LEARN_ROUNDS_MAX) {
        feel(all, f, s);
        aim(f, s, step);
        found->settled = go(all, f, s, step) < nothing;
        found->rounds++;
    }
    found->gain += s->value;
}

/* ---- The call ---- */

/* On the parameter's own scale; at an end of its range there is none. */
static double error_of(const frame *f, size_t k, double value, double variance)
{
    if (value <= f->low[k] || value >= f->high[k])
        return NAN;
    return f->sd[k] * sqrt(variance) * (f->logs[k] ? value : 1);
}

static void tell(const caseload *all, const frame *f, spot *s, attune_learnt *found)
{
    double variance[ATN_SMALL_MAX][ATN_SMALL_MAX];
    attune_rule_choice choice;
    int bends;
    feel(all, f, s);
    bends = atn_cholesky(s->bend, f->free, 1e-9);
    if (bends)
        atn_cholesky_invert(s->bend, f->free, variance);
    place(f, s->x, &choice);
    for (size_t i = 0; i < ATTUNE_RULE_PARAMS; i++) {
        found->params[i] = choice.params[i];
        found->error[i] = NAN;
    }
    for (size_t k = 0; bends && k < f->free; k++)
        found->error[f->at[k]] = error_of(f, k, choice.params[f->at[k]], variance[k][k]);
    found->courses = (int32_t)all->used;
    found->forms = forms_used(all);
}

attune_status attune_rule_learn(const attune_watch *watch, const attune_rule_choice *choice,
                                const size_t *starts, size_t courses, const int32_t *session,
                                const double *score, attune_learnt *learnt, attune_error *err)
{
    caseload all = { watch, starts, session, score, courses, 0, 0 };
    attune_learnt found = { 0 };
    spot s = { 0 };
    attune_status status;
    if (!watch || !choice || !choice->rule || !starts || !session || !score || !learnt)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "watch, rule and courses must be given");
    if (learnt->struct_size < sizeof *learnt)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    status = survey(&all, choice, err);
    if (status != ATTUNE_OK)
        return status;
    const frame f = frame_of(choice);
    s.value = log_density(&all, &f, s.x);
    if (!isfinite(s.value))
        return atn_fail(err, ATTUNE_E_NUMERIC, "score", "expected scores that the model can take");
    climb(&all, &f, &s, &found);
    tell(&all, &f, &s, &found);
    atn_give(learnt, &found, sizeof found);
    return ATTUNE_OK;
}
