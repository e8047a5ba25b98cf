/* Associations: cases 3 to 10 of the header. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/associated.h"

static const char few[] = "too few clients or sessions", constant[] = "scores do not vary";
static const char perfect[] = "a perfect fit", no_model[] = "no such model of these scores";
static const char forward[] = "alliance_to_outcome", back[] = "outcome_to_alliance";

static caseload c;

static void case_3_few_clients_or_pairs(void **state)
{
    begin(&c, 1);
    add_client(&c);
    add_row(&c, 1, 3, 20, 1);
    add_row(&c, 2, 4, 18, 2);
    add_client(&c);
    add_row(&c, 1, 5, 21, 2);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "levels", "", "r_total", few);
    assert_missing(&c, "levels", "", "r_between_weighted", few);
    assert_missing(&c, "levels", "", "within_slope", few);
    assert_missing(&c, "lagged", forward, "lag_effect", few);
    assert_missing(&c, "lagged", forward, "nickell_bias", few);
    assert_missing(&c, "lagged_model", back, "lag_effect", few);
    assert_missing(&c, "early", "", "early_forms", few);
    assert_missing(&c, "early", "", "r_change", few);
    assert_missing(&c, "against", "", "williams_t", few);
    /* icc of three rows of two clients can be had, and no mean form a client */
    assert_missing(&c, "early", "", "dependability_early", few);
    (void)state;
}

/* Five clients of one pair each: what errors are made of is there, T is not. */
static void case_3_one_pair_a_client_has_no_bias_of_short_courses(void **state)
{
    const double x[] = { 1, 5, 2, 7, 4, 9 }, y[] = { 3, 1, 4, 1, 5, 9 };
    begin(&c, 0);
    for (int g = 0; g < 6; g++) {
        add_client(&c);
        add_row(&c, 1, x[g], y[g], 0);
        add_row(&c, 2, x[5 - g], y[(g + 2) % 6], 0);
        add_row(&c, 4, 3 + g % 2, 2 + g % 3, 0);
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_int_equal(figure(&c, "lagged", forward, "lag_effect")->n, 6);
    assert_true(isfinite(figure(&c, "lagged", forward, "lag_effect")->se));
    assert_missing(&c, "lagged", forward, "nickell_bias", few);
    c.sessions.n_clients = 4; /* and of four, errors cannot be had either */
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "lagged", forward, "lag_effect", few);
    assert_int_equal(figure(&c, "lagged", forward, "lag_effect")->clients, 4);
    (void)state;
}

static void case_4_scores_that_do_not_vary(void **state)
{
    begin(&c, 0);
    add_noise(&c, 4, 12, 6);
    for (uint64_t i = 0; i < c.sessions.n_rows; i++)
        c.alliance[i] = .1;
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "levels", "", "r_within", constant);
    assert_missing(&c, "levels", "", "within_slope", constant);
    assert_missing(&c, "levels", "", "icc_alliance", constant);
    assert_missing(&c, "lagged", forward, "lag_effect", constant);
    assert_missing(&c, "lagged", back, "lag_effect", constant);
    assert_missing(&c, "lagged_model", back, "lag_effect", constant);
    assert_missing(&c, "early", "", "r_change", constant);
    for (uint64_t i = 0; i < c.sessions.n_rows; i++) { /* each client's own: nothing within */
        c.alliance[i] = .1 * (double)(i / 6);
        c.outcome[i] = (double)(i / 6 * 7 % 12);
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "levels", "", "r_within", constant);
    assert_missing(&c, "lagged", forward, "autoregression", constant);
    assert_true(isfinite(figure(&c, "levels", "", "r_between")->estimate));
    assert_missing(&c, "levels", "", "within_slope", constant);
    assert_missing(&c, "levels", "", "icc_outcome", perfect);
    (void)state;
}

/* Alliance varies within clients, outcome one session later does not. */
static void case_4_an_outcome_that_does_not_move(void **state)
{
    begin(&c, 0);
    add_noise(&c, 4, 12, 6);
    for (uint64_t i = 0; i < c.sessions.n_rows; i++)
        c.outcome[i] = (double)(i / 6 * 5 % 12);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "lagged", forward, "lag_effect", constant);
    assert_missing(&c, "early", "", "r_adjusted", constant); /* the last is the first */
    (void)state;
}

