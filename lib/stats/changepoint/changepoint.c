/* The changes of one series: checks, the search asked for, and what each change is worth. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/changepoint/segment.h"

#include "lib/core/base/error.h"
#include "lib/core/base/out.h"
#include "lib/stats/num/moments.h"

#include <float.h>
#include <math.h>
#include <stdalign.h>

#define D2 1.1283791670955126     /* mean distance of two standard normals */
#define NOISE (8.0 * DBL_EPSILON) /* scaled scores that differ by less differ by rounding */
#define CHANGES_MAX 64
#define PERMUTATIONS_MAX 1000000

static void (*const searches[])(atn_segments *, attune_changepoint_cost *) = {
    [ATTUNE_CHANGEPOINT_PARTITION] = atn_search_partition,
    [ATTUNE_CHANGEPOINT_BINARY] = atn_search_binary,
    [ATTUNE_CHANGEPOINT_BREAKS] = atn_search_breaks,
};

static size_t state_size(void)
{
    size_t unit = alignof(max_align_t);
    return (atn_random_size() + unit - 1) / unit * unit;
}

static size_t search_size(const attune_changepoint_options *o, size_t n)
{
    return o->search == ATTUNE_CHANGEPOINT_BREAKS ? atn_breaks_size(n, (size_t)o->max_changes)
                                                  : atn_partition_size(n);
}

static attune_status check_options(const attune_changepoint_options *o, attune_error *err)
{
    const struct {
        const char *key;
        int32_t value, first, last;
    } words[] = {
        { "search", o->search, 0, ATTUNE_CHANGEPOINT_BREAKS },
        { "criterion", o->criterion, 0, ATTUNE_CHANGEPOINT_LWZ },
        { "model", o->model, 0, o->search == ATTUNE_CHANGEPOINT_BREAKS },
        { "min_size", o->min_size, 1 + o->model, ATTUNE_CHANGEPOINT_ROWS_MAX },
        { "max_changes", o->max_changes, 0, CHANGES_MAX },
        { "permutations", o->permutations, 0, PERMUTATIONS_MAX },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].value < words[i].first || words[i].value > words[i].last)
            return atn_fail(err, ATTUNE_E_OPTION, words[i].key,
                            "expected a number in the documented range");
    if (!(o->penalty >= 0.0 && o->penalty < INFINITY))
        return atn_fail(err, ATTUNE_E_OPTION, "penalty", "expected a finite number, 0 or above");
    if (!(o->factor > 0.0 && o->factor < INFINITY))
        return atn_fail(err, ATTUNE_E_OPTION, "factor", "expected a finite number above 0");
    return ATTUNE_OK;
}

static size_t work_size(const attune_changepoint_options *o, size_t n)
{
    return state_size() + 7 * (n + 1) * sizeof(double) + search_size(o, n);
}

size_t attune_changepoint_work(const attune_changepoint_options *options, size_t n)
{
    if (!options || n > ATTUNE_CHANGEPOINT_ROWS_MAX || check_options(options, NULL) != ATTUNE_OK)
        return 0;
    return work_size(options, n);
}

static void lay_out(atn_segments *s, const attune_changepoint_options *o, size_t n, void *work)
{
    *s = (atn_segments) { .o = o, .state = work };
    s->y = (double *)(void *)((char *)work + state_size());
    s->rows = s->y + n + 1;
    s->sum = s->rows + n + 1;
    s->square = s->sum + n + 1;
    s->f = s->square + n + 1;
    s->g = s->f + n + 1;
    s->found = (size_t *)(void *)(s->g + n + 1);
    s->rest = s->found + n + 1;
}

static void take(atn_segments *s, const double *y, size_t n)
{
    double most = 0.0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(y[i]))
            continue;
        s->y[s->n] = y[i];
        s->rows[s->n++] = (double)i;
        most = fmax(most, fabs(y[i]));
    }
    frexp(most, &s->exponent);
    for (size_t i = 0; i < s->n; i++)
        s->y[i] = scalbn(s->y[i], -s->exponent);
}

