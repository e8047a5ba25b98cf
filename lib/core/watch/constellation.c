/* Who goes with a course, of all the courses of its client. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/watch/constellation.h"

#include "lib/core/base/error.h"
#include "lib/core/watch/series.h"

attune_status atn_course_check(const attune_course *course, size_t i, attune_error *err)
{
    attune_scale_info info = { .struct_size = sizeof info };
    if (!course->series || !atn_series_is_given(course->series))
        return atn_fail_at(err, ATTUNE_E_ARGUMENT, i, "series", "a series must be given");
    if (course->series->struct_size < sizeof *course->series)
        return atn_fail_at(err, ATTUNE_E_STRUCT_SIZE, i, "struct_size", "struct_size must be set");
    if (course->n_subscales == 0)
        return ATTUNE_OK;
    if (!course->subscales || attune_scale_describe(course->scale, &info) != ATTUNE_OK)
        return atn_fail_at(err, ATTUNE_E_ARGUMENT, i, "subscales",
                           "expected columns of subscales and their scale");
    if (course->n_subscales > info.subscale_count)
        return atn_fail_at(err, ATTUNE_E_COUNT, i, "n_subscales",
                           "expected no more subscales than the scale has");
    return ATTUNE_OK;
}

static size_t completed(const attune_course *course)
{
    size_t n = 0;
    for (uint64_t i = 0; i < course->series->count; i++)
        n += isnan(course->series->score[i]) ? 0u : 1u;
    return n;
}

static int is_of(const attune_course *course, int32_t rater, int32_t construct)
{
    return course->rater == rater && course->constants->construct == construct;
}

static void meet(atn_constellation *c, const attune_course *other)
{
    if (other->rater == ATTUNE_RATER_THERAPIST && other->constants == c->own->constants)
        c->therapist = other;
    if (!c->therapist && is_of(other, ATTUNE_RATER_THERAPIST, ATTUNE_CONSTRUCT_ALLIANCE))
        c->therapist = other;
    if (is_of(other, ATTUNE_RATER_CLIENT, ATTUNE_CONSTRUCT_DISTRESS) &&
        (!c->distress || completed(other) > completed(c->distress)))
        c->distress = other;
}

static int may_have_company(const attune_course *own)
{
    return own->constants && own->rater == ATTUNE_RATER_CLIENT &&
           own->constants->construct != ATTUNE_CONSTRUCT_DISTRESS;
}

void atn_constellation_find(atn_constellation *c, const attune_course *courses, size_t n_courses,
                            size_t own, int listens)
{
    *c = (atn_constellation) { .own = atn_course_at(courses, own) };
    if (!listens || !may_have_company(c->own))
        return;
    for (size_t i = 0; i < n_courses; i++)
        if (atn_course_at(courses, i)->constants)
            meet(c, atn_course_at(courses, i));
    c->subscales =
        c->own->n_subscales < ATN_SUBSCALES_HEARD ? c->own->n_subscales : ATN_SUBSCALES_HEARD;
}
