/* Two faults at once: the earlier of the documented order wins, and nothing is written. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_CORE_FAULTS_H
#define TESTS_CORE_FAULTS_H

#include "tests/unit/near.h"

#include <attune/status.h>

/* One way to spoil a call, in the normative order of the table it stands in. */
typedef struct fault {
    const char *name;
    attune_status status;
    void (*make)(void *call);
} fault;

/* A call with its arguments and its outputs in one struct, so that it can be compared whole. */
typedef struct spoiled {
    void *call;
    size_t size;
    void (*reset)(void *call); /* sound arguments, outputs filled with a pattern */
    attune_status (*run)(void *call, attune_error *err);
} spoiled;

#define FAULTS_CALL_MAX 65536
#define FAULTS_PATTERN 0xA5

static inline void faults_try(const spoiled *s, const fault *first, const fault *second)
{
    static unsigned char before[FAULTS_CALL_MAX];
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status;
    assert_in_range(s->size, 1, sizeof before);
    s->reset(s->call);
    second->make(s->call);
    first->make(s->call);
    memcpy(before, s->call, s->size);
    status = s->run(s->call, &err);
    if (status != first->status || err.code != first->status) {
        print_error("%s and %s: status %d, error %d, expected %d\n", first->name, second->name,
                    (int)status, (int)err.code, (int)first->status);
        fail();
    }
    if (memcmp(before, s->call, s->size) != 0) {
        print_error("%s and %s: something was written\n", first->name, second->name);
        fail();
    }
}

/* Every fault alone, and every two of them. */
static inline void faults_check(const spoiled *s, const fault *faults, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = i; j < n; j++)
            faults_try(s, &faults[i], &faults[j]);
    s->reset(s->call);
    assert_int_equal(s->run(s->call, NULL), ATTUNE_OK);
}

/* What one fault does to a call of this type, which it knows as c. */
#define SPOIL(name, type, statement)                                                               \
    static void name(void *call)                                                                   \
    {                                                                                              \
        type *c = call;                                                                            \
        statement;                                                                                 \
    }

#define FAULTS_CHECK(s, faults) faults_check(s, faults, sizeof(faults) / sizeof *(faults))

#endif
