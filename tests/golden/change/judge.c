/* Judges pairs of scores given on standard input by one method, and prints what it finds. */
/* SPDX-License-Identifier: MIT */
#include <attune/change.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct asked {
    int method, convention, cutoff_type, direction;
    double alpha_z, sd, reliability, reliability_post, functional_mean, functional_sd;
    double better, worse;
    size_t n;
};

static int read_asked(struct asked *a)
{
    return scanf("%d %d %d %d %lf %lf %lf %lf %lf %lf %lf %lf %zu", &a->method, &a->convention,
                 &a->cutoff_type, &a->direction, &a->alpha_z, &a->sd, &a->reliability,
                 &a->reliability_post, &a->functional_mean, &a->functional_sd, &a->better,
                 &a->worse, &a->n) == 13;
}

static attune_constants constants_of(const struct asked *a)
{
    attune_constants c = { .struct_size = sizeof c };
    (void)attune_scale_constants(NULL, &c);
    c.direction = a->direction;
    c.sd = a->sd;
    c.reliability = a->reliability;
    c.functional_mean = a->functional_mean;
    c.functional_sd = a->functional_sd;
    return c;
}

static attune_change_options options_of(const struct asked *a, const attune_change_group *group)
{
    attune_change_options o = ATTUNE_CHANGE_OPTIONS_INIT;
    o.method = a->method;
    o.convention = a->convention;
    o.cutoff_type = a->cutoff_type;
    o.z = a->alpha_z;
    o.group = group;
    o.reliability_post = a->reliability_post;
    o.percent_improved = o.points_improved = a->better;
    o.percent_deteriorated = o.points_deteriorated = a->worse;
    return o;
}

static void print_group(const attune_change_group *g)
{
    printf("%d %.17g %.17g %.17g %.17g %.17g\n", (int)g->n, g->pre_mean, g->pre_sd, g->post_mean,
           g->post_sd, g->correlation);
}

/* Every pair one by one; a pair with a score missing is a line of its own. */
static void judge(const struct asked *a, const double *pre, const double *post)
{
    attune_change_group group = { .struct_size = sizeof group };
    attune_constants c = constants_of(a);
    attune_change_options o = options_of(a, &group);
    if (attune_change_group_fit(pre, post, a->n, &group, NULL) != ATTUNE_OK)
        o.group = NULL;
    print_group(&group);
    for (size_t i = 0; i < a->n; i++) {
        const double pair[] = { pre[i], post[i] };
        attune_change change = { .struct_size = sizeof change };
        attune_status status = attune_change_fit(&c, &o, pair, 2, &change, NULL);
        printf("%d %.17g %.17g %.17g %.17g %.17g %d %d\n", (int)status, change.change, change.rci,
               change.threshold, change.cutoff, change.post_index, (int)change.reliable,
               (int)change.class_);
    }
}

int main(void)
{
    struct asked a;
    while (read_asked(&a)) {
        double *pre = calloc(2 * a.n + 1, sizeof *pre), *post = pre + a.n;
        int read = pre != NULL;
        for (size_t i = 0; read && i < 2 * a.n; i++)
            read = scanf("%lf", &pre[i]) == 1;
        if (read)
            judge(&a, pre, post);
        free(pre);
        if (!read)
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
