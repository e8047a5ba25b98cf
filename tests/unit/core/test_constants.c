/* Gathering a scale's default constants. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"
#include "tests/unit/core/own_scale.h"

static attune_constants constants_of(const attune_scale *scale)
{
    attune_constants c = { .struct_size = sizeof c };
    assert_int_equal(attune_scale_constants(scale, &c), ATTUNE_OK);
    return c;
}

static void of_no_scale_only_the_direction_is_known(void **state)
{
    attune_constants c = constants_of(NULL);
    const double unknown[] = { c.score_step,
                               c.within_sd,
                               c.sem,
                               c.change_threshold,
                               c.sd,
                               c.reliability,
                               c.cutoff,
                               c.functional_mean,
                               c.functional_sd,
                               c.clinical_mean,
                               c.clinical_sd };
    (void)state;
    assert_int_equal(c.direction, ATTUNE_HIGHER_BETTER);
    assert_int_equal(c.construct, ATTUNE_CONSTRUCT_OTHER);
    assert_int_equal(c.provisional, 0);
    assert_same(c.score_min, -INFINITY);
    assert_same(c.score_max, INFINITY);
    for (size_t i = 0; i < LENGTH(unknown); i++)
        assert_same(unknown[i], NAN);
}

static void the_defaults_are_taken_and_not_the_first_entries(void **state)
{
    struct attune_scale own = own_scale();
    attune_constants c = constants_of(&own);
    (void)state;
    assert_int_equal(c.construct, ATTUNE_CONSTRUCT_DISTRESS);
    assert_int_equal(c.direction, ATTUNE_HIGHER_WORSE);
    assert_same(c.score_min, 0);
    assert_same(c.score_max, 12);
    assert_same(c.score_step, 1);
    assert_same(c.within_sd, 1.25);
    assert_same(c.sem, .5);
    assert_same(c.change_threshold, 4);
    assert_same(c.sd, 2.5);
    assert_same(c.reliability, .7);
    assert_int_equal(c.change_bound, ATTUNE_BOUND_STRICT);
    assert_same(c.cutoff, 5);
    assert_int_equal(c.cutoff_bound, ATTUNE_BOUND_STRICT);
    assert_same(c.functional_mean, 3);
    assert_same(c.functional_sd, 1.5);
    assert_same(c.clinical_mean, 8);
    assert_same(c.clinical_sd, 2);
}

static void the_default_is_taken_wherever_it_stands(void **state)
{
    struct attune_scale own = own_scale();
    const attune_cutoff_info cutoffs[] = { own_cutoffs[1], own_cutoffs[0], own_cutoffs[0] };
    const attune_reliable_change_info changes[] = { own_changes[1], own_changes[0] };
    attune_norm_info norms[] = { own_norms[2], own_norms[3], own_norms[1], own_norms[3] };
    (void)state;
    norms[0].is_default = 0;
    norms[1].is_default = 1;
    norms[3].is_default = 1; /* of a subscale, which is another kind */
    norms[3].subscale = 0;
    norms[3].mean = 77;
    own.cutoffs = cutoffs;
    own.changes = changes;
    own.norms = norms;
    own.info.cutoff_count = 3;
    assert_same(constants_of(&own).cutoff, 5);
    assert_same(constants_of(&own).change_threshold, 4);
    assert_same(constants_of(&own).clinical_mean, 10);
    assert_same(constants_of(&own).functional_mean, 3);
    own.info.norm_count = 2;
    assert_same(constants_of(&own).functional_mean, NAN);
}

static void what_is_not_confirmed_is_provisional_each_on_its_own(void **state)
{
    struct attune_scale own = own_scale();
    attune_norm_info confirmed = own_norms[1];
    (void)state;
    assert_int_equal(constants_of(&own).provisional,
                     ATTUNE_CONSTANT_WITHIN_SD | ATTUNE_CONSTANT_SEM | ATTUNE_CONSTANT_CHANGE |
                         ATTUNE_CONSTANT_CUTOFF | ATTUNE_CONSTANT_NORMS);
    own.info.spread_count = own.info.change_count = own.info.cutoff_count = 0;
    own.norms = &confirmed;
    own.info.norm_count = 1;
    assert_int_equal(constants_of(&own).provisional, 0);
    own.info.cutoff_count = 2;
    assert_int_equal(constants_of(&own).provisional, ATTUNE_CONSTANT_CUTOFF);
}

