/* The columns of a dyad and of a term of a response surface. */
/* SPDX-License-Identifier: MIT */
#include <attune/dyad.h>

static const char *const models[] = {
    [ATTUNE_DYAD_OWN] = "least_squares",
    [ATTUNE_DYAD_MIXED] = "mixed",
    [ATTUNE_DYAD_ROBUST] = "cluster_robust",
};

#define AT(member) ((uint32_t)offsetof(attune_dyad, member))
#define REAL(name, member, text)                                                                   \
    {                                                                                              \
        name, text, NULL, 0, AT(member), ATTUNE_FIELD_REAL                                         \
    }

static const attune_field fields[] = {
    { "dyads", "Dyads with a session that both rated.", NULL, 0, AT(dyads), ATTUNE_FIELD_COUNT },
    { "n", "Sessions that both rated.", NULL, 0, AT(n), ATTUNE_FIELD_COUNT },
    REAL("client_mean", client_mean, "Mean of the client's ratings in those sessions."),
    REAL("therapist_mean", therapist_mean, "Mean of the therapist's."),
    REAL("bias", bias, "Directional bias: therapist less client."),
    REAL("bias_se", bias_se, "Its standard error."),
    REAL("bias_low", bias_low, "Lower 95 % limit of the bias."),
    REAL("bias_high", bias_high, "Upper 95 % limit of the bias."),
    REAL("congruence", congruence, "Temporal congruence: the correlation within dyads."),
    REAL("congruence_low", congruence_low, "Its lower 95 % limit."),
    REAL("congruence_high", congruence_high, "Its upper 95 % limit."),
    REAL("truth_force", force, "How far the therapist goes along when the client moves by one."),
    REAL("truth_force_se", force_se, "Its standard error."),
    REAL("truth_force_low", force_low, "Its lower 95 % limit."),
    REAL("truth_force_high", force_high, "Its upper 95 % limit."),
    REAL("bias_sd", bias_sd, "SD of the bias between dyads."),
    REAL("truth_force_sd", force_sd, "SD of the truth force between dyads."),
    REAL("bias_truth_force_r", bias_force_r, "Correlation of the two between dyads."),
    REAL("residual_sd", residual_sd, "SD of the therapist's ratings about their line."),
    { "model", "How bias and truth force were had.", models, 3, AT(model), ATTUNE_FIELD_CODE },
};

const attune_field *attune_dyad_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}

static const char *const terms[] = {
    "b0", "b1", "b2", "b3", "b4", "b5", "a1", "a2", "a3", "a4", "a5", "x0", "y0",
};

#define OF(member) ((uint32_t)offsetof(attune_surface_term, member))
#define FIGURE(member, text)                                                                       \
    {                                                                                              \
#member, text, NULL, 0, OF(member), ATTUNE_FIELD_REAL                                      \
    }

static const attune_field surface_fields[] = {
    { "term", "Coefficient, term of the surface, or stationary point.", terms, 13, OF(term),
      ATTUNE_FIELD_CODE },
    FIGURE(value, "The estimate."),
    FIGURE(se, "Its standard error."),
    FIGURE(t, "The estimate over its standard error."),
    FIGURE(p, "Two-sided, by Student's t."),
    FIGURE(low, "Lower 95 % limit."),
    FIGURE(high, "Upper 95 % limit."),
};

const attune_field *attune_surface_fields(size_t *count)
{
    if (count)
        *count = sizeof surface_fields / sizeof *surface_fields;
    return surface_fields;
}
