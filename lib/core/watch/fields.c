/* The columns of marks, traces and episodes. */
/* SPDX-License-Identifier: MIT */
#include <attune/watch.h>

static const char *const kinds[] = {
    [ATTUNE_MARK_DROP] = "drop",
    [ATTUNE_MARK_RETURN] = "return",
    [ATTUNE_MARK_SHIFT] = "shift",
    [ATTUNE_MARK_EROSION] = "erosion",
    [ATTUNE_MARK_LOW] = "low",
    [ATTUNE_MARK_WORSE] = "worse",
    [ATTUNE_MARK_REPORTED] = "reported",
    [ATTUNE_MARK_BOTTOM] = "bottom",
    [ATTUNE_MARK_STEP] = "step",
    [ATTUNE_MARK_FALL] = "fall",
    [ATTUNE_MARK_OFF_TRACK] = "off_track",
    [ATTUNE_MARK_DIVERGENCE] = "divergence",
    [ATTUNE_MARK_ORDER] = "order",
};
static const char *const levels[] = {
    [ATTUNE_LEVEL_POSSIBLE] = "possible",
    [ATTUNE_LEVEL_PROBABLE] = "probable",
    [ATTUNE_LEVEL_SEVERE] = "severe",
};
static const char *const statuses[] = {
    [ATTUNE_EPISODE_REPAIRED] = "repaired",
    [ATTUNE_EPISODE_PARTIAL] = "partial",
    [ATTUNE_EPISODE_UNRESOLVED] = "unresolved",
    [ATTUNE_EPISODE_CENSORED] = "censored",
};

static const char *const shapes[] = {
    [ATTUNE_SHAPE_V] = "v",         [ATTUNE_SHAPE_DECLINE] = "decline",
    [ATTUNE_SHAPE_STEP] = "step",   [ATTUNE_SHAPE_EROSION] = "erosion",
    [ATTUNE_SHAPE_OTHER] = "other", [ATTUNE_SHAPE_OPEN] = "open",
};

static const char *const silences[] = {
    [ATTUNE_SILENCE_MARKED] = "marked",
    [ATTUNE_SILENCE_QUIET] = "looked and found nothing",
    [ATTUNE_SILENCE_TOO_FEW] = "too few forms",
    [ATTUNE_SILENCE_NO_CONSTANT] = "missing constant",
    [ATTUNE_SILENCE_NOT_MEANT] = "not for this measure",
    [ATTUNE_SILENCE_CEILING] = "at the ceiling",
    [ATTUNE_SILENCE_FLOOR] = "at the floor",
    [ATTUNE_SILENCE_GAPS] = "gaps",
    [ATTUNE_SILENCE_NO_SIGNAL] = "no other signal",
};

/* In the order of ATTUNE_CONSTANT_*. */
static const char *const constants[] = { "within_sd", "sem", "reliable_change", "cutoff", "norms" };

/* In the order of ATTUNE_MARK_EARLY.. and of ATTUNE_SIGNAL_*. */
static const char *const flags[] = { "early", "after_gap", "provisional", "ceiling" };
static const char *const signals[] = { "client",     "therapist",  "distress",
                                       "subscale_1", "subscale_2", "subscale_3",
                                       "subscale_4", "subscale_5", "subscale_6" };

#define WORDS(words) words, (uint32_t)(sizeof(words) / sizeof *(words))
#define NO_WORDS NULL, 0
#define AT(type, member) ((uint32_t)offsetof(attune_##type, member))

static const attune_field mark_fields[] = {
    { "rule", "id of the rule", NO_WORDS, AT(mark, rule), ATTUNE_FIELD_TEXT },
    { "kind", "what it is", WORDS(kinds), AT(mark, kind), ATTUNE_FIELD_CODE },
    { "level", "how strong", WORDS(levels), AT(mark, level), ATTUNE_FIELD_CODE },
    { "observed", "the score", NO_WORDS, AT(mark, observed), ATTUNE_FIELD_REAL },
    { "limit", "the score at which the level begins", NO_WORDS, AT(mark, limit),
      ATTUNE_FIELD_REAL },
    { "statistic", "larger is stronger evidence", NO_WORDS, AT(mark, statistic),
      ATTUNE_FIELD_REAL },
};

#define SHARE(name, signal)                                                                        \
    {                                                                                              \
        name, "its share of the evidence; below 0: against", NO_WORDS,                             \
            AT(mark, share) + (signal) * (uint32_t)sizeof(double), ATTUNE_FIELD_REAL               \
    }

