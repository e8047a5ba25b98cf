/* The table of rules, their parameters, and the built-in rule sets. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/rule/rule.h"
#include "lib/core/rule/ruleset.h"
#include "tests/unit/core/given.h"

static void every_rule_is_found_by_its_id_and_in_order(void **state)
{
    const char *before = "";
    (void)state;
    assert_in_range(attune_rule_count(), 1, ATTUNE_RULESET_MAX);
    for (size_t i = 0; i < attune_rule_count(); i++) {
        attune_rule_info info = { .struct_size = sizeof info };
        const attune_rule *rule = attune_rule_at(i);
        assert_int_equal(attune_rule_describe(rule, &info), ATTUNE_OK);
        assert_ptr_equal(attune_rule_find(info.id), rule);
        assert_true(strcmp(before, info.id) < 0);
        before = info.id;
    }
    assert_null(attune_rule_at(attune_rule_count()));
    assert_null(attune_rule_find(NULL));
    assert_null(attune_rule_find("own-range"));
}

static void a_rule_says_what_it_is_and_where_it_is_from(void **state)
{
    (void)state;
    for (size_t i = 0; i < attune_rule_count(); i++) {
        attune_rule_info info = { .struct_size = sizeof info };
        attune_rule_describe(attune_rule_at(i), &info);
        assert_true(info.version >= 1);
        assert_in_range(info.looks_ahead, 0, 1);
        assert_in_range(info.constructs, 1, 15);
        assert_in_range(info.lookback, 1, 100);
        assert_in_range(info.param_count, 0, ATTUNE_RULE_PARAMS);
        assert_true(strlen(info.title) > 0 && strlen(info.text) > 0);
        assert_true(strlen(info.statistic) > 0 && strlen(info.citation) > 0);
    }
}

static void the_lookback_is_what_the_defaults_want(void **state)
{
    (void)state;
    for (size_t i = 0; i < attune_rule_count(); i++) {
        const attune_rule *rule = attune_rule_at(i);
        attune_rule_choice choice;
        assert_int_equal(attune_rule_choose(rule, &choice), ATTUNE_OK);
        assert_int_equal(atn_rule_wants(rule, choice.params), rule->info.lookback);
    }
}

static void every_default_lies_in_its_range_and_names_its_source(void **state)
{
    (void)state;
    for (size_t i = 0; i < attune_rule_count(); i++) {
        const attune_rule *rule = attune_rule_at(i);
        attune_rule_choice choice;
        attune_rule_choose(rule, &choice);
        assert_ptr_equal(choice.rule, rule);
        for (uint32_t p = 0; p < rule->info.param_count; p++) {
            attune_param_info info = { .struct_size = sizeof info };
            assert_int_equal(attune_rule_param(rule, p, &info), ATTUNE_OK);
            assert_true(info.low <= info.value && info.value <= info.high);
            assert_true(strlen(info.name) > 0 && strlen(info.text) > 0);
            assert_true(strlen(info.source) > 0);
            assert_same(choice.params[p], info.value);
        }
        for (uint32_t p = rule->info.param_count; p < ATTUNE_RULE_PARAMS; p++)
            assert_same(choice.params[p], 0);
    }
}

static void a_rule_that_makes_episodes_says_when_they_are_repaired(void **state)
{
    (void)state;
    for (size_t i = 0; i < attune_rule_count(); i++) {
        const attune_rule *rule = attune_rule_at(i);
        if (!rule->info.makes_episodes) {
            assert_int_equal(rule->repair_param, -1);
            continue;
        }
        assert_in_range(rule->repair_param, 0, rule->info.param_count - 1);
        assert_string_equal(rule->params[rule->repair_param].name, "delta_repair");
    }
}

static void the_thresholds_are_those_of_their_sources(void **state)
{
    const struct {
        const char *rule, *param;
        double value;
    } rows[] = {
        { "own_range", "k_possible", 2 },
        { "own_range", "k_probable", 2.5 },
        { "own_range", "k_severe", 3 },
        { "own_range", "window", 5 },
        { "own_range", "prior_weight", 5 },
        { "own_range", "floor_steps", 3 },
        { "own_range", "delta_repair", .5 },
        { "own_range", "run", 4 },
        { "drop", "k_possible", 1 },
        { "drop", "k_probable", 2 },
        { "erosion", "k", .5 },
        { "erosion", "h", 4 },
        { "rupture_filter", "p_possible", .15 },
        { "rupture_filter", "p_probable", .3 },
        { "rupture_filter", "p_severe", .45 },
        { "rupture_filter", "hazard", .05 },
        { "rupture_filter", "slope", .045 },
        { "rupture_filter", "spread_cv", .35 },
        { "reliable_worse", "z", 1.959963984540054 },
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        const attune_rule *rule = attune_rule_find(rows[i].rule);
        uint32_t p = 0;
        while (strcmp(rule->params[p].name, rows[i].param) != 0)
            assert_in_range(++p, 1, rule->info.param_count - 1);
        assert_same(rule->params[p].value, rows[i].value);
    }
}

static void rule_sets_are_found_by_name_and_by_name_with_version(void **state)
{
    (void)state;
    assert_int_equal(attune_ruleset_count(), 3);
    assert_ptr_equal(attune_ruleset_find("default"), attune_ruleset_at(0));
    assert_ptr_equal(attune_ruleset_find("default/1"), attune_ruleset_at(0));
    assert_ptr_equal(attune_ruleset_find("all/1"), attune_ruleset_at(1));
    assert_ptr_equal(attune_ruleset_find("live/1"), attune_ruleset_at(2));
    assert_null(attune_ruleset_at(3));
    assert_null(attune_ruleset_find("default/2"));
    assert_null(attune_ruleset_find(NULL));
}

static void rule_sets_hold_their_rules_with_default_parameters(void **state)
{
    const char *const wanted[] = { "rupture_filter", "erosion", "reliable_worse" };
    attune_ruleset_info info = { .struct_size = sizeof info };
    attune_rule_choice choice;
    (void)state;
    assert_int_equal(attune_ruleset_describe(attune_ruleset_find("default"), &info), ATTUNE_OK);
    assert_int_equal(info.count, 3);
    assert_string_equal(info.id, "default/1");
    for (size_t i = 0; i < info.count; i++) {
        attune_rule_choice own = given_choice(wanted[i]);
        assert_int_equal(attune_ruleset_choice(attune_ruleset_find("default"), i, &choice),
                         ATTUNE_OK);
        assert_memory_equal(&choice, &own, sizeof own);
    }
    assert_int_equal(attune_ruleset_describe(attune_ruleset_find("all"), &info), ATTUNE_OK);
    assert_int_equal(info.count, attune_rule_count());
    for (size_t i = 0; i < info.count; i++) {
        assert_int_equal(attune_ruleset_choice(attune_ruleset_find("all"), i, &choice), ATTUNE_OK);
        assert_ptr_equal(choice.rule, attune_rule_at(i));
    }
}

static void the_live_set_holds_every_rule_that_looks_back_only(void **state)
{
    const attune_ruleset *live = attune_ruleset_find("live");
    attune_ruleset_info info = { .struct_size = sizeof info };
    size_t at = 0;
    (void)state;
    for (size_t r = 0; r < attune_rule_count(); r++) {
        attune_rule_choice choice;
        if (attune_rule_at(r)->info.looks_ahead)
            continue;
        assert_int_equal(attune_ruleset_choice(live, at++, &choice), ATTUNE_OK);
        assert_ptr_equal(choice.rule, attune_rule_at(r));
    }
    assert_int_equal(attune_ruleset_describe(live, &info), ATTUNE_OK);
    assert_int_equal(info.count, at);
}

static void a_set_gives_each_rule_with_what_it_changes(void **state)
{
    const struct atn_setting settings[] = { { "k_severe", 4 }, { "k_possible", 1.75 } };
    const struct atn_member members[] = { { "erosion", NULL, 0 }, { "own_range", settings, 2 } };
    const attune_ruleset set = { .info = { .struct_size = sizeof set.info, .count = 2 },
                                 .takes = ATN_TAKES_NAMED,
                                 .members = members };
    attune_rule_choice choice, own = given_choice("own_range");
    (void)state;
    assert_int_equal(attune_ruleset_choice(&set, 1, &choice), ATTUNE_OK);
    own.params[atn_param_find(own.rule, "k_severe")] = 4;
    own.params[atn_param_find(own.rule, "k_possible")] = 1.75;
    assert_memory_equal(&choice, &own, sizeof own);
    assert_int_equal(atn_param_find(own.rule, "k"), -1);
    own = given_choice("erosion");
    assert_int_equal(attune_ruleset_choice(&set, 0, &choice), ATTUNE_OK);
    assert_memory_equal(&choice, &own, sizeof own);
}

static void each_built_in_set_has_a_hash_of_its_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < attune_ruleset_count(); i++) {
        attune_ruleset_info info = { .struct_size = sizeof info }, other = info;
        assert_int_equal(attune_ruleset_describe(attune_ruleset_at(i), &info), ATTUNE_OK);
        assert_int_equal(strspn(info.hash, "0123456789abcdef"), 64);
        assert_int_equal(strlen(info.hash), 64);
        for (size_t j = 0; j < i; j++) {
            assert_int_equal(attune_ruleset_describe(attune_ruleset_at(j), &other), ATTUNE_OK);
            assert_string_not_equal(info.hash, other.hash);
        }
    }
}

static void missing_pointers_sizes_and_counts_are_refused_in_that_order(void **state)
{
    const attune_rule *rule = attune_rule_find("drop");
    const attune_ruleset *set = attune_ruleset_find("all");
    attune_rule_info info = { .struct_size = sizeof info - 1 };
    attune_param_info param = { .struct_size = sizeof param - 1 };
    attune_ruleset_info whole = { .struct_size = sizeof whole - 1 };
    attune_rule_choice choice, before;
    (void)state;
    memset(&choice, 0xA5, sizeof choice);
    before = choice;
    assert_int_equal(attune_rule_describe(NULL, &info), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_rule_describe(rule, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_rule_describe(rule, &info), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_rule_param(NULL, 0, &param), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_rule_param(rule, 0, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_rule_param(rule, 3, &param), ATTUNE_E_STRUCT_SIZE);
    param.struct_size = sizeof param;
    assert_int_equal(attune_rule_param(rule, 3, &param), ATTUNE_E_COUNT);
    assert_int_equal(attune_rule_choose(NULL, &choice), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_rule_choose(rule, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_ruleset_describe(NULL, &whole), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_ruleset_describe(set, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_ruleset_describe(set, &whole), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_ruleset_choice(NULL, 0, &choice), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_ruleset_choice(set, 0, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_ruleset_choice(set, attune_rule_count(), &choice), ATTUNE_E_COUNT);
    assert_int_equal(attune_ruleset_choice(attune_ruleset_at(0), 3, &choice), ATTUNE_E_COUNT);
    assert_int_equal(attune_ruleset_choice(attune_ruleset_at(0), ATTUNE_RULESET_MAX, &choice),
                     ATTUNE_E_COUNT);
    assert_memory_equal(&choice, &before, sizeof choice);
    assert_null(info.id);
    assert_null(param.name);
    assert_null(whole.id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_is_found_by_its_id_and_in_order),
        cmocka_unit_test(a_rule_says_what_it_is_and_where_it_is_from),
        cmocka_unit_test(the_lookback_is_what_the_defaults_want),
        cmocka_unit_test(every_default_lies_in_its_range_and_names_its_source),
        cmocka_unit_test(a_rule_that_makes_episodes_says_when_they_are_repaired),
        cmocka_unit_test(the_thresholds_are_those_of_their_sources),
        cmocka_unit_test(rule_sets_are_found_by_name_and_by_name_with_version),
        cmocka_unit_test(rule_sets_hold_their_rules_with_default_parameters),
        cmocka_unit_test(the_live_set_holds_every_rule_that_looks_back_only),
        cmocka_unit_test(a_set_gives_each_rule_with_what_it_changes),
        cmocka_unit_test(each_built_in_set_has_a_hash_of_its_own),
        cmocka_unit_test(missing_pointers_sizes_and_counts_are_refused_in_that_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
