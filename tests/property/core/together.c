/* Courses with companions: the same by every way, in every unit, and without the silent. */
/* SPDX-License-Identifier: MIT */
#include "tests/property/core/random.h"

#include <attune/companion.h>

#define CASES 400
#define OTHERS 4 /* the most that a case has */
#define RULES 4

static const char *const rule_ids[RULES] = { "divergence", "lag_order", "own_range",
                                             "rupture_joint" };

/* A measure, its companions and one course of them all. */
typedef struct sample {
    attune_constants own, about[OTHERS];
    attune_companion companions[OTHERS];
    attune_rule_choice choices[RULES];
    size_t others;
    course c, said[OTHERS];
    const double *columns[OTHERS];
} sample;

static sample s;
static given_found found, other;

static attune_constants measure_of(dice *d, int32_t construct)
{
    attune_constants c = random_constants(d);
    c.construct = construct;
    c.direction =
        construct == ATTUNE_CONSTRUCT_DISTRESS ? ATTUNE_HIGHER_WORSE : ATTUNE_HIGHER_BETTER;
    c.within_sd = dice_real(d, .3, 1.2);
    return c;
}

/* Therapist, distress and up to two subscales, any of which may be absent. */
static void draw(dice *d, double grid)
{
    static const int32_t roles[OTHERS] = { ATTUNE_ROLE_THERAPIST, ATTUNE_ROLE_DISTRESS,
                                           ATTUNE_ROLE_SUBSCALE, ATTUNE_ROLE_SUBSCALE };
    size_t n = 2 + dice_below(d, GIVEN_MAX - 2);
    s.own = measure_of(d, ATTUNE_CONSTRUCT_ALLIANCE);
    random_course(d, &s.c, n, grid);
    s.c.series.session = s.c.session;
    s.others = 0;
    for (size_t k = 0; k < OTHERS; k++) {
        size_t i = s.others;
        if (dice_hit(d, .3))
            continue;
        s.about[i] = measure_of(d, roles[k] == ATTUNE_ROLE_DISTRESS ? ATTUNE_CONSTRUCT_DISTRESS
                                                                    : ATTUNE_CONSTRUCT_ALLIANCE);
        random_course(d, &s.said[i], n, grid);
        s.columns[i] = s.said[i].score;
        s.companions[i] = (attune_companion) { sizeof *s.companions, roles[k], &s.about[i] };
        s.others++;
    }
    s.c.series.companions = s.columns;
    s.c.series.n_companions = (uint32_t)s.others;
    for (size_t r = 0; r < RULES; r++)
        s.choices[r] = given_choice(rule_ids[r]);
}

static attune_watch *watch_of(const attune_constants *own, const attune_companion *companions)
{
    attune_watch *watch = NULL;
    assert_int_equal(
        attune_watch_new_joint(&watch, own, companions, s.others, s.choices, RULES, NULL, NULL),
        ATTUNE_OK);
    return watch;
}

static void scan(given_found *to)
{
    attune_watch *watch = watch_of(&s.own, s.companions);
    given_scan(watch, &s.c.series, RULES, to);
    attune_watch_free(watch);
}

static void same_bits(size_t rows)
{
    assert_memory_equal(other.marks, found.marks, other.n * sizeof *found.marks);
    assert_memory_equal(other.traces, found.traces, rows * RULES * sizeof *found.traces);
}

static void live_is_one_pass(void **state)
{
    dice d = { 21 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        attune_monitor *monitor = NULL;
        attune_watch *watch;
        size_t at = 0;
        draw(&d, dice_hit(&d, .5) ? .5 : 0);
        scan(&found);
        watch = watch_of(&s.own, s.companions);
        assert_int_equal(attune_monitor_new(&monitor, watch, NULL, NULL), ATTUNE_OK);
        for (size_t row = 0; row < s.c.series.count; row++) {
            attune_mark marks[2 * RULES] = { { .struct_size = sizeof *marks } };
            double said[OTHERS];
            size_t n = 0;
            for (size_t k = 0; k < s.others; k++)
                said[k] = s.said[k].score[row];
            assert_int_equal(attune_monitor_push_joint(monitor, s.c.session[row],
                                                       s.c.series.day ? s.c.day[row] : (double)NAN,
                                                       s.c.score[row], said, s.others, marks,
                                                       LENGTH(marks), &n, NULL),
                             ATTUNE_OK);
            assert_memory_equal(marks, found.marks + at, n * sizeof *marks);
            at += n;
        }
        assert_int_equal(at, found.n);
        attune_monitor_free(monitor);
        attune_watch_free(watch);
    }
}

