/* Simulated courses: one, what a watch says of it, and those of a whole clinic. */
/* SPDX-License-Identifier: MIT */
#include "tests/simulate/tally.h"

#include <stdlib.h>

int course_make(const attune_world *world, uint64_t seed, uint64_t number, void *work, course *c)
{
    attune_rupture ruptures[TALLY_SESSIONS] = { { .struct_size = sizeof *ruptures } };
    attune_simulation made = { .struct_size = sizeof made,
                               .alliance = c->y,
                               .therapist = c->therapist,
                               .distress = c->distress,
                               .in_rupture = c->in,
                               .ruptures = ruptures };
    if (world->sessions_max > TALLY_SESSIONS ||
        attune_simulate(world, seed, number, work, attune_simulate_work(world), &made, NULL) !=
            ATTUNE_OK)
        return 0;
    c->number = number;
    c->n = made.sessions;
    c->ruptures = made.n_ruptures;
    for (int32_t t = 0; t < c->n; t++)
        c->onset[t] = 0;
    for (int32_t r = 0; r < made.n_ruptures; r++)
        c->onset[ruptures[r].onset_session - 1] = 1;
    return 1;
}

int course_scan(const attune_watch *watch, const course *c, verdict *v)
{
    attune_trace traces[TALLY_SESSIONS] = { { .struct_size = sizeof *traces } };
    attune_mark marks[2 * TALLY_SESSIONS] = { { .struct_size = sizeof *marks } };
    const double *others[] = { c->therapist, c->distress };
    attune_series series = { .struct_size = sizeof series,
                             .n_companions = attune_watch_companion(watch, 0) < 0 ? 0 : 2,
                             .count = (uint64_t)c->n,
                             .score = c->y,
                             .companions = others };
    size_t n;
    if (attune_scan(watch, &series, marks, 2 * TALLY_SESSIONS, &n, traces, TALLY_SESSIONS, NULL) !=
        ATTUNE_OK)
        return 0;
    for (int32_t t = 0; t < c->n; t++) {
        v->statistic[t] = traces[t].statistic;
        v->began[t] = traces[t].p_began;
        v->open[t] = traces[t].p_open;
    }
    return 1;
}

static void fill(clinic *all, const attune_world *world, uint64_t seed, size_t courses, void *work)
{
    size_t at = 0;
    for (uint64_t i = 0; i < courses; i++) {
        course c = { .n = 0 };
        (void)course_make(world, seed, i, work, &c);
        all->starts[i] = at;
        for (int32_t t = 0; t < c.n; t++, at++) {
            all->session[at] = t + 1;
            all->score[at] = c.y[t];
        }
    }
    all->starts[courses] = at;
}

clinic clinic_make(const attune_world *world, uint64_t seed, size_t courses)
{
    clinic all = { malloc((courses + 1) * sizeof *all.starts),
                   malloc(courses * TALLY_SESSIONS * sizeof *all.session),
                   malloc(courses * TALLY_SESSIONS * sizeof *all.score) };
    void *work = malloc(attune_simulate_work(world));
    if (all.starts && all.session && all.score && work)
        fill(&all, world, seed, courses, work);
    else
        clinic_free(&all);
    free(work);
    return all;
}

void clinic_free(clinic *all)
{
    free(all->starts);
    free(all->session);
    free(all->score);
    *all = (clinic) { NULL, NULL, NULL };
}
