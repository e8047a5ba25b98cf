/* Associations: refusals in the order of the header, hostile scores, fields and texts. */
/* SPDX-License-Identifier: MIT */
#include "lib/stats/associate/parts.h"
#include "tests/unit/stats/associated.h"

#include <float.h>

static caseload c;
static attune_error err = ATTUNE_ERROR_INIT;
static char room[1 << 16];

static attune_status call(const attune_associate_options *how, const attune_sessions *sessions,
                          void *work, size_t size, attune_association *rows, size_t capacity,
                          size_t *n)
{
    return attune_associate_fit(how, sessions, work, size, rows, capacity, n, &err);
}

static void calls_are_refused_in_the_order_of_the_header(void **state)
{
    attune_sessions s, small;
    attune_associate_options little = { .struct_size = 4 };
    attune_association tiny = { .struct_size = 8 };
    size_t n = 77;
    (void)state;
    begin(&c, 1);
    add_noise(&c, 1, 5, 4);
    s = small = c.sessions;
    small.struct_size = 4;
#define CALL(how, s, work, size, rows, capacity, n) call(how, s, work, size, rows, capacity, n)
    assert_int_equal(CALL(NULL, NULL, room, sizeof room, c.found, 128, &n), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(NULL, &s, NULL, sizeof room, c.found, 128, &n), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(NULL, &s, room, sizeof room, NULL, 128, &n), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(NULL, &s, room, sizeof room, c.found, 128, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(CALL(&little, &s, room, 1, c.found, 1, &n), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(CALL(NULL, &small, room, 1, c.found, 1, &n), ATTUNE_E_STRUCT_SIZE);
    assert_int_equal(CALL(NULL, &s, room, 1, &tiny, 1, &n), ATTUNE_E_STRUCT_SIZE);
    const double *const *columns[] = { &s.alliance, &s.outcome };
    for (size_t i = 0; i < 2; i++) {
        attune_sessions without = s;
        if (columns[i] == &s.alliance)
            without.alliance = NULL;
        else
            without.outcome = NULL;
        assert_int_equal(CALL(NULL, &without, room, 1, c.found, 1, &n), ATTUNE_E_ARGUMENT);
    }
    s.starts = NULL;
    assert_int_equal(CALL(NULL, &s, room, 1, c.found, 1, &n), ATTUNE_E_ARGUMENT);
    s.starts = c.starts;
    s.session = NULL;
    assert_int_equal(CALL(NULL, &s, room, 1, c.found, 1, &n), ATTUNE_E_ARGUMENT);
    s.session = c.session;
    size_t size = attune_associate_work(s.n_clients, s.n_rows);
    assert_int_equal(CALL(NULL, &s, room, size - 1, c.found, 1, &n), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "work_size");
    assert_int_equal(CALL(NULL, &s, room, size, c.found, 127, &n), ATTUNE_E_COUNT);
    assert_string_equal(err.key, "capacity");
    assert_int_equal(attune_associate_work(UINT64_MAX, 1), 0);
    assert_int_equal(attune_associate_work(1, UINT64_MAX), 0);
    s.n_rows = UINT64_MAX;
    assert_int_equal(CALL(NULL, &s, room, sizeof room, c.found, 128, &n), ATTUNE_E_COUNT);
    assert_int_equal(n, 77);
    assert_null(c.found[0].part);
}

static void starts_and_options_come_before_values(void **state)
{
    (void)state;
    begin(&c, 1);
    add_noise(&c, 1, 5, 4);
    c.alliance[0] = INFINITY;
    c.starts[2] = 3;
    c.how.early = 0;
    assert_int_equal(fit(&c, &err), ATTUNE_E_COUNT);
    assert_int_equal(err.index, 2);
    c.starts[2] = 8;
    c.starts[5] = 21;
    assert_int_equal(fit(&c, &err), ATTUNE_E_COUNT);
    assert_int_equal(err.index, 5);
    c.starts[5] = 20;
    assert_int_equal(fit(&c, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "early");
    c.how.early = 3;
    c.how.reml = 2;
    assert_int_equal(fit(&c, &err), ATTUNE_E_OPTION);
    c.how.reml = -1;
    assert_int_equal(fit(&c, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "reml");
    c.how.reml = 0;
    c.how.technique_direction = 0;
    assert_int_equal(fit(&c, &err), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "technique_direction");
    assert_int_equal(c.n, 0);
}

static void values_are_looked_at_in_order(void **state)
{
    (void)state;
    begin(&c, 1);
    add_noise(&c, 1, 5, 4);
    c.technique[7] = -INFINITY;
    c.session[6] = -1;
    assert_int_equal(fit(&c, &err), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 6);
    assert_string_equal(err.key, "session");
    c.session[6] = 2;
    assert_int_equal(fit(&c, &err), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 7);
    assert_string_equal(err.key, "technique");
    c.sessions.technique = NULL;
    assert_int_equal(fit(&c, &err), ATTUNE_E_ORDER);
    assert_int_equal(err.index, 6);
    c.session[6] = 3;
    c.outcome[9] = 1e151;
    assert_int_equal(fit(&c, &err), ATTUNE_E_NUMERIC);
    assert_int_equal(err.index, 9);
    assert_string_equal(err.key, "outcome");
    assert_int_equal(c.n, 0);
}

/* Cases 1 and 2, and that few comes before numeric. */
static void no_session_with_both_forms_is_too_few(void **state)
{
    (void)state;
    begin(&c, 0);
    add_client(&c);
    add_row(&c, 1, NAN, 1e300, 0);
    add_row(&c, 2, 4, NAN, 0);
    add_row(&c, 3, NAN, NAN, 0);
    assert_int_equal(fit(&c, &err), ATTUNE_E_TOO_FEW);
    assert_string_equal(err.key, "clients");
    begin(&c, 0);
    assert_int_equal(fit(&c, &err), ATTUNE_E_TOO_FEW);
}

/* Rows before the first start and after the last belong to nobody; a client may have none. */
static void rows_of_nobody_do_not_count(void **state)
{
    static caseload other;
    (void)state;
    begin(&c, 1);
    add_noise(&c, 3, 12, 5);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    other = c;
    other.sessions.starts = other.starts;
    other.sessions.session = other.session;
    other.sessions.alliance = other.alliance;
    other.sessions.outcome = other.outcome;
    other.sessions.technique = other.technique;
    memmove(other.session + 1, other.session, 60 * sizeof *other.session);
    memmove(other.alliance + 1, other.alliance, 60 * sizeof *other.alliance);
    memmove(other.outcome + 1, other.outcome, 60 * sizeof *other.outcome);
    memmove(other.technique + 1, other.technique, 60 * sizeof *other.technique);
    other.alliance[0] = INFINITY;
    other.sessions.n_rows = 62;
    for (int g = 13; g > 0; g--)
        other.starts[g] = other.starts[g - 1] + 1;
    other.starts[0] = 1; /* the first client has no rows at all */
    other.sessions.n_clients = 13;
    assert_int_equal(fit(&other, NULL), ATTUNE_OK);
    assert_int_equal(other.n, c.n);
    for (size_t i = 0; i < c.n; i++) {
        assert_near(other.found[i].estimate, c.found[i].estimate, 1e-12);
        assert_int_equal(other.found[i].clients, c.found[i].clients);
    }
}

/* A caller who knows more fields than we do has them left alone. */
static void rows_are_as_far_apart_as_the_caller_says(void **state)
{
    struct longer {
        attune_association row;
        double own;
    } rows[ATTUNE_ASSOCIATIONS_MAX] = { { { .struct_size = sizeof rows[0] }, 7 } };
    size_t n = 0;
    (void)state;
    begin(&c, 0);
    add_noise(&c, 3, 12, 5);
    assert_int_equal(fit(&c, NULL), ATTUNE_OK);
    rows[20].own = 9;
    assert_int_equal(attune_associate_fit(NULL, &c.sessions, room, sizeof room, &rows[0].row,
                                          ATTUNE_ASSOCIATIONS_MAX, &n, NULL),
                     ATTUNE_OK);
    assert_int_equal(n, c.n);
    assert_string_equal(rows[20].row.statistic, c.found[20].statistic);
    assert_same(rows[20].row.estimate, c.found[20].estimate);
    assert_same(rows[0].own, 7);
    assert_same(rows[20].own, 9);
}

static void no_hostile_score_makes_a_figure_without_a_reason(void **state)
{
    static const double extremes[] = { 0,         -0.0,  1,        -1,      NAN,    NAN,    1e149,
                                       -1e149,    1e16,  1e16 + 2, DBL_MIN, 5e-324, 1e-300, 0.1,
                                       39.999999, 1e-17, 40,       7,       7,      1e-162 };
    unsigned random = 20261125;
    (void)state;
    for (int turn = 0; turn < 2000; turn++) {
        int tame = draw(&random, 3) == 0;
        begin(&c, 1);
        for (unsigned g = 0, clients = 1 + draw(&random, 9); g < clients; g++) {
            add_client(&c);
            for (unsigned s = 0, n = draw(&random, 7), session = 0; s < n; s++) {
                double v[3];
                session += draw(&random, 6) == 0 ? 2u : 1u;
                for (int k = 0; k < 3; k++)
                    v[k] = tame ? draw(&random, 6)
                                : extremes[draw(&random, sizeof extremes / sizeof *extremes)];
                add_row(&c, (int32_t)session, v[0], v[1], v[2]);
            }
        }
        if (fit(&c, NULL) != ATTUNE_OK)
            continue;
        assert_true(c.n > 50 && c.n <= ATTUNE_ASSOCIATIONS_MAX);
        for (size_t i = 0; i < c.n; i++) {
            const attune_association *f = &c.found[i];
            assert_true(isfinite(f->estimate) || f->reason);
            assert_true(!isinf(f->se) && !isinf(f->low) && !isinf(f->high));
            assert_true(isnan(f->p) || (f->p >= 0 && f->p <= 1));
            assert_true(attune_statistic_text(f->statistic)[0] != '\0');
        }
    }
}

/* Clusters whose sums cancel, each of them: the sandwich is nothing. */
static void case_10_an_error_of_nothing_tests_nothing(void **state)
{
    attune_association f = atn_estimated(2, 0, NAN, 1);
    (void)state;
    assert_true(isnan(f.estimate) && isnan(f.p));
    assert_string_equal(f.reason, "no variance by this approximation");
    f = atn_estimated(2, 1, 9, 0.5);
    assert_near(f.estimate, 1, 0);
    assert_near(f.high, 1 + 2.262157162740992 / 2, 1e-10);
    assert_near(f.p, 0.0765528238, 1e-9);
}

static void columns_and_statistics_are_described(void **state)
{
    size_t n = 0;
    const attune_field *fields = attune_association_fields(&n);
    (void)state;
    assert_true(n == 12 && fields == attune_association_fields(NULL));
    assert_string_equal(fields[0].name, "part");
    assert_string_equal(fields[11].name, "reason");
    assert_string_equal(attune_statistic_text("no such"), "");
    assert_string_equal(attune_statistic_text(NULL), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_are_refused_in_the_order_of_the_header),
        cmocka_unit_test(starts_and_options_come_before_values),
        cmocka_unit_test(values_are_looked_at_in_order),
        cmocka_unit_test(no_session_with_both_forms_is_too_few),
        cmocka_unit_test(rows_of_nobody_do_not_count),
        cmocka_unit_test(rows_are_as_far_apart_as_the_caller_says),
        cmocka_unit_test(no_hostile_score_makes_a_figure_without_a_reason),
        cmocka_unit_test(case_10_an_error_of_nothing_tests_nothing),
        cmocka_unit_test(columns_and_statistics_are_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
