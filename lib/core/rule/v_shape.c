/* v_shape: the bottom of a V, by a parabola through five forms. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"

#include <math.h>

enum { SIDE = 2, WIDTH = 2 * SIDE + 1 };

enum { T_POSSIBLE, T_PROBABLE };

static const char source[] = "Student's t with 2 degrees of freedom, one-sided .05 and .01";
static const attune_param_info params[] = {
    [T_POSSIBLE] = ATN_PARAM("t_possible", 2.919985580355516, 0.1, 100,
                             "t of the bend from which it is possible", source),
    [T_PROBABLE] = ATN_PARAM("t_probable", 6.964556734283274, 0.1, 100,
                             "t of the bend from which it is probable", source),
};

/* What it remembers of a course: where the window of the next form begins. */
typedef struct memory {
    uint64_t from;
    int64_t forms;
} memory;

/* The five forms about this one; 0 when the course does not hold them. */
static int look(const atn_setup *setup, memory *own, atn_form *window)
{
    uint64_t at = own->from;
    int n = 0;
    if (own->forms++ < SIDE)
        return 0;
    while (n < WIDTH && atn_whole_next(setup->whole, &at, &window[n])) {
        n++;
        if (n == 1)
            own->from = at;
    }
    return n == WIDTH;
}

/* Least squares parabola at u = -2..2: its bend and tilt, and the SD of the residuals about it. */
static double bend_of(const atn_form *w, double *slope, double *spread)
{
    double bend = (2 * (w[0].up + w[4].up) - w[1].up - 2 * w[2].up - w[3].up) / 14;
    double tilt = (2 * (w[4].up - w[0].up) + w[3].up - w[1].up) / 10;
    double mean = 0, squares = 0;
    for (int i = 0; i < WIDTH; i++)
        mean += w[i].up / WIDTH;
    for (int i = 0; i < WIDTH; i++) {
        double u = i - SIDE, off = w[i].up - mean - tilt * u - bend * (u * u - 2);
        squares += off * off;
    }
    *slope = tilt;
    *spread = sqrt(squares / (WIDTH - 3));
    return bend;
}

static void mark_bottom(const atn_setup *setup, const atn_form *window, double spread,
                        const atn_form *form, atn_finding *finding)
{
    int32_t level = finding->statistic >= setup->params[T_PROBABLE] ? ATTUNE_LEVEL_PROBABLE
                                                                    : ATTUNE_LEVEL_POSSIBLE;
    attune_mark *mark = atn_mark_add(finding, ATTUNE_MARK_BOTTOM, level, form);
    mark->reference = (window[0].up + window[WIDTH - 1].up) / 2;
    mark->spread = spread;
    mark->first_session = window[0].session;
    mark->last_session = window[WIDTH - 1].session;
}

static void step(const atn_setup *setup, void *state, const atn_form *form, atn_finding *finding)
{
    atn_form window[WIDTH];
    double tilt, spread, bend;
    if (!look(setup, state, window)) {
        finding->state = ATTUNE_STATE_TOO_FEW;
        return;
    }
    bend = bend_of(window, &tilt, &spread);
    spread = atn_floored(spread, setup->constants->sem);
    finding->statistic = bend / (spread / sqrt(14));
    /* The vertex, -tilt / (2 bend), lies inside the window. */
    if (fabs(tilt) <= 2 * bend * SIDE && finding->statistic >= setup->params[T_POSSIBLE])
        mark_bottom(setup, window, spread, form, finding);
}

const attune_rule atn_rule_v_shape = {
    .info = {
        .struct_size = sizeof(attune_rule_info),
        .version = 1,
        .constructs = 1u << ATTUNE_CONSTRUCT_ALLIANCE | 1u << ATTUNE_CONSTRUCT_OTHER,
        .lookback = WIDTH,
        .looks_ahead = 1,
        .param_count = sizeof params / sizeof *params,
        .thresholds = 1u << T_POSSIBLE | 1u << T_PROBABLE,
        .id = "v_shape",
        .title = "the bottom of a V",
        .text = "Parabola through each five forms in a row: marks the middle one where the "
                "curve bends upwards beyond chance with its vertex inside the window; the "
                "residual SD never below the standard error of measurement. Looks two forms "
                "ahead: for finished treatments.",
        .statistic = "t of the upward bend",
        .citation = "quadratic local pattern, in the family of Stevens, Muran, Safran, Gorman & "
                "Winston 2007, Am J Psychother 61:109-129; their numeric criterion is not "
                "claimed",
    },
    .params = params,
    .step = step,
    .state_size = sizeof(memory),
    .repair_param = -1,
};
