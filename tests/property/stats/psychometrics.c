/* What must hold for psychometrics: order, units, shifts, turned items, clients in any order. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/psychometrics.h>

enum { FORMS = 30, ITEMS = 6, TURNS = 300 };

typedef struct answer {
    attune_consistency whole;
    attune_consistency_item items[ITEMS];
} answer;

static unsigned random_state = 20261125;

static unsigned draw(unsigned below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

/* Answers about a level of the form's own, some of them not given. */
static void draw_forms(double *forms)
{
    for (size_t f = 0; f < FORMS; f++) {
        unsigned level = draw(7);
        for (size_t i = 0; i < ITEMS; i++)
            forms[f * ITEMS + i] = draw(20) == 0 ? NAN : (double)(level + draw(5));
    }
}

static answer fit(const double *forms)
{
    static char room[16384];
    answer a = { .whole = { .struct_size = sizeof a.whole },
                 .items = { { .struct_size = sizeof a.items[0] } } };
    assert_int_equal(
        attune_consistency_fit(forms, ITEMS, FORMS, room, sizeof room, &a.whole, a.items, NULL),
        ATTUNE_OK);
    return a;
}

static void the_order_of_forms_and_items_changes_nothing(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        double forms[FORMS * ITEMS], moved[FORMS * ITEMS];
        size_t by_form = draw(FORMS), by_item = draw(ITEMS);
        answer a, b;
        draw_forms(forms);
        for (size_t f = 0; f < FORMS; f++)
            for (size_t i = 0; i < ITEMS; i++)
                moved[(f + by_form) % FORMS * ITEMS + (i + by_item) % ITEMS] = forms[f * ITEMS + i];
        a = fit(forms);
        b = fit(moved);
        assert_near(b.whole.alpha, a.whole.alpha, 1e-11);
        assert_near(b.whole.omega, a.whole.omega, 1e-8);
        for (size_t i = 0; i < ITEMS; i++) {
            const attune_consistency_item *item = &b.items[(i + by_item) % ITEMS];
            assert_near(item->r_total, a.items[i].r_total, 1e-11);
            assert_near(item->r_rest, a.items[i].r_rest, 1e-11);
            assert_near(item->alpha_dropped, a.items[i].alpha_dropped, 1e-11);
        }
    }
}

/* One unit for all items, and a constant of each item's own: alpha and all correlations stay. */
static void other_units_and_shifts_change_nothing(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        double forms[FORMS * ITEMS], other[FORMS * ITEMS];
        answer a, b;
        draw_forms(forms);
        for (size_t i = 0; i < (size_t)FORMS * ITEMS; i++)
            other[i] = 2.5 * forms[i] + 100;
        a = fit(forms);
        b = fit(other);
        assert_near(b.whole.alpha, a.whole.alpha, 1e-11);
        assert_near(b.whole.omega, a.whole.omega, 1e-8);
        for (size_t i = 0; i < ITEMS; i++) {
            assert_near(b.items[i].r_total, a.items[i].r_total, 1e-10);
            assert_near(b.items[i].sd, 2.5 * a.items[i].sd, 1e-12);
            assert_near(b.items[i].mean, 2.5 * a.items[i].mean + 100, 1e-12);
        }
        for (size_t i = 0; i < (size_t)FORMS * ITEMS; i++)
            other[i] = forms[i] + (double)(i % ITEMS * 10);
        b = fit(other);
        assert_near(b.whole.alpha, a.whole.alpha, 1e-11);
        assert_near(b.items[1].r_rest, a.items[1].r_rest, 1e-11);
    }
}

/* All items turned is the same measure read backwards. */
static void turning_every_item_changes_nothing(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        double forms[FORMS * ITEMS], other[FORMS * ITEMS];
        answer a, b;
        draw_forms(forms);
        for (size_t i = 0; i < (size_t)FORMS * ITEMS; i++)
            other[i] = 10 - forms[i];
        a = fit(forms);
        b = fit(other);
        assert_near(b.whole.alpha, a.whole.alpha, 1e-11);
        assert_near(b.whole.omega, a.whole.omega, 1e-9);
        assert_int_equal(b.whole.turned, a.whole.turned);
        assert_true(a.whole.alpha <= 1 && a.whole.omega <= 1 + 1e-12);
        for (size_t i = 0; i < ITEMS; i++)
            assert_true(fabs(a.items[i].r_total) <= 1 + 1e-12 && fabs(a.items[i].loading) <= 1);
    }
}

enum { CLIENTS = 12, ROWS = 60 };

static attune_stability spread(const uint64_t *starts, const double *scores)
{
    static char room[16384];
    attune_stability s = { .struct_size = sizeof s };
    assert_int_equal(attune_stability_fit(starts, CLIENTS, scores, NULL, NULL, ROWS, .8, room,
                                          sizeof room, &s, NULL),
                     ATTUNE_OK);
    return s;
}

static void other_units_of_scores_are_other_units_of_their_spread(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        uint64_t starts[CLIENTS + 1];
        double scores[ROWS], other[ROWS];
        attune_stability a, b;
        for (size_t c = 0; c <= CLIENTS; c++)
            starts[c] = c * ROWS / CLIENTS;
        for (size_t i = 0; i < ROWS; i++) {
            scores[i] = draw(15) == 0 ? NAN : (double)(i / 5 % 4 * 5 + draw(12));
            other[i] = 7 - 3 * scores[i];
        }
        a = spread(starts, scores);
        b = spread(starts, other);
        assert_near(b.mean, 7 - 3 * a.mean, 1e-11);
        assert_near(b.sd, 3 * a.sd, 1e-11);
        assert_near(b.sem, 3 * a.sem, 1e-11);
        assert_near(b.change_sd, 3 * a.change_sd, 1e-11);
        assert_near(b.step_sd, 3 * a.step_sd, 1e-11);
        assert_near(b.retest_r, a.retest_r, 1e-11);
        assert_near(b.within_var, 9 * a.within_var, 1e-6);
        assert_near(b.icc, a.icc, 1e-5);
        assert_near(b.ms_between, 9 * a.ms_between, 1e-11);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_forms_and_items_changes_nothing),
        cmocka_unit_test(other_units_and_shifts_change_nothing),
        cmocka_unit_test(turning_every_item_changes_nothing),
        cmocka_unit_test(other_units_of_scores_are_other_units_of_their_spread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
