/* Times attune on the data that peers.py made: one line a task with its seconds and a figure. */
/* SPDX-License-Identifier: MIT */
#include <attune/changepoint.h>
#include <attune/responsefit.h>
#include <attune/trend.h>
#include <attune/version.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SESSIONS = 20, CLIENTS = 1000, REPEATS = 15 };

static double y[CLIENTS * SESSIONS], x[CLIENTS * SESSIONS];
static int32_t session[CLIENTS * SESSIONS];
static uint64_t starts[CLIENTS + 1];
static attune_trend trends[CLIENTS];
static attune_status statuses[CLIENTS];
static attune_changepoint found[ATTUNE_CHANGEPOINT_ROWS_MAX];
static void *work;
static size_t work_size;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The rows of a file of doubles; 0 when it cannot be read. */
static size_t read_rows(const char *folder, const char *name, double *to, size_t most)
{
    char path[1024];
    FILE *file;
    size_t n = 0;
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return 0;
    file = fopen(path, "rb");
    if (file) {
        n = fread(to, sizeof *to, most, file);
        (void)fclose(file);
    }
    return n;
}

/* The log-likelihood of 1,000 clients of 20 sessions, slopes of their own, on log session. */
static int mixed(size_t n, double penalty, double *figure)
{
    attune_response r = { .struct_size = sizeof r };
    (void)penalty;
    if (attune_response_fit(NULL, starts, n / SESSIONS, session, y, n, work, work_size, &r, NULL) !=
        ATTUNE_OK)
        return 0;
    *figure = r.log_likelihood;
    return 1;
}

/* The mean of the Theil-Sen slopes; every other column of attune trend is worked out too. */
static int trend(size_t n, double penalty, double *figure)
{
    double sum = 0;
    (void)penalty;
    trends[0].struct_size = sizeof trends[0];
    if (attune_trend_scan(starts, n / SESSIONS, x, y, n, work, work_size, trends, statuses, NULL) !=
        ATTUNE_OK)
        return 0;
    for (size_t g = 0; g < n / SESSIONS; g++)
        sum += trends[g].sen_slope;
    *figure = sum / (double)(n / SESSIONS);
    return 1;
}

/* How many changes the best partition has. */
static int pelt(size_t n, double penalty, double *figure)
{
    attune_changepoint_options how = ATTUNE_CHANGEPOINT_OPTIONS_INIT;
    size_t count = 0;
    how.penalty = penalty;
    how.min_size = 1;
    found->struct_size = sizeof *found;
    if (attune_changepoint_fit(&how, y, n, work, work_size, found, n, &count, NULL, NULL) !=
        ATTUNE_OK)
        return 0;
    *figure = (double)count;
    return 1;
}

/* BIC of the best single break; the best partitions of up to five are worked out. */
static int breaks(size_t n, double penalty, double *figure)
{
    attune_changepoint_options how = ATTUNE_CHANGEPOINT_OPTIONS_INIT;
    attune_changepoint_cost cost = { .struct_size = sizeof cost };
    size_t count = 0;
    (void)penalty;
    how.search = ATTUNE_CHANGEPOINT_BREAKS;
    how.min_size = (int32_t)(n * 15 / 100);
    found->struct_size = sizeof *found;
    if (attune_changepoint_fit(&how, y, n, work, work_size, found, n, &count, &cost, NULL) !=
        ATTUNE_OK)
        return 0;
    *figure = cost.bic[1];
    return 1;
}

static const struct {
    const char *name, *file;
    int (*run)(size_t n, double penalty, double *figure);
    double penalty;
    int loops; /* within one timing: short tasks are timed together */
} tasks[] = {
    { "mixed", "mixed", mixed, 0, 20 },
    { "trend", "trend", trend, 0, 2 },
    { "pelt", "pelt", pelt, 20.72326583694641, 100 }, /* 3 ln(1000), as peers.py says it */
    { "breaks", "breaks", breaks, 0, 500 },
};

static int compare(const void *a, const void *b)
{
    double d = *(const double *)a - *(const double *)b;
    return (d > 0) - (d < 0);
}

static int time_task(size_t task, size_t n)
{
    double took[REPEATS], figure = 0;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        double start = now();
        for (int loop = 0; loop < tasks[task].loops; loop++)
            if (!tasks[task].run(n, tasks[task].penalty, &figure))
                return 0;
        took[repeat] = (now() - start) / tasks[task].loops;
    }
    qsort(took, REPEATS, sizeof *took, compare);
    printf("%s\tattune\t%s\t%.9g\t%.17g\n", tasks[task].name, attune_version_text(),
           took[REPEATS / 2], figure);
    return 1;
}

static void make_axes(void)
{
    for (size_t i = 0; i < (size_t)CLIENTS * SESSIONS; i++) {
        session[i] = (int32_t)(i % SESSIONS) + 1;
        x[i] = session[i];
    }
    for (size_t g = 0; g <= CLIENTS; g++)
        starts[g] = g * SESSIONS;
}

int main(int argc, char **argv)
{
    const attune_changepoint_options how = ATTUNE_CHANGEPOINT_OPTIONS_INIT;
    int good = argc == 2;
    make_axes();
    work_size = attune_response_work(CLIENTS, (size_t)CLIENTS * SESSIONS) +
                attune_trend_work(SESSIONS) + attune_changepoint_work(&how, 1000);
    work = malloc(work_size);
    for (size_t task = 0; good && work && task < sizeof tasks / sizeof *tasks; task++) {
        size_t n = read_rows(argv[1], tasks[task].file, y, (size_t)CLIENTS * SESSIONS);
        good = n > 0 && time_task(task, n);
    }
    free(work);
    return good && work_size > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
