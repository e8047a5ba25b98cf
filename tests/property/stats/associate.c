/* What must hold for associations: units, order of clients, later sessions, copies. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/associated.h"

enum { TURNS = 60 };

static caseload a, b;
static unsigned random_state = 20261125;

/* Clients of their own levels with gaps, missed sessions, and some of one form alone. */
static void any_caseload(caseload *c)
{
    begin(c, 1);
    for (unsigned g = 0, clients = 8 + draw(&random_state, 20); g < clients; g++) {
        double level = draw(&random_state, 40) / 10.0, state = 0;
        add_client(c);
        for (unsigned s = 1, n = 1 + draw(&random_state, 11); s <= n; s++) {
            state = .5 * state + draw(&random_state, 20) / 10.0 - 1;
            if (draw(&random_state, 10) == 0)
                continue;
            add_row(c, (int32_t)s, draw(&random_state, 9) == 0 ? (double)NAN : level + state,
                    draw(&random_state, 9) == 0
                        ? (double)NAN
                        : 30 - 3 * level - s - state + draw(&random_state, 40) / 10.0,
                    2 + level / 3 + draw(&random_state, 20) / 10.0);
        }
    }
    c->how.reml = (int32_t)draw(&random_state, 2);
    c->how.early = 1 + (int32_t)draw(&random_state, 4);
}

/* The same caseload in memory of its own. */
static void copy(caseload *to, const caseload *from)
{
    *to = *from;
    to->sessions.starts = to->starts;
    to->sessions.session = to->session;
    to->sessions.alliance = to->alliance;
    to->sessions.outcome = to->outcome;
    to->sessions.technique = to->technique;
}

static int is_named(const attune_association *f, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(*names, f->statistic) == 0)
            return 1;
    return 0;
}

static void same_figures(const attune_association *f, const attune_association *g, double scale)
{
    double low = scale < 0 ? g->high : g->low, high = scale < 0 ? g->low : g->high;
    assert_string_equal(f->statistic, g->statistic);
    assert_string_equal(f->reason ? f->reason : "", g->reason ? g->reason : "");
    assert_int_equal(f->n, g->n);
    assert_int_equal(f->clients, g->clients);
    assert_near(g->estimate, scale * f->estimate, 1e-7);
    assert_near(g->se, fabs(scale) * f->se, 1e-6);
    assert_near(low, scale * f->low, 1e-6);
    assert_near(high, scale * f->high, 1e-6);
    assert_near(g->df, f->df, 0);
    assert_near(g->p, f->p, 1e-6);
}

static const char *const slopes[] = { "within_slope",         "between_slope",
                                      "context_slope",        "latent_within_slope",
                                      "latent_between_slope", "latent_context_slope",
                                      "lag_effect",           NULL };
static const char *const of_outcome[] = { "time_slope", NULL };
static const char *const variances[] = { "between_variance", "within_variance", NULL };
static const char *const likelihoods[] = { "log_likelihood", NULL };

/* What a change of both measures' units by these factors makes of a figure. */
static double factor_of(const attune_association *f, double alliance, double outcome)
{
    int back = f->direction && strcmp(f->direction, "outcome_to_alliance") == 0;
    if (is_named(f, slopes))
        return back ? alliance / outcome : outcome / alliance;
    if (is_named(f, of_outcome))
        return back ? alliance : outcome;
    if (is_named(f, variances))
        return outcome * outcome;
    if (strcmp(f->statistic, "lag_effect_sd") == 0 || strncmp(f->statistic, "r_", 2) == 0 ||
        strcmp(f->statistic, "d_change") == 0)
        return alliance * outcome < 0 ? -1 : 1;
    return 1;
}

static void in_other_units_the_same_is_found(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        double x = draw(&random_state, 2) ? 4 : -.5, y = draw(&random_state, 2) ? 8 : -2;
        any_caseload(&a);
        a.sessions.technique = NULL;
        copy(&b, &a);
        b.sessions.technique = NULL;
        for (uint64_t i = 0; i < a.sessions.n_rows; i++) {
            b.alliance[i] = 3 + x * a.alliance[i];
            b.outcome[i] = 100 + y * a.outcome[i];
        }
        assert_int_equal(fit(&a, NULL), ATTUNE_OK);
        assert_int_equal(fit(&b, NULL), ATTUNE_OK);
        for (size_t i = 0; i < a.n; i++)
            if (!is_named(&a.found[i], likelihoods))
                same_figures(&a.found[i], &b.found[i], factor_of(&a.found[i], x, y));
    }
}