static const attune_field mark_details[] = {
    { "flags", "what to bear in mind", WORDS(flags), AT(mark, flags), ATTUNE_FIELD_FLAGS },
    { "reference", "the usual score it is compared with", NO_WORDS, AT(mark, reference),
      ATTUNE_FIELD_REAL },
    { "spread", "one unit of statistic in score points", NO_WORDS, AT(mark, spread),
      ATTUNE_FIELD_REAL },
    { "first_session", "first of those that reference and spread rest on", NO_WORDS,
      AT(mark, first_session), ATTUNE_FIELD_COUNT },
    { "last_session", "last of them", NO_WORDS, AT(mark, last_session), ATTUNE_FIELD_COUNT },
    { "expected_low", "worse end of where 90 of 100 scores lie", NO_WORDS, AT(mark, expected_low),
      ATTUNE_FIELD_REAL },
    { "expected_high", "its better end", NO_WORDS, AT(mark, expected_high), ATTUNE_FIELD_REAL },
    { "tail", "chance of a score as bad where no rupture is open", NO_WORDS, AT(mark, tail),
      ATTUNE_FIELD_REAL },
    { "signals", "whose share is given", WORDS(signals), AT(mark, signals), ATTUNE_FIELD_FLAGS },
    SHARE("share_client", ATTUNE_SIGNAL_CLIENT),
    SHARE("share_therapist", ATTUNE_SIGNAL_THERAPIST),
    SHARE("share_distress", ATTUNE_SIGNAL_DISTRESS),
    SHARE("share_subscale_1", ATTUNE_SIGNAL_SUBSCALE),
    SHARE("share_subscale_2", ATTUNE_SIGNAL_SUBSCALE + 1),
    SHARE("share_subscale_3", ATTUNE_SIGNAL_SUBSCALE + 2),
    SHARE("share_subscale_4", ATTUNE_SIGNAL_SUBSCALE + 3),
    SHARE("share_subscale_5", ATTUNE_SIGNAL_SUBSCALE + 4),
    SHARE("share_subscale_6", ATTUNE_SIGNAL_SUBSCALE + 5),
};

static const attune_field trace_fields[] = {
    { "rule", "id of the rule", NO_WORDS, AT(trace, rule), ATTUNE_FIELD_TEXT },
    { "statistic", "larger is stronger evidence", NO_WORDS, AT(trace, statistic),
      ATTUNE_FIELD_REAL },
    { "p_began", "chance that a rupture began at this session or the last", NO_WORDS,
      AT(trace, p_began), ATTUNE_FIELD_REAL },
    { "p_open", "chance that a rupture is open", NO_WORDS, AT(trace, p_open), ATTUNE_FIELD_REAL },
};

static const attune_field silence_fields[] = {
    { "rule", "id of the rule", NO_WORDS, AT(silence, rule), ATTUNE_FIELD_TEXT },
    { "silence", "what its silence means", WORDS(silences), AT(silence, reason),
      ATTUNE_FIELD_CODE },
    { "missing", "constants that it lacked", WORDS(constants), AT(silence, missing),
      ATTUNE_FIELD_FLAGS },
    { "forms", "completed", NO_WORDS, AT(silence, forms), ATTUNE_FIELD_COUNT },
    { "sessions", "from the first to the last", NO_WORDS, AT(silence, sessions),
      ATTUNE_FIELD_COUNT },
    { "answered", "sessions with an answer", NO_WORDS, AT(silence, answered), ATTUNE_FIELD_COUNT },
    { "wanted", "forms still wanted", NO_WORDS, AT(silence, wanted), ATTUNE_FIELD_COUNT },
};

static const attune_field episode_fields[] = {
    { "rule", "id of the rule", NO_WORDS, AT(episode, rule), ATTUNE_FIELD_TEXT },
    { "onset_session", "first session marked", NO_WORDS, AT(episode, onset_session),
      ATTUNE_FIELD_COUNT },
    { "nadir_session", "lowest session", NO_WORDS, AT(episode, nadir_session), ATTUNE_FIELD_COUNT },
    { "depth", "usual level minus nadir", NO_WORDS, AT(episode, depth), ATTUNE_FIELD_REAL },
    { "depth_sigma", "the same in spreads", NO_WORDS, AT(episode, depth_sigma), ATTUNE_FIELD_REAL },
    { "length", "sessions below the repair limit", NO_WORDS, AT(episode, length),
      ATTUNE_FIELD_COUNT },
    { "status", "how it ended", WORDS(statuses), AT(episode, status), ATTUNE_FIELD_CODE },
    { "resolved_session", "where it was repaired", NO_WORDS, AT(episode, resolved_session),
      ATTUNE_FIELD_COUNT },
    { "shape", "what it looks like", WORDS(shapes), AT(episode, shape), ATTUNE_FIELD_CODE },
    { "agreeing", "other rules with an episode that overlaps it", NO_WORDS, AT(episode, agreeing),
      ATTUNE_FIELD_COUNT },
};

static const attune_field *table(const attune_field *fields, size_t n, size_t *count)
{
    if (count)
        *count = n;
    return fields;
}

const attune_field *attune_mark_fields(size_t *count)
{
    return table(mark_fields, sizeof mark_fields / sizeof *mark_fields, count);
}

const attune_field *attune_mark_details(size_t *count)
{
    return table(mark_details, sizeof mark_details / sizeof *mark_details, count);
}

const attune_field *attune_trace_fields(size_t *count)
{
    return table(trace_fields, sizeof trace_fields / sizeof *trace_fields, count);
}

const attune_field *attune_episode_fields(size_t *count)
{
    return table(episode_fields, sizeof episode_fields / sizeof *episode_fields, count);
}

const attune_field *attune_silence_fields(size_t *count)
{
    return table(silence_fields, sizeof silence_fields / sizeof *silence_fields, count);
}
