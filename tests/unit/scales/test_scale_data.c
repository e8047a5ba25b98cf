/* The built-in scales say what their sources say. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include "lib/core/scale/row.h"

static const attune_scale *scale(const char *id)
{
    for (size_t i = 0; i < atn_scale_table_count; i++)
        if (!strcmp(atn_scale_table[i]->info.id, id))
            return atn_scale_table[i];
    fail_msg("%s is not built in", id);
    return NULL;
}

static void the_table_rises_by_id(void **state)
{
    (void)state;
    assert_true(atn_scale_table_count >= 26);
    for (size_t i = 1; i < atn_scale_table_count; i++)
        assert_true(strcmp(atn_scale_table[i - 1]->info.id, atn_scale_table[i]->info.id) < 0);
}

static void every_scale_names_its_owner_licence_and_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < atn_scale_table_count; i++) {
        const attune_scale_info *info = &atn_scale_table[i]->info;
        assert_non_null(info->owner);
        assert_non_null(info->licence);
        assert_non_null(info->missing_source);
        assert_true(info->source_count >= 4);
        assert_int_equal(strlen(info->hash), 64);
        assert_int_equal(strspn(info->hash, "0123456789abcdef"), 64);
    }
}

static void every_figure_names_its_source(void **state)
{
    (void)state;
    for (size_t i = 0; i < atn_scale_table_count; i++) {
        const attune_scale *s = atn_scale_table[i];
        for (uint32_t j = 0; j < s->info.subscale_count; j++)
            assert_non_null(s->subscales[j].source);
        for (uint32_t j = 0; j < s->info.band_count; j++)
            assert_non_null(s->bands[j].source);
        for (uint32_t j = 0; j < s->info.cutoff_count; j++)
            assert_non_null(s->cutoffs[j].source);
        for (uint32_t j = 0; j < s->info.change_count; j++)
            assert_non_null(s->changes[j].source);
        for (uint32_t j = 0; j < s->info.spread_count; j++)
            assert_non_null(s->spreads[j].source);
        for (uint32_t j = 0; j < s->info.norm_count; j++)
            assert_non_null(s->norms[j].source);
        for (uint32_t j = 0; j < s->info.safety_count; j++)
            assert_non_null(s->safety[j].source);
    }
}

/* Entries about the total (-1) or a subscale, and how many of them are its default. */
static void check_one_default(const attune_scale *s, int32_t about)
{
    int32_t cutoffs = 0, changes = 0, cutoff_defaults = 0, change_defaults = 0;
    for (uint32_t j = 0; j < s->info.cutoff_count; j++) {
        cutoffs += s->cutoffs[j].subscale == about;
        cutoff_defaults += s->cutoffs[j].subscale == about && s->cutoffs[j].is_default;
    }
    for (uint32_t j = 0; j < s->info.change_count; j++) {
        changes += s->changes[j].subscale == about;
        change_defaults += s->changes[j].subscale == about && s->changes[j].is_default;
    }
    assert_int_equal(cutoff_defaults, cutoffs > 0);
    assert_int_equal(change_defaults, changes > 0);
}

static void every_total_and_subscale_with_entries_has_one_default(void **state)
{
    (void)state;
    for (size_t i = 0; i < atn_scale_table_count; i++)
        for (int32_t about = -1; about < (int32_t)atn_scale_table[i]->info.subscale_count; about++)
            check_one_default(atn_scale_table[i], about);
}

