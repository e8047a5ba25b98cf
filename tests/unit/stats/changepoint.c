/* Change points: refusals in order, what has no change, every search, Chow, sup-F, false alarms. */
/* SPDX-License-Identifier: MIT */
#include <attune/changepoint.h>

#include "tests/unit/near.h"

enum { ROOM = 40 };

static double work[8000];
static attune_changepoint found[ROOM];
static const attune_changepoint_options usual = ATTUNE_CHANGEPOINT_OPTIONS_INIT;
static const double step[] = { 1, 2, 1, 2, 1, 2, 8, 9, 8, 9, 8, 9 };

static size_t find(const attune_changepoint_options *o, const double *y, size_t n,
                   attune_changepoint_cost *cost)
{
    size_t count = 99;
    found->struct_size = sizeof *found;
    assert_true(attune_changepoint_work(o, n) <= sizeof work);
    assert_int_equal(
        attune_changepoint_fit(o, y, n, work, sizeof work, found, ROOM, &count, cost, NULL),
        ATTUNE_OK);
    return count;
}

static void refuse(const attune_changepoint_options *o, const double *y, size_t n, size_t size,
                   attune_status wanted, const char *key)
{
    attune_error err = ATTUNE_ERROR_INIT;
    size_t count = 99;
    found->struct_size = sizeof *found;
    assert_int_equal(attune_changepoint_fit(o, y, n, work, size, found, 5000, &count, NULL, &err),
                     wanted);
    assert_string_equal(err.key, key);
    assert_int_equal(count, 99);
}

