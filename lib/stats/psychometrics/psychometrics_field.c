/* The columns of what is estimated of a measure: consistency, its items, and stability. */
/* SPDX-License-Identifier: MIT */
#include <attune/psychometrics.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define FIELD(type, member, kind, text)                                                            \
    {                                                                                              \
#member, text, NULL, 0, (uint32_t)offsetof(type, member), ATTUNE_FIELD_##kind              \
    }

#define OF(member, kind, text) FIELD(attune_consistency, member, kind, text)
static const attune_field consistency[] = {
    OF(n_items, COUNT, "Items given."),
    OF(n_used, COUNT, "Items that vary over three answers or more."),
    OF(turned, COUNT, "Items that load against the others: look at the key."),
    OF(n_forms, COUNT, "Forms with an answer."),
    OF(n_complete, COUNT, "Forms with every answer."),
    OF(n_pair, COUNT, "Fewest forms that two items share."),
    OF(iterations, COUNT, "Rounds that the one factor took."),
    OF(alpha, REAL, "Cronbach's alpha."),
    OF(omega, REAL, "McDonald's omega, of one factor."),
};
#undef OF

#define OF(member, kind, text) FIELD(attune_consistency_item, member, kind, text)
static const attune_field items[] = {
    OF(n, COUNT, "Forms that answer the item."),
    OF(mean, REAL, "Mean of its keyed answers."),
    OF(sd, REAL, "Their SD."),
    OF(r_total, REAL, "Correlation with the mean of all answered items."),
    OF(r_rest, REAL, "Correlation with the sum of the other items."),
    OF(alpha_dropped, REAL, "Alpha without the item."),
    OF(loading, REAL, "Loading on the one factor."),
};
#undef OF

#define OF(member, kind, text) FIELD(attune_stability, member, kind, text)
static const attune_field stability[] = {
    OF(n_clients, COUNT, "Clients with a completed form."),
    OF(n_scores, COUNT, "Completed forms."),
    OF(n_repeated, COUNT, "Clients with two completed forms or more."),
    OF(mean, REAL, "Mean of first scores."),
    OF(sd, REAL, "SD of first scores."),
    OF(sem, REAL, "Standard error of measurement: that SD times sqrt(1 - reliability)."),
    OF(change_mean, REAL, "Mean of last less first score."),
    OF(change_sd, REAL, "SD of last less first score."),
    OF(step_sd, REAL, "SD of the differences from one form to the next."),
    OF(retest_r, REAL, "Correlation of first and second scores."),
    OF(retest_sessions, REAL, "Median sessions between the two."),
    OF(retest_days, REAL, "Median days between the two."),
    OF(within_var, REAL, "Variance within clients, of a random intercept model by REML."),
    OF(between_var, REAL, "Variance between clients, of the same."),
    OF(within_sd, REAL, "SD within clients, about each client's mean."),
    OF(icc, REAL, "Share of the variance that lies between clients."),
    OF(ms_between, REAL, "Mean square between clients, one-way analysis of variance."),
    OF(ms_within, REAL, "Mean square within clients."),
};
#undef OF

#define OF(member, kind, text) FIELD(attune_estimate, member, kind, text)
static const attune_field estimate[] = {
    OF(item, COUNT, "Number of the item; missing: the whole."),
    OF(n_clients, COUNT, "Clients with a completed form."),
    OF(n_scores, COUNT, "Completed forms."),
    OF(n_repeated, COUNT, "Clients with two completed forms or more."),
    OF(n_items, COUNT, "Items."),
    OF(n_used, COUNT, "Items that vary over three answers or more."),
    OF(n_forms, COUNT, "First forms with an answer; of an item, with an answer to it."),
    OF(n_complete, COUNT, "First forms with every answer."),
    OF(n_pair, COUNT, "Fewest of them that two items share."),
    OF(turned, COUNT, "Items that load against the others: look at the key."),
    OF(mean, REAL, "Mean of first scores; of an item, of its keyed answers."),
    OF(sd, REAL, "Their SD."),
    OF(alpha, REAL, "Cronbach's alpha."),
    OF(omega, REAL, "McDonald's omega, of one factor."),
    OF(sem, REAL, "Standard error of measurement: SD of first scores times sqrt(1 - alpha)."),
    OF(r_total, REAL, "Correlation of the item with the mean of all answered items."),
    OF(r_rest, REAL, "Correlation of the item with the sum of the others."),
    OF(alpha_dropped, REAL, "Alpha without the item."),
    OF(loading, REAL, "Its loading on the one factor."),
    OF(retest_r, REAL, "Correlation of first and second scores."),
    OF(retest_sessions, REAL, "Median sessions between the two."),
    OF(retest_days, REAL, "Median days between the two."),
    OF(change_mean, REAL, "Mean of last less first score."),
    OF(change_sd, REAL, "SD of last less first score."),
    OF(step_sd, REAL, "SD of the differences from one form to the next."),
    OF(within_sd, REAL, "SD within clients, about each client's mean."),
    OF(within_var, REAL, "Variance within clients, of a random intercept model by REML."),
    OF(between_var, REAL, "Variance between clients, of the same."),
    OF(icc, REAL, "Share of the variance that lies between clients."),
};
#undef OF

static const attune_field *give(const attune_field *fields, size_t n, size_t *count)
{
    if (count)
        *count = n;
    return fields;
}

const attune_field *attune_consistency_fields(size_t *count)
{
    return give(consistency, COUNT(consistency), count);
}

const attune_field *attune_consistency_item_fields(size_t *count)
{
    return give(items, COUNT(items), count);
}

const attune_field *attune_stability_fields(size_t *count)
{
    return give(stability, COUNT(stability), count);
}

const attune_field *attune_estimate_fields(size_t *count)
{
    return give(estimate, COUNT(estimate), count);
}
