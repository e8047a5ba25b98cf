/* Named worlds of the simulator, their parameters as columns, and the range of each. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/simulate/world.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"

#include <math.h>
#include <string.h>

/*
 * Bases: level, spreads and their .77 dependability after Crits-Christoph et al. 2011; repaired 89
 * of 154 in Larsson et al. 2018, doi 10.1080/10503307.2016.1174345; the hazard is fitted to
 * published shares of cases with a rupture (.255, .46, .50); length and order of shapes after Gumz
 * et al. 2012, BMC Med Res Methodol 12:10; alliance and the distress of the next session after
 * Falkenstrom et al., standardised -.16 to -.21, which -.2 of the usual spread comes to between
 * scores (-.15 where all of the moment is heard); so does .4 (.3) to a correlation of the raters
 * over time within .3 to .5. The other sizes are assumptions.
 */
static const attune_world standard = {
    .sessions_min = 8,
    .sessions_max = 24,
    .first_onset = 3,
    .refractory = 2,
    .caseload = 20,
    .level_mean = 5.5,
    .level_sd = 0.80,
    .within_sd = 0.44,
    .within_cv = 0.35,
    .slope_mean = 0.02,
    .slope_sd = 0.03,
    .ar_share = 0.6,
    .ar_phi = 0.4,
    .hazard = 0.05,
    .depth_median = 1.0,
    .depth_sdlog = 0.35,
    .depth_min = 0.5,
    .longer = 0.5,
    .repaired = 0.58,
    .missing = 0.05,
    .low = 1,
    .high = 7,
    .steps = 6,
    .therapist_shift = -0.4,
    .therapist_between = 0.5,
    .therapist_within = 0.4,
    .therapist_sd = 0.55,
    .distress_start_mean = 22,
    .distress_start_sd = 6,
    .distress_log_mean = -3,
    .distress_log_sd = 2,
    .distress_sd = 3,
    .distress_phi = 0.3,
    .distress_alliance = -0.2,
    .distress_low = 0,
    .distress_high = 40,
    .distress_steps = 1,
    .report_hit = 0.75,
    .report_base = 0.10,
    .report_depth = 0.5,
    .heard = 0,
    .before_fall = 0.2,
    .withdrawal = 0.6,
    .confrontation = 0.12,
    .confrontation_drop = 0.42,
    .caseload_sd = 0.8,
    .gain = 0.015,
    .loss = 0.004,
    .shift_median = 8,
    .shift_sdlog = 0.25,
};

#define NOWHERE UINT32_MAX
#define CHANGES 3
#define IN(member) (uint32_t) offsetof(attune_world, member)
#define NONE                                                                                       \
    {                                                                                              \
        NOWHERE, 0                                                                                 \
    }

/* What a world has in place of the standard's; whole numbers do not differ. */
static const struct entry {
    const char *name, *text;
    struct {
        uint32_t at;
        double value;
    } other[CHANGES];
} worlds[] = {
    { "default", "as the sources have it", { NONE, NONE, NONE } },
    { "steady", "no ruptures", { { IN(hazard), 0 }, NONE, NONE } },
    { "shallow", "ruptures of median depth .7", { { IN(depth_median), 0.7 }, NONE, NONE } },
    { "inertia", "deviations last longer", { { IN(ar_share), 0.8 }, { IN(ar_phi), 0.7 }, NONE } },
    { "low-hazard", "few ruptures: .02 a session", { { IN(hazard), 0.02 }, NONE, NONE } },
    { "high-hazard", "many ruptures: .08 a session", { { IN(hazard), 0.08 }, NONE, NONE } },
    { "deteriorating",
      "alliance falls by .04 a session",
      { { IN(slope_mean), -0.04 }, NONE, NONE } },
    { "gradual", "long ruptures come on slowly", { { IN(gradual), 0.5 }, NONE, NONE } },
    { "partial", "half of the unrepaired ones regain half", { { IN(partial), 0.5 }, NONE, NONE } },
    { "drop-out",
      "clients leave, sooner in a rupture",
      { { IN(dropout), 0.02 }, { IN(dropout_rupture), 0.06 }, NONE } },
    { "echo",
      "therapist and distress follow what is momentary, too",
      { { IN(heard), 1 }, { IN(therapist_within), 0.3 }, { IN(distress_alliance), -0.15 } } },
};
#define WORLD_COUNT (sizeof worlds / sizeof *worlds)

