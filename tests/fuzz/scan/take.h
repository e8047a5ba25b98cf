/* Bytes to constants, rules and companions: one byte a choice, zeros beyond the end. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FUZZ_SCAN_TAKE_H
#define TESTS_FUZZ_SCAN_TAKE_H

#include <attune/attune.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct input {
    const uint8_t *data;
    size_t size;
} input;

static inline uint8_t take(input *in)
{
    uint8_t byte = in->size > 0 ? *in->data : 0;
    in->data += in->size > 0;
    in->size -= in->size > 0;
    return byte;
}

/* A double worth trying, eight raw bytes, or a plain score from 0 in sixteenths. */
static inline double take_real(input *in)
{
    static const double worth[] = {
        (double)NAN,
        (double)INFINITY,
        -(double)INFINITY,
        0.0,
        -0.0,
        5e-324,
        -5e-324,
        2.3e-308,
        1e-160,
        1e160,
        1.7e308,
        -1.7e308,
        1e-16,
        1.0,
        -1.0,
        0x1p53,
    };
    uint8_t code = take(in);
    unsigned char raw[sizeof(double)];
    double value;
    if (code < 16)
        return worth[code];
    if (code > 16)
        return (code - 17) / 16.0;
    for (size_t i = 0; i < sizeof raw; i++)
        raw[i] = take(in);
    memcpy(&value, raw, sizeof value);
    return value;
}

static inline attune_constants take_constants(input *in)
{
    attune_constants c = { .struct_size = sizeof c };
    double *const members[] = { &c.score_min, &c.score_max,   &c.score_step,
                                &c.within_sd, &c.sem,         &c.change_threshold,
                                &c.sd,        &c.reliability, &c.cutoff };
    unsigned mask;
    attune_scale_constants(NULL, &c);
    c.construct = take(in) % 4;     /* 3 is none */
    c.direction = 1 - take(in) % 3; /* 0 is none */
    c.change_bound = take(in) % 2;
    c.cutoff_bound = take(in) % 2;
    c.provisional = take(in);
    mask = take(in);
    mask |= (unsigned)take(in) << 8;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (mask >> i & 1)
            *members[i] = take_real(in);
    return c;
}

static inline size_t take_choices(input *in, attune_rule_choice *choices)
{
    size_t n = take(in) % (ATTUNE_RULESET_MAX + 2u); /* 0 and one too many are refused */
    for (size_t i = 0; i < n; i++) {
        const attune_rule *rule = attune_rule_at(take(in) % (attune_rule_count() + 1));
        unsigned mask = take(in);
        memset(&choices[i], 0, sizeof choices[i]);
        if (rule)
            attune_rule_choose(rule, &choices[i]);
        for (size_t p = 0; p < ATTUNE_RULE_PARAMS; p++)
            if (mask >> p & 1)
                choices[i].params[p] = take_real(in);
    }
    return n;
}

/* Up to one companion too many, of roles of which the last is none. */
static inline size_t take_companions(input *in, attune_constants *about, attune_companion *out)
{
    size_t n = take(in) % (ATTUNE_COMPANIONS_MAX + 2u);
    for (size_t k = 0; k < n; k++) {
        about[k] = take_constants(in);
        out[k] = (attune_companion) { sizeof out[k], take(in) % 4, &about[k] };
    }
    return n;
}

/* What must hold, or the fuzzer has found something. */
#define HOLD(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);         \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
