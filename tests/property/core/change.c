/* What must hold for every change: units, direction, monotone in the change, scan as fit. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/change.h>

enum { TURNS = 4000, SERIES = 16, ROWS = 6 };

static unsigned random_state = 20261125;

static unsigned draw(unsigned below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

static const int32_t methods[] = { ATTUNE_METHOD_JT,      ATTUNE_METHOD_GLN,    ATTUNE_METHOD_HLL,
                                   ATTUNE_METHOD_EN,      ATTUNE_METHOD_NK,     ATTUNE_METHOD_HA,
                                   ATTUNE_METHOD_MAASSEN, ATTUNE_METHOD_MCNEMAR };
enum { METHODS = sizeof methods / sizeof *methods };

/* A population, what it is judged by, and one client. */
typedef struct judged {
    attune_constants c;
    attune_change_options o;
    attune_change_group group;
    double scores[2];
} judged;

/* On a grid of halves, so that rounding decides nothing that is judged strictly. */
static judged any_judged(void)
{
    judged j = { .c = { .struct_size = sizeof j.c }, .o = ATTUNE_CHANGE_OPTIONS_INIT };
    assert_int_equal(attune_scale_constants(NULL, &j.c), ATTUNE_OK);
    j.c.direction = draw(2) ? ATTUNE_HIGHER_BETTER : ATTUNE_HIGHER_WORSE;
    j.c.reliability = .8 + .01 * draw(18);
    j.c.functional_mean = 5 + draw(10);
    j.c.functional_sd = 4.25 + .25 * draw(10);
    j.group = (attune_change_group) { .struct_size = sizeof j.group,
                                      .n = 40,
                                      .pre_mean = 20.125 + draw(8),
                                      .pre_sd = 6 + .25 * draw(12),
                                      .post_mean = 12.125 + draw(8),
                                      .post_sd = 6 + .25 * draw(12),
                                      .correlation = .01 * draw(80) };
    j.o.method = methods[draw(METHODS)];
    j.o.cutoff_type = ATTUNE_CUTOFF_A + (int32_t)draw(3);
    j.scores[0] = .5 * draw(80);
    j.scores[1] = .5 * draw(80);
    return j;
}

static attune_change judge(judged *j)
{
    attune_change change = { .struct_size = sizeof change };
    j->o.group = &j->group;
    assert_int_equal(attune_change_fit(&j->c, &j->o, j->scores, 2, &change, NULL), ATTUNE_OK);
    return change;
}

static double moved(double value, double factor, double shift)
{
    return factor * value + shift;
}

/* The same clients on another scale; a factor below 0 turns the direction round. */
static judged in_units(const judged *j, double factor, double shift)
{
    judged other = *j;
    double size = fabs(factor);
    other.c.direction = factor < 0 ? -j->c.direction : j->c.direction;
    other.c.functional_mean = moved(j->c.functional_mean, factor, shift);
    other.c.functional_sd *= size;
    other.group.pre_mean = moved(j->group.pre_mean, factor, shift);
    other.group.post_mean = moved(j->group.post_mean, factor, shift);
    other.group.pre_sd *= size;
    other.group.post_sd *= size;
    for (size_t i = 0; i < 2; i++)
        other.scores[i] = moved(j->scores[i], factor, shift);
    return other;
}

/* Whether a verdict hangs on rounding: an index at its limit, a score on a cut-off. */
static int is_close(const judged *j, const attune_change *change)
{
    double z = j->o.method == ATTUNE_METHOD_HA ? 1.6448536269514722 : 1.959963984540054;
    double off = fmin(fabs(fabs(change->rci) - z), fabs(fabs(change->post_index) - z));
    off = fmin(off, fabs(j->scores[0] - change->cutoff));
    return !(fmin(off, fabs(j->scores[1] - change->cutoff)) > 1e-9);
}

static void other_units_give_the_same_verdict(void **state)
{
    static const double factors[] = { 3, -1, .1, -7.3, 1e6 };
    int compared = 0;
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        judged j = any_judged();
        double factor = factors[draw(5)];
        judged other = in_units(&j, factor, (double)draw(100) - 50);
        attune_change a = judge(&j), b = judge(&other);
        assert_near(b.rci, factor < 0 ? -a.rci : a.rci, 1e-8);
        if (is_close(&j, &a))
            continue;
        compared++;
        assert_int_equal(b.reliable, a.reliable);
        assert_int_equal(b.class_, a.class_);
    }
    assert_true(compared > TURNS / 2);
}

