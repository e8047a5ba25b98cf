/* The filter's answers: chances of a rupture, and what a steady course would have given. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/filter/filter.h"

#include <math.h>

static double sum_of(const atn_lane *weight)
{
    double sum = 0;
    for (int s = 0; s < ATN_SPREADS; s++)
        sum += weight->of[s];
    return sum;
}

void atn_filter_answer(const atn_lane *weight, double before, atn_answer *answer)
{
    double now = sum_of(&weight[ATN_BEGUN]), open = sum_of(&weight[ATN_SECOND]);
    double last = open + sum_of(&weight[ATN_BLIP]);
    double none =
        sum_of(&weight[ATN_STEADY]) + sum_of(&weight[ATN_BLIP]) + sum_of(&weight[ATN_BACK]);
    double either;
    answer->began = fmin(now + last, 1);
    answer->open = fmin(now + open + sum_of(&weight[ATN_OPEN]), 1);
    none = fmax(none, 1e-12);
    either = (now + last) / none;
    answer->odds = either > 2 * before ? either : now / none;
}

void atn_filter_weights(const atn_belief *belief, atn_lane *weight)
{
    for (int m = 0; m < ATN_MODES; m++)
        weight[m] = atn_block(belief, m)[0];
}

double atn_filter_evidence(const atn_belief *belief)
{
    static const double least = 1e-12;
    double open = sum_of(atn_block(belief, ATN_BEGUN)) + sum_of(atn_block(belief, ATN_SECOND));
    double none = sum_of(atn_block(belief, ATN_STEADY)) + sum_of(atn_block(belief, ATN_BLIP)) +
                  sum_of(atn_block(belief, ATN_BACK));
    return log(fmax(open, least) / fmax(none, least));
}

/* The modes without an open rupture; rounding and noise included. */
static const int calm[] = { ATN_STEADY, ATN_BLIP, ATN_BACK };
#define CALM (sizeof calm / sizeof *calm)

static void forecast(const atn_lane *block, int n, const atn_reading *r, int s, double *mean,
                     double *variance)
{
    *mean = 0;
    *variance = r->noise.of[s] + r->half_step * r->half_step / 3;
    for (int a = 0; a < n; a++) {
        *mean += r->weight[a] * block[1 + a].of[s];
        *variance += r->weight[a] * r->weight[a] * block[atn_place(n, a, a)].of[s];
        for (int b = a + 1; b < n; b++)
            *variance += 2 * r->weight[a] * r->weight[b] * block[atn_place(n, a, b)].of[s];
    }
}

void atn_filter_expect(const atn_belief *belief, const atn_population *p, const atn_reading *r,
                       atn_expectation *expected)
{
    double weight = 0, first = 0, second = 0, spread = 0, mean, variance;
    for (size_t m = 0; m < CALM; m++)
        for (int s = 0; s < ATN_SPREADS; s++) {
            const atn_lane *block = atn_block(belief, calm[m]);
            forecast(block, belief->n, r, s, &mean, &variance);
            weight += block[0].of[s];
            first += block[0].of[s] * mean;
            second += block[0].of[s] * (variance + mean * mean);
            spread += block[0].of[s] * p->spread.of[s];
        }
    expected->mean = first / weight;
    expected->sd = sqrt(second / weight - expected->mean * expected->mean);
    expected->spread = spread / weight;
}

double atn_filter_tail(const atn_belief *belief, const atn_reading *r)
{
    double weight = 0, tail = 0, mean, variance;
    for (size_t m = 0; m < CALM; m++)
        for (int s = 0; s < ATN_SPREADS; s++) {
            const atn_lane *block = atn_block(belief, calm[m]);
            forecast(block, belief->n, r, s, &mean, &variance);
            weight += block[0].of[s];
            tail += block[0].of[s] *
                    erfc((mean - r->value - r->half_step) /
                         sqrt(2 * (variance - r->half_step * r->half_step / 3))) /
                    2;
        }
    return tail / weight;
}
