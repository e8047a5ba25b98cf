/* Fuzzing trends and smooth lines: any rows, any options; answers keep what the headers promise. */
/* SPDX-License-Identifier: MIT */
#include <attune/smooth.h>
#include <attune/trend.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS = 48 };

struct input {
    uint8_t method, rounds, spare[6];
    double span, delta, coverage, level_var, residual_var;
};

static void must(int holds)
{
    if (!holds)
        abort();
}

static void check_figures(const attune_trend *t)
{
    size_t count;
    const attune_field *fields = attune_trend_fields(&count);
    const double p[] = { t->ols_p, t->mk_p, t->mk_p_exact, t->mk_hr_p, t->mk_yw_p };
    for (size_t i = 0; i < count; i++) {
        double figure = 0;
        if (fields[i].type == ATTUNE_FIELD_REAL)
            memcpy(&figure, (const char *)t + fields[i].offset, sizeof figure);
        must(!isinf(figure));
    }
    for (size_t i = 0; i < sizeof p / sizeof *p; i++)
        must(!(p[i] < 0 || p[i] > 1));
    must(!(t->ols_low > t->ols_slope || t->ols_slope > t->ols_high));
    must(!(t->sen_low > t->sen_slope || t->sen_slope > t->sen_high));
    must(!(fabs(t->kendall_tau_b) > 1 || fabs(t->spearman_rho) > 1 || fabs(t->lag1) > 1));
    must(!(fabs(t->mk_yw_z) > fabs(t->mk_z)));
}

static void check_trend(const double *x, const double *y, size_t n)
{
    static double work[ROWS * ROWS + 32 * ROWS];
    attune_trend t = { .struct_size = sizeof t, .n = -7 };
    attune_status status = attune_trend_fit(x, y, n, work, sizeof work, &t, NULL);
    must(status <= 0 && status > ATTUNE_STATUS_END);
    must((status == ATTUNE_OK) == (t.n != -7));
    if (status == ATTUNE_OK)
        check_figures(&t);
}

/* LOWESS tilts its line and may leave the scores' range; a level is a mean of them. */
static void check_smooth(const attune_smooth_options *how, const double *x, const double *y,
                         size_t n)
{
    static double work[7 * ROWS];
    double line[ROWS], low[ROWS], high[ROWS], least = INFINITY, most = -INFINITY;
    attune_smooth found = { .struct_size = sizeof found, .n = -7 };
    attune_status status =
        attune_smooth_fit(x, y, n, how, work, sizeof work, line, low, high, &found, NULL);
    must(status <= 0 && status > ATTUNE_STATUS_END);
    must((status == ATTUNE_OK) == (found.n != -7));
    for (size_t i = 0; i < n; i++) {
        least = fmin(least, y[i]);
        most = fmax(most, y[i]);
    }
    const double slack = 1e-9 * fmax(fabs(least), fabs(most)); /* of sums of scores */
    for (size_t i = 0; status == ATTUNE_OK && i < n; i++) {
        must(!isinf(line[i]) && !isinf(low[i]) && !isinf(high[i]));
        must(!(low[i] > line[i] || line[i] > high[i]));
        if (how->method == ATTUNE_SMOOTH_LEVEL)
            must(!(line[i] < least - slack || line[i] > most + slack));
    }
    must(!(found.iterations < 0 || found.iterations > 1000));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    attune_smooth_options how = ATTUNE_SMOOTH_OPTIONS_INIT;
    struct input given;
    double x[ROWS], y[ROWS];
    size_t n = 0;
    if (size < sizeof given)
        return 0;
    memcpy(&given, data, sizeof given);
    how.method = given.method % 3;
    how.rounds = given.rounds - 1;
    how.span = given.span;
    how.delta = given.delta;
    how.coverage = given.coverage;
    how.level_var = given.level_var;
    how.residual_var = given.residual_var;
    for (data += sizeof given, size -= sizeof given; size >= 9 && n < ROWS; data += 9, size -= 9) {
        x[n] = (n > 0 ? x[n - 1] : 0) + data[0] % 16;
        if (data[0] >= 240)
            memcpy(&x[n], data + 1, sizeof x[0]);
        memcpy(&y[n++], data + 1, sizeof y[0]);
    }
    check_trend(x, y, n);
    check_smooth(&how, x, y, n);
    return 0;
}
