/* Whether a value can belong to a scale: its range and its grid. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_SCALE_RANGE_H
#define ATN_SCALE_RANGE_H

#include <math.h>

/*
 * A total that others have imputed may miss the range by less than half a step: it still stands for
 * a possible total. An unknown end is infinite or NaN, an unknown step NaN. A NaN total is in
 * range.
 */
static inline int atn_total_in_range(double total, double low, double high, double step)
{
    double slack = step > 0 ? step / 2 : 0;
    if (isinf(total))
        return 0;
    if (total < low)
        return total > low - slack;
    return !(total > high) || total < high + slack;
}

/* Farther than slack from every origin + k * step? Where step is not known nothing is. */
static inline int atn_off_grid(double value, double origin, double step, double slack)
{
    double place;
    if (!(step > 0))
        return 0;
    place = (value - origin) / step;
    return fabs(place - nearbyint(place)) * step > slack;
}

#endif