/* About the mean, so that running sums of squares lose little. */
static void run_sums(atn_segments *s)
{
    double mean = atn_mean(s->y, s->n);
    s->sum[0] = s->square[0] = 0.0;
    for (size_t i = 0; i < s->n; i++) {
        s->y[i] -= mean;
        s->sum[i + 1] = s->sum[i] + s->y[i];
        s->square[i + 1] = s->square[i] + s->y[i] * s->y[i];
    }
    s->nil = (double)s->n * NOISE * NOISE;
}

static void set_penalty(atn_segments *s)
{
    const attune_changepoint_options *o = s->o;
    double steps = 0.0, n = (double)s->n;
    for (size_t i = 1; i < s->n; i++)
        steps += fabs(s->y[i] - s->y[i - 1]);
    double sd = s->n > 1 ? steps / (n - 1.0) / D2 : 0.0;
    s->penalty =
        o->penalty > 0.0 ? scalbn(o->penalty, -2 * s->exponent) : o->factor * log(n) * sd * sd;
}

static void search(atn_segments *s, attune_changepoint_cost *cost)
{
    run_sums(s);
    set_penalty(s);
    cost->penalty =
        s->o->search == ATTUNE_CHANGEPOINT_BREAKS ? NAN : scalbn(s->penalty, 2 * s->exponent);
    searches[s->o->search](s, cost);
    if (s->square[s->n] <= s->nil)
        s->count = 0; /* all scores are equal */
}

static double squares_within(const atn_segments *s, size_t from, size_t to)
{
    atn_stretch stretch = { 0 };
    for (size_t i = from; i < to; i++)
        atn_stretch_add(&stretch, (double)i, s->y[i]);
    return atn_stretch_squares(&stretch, s->o->model);
}

static attune_changepoint change_of(const atn_segments *s, const double *y, size_t n, size_t i)
{
    size_t from = i > 0 ? s->found[i - 1] : 0, at = s->found[i];
    size_t to = i + 1 < s->count ? s->found[i + 1] : s->n;
    double k = s->o->model == ATTUNE_CHANGEPOINT_LINE ? 2.0 : 1.0, df = (double)(to - from) - 2 * k;
    double left = squares_within(s, from, at) + squares_within(s, at, to);
    attune_changepoint c = { .struct_size = (uint32_t)sizeof c, .row = (int32_t)s->rows[at] };
    atn_means_about(y, (size_t)s->rows[from], (size_t)c.row, to < s->n ? (size_t)s->rows[to] : n,
                    &c);
    c.statistic = left > s->nil ? (squares_within(s, from, to) - left) / k / (left / df) : NAN;
    size_t least = (size_t)s->o->min_size;
    c.p = atn_permutation_p(s, from, to, least, to - from - least);
    return c;
}

static double squares_in_all(const atn_segments *s)
{
    double sum = 0.0;
    for (size_t i = 0; i <= s->count; i++)
        sum += squares_within(s, i > 0 ? s->found[i - 1] : 0, i < s->count ? s->found[i] : s->n);
    return scalbn(sum, 2 * s->exponent);
}

static attune_status check_scores(const double *y, size_t n, attune_error *err)
{
    size_t completed = 0;
    for (size_t i = 0; i < n; i++) {
        if (isinf(y[i]))
            return atn_fail_at(err, ATTUNE_E_VALUE, i, "y", "expected a finite score or NaN");
        completed += isnan(y[i]) ? 0 : 1;
    }
    if (completed == 0)
        return atn_fail(err, ATTUNE_E_TOO_FEW, "y", "expected at least one completed score");
    return ATTUNE_OK;
}

