/* Estimating equations of the lagged model: effects found, working correlations, and refusals. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/gee.h"
#include "tests/unit/stats/associated.h"

static const char few[] = "too few clients or sessions",
                  no_model[] = "no such model of these scores";
static const char forward[] = "alliance_to_outcome";
static const char *const parts[] = { "lagged_independent", "lagged_exchangeable", "lagged_ar1" };

static caseload c;

/* Outcome follows alliance one session later, about levels of the clients' own. */
static void make(int clients, int sessions, double level, double noise)
{
    unsigned random = 3;
    begin(&c, 0);
    for (int g = 0; g < clients; g++) {
        double before = 0, own = level * draw(&random, 20);
        add_client(&c);
        for (int s = 1; s <= sessions; s++) {
            double x = draw(&random, 40) / 10.0;
            add_row(&c, s, x, 20 + own - 2 * before + noise * draw(&random, 10) / 10.0, 0);
            before = x;
        }
    }
}

static void an_effect_is_found_whatever_the_working_correlation(void **state)
{
    (void)state;
    make(30, 12, .3, 1);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    for (size_t i = 0; i < 3; i++) {
        assert_near(figure(&c, parts[i], forward, "lag_effect")->estimate, -2, .15);
        assert_near(figure(&c, parts[i], forward, "lag_effect")->df, 29, 0);
        assert_int_equal(figure(&c, parts[i], forward, "lag_effect")->n, 330);
    }
}

/* Levels of clients' own are what makes forms alike; that takes noise out of the errors. */
static void levels_show_in_the_working_correlation(void **state)
{
    (void)state;
    make(30, 12, .3, 1);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_true(figure(&c, parts[1], forward, "working_r")->estimate > .8);
    assert_true(figure(&c, parts[2], forward, "working_r")->estimate > .8);
    assert_true(figure(&c, parts[1], forward, "lag_effect")->se <
                .7 * figure(&c, parts[0], forward, "lag_effect")->se);
    make(30, 12, 0, 1);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_true(fabs(figure(&c, parts[1], forward, "working_r")->estimate) < .1);
}

static void five_clients_are_too_few_for_five_coefficients(void **state)
{
    (void)state;
    make(5, 8, .3, 1);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    for (size_t i = 0; i < 3; i++)
        assert_missing(&c, parts[i], forward, "lag_effect", few);
    assert_missing(&c, parts[1], forward, "working_r", few);
    assert_int_equal(figure(&c, parts[0], forward, "lag_effect")->clients, 5);
}

/* One pair of sessions a client: coefficients can be had, a correlation of rows cannot. */
static void one_row_a_client_has_no_working_correlation(void **state)
{
    (void)state;
    make(12, 2, .3, 1);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "lagged_exchangeable", forward, "lag_effect", few);
    assert_missing(&c, "lagged_ar1", forward, "working_r", few);
    c.sessions.n_clients = 5;
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "lagged_independent", forward, "lag_effect", few);
}

static void scores_that_do_not_vary_have_no_equations(void **state)
{
    (void)state;
    make(12, 6, .3, 1);
    for (uint64_t i = 0; i < c.sessions.n_rows; i++)
        c.alliance[i] = .1;
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    for (size_t i = 0; i < 3; i++)
        assert_missing(&c, parts[i], forward, "lag_effect", "scores do not vary");
}

/* Outcome that is minus twice alliance: of both deviations one follows from the other. */
static void columns_that_follow_from_each_other_have_no_equations(void **state)
{
    (void)state;
    make(12, 6, .3, 1);
    for (uint64_t i = 0; i < c.sessions.n_rows; i++)
        c.outcome[i] = 40 - 2 * c.alliance[i];
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    for (size_t i = 0; i < 3; i++)
        assert_missing(&c, parts[i], forward, "lag_effect", no_model);
}

/* Alliance moves in one client alone: without that client there is no effect to speak of. */
static void a_column_that_rests_on_one_client_has_no_equations(void **state)
{
    (void)state;
    make(12, 6, .3, 1);
    for (uint64_t i = 6; i < c.sessions.n_rows; i++)
        c.alliance[i] = (double)(i / 6);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "lagged_independent", forward, "lag_effect", no_model);
}

/* The next outcome is exactly a line of what came before. */
static void a_perfect_fit_has_no_working_correlation(void **state)
{
    (void)state;
    unsigned random = 8;
    begin(&c, 0);
    for (int g = 0; g < 12; g++) {
        double sum = 0, x[6], y = 20;
        add_client(&c);
        for (int s = 0; s < 6; s++) {
            x[s] = draw(&random, 40) / 8.0;
            sum += x[s] / 6;
        }
        for (int s = 0; s < 6; s++) { /* of the deviation and the mean */
            add_row(&c, s + 1, x[s], y, 0);
            y = 20 - 2 * (x[s] - sum) + sum;
        }
    }
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    for (size_t i = 0; i < 3; i++)
        assert_missing(&c, parts[i], forward, "lag_effect", "a perfect fit");
}

/* Two rows a client that go apart as far as they can: r is at most what moments of few allow. */
static void a_correlation_that_no_rows_have_is_no_model(void **state)
{
    (void)state;
    make(9, 3, 1, .1);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    assert_missing(&c, "lagged_exchangeable", forward, "working_r", no_model);
    assert_missing(&c, "lagged_ar1", forward, "lag_effect", no_model);
}

/* Five clusters between whose coefficients and r, near its bound of -1/4, nothing comes to rest. */
static void equations_that_do_not_settle_are_given_up(void **state)
{
    (void)state;
    const uint64_t starts[] = { 0, 3, 8, 10, 15, 20 };
    const int32_t session[] = { 1, 2, 3, 1, 2, 3, 4, 5, 2, 3, 1, 2, 3, 4, 5, 1, 3, 4, 6, 8 };
    const double x[] = {
        -4, -9, 4, 5, -7, -7, 2, 0, -3, 10, -7, -9, 2, -2, -3, -3, -4, -2, -3, -2
    };
    const double y[] = { 8, -1, -.1, 1, 5, 2, -4, 1, -4.8, 7.2, -3, 8, 3, 10, 3, 4, 5, 1, 9, -9 };
    const double *const columns[] = { x };
    atn_gee_data data = { y, columns, 1, session, starts, 5, ATN_GEE_EXCHANGEABLE };
    atn_gee found;
    assert_string_equal(atn_gee_fit(&data, &found), no_model);
    assert_int_equal(found.n, 20);
    assert_int_equal(found.clusters, 5);
    data.working = ATN_GEE_AR1;
    assert_null(atn_gee_fit(&data, &found));
    assert_true(fabs(found.r) < 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_effect_is_found_whatever_the_working_correlation),
        cmocka_unit_test(levels_show_in_the_working_correlation),
        cmocka_unit_test(five_clients_are_too_few_for_five_coefficients),
        cmocka_unit_test(one_row_a_client_has_no_working_correlation),
        cmocka_unit_test(scores_that_do_not_vary_have_no_equations),
        cmocka_unit_test(columns_that_follow_from_each_other_have_no_equations),
        cmocka_unit_test(a_column_that_rests_on_one_client_has_no_equations),
        cmocka_unit_test(a_perfect_fit_has_no_working_correlation),
        cmocka_unit_test(a_correlation_that_no_rows_have_is_no_model),
        cmocka_unit_test(equations_that_do_not_settle_are_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
