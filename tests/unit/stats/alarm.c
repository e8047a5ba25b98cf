/* The false-alarm evaluator: figures against counts made anew from the courses. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/stats/alarm_given.h"

/* ---- The same, counted anew ---- */

typedef struct course {
    attune_simulation sim;
    double y[ROOM];
    int32_t in[ROOM];
    attune_rupture ruptures[ROOM];
    attune_trace traces[ROOM * RULES];
    attune_mark marks[ROOM * RULES * 2];
    size_t n_marks;
} course;

static void make(course *c, uint64_t number)
{
    c->ruptures[0].struct_size = sizeof *c->ruptures;
    c->traces[0].struct_size = sizeof *c->traces;
    c->marks[0].struct_size = sizeof *c->marks;
    c->sim = (attune_simulation) {
        .struct_size = sizeof c->sim, .alliance = c->y, .in_rupture = c->in, .ruptures = c->ruptures
    };
    size_t size = attune_simulate_work(&world);
    void *scratch = malloc(size);
    assert_int_equal(attune_simulate(&world, SEED, number, scratch, size, &c->sim, NULL),
                     ATTUNE_OK);
    free(scratch);
    const attune_series series = { .struct_size = sizeof series,
                                   .count = (uint64_t)c->sim.sessions,
                                   .score = c->y };
    assert_int_equal(attune_scan(watch, &series, c->marks, ROOM * RULES * 2, &c->n_marks, c->traces,
                                 ROOM * RULES, NULL),
                     ATTUNE_OK);
}

/* 1 when the rule marks session t (from 0) at the level or above, or its statistic is above. */
static int rings(const course *c, size_t rule, int32_t t, int32_t level, double threshold)
{
    const attune_trace *trace = &c->traces[(size_t)t * RULES + rule];
    if (level < 0)
        return trace->statistic > threshold;
    for (size_t i = 0; i < c->n_marks; i++)
        if (c->marks[i].row == (uint64_t)t && c->marks[i].level >= level &&
            strcmp(c->marks[i].rule, trace->rule) == 0)
            return 1;
    return 0;
}

typedef struct tally {
    double answered, alarms, whole, rung, ruptures, found, noticed, delay;
} tally;

static tally counted(size_t rule, int32_t level, double threshold)
{
    tally n = { 0 };
    course *c = malloc(sizeof *c);
    for (uint64_t i = 0; i < CLIENTS; i++) {
        double before = n.alarms;
        make(c, i);
        for (int32_t t = 0; t < c->sim.sessions; t++)
            if (!c->in[t] && !isnan(c->traces[(size_t)t * RULES + rule].statistic)) {
                n.answered++;
                n.alarms += rings(c, rule, t, level, threshold);
            }
        n.whole += c->sim.n_ruptures == 0;
        n.rung += c->sim.n_ruptures == 0 && n.alarms > before;
        for (int32_t r = 0; r < c->sim.n_ruptures; r++) {
            int32_t onset = c->ruptures[r].onset_session - 1, at = -1;
            int32_t last = c->ruptures[r].last_session - 1;
            last = last < onset + 1 && onset + 1 < c->sim.sessions ? onset + 1 : last;
            for (int32_t t = last; t >= onset; t--)
                at = rings(c, rule, t, level, threshold) ? t : at;
            n.ruptures++;
            n.noticed += at >= 0;
            n.delay += at >= 0 ? at - onset : 0;
            n.found += at >= 0 && at <= onset + 1;
        }
    }
    free(c);
    return n;
}

static void assert_counts(const attune_alarm *row, const tally *n)
{
    assert_int_equal(row->clients, CLIENTS);
    assert_int_equal(row->answered, (int32_t)n->answered);
    assert_int_equal(row->ruptures, (int32_t)n->ruptures);
    assert_near(row->alarms_per_100, 100 * n->alarms / n->answered, 1e-14);
    assert_near(row->clients_per_100, 100 * n->rung / n->whole, 1e-14);
    assert_near(row->found, n->found / n->ruptures, 1e-14);
    assert_near(row->noticed, n->noticed / n->ruptures, 1e-14);
    assert_near(row->delay, n->delay / n->noticed, 1e-14);
}

static void levels_are_counted_as_the_marks_say(void **state)
{
    (void)state;
    for (size_t rule = 0; rule < 2; rule++)
        for (int32_t level = 0; level < 3; level++) {
            attune_alarm row = measured(sheets, 2, rule, level, NAN);
            tally n = counted(rule, level, NAN);
            if (n.noticed > 0)
                assert_counts(&row, &n);
            assert_int_equal(row.level, level);
            assert_int_equal(row.sessions, -7);
            assert_int_equal(row.silent, -1);
            assert_same(row.rate, NAN);
        }
}

