/* The columns of an association, and what each of its statistics means. */
/* SPDX-License-Identifier: MIT */
#include <attune/associate.h>

#include <string.h>

#define FIELD(type, member, text)                                                                  \
    {                                                                                              \
#member, text, NULL, 0, (uint32_t)offsetof(attune_association, member), type               \
    }
#define REAL(member, text) FIELD(ATTUNE_FIELD_REAL, member, text)
#define COUNT(member, text) FIELD(ATTUNE_FIELD_COUNT, member, text)
#define TEXT(member, text) FIELD(ATTUNE_FIELD_TEXT, member, text)

static const attune_field fields[] = {
    TEXT(part, "Which question the figure belongs to."),
    TEXT(direction, "Of lagged parts, what comes first and what one session later."),
    TEXT(statistic, "The figure's name."),
    REAL(estimate, "The figure."),
    REAL(se, "Its standard error."),
    REAL(low, "Lower 95 % limit."),
    REAL(high, "Upper 95 % limit."),
    REAL(df, "Degrees of freedom of t; missing: normal, or no test."),
    REAL(p, "Two-sided p."),
    COUNT(n, "Rows, pairs of sessions or clients that it rests on."),
    COUNT(clients, "Clients that it rests on."),
    TEXT(reason, "Why a figure is missing."),
};

const attune_field *attune_association_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}

static const struct {
    const char *statistic, *text;
} texts[] = {
    { "autoregression", "Outcome one session later for one point of it now." },
    { "between_slope", "Outcome points for one point of the client's mean alliance." },
    { "between_variance", "Variance of clients' levels beside the slopes." },
    { "context_slope", "Between slope less within slope." },
    { "d_change", "The same correlation as a standardised difference." },
    { "dependability_early", "How well the mean of the early forms tells a client's early level." },
    { "dependability_session", "How well one early session tells a client's early level." },
    { "difference", "Correlation of alliance less that of the second measure, signs aligned." },
    { "dunn_clark_z", "Test of the difference, Dunn & Clark 1969." },
    { "early_forms", "Early alliance forms of a client, mean." },
    { "hittner_z", "Test of the difference, Hittner, May & Silver 2003." },
    { "icc_alliance", "Share of the variance of alliance that lies between clients." },
    { "icc_outcome", "Share of the variance of outcome that lies between clients." },
    { "lag_effect", "Points one session later for one point above the client's own usual." },
    { "lag_effect_sd", "The same in standard deviations within clients." },
    { "latent_between_slope", "Between slope on means shrunken by their dependability." },
    { "latent_context_slope", "Latent between slope less latent within slope." },
    { "latent_within_slope", "Within slope beside the latent means." },
    { "log_likelihood", "Of the model, restricted under REML." },
    { "meng_z", "Test of the difference, Meng, Rosenthal & Rubin 1992." },
    { "nickell_bias", "About how far short courses pull the autoregression." },
    { "r_adjusted", "Early alliance with last outcome, first outcome partialled out." },
    { "r_against", "Early second measure with outcome, signs aligned." },
    { "r_alliance", "Early alliance with outcome, signs aligned." },
    { "r_between", "Correlation of clients' means." },
    { "r_between_weighted", "The same, means weighted by their sessions." },
    { "r_change", "Early alliance with change from first to last outcome." },
    { "r_measures", "Early alliance with early second measure, signs aligned." },
    { "r_total", "Correlation over all sessions; mixes within and between." },
    { "r_within", "Pooled within-client (repeated-measures) correlation." },
    { "reliability_alliance", "How well clients' mean alliance tells their level, mean." },
    { "steiger_z", "Test of the difference, Steiger 1980." },
    { "time_slope", "Outcome points for one unit of log session." },
    { "williams_t", "Test of the difference, Williams 1959." },
    { "within_slope", "Outcome points for one alliance point above the client's own mean." },
    { "within_variance", "Variance of sessions within clients beside the slopes." },
    { "working_r",
      "Correlation of a client's forms beside the slopes; ar1: of sessions in a row." },
    { "z_difference", "The difference as that of Fisher's z." },
};

const char *attune_statistic_text(const char *statistic)
{
    for (size_t i = 0; statistic && i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].statistic, statistic) == 0)
            return texts[i].text;
    return "";
}