size_t attune_world_count(void)
{
    return WORLD_COUNT;
}

const char *attune_world_name(size_t i)
{
    return i < WORLD_COUNT ? worlds[i].name : "";
}

const char *attune_world_text(size_t i)
{
    return i < WORLD_COUNT ? worlds[i].text : "";
}

static const struct entry *find(const char *name)
{
    for (size_t i = 0; i < WORLD_COUNT; i++)
        if (strcmp(worlds[i].name, name) == 0)
            return &worlds[i];
    return NULL;
}

attune_status attune_world_describe(const char *name, attune_world *world)
{
    const struct entry *entry;
    attune_world found = standard;
    if (!name || !world)
        return ATTUNE_E_ARGUMENT;
    if (world->struct_size < sizeof *world)
        return ATTUNE_E_STRUCT_SIZE;
    entry = find(name);
    if (!entry)
        return ATTUNE_E_UNKNOWN;
    for (size_t i = 0; i < CHANGES; i++)
        if (entry->other[i].at != NOWHERE)
            memcpy((char *)&found + entry->other[i].at, &entry->other[i].value, sizeof(double));
    atn_give(world, &found, sizeof found);
    return ATTUNE_OK;
}

/* ---- Columns and ranges ---- */

#define FIELD(type, member, text)                                                                  \
    {                                                                                              \
#member, text, NULL, 0, (uint32_t)offsetof(attune_world, member), type                     \
    }
#define COUNT(member, text) FIELD(ATTUNE_FIELD_COUNT, member, text)
#define REAL(member, text) FIELD(ATTUNE_FIELD_REAL, member, text)

static const attune_field fields[] = {
    COUNT(sessions_min, "Fewest sessions of a course."),
    COUNT(sessions_max, "Most sessions of a course."),
    COUNT(first_onset, "First session at which a rupture can begin or a client leave."),
    COUNT(refractory, "Sessions after a repaired rupture at which none begins."),
    COUNT(caseload, "Clients of a therapist."),
    REAL(level_mean, "Mean level of the clients' alliance, score points."),
    REAL(level_sd, "SD of their levels."),
    REAL(within_sd, "Median spread of a client's scores about the own course."),
    REAL(within_cv, "Coefficient of variation of the clients' spreads."),
    REAL(slope_mean, "Mean change of alliance a session."),
    REAL(slope_sd, "SD of the clients' slopes."),
    REAL(ar_share, "Share of the within-client variance that carries over."),
    REAL(ar_phi, "Its autoregression from one session to the next."),
    REAL(hazard, "Chance a session that a rupture begins."),
    REAL(depth_median, "Median depth of ruptures, score points."),
    REAL(depth_sdlog, "SD of the logarithm of their depth."),
    REAL(depth_min, "Least depth."),
    REAL(longer, "Chance that a rupture lasts another session."),
    REAL(repaired, "Chance that a rupture is repaired."),
    REAL(partial, "Chance that an unrepaired one regains half of its depth."),
    REAL(gradual, "Chance that a rupture longer than one session comes on slowly."),
    REAL(missing, "Chance that a form is not completed."),
    REAL(dropout, "Chance a session that the client leaves."),
    REAL(dropout_rupture, "The same while in a rupture."),
    REAL(low, "Lowest score of the alliance measure."),
    REAL(high, "Highest score."),
    REAL(steps, "Steps a score point; 0: not rounded."),
    REAL(therapist_shift, "Therapists' mean above clients', in SDs of a score."),
    REAL(therapist_between, "Correlation of their levels."),
    REAL(therapist_within, "Correlation of their deviations over time."),
    REAL(therapist_sd, "Spread of the therapist's scores about their course."),
    REAL(distress_start_mean, "Mean distress at the first session."),
    REAL(distress_start_sd, "Its SD."),
    REAL(distress_log_mean, "Mean change of distress a unit of ln t."),
    REAL(distress_log_sd, "Its SD."),
    REAL(distress_sd, "Spread of distress about the own course."),
    REAL(distress_phi, "Its autoregression."),
    REAL(distress_alliance, "SDs of distress for one SD more of alliance the session before."),
    REAL(distress_low, "Lowest score of the distress measure."),
    REAL(distress_high, "Highest score."),
    REAL(distress_steps, "Steps a score point; 0: not rounded."),
    REAL(report_hit, "Chance that a client reports a rupture that is deep enough."),
    REAL(report_base, "Chance of a report at any other session."),
    REAL(report_depth, "How deep is deep enough, score points."),
    REAL(heard, "Share of a momentary deviation that therapist and distress follow."),
    REAL(before_fall, "How far alliance lies lower before a session than after the last one."),
    REAL(withdrawal, "Chance a session that an observer sees withdrawal."),
    REAL(confrontation, "Chance a session that an observer sees confrontation."),
    REAL(confrontation_drop, "The same where a rupture begins or comes on further."),
    REAL(caseload_sd, "SD between therapists of the change of distress a unit of ln t."),
    REAL(gain, "Chance a session of a sudden gain: distress falls, and stays so."),
    REAL(loss, "Chance a session of a sudden loss."),
    REAL(shift_median, "Median size of both, distress points."),
    REAL(shift_sdlog, "SD of the logarithm of their size."),
};
#define FIELD_COUNT (sizeof fields / sizeof *fields)

