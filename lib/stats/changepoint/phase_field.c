/* The columns of two phases, in the order of the command's CSV output, and why some are empty. */
/* SPDX-License-Identifier: MIT */
#include <attune/phase.h>

#include <math.h>

#define FIELD(type, member, text)                                                                  \
    {                                                                                              \
#member, text, NULL, 0, (uint32_t)offsetof(attune_phase, member), type                     \
    }
#define REAL(member, text) FIELD(ATTUNE_FIELD_REAL, member, text)

static const attune_field fields[] = {
    FIELD(ATTUNE_FIELD_COUNT, n_a, "Completed scores of the baseline, phase A."),
    FIELD(ATTUNE_FIELD_COUNT, n_b, "Completed scores of phase B."),
    REAL(s_ab, "Pairs of A and B where B is higher, less those where it is lower."),
    REAL(s_a, "Pairs within A where the later is higher, less those where it is lower."),
    REAL(s_b, "The same within B."),
    REAL(tau_ab, "A against B: s_ab over its pairs."),
    REAL(tau_a, "Trend of A: s_a over its pairs."),
    REAL(tau_b, "Trend of B: s_b over its pairs."),
    REAL(tau_ab_less_a, "s_ab less s_a, over the pairs of A against B."),
    REAL(tau_ab_and_b, "s_ab and s_b, over the pairs of both."),
    REAL(tau_u, "Tau-U: s_ab and s_b less s_a, over all pairs."),
    REAL(tau_ab_ties, "Kendall's tau-b of the scores and the phase."),
    REAL(baseline_tau, "Kendall's tau-b of A and its rows."),
    REAL(baseline_p, "Two-sided normal p of it, corrected for ties."),
    REAL(baseline_slope, "Theil-Sen's slope of A, points a row."),
    FIELD(ATTUNE_FIELD_COUNT, corrected, "1: that slope was taken out of all scores."),
    REAL(corrected_tau, "Tau-b of the scores and the phase, after this correction."),
    REAL(corrected_z, "Its z."),
    REAL(corrected_p, "Two-sided normal p of z."),
};

const attune_field *attune_phase_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}

const char *attune_phase_reason(const attune_phase *phase)
{
    if (phase->n_a == 0)
        return "the baseline has no completed score";
    if (phase->n_b == 0)
        return "the second phase has no completed score";
    if (isnan(phase->corrected_tau))
        return "all scores are equal";
    if (phase->n_a == 1)
        return "the baseline has one score alone, and no trend";
    if (isnan(phase->baseline_tau))
        return "the scores of the baseline are equal: it has no tau";
    return phase->n_b == 1 ? "the second phase has one score alone, and no trend" : NULL;
}
