/* Control charts: refusals in order, the cases of the header, rules worked out by hand. */
/* SPDX-License-Identifier: MIT */
#include <attune/chart.h>

#include "tests/unit/near.h"

enum { ROOM = 40 };

static double work[2 * ROOM];
static attune_chart_point points[ROOM];

static const attune_chart_options usual = ATTUNE_CHART_OPTIONS_INIT;

static attune_chart_options known(int32_t kind)
{
    attune_chart_options o = usual;
    o.kind = kind;
    o.centred = 1;
    o.sd = 1.0;
    return o;
}

static attune_chart fit_of(const attune_chart_options *o, const double *y, size_t n)
{
    attune_chart chart = { .struct_size = sizeof chart };
    points->struct_size = sizeof *points;
    assert_int_equal(attune_chart_fit(o, y, n, work, &chart, points, NULL), ATTUNE_OK);
    return chart;
}

static void refuse(const attune_chart_options *o, const double *y, size_t n, attune_status wanted,
                   const char *key)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_chart chart = { .struct_size = sizeof chart, .n = 77 };
    assert_int_equal(attune_chart_fit(o, y, n, work, &chart, NULL, &err), wanted);
    assert_string_equal(err.key, key);
    assert_int_equal(chart.n, 77);
}

static void calls_that_cannot_be_are_refused_in_order(void **state)
{
    static const double y[] = { 1, INFINITY, 2 }, none[] = { NAN, NAN }, far[] = { 1e301, 1 };
    attune_chart_options o = usual;
    attune_chart chart = { .struct_size = 4 };
    attune_chart_point point = { .struct_size = 4 };
    (void)state;
    refuse(NULL, NULL, 1, ATTUNE_E_ARGUMENT, "options");
    refuse(&o, NULL, 1, ATTUNE_E_ARGUMENT, "y");
    assert_int_equal(attune_chart_fit(&o, y, 3, NULL, NULL, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_chart_fit(&o, y, 3, work, &chart, NULL, NULL), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_chart_fit(&o, y, 3, work, NULL, &point, NULL), ATTUNE_E_STRUCT_SIZE);
    refuse(&o, y, (size_t)INT32_MAX + 1, ATTUNE_E_COUNT, "n");
    o.kind = 3;
    refuse(&o, y, 3, ATTUNE_E_OPTION, "kind");
    o.kind = 0;
    refuse(&o, y, 3, ATTUNE_E_VALUE, "y");
    refuse(&o, none, 2, ATTUNE_E_TOO_FEW, "y");
    refuse(&o, NULL, 0, ATTUNE_E_TOO_FEW, "y");
    refuse(&o, far, 2, ATTUNE_E_NUMERIC, "y");
    o.struct_size = 8;
    refuse(&o, y, 3, ATTUNE_E_STRUCT_SIZE, "options");
}

static void each_option_has_its_range(void **state)
{
    static const double y[] = { 1, 2, 3 };
    attune_chart_options o = usual;
    (void)state;
    o.spread = -1;
    refuse(&o, y, 3, ATTUNE_E_OPTION, "spread");
    o = usual;
    o.constants = 2;
    refuse(&o, y, 3, ATTUNE_E_OPTION, "constants");
    o = usual;
    o.side = 3;
    refuse(&o, y, 3, ATTUNE_E_OPTION, "side");
    o = usual;
    o.baseline = -1;
    refuse(&o, y, 3, ATTUNE_E_OPTION, "baseline");
    o = usual;
    o.centred = 2;
    refuse(&o, y, 3, ATTUNE_E_OPTION, "centred");
    o = usual;
    o.rules = ATTUNE_CHART_LIMIT;
    refuse(&o, y, 3, ATTUNE_E_OPTION, "rules");
    o = usual;
    o.width = NAN;
    refuse(&o, y, 3, ATTUNE_E_OPTION, "width");
    o = usual;
    o.lambda = 1.5;
    refuse(&o, y, 3, ATTUNE_E_OPTION, "lambda");
    o = usual;
    o.head_start = 6.0;
    refuse(&o, y, 3, ATTUNE_E_OPTION, "head_start");
}

static void a_score_not_completed_has_a_point_without_figures(void **state) /* case 1 */
{
    static const double y[] = { 1, NAN, 3 };
    attune_chart chart = fit_of(&usual, y, 3);
    (void)state;
    assert_int_equal(chart.n, 2);
    assert_int_equal(points[1].n, 0);
    assert_same(points[1].statistic, NAN);
    assert_int_equal(points[1].hits, 0);
    assert_same(points[2].step, 2.0);
    assert_int_equal(points[2].n, 2);
}

static void one_score_has_no_spread(void **state) /* case 2 */
{
    static const double y[] = { 4 };
    attune_chart_options o = usual;
    attune_chart chart = fit_of(&o, y, 1);
    (void)state;
    assert_same(chart.centre, 4.0);
    assert_same(chart.sd, NAN);
    assert_same(points[0].statistic, 4.0);
    assert_same(points[0].upper, NAN);
    o.kind = ATTUNE_CHART_EWMA;
    fit_of(&o, y, 1);
    assert_same(points[0].statistic, NAN);
    o.sd_floor = 2.0;
    assert_same(fit_of(&o, y, 1).sd, 2.0);
}

static void equal_scores_have_no_limits_unless_there_is_a_floor(void **state) /* case 3 */
{
    static const double y[] = { 0.3, 0.1 + 0.2, 0.3, 0.3, 0.3, 0.3 }, then[] = { 5, 5, 5, 9, 5, 5 };
    attune_chart_options o = usual;
    (void)state;
    for (o.kind = 0; o.kind <= ATTUNE_CHART_CUSUM; o.kind++) {
        assert_same(fit_of(&o, y, 6).sd, 0.0);
        assert_int_equal(points[5].hits, 0);
        assert_same(points[5].upper, o.kind == ATTUNE_CHART_CUSUM ? NAN : points[5].centre);
    }
    o = usual;
    o.baseline = 3;
    assert_int_equal(fit_of(&o, then, 6).hits, 0);
    o.baseline = 50; /* more than there are: all of them */
    assert_same(fit_of(&o, then, 6).centre, 17.0 / 3);
    o.baseline = 3;
    o.sd_floor = 1.0;
    attune_chart chart = fit_of(&o, then, 6);
    assert_int_equal(chart.hits, 1);
    assert_int_equal(chart.first_hit, 3);
    o.sd = 0.5; /* below the floor */
    assert_same(fit_of(&o, then, 6).sd, 1.0);
    o.sd = 2.0;
    assert_same(fit_of(&o, then, 6).sd, 2.0);
}

static void the_four_spreads_of_six_scores_are_those_worked_out_by_hand(void **state)
{
    /* Steps 1 1 1 1 6: mean 2, median 1; D4 times the mean is 6.53, and the last is kept. */
    static const double y[] = { 1, 2, 1, 2, 1, 7 };
    /* Steps 1 ten times, then 9: mean 19 / 11; 3.267 of it is 5.64, and the last is left out. */
    static const double jump[] = { 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 10 };
    attune_chart_options o = usual;
    (void)state;
    o.constants = ATTUNE_CHART_THREE;
    assert_near(fit_of(&o, y, 6).sd, 2 / 1.128, 1e-15);
    assert_near(fit_of(&o, jump, 12).range_limit, 3.267 * 19 / 11, 1e-15);
    o.spread = ATTUNE_CHART_SCREENED_RANGE;
    assert_near(fit_of(&o, y, 6).sd, 2 / 1.128, 1e-15);
    assert_near(fit_of(&o, jump, 12).sd, 1 / 1.128, 1e-15);
    o.spread = ATTUNE_CHART_MEDIAN_RANGE;
    assert_near(fit_of(&o, y, 6).sd, 1 / 0.954, 1e-15);
    o.spread = ATTUNE_CHART_SD; /* squares about 7/3: 27.333; c4(6) = .9515329 as tables print */
    assert_near(fit_of(&o, y, 6).sd, sqrt(27.333333333333333 / 5) / 0.9515329, 1e-7);
}

static uint32_t last_hits(uint32_t rules, int32_t side, const double *y, size_t n)
{
    attune_chart_options o = known(ATTUNE_CHART_XMR);
    o.rules = rules;
    o.side = side;
    fit_of(&o, y, n);
    return points[n - 1].hits;
}

static void zones_need_their_scores_on_one_side_and_the_newest_among_them(void **state)
{
    static const double two[] = { 0, 2.1, 2.1 }, early[] = { 2.1, 2.1, 0 };
    static const double turned[] = { 0, -2.1, 2.1 }, four[] = { 1.5, 1.5, 0, 1.5, 1.5 };
    static const double eight[] = { -1, -1, -1, -1, -1, -1, -1, -1, -1 }, three[] = { -3.1 };
    const uint32_t we = ATTUNE_CHART_WE, nelson = ATTUNE_CHART_NELSON;
    (void)state;
    assert_int_equal(last_hits(we, 0, two, 3), ATTUNE_CHART_WE2);
    assert_int_equal(last_hits(nelson, 0, two, 3), ATTUNE_CHART_NELSON5);
    assert_int_equal(last_hits(we, ATTUNE_CHART_BELOW, two, 3), 0);
    assert_int_equal(last_hits(we, ATTUNE_CHART_ABOVE, two, 3), ATTUNE_CHART_WE2);
    assert_int_equal(last_hits(we, 0, early, 3), 0);
    assert_int_equal(last_hits(we, 0, early, 2), 0); /* three are needed */
    assert_int_equal(last_hits(we, 0, turned, 3), 0);
    assert_int_equal(last_hits(we, 0, four, 5), ATTUNE_CHART_WE3);
    assert_int_equal(last_hits(we, 0, eight, 8), ATTUNE_CHART_WE4);
    assert_int_equal(last_hits(nelson, ATTUNE_CHART_BELOW, eight, 8), 0);
    assert_int_equal(last_hits(nelson, ATTUNE_CHART_BELOW, eight, 9), ATTUNE_CHART_NELSON2);
    assert_int_equal(last_hits(we, ATTUNE_CHART_BELOW, three, 1), ATTUNE_CHART_WE1);
    assert_int_equal(last_hits(we, ATTUNE_CHART_ABOVE, three, 1), 0);
}

static void patterns_without_a_zone_are_found_and_broken(void **state)
{
    static const double up[] = { -.3, -.2, -.1, .1, .2, .3 }, level[] = { 0, .1, .2, .2, .3, .4 };
    static const double down[] = { .3, .2, .1, -.1, -.2, -.3 }, flat[] = { 1, 1, 1, 1, 1, 1 };
    double saw[14], calm[15], mixed[8];
    const uint32_t nelson = ATTUNE_CHART_NELSON;
    (void)state;
    assert_int_equal(last_hits(nelson, 0, up, 6), ATTUNE_CHART_NELSON3);
    assert_int_equal(last_hits(nelson, 0, up, 5), 0);
    assert_int_equal(last_hits(nelson, ATTUNE_CHART_BELOW, up, 6), 0);
    assert_int_equal(last_hits(nelson, ATTUNE_CHART_BELOW, down, 6), ATTUNE_CHART_NELSON3);
    assert_int_equal(last_hits(nelson, 0, level, 6), 0);
    assert_int_equal(last_hits(nelson, 0, flat, 6), 0);
    for (size_t i = 0; i < 15; i++) {
        calm[i] = i % 3 == 0 ? 1 : -1;
        if (i < 14)
            saw[i] = i % 2 == 0 ? 0.5 : -0.5;
        if (i < 8)
            mixed[i] = i % 3 == 0 ? 1.5 : -1.5;
    }
    assert_int_equal(last_hits(nelson, 0, saw, 14), ATTUNE_CHART_NELSON4);
    assert_int_equal(last_hits(nelson, 0, saw, 13), 0);
    assert_int_equal(last_hits(nelson, 0, calm, 15), ATTUNE_CHART_NELSON7);
    calm[7] = 1.1;
    assert_int_equal(last_hits(nelson, 0, calm, 15), 0);
    assert_int_equal(last_hits(nelson, 0, mixed, 8), ATTUNE_CHART_NELSON8);
    mixed[2] = 0.9;
    assert_int_equal(last_hits(nelson, 0, mixed, 8), 0);
    for (size_t i = 0; i < 8; i++)
        mixed[i] = 1.5;
    assert_int_equal(last_hits(ATTUNE_CHART_NELSON8, 0, mixed, 8), 0);
    for (size_t i = 0; i < 8; i++)
        mixed[i] = -1.5;
    assert_int_equal(last_hits(ATTUNE_CHART_NELSON8, 0, mixed, 8), 0);
}

static void the_sides_of_ewma_and_cusum_are_heeded(void **state)
{
    static const double up[] = { 4, 4, 4 }, down[] = { -4, -4, -4 };
    (void)state;
    for (int32_t kind = ATTUNE_CHART_EWMA; kind <= ATTUNE_CHART_CUSUM; kind++) {
        attune_chart_options o = known(kind);
        for (o.side = 0; o.side <= ATTUNE_CHART_ABOVE; o.side++) {
            fit_of(&o, up, 3);
            assert_int_equal(points[2].hits != 0, o.side != ATTUNE_CHART_BELOW);
            fit_of(&o, down, 3);
            assert_int_equal(points[2].hits != 0, o.side != ATTUNE_CHART_ABOVE);
        }
    }
    assert_same(points[2].statistic, -10.5); /* three times 4 - .5 */
    assert_int_equal(points[2].run_low, 3);
    assert_same(points[2].estimate, -4.0);
}

static void a_sum_of_nothing_suggests_no_shift(void **state)
{
    static const double y[] = { 0, 0.4 };
    const attune_chart_options o = known(ATTUNE_CHART_CUSUM);
    (void)state;
    fit_of(&o, y, 2);
    assert_same(points[1].statistic, 0.0);
    assert_same(points[1].estimate, NAN);
    assert_int_equal(points[1].run_high, 0);
}

static void an_ewma_weighs_what_was_and_its_limits_widen(void **state)
{
    static const double y[] = { 1, 1, -1 };
    const attune_chart_options o = known(ATTUNE_CHART_EWMA);
    (void)state;
    fit_of(&o, y, 3);
    assert_near(points[0].statistic, 0.2, 1e-15);
    assert_near(points[1].statistic, 0.36, 1e-15);
    assert_near(points[2].statistic, 0.088, 1e-15);
    /* lambda / (2 - lambda) is 1 / 9, and .8 to the power of 2 and of 6 is .64 and .262144. */
    assert_near(points[0].upper, 3 * sqrt(0.36 / 9), 1e-15);
    assert_near(points[2].lower, -3 * sqrt(0.737856 / 9), 1e-15);
}

static void a_head_start_and_far_scores_keep_their_sums_finite(void **state)
{
    static const double y[] = { 0, 1e300, -1e300, 1e300 };
    attune_chart_options o = known(ATTUNE_CHART_CUSUM);
    (void)state;
    o.head_start = 2.5;
    o.sd = 1e-300;
    fit_of(&o, y, 4);
    assert_same(points[0].high, 2.0);
    assert_same(points[0].low, 2.0);
    assert_int_equal(points[0].run_high, 1);
    for (size_t i = 0; i < 4; i++)
        assert_true(isfinite(points[i].high) && isfinite(points[i].low));
    o = usual;
    o.spread = ATTUNE_CHART_SD;
    assert_true(isfinite(fit_of(&o, y, 4).sd));
}

static void a_live_chart_needs_a_centre_and_an_sd_and_refuses_as_a_batch_does(void **state)
{
    attune_chart_state live;
    attune_chart_options o = known(ATTUNE_CHART_EWMA);
    attune_chart_point point = { .struct_size = sizeof point }, small = { .struct_size = 4 };
    (void)state;
    assert_int_equal(attune_chart_start(NULL, &o, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_chart_start(&live, NULL, NULL), ATTUNE_E_ARGUMENT);
    o.struct_size = 1;
    assert_int_equal(attune_chart_start(&live, &o, NULL), ATTUNE_E_STRUCT_SIZE);
    o = usual;
    assert_int_equal(attune_chart_start(&live, &o, NULL), ATTUNE_E_OPTION);
    o.centred = 1;
    assert_int_equal(attune_chart_start(&live, &o, NULL), ATTUNE_E_OPTION);
    o.kind = 9;
    assert_int_equal(attune_chart_start(&live, &o, NULL), ATTUNE_E_OPTION);
    o = known(ATTUNE_CHART_EWMA);
    assert_int_equal(attune_chart_start(&live, &o, NULL), ATTUNE_OK);
    assert_int_equal(attune_chart_push(NULL, 1, &point, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_chart_push(&live, 1, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_chart_push(&live, 1, &small, NULL), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(attune_chart_push(&live, -INFINITY, &point, NULL), ATTUNE_E_VALUE);
    assert_int_equal(attune_chart_push(&live, -2e300, &point, NULL), ATTUNE_E_NUMERIC);
    assert_int_equal(attune_chart_push(&live, NAN, &point, NULL), ATTUNE_OK);
    assert_same(point.statistic, NAN);
    assert_int_equal(attune_chart_push(&live, 1, &point, NULL), ATTUNE_OK);
    assert_near(point.statistic, 0.2, 1e-15);
    assert_int_equal(point.n, 1);
    live.struct_size = 0;
    assert_int_equal(attune_chart_push(&live, 1, &point, NULL), ATTUNE_E_STRUCT_SIZE);
}

static void a_chart_may_be_asked_for_its_points_or_for_itself_alone(void **state)
{
    static const double y[] = { 1, 2, 4 };
    size_t count;
    (void)state;
    points->struct_size = sizeof *points;
    assert_int_equal(attune_chart_fit(&usual, y, 3, work, NULL, points, NULL), ATTUNE_OK);
    assert_same(points[2].statistic, 4.0);
    assert_string_equal(attune_chart_fields(&count)[count - 1].name, "hits");
    assert_non_null(attune_chart_fields(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_that_cannot_be_are_refused_in_order),
        cmocka_unit_test(each_option_has_its_range),
        cmocka_unit_test(a_score_not_completed_has_a_point_without_figures),
        cmocka_unit_test(one_score_has_no_spread),
        cmocka_unit_test(equal_scores_have_no_limits_unless_there_is_a_floor),
        cmocka_unit_test(the_four_spreads_of_six_scores_are_those_worked_out_by_hand),
        cmocka_unit_test(zones_need_their_scores_on_one_side_and_the_newest_among_them),
        cmocka_unit_test(patterns_without_a_zone_are_found_and_broken),
        cmocka_unit_test(the_sides_of_ewma_and_cusum_are_heeded),
        cmocka_unit_test(a_sum_of_nothing_suggests_no_shift),
        cmocka_unit_test(an_ewma_weighs_what_was_and_its_limits_widen),
        cmocka_unit_test(a_head_start_and_far_scores_keep_their_sums_finite),
        cmocka_unit_test(a_live_chart_needs_a_centre_and_an_sd_and_refuses_as_a_batch_does),
        cmocka_unit_test(a_chart_may_be_asked_for_its_points_or_for_itself_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
