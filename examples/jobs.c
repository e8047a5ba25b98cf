/* Pieces of work that do not touch each other, done by several threads. */
/* SPDX-License-Identifier: MIT */
#include "examples/jobs.h"

#include "examples/command.h"

#include <pthread.h>
#include <unistd.h>

#define THREADS_MAX 64

struct jobs {
    pthread_mutex_t lock;
    size_t next, count, failed; /* failed: the lowest piece that did */
    int code;
    job *one;
    void *context;
};

/* The next piece, or count when there is none left. */
static size_t take(struct jobs *jobs)
{
    size_t i;
    pthread_mutex_lock(&jobs->lock);
    i = jobs->code == CODE_OK && jobs->next < jobs->count ? jobs->next++ : jobs->count;
    pthread_mutex_unlock(&jobs->lock);
    return i;
}

static void fail(struct jobs *jobs, size_t i, int code)
{
    pthread_mutex_lock(&jobs->lock);
    if (i < jobs->failed) {
        jobs->failed = i;
        jobs->code = code;
    }
    pthread_mutex_unlock(&jobs->lock);
}

static void *work(void *of)
{
    struct jobs *jobs = of;
    size_t i;
    while ((i = take(jobs)) < jobs->count) {
        int code = jobs->one(jobs->context, i);
        if (code != CODE_OK)
            fail(jobs, i, code);
    }
    return NULL;
}

static size_t wanted(int32_t threads, size_t count)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t n = threads > 0 ? (size_t)threads : processors > 0 ? (size_t)processors : 1;
    n = n < THREADS_MAX ? n : THREADS_MAX;
    return n < count ? n : count;
}

int jobs_run(size_t count, int32_t threads, job *one, void *context)
{
    struct jobs jobs = { .count = count, .failed = count, .one = one, .context = context };
    pthread_t others[THREADS_MAX];
    size_t n = 0, want = wanted(threads, count);
    pthread_mutex_init(&jobs.lock, NULL);
    while (n + 1 < want && pthread_create(&others[n], NULL, work, &jobs) == 0)
        n++;
    (void)work(&jobs);
    for (size_t i = 0; i < n; i++)
        pthread_join(others[i], NULL);
    pthread_mutex_destroy(&jobs.lock);
    return jobs.code;
}
