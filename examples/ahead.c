/* Reading ahead: clients are copied into a few parcels that go round between two threads. */
/* SPDX-License-Identifier: MIT */
#include "examples/ahead.h"

#include "examples/parcel.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PARCELS 4

struct ahead {
    struct input *input;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* Under the lock: parcels filled and parcels given back, counted since the start. */
    size_t filled, emptied;
    int stopped;
    /* Of whoever's turn it is. */
    struct parcel parcels[PARCELS];
    /* Of the thread that asks. */
    size_t client;
};

static size_t wait_to_fill(struct ahead *a)
{
    size_t place;
    pthread_mutex_lock(&a->lock);
    while (!a->stopped && a->filled - a->emptied == PARCELS)
        pthread_cond_wait(&a->changed, &a->lock);
    place = a->stopped ? PARCELS : a->filled % PARCELS;
    pthread_mutex_unlock(&a->lock);
    return place;
}

static void count_up(struct ahead *a, size_t *counter)
{
    pthread_mutex_lock(&a->lock);
    ++*counter;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
}

static void *fill_all(void *context)
{
    struct ahead *a = context;
    size_t place;
    while ((place = wait_to_fill(a)) < PARCELS) {
        int more = parcel_fill(&a->parcels[place], a->input->forms);
        count_up(a, &a->filled);
        if (!more)
            break;
    }
    return NULL;
}

int ahead_new(struct ahead **out, struct input *input)
{
    struct ahead *a = calloc(1, sizeof *a);
    if (a) {
        a->input = input;
        pthread_mutex_init(&a->lock, NULL);
        pthread_cond_init(&a->changed, NULL);
        if (pthread_create(&a->thread, NULL, fill_all, a) == 0) {
            *out = a;
            return CODE_OK;
        }
        pthread_cond_destroy(&a->changed);
        pthread_mutex_destroy(&a->lock);
        free(a);
    }
    fprintf(stderr, "attune: not enough memory for a thread; --threads 1 does without\n");
    return CODE_INTERNAL;
}

/* The parcel whose turn it is, once it is filled. */
static struct parcel *wait_to_read(struct ahead *a)
{
    struct parcel *parcel;
    pthread_mutex_lock(&a->lock);
    while (a->filled == a->emptied)
        pthread_cond_wait(&a->changed, &a->lock);
    parcel = &a->parcels[a->emptied % PARCELS];
    pthread_mutex_unlock(&a->lock);
    return parcel;
}

int ahead_next(struct ahead *a, attune_client_forms *client)
{
    struct parcel *parcel = wait_to_read(a);
    if (a->client == parcel->count && !parcel->last) {
        a->client = 0;
        count_up(a, &a->emptied);
        parcel = wait_to_read(a);
    }
    if (a->client < parcel->count) {
        *client = parcel->clients[a->client++];
        return CODE_OK;
    }
    *client = (attune_client_forms) { .struct_size = sizeof *client };
    return parcel->err.code == ATTUNE_OK ? CODE_OK : input_fail(a->input->path, &parcel->err);
}

void ahead_free(struct ahead *a)
{
    if (!a)
        return;
    pthread_mutex_lock(&a->lock);
    a->stopped = 1;
    pthread_cond_signal(&a->changed);
    pthread_mutex_unlock(&a->lock);
    pthread_join(a->thread, NULL);
    for (size_t i = 0; i < PARCELS; i++)
        parcel_free(&a->parcels[i]);
    pthread_cond_destroy(&a->changed);
    pthread_mutex_destroy(&a->lock);
    free(a);
}

int ahead_helps(const struct options *options)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return options->threads == 0 ? processors > 1 : options->threads > 1;
}