/* What is good and what is bad change places: better and worse do, and with the cut-off kept,
   so do the sides. */
static void the_other_direction_swaps_better_and_worse(void **state)
{
    static const int32_t reliable[] = { ATTUNE_RELIABLE_UNCHANGED, ATTUNE_RELIABLE_DETERIORATED,
                                        ATTUNE_RELIABLE_IMPROVED };
    static const int32_t class_[] = { ATTUNE_CLASS_HARMED, ATTUNE_CLASS_DETERIORATED,
                                      ATTUNE_CLASS_UNCHANGED, ATTUNE_CLASS_IMPROVED,
                                      ATTUNE_CLASS_RECOVERED };
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        judged j = any_judged(), other;
        if (j.o.method == ATTUNE_METHOD_HA)
            continue; /* its last score must be beyond the cut-off by more than error */
        j.o.cutoff_type = ATTUNE_CUTOFF_C;
        other = j;
        other.c.direction = -j.c.direction;
        attune_change a = judge(&j), b = judge(&other);
        assert_int_equal(b.reliable, reliable[a.reliable]);
        assert_int_equal(b.class_, class_[a.class_]);
        assert_same(b.rci, a.rci);
    }
}

static int better(const attune_change *change)
{
    return change->reliable == ATTUNE_RELIABLE_IMPROVED    ? 1
           : change->reliable == ATTUNE_RELIABLE_UNCHANGED ? 0
                                                           : -1;
}

static void a_better_last_score_is_never_a_worse_change(void **state)
{
    int improved = 0;
    (void)state;
    for (int turn = 0; turn < TURNS / 10; turn++) {
        judged j = any_judged();
        int before = -1;
        double index = -INFINITY;
        for (int step = 0; step <= 80; step++) {
            j.scores[1] = j.c.direction > 0 ? .5 * step : 40 - .5 * step;
            attune_change change = judge(&j);
            assert_true(better(&change) >= before);
            assert_true(j.c.direction * change.rci >= index);
            before = better(&change);
            index = j.c.direction * change.rci;
        }
        improved += before > 0;
    }
    assert_true(improved > TURNS / 20);
}

static void recovered_is_improved_and_harmed_is_deteriorated(void **state)
{
    size_t seen[5] = { 0 };
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        judged j = any_judged();
        attune_change change = judge(&j);
        assert_in_range(change.class_, ATTUNE_CLASS_RECOVERED, ATTUNE_CLASS_HARMED);
        seen[change.class_]++;
        if (change.class_ <= ATTUNE_CLASS_IMPROVED)
            assert_int_equal(change.reliable, ATTUNE_RELIABLE_IMPROVED);
        if (change.class_ >= ATTUNE_CLASS_DETERIORATED)
            assert_int_equal(change.reliable, ATTUNE_RELIABLE_DETERIORATED);
        assert_true(change.class_ != ATTUNE_CLASS_UNCHANGED ||
                    change.reliable == ATTUNE_RELIABLE_UNCHANGED);
    }
    for (size_t i = 0; i < 5; i++)
        assert_true(seen[i] > 10);
}

static void a_scan_gives_the_bits_of_one_fit_after_another(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS / SERIES; turn++) {
        judged j = any_judged();
        double scores[SERIES * ROWS];
        uint64_t starts[SERIES + 1] = { 0 };
        attune_change all[SERIES] = { { .struct_size = sizeof *all } };
        j.o.group = &j.group;
        for (size_t i = 0; i < (size_t)SERIES * ROWS; i++) {
            scores[i] = draw(8) == 0 ? NAN : .5 * draw(80);
            starts[i / ROWS + 1] = i + 1;
        }
        assert_int_equal(attune_change_scan(&j.c, &j.o, 1, NULL, starts, SERIES, scores,
                                            (size_t)SERIES * ROWS, all, NULL),
                         ATTUNE_OK);
        for (size_t g = 0; g < SERIES; g++) {
            attune_change alone = { .struct_size = sizeof alone };
            if (attune_change_fit(&j.c, &j.o, scores + g * ROWS, ROWS, &alone, NULL) == ATTUNE_OK)
                assert_memory_equal(&alone, &all[g], sizeof alone);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_units_give_the_same_verdict),
        cmocka_unit_test(the_other_direction_swaps_better_and_worse),
        cmocka_unit_test(a_better_last_score_is_never_a_worse_change),
        cmocka_unit_test(recovered_is_improved_and_harmed_is_deteriorated),
        cmocka_unit_test(a_scan_gives_the_bits_of_one_fit_after_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
