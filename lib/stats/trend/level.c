/* The local level: Kalman's filter, the recursion back, and the likeliest variances. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/num/num.h"
#include "lib/stats/trend/smooth.h"

#include <math.h>

#define LOG_2PI 1.8378770664093454836

/* Where the likeliest ratio of the variances is looked for: powers of ten, then closer in. */
#define POWER_LEAST -10.0
#define POWER_MOST 6.0
#define POWER_STEP 0.25
#define CLOSER 60 /* golden sections of two such steps: to 1e-13 of a power */
#define GOLDEN 0.61803398874989484820

/* What the scores say of variances up to a common factor: the factor that is likeliest. */
typedef struct likelihood {
    double deviance; /* -2 log likelihood; INFINITY: the variances explain nothing */
    double factor;
    double scores; /* that were predicted */
} likelihood;

static size_t first_score(const atn_smoothing *s)
{
    size_t i = 0;
    while (isnan(s->y[i]))
        i++;
    return i;
}

/* The first score is where the level starts, known but for its noise; later rows are predicted. */
static likelihood filter(const atn_smoothing *s, double move, double noise, int factor_is_one)
{
    size_t first = first_score(s), i = first;
    double level = s->y[first], variance = noise, logs = 0.0, squares = 0.0, count = 0.0;
    s->smooth[first] = level;
    s->a[first] = variance;
    while (++i < s->n) {
        double ahead = variance + move * (s->x[i] - s->x[i - 1]), of_score = ahead + noise;
        variance = ahead;
        if (!isnan(s->y[i])) {
            double off = s->y[i] - level;
            if (!(of_score > 0.0) && fabs(off) > 0.0)
                return (likelihood) { INFINITY, NAN, 0.0 };
            if (of_score > 0.0) {
                level += ahead / of_score * off;
                variance = ahead / of_score * noise;
                logs += log(of_score);
                squares += off * off / of_score;
                count++;
            }
        }
        s->smooth[i] = level;
        s->a[i] = variance;
    }
    double factor = factor_is_one ? 1.0 : squares / count;
    return (likelihood) { count * (LOG_2PI + log(factor)) + logs + squares / factor, factor,
                          count };
}

static likelihood at_power(atn_smoothing *s, double power)
{
    double ratio = pow(10.0, power);
    s->iterations++;
    return ratio < 1.0 ? filter(s, ratio, 1.0, 0) : filter(s, 1.0, 1.0 / ratio, 0);
}

/* The best power of the grid, then golden sections between its neighbours. */
static double best_power(atn_smoothing *s)
{
    double best = POWER_LEAST, least = INFINITY;
    for (double power = POWER_LEAST; power <= POWER_MOST; power += POWER_STEP) {
        double deviance = at_power(s, power).deviance;
        best = deviance < least ? power : best;
        least = fmin(least, deviance);
    }
    double low = best - POWER_STEP, high = best + POWER_STEP;
    double left = high - GOLDEN * (high - low), right = low + GOLDEN * (high - low);
    double of_left = at_power(s, left).deviance, of_right = at_power(s, right).deviance;
    for (int i = 0; i < CLOSER; i++) {
        if (of_left <= of_right) {
            high = right;
            right = left;
            of_right = of_left;
            left = high - GOLDEN * (high - low);
            of_left = at_power(s, left).deviance;
        } else {
            low = left;
            left = right;
            of_left = of_right;
            right = low + GOLDEN * (high - low);
            of_right = at_power(s, right).deviance;
        }
    }
    return 0.5 * (low + high);
}

static int all_equal(const atn_smoothing *s)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < s->n; i++) {
        low = fmin(low, s->y[i]);
        high = fmax(high, s->y[i]);
    }
    return !(high > low);
}

/*
 * The common factor of both variances has a closed form, so that their ratio alone is looked for;
 * a level that stands still and one without noise lie at its ends, and are tried for themselves.
 */
void atn_level_fit(atn_smoothing *s, atn_level *level)
{
    double power, ratio;
    likelihood found, still, bare;
    *level = (atn_level) { 0.0, 0.0, NAN, 0.0 };
    if (all_equal(s))
        return;
    power = best_power(s);
    ratio = pow(10.0, power);
    found = at_power(s, power);
    still = filter(s, 0.0, 1.0, 0);
    bare = filter(s, 1.0, 0.0, 0);
    s->iterations += 2;
    level->move = ratio < 1.0 ? ratio : 1.0;
    level->noise = ratio < 1.0 ? 1.0 : 1.0 / ratio;
    if (bare.deviance < found.deviance) {
        found = bare;
        level->move = 1.0;
        level->noise = 0.0;
    }
    if (still.deviance <= found.deviance) {
        found = still;
        level->move = 0.0;
        level->noise = 1.0;
    }
    level->move *= found.factor;
    level->noise *= found.factor;
}

/* Back from the last row (Rauch, Tung & Striebel 1965); rows before the first score look back. */
static void recur(atn_smoothing *s, double move)
{
    size_t first = first_score(s), i = s->n - 1;
    for (; i-- > first;) {
        double ahead = s->a[i] + move * (s->x[i + 1] - s->x[i]);
        double share = ahead > 0.0 ? s->a[i] / ahead : 0.0;
        s->smooth[i] += share * (s->smooth[i + 1] - s->smooth[i]);
        s->a[i] += share * share * (s->a[i + 1] - ahead);
    }
    for (i = first; i-- > 0;) {
        s->smooth[i] = s->smooth[i + 1];
        s->a[i] = s->a[i + 1] + move * (s->x[i + 1] - s->x[i]);
    }
}

int atn_level_smooth(atn_smoothing *s, atn_level *level)
{
    likelihood found = filter(s, level->move, level->noise, 1);
    s->iterations++;
    if (!(found.deviance < INFINITY))
        return 0;
    level->log_likelihood = all_equal(s) ? NAN : -0.5 * found.deviance;
    level->scores = found.scores;
    recur(s, level->move);
    return 1;
}