static void nothing_of_an_unconfirmed_scale_is_firm(void **state)
{
    struct attune_scale own = own_scale();
    (void)state;
    own.info.status = ATTUNE_FACT_UNCONFIRMED;
    own.info.spread_count = own.info.change_count = own.info.cutoff_count = 0;
    own.info.norm_count = 0;
    assert_int_equal(constants_of(&own).provisional,
                     ATTUNE_CONSTANT_WITHIN_SD | ATTUNE_CONSTANT_SEM | ATTUNE_CONSTANT_CHANGE |
                         ATTUNE_CONSTANT_CUTOFF | ATTUNE_CONSTANT_NORMS);
}

static void a_range_that_a_scale_lacks_is_without_end(void **state)
{
    struct attune_scale own = own_scale();
    (void)state;
    own.info.score_min = NAN;
    assert_same(constants_of(&own).score_min, -INFINITY);
    assert_same(constants_of(&own).score_max, 12);
    own.info.score_max = NAN;
    assert_same(constants_of(&own).score_max, INFINITY);
}

static void the_alliance_spread_of_wai_sr_is_derived_and_says_so(void **state)
{
    attune_constants c = constants_of(attune_scale_find("wai-sr"));
    (void)state;
    /* 12 items, total SD .80 in the mean metric, single-session dependability .77 */
    assert_near(c.within_sd, 12 * .80 * sqrt(1 - .77), 1e-12);
    assert_true(c.provisional & ATTUNE_CONSTANT_WITHIN_SD);
    assert_same(c.sem, NAN);
}

