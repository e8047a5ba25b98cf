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

static void what_is_asked_for_by_name_and_missing_is_named(void **state)
{
    const struct {
        int32_t cutoff, basis;
        double sd, reliability;
        const char *key;
    } rows[] = {
        { -1, ATTUNE_BASIS_PUBLISHED, NAN, NAN, "change_threshold" },
        { -1, ATTUNE_BASIS_FORMULA, NAN, .8, "sd" },
        { -1, ATTUNE_BASIS_FORMULA, 0, .8, "sd" },
        { -1, ATTUNE_BASIS_FORMULA, 7, NAN, "reliability" },
        { -1, ATTUNE_BASIS_FORMULA, 7, 1, "reliability" },
        { ATTUNE_CUTOFF_PUBLISHED, 0, NAN, NAN, "cutoff_type" },
        { ATTUNE_CUTOFF_A, 0, NAN, NAN, "cutoff_type" },
        { ATTUNE_CUTOFF_B, 0, NAN, NAN, "cutoff_type" },
        { ATTUNE_CUTOFF_C, 0, NAN, NAN, "cutoff_type" },
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        const double scores[2] = { 1, 2 };
        attune_constants c = nothing();
        attune_change_options o = ATTUNE_CHANGE_OPTIONS_INIT;
        attune_change change = { .struct_size = sizeof change };
        attune_error err = ATTUNE_ERROR_INIT;
        c.sd = rows[i].sd;
        c.reliability = rows[i].reliability;
        o.cutoff_type = rows[i].cutoff;
        o.basis = rows[i].basis;
        assert_int_equal(attune_change_fit(&c, &o, scores, 2, &change, &err), ATTUNE_E_CONSTANT);
        assert_string_equal(err.key, rows[i].key);
    }
}

static void constants_that_cannot_be_are_refused_by_name(void **state)
{
    const struct {
        size_t offset;
        double value;
        const char *key;
    } rows[] = {
#define BAD(member, value) { offsetof(attune_constants, member), value, #member }
        BAD(change_threshold, -1),
        BAD(change_threshold, INFINITY),
        BAD(sd, -.1),
        BAD(sd, INFINITY),
        BAD(reliability, -.1),
        BAD(reliability, 1.1),
        BAD(functional_sd, -1),
        BAD(clinical_sd, -1),
        BAD(functional_mean, INFINITY),
        BAD(clinical_mean, -INFINITY),
        BAD(cutoff, INFINITY),
        BAD(cutoff, -INFINITY),
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        const double scores[2] = { 1, 2 };
        attune_constants c = jacobson_truax();
        attune_change change = { .struct_size = sizeof change };
        attune_error err = ATTUNE_ERROR_INIT;
        memcpy((char *)&c + rows[i].offset, &rows[i].value, sizeof rows[i].value);
        assert_int_equal(attune_change_fit(&c, NULL, scores, 2, &change, &err), ATTUNE_E_OPTION);
        assert_string_equal(err.key, rows[i].key);
        assert_int_equal(err.index, 0);
    }
}

