/* Which constants a measure lacks, in words, with the options that give them. */
/* SPDX-License-Identifier: MIT */
#include "examples/lack.h"

#include <attune/change.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define IN_SCALE "a scale in --scales FILE"

/* The figures that formulas want, and who gives them. */
enum { SD, RELIABILITY, FUNCTIONAL_MEAN, FUNCTIONAL_SD, CLINICAL_MEAN, CLINICAL_SD, FIGURES };

static const struct {
    size_t offset;
    const char *text;
} figures[FIGURES] = {
    [SD] = { offsetof(attune_constants, sd), "--sd X" },
    [RELIABILITY] = { offsetof(attune_constants, reliability), "--reliability X" },
    [FUNCTIONAL_MEAN] = { offsetof(attune_constants, functional_mean), "--functional-mean X" },
    [FUNCTIONAL_SD] = { offsetof(attune_constants, functional_sd), "--functional-sd X" },
    [CLINICAL_MEAN] = { offsetof(attune_constants, clinical_mean), "--clinical-mean X" },
    [CLINICAL_SD] = { offsetof(attune_constants, clinical_sd), "--clinical-sd X" },
};

static void add(char *text, const char *before, const char *more)
{
    size_t n = strlen(text);
    (void)snprintf(text + n, LACK_TEXT_MAX - n, "%s%s", n > 0 ? before : "", more);
}

/* The options for those of the figures that are not known: "--sd X, --reliability X". */
static void add_options(char *text, const attune_constants *c, int from, int to)
{
    const char *before = "";
    for (int i = from; i < to; i++) {
        double value;
        memcpy(&value, (const char *)c + figures[i].offset, sizeof value);
        if (!isnan(value))
            continue;
        add(text, "", before);
        add(text, "", figures[i].text);
        before = ", ";
    }
}

uint32_t lack_bits(const attune_constants *c)
{
    int change = c->change_threshold > 0 || c->sd * sqrt(1 - c->reliability) > 0;
    return (c->within_sd > 0 ? 0 : ATTUNE_CONSTANT_WITHIN_SD) |
           (c->sem > 0 ? 0 : ATTUNE_CONSTANT_SEM) | (change ? 0 : ATTUNE_CONSTANT_CHANGE) |
           (isnan(c->cutoff) ? ATTUNE_CONSTANT_CUTOFF : 0) |
           (c->response ? 0 : ATTUNE_CONSTANT_RESPONSE);
}

static const struct {
    uint32_t bit;
    const char *text;
} lacks[] = {
    { ATTUNE_CONSTANT_WITHIN_SD, "a within-person SD (--within-sd X" },
    { ATTUNE_CONSTANT_SEM, "a standard error of measurement (" IN_SCALE },
    { ATTUNE_CONSTANT_CHANGE, "a reliable change (" },
    { ATTUNE_CONSTANT_CUTOFF, "a clinical cut-off (" IN_SCALE },
    { ATTUNE_CONSTANT_RESPONSE, "a norm of expected response (--response NORM" },
};

/* The rules that want this constant of a measure of this kind; how many there are. */
static size_t add_rules(char *text, const attune_constants *c, const struct plan *plan,
                        uint32_t bit)
{
    size_t n = 0;
    for (size_t r = 0; r < plan->count; r++) {
        attune_rule_info info = { .struct_size = sizeof info };
        (void)attune_rule_describe(plan->choices[r].rule, &info);
        if (info.needs & bit && info.constructs >> c->construct & 1)
            add(text, n++ > 0 ? ", " : "; ", info.id);
    }
    return n;
}

void lack_rules(char *text, const attune_constants *c, const struct plan *plan)
{
    uint32_t missing = lack_bits(c);
    text[0] = '\0';
    for (size_t i = 0; i < sizeof lacks / sizeof *lacks; i++) {
        size_t n = missing & lacks[i].bit ? add_rules(text, c, plan, lacks[i].bit) : 0;
        if (n == 0)
            continue;
        add(text, "", n > 1 ? " need " : " needs ");
        add(text, "", lacks[i].text);
        if (lacks[i].bit == ATTUNE_CONSTANT_CHANGE)
            add_options(text, c, SD, FUNCTIONAL_MEAN);
        add(text, "", ")");
    }
}

/* Cut-off a stands on the clinical norms, b on the functional ones, c on both. */
static void add_cutoff(char *text, const attune_constants *c, int32_t type)
{
    if (type == ATTUNE_CUTOFF_PUBLISHED)
        add(text, "", IN_SCALE);
    else
        add_options(text, c, type == ATTUNE_CUTOFF_A ? CLINICAL_MEAN : FUNCTIONAL_MEAN,
                    type == ATTUNE_CUTOFF_B ? CLINICAL_MEAN : FIGURES);
}

void lack_change(char *text, const attune_constants *c, int32_t cutoff_type, int has_change,
                 int has_cutoff)
{
    text[0] = '\0';
    if (!has_change) {
        add(text, "", "no reliable change is known (");
        add_options(text, c, SD, FUNCTIONAL_MEAN);
        add(text, "", ")");
    }
    if (!has_cutoff) {
        add(text, "; ", "no cut-off is known (");
        add_cutoff(text, c, cutoff_type);
        add(text, "", ")");
    }
}
