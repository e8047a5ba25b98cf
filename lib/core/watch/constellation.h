/* Who goes with a course, of all the courses of its client. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_WATCH_CONSTELLATION_H
#define ATN_WATCH_CONSTELLATION_H

#include <attune/company.h>

/* Two places are kept for the therapist and for distress. */
#define ATN_SUBSCALES_HEARD (ATTUNE_COMPANIONS_MAX - 2)

/* What a course is watched with. */
typedef struct atn_constellation {
    const attune_course *own, *therapist, *distress; /* the latter two NULL: none */
    uint32_t subscales;
} atn_constellation;

/* Element i of the caller's array, whose struct may have grown since. */
static inline const attune_course *atn_course_at(const attune_course *array, size_t i)
{
    const char *at = (const char *)array + i * array->struct_size;
    return (const attune_course *)(const void *)at;
}

/* Why course i cannot be taken, or ATTUNE_OK. */
attune_status atn_course_check(const attune_course *course, size_t i, attune_error *err);

/* Of checked courses; listens 0: a course stays by itself. */
void atn_constellation_find(atn_constellation *c, const attune_course *courses, size_t n_courses,
                            size_t own, int listens);

#endif
