/* The columns of a chart's point, in the order of the command's CSV output. */
/* SPDX-License-Identifier: MIT */
#include <attune/chart.h>

static const char *const rules[] = {
    "we1",     "we2",     "we3",     "we4",     "nelson1", "nelson2", "nelson3",
    "nelson4", "nelson5", "nelson6", "nelson7", "nelson8", "limit",
};

#define FIELD(type, member, text, names, count)                                                    \
    {                                                                                              \
#member, text, names, count, (uint32_t)offsetof(attune_chart_point, member), type          \
    }
#define REAL(member, text) FIELD(ATTUNE_FIELD_REAL, member, text, NULL, 0)
#define COUNT(member, text) FIELD(ATTUNE_FIELD_COUNT, member, text, NULL, 0)

static const attune_field fields[] = {
    REAL(value, "The score."),
    REAL(step, "Its distance from the completed score before."),
    REAL(statistic, "What is charted: the score, the EWMA, or the larger sum of the CUSUM."),
    REAL(centre, "Where the statistic lies when nothing changes."),
    REAL(lower, "The statistic's lower limit."),
    REAL(upper, "The statistic's upper limit."),
    REAL(high, "CUSUM: the upper sum, in sd."),
    REAL(low, "CUSUM: the lower sum, in sd."),
    COUNT(run_high, "CUSUM: scores since the upper sum was last 0."),
    COUNT(run_low, "CUSUM: scores since the lower sum was last 0."),
    REAL(estimate, "CUSUM: the shifted mean that the larger sum suggests."),
    FIELD(ATTUNE_FIELD_FLAGS, hits, "The rules that this score completes.", rules,
          sizeof rules / sizeof *rules),
};

const attune_field *attune_chart_fields(size_t *count)
{
    if (count)
        *count = sizeof fields / sizeof *fields;
    return fields;
}
