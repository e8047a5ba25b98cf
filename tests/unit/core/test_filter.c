/* The filter's pieces: what is known before, how a session moves it, what a score says. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/filter/filter.h"
#include "tests/unit/core/given.h"

static const atn_prior usual = { .05, 2.25, .35, .045 };

static attune_constants scale_1_to_7(void)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .5, NAN);
    c.score_min = 1;
    c.score_max = 7;
    c.score_step = .5;
    return c;
}

static atn_population population(const attune_constants *c, double first_up)
{
    atn_population p;
    atn_population_of(&p, c, &usual, first_up);
    return p;
}

static double weight_of(const atn_belief *b, int mode)
{
    double sum = 0;
    for (int s = 0; s < ATN_SPREADS; s++)
        sum += atn_block(b, mode)->of[s];
    return sum;
}

static double total(const atn_belief *b)
{
    double sum = 0;
    for (int mode = 0; mode < ATN_MODES; mode++)
        sum += weight_of(b, mode);
    return sum;
}

static void see(const atn_population *p, const atn_belief *b, double value)
{
    atn_reading reading;
    atn_weighing weighing;
    atn_filter_read(p, value, &reading);
    atn_filter_weigh(b, &reading, &weighing);
    atn_filter_learn(b, &weighing);
}

static void scores_count_from_the_first_in_within_person_sd(void **state)
{
    attune_constants c = scale_1_to_7();
    atn_population p = population(&c, 5);
    (void)state;
    assert_near(p.top, 4, 1e-12);
    assert_near(p.bottom, -8, 1e-12);
    assert_near(p.half_step, .5, 1e-12);
    assert_near(p.level, 1, 1e-12); /* three quarters of the range: 5.5 */
    c.score_step = NAN;
    assert_same(population(&c, 5).half_step, 0);
}

static void the_level_comes_from_the_norm_the_range_or_the_first_form(void **state)
{
    attune_constants c = scale_1_to_7();
    (void)state;
    c.clinical_mean = 4.5;
    assert_near(population(&c, 5).level, -1, 1e-12);
    c.clinical_mean = NAN;
    c.score_max = INFINITY;
    assert_near(population(&c, 5).level, 0, 1e-12);
}

static void higher_is_worse_turns_the_scale(void **state)
{
    attune_constants c = scale_1_to_7();
    atn_population p;
    (void)state;
    c.direction = ATTUNE_HIGHER_WORSE;
    p = population(&c, -3);
    assert_near(p.top, 4, 1e-12);
    assert_near(p.bottom, -8, 1e-12);
    assert_near(p.level, 1, 1e-12);
}

static void clients_differ_as_the_total_sd_says(void **state)
{
    attune_constants c = scale_1_to_7();
    (void)state;
    assert_near(population(&c, 5).level_sd, 1.3 * sqrt(1 / (1 - .77) - 1), 1e-12);
    c.sd = 1.3;
    assert_near(population(&c, 5).level_sd, 1.3 * sqrt(6.76 - 1), 1e-12);
    c.clinical_mean = 5; /* then it is known where they lie */
    assert_near(population(&c, 5).level_sd, sqrt(6.76 - 1), 1e-12);
    c.clinical_mean = NAN;
    c.sd = .4; /* below the within-person SD: not to be believed */
    assert_near(population(&c, 5).level_sd, 1.3 * sqrt(1 / (1 - .77) - 1), 1e-12);
}

static void no_rupture_begins_before_the_third_session(void **state)
{
    attune_constants c = scale_1_to_7();
    atn_population p = population(&c, 5);
    atn_lane lane[ATN_BELIEF(ATN_OWN)];
    const atn_belief b = { lane, ATN_OWN };
    (void)state;
    atn_filter_begin(&p, &b);
    atn_filter_move(&p, &b, 2);
    assert_same(weight_of(&b, ATN_BEGUN), 0);
    atn_filter_move(&p, &b, 3);
    assert_near(weight_of(&b, ATN_BEGUN), .05, 1e-12);
}

static void weights_sum_to_1_over_moves_and_scores(void **state)
{
    attune_constants c = scale_1_to_7();
    atn_population p = population(&c, 5);
    atn_lane lane[ATN_BELIEF(ATN_OWN)];
    const atn_belief b = { lane, ATN_OWN };
    (void)state;
    atn_filter_begin(&p, &b);
    for (int t = 2; t < 40; t++) {
        see(&p, &b, t % 7 == 0 ? p.top : t % 11 == 0 ? p.bottom : t % 3);
        assert_near(total(&b), 1, 1e-12);
        atn_filter_move(&p, &b, t);
        assert_near(total(&b), 1, 1e-12);
    }
}

