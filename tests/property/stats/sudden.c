/* What must hold for sudden gains: units, direction, rows of nothing, later sessions. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/sudden.h>

enum { ROWS = 24, TURNS = 4000 };

typedef struct course {
    size_t n;
    int32_t session[ROWS];
    double score[ROWS];
} course;

typedef struct answer {
    size_t n;
    attune_sudden found[2 * ROWS];
} answer;

static unsigned random_state = 20261125;

static unsigned draw(unsigned below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

/* Whole scores that jump now and then, with gaps of both kinds. */
static course any_course(void)
{
    course c = { .n = 1 + draw(ROWS) };
    int level = 20 + (int)draw(20), session = (int)draw(3);
    for (size_t i = 0; i < c.n; i++) {
        level += draw(5) == 0 ? (int)draw(31) - 15 : 0;
        c.session[i] = session;
        c.score[i] = draw(10) == 0 ? NAN : (double)(level + (int)draw(4));
        session += draw(12) == 0 ? 2 : 1;
    }
    return c;
}

static attune_sudden_options any_options(void)
{
    attune_sudden_options how = ATTUNE_SUDDEN_OPTIONS_INIT;
    how.cutoff = 5;
    how.criteria = ATTUNE_SUDDEN_FIRST | (draw(2) ? ATTUNE_SUDDEN_THIRD : 0);
    how.flags = draw(2) ? ATTUNE_SUDDEN_ENDS : 0;
    return how;
}

static answer look(const attune_sudden_options *how, const course *c)
{
    answer a = { .found = { { .struct_size = sizeof a.found[0] } } };
    assert_int_equal(attune_sudden_fit(how, c->session, c->score, c->n, a.found, 2 * ROWS, &a.n,
                                       NULL, 0, NULL, NULL),
                     ATTUNE_OK);
    return a;
}

static void in_other_units_the_same_is_found(void **state)
{
    size_t found = 0;
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c = any_course(), d = c;
        attune_sudden_options how = any_options(), other = how;
        double factor = draw(2) ? 4 : -2, shift = (double)draw(64);
        for (size_t i = 0; i < c.n; i++)
            d.score[i] = shift + factor * c.score[i];
        other.cutoff = how.cutoff * fabs(factor);
        other.direction = factor < 0 ? ATTUNE_HIGHER_BETTER : ATTUNE_HIGHER_WORSE;
        answer a = look(&how, &c), b = look(&other, &d);
        assert_int_equal(a.n, b.n);
        for (size_t i = 0; i < a.n; i++) {
            assert_int_equal(a.found[i].kind, b.found[i].kind);
            assert_int_equal(a.found[i].from_session, b.found[i].from_session);
            assert_int_equal(a.found[i].reversed, b.found[i].reversed);
            assert_near(b.found[i].magnitude, factor * a.found[i].magnitude, 0);
            assert_near(b.found[i].proportion, a.found[i].proportion, 1e-12);
            assert_near(b.found[i].t, a.found[i].t, 1e-9);
        }
        found += a.n;
    }
    assert_true(found > TURNS / 2);
}

static void a_row_of_nothing_inside_is_as_no_row(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c = any_course(), d = { .n = 0 };
        attune_sudden_options how = any_options();
        for (size_t i = 0; i < c.n; i++)
            if (i == 0 || i + 1 == c.n || !isnan(c.score[i])) {
                d.session[d.n] = c.session[i];
                d.score[d.n++] = c.score[i];
            }
        how.flags = ATTUNE_SUDDEN_ENDS;
        answer a = look(&how, &c), b = look(&how, &d);
        size_t same = 0;
        for (size_t i = 0; i < a.n && i < b.n; i++)
            same += a.found[i].from_session == b.found[i].from_session;
        /* Rows next to the ends may make way for one score on a side. */
        assert_true(b.n >= a.n && (b.n > a.n || same == a.n));
    }
}

static void sessions_four_and_more_later_change_only_what_became_of_it(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        course c = any_course(), d = c;
        attune_sudden_options how = any_options();
        how.flags = 0;
        size_t kept = c.n > 6 ? c.n - draw(3) : c.n;
        for (size_t i = kept; i < c.n; i++)
            d.score[i] = (double)draw(60);
        answer a = look(&how, &c), b = look(&how, &d);
        for (size_t i = 0; i < a.n && kept < c.n; i++) {
            if (a.found[i].from_session + 3 >= c.session[kept])
                continue;
            assert_int_equal(a.found[i].from_session, b.found[i].from_session);
            assert_same(a.found[i].t, b.found[i].t);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_other_units_the_same_is_found),
        cmocka_unit_test(a_row_of_nothing_inside_is_as_no_row),
        cmocka_unit_test(sessions_four_and_more_later_change_only_what_became_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
