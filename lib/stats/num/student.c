/* Quantiles of Student's t at any level: bounded bisection on the fenced distribution function. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/student.h"

#include "lib/stats/num/num.h"

#include <math.h>

#define HALVINGS 128 /* of the last doubling: more than a double tells apart */

double atn_student_quantile(double level, double nu)
{
    double low = 0.0, high = 1.0;
    if (isnan(atn_student_p(1.0, nu)))
        return NAN;
    while (atn_student_p(high, nu) > 1.0 - level) { /* at most 1024 times: p is 0 at infinity */
        low = high;
        high *= 2.0;
    }
    for (int i = 0; i < HALVINGS; i++) {
        double middle = 0.5 * (low + high);
        if (atn_student_p(middle, nu) > 1.0 - level)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}