/* A further unknown that nothing depends on changes nothing. */
static void more_unknowns_give_the_same_weights(void **state)
{
    attune_constants c = scale_1_to_7();
    atn_population p = population(&c, 5);
    atn_lane few[ATN_BELIEF(ATN_OWN)], many[ATN_BELIEF(ATN_OWN + 2)];
    const atn_belief a = { few, ATN_OWN }, b = { many, ATN_OWN + 2 };
    (void)state;
    atn_filter_begin(&p, &a);
    atn_filter_begin(&p, &b);
    for (int t = 2; t < 30; t++) {
        double y = t % 9 == 0 ? p.top : t % 13 == 0 ? -4 : sin(t);
        see(&p, &a, y);
        see(&p, &b, y);
        atn_filter_move(&p, &a, t);
        atn_filter_move(&p, &b, t);
        for (int mode = 0; mode < ATN_MODES; mode++)
            assert_near(weight_of(&b, mode), weight_of(&a, mode), 1e-12);
    }
}

/* From -8 to the top: 30 SD and more beyond what was expected, either way. */
static void a_score_beyond_all_expectation_leaves_the_weights_finite(void **state)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, .01, NAN);
    atn_lane lane[ATN_BELIEF(ATN_OWN)];
    const atn_belief b = { lane, ATN_OWN };
    atn_population p;
    (void)state;
    c.score_min = 1;
    c.score_max = 7;
    p = population(&c, 1);
    atn_filter_begin(&p, &b);
    for (int t = 2; t < 12; t++) {
        see(&p, &b, t % 3 == 0 ? p.top : t % 3 == 1 ? p.bottom : 300.0);
        assert_near(total(&b), 1, 1e-12);
        atn_filter_move(&p, &b, t);
    }
}

/* At the top a score only says "at least": the level may lie above it. */
static void the_top_says_less_than_a_score_inside(void **state)
{
    attune_constants c = scale_1_to_7();
    atn_population p = population(&c, 7);
    atn_lane lane[ATN_BELIEF(ATN_OWN)];
    const atn_belief b = { lane, ATN_OWN };
    const atn_lane *level = atn_block(&b, ATN_STEADY) + 1 + ATN_LEVEL;
    const atn_lane *variance = atn_block(&b, ATN_STEADY) + atn_place(ATN_OWN, ATN_LEVEL, ATN_LEVEL);
    double inside;
    (void)state;
    atn_filter_begin(&p, &b);
    see(&p, &b, p.top - 1e-6);
    inside = variance->of[1];
    atn_filter_begin(&p, &b);
    see(&p, &b, p.top);
    assert_true(variance->of[1] > inside * 1.5);
    assert_true(level->of[1] > -1);
}

static void an_onset_counts_again_only_where_it_has_become_twice_as_plain(void **state)
{
    atn_lane w[ATN_MODES] = { 0 };
    atn_answer answer;
    (void)state;
    w[ATN_STEADY].of[0] = .5;
    w[ATN_BEGUN].of[1] = .1;
    w[ATN_SECOND].of[1] = .2;
    w[ATN_BLIP].of[2] = .1;
    w[ATN_OPEN].of[3] = .1;
    atn_filter_answer(w, .3, &answer);
    assert_near(answer.began, .4, 1e-12);
    assert_near(answer.open, .4, 1e-12);
    assert_near(answer.odds, .4 / .6, 1e-12); /* above twice .3 */
    atn_filter_answer(w, .4, &answer);
    assert_near(answer.odds, .1 / .6, 1e-12);
}

/* Without a rupture the expectation is the level's; the tail is one half at it. */
static void what_was_expected_is_the_steady_course(void **state)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_ALLIANCE, 1, NAN);
    atn_population p = population(&c, 0);
    atn_lane lane[ATN_BELIEF(ATN_OWN)];
    const atn_belief b = { lane, ATN_OWN };
    atn_expectation expected;
    atn_reading reading;
    double square = 0;
    (void)state;
    atn_filter_begin(&p, &b);
    atn_filter_read(&p, 0, &reading);
    atn_filter_expect(&b, &p, &reading, &expected);
    for (int s = 0; s < ATN_SPREADS; s++)
        square += atn_block(&b, ATN_STEADY)->of[s] * p.spread.of[s] * p.spread.of[s];
    assert_near(expected.mean, 0, 1e-12);
    assert_near(expected.sd, sqrt(p.level_sd * p.level_sd + square), 1e-12);
    assert_near(atn_filter_tail(&b, &reading), .5, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_count_from_the_first_in_within_person_sd),
        cmocka_unit_test(the_level_comes_from_the_norm_the_range_or_the_first_form),
        cmocka_unit_test(higher_is_worse_turns_the_scale),
        cmocka_unit_test(clients_differ_as_the_total_sd_says),
        cmocka_unit_test(no_rupture_begins_before_the_third_session),
        cmocka_unit_test(weights_sum_to_1_over_moves_and_scores),
        cmocka_unit_test(more_unknowns_give_the_same_weights),
        cmocka_unit_test(a_score_beyond_all_expectation_leaves_the_weights_finite),
        cmocka_unit_test(the_top_says_less_than_a_score_inside),
        cmocka_unit_test(an_onset_counts_again_only_where_it_has_become_twice_as_plain),
        cmocka_unit_test(what_was_expected_is_the_steady_course),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
