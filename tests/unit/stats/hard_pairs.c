/* Two raters, associations, correlations and rates on every kind of hard series. */
/* SPDX-License-Identifier: MIT */
#include <attune/associate.h>
#include <attune/dyad.h>
#include <attune/therapist.h>

#include "tests/unit/stats/hard.h"

/* The scores before and after, as two ratings of each session. */
static attune_status dyad(const struct course *c)
{
    attune_dyad d = { .struct_size = sizeof d };
    attune_status status = attune_dyad_fit(c->x, c->y, c->n, &d, NULL);
    if (status == ATTUNE_OK)
        sound(&d.client_mean, &d + 1);
    return status;
}

/* Three clients of this course, rated by session and by score. */
static attune_status dyads(const struct course *c)
{
    struct caseload all = thrice(c);
    attune_dyad d = { .struct_size = sizeof d };
    double rating[CLIENTS * ROWS];
    for (size_t i = 0; i < all.n; i++)
        rating[i] = all.session[i];
    attune_status status = attune_dyads_fit(all.starts, CLIENTS, rating, all.score, all.n, room,
                                            sizeof room, &d, NULL);
    if (status == ATTUNE_OK)
        sound(&d.client_mean, &d + 1);
    return status;
}

/* Three times this course as the outcome of raters who agree in nothing. */
static attune_status surface(const struct course *c)
{
    struct caseload all = thrice(c);
    attune_surface s = { .struct_size = sizeof s };
    attune_surface_term terms[ATTUNE_SURFACE_TERMS] = { { .struct_size = sizeof *terms } };
    double client[CLIENTS * ROWS], therapist[CLIENTS * ROWS];
    for (size_t i = 0; i < all.n; i++) {
        client[i] = (double)(i * i % 7);
        therapist[i] = (double)(i * 3 % 5);
    }
    attune_status status =
        attune_surface_fit(client, therapist, all.score, all.n, NAN, room, sizeof room, &s, NULL);
    if (status != ATTUNE_OK)
        return status;
    sound(&s.centre, &s + 1);
    assert_int_equal(attune_surface_terms(s.b, s.b_cov, s.df, terms, ATTUNE_SURFACE_TERMS, NULL),
                     ATTUNE_OK);
    for (size_t i = 0; i < ATTUNE_SURFACE_TERMS; i++)
        sound(&terms[i].value, &terms[i] + 1);
    return status;
}

static attune_status associate(const struct course *c)
{
    static attune_association found[ATTUNE_ASSOCIATIONS_MAX];
    struct caseload all = thrice(c);
    double alliance[CLIENTS * ROWS];
    attune_sessions s = { sizeof s,    CLIENTS,  all.n,     all.starts,
                          all.session, alliance, all.score, NULL };
    size_t n = 0;
    found[0].struct_size = sizeof *found;
    for (size_t i = 0; i < all.n; i++)
        alliance[i] = (double)(i * i % 7);
    attune_status status =
        attune_associate_fit(NULL, &s, room, sizeof room, found, ATTUNE_ASSOCIATIONS_MAX, &n, NULL);
    for (size_t i = 0; i < n; i++) {
        sound(&found[i].estimate, &found[i].part);
        assert_true(!isnan(found[i].estimate) || found[i].reason);
    }
    return status;
}

/* Tenths of scores taken for correlations, of as many cases as the course has sessions. */
static double r_of(const struct course *c, size_t i)
{
    return i < c->n ? c->y[i] / 10 : 0;
}

static attune_status correlation(const struct course *c)
{
    attune_correlation r = { .struct_size = sizeof r };
    attune_status status = attune_correlation_of(r_of(c, 0), c->n, 0, &r, NULL);
    if (status == ATTUNE_OK)
        sound(&r.r, &r + 1);
    return status;
}

static attune_status overlap(const struct course *c)
{
    attune_overlap o = { .struct_size = sizeof o };
    attune_status status =
        attune_overlap_compare(r_of(c, 0), r_of(c, 1), r_of(c, 2), c->n, &o, NULL);
    if (status == ATTUNE_OK)
        sound(&o.difference, &o + 1);
    return status;
}

static attune_status nonoverlap(const struct course *c)
{
    const attune_quartet q = { sizeof q,   r_of(c, 0), r_of(c, 1), r_of(c, 2),
                               r_of(c, 3), r_of(c, 4), r_of(c, 5) };
    attune_nonoverlap o = { .struct_size = sizeof o };
    attune_status status = attune_nonoverlap_compare(&q, c->n, &o, NULL);
    if (status == ATTUNE_OK)
        sound(&o.difference, &o + 1);
    return status;
}

static attune_status independent(const struct course *c)
{
    attune_independent o = { .struct_size = sizeof o };
    attune_status status = attune_independent_compare(r_of(c, 0), c->n, r_of(c, 1), c->n, &o, NULL);
    if (status == ATTUNE_OK)
        sound(&o.difference, &o + 1);
    return status;
}

static attune_status dependability(const struct course *c)
{
    double found = 0;
    attune_status status = attune_dependability_of(r_of(c, 0), 10 * r_of(c, 1), &found, NULL);
    sound(&found, &found + 1);
    return status;
}

/* As many of so many; what a course counts is how many scores are above 5. */
static attune_status rate(const struct course *c)
{
    attune_rate r = { .struct_size = sizeof r };
    uint64_t count = 0;
    for (size_t i = 0; i < c->n; i++)
        count += c->y[i] > 5 ? 1u : 0u;
    attune_status status = attune_rate_of(count, c->n, 1.96, &r, NULL);
    if (status == ATTUNE_OK)
        sound(&r.rate, &r + 1);
    return status;
}

/*
 * Ratings stop at 1e60, scores of associations at 1e150. Six correlations of four measures that no
 * data have at once are not positive: those of the step, the repeated and the reversed times.
 */
static const hard_fit fits[] = {
    { "dyad", dyad, "f..f.......nn..v" },
    { "dyads", dyads, "f..f.......nn..v" },
    { "surface", surface, "ffff.......nn..v" },
    { "associate", associate, "f..f....rrrnn..v" },
    { "correlation", correlation, "fffv.......vv.v." },
    { "overlap", overlap, "fffv.......vv.vv" },
    { "nonoverlap", nonoverlap, "fffv..nvn.nvv.vv" },
    { "independent", independent, "fffv.......vv.vv" },
    { "dependability", dependability, "vv.v.......vvvvv" },
    { "rate", rate, "................" },
};

static void every_pair_and_rate_answers_every_hard_course_as_it_says(void **state)
{
    (void)state;
    answers_as_it_says(fits, sizeof fits / sizeof *fits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_and_rate_answers_every_hard_course_as_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
