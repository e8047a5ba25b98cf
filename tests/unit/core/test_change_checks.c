/* Change refuses in the documented order, and then writes nothing. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/faults.h"
#include "tests/unit/core/given.h"

static attune_constants nothing(void)
{
    return given_constants(ATTUNE_CONSTRUCT_OTHER, NAN, NAN);
}

/* Jacobson & Truax 1991, J Consult Clin Psychol 59:12-19: the marital satisfaction example. */
static attune_constants jacobson_truax(void)
{
    attune_constants c = nothing();
    c.sd = c.clinical_sd = c.functional_sd = 7.5;
    c.reliability = .80;
    c.clinical_mean = 40;
    c.functional_mean = 60;
    return c;
}

typedef struct change_call {
    const attune_constants *constants;
    const attune_change_options *options;
    const double *scores;
    size_t n;
    int no_change;
    attune_constants c;
    attune_change_options o;
    double values[4];
    attune_change change;
} change_call;

static void change_reset(void *call)
{
    change_call *c = call;
    memset(c, FAULTS_PATTERN, sizeof *c);
    c->c = jacobson_truax();
    c->o = (attune_change_options)ATTUNE_CHANGE_OPTIONS_INIT;
    c->constants = &c->c;
    c->options = &c->o;
    c->scores = c->values;
    c->n = 4;
    c->no_change = 0;
    for (int i = 0; i < 4; i++)
        c->values[i] = i;
    c->change.struct_size = sizeof c->change;
}

static attune_status change_run(void *call, attune_error *err)
{
    change_call *c = call;
    return attune_change_fit(c->constants, c->options, c->scores, c->n,
                             c->no_change ? NULL : &c->change, err);
}

SPOIL(no_constants, change_call, c->constants = NULL)
SPOIL(no_scores, change_call, c->scores = NULL)
SPOIL(one_score_nowhere, change_call, c->scores = NULL; c->n = 1)
SPOIL(no_change, change_call, c->no_change = 1)
SPOIL(constants_size, change_call, c->c.struct_size = sizeof c->c - 1)
SPOIL(change_size, change_call, c->change.struct_size = 0)
SPOIL(options_size, change_call, c->o.struct_size = sizeof c->o - 1)
SPOIL(method, change_call, c->o.method = 1)
SPOIL(cutoff_below, change_call, c->o.cutoff_type = -2)
SPOIL(cutoff_above, change_call, c->o.cutoff_type = ATTUNE_CUTOFF_C + 1)
SPOIL(basis_below, change_call, c->o.basis = -1)
SPOIL(basis_above, change_call, c->o.basis = ATTUNE_BASIS_FORMULA + 1)
SPOIL(bad_z, change_call, c->o.z = -1)
SPOIL(infinite_z, change_call, c->o.z = INFINITY)
SPOIL(direction, change_call, c->c.direction = 0)
SPOIL(no_threshold, change_call, c->o.basis = ATTUNE_BASIS_PUBLISHED)
SPOIL(no_cutoff, change_call, c->o.cutoff_type = ATTUNE_CUTOFF_PUBLISHED)
SPOIL(infinite_score, change_call, c->values[2] = INFINITY)
SPOIL(too_few, change_call, c->values[0] = c->values[1] = c->values[3] = NAN)
SPOIL(too_large, change_call, c->c.sd = 1.7e308)

static void the_checks_come_in_the_documented_order(void **state)
{
    static change_call call;
    const spoiled s = { &call, sizeof call, change_reset, change_run };
    const fault faults[] = {
        { "no constants", ATTUNE_E_ARGUMENT, no_constants },
        { "no scores", ATTUNE_E_ARGUMENT, no_scores },
        { "one score, nowhere", ATTUNE_E_ARGUMENT, one_score_nowhere },
        { "no change", ATTUNE_E_ARGUMENT, no_change },
        { "size of constants", ATTUNE_E_STRUCT_SIZE, constants_size },
        { "size of change", ATTUNE_E_STRUCT_SIZE, change_size },
        { "size of options", ATTUNE_E_STRUCT_SIZE, options_size },
        { "method", ATTUNE_E_OPTION, method },
        { "cut-off type below", ATTUNE_E_OPTION, cutoff_below },
        { "cut-off type above", ATTUNE_E_OPTION, cutoff_above },
        { "basis below", ATTUNE_E_OPTION, basis_below },
        { "basis above", ATTUNE_E_OPTION, basis_above },
        { "z", ATTUNE_E_OPTION, bad_z },
        { "infinite z", ATTUNE_E_OPTION, infinite_z },
        { "direction", ATTUNE_E_OPTION, direction },
        { "no threshold", ATTUNE_E_CONSTANT, no_threshold },
        { "no cut-off", ATTUNE_E_CONSTANT, no_cutoff },
        { "infinite score", ATTUNE_E_VALUE, infinite_score },
        { "too few", ATTUNE_E_TOO_FEW, too_few },
        { "too large", ATTUNE_E_NUMERIC, too_large },
    };
    (void)state;
    FAULTS_CHECK(&s, faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_checks_come_in_the_documented_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