static void a_missing_pointer_or_size_is_refused_and_nothing_is_written(void **state)
{
    attune_constants c, before;
    (void)state;
    memset(&c, 0xA5, sizeof c);
    c.struct_size = sizeof c - 1;
    before = c;
    assert_int_equal(attune_scale_constants(NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_scale_constants(NULL, &c), ATTUNE_E_STRUCT_SIZE);
    assert_memory_equal(&c, &before, sizeof c);
}

static void a_larger_struct_of_a_later_version_keeps_its_tail(void **state)
{
    struct {
        attune_constants c;
        uint64_t later;
    } large = { .c = { .struct_size = sizeof large }, .later = 77 };
    (void)state;
    assert_int_equal(attune_scale_constants(attune_scale_find("phq-9"), &large.c), ATTUNE_OK);
    assert_int_equal(large.c.struct_size, sizeof large);
    assert_same(large.c.cutoff, 10);
    assert_int_equal(large.later, 77);
}

static void an_unconfirmed_fact_waits_until_it_is_accepted(void **state)
{
    struct attune_scale own = own_scale();
    attune_constants c = { .struct_size = sizeof c };
    (void)state;
    own.accepted = 0;
    c = constants_of(&own);
    assert_same(c.cutoff, NAN);
    assert_same(c.clinical_mean, NAN);
    assert_same(c.functional_mean, 3);
    assert_same(c.change_threshold, 4); /* provisional, which is no bar */
    assert_int_equal(c.withheld, ATTUNE_CONSTANT_CUTOFF | ATTUNE_CONSTANT_NORMS);
    assert_int_equal(c.unconfirmed, 0);
    assert_int_equal(attune_scale_constants_of(&own, NULL, ATTUNE_ACCEPT_UNCONFIRMED, &c),
                     ATTUNE_OK);
    assert_same(c.cutoff, 5);
    assert_same(c.clinical_mean, 8);
    assert_int_equal(c.withheld, 0);
    assert_int_equal(c.unconfirmed, ATTUNE_CONSTANT_CUTOFF | ATTUNE_CONSTANT_NORMS);
}

static void a_named_set_is_used_where_there_is_one_and_the_defaults_elsewhere(void **state)
{
    struct attune_scale own = own_scale();
    attune_cutoff_info cutoffs[] = { own_cutoffs[1], own_cutoffs[0], own_cutoffs[0] };
    attune_reliable_change_info changes[] = { own_changes[0], own_changes[1] };
    attune_spread_info spreads[] = { own_spreads[0], own_spreads[0] };
    attune_norm_info norms[] = { own_norms[1], own_norms[2], own_norms[3] };
    attune_constants c = { .struct_size = sizeof c };
    (void)state;
    cutoffs[1].set = "women";
    cutoffs[2].set = "women"; /* the first of the set is taken */
    cutoffs[2].value = 9;
    changes[0].set = "nhs";
    spreads[1].set = "clinic";
    spreads[1].within_sd = 2.5;
    norms[2].set = "women";
    norms[2].population = "women in care";
    own.cutoffs = cutoffs;
    own.info.cutoff_count = 3;
    own.changes = changes;
    own.spreads = spreads;
    own.info.spread_count = 2;
    own.norms = norms;
    own.info.norm_count = 3;
    assert_null(constants_of(&own).set);
    assert_int_equal(attune_scale_constants_of(&own, "women", 0, &c), ATTUNE_OK);
    assert_string_equal(c.set, "women");
    assert_same(c.cutoff, 3);
    assert_same(c.clinical_mean, 10);
    assert_string_equal(c.clinical_population, "women in care");
    assert_null(c.functional_population);
    assert_same(c.functional_mean, 3);
    assert_same(c.change_threshold, 4);
    assert_int_equal(attune_scale_constants_of(&own, "nhs", 0, &c), ATTUNE_OK);
    assert_same(c.change_threshold, 9);
    assert_same(c.cutoff, 5);
    assert_int_equal(attune_scale_constants_of(&own, "clinic", 0, &c), ATTUNE_OK);
    assert_same(c.within_sd, 2.5);
    c.cutoff = 77;
    assert_int_equal(attune_scale_constants_of(&own, "men", 0, &c), ATTUNE_E_UNKNOWN);
    assert_same(c.cutoff, 77);
    own.set = "women"; /* as a set that was loaded with norms chooses */
    assert_same(constants_of(&own).cutoff, 3);
    own.set = "men";
    assert_same(constants_of(&own).cutoff, 5);
}

static void a_choice_is_refused_in_the_order_of_checks(void **state)
{
    struct attune_scale own = own_scale(), listed = own;
    attune_constants c = { .struct_size = sizeof c - 1 };
    (void)state;
    listed.open = &own;
    assert_int_equal(attune_scale_constants_of(NULL, "men", 0, &c), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_scale_constants_of(&listed, "men", 0, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_scale_constants_of(&listed, "men", 0, &c), ATTUNE_E_STRUCT_SIZE);
    c.struct_size = sizeof c;
    assert_int_equal(attune_scale_constants_of(&listed, "men", 0, &c), ATTUNE_E_ACCEPT);
    assert_int_equal(attune_scale_constants_of(&own, "men", 0, &c), ATTUNE_E_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unconfirmed_fact_waits_until_it_is_accepted),
        cmocka_unit_test(a_named_set_is_used_where_there_is_one_and_the_defaults_elsewhere),
        cmocka_unit_test(a_choice_is_refused_in_the_order_of_checks),
        cmocka_unit_test(of_no_scale_only_the_direction_is_known),
        cmocka_unit_test(the_defaults_are_taken_and_not_the_first_entries),
        cmocka_unit_test(the_default_is_taken_wherever_it_stands),
        cmocka_unit_test(what_is_not_confirmed_is_provisional_each_on_its_own),
        cmocka_unit_test(nothing_of_an_unconfirmed_scale_is_firm),
        cmocka_unit_test(a_range_that_a_scale_lacks_is_without_end),
        cmocka_unit_test(the_alliance_spread_of_wai_sr_is_derived_and_says_so),
        cmocka_unit_test(a_missing_pointer_or_size_is_refused_and_nothing_is_written),
        cmocka_unit_test(a_larger_struct_of_a_later_version_keeps_its_tail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