static void pieces_of_any_size_are_one_pass(void **state)
{
    static const uint64_t group[GIVEN_MAX];
    const size_t chunks[] = { 1, 2, 3, 5, 7, 13, GIVEN_MAX };
    dice d = { 22 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        size_t chunk = chunks[dice_below(&d, LENGTH(chunks))], at = 0;
        attune_stream *stream = NULL;
        attune_watch *watch;
        draw(&d, .5);
        scan(&found);
        watch = watch_of(&s.own, s.companions);
        assert_int_equal(attune_stream_new(&stream, watch, NULL, NULL), ATTUNE_OK);
        for (size_t from = 0; from < s.c.series.count; from += chunk) {
            size_t left = (size_t)s.c.series.count - from, n = 0, m = 0, rows = 0;
            int64_t offset = (int64_t)from, length = (int64_t)(left < chunk ? left : chunk);
            attune_column said[OTHERS];
            const attune_batch batch = {
                .struct_size = sizeof batch,
                .n_companions = (uint32_t)s.others,
                .group = group,
                .session = s.c.session + from,
                .score = { s.c.score, NULL, offset, length },
                .day = { s.c.series.day, NULL, offset, length },
                .companions = said,
            };
            for (size_t k = 0; k < s.others; k++)
                said[k] = (attune_column) { s.said[k].score, NULL, offset, length };
            other.marks[0].struct_size = sizeof *other.marks;
            other.traces[0].struct_size = sizeof *other.traces;
            assert_int_equal(attune_stream_push(stream, &batch, other.marks, LENGTH(other.marks),
                                                &n, other.traces, LENGTH(other.traces), &m, &rows,
                                                NULL),
                             ATTUNE_OK);
            assert_memory_equal(other.marks, found.marks + at, n * sizeof *other.marks);
            assert_memory_equal(other.traces, found.traces + from * RULES,
                                m * sizeof *other.traces);
            at += n;
        }
        assert_int_equal(at, found.n);
        attune_stream_free(stream);
        attune_watch_free(watch);
    }
}

static void a_later_session_never_changes_an_earlier_mark(void **state)
{
    dice d = { 23 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        size_t whole;
        draw(&d, .5);
        whole = (size_t)s.c.series.count;
        scan(&found);
        s.c.series.count = dice_below(&d, whole);
        scan(&other);
        assert_in_range(other.n, 0, found.n);
        same_bits((size_t)s.c.series.count);
    }
}

/* Companions that never spoke are those that were not given, to the bit. */
static void silence_is_absence(void **state)
{
    dice d = { 24 };
    size_t marks = 0;
    (void)state;
    for (int i = 0; i < CASES; i++) {
        draw(&d, .5);
        for (size_t k = 0; k < s.others; k++)
            for (size_t row = 0; row < s.c.series.count; row++)
                s.said[k].score[row] = NAN;
        scan(&found);
        s.c.series.n_companions = 0;
        s.c.series.companions = NULL;
        scan(&other);
        assert_int_equal(other.n, found.n);
        same_bits((size_t)s.c.series.count);
        marks += found.n;
    }
    assert_true(marks > CASES);
}

/* And rules that do not listen say the same whoever else speaks. */
static void who_does_not_listen_says_the_same_without_companions(void **state)
{
    dice d = { 25 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        attune_watch *watch;
        size_t n = 0;
        draw(&d, .5);
        scan(&found);
        watch = given_watch(&s.own, "own_range");
        s.c.series.n_companions = 0;
        given_scan(watch, &s.c.series, 1, &other);
        attune_watch_free(watch);
        for (size_t k = 0; k < found.n; k++)
            if (strcmp(found.marks[k].rule, "own_range") == 0)
                assert_memory_equal(&found.marks[k], &other.marks[n++], sizeof *other.marks);
        assert_int_equal(n, other.n);
    }
}