static void case_5_perfect_lines(void **state)
{
    unsigned random = 4;
    begin(&c, 0);
    for (int g = 0; g < 8; g++) {
        double last = draw(&random, 20);
        add_client(&c);
        for (int s = 1; s <= 6; s++) {
            double x = draw(&random, 20);
            add_row(&c, s, x, 40 - last, 0);
            last = x;
        }
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_true(isfinite(figure(&c, "lagged", forward, "lag_effect")->se));
    for (uint64_t i = 0; i < c.sessions.n_rows; i++)
        c.outcome[i] = 40 - 2 * c.alliance[i];
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_same(figure(&c, "levels", "", "r_within")->estimate, -1);
    assert_string_equal(figure(&c, "levels", "", "r_within")->reason, perfect);
    assert_missing(&c, "levels", "", "within_slope", perfect);
    assert_missing(&c, "lagged", forward, "lag_effect", no_model); /* both columns are one */
    for (uint64_t i = 0; i < c.sessions.n_rows; i++)
        c.outcome[i] = 2 * c.alliance[i];
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_same(figure(&c, "levels", "", "r_between")->estimate, 1);
    (void)state;
}

/* Each alliance but the last of a client is what the outcome is one session later. */
static void case_5_a_perfect_step_to_the_next_session(void **state)
{
    const double turns[][4] = { { 1, -1, 1, -1 }, { 1, 1, -1, -1 }, { -1, 1, 1, -1 },
                                { -1, 1, -1, 1 }, { -1, -1, 1, 1 }, { 1, -1, -1, 1 } };
    begin(&c, 0);
    for (int g = 0; g < 6; g++) {
        add_client(&c);
        for (int s = 0; s < 4; s++) /* x(s) = y(s + 1), both with a mean of 0 */
            add_row(&c, s + 1, turns[g][(s + 1) % 4], turns[g][s], 0);
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "lagged", forward, "lag_effect", perfect);
    assert_missing(&c, "lagged", forward, "nickell_bias", perfect);
    (void)state;
}

/* All forms at one session, and at each client's own: log session is one number or follows. */
static void case_6_columns_that_follow_from_each_other(void **state)
{
    begin(&c, 0);
    for (int g = 0; g < 10; g++) {
        add_client(&c);
        for (int s = 1; s <= 4; s++) /* alliance within is log session within, to the last bit */
            add_row(&c, s, log(s) + 0 * g, (g * 7 % 10) + (s * 5 + g * 3) % 7, 0);
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "levels_time", "", "within_slope", constant); /* all means are equal */
    for (uint64_t i = 0; i < c.sessions.n_rows; i++)
        c.alliance[i] += (double)(i / 4 % 3);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "levels_time", "", "within_slope", no_model);
    assert_missing(&c, "levels_time", "", "context_slope", no_model);
    assert_true(isfinite(figure(&c, "levels", "", "within_slope")->estimate));
    (void)state;
}

static void case_7_figures_beyond_a_double(void **state)
{
    begin(&c, 0);
    add_noise(&c, 6, 12, 6);
    for (uint64_t i = 0; i < c.sessions.n_rows; i++) {
        c.alliance[i] *= 1e-170;
        c.outcome[i] *= 1e148;
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "levels", "", "within_slope", "beyond what a number holds");
    assert_int_equal(figure(&c, "levels", "", "within_slope")->n, 72);
    assert_true(isfinite(figure(&c, "levels", "", "r_within")->estimate));
    assert_true(isfinite(figure(&c, "levels", "", "within_variance")->estimate));
    (void)state;
}

static void case_8_clients_whose_alliance_does_not_differ(void **state)
{
    const double off[] = { -1, 0, 2, -2, 1, 0 };
    unsigned random = 12;
    begin(&c, 0);
    for (int g = 0; g < 10; g++) {
        add_client(&c);
        for (int s = 0; s < 6; s++)
            add_row(&c, s + 1, 5 + off[(s + g) % 6] + (s == 0 ? .01 * (g % 2) : 0),
                    draw(&random, 30), 0);
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_near(figure(&c, "levels", "", "icc_alliance")->estimate, 0, 1e-6);
    assert_missing(&c, "levels", "", "latent_within_slope", "no variance between clients");
    assert_true(isfinite(figure(&c, "levels", "", "between_slope")->estimate));
    (void)state;
}

static void case_9_two_measures_that_say_the_same(void **state)
{
    begin(&c, 1);
    add_noise(&c, 6, 12, 6);
    /* the change is the sum of both early means */
    for (int g = 0; g < 12; g++) {
        const double *x = c.alliance + 6 * g, *a = c.technique + 6 * g;
        c.outcome[6 * g + 5] = c.outcome[6 * g] + x[0] + x[1] + x[2] + a[0] + a[1] + a[2];
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "against", "", "williams_t", "one measure follows from the others");
    assert_missing(&c, "against", "", "difference", "one measure follows from the others");
    for (int i = 0; i < 72; i++)
        c.technique[i] = c.alliance[i];
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "against", "", "steiger_z", perfect);
    for (int i = 0; i < 72; i++)
        c.technique[i] = 3;
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "against", "", "meng_z", constant);
    (void)state;
}

/* Alliance and change nearly the same, the other measure apart from both. */
static void case_10_an_approximation_without_a_variance(void **state)
{
    begin(&c, 1);
    add_noise(&c, 6, 12, 6);
    for (int g = 0; g < 12; g++) {
        double *x = c.alliance + 6 * g, *a = c.technique + 6 * g;
        x[0] = x[1] = x[2] = g;
        a[0] = a[1] = a[2] = g * 5 % 12 - .3 * g;
        c.outcome[6 * g + 5] = c.outcome[6 * g] + g + .01 * (g % 2);
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_true(isfinite(figure(&c, "against", "", "williams_t")->estimate));
    assert_missing(&c, "against", "", "hittner_z", "no variance by this approximation");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_3_few_clients_or_pairs),
        cmocka_unit_test(case_3_one_pair_a_client_has_no_bias_of_short_courses),
        cmocka_unit_test(case_4_scores_that_do_not_vary),
        cmocka_unit_test(case_4_an_outcome_that_does_not_move),
        cmocka_unit_test(case_5_perfect_lines),
        cmocka_unit_test(case_5_a_perfect_step_to_the_next_session),
        cmocka_unit_test(case_6_columns_that_follow_from_each_other),
        cmocka_unit_test(case_7_figures_beyond_a_double),
        cmocka_unit_test(case_8_clients_whose_alliance_does_not_differ),
        cmocka_unit_test(case_9_two_measures_that_say_the_same),
        cmocka_unit_test(case_10_an_approximation_without_a_variance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