static void rates_are_swept_over_the_statistic(void **state)
{
    (void)state;
    static const double rates[] = { 0.02, 0.05, 0.1, 0.5 };
    for (size_t rule = 0; rule < 2; rule++)
        for (size_t i = 0; i < 4; i++) {
            attune_alarm row = measured(sheets, 2, rule, ATTUNE_ALARM_SWEPT, rates[i]);
            tally n = counted(rule, -1, row.threshold);
            assert_counts(&row, &n);
            assert_same(row.rate, rates[i]);
            assert_true(row.alarms_per_100 <= 100 * rates[i] + 1e-9);
            /* One statistic lower is one alarm too many. */
            n = counted(rule, -1, row.threshold - 1e-9);
            assert_true(n.alarms > rates[i] * n.answered);
        }
}

static void errors_are_those_of_the_sheets_means(void **state)
{
    (void)state;
    attune_alarm a = measured(sheets, 1, 0, 0, NAN), b = measured(sheets + 1, 1, 0, 0, NAN);
    attune_alarm both = measured(sheets, 2, 0, 0, NAN);
    assert_near(both.found_error, fabs(a.found - b.found) / 2, 1e-14);
    assert_near(both.alarms_error, fabs(a.alarms_per_100 - b.alarms_per_100) / 2, 1e-14);
    assert_same(a.found_error, NAN);
    a = measured(sheets, 1, 0, ATTUNE_ALARM_SWEPT, 0.05);
    b = measured(sheets + 1, 1, 0, ATTUNE_ALARM_SWEPT, 0.05);
    both = measured(sheets, 2, 0, ATTUNE_ALARM_SWEPT, 0.05);
    assert_near(both.found_error, fabs(a.found - b.found) / 2, 1e-14);
}

/* Deep, lasting and short ruptures: what became of them shows in the scores. */
static void episodes_say_what_became_of_clear_ruptures(void **state)
{
    (void)state;
    attune_world clear = world;
    clear.missing = clear.slope_sd = clear.slope_mean = 0;
    clear.depth_median = clear.depth_min = 3;
    clear.level_mean = 6;
    clear.level_sd = 0.1;
    clear.within_sd = 0.1;
    attune_alarm_sheet *sheet = fill_from(&clear, ATTUNE_SIGNAL_ALLIANCE, 0, CLIENTS);
    attune_alarm row = measured(&sheet, 1, 0, 0, NAN);
    assert_true(row.found > 0.9);
    assert_true(row.status_right > 0.9);
    assert_true(row.delay < 0.2);
    free(sheet);
}

static void a_rule_that_never_answers_says_why(void **state)
{
    (void)state;
    attune_alarm row = measured(sheets, 2, 2, 0, NAN);
    assert_int_equal(row.answered, 0);
    assert_int_equal(row.silent, ATTUNE_STATE_NO_CONSTANT);
    assert_same(row.alarms_per_100, NAN);
    assert_same(row.clients_per_100, NAN);
    row = measured(sheets, 2, 2, ATTUNE_ALARM_SWEPT, 0.05);
    assert_same(row.threshold, NAN);
    assert_string_equal(row.rule, "below_cutoff");
    assert_int_equal(row.version, 1);
}

static void an_answer_without_a_statistic_is_no_alarm(void **state)
{
    (void)state;
    static const char *const ids[] = { "mean_so_far" };
    attune_constants constants = constants_of("demo-alliance");
    constants.sem = NAN; /* flat courses then have no spread at all */
    attune_watch *usual = watch;
    watch = watch_with(&constants, ids, 1);
    attune_world flat = world;
    flat.within_sd = 1e-6;
    flat.hazard = flat.slope_mean = flat.slope_sd = flat.within_cv = 0;
    attune_alarm_sheet *sheet = fill_from(&flat, ATTUNE_SIGNAL_ALLIANCE, 0, 20);
    attune_alarm row = measured(&sheet, 1, 0, ATTUNE_ALARM_SWEPT, 0.5);
    assert_true(row.answered > 0);
    assert_true(isinf(row.threshold) && row.threshold < 0);
    assert_near(row.alarms_per_100, 0, 0);
    free(sheet);
    attune_watch_free(watch);
    watch = usual;
}