static void calls_that_cannot_be_are_refused_in_order(void **state)
{
    static const double y[] = { 1, INFINITY }, none[] = { NAN };
    attune_changepoint_options o = usual;
    attune_changepoint_cost small = { .struct_size = 4 };
    attune_changepoint thin = { .struct_size = 4 };
    size_t count = 0, size = sizeof work;
    (void)state;
    refuse(NULL, y, 2, size, ATTUNE_E_ARGUMENT, "options");
    refuse(&o, NULL, 2, size, ATTUNE_E_ARGUMENT, "y");
    assert_int_equal(attune_changepoint_fit(&o, y, 2, work, size, NULL, 2, &count, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_changepoint_fit(&o, y, 2, work, size, found, 2, NULL, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_changepoint_fit(&o, y, 2, work, size, &thin, 2, &count, NULL, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_changepoint_fit(&o, y, 2, work, size, found, 2, &count, &small, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_changepoint_fit(&o, y, 2, work, size, found, 1, &count, NULL, NULL),
                     ATTUNE_E_COUNT);
    refuse(&o, y, ATTUNE_CHANGEPOINT_ROWS_MAX + 1, size, ATTUNE_E_COUNT, "n");
    refuse(&o, y, 2, 8, ATTUNE_E_COUNT, "size");
    assert_int_equal(attune_changepoint_fit(&o, y, 2, NULL, size, found, 2, &count, NULL, NULL),
                     ATTUNE_E_COUNT);
    refuse(&o, y, 2, size, ATTUNE_E_VALUE, "y");
    refuse(&o, none, 1, size, ATTUNE_E_TOO_FEW, "y");
    refuse(&o, NULL, 0, size, ATTUNE_E_TOO_FEW, "y");
    o.struct_size = 4;
    refuse(&o, y, 2, size, ATTUNE_E_STRUCT_SIZE, "options");
}

static void each_option_has_its_range(void **state)
{
    const struct {
        const char *key;
        size_t offset;
        int32_t value;
    } words[] = {
        { "search", offsetof(attune_changepoint_options, search), 3 },
        { "criterion", offsetof(attune_changepoint_options, criterion), -1 },
        { "model", offsetof(attune_changepoint_options, model), 1 }, /* of breaks only */
        { "min_size", offsetof(attune_changepoint_options, min_size), 0 },
        { "max_changes", offsetof(attune_changepoint_options, max_changes), 65 },
        { "permutations", offsetof(attune_changepoint_options, permutations), -1 },
    };
    attune_changepoint_options o = usual;
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        o = usual;
        memcpy((char *)&o + words[i].offset, &words[i].value, sizeof words[i].value);
        refuse(&o, step, 12, sizeof work, ATTUNE_E_OPTION, words[i].key);
        assert_int_equal(attune_changepoint_work(&o, 12), 0);
    }
    o = usual;
    o.penalty = -1.0;
    refuse(&o, step, 12, sizeof work, ATTUNE_E_OPTION, "penalty");
    o.penalty = INFINITY;
    refuse(&o, step, 12, sizeof work, ATTUNE_E_OPTION, "penalty");
    o = usual;
    o.factor = NAN;
    refuse(&o, step, 12, sizeof work, ATTUNE_E_OPTION, "factor");
    o.factor = INFINITY;
    refuse(&o, step, 12, sizeof work, ATTUNE_E_OPTION, "factor");
    assert_int_equal(attune_changepoint_work(NULL, 12), 0);
    assert_int_equal(attune_changepoint_work(&usual, ATTUNE_CHANGEPOINT_ROWS_MAX + 1), 0);
}

static void every_search_finds_the_step_and_says_what_it_is_worth(void **state)
{
    attune_changepoint_options o = usual;
    attune_changepoint_cost cost = { .struct_size = sizeof cost };
    (void)state;
    o.permutations = 199;
    for (o.search = 0; o.search <= ATTUNE_CHANGEPOINT_BREAKS; o.search++) {
        o.criterion = ATTUNE_CHANGEPOINT_LWZ;
        assert_int_equal(find(&o, step, 12, &cost), 1);
        assert_int_equal(found[0].row, 6);
        assert_int_equal(found[0].n_before, 6);
        assert_int_equal(found[0].n_after, 6);
        assert_near(found[0].before, 1.5, 1e-14);
        assert_near(found[0].after, 8.5, 1e-14);
        /* Squares 150 of one mean, 3 of two; F = 147 / (3 / 10). */
        assert_near(found[0].statistic, 490.0, 1e-12);
        assert_near(cost.squares, 3.0, 1e-13);
        /* Of 924 choices of 6 from 12, two part the eights and nines: 2 / 924 expected. */
        assert_true(found[0].p >= 1.0 / 200 && found[0].p <= 5.0 / 200);
    }
    assert_same(cost.penalty, NAN);
    assert_int_equal(cost.count, 6);
    assert_near(cost.rss[0], 150.0, 1e-13);
    o.search = ATTUNE_CHANGEPOINT_PARTITION;
    o.penalty = 200.0;
    assert_int_equal(find(&o, step, 12, &cost), 0);
    assert_same(cost.penalty, 200.0);
}

static void a_line_that_breaks_is_found_by_lines(void **state)
{
    static const double y[] = { 1, 2.1, 2.9, 4, 5.1, 6, 3, 2.1, 0.9, 0.1, -1, -2.1 };
    attune_changepoint_options o = usual;
    attune_changepoint_cost cost = { .struct_size = sizeof cost };
    (void)state;
    o.search = ATTUNE_CHANGEPOINT_BREAKS;
    o.model = ATTUNE_CHANGEPOINT_LINE;
    o.permutations = 99;
    o.min_size = 3;
    assert_int_equal(find(&o, y, 12, &cost), 1);
    assert_int_equal(found[0].row, 6);
    assert_true(found[0].p <= 0.02);
    o.criterion = ATTUNE_CHANGEPOINT_LWZ;
    assert_int_equal(find(&o, y, 12, &cost), 1);
}

static void two_changes_and_missing_scores_keep_their_rows(void **state)
{
    static const double y[] = { NAN, 5, 6, 5, NAN, 1, 2, 1, 2, NAN, 6, 5, 6, 5 };
    attune_changepoint_options o = usual;
    (void)state;
    o.factor = 2.0; /* with 3 binary splits find none: one split alone falls short */
    for (o.search = 0; o.search <= ATTUNE_CHANGEPOINT_BREAKS; o.search++) {
        assert_int_equal(find(&o, y, 14, NULL), 2);
        assert_int_equal(found[0].row, 5);
        assert_int_equal(found[1].row, 10);
        assert_int_equal(found[1].n_before, 4);
        assert_same(found[1].p, NAN);
    }
}

static void binary_splits_stop_at_their_number(void **state)
{
    static const double y[] = { 9, 9, 5, 6, 5, 1, 2, 1, 2, 6, 5, 6 };
    attune_changepoint_options o = usual;
    (void)state;
    o.search = ATTUNE_CHANGEPOINT_BINARY;
    o.max_changes = 1;
    assert_int_equal(find(&o, y, 12, NULL), 1);
    o.max_changes = 0;
    assert_int_equal(find(&o, y, 12, NULL), 0);
    o.max_changes = 64;
    o.penalty = 1.0;
    assert_int_equal(find(&o, y, 12, NULL), 3);
    for (size_t i = 1; i < 3; i++)
        assert_true(found[i].row > found[i - 1].row);
}

static void what_does_not_vary_or_is_too_short_has_no_change(void **state)
{
    static const double flat[] = { 0.3, 0.1 + 0.2, 0.3, 0.3, 0.3, 0.3 }, zero[] = { 0, 0, 0, 0 };
    attune_changepoint_options o = usual;
    attune_changepoint_cost cost = { .struct_size = sizeof cost };
    (void)state;
    for (o.search = 0; o.search <= ATTUNE_CHANGEPOINT_BREAKS; o.search++) {
        assert_int_equal(find(&o, flat, 6, &cost), 0);
        assert_int_equal(find(&o, zero, 4, &cost), 0);
        for (size_t n = 1; n < 4; n++)
            assert_int_equal(find(&o, step, n, &cost), 0);
    }
    o.search = ATTUNE_CHANGEPOINT_BREAKS;
    o.min_size = 1;
    o.max_changes = 5;
    assert_int_equal(find(&o, step, 6, &cost), 5); /* every score is left its own */
    assert_same(cost.lwz[5], NAN);
}

static void the_ends_of_the_range_are_no_matter(void **state)
{
    double y[12];
    const double scale[] = { 1e299, 1e-299, 0x1p-1060 };
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        for (size_t i = 0; i < 12; i++)
            y[i] = step[i] * scale[k];
        assert_int_equal(find(&usual, y, 12, NULL), 1);
        assert_int_equal(found[0].row, 6);
        assert_near(found[0].after / scale[k], 8.5, 1e-12);
    }
}

static void a_penalty_beyond_what_scores_can_save_is_never_paid(void **state)
{
    static const double tiny[] = { 1e-200, 1e-200, 3e-200, 3e-200, 4e-200, 3e-200 };
    attune_changepoint_options o = usual;
    attune_changepoint_cost cost = { .struct_size = sizeof cost };
    (void)state;
    memset(work, 0xff, sizeof work);
    o.penalty = 20.0;
    assert_int_equal(find(&o, tiny, 6, &cost), 0);
    assert_same(cost.penalty, 20.0);
    o.penalty = 0.0;
    o.factor = 1.7e308;
    assert_int_equal(find(&o, step, 12, NULL), 0);
}

static void a_perfect_step_has_no_f(void **state)
{
    static const double y[] = { 1, 1, 1, 1, 5, 5, 5, 5 };
    attune_changepoint_options o = usual;
    attune_supf supf = { .struct_size = sizeof supf };
    attune_chow chow = { .struct_size = sizeof chow };
    (void)state;
    o.permutations = 99;
    o.penalty = 1.0;
    assert_int_equal(find(&o, y, 8, NULL), 1);
    assert_same(found[0].statistic, NAN);
    assert_true(found[0].p < 0.2);
    assert_int_equal(attune_supf_fit(0, 0.15, 0, 1, y, 8, work, sizeof work, &supf, NULL), 0);
    assert_int_equal(supf.row, 4);
    assert_same(supf.sup, NAN);
    assert_same(supf.p, NAN);
    assert_int_equal(attune_chow_fit(0, y, 8, 4, &chow, NULL), ATTUNE_OK);
    assert_same(chow.f, NAN);
    o.min_size = 1; /* a change between two scores has no degree of freedom */
    o.search = ATTUNE_CHANGEPOINT_BREAKS;
    assert_int_equal(find(&o, step, 2, NULL), 1);
    assert_same(found[0].statistic, NAN);
}

static void chow_is_refused_where_a_side_is_too_short(void **state)
{
    static const double y[] = { 1, 2, NAN, 4, 8, 7 }, bad[] = { 1, -INFINITY };
    attune_chow chow = { .struct_size = sizeof chow }, small = { .struct_size = 4 };
    (void)state;
    assert_int_equal(attune_chow_fit(0, NULL, 6, 3, &chow, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_chow_fit(0, y, 6, 3, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_chow_fit(0, y, 6, 3, &small, NULL), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_chow_fit(0, y, (size_t)INT32_MAX + 1, 3, &chow, NULL), ATTUNE_E_COUNT);
    assert_int_equal(attune_chow_fit(2, y, 6, 3, &chow, NULL), ATTUNE_E_OPTION);
    assert_int_equal(attune_chow_fit(0, bad, 2, 1, &chow, NULL), ATTUNE_E_VALUE);
    assert_int_equal(attune_chow_fit(0, y, 6, 1, &chow, NULL), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_chow_fit(0, y, 6, 5, &chow, NULL), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_chow_fit(0, NULL, 0, 0, &chow, NULL), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_chow_fit(1, y, 6, 3, &chow, NULL), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_chow_fit(0, y, 6, 3, &chow, NULL), ATTUNE_OK);
    /* 1 2 | 4 8 7: squares 37.2 about 4.4; .5 + 8.6667 within; F = 28.0333 / (9.1667 / 3). */
    assert_near(chow.f, 28.033333333333333 / (9.1666666666666667 / 3), 1e-14);
    assert_int_equal(chow.df, 3);
    assert_int_equal(chow.n_before, 2);
    attune_chow line = { .struct_size = sizeof line };
    static const double six[] = { 0, 2, 1, 5, 3, 4 };
    assert_int_equal(attune_chow_fit(1, six, 6, 3, &line, NULL), ATTUNE_OK);
    /* Lines of 0 2 1 and 5 3 4 leave 1.5 each, one of all six 17.5 - 13.5^2 / 17.5 = 7.0857:
       F = 4.0857 / 2 / (3 / 2), and its tail with 2 and 2 is 1 / (1 + F). */
    assert_near(line.f, 4.085714285714286 / 3, 1e-14);
    assert_near(line.p, 1 / (1 + 4.085714285714286 / 3), 1e-14);
    /* Student's t with 3: sqrt(9.1745) is 3.029, between the tables' 2.353 (.1) and 3.182 (.05). */
    assert_true(chow.p > 0.05 && chow.p < 0.1);
}

static void sup_f_is_refused_and_is_empty_where_nothing_varies(void **state)
{
    static const double flat[] = { 2, 2, 2, 2, 2, 2 }, bad[] = { 1, INFINITY };
    attune_supf supf = { .struct_size = sizeof supf }, small = { .struct_size = 4 };
    size_t size = sizeof work;
    (void)state;
    assert_int_equal(attune_supf_fit(0, .15, 0, 1, NULL, 6, work, size, &supf, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_supf_fit(0, .15, 0, 1, flat, 6, NULL, size, &supf, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_supf_fit(0, .15, 0, 1, flat, 6, work, size, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_supf_fit(0, .15, 0, 1, flat, 6, work, size, &small, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_supf_fit(0, .15, 0, 1, flat, 6, work, 8, &supf, NULL), ATTUNE_E_COUNT);
    assert_int_equal(attune_supf_fit(0, .15, 0, 1, flat, 5000, work, size, &supf, NULL),
                     ATTUNE_E_COUNT);
    assert_int_equal(attune_supf_work(5000), 0);
    assert_int_equal(attune_supf_fit(0, 0, 0, 1, flat, 6, work, size, &supf, NULL),
                     ATTUNE_E_OPTION);
    assert_int_equal(attune_supf_fit(0, .5, 0, 1, flat, 6, work, size, &supf, NULL),
                     ATTUNE_E_OPTION);
    assert_int_equal(attune_supf_fit(0, .15, -1, 1, flat, 6, work, size, &supf, NULL),
                     ATTUNE_E_OPTION);
    assert_int_equal(attune_supf_fit(0, .15, 2000000, 1, flat, 6, work, size, &supf, NULL),
                     ATTUNE_E_OPTION);
    assert_int_equal(attune_supf_fit(-1, .15, 0, 1, flat, 6, work, size, &supf, NULL),
                     ATTUNE_E_OPTION);
    assert_int_equal(attune_supf_fit(0, .15, 0, 1, bad, 2, work, size, &supf, NULL),
                     ATTUNE_E_VALUE);
    assert_int_equal(attune_supf_fit(0, .15, 0, 1, flat, 3, work, size, &supf, NULL),
                     ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_supf_fit(0, .15, 0, 1, NULL, 0, work, size, &supf, NULL),
                     ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_supf_fit(0, .15, 9, 1, flat, 6, work, size, &supf, NULL), ATTUNE_OK);
    assert_int_equal(supf.row, -1);
    assert_same(supf.sup, NAN);
    assert_same(supf.p, NAN);
    static const double gap[] = { 1, NAN, 2, 1, 5, 6, 5 };
    assert_int_equal(attune_supf_fit(0, .15, 99, 1, gap, 7, work, size, &supf, NULL), ATTUNE_OK);
    assert_int_equal(supf.row, 4);
    assert_int_equal(attune_supf_fit(0, .4, 0, 1, gap, 7, work, size, &supf, NULL), ATTUNE_OK);
    assert_int_equal(supf.places, 3); /* two, three and four of six scores before */
}

static void false_alarms_are_rare_and_the_same_again(void **state)
{
    attune_changepoint_options o = usual;
    double rate = 7, error = 7, again;
    size_t size = sizeof work;
    (void)state;
    assert_int_equal(attune_changepoint_alarm(NULL, 6, 9, 1, work, size, &rate, &error, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_changepoint_alarm(&o, 6, 9, 1, work, size, NULL, &error, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_changepoint_alarm(&o, 6, 9, 1, work, size, &rate, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_changepoint_alarm(&o, 0, 9, 1, work, size, &rate, &error, NULL),
                     ATTUNE_E_COUNT);
    assert_int_equal(attune_changepoint_alarm(&o, 6, 0, 1, work, size, &rate, &error, NULL),
                     ATTUNE_E_COUNT);
    assert_int_equal(attune_changepoint_alarm(&o, 6, 9, 1, work, 1, &rate, &error, NULL),
                     ATTUNE_E_COUNT);
    o.struct_size = 1;
    assert_int_equal(attune_changepoint_alarm(&o, 6, 9, 1, work, size, &rate, &error, NULL),
                     ATTUNE_E_STRUCT_SIZE);
    assert_same(rate, 7.0);
    /* Two scores, segments of one, penalty c: a change where (a - b)^2 / 2 > c, chi-square of 1. */
    o = usual;
    o.min_size = 1;
    o.penalty = 3.841458820694124;
    attune_changepoint_alarm(&o, 2, 20000, 5, work, size, &rate, &error, NULL);
    assert_true(fabs(rate - 0.05) < 4 * error);
    attune_changepoint_alarm(&o, 2, 20000, 5, work, size, &again, &error, NULL);
    assert_same(again, rate);
}

static void columns_are_those_of_the_struct(void **state)
{
    size_t count;
    (void)state;
    assert_string_equal(attune_changepoint_fields(&count)[0].name, "n_before");
    assert_int_equal(count, 6);
    assert_non_null(attune_changepoint_fields(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_that_cannot_be_are_refused_in_order),
        cmocka_unit_test(each_option_has_its_range),
        cmocka_unit_test(every_search_finds_the_step_and_says_what_it_is_worth),
        cmocka_unit_test(a_line_that_breaks_is_found_by_lines),
        cmocka_unit_test(two_changes_and_missing_scores_keep_their_rows),
        cmocka_unit_test(binary_splits_stop_at_their_number),
        cmocka_unit_test(what_does_not_vary_or_is_too_short_has_no_change),
        cmocka_unit_test(the_ends_of_the_range_are_no_matter),
        cmocka_unit_test(a_penalty_beyond_what_scores_can_save_is_never_paid),
        cmocka_unit_test(a_perfect_step_has_no_f),
        cmocka_unit_test(chow_is_refused_where_a_side_is_too_short),
        cmocka_unit_test(sup_f_is_refused_and_is_empty_where_nothing_varies),
        cmocka_unit_test(false_alarms_are_rare_and_the_same_again),
        cmocka_unit_test(columns_are_those_of_the_struct),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