static void which_sessions_they_are_does_not_matter(void **state)
{
    dice d = { 26 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        int32_t later = 1 + (int32_t)dice_below(&d, 100000);
        draw(&d, .5);
        scan(&found);
        for (size_t row = 0; row < s.c.series.count; row++)
            s.c.session[row] += later;
        scan(&other);
        assert_int_equal(other.n, found.n);
        for (size_t k = 0; k < found.n; k++) {
            assert_int_equal(other.marks[k].session, found.marks[k].session + later);
            assert_int_equal(other.marks[k].level, found.marks[k].level);
            assert_same(other.marks[k].statistic, found.marks[k].statistic);
        }
        for (size_t k = 0; k < s.c.series.count * RULES; k++)
            assert_same(other.traces[k].statistic, found.traces[k].statistic);
    }
}

/* Every measure in units of its own: y becomes a y + b, and all that is known of it. */
static void move(attune_constants *c, double *score, double a, double b)
{
    for (size_t row = 0; row < s.c.series.count; row++)
        score[row] = isnan(score[row]) ? score[row] : fmin(fmax(a * score[row] + b, b), 10 * a + b);
    c->score_min = b;
    c->score_max = 10 * a + b;
    c->score_step *= a;
    c->within_sd *= a;
    c->sem *= a;
    c->sd *= a;
    c->change_threshold *= a;
    c->cutoff = a * c->cutoff + b;
}

static void units_and_origins_do_not_matter(void **state)
{
    const double factors[] = { .25, 1, 12, 1000 }, origins[] = { 0, -100, 1, 4096 };
    dice d = { 27 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        draw(&d, 0);
        scan(&found);
        move(&s.own, s.c.score, factors[dice_below(&d, 4)], origins[dice_below(&d, 4)]);
        for (size_t k = 0; k < s.others; k++)
            move(&s.about[k], s.said[k].score, factors[dice_below(&d, 4)],
                 origins[dice_below(&d, 4)]);
        scan(&other);
        assert_int_equal(other.n, found.n);
        for (size_t k = 0; k < s.c.series.count * RULES; k++) {
            assert_int_equal(other.traces[k].state, found.traces[k].state);
            assert_near(other.traces[k].statistic, found.traces[k].statistic, 1e-8);
        }
    }
}

static void turn_round(void)
{
    for (size_t k = 0; k < s.others / 2; k++) {
        size_t to = s.others - 1 - k;
        const attune_companion one = s.companions[k];
        const double *column = s.columns[k];
        s.companions[k] = s.companions[to];
        s.companions[to] = one;
        s.columns[k] = s.columns[to];
        s.columns[to] = column;
    }
}

/* rupture_joint hears one after the other, and companion.h says that the order tells. */
static void the_order_of_companions_matters_to_no_rule_but_one(void **state)
{
    dice d = { 28 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        draw(&d, .5);
        scan(&found);
        turn_round();
        scan(&other);
        for (size_t k = 0; k < s.c.series.count * RULES; k++) {
            assert_int_equal(other.traces[k].state == ATTUNE_STATE_NO_SIGNAL,
                             found.traces[k].state == ATTUNE_STATE_NO_SIGNAL);
            if (strcmp(found.traces[k].rule, "rupture_joint") != 0)
                assert_same(other.traces[k].statistic, found.traces[k].statistic);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(live_is_one_pass),
        cmocka_unit_test(pieces_of_any_size_are_one_pass),
        cmocka_unit_test(a_later_session_never_changes_an_earlier_mark),
        cmocka_unit_test(silence_is_absence),
        cmocka_unit_test(who_does_not_listen_says_the_same_without_companions),
        cmocka_unit_test(which_sessions_they_are_does_not_matter),
        cmocka_unit_test(units_and_origins_do_not_matter),
        cmocka_unit_test(the_order_of_companions_matters_to_no_rule_but_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