static void figures_beyond_a_double_are_refused_and_not_printed_as_infinite(void **state)
{
    const struct {
        double first, last, sd, cutoff, clinical_mean;
        int32_t type;
    } rows[] = {
        { -1.7e308, 1.7e308, NAN, NAN, 0, -1 },       /* the change */
        { 0, 1e300, 1e-300, NAN, 0, -1 },             /* the index */
        { 0, 1, 1.7e308, NAN, 0, -1 },                /* the threshold */
        { 0, 1, NAN, NAN, 1.7e308, ATTUNE_CUTOFF_A }, /* the cut-off */
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        const double scores[2] = { rows[i].first, rows[i].last };
        attune_constants c = nothing();
        attune_change_options o = ATTUNE_CHANGE_OPTIONS_INIT;
        attune_change change = { .struct_size = sizeof change }, before = change;
        c.sd = rows[i].sd;
        c.reliability = .5;
        c.clinical_mean = rows[i].clinical_mean;
        c.clinical_sd = 1e308;
        o.cutoff_type = rows[i].type;
        assert_int_equal(attune_change_fit(&c, &o, scores, 2, &change, NULL), ATTUNE_E_NUMERIC);
        assert_memory_equal(&change, &before, sizeof change);
    }
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

static const attune_change_group small_group = { .struct_size = 8 };
static const attune_change_slope small_slope = { .struct_size = 8 };
#define GROUP(member, value)                                                                       \
    {                                                                                              \
        .struct_size = sizeof(attune_change_group), .member = value                                \
    }
static const attune_change_group bad_group[] = {
    GROUP(pre_sd, -1),           GROUP(post_sd, INFINITY), GROUP(pre_mean, INFINITY),
    GROUP(post_mean, -INFINITY), GROUP(correlation, 1.5),
};

SPOIL(no_constants, change_call, c->constants = NULL)
SPOIL(no_scores, change_call, c->scores = NULL)
SPOIL(one_score_nowhere, change_call, c->scores = NULL; c->n = 1)
SPOIL(no_change, change_call, c->no_change = 1)
SPOIL(constants_size, change_call, c->c.struct_size = sizeof c->c - 1)
SPOIL(change_size, change_call, c->change.struct_size = 0)
SPOIL(options_size, change_call, c->o.struct_size = sizeof c->o - 1)
SPOIL(method, change_call, c->o.method = ATTUNE_METHOD_HLM + 1)
SPOIL(method_below, change_call, c->o.method = -1)
SPOIL(convention, change_call, c->o.convention = 2)
SPOIL(convention_below, change_call, c->o.convention = -1)
SPOIL(bad_points, change_call, c->o.points_deteriorated = -1)
SPOIL(reliability_post, change_call, c->o.reliability_post = 1.5)
SPOIL(group_size, change_call, c->o.group = &small_group)
SPOIL(slopes_size, change_call, c->o.slopes = &small_slope)
SPOIL(group_spread, change_call, c->o.group = &bad_group[0])
SPOIL(group_spread_after, change_call, c->o.group = &bad_group[1])
SPOIL(group_mean, change_call, c->o.group = &bad_group[2])
SPOIL(group_mean_after, change_call, c->o.group = &bad_group[3])
SPOIL(group_correlation, change_call, c->o.group = &bad_group[4])
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
        { "size of group", ATTUNE_E_STRUCT_SIZE, group_size },
        { "size of slopes", ATTUNE_E_STRUCT_SIZE, slopes_size },
        { "method", ATTUNE_E_OPTION, method },
        { "method below", ATTUNE_E_OPTION, method_below },
        { "cut-off type below", ATTUNE_E_OPTION, cutoff_below },
        { "cut-off type above", ATTUNE_E_OPTION, cutoff_above },
        { "basis below", ATTUNE_E_OPTION, basis_below },
        { "basis above", ATTUNE_E_OPTION, basis_above },
        { "convention", ATTUNE_E_OPTION, convention },
        { "convention below", ATTUNE_E_OPTION, convention_below },
        { "z", ATTUNE_E_OPTION, bad_z },
        { "infinite z", ATTUNE_E_OPTION, infinite_z },
        { "points", ATTUNE_E_OPTION, bad_points },
        { "reliability after", ATTUNE_E_OPTION, reliability_post },
        { "spread of the group", ATTUNE_E_OPTION, group_spread },
        { "its spread after", ATTUNE_E_OPTION, group_spread_after },
        { "mean of the group", ATTUNE_E_OPTION, group_mean },
        { "its mean after", ATTUNE_E_OPTION, group_mean_after },
        { "its correlation", ATTUNE_E_OPTION, group_correlation },
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
        cmocka_unit_test(what_is_asked_for_by_name_and_missing_is_named),
        cmocka_unit_test(constants_that_cannot_be_are_refused_by_name),
        cmocka_unit_test(figures_beyond_a_double_are_refused_and_not_printed_as_infinite),
        cmocka_unit_test(the_checks_come_in_the_documented_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
