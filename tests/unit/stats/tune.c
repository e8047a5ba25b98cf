/* The search for thresholds: what it finds where alarms are a known function of the threshold. */
/* SPDX-License-Identifier: MIT */
#include <attune/tune.h>

#include "tests/unit/near.h"

#define RULES 3

static attune_tune tune;
static attune_rule_choice choices[RULES];
static attune_alarm rows[RULES];

static void begin(const char *const *ids, size_t n, double budget)
{
    memset(&tune, 0, sizeof tune);
    tune.struct_size = sizeof tune;
    for (size_t i = 0; i < n; i++)
        assert_int_equal(attune_rule_choose(attune_rule_find(ids[i]), &choices[i]), ATTUNE_OK);
    assert_int_equal(attune_tune_begin(&tune, choices, n, budget, NULL), ATTUNE_OK);
}

static double threshold_of(size_t r, int32_t j)
{
    return tune.rules[r].choice.params[tune.rules[r].param[j]];
}

/* Alarms fall as the threshold rises: `at` of 100 sessions at 1, a tenth of that at 2. */
static double alarms_at(double threshold, double at)
{
    return at * pow(10, 1 - threshold);
}

/* One threshold at a time, to the end; how many counts were asked for. */
static size_t run(size_t n, const double *at)
{
    size_t counts = 0;
    for (; tune.level >= 0; counts++) {
        for (size_t r = 0; r < n; r++) {
            int32_t j = tune.level < tune.rules[r].thresholds ? tune.level : 0;
            rows[r] = (attune_alarm) { .struct_size = sizeof rows[r], .silent = -1 };
            rows[r].alarms_per_100 = alarms_at(threshold_of(r, j), at[r]);
        }
        assert_int_equal(attune_tune_take(&tune, rows, n, NULL), ATTUNE_OK);
    }
    return counts;
}

/* The least thousandth at which the alarms are within the budget. */
static void assert_found(size_t r, int32_t j, double at, double budget)
{
    double want = 1 + log10(at / budget), found = tune.rules[r].value[j];
    attune_param_info info = { .struct_size = sizeof info };
    attune_rule_param(choices[r].rule, (size_t)tune.rules[r].param[j], &info);
    assert_true(found >= want);
    assert_true(found < want + 2e-3 + 8 * info.value / (1 << 14));
    assert_near(found * 1e3, round(found * 1e3), 1e-9);
    assert_same(threshold_of(r, j), found);
}

static void each_level_has_half_the_budget_of_the_one_below(void **state)
{
    static const char *const ids[] = { "own_range" }; /* three levels, defaults 1.5 and above */
    const double at[] = { 40 };
    (void)state;
    begin(ids, 1, 4);
    assert_int_equal(tune.rules[0].thresholds, 3);
    assert_int_equal(run(1, at), 3 * 15);
    for (int32_t j = 0; j < 3; j++)
        assert_found(0, j, 40, 4 / (double)(1 << j));
    assert_null(attune_tune_silence(&tune.rules[0], rows));
}

static void a_threshold_is_never_below_the_one_of_the_level_below(void **state)
{
    static const char *const ids[] = { "own_range" };
    const double at[] = { 1e-9 }; /* even the lowest alarms almost never */
    attune_param_info info = { .struct_size = sizeof info };
    (void)state;
    begin(ids, 1, 4);
    (void)run(1, at);
    attune_rule_param(choices[0].rule, (size_t)tune.rules[0].param[0], &info);
    assert_true(tune.rules[0].value[0] <= info.low + 2e-3);
    for (int32_t j = 1; j < 3; j++)
        assert_true(tune.rules[0].value[j] >= tune.rules[0].value[j - 1]);
}

static void a_rule_that_alarms_too_often_anywhere_has_none_and_the_others_go_on(void **state)
{
    static const char *const ids[] = { "drop", "own_range" };
    const double at[] = { 1e300, 40 };
    (void)state;
    begin(ids, 2, 4);
    (void)run(2, at);
    assert_true(isnan(tune.rules[0].value[0]) && isnan(tune.rules[0].value[1]));
    assert_string_equal(attune_tune_silence(&tune.rules[0], &rows[0]), "never so few");
    assert_found(1, 0, 40, 4);
}

static void nothing_is_asked_for_rules_that_have_no_threshold_left(void **state)
{
    static const char *const ids[] = { "drop" };
    const double at[] = { 1e300 };
    (void)state;
    begin(ids, 1, 4);
    assert_int_equal(run(1, at), 3); /* once a level */
}