static void courses_are_as_long_as_is_asked(void **state)
{
    (void)state;
    static const int32_t lengths[] = { 4, 9 };
    size_t size = attune_alarm_sheet_size(watch, &world, 4);
    attune_alarm_sheet *sheet = malloc(size);
    attune_world steady = world;
    steady.hazard = steady.missing = 0;
    assert_int_equal(attune_alarm_fill(watch, &steady, ATTUNE_SIGNAL_ALLIANCE, lengths, 2, SEED, 0,
                                       4, sheet, size, work, work_size, NULL),
                     ATTUNE_OK);
    attune_alarm row = measured(&sheet, 1, 0, 0, NAN);
    assert_int_equal(row.answered, 2 * (4 - 2) + 2 * (9 - 2)); /* the first two are too few */
    free(sheet);
}

static void every_signal_is_heard(void **state)
{
    (void)state;
    static const char *const ids[] = { "reliable_worse" };
    const attune_constants distress = constants_of("demo-distress");
    attune_watch *usual = watch;
    attune_alarm_sheet *sheet = fill_from(&world, ATTUNE_SIGNAL_THERAPIST, 0, 20);
    attune_alarm row = measured(&sheet, 1, 0, 0, NAN);
    assert_true(row.answered > 0);
    free(sheet);
    watch = watch_with(&distress, ids, 1);
    sheet = fill_from(&world, ATTUNE_SIGNAL_DISTRESS, 0, 20);
    row = measured(&sheet, 1, 0, 0, NAN);
    assert_true(row.answered > 0);
    free(sheet);
    attune_watch_free(watch);
    watch = usual;
}

/* Companions move no mark of rules that do not listen; a subscale has no ratings to give. */
static void companions_come_along(void **state)
{
    (void)state;
    static const char *const id = "own_range";
    const attune_constants own = constants_of("demo-alliance");
    const attune_constants distress = constants_of("demo-distress");
    const attune_companion companions[] = {
        { sizeof *companions, ATTUNE_ROLE_SUBSCALE, &own },
        { sizeof *companions, ATTUNE_ROLE_DISTRESS, &distress },
        { sizeof *companions, ATTUNE_ROLE_THERAPIST, &own },
    };
    attune_watch *usual = watch;
    attune_rule_choice choice;
    attune_rule_choose(attune_rule_find(id), &choice);
    assert_int_equal(attune_watch_new_joint(&watch, &own, companions, 3, &choice, 1, NULL, NULL),
                     ATTUNE_OK);
    attune_alarm_sheet *sheet = fill_from(&world, ATTUNE_SIGNAL_ALLIANCE, 0, CLIENTS / 2);
    attune_alarm with = measured(&sheet, 1, 0, 0, NAN);
    attune_alarm without = measured(sheets, 1, 0, 0, NAN);
    assert_memory_equal(&with, &without, sizeof with);
    free(sheet);
    sheet = fill_from(&world, ATTUNE_SIGNAL_THERAPIST, 0, CLIENTS / 2);
    with = measured(&sheet, 1, 0, 0, NAN);
    assert_true(with.alarms_per_100 > 0 && with.found < without.found);
    assert_int_equal(attune_watch_companion(watch, 1), ATTUNE_ROLE_DISTRESS);
    assert_int_equal(attune_watch_companion(watch, 3), -1);
    assert_int_equal(attune_watch_companion(NULL, 0), -1);
    free(sheet);
    attune_watch_free(watch);
    watch = usual;
}

static void the_table_is_of_rules_that_there_are(void **state)
{
    (void)state;
    attune_alarm row = { .struct_size = sizeof row };
    size_t count;
    assert_true(attune_alarm_table_count() > 0);
    for (size_t i = 0; i < attune_alarm_table_count(); i++) {
        assert_int_equal(attune_alarm_table_describe(i, &row), ATTUNE_OK);
        assert_non_null(attune_rule_find(row.rule));
        assert_true(row.version > 0);
    }
    assert_int_equal(attune_alarm_table_describe(attune_alarm_table_count(), &row), ATTUNE_E_COUNT);
    assert_int_equal(attune_alarm_table_describe(0, NULL), ATTUNE_E_ARGUMENT);
    assert_ptr_equal(attune_alarm_fields(NULL), attune_alarm_fields(&count));
    assert_int_equal(count, 23);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_are_counted_as_the_marks_say),
        cmocka_unit_test(rates_are_swept_over_the_statistic),
        cmocka_unit_test(errors_are_those_of_the_sheets_means),
        cmocka_unit_test(episodes_say_what_became_of_clear_ruptures),
        cmocka_unit_test(a_rule_that_never_answers_says_why),
        cmocka_unit_test(an_answer_without_a_statistic_is_no_alarm),
        cmocka_unit_test(courses_are_as_long_as_is_asked),
        cmocka_unit_test(every_signal_is_heard),
        cmocka_unit_test(companions_come_along),
        cmocka_unit_test(the_table_is_of_rules_that_there_are),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