/* Turned measures with their directions turned: + is better with better as before. */
static void turned_measures_are_compared_as_before(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        any_caseload(&a);
        copy(&b, &a);
        for (uint64_t i = 0; i < a.sessions.n_rows; i++) {
            b.technique[i] = -a.technique[i];
            b.outcome[i] = -a.outcome[i];
        }
        b.how.technique_direction = ATTUNE_HIGHER_WORSE;
        b.how.outcome_direction = ATTUNE_HIGHER_BETTER;
        assert_int_equal(fit(&a, NULL), ATTUNE_OK);
        assert_int_equal(fit(&b, NULL), ATTUNE_OK);
        for (size_t i = 0; i < a.n; i++)
            if (strncmp(a.found[i].part, "against", 7) == 0)
                same_figures(&a.found[i], &b.found[i], 1);
    }
}

static void append(caseload *to, const caseload *from, uint64_t g)
{
    add_client(to);
    for (uint64_t i = from->starts[g]; i < from->starts[g + 1]; i++)
        add_row(to, from->session[i], from->alliance[i], from->outcome[i], from->technique[i]);
}

static void the_order_of_clients_does_not_matter(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        any_caseload(&a);
        begin(&b, 1);
        b.how = a.how;
        for (uint64_t g = a.sessions.n_clients; g-- > 0;)
            append(&b, &a, g);
        assert_int_equal(fit(&a, NULL), ATTUNE_OK);
        assert_int_equal(fit(&b, NULL), ATTUNE_OK);
        for (size_t i = 0; i < a.n; i++)
            same_figures(&a.found[i], &b.found[i], 1);
    }
}

/* Sessions are counted from the first of all: a year's offset leaves all but the early part. */
static void later_session_numbers_change_nothing(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        any_caseload(&a);
        copy(&b, &a);
        b.how.early += 1000;
        for (uint64_t i = 0; i < a.sessions.n_rows; i++)
            b.session[i] += 1000;
        assert_int_equal(fit(&a, NULL), ATTUNE_OK);
        assert_int_equal(fit(&b, NULL), ATTUNE_OK);
        for (size_t i = 0; i < a.n; i++)
            same_figures(&a.found[i], &b.found[i], 1);
    }
}

/* A session of which no form was completed. */
static void rows_without_any_form_do_not_count(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        any_caseload(&a);
        begin(&b, 1);
        b.how = a.how;
        for (uint64_t g = 0; g < a.sessions.n_clients; g++) {
            append(&b, &a, g);
            if (a.starts[g] < a.starts[g + 1] && b.sessions.n_rows + 1 < ROWS_MAX)
                add_row(&b, a.session[a.starts[g + 1] - 1] + 1, NAN, NAN, NAN);
        }
        assert_int_equal(fit(&a, NULL), ATTUNE_OK);
        assert_int_equal(fit(&b, NULL), ATTUNE_OK);
        for (size_t i = 0; i < a.n; i++)
            same_figures(&a.found[i], &b.found[i], 1);
    }
}

/* Twice the clients: the same figures, and robust errors smaller by what counts them. */
static void clients_who_come_twice_leave_slopes_where_they_are(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        any_caseload(&a);
        if (2 * a.sessions.n_clients > CLIENTS_MAX || 2 * a.sessions.n_rows > ROWS_MAX)
            continue;
        copy(&b, &a);
        for (uint64_t g = 0; g < a.sessions.n_clients; g++)
            append(&b, &a, g);
        assert_int_equal(fit(&a, NULL), ATTUNE_OK);
        assert_int_equal(fit(&b, NULL), ATTUNE_OK);
        for (size_t i = 0; i < a.n; i++) {
            const attune_association *f = &a.found[i], *g = &b.found[i];
            double n = f->n, k = f->clients;
            if (f->reason || strcmp(f->statistic, "lag_effect") != 0 ||
                (strcmp(f->part, "lagged") != 0 && strcmp(f->part, "lagged_detrended") != 0))
                continue;
            assert_near(g->estimate, f->estimate, 1e-9);
            assert_near(g->se * g->se,
                        f->se * f->se / 2 * (2 * k / (2 * k - 1) * (2 * n - 1) / (2 * n - 3)) /
                            (k / (k - 1) * (n - 1) / (n - 3)),
                        1e-9);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_other_units_the_same_is_found),
        cmocka_unit_test(turned_measures_are_compared_as_before),
        cmocka_unit_test(the_order_of_clients_does_not_matter),
        cmocka_unit_test(later_session_numbers_change_nothing),
        cmocka_unit_test(rows_without_any_form_do_not_count),
        cmocka_unit_test(clients_who_come_twice_leave_slopes_where_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
