/* Fits the slopes of courses given on standard input, and judges each by HLM in both readings. */
/* SPDX-License-Identifier: MIT */
#include <attune/changeslope.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct asked {
    int cutoff_type, direction;
    double z, functional_mean, functional_sd;
    size_t n_courses, n_rows;
};

struct courses {
    uint64_t *starts;
    int32_t *session;
    double *score;
    attune_change_slope *slopes;
};

static int read_asked(struct asked *a)
{
    return scanf("%d %d %lf %lf %lf %zu %zu", &a->cutoff_type, &a->direction, &a->z,
                 &a->functional_mean, &a->functional_sd, &a->n_courses, &a->n_rows) == 7;
}

static int read_courses(const struct asked *a, struct courses *c)
{
    for (size_t g = 0; g <= a->n_courses; g++)
        if (scanf("%lu", &c->starts[g]) != 1)
            return 0;
    for (size_t i = 0; i < a->n_rows; i++)
        if (scanf("%d %lf", &c->session[i], &c->score[i]) != 2)
            return 0;
    return 1;
}

static int fit(const struct asked *a, struct courses *c)
{
    size_t size = attune_change_slope_work(a->n_courses, a->n_rows);
    void *work = malloc(size);
    attune_status status = ATTUNE_E_MEMORY, fitted = ATTUNE_E_MEMORY;
    c->slopes[0].struct_size = sizeof *c->slopes;
    if (work)
        status = attune_change_slope_fit(1, NULL, c->starts, a->n_courses, c->session, c->score,
                                         a->n_rows, work, size, c->slopes, &fitted, NULL);
    free(work);
    return status == ATTUNE_OK && fitted == ATTUNE_OK;
}

/* First and last score of everybody who is in the model. */
static attune_change_group group_of(const struct asked *a, const struct courses *c)
{
    attune_change_group group = { .struct_size = sizeof group };
    double *ends = malloc((2 * a->n_courses + 1) * sizeof *ends);
    for (size_t g = 0; ends && g < a->n_courses; g++) {
        double *pre = &ends[g], *post = &ends[a->n_courses + g];
        *pre = *post = NAN;
        for (uint64_t i = c->starts[g]; i < c->starts[g + 1]; i++) {
            *pre = isnan(*pre) ? c->score[i] : *pre;
            *post = isnan(c->score[i]) ? *post : c->score[i];
        }
        if (isnan(c->slopes[g].slope))
            *pre = *post = NAN;
    }
    if (ends)
        (void)attune_change_group_fit(ends, ends + a->n_courses, a->n_courses, &group, NULL);
    free(ends);
    return group;
}

static void judge(const struct asked *a, const struct courses *c)
{
    attune_change_group group = group_of(a, c);
    attune_constants constants = { .struct_size = sizeof constants };
    (void)attune_scale_constants(NULL, &constants);
    constants.direction = a->direction;
    constants.functional_mean = a->functional_mean;
    constants.functional_sd = a->functional_sd;
    printf("%d %.17g %.17g %.17g %.17g\n", (int)group.n, group.pre_mean, group.pre_sd,
           group.post_mean, group.post_sd);
    for (int32_t convention = 0; convention <= ATTUNE_CHANGE_PACKAGE; convention++) {
        attune_change_options o = ATTUNE_CHANGE_OPTIONS_INIT;
        o.method = ATTUNE_METHOD_HLM;
        o.convention = convention;
        o.cutoff_type = a->cutoff_type;
        o.z = a->z;
        o.group = &group;
        for (size_t g = 0; g < a->n_courses; g++) {
            const attune_change_slope *slope = &c->slopes[g];
            size_t from = (size_t)c->starts[g], n = (size_t)c->starts[g + 1] - from;
            attune_change change = { .struct_size = sizeof change };
            o.slopes = slope;
            (void)attune_change_fit(&constants, &o, c->score + from, n, &change, NULL);
            printf("%d %.17g %.17g %.17g %.17g %.17g %d %d\n", (int)slope->n, slope->slope,
                   slope->deviation, slope->slope_se, change.rci, change.cutoff,
                   (int)change.reliable, (int)change.class_);
        }
    }
}

int main(void)
{
    struct asked a;
    while (read_asked(&a)) {
        struct courses c = { calloc(a.n_courses + 1, sizeof *c.starts),
                             calloc(a.n_rows + 1, sizeof *c.session),
                             calloc(a.n_rows + 1, sizeof *c.score),
                             calloc(a.n_courses + 1, sizeof *c.slopes) };
        int done = c.starts && c.session && c.score && c.slopes && read_courses(&a, &c);
        done = done && fit(&a, &c);
        if (done)
            judge(&a, &c);
        free(c.starts);
        free(c.session);
        free(c.score);
        free(c.slopes);
        if (!done)
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
