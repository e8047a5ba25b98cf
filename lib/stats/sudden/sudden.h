/* How one interval of a series is judged, apart from which intervals there are. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_STATS_SUDDEN_H
#define ATN_STATS_SUDDEN_H

#include <attune/sudden.h>

#define ATN_SUDDEN_SIDE 3 /* sessions on each side that criterion 3 compares */

/* A checked series, and options with the defaults filled in. */
typedef struct atn_sudden_course {
    attune_sudden_options o;
    const int32_t *session; /* NULL: 1, 2, 3... */
    const double *score;
    size_t n;
} atn_sudden_course;

static inline int64_t atn_sudden_session(const atn_sudden_course *course, size_t row)
{
    return course->session ? course->session[row] : (int64_t)row + 1;
}

/* 1: a fall of the score is of this kind; -1: a rise is. */
static inline int atn_sudden_way(const attune_sudden_options *o, int32_t kind)
{
    return kind == ATTUNE_SUDDEN_GAIN ? -o->direction : o->direction;
}

/* Whether rows i and i + 1 are neighbouring sessions between which one may look. */
int atn_sudden_is_interval(const atn_sudden_course *course, size_t i);

/* Whether everything that is asked for is known of the interval. */
int atn_sudden_is_known(const atn_sudden_course *course, size_t i);

/* Judges an interval for one kind; struct_size is the caller's. */
attune_sudden_trace atn_sudden_judge(const atn_sudden_course *course, size_t i, int32_t kind);

/* Whether criteria 1 and 2, where they are asked for, are met: the cheap ones. */
int atn_sudden_is_large(const atn_sudden_course *course, size_t i, int32_t kind);

#endif
