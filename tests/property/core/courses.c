/* Courses: later sessions change no earlier mark, units and origin do not matter. */
/* SPDX-License-Identifier: MIT */
#include "tests/property/core/random.h"

#define CASES 600

static given_found found, other;

/* One random measure, its rules and a course on it. */
typedef struct sample {
    attune_constants constants;
    attune_rule_choice choices[ATTUNE_RULESET_MAX];
    size_t rules;
    course c;
} sample;

static sample s;

static void draw(dice *d, double grid)
{
    s.constants = random_constants(d);
    s.rules = random_choices(d, s.choices);
    random_course(d, &s.c, 1 + dice_below(d, GIVEN_MAX - 1), grid);
}

static void scan_with(const attune_constants *constants, const attune_series *series,
                      given_found *to)
{
    attune_watch *watch = given_watch_of(constants, s.choices, s.rules);
    given_scan(watch, series, s.rules, to);
    attune_watch_free(watch);
}

static void a_later_session_never_changes_an_earlier_mark(void **state)
{
    dice d = { 11 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        size_t whole;
        draw(&d, .5);
        whole = s.c.series.count;
        scan_with(&s.constants, &s.c.series, &found);
        s.c.series.count = dice_below(&d, whole);
        scan_with(&s.constants, &s.c.series, &other);
        assert_in_range(other.n, 0, found.n);
        assert_memory_equal(other.marks, found.marks, other.n * sizeof *found.marks);
        assert_memory_equal(other.traces, found.traces,
                            s.c.series.count * s.rules * sizeof *found.traces);
        if (other.n < found.n)
            assert_true(found.marks[other.n].row >= s.c.series.count);
    }
}

/* A level that drifts is less sure after each session, completed or not. */
static int lets_time_pass(void)
{
    for (size_t r = 0; r < s.rules; r++)
        if (s.choices[r].rule == attune_rule_find("local_level") ||
            s.choices[r].rule == attune_rule_find("rupture_filter"))
            return 1;
    return 0;
}

/* Forms not completed teach the other rules nothing: without them the figures are the same. */
static void a_form_not_completed_changes_no_figure(void **state)
{
    dice d = { 12 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        course packed;
        size_t n = 0;
        draw(&d, .5);
        if (lets_time_pass())
            continue;
        scan_with(&s.constants, &s.c.series, &found);
        memset(&packed, 0, sizeof packed);
        for (size_t k = 0; k < s.c.series.count; k++)
            if (!isnan(s.c.score[k]))
                packed.score[n++] = s.c.score[k];
        packed.series = given_series(packed.score, n);
        scan_with(&s.constants, &packed.series, &other);
        assert_int_equal(other.n, found.n);
        for (size_t k = 0; k < found.n; k++) {
            assert_int_equal(other.marks[k].kind, found.marks[k].kind);
            assert_int_equal(other.marks[k].level, found.marks[k].level);
            assert_same(other.marks[k].statistic, found.marks[k].statistic);
            assert_same(other.marks[k].limit, found.marks[k].limit);
            assert_same(other.marks[k].reference, found.marks[k].reference);
        }
    }
}

/* y becomes a y + b, and every constant with it. */
static attune_constants moved(const attune_constants *c, double a, double b)
{
    attune_constants m = *c;
    m.score_min = a * c->score_min + b;
    m.score_max = a * c->score_max + b;
    m.cutoff = a * c->cutoff + b;
    m.score_step = a * c->score_step;
    m.within_sd = a * c->within_sd;
    m.sem = a * c->sem;
    m.change_threshold = a * c->change_threshold;
    m.sd = a * c->sd;
    return m;
}

static void compare_moved(double a, double b)
{
    assert_int_equal(other.n, found.n);
    for (size_t k = 0; k < found.n; k++) {
        const attune_mark *mark = &found.marks[k], *image = &other.marks[k];
        int points = strcmp(mark->rule, "below_cutoff") == 0; /* its statistic is in score points */
        assert_string_equal(image->rule, mark->rule);
        assert_int_equal(image->kind, mark->kind);
        assert_int_equal(image->level, mark->level);
        assert_int_equal(image->flags, mark->flags);
        assert_int_equal(image->row, mark->row);
        assert_near(image->statistic, mark->statistic * (points ? a : 1), 1e-9);
        assert_near(image->limit, a * mark->limit + b, 1e-9);
        assert_near(image->reference, a * mark->reference + b, 1e-9);
        assert_near(image->spread, a * mark->spread, 1e-9);
    }
    for (size_t k = 0; k < s.c.series.count * s.rules; k++) {
        int points = strcmp(found.traces[k].rule, "below_cutoff") == 0;
        assert_int_equal(other.traces[k].state, found.traces[k].state);
        assert_near(other.traces[k].statistic, found.traces[k].statistic * (points ? a : 1), 1e-9);
    }
}