/* Totals and steps as the forms' own manuals count them, by hand. */
static void totals_have_the_range_and_the_step_of_the_form(void **state)
{
    static const struct {
        const char *id;
        int32_t items, direction;
        double low, high, step;
    } forms[] = {
        { "demo-alliance", 6, ATTUNE_HIGHER_BETTER, 1, 7, 1.0 / 6 },
        { "demo-distress", 10, ATTUNE_HIGHER_WORSE, 0, 40, 1 },
        { "wai-sr", 12, ATTUNE_HIGHER_BETTER, 12, 60, 1 },
        { "phq-9", 9, ATTUNE_HIGHER_WORSE, 0, 27, 1 },
        { "gad-7", 7, ATTUNE_HIGHER_WORSE, 0, 21, 1 },
        { "core-10", 10, ATTUNE_HIGHER_WORSE, 0, 40, 1 },
        { "wai-36", 36, ATTUNE_HIGHER_BETTER, 36, 252, 1 },
        { "wai-s", 12, ATTUNE_HIGHER_BETTER, 12, 84, 1 },
        { "wai-b3", 3, ATTUNE_HIGHER_BETTER, 3, 15, 1 },
        { "sai", 6, ATTUNE_HIGHER_BETTER, 0, 30, 1 },
        { "haq-ii", 19, ATTUNE_HIGHER_BETTER, 19, 114, 1 },
        { "arm-5", 5, ATTUNE_HIGHER_BETTER, 1, 7, 1.0 / 5 },
        { "tasc-r", 12, ATTUNE_HIGHER_BETTER, 12, 48, 1 },
        { "care", 10, ATTUNE_HIGHER_BETTER, 10, 50, 1 },
        { "dwai", 6, ATTUNE_HIGHER_BETTER, 6, 42, 1 },
        { "risq", 4, ATTUNE_HIGHER_WORSE, 0, 4, 1 },
        { "phq-2", 2, ATTUNE_HIGHER_WORSE, 0, 6, 1 },
        { "phq-8", 8, ATTUNE_HIGHER_WORSE, 0, 24, 1 },
        { "phq-4", 4, ATTUNE_HIGHER_WORSE, 0, 12, 1 },
        { "gad-2", 2, ATTUNE_HIGHER_WORSE, 0, 6, 1 },
        { "core-om", 34, ATTUNE_HIGHER_WORSE, 0, 40, 10.0 / 34 },
        { "yp-core", 10, ATTUNE_HIGHER_WORSE, 0, 40, 1 },
        { "k10", 10, ATTUNE_HIGHER_WORSE, 10, 50, 1 },
        { "k6", 6, ATTUNE_HIGHER_WORSE, 0, 24, 1 },
        { "pcl-5", 20, ATTUNE_HIGHER_WORSE, 0, 80, 1 },
        { "who-5", 5, ATTUNE_HIGHER_BETTER, 0, 100, 4 },
        { "oasis", 5, ATTUNE_HIGHER_WORSE, 0, 20, 1 },
        { "odsis", 5, ATTUNE_HIGHER_WORSE, 0, 20, 1 },
        { "isi", 7, ATTUNE_HIGHER_WORSE, 0, 28, 1 },
        { "audit-c", 3, ATTUNE_HIGHER_WORSE, 0, 12, 1 },
        { "swls", 5, ATTUNE_HIGHER_BETTER, 5, 35, 1 },
        { "wemwbs", 14, ATTUNE_HIGHER_BETTER, 14, 70, 1 },
        { "sos-10", 10, ATTUNE_HIGHER_BETTER, 0, 60, 1 },
        { "ras", 7, ATTUNE_HIGHER_BETTER, 1, 5, 1.0 / 7 },
        { "scs-sf", 12, ATTUNE_HIGHER_BETTER, 1, 5, 1.0 / 12 },
        { "cudos", 16, ATTUNE_HIGHER_WORSE, 0, 64, 1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const attune_scale_info *info = &scale(forms[i].id)->info;
        assert_int_equal(info->item_count, forms[i].items);
        assert_int_equal(info->direction, forms[i].direction);
        assert_same(info->score_min, forms[i].low);
        assert_same(info->score_max, forms[i].high);
        assert_same(info->score_step, forms[i].step);
    }
}

static void phq_9_has_the_nhs_threshold_with_the_figures_beside_it(void **state)
{
    const attune_scale *s = scale("phq-9");
    (void)state;
    assert_int_equal(s->info.change_count, 3); /* two thresholds, then a reliability */
    assert_same(s->changes[0].threshold, 6);
    assert_int_equal(s->changes[0].is_default, 1);
    assert_int_equal(s->changes[0].bound, ATTUNE_BOUND_INCLUSIVE);
    assert_same(s->changes[1].threshold, 5);
    assert_same(s->changes[0].sd, 6.1);
    assert_same(s->changes[0].reliability, .89);
    assert_same(s->cutoffs[0].value, 10);
    assert_int_equal(s->cutoffs[0].bound, ATTUNE_BOUND_INCLUSIVE);
    assert_int_equal(s->safety[0].item, 9);
    assert_same(s->safety[0].threshold, 1);
    assert_int_equal(s->info.missing, ATTUNE_MISSING_REFUSE);
}

static void gad_7_has_two_thresholds_and_no_reliability(void **state)
{
    const attune_scale *s = scale("gad-7");
    (void)state;
    assert_int_equal(s->info.change_count, 2);
    assert_same(s->changes[0].threshold, 4);
    assert_int_equal(s->changes[0].is_default, 1);
    assert_same(s->changes[1].threshold, 6);
    assert_same(s->changes[0].reliability, NAN);
    assert_same(s->cutoffs[0].value, 8);
    assert_same(s->cutoffs[1].value, 10);
}

static void core_10_has_a_confirmed_threshold_and_its_unconfirmed_sd_apart(void **state)
{
    const attune_scale *s = scale("core-10");
    attune_constants c = { .struct_size = sizeof c };
    (void)state;
    assert_int_equal(attune_scale_constants(s, &c), ATTUNE_OK);
    assert_same(c.change_threshold, 6);
    assert_int_equal(c.provisional & ATTUNE_CONSTANT_CHANGE, 0);
    assert_true(isnan(c.sd));
    for (uint32_t i = 0; i < s->info.change_count; i++)
        if (!isnan(s->changes[i].sd))
            assert_int_equal(s->changes[i].status, ATTUNE_FACT_UNCONFIRMED);
}

static void core_10_turns_items_2_and_3_and_bears_one_unanswered(void **state)
{
    const attune_scale *s = scale("core-10");
    (void)state;
    assert_int_equal(s->info.reversed_count, 2);
    assert_int_equal(s->reversed[0], 2);
    assert_int_equal(s->reversed[1], 3);
    assert_int_equal(s->info.rule, ATTUNE_RULE_FACTOR);
    assert_same(s->info.factor, 10);
    assert_int_equal(s->info.missing, ATTUNE_MISSING_PRORATE);
    assert_int_equal(s->info.missing_max, 1);
    assert_int_equal(s->info.subscale_count, 0);
    assert_same(s->changes[0].threshold, 6);
    assert_same(s->bands[s->info.band_count - 1].low, 25);
}

/* CORE System Trust: three of 34 items, one of problems and of functioning, three without risk. */
static void core_om_bears_unanswered_items_as_its_trust_allows(void **state)
{
    static const char *const ids[] = { "wellbeing", "problems", "functioning", "risk", "nonrisk" };
    static const int32_t items[] = { 4, 12, 12, 6, 28 }, bears[] = { 0, 1, 1, 0, 3 };
    const attune_scale *s = scale("core-om");
    (void)state;
    assert_int_equal(s->info.missing_max, 3);
    assert_int_equal(s->info.subscale_count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(s->subscales[i].id, ids[i]);
        assert_int_equal(s->subscales[i].item_count, items[i]);
        assert_int_equal(s->subscales[i].missing_max, bears[i]);
        assert_same(s->subscales[i].score_max, 40);
    }
    assert_int_equal(s->info.safety_count, s->subscales[3].item_count);
    for (uint32_t i = 0; i < s->info.safety_count; i++)
        assert_int_equal(s->safety[i].item, s->subscales[3].items[i]);
}

/* The limits that are not the usual "from here on": above 28, below 41, more than 8.47. */
static void limits_that_do_not_count_themselves_are_strict(void **state)
{
    (void)state;
    assert_same(scale("pcl-5")->cutoffs[2].value, 28);
    assert_int_equal(scale("pcl-5")->cutoffs[2].bound, ATTUNE_BOUND_STRICT);
    assert_same(scale("sos-10")->cutoffs[0].value, 41);
    assert_int_equal(scale("sos-10")->cutoffs[0].bound, ATTUNE_BOUND_STRICT);
    assert_same(scale("k6")->changes[0].threshold, 8.47);
    assert_int_equal(scale("k6")->changes[0].bound, ATTUNE_BOUND_STRICT);
    assert_int_equal(scale("who-5")->cutoffs[0].bound, ATTUNE_BOUND_INCLUSIVE);
}

static void wai_sr_has_a_derived_spread_that_says_so(void **state)
{
    const attune_scale *s = scale("wai-sr");
    (void)state;
    assert_int_equal(s->info.spread_count, 1);
    assert_int_equal(s->spreads[0].status, ATTUNE_FACT_PROVISIONAL);
    /* 12 items of SD .80 in the mean metric, single-session dependability .77. */
    assert_near(s->spreads[0].within_sd, 12 * .80 * sqrt(1 - .77), 1e-14);
    assert_same(s->spreads[0].sem, NAN);
    assert_int_equal(s->info.cutoff_count, 0);
    assert_int_equal(s->info.band_count, 0);
}

/* Items of each subscale: Hatcher & Gillaspy 2006 as two scoring pages print them. */
static void wai_sr_subscales_hold_every_item_once(void **state)
{
    static const int32_t keys[3][4] = { { 4, 6, 8, 11 }, { 1, 2, 10, 12 }, { 3, 5, 7, 9 } };
    static const char *const ids[] = { "goal", "task", "bond" };
    const attune_scale *s = scale("wai-sr");
    (void)state;
    assert_int_equal(s->info.subscale_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(s->subscales[i].id, ids[i]);
        assert_int_equal(s->subscales[i].item_count, 4);
        assert_memory_equal(s->subscales[i].items, keys[i], sizeof keys[i]);
        assert_same(s->subscales[i].score_min, 4);
        assert_same(s->subscales[i].score_max, 20);
    }
}

/* Keys that rest on recollection, or on a reading of our own, never pass for published ones. */
static void a_key_without_a_printed_list_is_not_confirmed(void **state)
{
    static const struct {
        const char *id;
        int32_t status;
    } keys[] = {
        { "wai-36", ATTUNE_FACT_UNCONFIRMED }, { "wai-s", ATTUNE_FACT_UNCONFIRMED },
        { "wai-b3", ATTUNE_FACT_UNCONFIRMED }, { "sai", ATTUNE_FACT_UNCONFIRMED },
        { "dwai", ATTUNE_FACT_UNCONFIRMED },   { "haq-ii", ATTUNE_FACT_PROVISIONAL },
        { "risq", ATTUNE_FACT_PROVISIONAL },   { "arm-5", ATTUNE_FACT_CONFIRMED },
        { "tasc-r", ATTUNE_FACT_CONFIRMED },   { "care", ATTUNE_FACT_CONFIRMED },
    };
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_int_equal(scale(keys[i].id)->info.status, keys[i].status);
}

/* Their authors know of no cut-off, and none of them has a published reliable change. */
static void alliance_measures_ship_no_cutoff_band_or_change(void **state)
{
    (void)state;
    for (size_t i = 0; i < atn_scale_table_count; i++) {
        const attune_scale_info *info = &atn_scale_table[i]->info;
        if (info->construct != ATTUNE_CONSTRUCT_ALLIANCE || info->demonstration)
            continue;
        assert_int_equal(info->cutoff_count, 0);
        assert_int_equal(info->band_count, 0);
        assert_int_equal(info->change_count, 0);
    }
}

/* Total SD in the mean metric times the items, single-session dependability .77. */
static void alliance_spreads_are_derived_and_never_confirmed(void **state)
{
    static const struct {
        const char *id;
        double sd;
        int32_t status;
    } spreads[] = {
        { "wai-s", 12 * 1.20, ATTUNE_FACT_PROVISIONAL },
        { "haq-ii", 19 * .71, ATTUNE_FACT_UNCONFIRMED },
    };
    (void)state;
    for (size_t i = 0; i < sizeof spreads / sizeof *spreads; i++) {
        const attune_spread_info *spread = &scale(spreads[i].id)->spreads[0];
        assert_near(spread->within_sd, spreads[i].sd * sqrt(1 - .77), 1e-13);
        assert_int_equal(spread->status, spreads[i].status);
        assert_same(spread->sem, NAN);
    }
}

static void care_bears_two_unanswered_and_shows_no_alliance(void **state)
{
    const attune_scale_info *info = &scale("care")->info;
    (void)state;
    assert_int_equal(info->missing, ATTUNE_MISSING_PRORATE);
    assert_int_equal(info->missing_max, 2);
    assert_int_equal(info->construct, ATTUNE_CONSTRUCT_OTHER);
}

static void every_yes_of_risq_is_shown_apart(void **state)
{
    const attune_scale *s = scale("risq");
    (void)state;
    assert_int_equal(s->info.safety_count, 4);
    for (int32_t i = 0; i < 4; i++) {
        assert_int_equal(s->safety[i].item, i + 1);
        assert_same(s->safety[i].threshold, 1);
    }
}

static void only_the_two_demonstrations_are_demonstrations(void **state)
{
    (void)state;
    for (size_t i = 0; i < atn_scale_table_count; i++) {
        const attune_scale_info *info = &atn_scale_table[i]->info;
        assert_int_equal(info->demonstration, strncmp(info->id, "demo-", 5) == 0);
    }
}

static void demonstration_constants_follow_from_each_other(void **state)
{
    const attune_scale *alliance = scale("demo-alliance");
    const attune_scale *distress = scale("demo-distress");
    double change = 1.959963984540054 * sqrt(2) * 7.5 * sqrt(1 - .90);
    (void)state;
    assert_near(alliance->spreads[0].sem, .91 * sqrt(1 - .90), 1e-14);
    assert_same(alliance->spreads[0].within_sd, .44);
    assert_same(distress->changes[0].threshold, ceil(change));
    assert_same(distress->cutoffs[0].value, ceil((7.5 * 5 + 4.5 * 20) / (7.5 + 4.5)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_rises_by_id),
        cmocka_unit_test(every_scale_names_its_owner_licence_and_file),
        cmocka_unit_test(every_figure_names_its_source),
        cmocka_unit_test(every_total_and_subscale_with_entries_has_one_default),
        cmocka_unit_test(totals_have_the_range_and_the_step_of_the_form),
        cmocka_unit_test(phq_9_has_the_nhs_threshold_with_the_figures_beside_it),
        cmocka_unit_test(gad_7_has_two_thresholds_and_no_reliability),
        cmocka_unit_test(core_10_has_a_confirmed_threshold_and_its_unconfirmed_sd_apart),
        cmocka_unit_test(core_10_turns_items_2_and_3_and_bears_one_unanswered),
        cmocka_unit_test(core_om_bears_unanswered_items_as_its_trust_allows),
        cmocka_unit_test(limits_that_do_not_count_themselves_are_strict),
        cmocka_unit_test(wai_sr_has_a_derived_spread_that_says_so),
        cmocka_unit_test(wai_sr_subscales_hold_every_item_once),
        cmocka_unit_test(a_key_without_a_printed_list_is_not_confirmed),
        cmocka_unit_test(alliance_measures_ship_no_cutoff_band_or_change),
        cmocka_unit_test(alliance_spreads_are_derived_and_never_confirmed),
        cmocka_unit_test(care_bears_two_unanswered_and_shows_no_alliance),
        cmocka_unit_test(every_yes_of_risq_is_shown_apart),
        cmocka_unit_test(only_the_two_demonstrations_are_demonstrations),
        cmocka_unit_test(demonstration_constants_follow_from_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
