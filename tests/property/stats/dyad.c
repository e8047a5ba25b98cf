/* What must hold for two raters: swapping them, other units, order of sessions, rows of nothing. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/dyad.h>

enum { ROWS = 200, DYADS = 24, TURNS = 1000 };

static double room[1 << 14];
static unsigned random_state = 20261125;

static unsigned draw(unsigned below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

/* Ratings in eighths, so that sums and shifts are exact; some missing. */
struct case_ {
    size_t n, dyads;
    uint64_t starts[DYADS + 1];
    double client[ROWS], therapist[ROWS];
};

static struct case_ any_case(void)
{
    struct case_ c = { .n = 0, .dyads = 2 + draw(DYADS - 1) };
    for (size_t g = 0; g < c.dyads; g++) {
        int level = 30 + (int)draw(16);
        for (size_t rows = 2 + draw(6); rows > 0; rows--, c.n++) {
            int swing = (int)draw(13) - 6;
            c.client[c.n] = draw(9) == 0 ? NAN : (level + swing) / 8.0;
            c.therapist[c.n] = draw(9) == 0 ? NAN : (level + swing / 2 + (int)draw(9) - 6) / 8.0;
        }
        c.starts[g + 1] = c.n;
    }
    return c;
}

static int fit(const struct case_ *c, attune_dyad *d)
{
    *d = (attune_dyad) { .struct_size = sizeof *d };
    return attune_dyad_fit(c->client, c->therapist, c->n, d, NULL) == ATTUNE_OK;
}

static int pool(const struct case_ *c, attune_dyad *d)
{
    *d = (attune_dyad) { .struct_size = sizeof *d };
    return attune_dyads_fit(c->starts, c->dyads, c->client, c->therapist, c->n, room, sizeof room,
                            d, NULL) == ATTUNE_OK;
}

static void swap(struct case_ *c)
{
    for (size_t i = 0; i < c->n; i++) {
        double held = c->client[i];
        c->client[i] = c->therapist[i];
        c->therapist[i] = held;
    }
}

static void swapping_raters_turns_the_bias_and_leaves_the_congruence(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        struct case_ c = any_case(), d = c;
        attune_dyad a, b;
        swap(&d);
        if (fit(&c, &a) && fit(&d, &b)) {
            assert_near(b.bias, -a.bias, 0);
            assert_near(b.bias_se, a.bias_se, 1e-15);
            assert_near(b.congruence, a.congruence, 1e-15);
            assert_near(a.force * b.force, a.congruence * a.congruence, 1e-12);
        }
        if (pool(&c, &a) && pool(&d, &b)) {
            assert_near(b.congruence, a.congruence, 1e-14);
            assert_near(b.congruence_low, a.congruence_low, 1e-12);
            assert_near(b.client_mean, a.therapist_mean, 1e-14);
        }
    }
}

static void another_zero_and_unit_of_one_rater_leave_the_congruence(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        struct case_ c = any_case(), d = c;
        double factor = draw(2) ? 4 : 0.5, shift = (double)draw(64);
        attune_dyad a, b;
        for (size_t i = 0; i < c.n; i++)
            d.therapist[i] = shift + factor * c.therapist[i];
        if (fit(&c, &a) && fit(&d, &b)) {
            assert_near(b.congruence, a.congruence, 1e-14);
            assert_near(b.congruence_low, a.congruence_low, 1e-12);
            assert_near(b.force, factor * a.force, 1e-13);
            assert_near(b.force_se, factor * a.force_se, 1e-13);
            assert_near(b.therapist_mean, shift + factor * a.therapist_mean, 1e-13);
        }
        if (pool(&c, &a) && pool(&d, &b))
            assert_near(b.congruence, a.congruence, 1e-13);
    }
}

/* Shares of a range are such another zero and unit, of both. */
static void another_unit_of_both_scales_bias_and_leaves_force(void **state)
{
    size_t mixed = 0;
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        struct case_ c = any_case(), d = c;
        attune_dyad a, b;
        for (size_t i = 0; i < c.n; i++) {
            d.client[i] = (c.client[i] - 1) / 4;
            d.therapist[i] = (c.therapist[i] - 1) / 4;
        }
        if (!pool(&c, &a) || !pool(&d, &b))
            continue;
        assert_int_equal(a.model, b.model);
        mixed += a.model == ATTUNE_DYAD_MIXED;
        assert_near(b.bias, a.bias / 4, 1e-6);
        assert_near(b.bias_se, a.bias_se / 4, 1e-6);
        assert_near(b.force, a.force, 1e-6);
        assert_near(b.force_se, a.force_se, 1e-6);
    }
    assert_true(mixed > TURNS / 2);
}

static void the_order_of_sessions_and_of_dyads_does_not_matter(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        struct case_ c = any_case(), d = c;
        attune_dyad a, b;
        for (size_t i = 0; i < c.n; i++) {
            d.client[i] = c.client[c.n - 1 - i];
            d.therapist[i] = c.therapist[c.n - 1 - i];
        }
        for (size_t g = 0; g <= c.dyads; g++)
            d.starts[g] = c.n - c.starts[c.dyads - g];
        if (fit(&c, &a) && fit(&d, &b)) {
            assert_near(b.bias, a.bias, 1e-14);
            assert_near(b.congruence, a.congruence, 1e-13);
            assert_near(b.force_se, a.force_se, 1e-12);
        }
        if (pool(&c, &a) && pool(&d, &b)) {
            assert_near(b.bias, a.bias, 1e-6);
            assert_near(b.congruence, a.congruence, 1e-13);
            assert_near(b.force, a.force, 1e-6);
        }
    }
}

static void rows_that_are_no_pair_change_nothing(void **state)
{
    (void)state;
    for (int turn = 0; turn < TURNS; turn++) {
        struct case_ c = any_case(), d = { .n = 0, .dyads = c.dyads };
        attune_dyad a, b;
        for (size_t g = 0; g < c.dyads; g++) {
            for (size_t i = (size_t)c.starts[g]; i < c.starts[g + 1]; i++) {
                if (isnan(c.client[i]) || isnan(c.therapist[i]))
                    continue;
                d.client[d.n] = c.client[i];
                d.therapist[d.n++] = c.therapist[i];
            }
            d.starts[g + 1] = d.n;
        }
        assert_int_equal(fit(&c, &a), fit(&d, &b));
        assert_same(b.congruence, a.congruence);
        assert_same(b.force_se, a.force_se);
        assert_int_equal(pool(&c, &a), pool(&d, &b));
        assert_int_equal(a.n, b.n);
        assert_same(b.congruence_low, a.congruence_low);
        assert_near(b.bias, a.bias, 1e-9);
        assert_near(b.force_se, a.force_se, 1e-9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(swapping_raters_turns_the_bias_and_leaves_the_congruence),
        cmocka_unit_test(another_zero_and_unit_of_one_rater_leave_the_congruence),
        cmocka_unit_test(another_unit_of_both_scales_bias_and_leaves_force),
        cmocka_unit_test(the_order_of_sessions_and_of_dyads_does_not_matter),
        cmocka_unit_test(rows_that_are_no_pair_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
