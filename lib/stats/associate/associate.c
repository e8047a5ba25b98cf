/* Alliance and outcome: the call's checks, its columns on one scale, and its parts in order. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/parts.h"

#include "lib/core/base/error.h"
#include "lib/core/base/memory.h"
#include "lib/core/base/out.h"

#include <stddef.h>
#include <string.h>

#define SCORE_MAX 1e150 /* squares of scores within it can be summed */
#define MEASURES 3
#define PER_ROW (ATN_COLUMNS + MEASURES)                  /* doubles */
#define PER_CLIENT (ATN_PEOPLE + 3 + 2 * (ATN_X_MAX + 1)) /* doubles: of the model too */

size_t attune_associate_work(uint64_t n_clients, uint64_t n_rows)
{
    const uint64_t most = SIZE_MAX / sizeof(double) / 64;
    if (n_clients > most || n_rows > most)
        return 0;
    return (size_t)(n_rows * PER_ROW + n_clients * PER_CLIENT + 1) * sizeof(double);
}

static const struct {
    const char *key;
    size_t offset;
} measures[MEASURES] = {
    { "alliance", offsetof(attune_sessions, alliance) },
    { "outcome", offsetof(attune_sessions, outcome) },
    { "technique", offsetof(attune_sessions, technique) },
};

static const double *scores_of(const attune_sessions *s, size_t measure)
{
    const double *scores;
    memcpy(&scores, (const char *)s + measures[measure].offset, sizeof scores);
    return scores;
}

static attune_status check_room(const attune_associate_options *options, const attune_sessions *s,
                                const void *work, const attune_association *rows, const size_t *n,
                                attune_error *err)
{
    if (!s || !work || !rows || !n)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "", "sessions, scratch and room must be given");
    if ((options && options->struct_size < sizeof *options) || s->struct_size < sizeof *s ||
        rows->struct_size < sizeof *rows)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "struct_size", "struct_size must be set");
    if (!s->starts || !s->session || !s->alliance || !s->outcome)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "sessions", "expected columns of sessions");
    return ATTUNE_OK;
}

static attune_status check_counts(const attune_sessions *s, size_t work_size, size_t capacity,
                                  attune_error *err)
{
    size_t wanted = attune_associate_work(s->n_clients, s->n_rows);
    if (wanted == 0 || work_size < wanted)
        return atn_fail(err, ATTUNE_E_COUNT, "work_size", "expected attune_associate_work bytes");
    if (capacity < ATTUNE_ASSOCIATIONS_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "capacity", "expected ATTUNE_ASSOCIATIONS_MAX rows");
    for (uint64_t g = 0; g < s->n_clients; g++)
        if (s->starts[g] > s->starts[g + 1] || s->starts[g + 1] > s->n_rows)
            return atn_fail_at(err, ATTUNE_E_COUNT, g + 1, "starts",
                               "expected rising row numbers within the sessions");
    return ATTUNE_OK;
}

static attune_status check_options(const attune_associate_options *o, attune_error *err)
{
    const struct {
        const char *key;
        int32_t value;
    } directions[] = {
        { "alliance_direction", o->alliance_direction },
        { "outcome_direction", o->outcome_direction },
        { "technique_direction", o->technique_direction },
    };
    if (o->early < 1)
        return atn_fail(err, ATTUNE_E_OPTION, "early", "expected a session from 1 on");
    if (o->reml != 0 && o->reml != 1)
        return atn_fail(err, ATTUNE_E_OPTION, "reml", "expected 0 or 1");
    for (size_t i = 0; i < sizeof directions / sizeof *directions; i++)
        if (directions[i].value != ATTUNE_HIGHER_BETTER &&
            directions[i].value != ATTUNE_HIGHER_WORSE)
            return atn_fail(err, ATTUNE_E_OPTION, directions[i].key,
                            "expected ATTUNE_HIGHER_BETTER or ATTUNE_HIGHER_WORSE");
    return ATTUNE_OK;
}

static attune_status check_values(const attune_sessions *s, attune_error *err)
{
    for (uint64_t i = s->starts[0]; i < s->starts[s->n_clients]; i++) {
        for (size_t m = 0; m < MEASURES; m++)
            if (scores_of(s, m) && isinf(scores_of(s, m)[i]))
                return atn_fail_at(err, ATTUNE_E_VALUE, i, measures[m].key,
                                   "expected finite scores");
        if (s->session[i] < 0)
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "session", "expected a session from 0 on");
    }
    for (uint64_t g = 0; g < s->n_clients; g++)
        for (uint64_t i = s->starts[g] + 1; i < s->starts[g + 1]; i++)
            if (s->session[i] <= s->session[i - 1])
                return atn_fail_at(err, ATTUNE_E_ORDER, i, "session", "expected rising sessions");
    return ATTUNE_OK;
}