static attune_status check_memory(const attune_changepoint_options *options, size_t n,
                                  const void *work, size_t size, attune_error *err)
{
    if (n > ATTUNE_CHANGEPOINT_ROWS_MAX)
        return atn_fail(err, ATTUNE_E_COUNT, "n", "expected no more rows than one search takes");
    attune_status status = check_options(options, err);
    if (status == ATTUNE_OK && (!work || size < work_size(options, n)))
        status = atn_fail(err, ATTUNE_E_COUNT, "size", "expected attune_changepoint_work bytes");
    return status;
}

static attune_status check_call(const attune_changepoint_options *options, const double *y,
                                size_t n, const attune_changepoint *found, size_t capacity,
                                const size_t *count, const attune_changepoint_cost *cost,
                                attune_error *err)
{
    if (!options)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "options", "expected options");
    if (n > 0 && (!y || !found))
        return atn_fail(err, ATTUNE_E_ARGUMENT, y ? "found" : "y", "expected an array");
    if (!count)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "count", "expected where to say how many");
    if (options->struct_size < sizeof *options)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "options", "struct_size must be set");
    if (n > 0 && atn_struct_size(found) < sizeof *found)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "found", "struct_size must be set");
    if (cost && cost->struct_size < sizeof *cost)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "cost", "struct_size must be set");
    if (capacity < n)
        return atn_fail(err, ATTUNE_E_COUNT, "capacity", "expected room for n changes");
    return ATTUNE_OK;
}

attune_status attune_changepoint_fit(const attune_changepoint_options *options, const double *y,
                                     size_t n, void *work, size_t size, attune_changepoint *found,
                                     size_t capacity, size_t *count, attune_changepoint_cost *cost,
                                     attune_error *err)
{
    attune_status status = check_call(options, y, n, found, capacity, count, cost, err);
    if (status == ATTUNE_OK)
        status = check_memory(options, n, work, size, err);
    if (status == ATTUNE_OK)
        status = check_scores(y, n, err);
    if (status != ATTUNE_OK)
        return status;
    atn_segments s;
    attune_changepoint_cost price = { .struct_size = (uint32_t)sizeof price };
    lay_out(&s, options, n, work);
    take(&s, y, n);
    search(&s, &price);
    uint32_t stride = found->struct_size;
    for (size_t i = 0; i < s.count; i++) {
        attune_changepoint change = change_of(&s, y, n, i);
        atn_give_at(found, stride, i, &change, sizeof change);
    }
    *count = s.count;
    price.squares = squares_in_all(&s);
    if (cost)
        atn_give(cost, &price, sizeof price);
    return ATTUNE_OK;
}

attune_status attune_changepoint_alarm(const attune_changepoint_options *options, size_t n,
                                       size_t rounds, uint64_t seed, void *work, size_t size,
                                       double *rate, double *error, attune_error *err)
{
    if (!options || !rate || !error)
        return atn_fail(err, ATTUNE_E_ARGUMENT, "rate", "expected options, and room for both");
    if (options->struct_size < sizeof *options)
        return atn_fail(err, ATTUNE_E_STRUCT_SIZE, "options", "struct_size must be set");
    if (n == 0 || rounds == 0)
        return atn_fail(err, ATTUNE_E_COUNT, "n", "expected scores and rounds");
    attune_status status = check_memory(options, n, work, size, err);
    if (status != ATTUNE_OK)
        return status;
    atn_segments s;
    atn_random random;
    size_t alarms = 0;
    lay_out(&s, options, n, work);
    atn_random_begin(&random, s.state, seed);
    for (size_t round = 0; round < rounds; round++) {
        attune_changepoint_cost price = { .count = 0 };
        s.n = n;
        for (size_t i = 0; i < n; i++)
            s.y[i] = atn_random_normal(&random);
        search(&s, &price);
        alarms += s.count > 0;
    }
    *rate = (double)alarms / (double)rounds;
    *error = sqrt(*rate * (1.0 - *rate) / (double)rounds);
    return ATTUNE_OK;
}