static void a_rule_without_thresholds_stays_as_it_is(void **state)
{
    static const char *const ids[] = { "lag_order", "own_range" };
    const double at[] = { 1, 40 };
    (void)state;
    begin(ids, 2, 4);
    (void)run(2, at);
    assert_int_equal(tune.rules[0].thresholds, 0);
    assert_memory_equal(&tune.rules[0].choice, &choices[0], sizeof choices[0]);
    assert_string_equal(attune_tune_silence(&tune.rules[0], &rows[0]), "no threshold");
}

static void a_rule_that_never_answers_has_no_threshold_and_says_why(void **state)
{
    static const struct {
        int32_t silent;
        const char *why;
    } cases[] = {
        { ATTUNE_STATE_TOO_FEW, "too few forms" },
        { ATTUNE_STATE_NO_CONSTANT, "no constant" },
        { ATTUNE_STATE_NOT_MEANT, "not meant for it" },
        { ATTUNE_STATE_NO_SIGNAL, "no other signal" },
        { ATTUNE_STATE_NO_FORM, "no answer" },
        { 99, "no answer" },
    };
    static const char *const ids[] = { "own_range" };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(ids, 1, 4);
        rows[0] = (attune_alarm) { .struct_size = sizeof rows[0], .silent = cases[i].silent };
        rows[0].alarms_per_100 = NAN;
        while (tune.level >= 0)
            assert_int_equal(attune_tune_take(&tune, rows, 1, NULL), ATTUNE_OK);
        assert_true(isnan(tune.rules[0].value[0]));
        assert_string_equal(attune_tune_silence(&tune.rules[0], rows), cases[i].why);
    }
    assert_null(attune_tune_silence(NULL, rows));
    assert_null(attune_tune_silence(&tune.rules[0], NULL));
}

/* ---- What is refused ---- */

static attune_status try_begin(size_t n, double budget)
{
    return attune_tune_begin(&tune, choices, n, budget, NULL);
}

static void beginnings_that_cannot_be_are_refused_and_change_nothing(void **state)
{
    static const char *const ids[] = { "own_range" };
    attune_tune before;
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    begin(ids, 1, 4);
    before = tune;
    assert_int_equal(attune_tune_begin(NULL, choices, 1, 4, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_tune_begin(&tune, NULL, 1, 4, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(try_begin(0, 4), ATTUNE_E_COUNT);
    assert_int_equal(try_begin(ATTUNE_RULESET_MAX + 1, 4), ATTUNE_E_COUNT);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(try_begin(1, (const double[]) { 0, 101, NAN, -INFINITY }[i]),
                         ATTUNE_E_OPTION);
    choices[1].rule = NULL;
    assert_int_equal(attune_tune_begin(&tune, choices, 2, 4, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(err.index, 1);
    assert_memory_equal(&tune, &before, sizeof tune);
    tune.struct_size = 8;
    assert_int_equal(try_begin(1, 4), ATTUNE_E_STRUCT_SIZE);
}

static void rows_that_do_not_fit_are_refused_and_change_nothing(void **state)
{
    static const char *const ids[] = { "own_range" };
    const double at[] = { 40 };
    attune_tune before;
    (void)state;
    begin(ids, 1, 4);
    before = tune;
    rows[0] = (attune_alarm) { .struct_size = sizeof rows[0], .silent = -1 };
    assert_int_equal(attune_tune_take(NULL, rows, 1, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_tune_take(&tune, NULL, 1, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_tune_take(&tune, rows, 2, NULL), ATTUNE_E_COUNT);
    rows[0].struct_size = 8;
    assert_int_equal(attune_tune_take(&tune, rows, 1, NULL), ATTUNE_E_STRUCT_SIZE);
    assert_memory_equal(&tune, &before, sizeof tune);
    (void)run(1, at);
    assert_int_equal(attune_tune_take(&tune, rows, 1, NULL), ATTUNE_E_COUNT);
    tune.struct_size = 8;
    assert_int_equal(attune_tune_take(&tune, rows, 1, NULL), ATTUNE_E_STRUCT_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_level_has_half_the_budget_of_the_one_below),
        cmocka_unit_test(a_threshold_is_never_below_the_one_of_the_level_below),
        cmocka_unit_test(a_rule_that_alarms_too_often_anywhere_has_none_and_the_others_go_on),
        cmocka_unit_test(nothing_is_asked_for_rules_that_have_no_threshold_left),
        cmocka_unit_test(a_rule_without_thresholds_stays_as_it_is),
        cmocka_unit_test(a_rule_that_never_answers_has_no_threshold_and_says_why),
        cmocka_unit_test(beginnings_that_cannot_be_are_refused_and_change_nothing),
        cmocka_unit_test(rows_that_do_not_fit_are_refused_and_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