static void units_and_origin_of_a_measure_do_not_matter(void **state)
{
    const double factors[] = { .25, 1, 12, 1000 }, origins[] = { 0, -100, 1, 4096 };
    dice d = { 13 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        double a = factors[dice_below(&d, 4)], b = origins[dice_below(&d, 4)];
        attune_constants image;
        draw(&d, 0);
        scan_with(&s.constants, &s.c.series, &found);
        for (size_t k = 0; k < s.c.series.count; k++)
            s.c.score[k] = fmin(fmax(a * s.c.score[k] + b, b), 10 * a + b) +
                           (isnan(s.c.score[k]) ? (double)NAN : 0);
        image = moved(&s.constants, a, b);
        scan_with(&image, &s.c.series, &other);
        compare_moved(a, b);
    }
}

static int has_limit(int32_t kind)
{
    return kind != ATTUNE_MARK_SHIFT && kind != ATTUNE_MARK_BOTTOM;
}

static void figures_of_a_mark_are_never_missing_and_levels_are_those_of_its_kind(void **state)
{
    dice d = { 14 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        draw(&d, dice_hit(&d, .5) ? .5 : 0);
        scan_with(&s.constants, &s.c.series, &found);
        for (size_t k = 0; k < found.n; k++) {
            const attune_mark *m = &found.marks[k];
            int level = m->kind != ATTUNE_MARK_RETURN && m->kind != ATTUNE_MARK_SHIFT;
            assert_true(!isnan(m->statistic));
            assert_true(has_limit(m->kind) == !isnan(m->limit));
            assert_true(level ? m->level >= ATTUNE_LEVEL_POSSIBLE : m->level == -1);
            assert_true(isnan(m->spread) || m->spread > 0);
            assert_same(m->observed, s.c.score[m->row]);
        }
    }
}

static size_t episodes_of(const attune_constants *constants, attune_episode *episodes)
{
    attune_watch *watch = given_watch_of(constants, s.choices, s.rules);
    size_t n = 0;
    episodes->struct_size = sizeof *episodes;
    assert_int_equal(attune_episodes_scan(watch, &s.c.series, episodes, GIVEN_MAX * 5, &n, NULL),
                     ATTUNE_OK);
    attune_watch_free(watch);
    return n;
}

static void episodes_begin_at_marks_and_do_not_overlap(void **state)
{
    static attune_episode e[GIVEN_MAX * 5];
    dice d = { 15 };
    (void)state;
    for (int i = 0; i < CASES; i++) {
        size_t n;
        draw(&d, .5);
        scan_with(&s.constants, &s.c.series, &found);
        n = episodes_of(&s.constants, e);
        for (size_t k = 0; k < n; k++) {
            size_t m = 0;
            while (m < found.n && !(found.marks[m].session == e[k].onset_session &&
                                    strcmp(found.marks[m].rule, e[k].rule) == 0))
                m++;
            assert_true(m < found.n);
            assert_true(e[k].status >= ATTUNE_EPISODE_REPAIRED &&
                        e[k].status <= ATTUNE_EPISODE_CENSORED);
            assert_true(e[k].nadir_session >= e[k].onset_session);
            assert_true((e[k].resolved_session >= 0) == (e[k].status <= ATTUNE_EPISODE_PARTIAL));
            assert_true(e[k].length >= 1 && (uint64_t)e[k].length <= s.c.series.count);
            assert_true(!isnan(e[k].depth));
            if (k > 0 && strcmp(e[k - 1].rule, e[k].rule) == 0)
                assert_true(e[k - 1].onset_session < e[k].onset_session);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_later_session_never_changes_an_earlier_mark),
        cmocka_unit_test(a_form_not_completed_changes_no_figure),
        cmocka_unit_test(units_and_origin_of_a_measure_do_not_matter),
        cmocka_unit_test(figures_of_a_mark_are_never_missing_and_levels_are_those_of_its_kind),
        cmocka_unit_test(episodes_begin_at_marks_and_do_not_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