static attune_status check_scores(const attune_sessions *s, attune_error *err)
{
    int both = 0;
    for (uint64_t i = s->starts[0]; i < s->starts[s->n_clients]; i++)
        both |= !isnan(s->alliance[i]) && !isnan(s->outcome[i]);
    if (!both)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "clients", "expected a session with both forms");
    for (size_t m = 0; m < MEASURES && scores_of(s, m); m++)
        for (uint64_t i = s->starts[0]; i < s->starts[s->n_clients]; i++)
            if (fabs(scores_of(s, m)[i]) > SCORE_MAX)
                return atn_fail_at(err, ATTUNE_E_NUMERIC, i, measures[m].key,
                                   "expected scores whose squares a double holds");
    return ATTUNE_OK;
}

/* Scores about their mean, by a power of two within -1..1; all 0 where rounding alone moves them.
 */
static void scale(const attune_sessions *s, const double *from, atn_scores *to)
{
    uint64_t first = s->starts[0], end = s->starts[s->n_clients];
    double sum = 0, n = 0, most = 0, reach = 0, mean;
    for (uint64_t i = first; i < end; i++) {
        int known = !isnan(from[i]);
        sum += known ? from[i] : 0;
        most = fmax(most, fabs(from[i]));
        n += known;
    }
    mean = sum / fmax(n, 1);
    for (uint64_t i = first; i < end; i++)
        reach = fmax(reach, fabs(from[i] - mean));
    reach = reach > ATN_NOISE * most ? reach : 0;
    (void)frexp(reach, &to->exponent);
    for (uint64_t i = first; i < end; i++)
        to->score[i] = isnan(from[i]) || reach > 0 ? ldexp(from[i] - mean, -to->exponent) : 0;
}

static int32_t first_session(const attune_sessions *s)
{
    int32_t first = INT32_MAX;
    for (uint64_t g = 0; g < s->n_clients; g++)
        if (s->starts[g] < s->starts[g + 1] && s->session[s->starts[g]] < first)
            first = s->session[s->starts[g]];
    return first;
}

static atn_caseload lay_out(const attune_associate_options *o, const attune_sessions *s, void *work)
{
    uintptr_t place = ((uintptr_t)work + sizeof(double) - 1) / sizeof(double) * sizeof(double);
    double *next = (double *)place;
    atn_caseload c = {
        .starts = s->starts,
        .session = s->session,
        .n_clients = (size_t)s->n_clients,
        .first_session = first_session(s),
        .early = o->early,
        .reml = o->reml,
        .sign = { o->alliance_direction, o->outcome_direction, o->technique_direction },
    };
    atn_scores *scores[MEASURES] = { &c.x, &c.y, &c.technique };
    for (size_t m = 0; m < MEASURES && scores_of(s, m); m++, next += s->n_rows) {
        scores[m]->score = next;
        scale(s, scores_of(s, m), scores[m]);
    }
    for (size_t i = 0; i < ATN_COLUMNS; i++, next += s->n_rows)
        c.column[i] = next;
    for (size_t i = 0; i < ATN_PEOPLE; i++, next += s->n_clients)
        c.person[i] = next;
    c.mixed = next;
    return c;
}

attune_status attune_associate_fit(const attune_associate_options *options,
                                   const attune_sessions *sessions, void *work, size_t work_size,
                                   attune_association *rows, size_t capacity, size_t *n,
                                   attune_error *err)
{
    const attune_associate_options usual = ATTUNE_ASSOCIATE_OPTIONS_INIT;
    const attune_associate_options *o = options ? options : &usual;
    attune_status status = check_room(options, sessions, work, rows, n, err);
    if (status == ATTUNE_OK)
        status = check_counts(sessions, work_size, capacity, err);
    if (status == ATTUNE_OK)
        status = check_options(o, err);
    if (status == ATTUNE_OK)
        status = check_values(sessions, err);
    if (status == ATTUNE_OK)
        status = check_scores(sessions, err);
    if (status != ATTUNE_OK)
        return status;
    atn_caseload c = lay_out(o, sessions, work);
    atn_sink sink = { rows, rows->struct_size, 0, NULL, NULL };
    atn_put_levels(&c, &sink);
    atn_put_lagged(&c, &sink);
    atn_put_early(&c, &sink);
    *n = sink.count;
    return ATTUNE_OK;
}