const attune_field *attune_world_fields(size_t *count)
{
    if (count)
        *count = FIELD_COUNT;
    return fields;
}

#define TINY 1e-9
#define BIG 1e6

/* In the order of the fields: what each may be. */
static const double ranges[FIELD_COUNT][2] = {
    { 1, ATTUNE_WORLD_SESSIONS_MAX },
    { 1, ATTUNE_WORLD_SESSIONS_MAX },
    { 1, BIG },
    { 0, BIG },
    { 1, BIG },
    { -BIG, BIG },
    { 0, BIG },
    { TINY, BIG },
    { 0, BIG },
    { -BIG, BIG },
    { 0, BIG },
    { 0, 1 },
    { TINY - 1, 1 - TINY },
    { 0, 1 },
    { 0, BIG },
    { 0, 10 },
    { 0, BIG },
    { 0, 1 - TINY },
    { 0, 1 },
    { 0, 1 },
    { 0, 1 },
    { 0, 1 },
    { 0, 1 },
    { 0, 1 },
    { -BIG, BIG },
    { -BIG, BIG },
    { 0, BIG },
    { -BIG, BIG },
    { TINY - 1, 1 - TINY },
    { TINY - 1, 1 - TINY },
    { TINY, BIG },
    { -BIG, BIG },
    { 0, BIG },
    { -BIG, BIG },
    { 0, BIG },
    { TINY, BIG },
    { TINY - 1, 1 - TINY },
    { -BIG, BIG },
    { -BIG, BIG },
    { -BIG, BIG },
    { 0, BIG },
    { 0, 1 },
    { 0, 1 },
    { 0, BIG },
    { 0, 1 },
    { -BIG, BIG },
    { 0, 1 },
    { 0, 1 },
    { 0, 1 },
    { 0, BIG },
    { 0, 1 },
    { 0, 1 },
    { 0, BIG },
    { 0, 10 },
};

static double value_of(const attune_world *world, const attune_field *field)
{
    const char *at = (const char *)world + field->offset;
    double real;
    int32_t count;
    if (field->type == ATTUNE_FIELD_REAL) {
        memcpy(&real, at, sizeof real);
        return real;
    }
    memcpy(&count, at, sizeof count);
    return count;
}

attune_status atn_world_check(const attune_world *world, attune_error *err)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        double value = value_of(world, &fields[i]);
        if (!(value >= ranges[i][0] && value <= ranges[i][1]))
            return atn_fail(err, ATTUNE_E_OPTION, fields[i].name,
                            "expected a parameter within its documented range");
    }
    if (world->sessions_min > world->sessions_max)
        return atn_fail(err, ATTUNE_E_OPTION, "sessions_min", "expected no more than sessions_max");
    if (world->gain + world->loss > 1)
        return atn_fail(err, ATTUNE_E_OPTION, "gain", "expected no more than 1 with loss");
    if (!(world->low < world->high))
        return atn_fail(err, ATTUNE_E_OPTION, "low", "expected low below high");
    if (!(world->distress_low < world->distress_high))
        return atn_fail(err, ATTUNE_E_OPTION, "distress_low", "expected low below high");
    return ATTUNE_OK;
}
