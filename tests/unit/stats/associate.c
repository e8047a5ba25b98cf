/* Associations: what they find where it is known. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/associated.h"

static const char forward[] = "alliance_to_outcome", back[] = "outcome_to_alliance";

static caseload c;

/* Within clients outcome falls by 2 a point, between them it rises by 1: signs that differ. */
static void levels_are_told_apart(void **state)
{
    const double off[] = { -1, 0, 1, 0 }, error[] = { .1, -.1, .1, -.1 };
    begin(&c, 0);
    for (int g = 0; g < 8; g++) {
        double level = 4 + g % 4, own = g < 4 ? .5 : -.5;
        add_client(&c);
        for (int s = 0; s < 4; s++)
            add_row(&c, s + 1, level + off[s], level - 2 * off[s] + own + error[s], 0);
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_near(figure(&c, "levels", "", "within_slope")->estimate, -2, 1e-12);
    assert_near(figure(&c, "levels", "", "between_slope")->estimate, 1, 1e-12);
    assert_near(figure(&c, "levels", "", "context_slope")->estimate, 3, 1e-12);
    assert_true(figure(&c, "levels", "", "r_within")->estimate < -.9);
    assert_near(figure(&c, "levels", "", "r_between")->estimate, sqrt(10 / 12.0), 1e-12);
    assert_int_equal(figure(&c, "levels", "", "r_within")->n, 32);
    assert_int_equal(figure(&c, "levels", "", "r_within")->clients, 8);
    assert_near(figure(&c, "levels", "", "r_within")->df, 23, 0);
    (void)state;
}

/* With as many forms of each, the latent slope is b + (b - w) (1 - lambda) / lambda. */
static void latent_slopes_take_back_what_few_forms_draw_together(void **state)
{
    double w, b, lambda;
    begin(&c, 0);
    add_noise(&c, 5, 25, 4);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    w = figure(&c, "levels", "", "within_slope")->estimate;
    b = figure(&c, "levels", "", "between_slope")->estimate;
    lambda = figure(&c, "levels", "", "reliability_alliance")->estimate;
    assert_true(lambda > .5 && lambda < .99);
    assert_near(figure(&c, "levels", "", "latent_within_slope")->estimate, w, 1e-9);
    assert_near(figure(&c, "levels", "", "latent_between_slope")->estimate,
                b + (b - w) * (1 - lambda) / lambda, 1e-9);
    (void)state;
}

/* Only over consecutive sessions: the jump over a missed one does not count. */
static void a_lag_is_one_session(void **state)
{
    unsigned random = 9;
    begin(&c, 0);
    for (int g = 0; g < 10; g++) {
        add_client(&c);
        for (int s = 1; s <= 9; s++)
            if (s != 5)
                add_row(&c, s, draw(&random, 50), s == 7 ? (double)NAN : draw(&random, 50), 0);
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    /* 1-2 2-3 3-4 and 8-9: 4-6 is no pair, 6-7 and 7-8 lack a form */
    assert_int_equal(figure(&c, "lagged", forward, "lag_effect")->n, 40);
    assert_int_equal(figure(&c, "lagged", forward, "lag_effect")->clients, 10);
    assert_near(figure(&c, "lagged", forward, "lag_effect")->df, 9, 0);
    /* back, alliance is there at session 7 too, but the pair 7-8 lacks its first outcome */
    assert_int_equal(figure(&c, "lagged", back, "lag_effect")->n, 50);
    assert_int_equal(figure(&c, "lagged_model", back, "lag_effect")->n, 50);
    (void)state;
}

/* What alliance does is there one session later, and nothing goes back. */
static void an_effect_one_session_later_is_found_in_its_direction(void **state)
{
    unsigned random = 3;
    begin(&c, 0);
    for (int g = 0; g < 30; g++) {
        double before = 0;
        add_client(&c);
        for (int s = 1; s <= 12; s++) {
            double x = draw(&random, 40) / 10.0;
            add_row(&c, s, x, 20 - 2 * before + draw(&random, 10) / 10.0, 0);
            before = x;
        }
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    for (int i = 0; i < 3; i++) {
        static const char *const parts[] = { "lagged", "lagged_detrended", "lagged_model" };
        assert_near(figure(&c, parts[i], forward, "lag_effect")->estimate, -2, .15);
        assert_true(figure(&c, parts[i], forward, "lag_effect")->p < 1e-6);
        assert_near(figure(&c, parts[i], back, "lag_effect")->estimate, 0, .1);
    }
    assert_true(figure(&c, "lagged", forward, "nickell_bias")->estimate < 0);
    (void)state;
}

/* Both fall with the sessions and nothing else joins them: the own lines take it out. */
static void a_trend_in_both_is_taken_out_with_the_own_line(void **state)
{
    unsigned random = 17;
    begin(&c, 0);
    for (int g = 0; g < 30; g++) {
        double slope = 1 + g % 5;
        add_client(&c);
        for (int s = 1; s <= 12; s++)
            add_row(&c, s, slope * s + draw(&random, 20) / 10.0,
                    60 - slope * s + draw(&random, 20) / 10.0, 0);
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_true(figure(&c, "lagged", forward, "lag_effect")->estimate < -.3);
    assert_near(figure(&c, "lagged_detrended", forward, "lag_effect")->estimate, 0, .12);
    (void)state;
}

/* By hand: early means 2 4 6 5 3, last - first -1 -5 -8 -4 -5; clients without a later form do not
   count, nor forms after the third session. */
static void early_alliance_meets_the_change_that_comes_later(void **state)
{
    const double early[] = { 2, 4, 6, 5, 3 }, change[] = { -1, -5, -8, -4, -5 };
    double xx = 0, yy = 0, xy = 0;
    begin(&c, 0);
    for (int g = 0; g < 5; g++) {
        add_client(&c);
        add_row(&c, 1, early[g] - 1, 30 - g, 0);
        add_row(&c, 2, NAN, 3, 0);
        add_row(&c, 3, early[g] + 1, NAN, 0);
        add_row(&c, 4, 7, NAN, 0);
        add_row(&c, 6, 1, 30 - g + change[g], 0);
        add_row(&c, 7, 1, NAN, 0);
        xx += (early[g] - 4) * (early[g] - 4);
        yy += (change[g] + 4.6) * (change[g] + 4.6);
        xy += (early[g] - 4) * (change[g] + 4.6);
    }
    add_client(&c); /* the last outcome form is an early one */
    add_row(&c, 1, 5, 9, 0);
    add_row(&c, 3, 5, 8, 0);
    add_client(&c); /* one outcome form */
    add_row(&c, 5, 5, 8, 0);
    add_client(&c); /* none at all */
    add_row(&c, 5, 5, NAN, 0);
    add_client(&c); /* no early alliance */
    add_row(&c, 1, NAN, 8, 0);
    add_row(&c, 5, 5, 6, 0);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_near(figure(&c, "early", "", "r_change")->estimate, xy / sqrt(xx * yy), 1e-12);
    assert_int_equal(figure(&c, "early", "", "r_change")->clients, 5);
    assert_near(figure(&c, "early", "", "early_forms")->estimate, 2, 0);
    (void)state;
}

static void a_second_measure_is_held_against_the_same_outcome(void **state)
{
    attune_overlap o = { .struct_size = sizeof o };
    const attune_association *jk, *jh, *kh;
    begin(&c, 1);
    add_noise(&c, 8, 30, 6);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    jk = figure(&c, "against", "", "r_alliance");
    jh = figure(&c, "against", "", "r_against");
    kh = figure(&c, "against", "", "r_measures");
    /* less distress is better: the sign of the change is turned */
    assert_near(jk->estimate, -figure(&c, "early", "", "r_change")->estimate, 1e-12);
    assert_int_equal(attune_overlap_compare(jk->estimate, jh->estimate, kh->estimate, 30, &o, NULL),
                     ATTUNE_OK);
    assert_near(figure(&c, "against", "", "williams_t")->estimate, o.williams_t, 1e-12);
    assert_near(figure(&c, "against", "", "difference")->high, o.zou_high, 1e-12);
    assert_near(figure(&c, "against_adjusted", "", "williams_t")->df, 26, 0);
    double kept = jk->estimate, other = jh->estimate;
    c.how.technique_direction = ATTUNE_HIGHER_WORSE;
    c.how.outcome_direction = ATTUNE_HIGHER_BETTER;
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_near(figure(&c, "against", "", "r_alliance")->estimate, -kept, 1e-15);
    assert_near(figure(&c, "against", "", "r_against")->estimate, other, 1e-15);
    (void)state;
}

/* The log likelihood has the units of the scores; REML and ML differ. */
static void full_and_restricted_likelihood_are_two(void **state)
{
    double reml, ml;
    begin(&c, 0);
    add_noise(&c, 2, 20, 6);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    reml = figure(&c, "levels", "", "log_likelihood")->estimate;
    c.how.reml = 0;
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    ml = figure(&c, "levels", "", "log_likelihood")->estimate;
    assert_true(fabs(reml - ml) > .01);
    for (uint64_t i = 0; i < c.sessions.n_rows; i++)
        c.outcome[i] *= 10;
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_near(figure(&c, "levels", "", "log_likelihood")->estimate, ml - 120 * log(10), 1e-9);
    (void)state;
}

/* A first outcome that is the same for all has nothing to be partialled out. */
static void equal_beginnings_leave_the_last_outcome_as_it_is(void **state)
{
    begin(&c, 0);
    add_noise(&c, 6, 12, 6);
    for (int g = 0; g < 12; g++)
        c.outcome[6 * g] = 30;
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_near(figure(&c, "early", "", "r_adjusted")->estimate,
                figure(&c, "early", "", "r_change")->estimate, 1e-12);
    assert_near(figure(&c, "early", "", "r_adjusted")->df, 9, 0);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_are_told_apart),
        cmocka_unit_test(latent_slopes_take_back_what_few_forms_draw_together),
        cmocka_unit_test(a_lag_is_one_session),
        cmocka_unit_test(an_effect_one_session_later_is_found_in_its_direction),
        cmocka_unit_test(a_trend_in_both_is_taken_out_with_the_own_line),
        cmocka_unit_test(early_alliance_meets_the_change_that_comes_later),
        cmocka_unit_test(a_second_measure_is_held_against_the_same_outcome),
        cmocka_unit_test(full_and_restricted_likelihood_are_two),
        cmocka_unit_test(equal_beginnings_leave_the_last_outcome_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
