/* LOWESS: a weighted line through the nearest scores, made robust by a few rounds. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/select.h"
#include "lib/stats/trend/smooth.h"

#include <math.h>

/* Bounds of Cleveland's program, which R's lowess has too: nearly 0 and nearly 1 of a width. */
#define NEARLY_NONE .001
#define NEARLY_ALL .999
#define NO_SPREAD .001 /* of all x, below which a line's own x have no slope */
#define NO_ERROR 1e-7  /* of the mean residual, below which six medians end the rounds */

static double square(double v)
{
    return v * v;
}

static double cube(double v)
{
    return v * v * v;
}

static double tricube(double distance, double width)
{
    if (distance <= NEARLY_NONE * width)
        return 1.0;
    return cube(1.0 - cube(distance / width));
}

static double bisquare(double residual, double width)
{
    if (residual <= NEARLY_NONE * width)
        return 1.0;
    return residual <= NEARLY_ALL * width ? square(1.0 - square(residual / width)) : 0.0;
}

/* Weights of the rows about x in s->a, from left on; the row after the last; their sum. */
static size_t weigh(const atn_smoothing *s, double x, double width, size_t left, double *sum)
{
    size_t j = left;
    *sum = 0.0;
    for (; j < s->n; j++) {
        double distance = fabs(s->x[j] - x);
        s->a[j] = 0.0;
        if (distance <= NEARLY_ALL * width)
            s->a[j] = tricube(distance, width) * s->b[j];
        else if (s->x[j] > x)
            break;
        *sum += s->a[j];
    }
    return j;
}

/* Weights that add to 1 into those whose sum with the scores is the line's height at x. */
static void tilt(const atn_smoothing *s, double x, size_t left, size_t end)
{
    double middle = 0.0, spread = 0.0;
    for (size_t j = left; j < end; j++)
        middle += s->a[j] * s->x[j];
    for (size_t j = left; j < end; j++)
        spread += s->a[j] * square(s->x[j] - middle);
    if (!(sqrt(spread) > NO_SPREAD * (s->x[s->n - 1] - s->x[0])))
        return;
    for (size_t j = left; j < end; j++)
        s->a[j] *= (x - middle) / spread * (s->x[j] - middle) + 1.0;
}

/* The line at row i through rows left to right; the score itself when none of them has weight. */
static double line_at(const atn_smoothing *s, size_t i, size_t left, size_t right)
{
    double x = s->x[i], width = fmax(x - s->x[left], s->x[right] - x), sum, height = 0.0;
    size_t end = weigh(s, x, width, left, &sum);
    if (!(sum > 0.0))
        return s->y[i];
    for (size_t j = left; j < end; j++)
        s->a[j] /= sum;
    if (width > 0.0)
        tilt(s, x, left, end);
    for (size_t j = left; j < end; j++)
        height += s->a[j] * s->y[j];
    return height;
}

/* Rows between two that have a line are read off the straight line between them. */
static void read_between(const atn_smoothing *s, size_t from, size_t to)
{
    for (size_t j = from + 1; j < to; j++) {
        double share = (s->x[j] - s->x[from]) / (s->x[to] - s->x[from]);
        s->smooth[j] = share * s->smooth[to] + (1.0 - share) * s->smooth[from];
    }
}

/* Every row once, with the robust weights of s->b. */
static void pass(const atn_smoothing *s, size_t near, double delta)
{
    size_t left = 0, right = near - 1, done = 0, i = 0;
    for (;;) {
        while (right + 1 < s->n && s->x[i] - s->x[left] > s->x[right + 1] - s->x[i]) {
            left++;
            right++;
        }
        s->smooth[i] = line_at(s, i, left, right);
        if (done < i)
            read_between(s, done - 1, i);
        done = i + 1;
        size_t j = done;
        for (; j < s->n && s->x[j] <= s->x[i] + delta; j++)
            if (!(s->x[j] > s->x[done - 1])) {
                s->smooth[j] = s->smooth[done - 1];
                done = j + 1;
            }
        if (done >= s->n)
            return;
        i = j - 1 > done ? j - 1 : done;
    }
}

/* Robust weights of the residuals; 0: they are small beside their mean, and the rounds end. */
static int reweigh(const atn_smoothing *s)
{
    double mean = 0.0, width;
    for (size_t i = 0; i < s->n; i++) {
        s->b[i] = s->a[i] = fabs(s->y[i] - s->smooth[i]);
        mean += s->b[i] / (double)s->n;
    }
    width = 6.0 * atn_median(s->a, s->n);
    if (width < NO_ERROR * mean)
        return 0;
    for (size_t i = 0; i < s->n; i++)
        s->b[i] = bisquare(s->b[i], width);
    return 1;
}

void atn_lowess(atn_smoothing *s, size_t near, int32_t rounds, double delta)
{
    for (size_t i = 0; i < s->n; i++)
        s->b[i] = 1.0;
    for (s->iterations = 1;; s->iterations++) {
        pass(s, near, delta);
        if (s->iterations > rounds || !reweigh(s))
            return;
    }
}
