/* The constants of a scale as the lists of a scale file: cut-offs, changes, spreads, norms. */
/* SPDX-License-Identifier: MIT */
#include "examples/scale_json.h"

#include <math.h>

/* What rows of constants share. */
struct fact {
    const char *population, *source, *set, *why;
    int32_t status, subscale, is_default;
};

static void put_fact(json_t *row, const attune_scale *scale, const struct fact *fact)
{
    scale_put_subscale(row, scale, fact->subscale);
    scale_put_text(row, "set", fact->set);
    scale_put_text(row, "why", fact->why);
    if (fact->is_default)
        json_object_set_new(row, "default", json_true());
    scale_put_text(row, "status", attune_fact_name(fact->status));
    scale_put_text(row, "population", fact->population);
    scale_put_text(row, "source", fact->source);
}

#define FACT(info, of_whom)                                                                        \
    &(struct fact)                                                                                 \
    {                                                                                              \
        of_whom, (info).source, (info).set, (info).why, (info).status, (info).subscale,            \
            (info).is_default                                                                      \
    }

static const char *bound(int32_t code)
{
    return code == ATTUNE_BOUND_STRICT ? "strict" : "inclusive";
}

static void put_cutoffs(json_t *to, const attune_scale *scale)
{
    json_t *list = json_array();
    attune_cutoff_info c = { .struct_size = sizeof c };
    for (size_t i = 0; attune_scale_cutoff(scale, i, &c) == ATTUNE_OK; i++) {
        json_t *row = json_object();
        scale_put_real(row, "value", c.value);
        scale_put_text(row, "bound", bound(c.bound));
        scale_put_text(row, "meaning", c.meaning);
        put_fact(row, scale, FACT(c, NULL));
        json_array_append_new(list, row);
    }
    scale_put_list(to, "cutoffs", list);
}

/* A change without a threshold came from a reliability, which has no default of its own. */
static void put_changes(json_t *to, const attune_scale *scale)
{
    json_t *changes = json_array(), *reliabilities = json_array();
    attune_reliable_change_info c = { .struct_size = sizeof c };
    for (size_t i = 0; attune_scale_reliable_change(scale, i, &c) == ATTUNE_OK; i++) {
        json_t *row = json_object();
        int published = !isnan(c.threshold);
        scale_put_real(row, "value", published ? c.threshold : c.reliability);
        scale_put_real(row, "sd", c.sd);
        if (published)
            scale_put_real(row, "reliability", c.reliability);
        if (published)
            scale_put_text(row, "bound", bound(c.bound));
        c.is_default = published && c.is_default;
        put_fact(row, scale, FACT(c, c.population));
        json_array_append_new(published ? changes : reliabilities, row);
    }
    scale_put_list(to, "reliable_change", changes);
    scale_put_list(to, "reliability", reliabilities);
}

static void put_spreads(json_t *to, const attune_scale *scale)
{
    json_t *list = json_array();
    attune_spread_info s = { .struct_size = sizeof s };
    for (size_t i = 0; attune_scale_spread(scale, i, &s) == ATTUNE_OK; i++) {
        json_t *row = json_object();
        scale_put_real(row, "within_sd", s.within_sd);
        scale_put_real(row, "sem", s.sem);
        put_fact(row, scale, FACT(s, s.population));
        json_array_append_new(list, row);
    }
    scale_put_list(to, "spread", list);
}

static void put_norms(json_t *to, const attune_scale *scale)
{
    json_t *list = json_array();
    attune_norm_info n = { .struct_size = sizeof n };
    for (size_t i = 0; attune_scale_norm(scale, i, &n) == ATTUNE_OK; i++) {
        json_t *row = json_object();
        scale_put_real(row, "mean", n.mean);
        scale_put_real(row, "sd", n.sd);
        if (n.n > 0)
            scale_put_whole(row, "n", n.n);
        if (n.clinical >= 0)
            scale_put_text(row, "group", n.clinical ? "clinical" : "functional");
        put_fact(row, scale, FACT(n, n.population));
        json_array_append_new(list, row);
    }
    scale_put_list(to, "norms", list);
}

void scale_put_facts(json_t *to, const attune_scale *scale)
{
    put_cutoffs(to, scale);
    put_changes(to, scale);
    put_spreads(to, scale);
    put_norms(to, scale);
}
