/* Fuzzing change: any constants and options, any scores; verdicts agree with one another. */
/* SPDX-License-Identifier: MIT */
#include <attune/change.h>
#ifdef FUZZ_STATS
#include <attune/changeeffect.h>
#include <attune/changeslope.h>
#endif

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS = 48, SERIES = 12 };

struct input {
    uint8_t method, convention, cutoff_type, basis, direction, with, spare[2];
    double sd, reliability, reliability_post, threshold, cutoff;
    double functional_mean, functional_sd, clinical_mean, clinical_sd;
    double better, worse, z;
    double pre_mean, pre_sd, post_mean, post_sd, correlation;
    double slope, deviation, slope_se;
};

static void must(int holds)
{
    if (!holds)
        abort();
}

static void check_change(const attune_change *c)
{
    must(!isinf(c->change) && !isinf(c->rci) && !isinf(c->threshold) && !isinf(c->cutoff));
    must(c->reliable >= -1 && c->reliable <= ATTUNE_RELIABLE_DETERIORATED);
    must(c->class_ >= -1 && c->class_ <= ATTUNE_CLASS_HARMED);
    if (c->class_ == ATTUNE_CLASS_RECOVERED || c->class_ == ATTUNE_CLASS_IMPROVED)
        must(c->reliable == ATTUNE_RELIABLE_IMPROVED);
    if (c->class_ >= ATTUNE_CLASS_DETERIORATED)
        must(c->reliable == ATTUNE_RELIABLE_DETERIORATED);
    must(!(c->rci_p < 0 || c->rci_p > 1));
    must(c->basis != ATTUNE_BASIS_NONE || c->reliable == -1);
}

static void fill_constants(attune_constants *c, const struct input *in)
{
    c->struct_size = sizeof *c;
    must(attune_scale_constants(NULL, c) == ATTUNE_OK);
    c->direction = in->direction % 3 - 1;
    c->sd = in->sd;
    c->reliability = in->reliability;
    c->change_threshold = in->threshold;
    c->cutoff = in->cutoff;
    c->functional_mean = in->functional_mean;
    c->functional_sd = in->functional_sd;
    c->clinical_mean = in->clinical_mean;
    c->clinical_sd = in->clinical_sd;
}

static void fill_options(attune_change_options *o, const struct input *in,
                         const attune_change_group *group, const attune_change_slope *slopes)
{
    o->method = in->method % 12;
    o->convention = in->convention % 3;
    o->cutoff_type = in->cutoff_type % 5 - 1;
    o->basis = in->basis % 4;
    o->z = in->z;
    o->reliability_post = in->reliability_post;
    o->percent_improved = o->points_improved = in->better;
    o->percent_deteriorated = o->points_deteriorated = in->worse;
    o->group = in->with & 1 ? group : NULL;
    o->slopes = in->with & 2 ? slopes : NULL;
}

/* One series alone says what the same series says among others. */
static void check_series(const attune_constants *c, const attune_change_options *o,
                         const uint64_t *starts, size_t groups, const double *scores)
{
    attune_change all[SERIES] = { { .struct_size = sizeof *all } };
    attune_status status = attune_change_scan(c, o, 1, NULL, starts, groups, scores,
                                              (size_t)starts[groups], all, NULL);
    must(status <= 0 && status > ATTUNE_STATUS_END);
    for (size_t g = 0; g < groups; g++) {
        attune_change alone = { .struct_size = sizeof alone, .method = -7 };
        attune_status one = attune_change_fit(c, o, scores + starts[g],
                                              (size_t)(starts[g + 1] - starts[g]), &alone, NULL);
        must(one <= 0 && one > ATTUNE_STATUS_END);
        must((one == ATTUNE_OK) == (alone.method != -7));
        if (one == ATTUNE_OK)
            check_change(&alone);
        if (one == ATTUNE_OK && status == ATTUNE_OK && o->method != ATTUNE_METHOD_HLM)
            must(memcmp(&alone, &all[g], sizeof alone) == 0);
    }
}

#ifdef FUZZ_STATS
static void check_groups(const struct input *in, const uint64_t *starts, size_t groups,
                         const double *scores)
{
    static double work[16 * ROWS];
    const attune_change_effect_options how = {
        sizeof how, in->direction % 3 - 1, in->better, in->worse, in->z, in->convention % 3, 0
    };
    attune_change_slope slopes[SERIES] = { { .struct_size = sizeof *slopes } };
    attune_change_effect e = { .struct_size = sizeof e };
    int32_t session[ROWS];
    attune_status fitted;
    size_t rows = (size_t)starts[groups], half = rows / 2;
    for (size_t i = 0; i < rows; i++)
        session[i] = (int32_t)i;
    if (attune_change_slope_fit(1, NULL, starts, groups, session, scores, rows, work, sizeof work,
                                slopes, &fitted, NULL) == ATTUNE_OK)
        for (size_t g = 0; g < groups; g++)
            must(!isinf(slopes[g].slope) && !(slopes[g].slope_se < 0));
    if (attune_change_effect_within(&how, scores, scores + half, half, &e, NULL) == ATTUNE_OK)
        must(e.low <= e.difference && e.difference <= e.high && e.class_ >= -1);
    if (attune_change_effect_between(&how, scores, half, scores + half, rows - half, &e, NULL) ==
        ATTUNE_OK)
        must(e.low <= e.difference && e.difference <= e.high && e.df >= 1);
}
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    attune_change_options o = ATTUNE_CHANGE_OPTIONS_INIT;
    attune_constants c;
    struct input in;
    uint64_t starts[SERIES + 1] = { 0 };
    double scores[ROWS];
    size_t n = 0, groups = 0;
    if (size < sizeof in)
        return 0;
    memcpy(&in, data, sizeof in);
    const attune_change_group group = { sizeof group, 40,         in.pre_mean,   in.pre_sd,
                                        in.post_mean, in.post_sd, in.correlation };
    attune_change_slope slopes[SERIES];
    for (size_t g = 0; g < SERIES; g++)
        slopes[g] =
            (attune_change_slope) { sizeof *slopes, 3, in.slope, in.deviation, in.slope_se };
    fill_constants(&c, &in);
    fill_options(&o, &in, &group, slopes);
    for (data += sizeof in, size -= sizeof in; size >= 9 && n < ROWS; data += 9, size -= 9) {
        if (data[0] % 4 == 0 && groups < SERIES - 1)
            groups++;
        memcpy(&scores[n++], data + 1, sizeof scores[0]);
        starts[groups + 1] = n;
    }
    for (size_t g = 1; g <= groups + 1; g++)
        starts[g] = starts[g] < starts[g - 1] ? starts[g - 1] : starts[g];
    check_series(&c, &o, starts, groups + 1, scores);
#ifdef FUZZ_STATS
    check_groups(&in, starts, groups + 1, scores);
#endif
    return 0;
}
