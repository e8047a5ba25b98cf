/* Parameters learnt from courses: the likeliest ones, from no fewer courses than can tell. */
/* SPDX-License-Identifier: MIT */
#include <attune/attune.h>
#include <attune/learn.h>
#include <attune/simulate.h>

#include "tests/unit/near.h"

#include <stdlib.h>

enum { COURSES = 2 * ATTUNE_LEARN_COURSES_MOST, LONG = 24, HAZARD = 3, DEPTH, CV, SLOPE = 8 };

static size_t starts[COURSES + 1];
static int32_t session[COURSES * LONG];
static double score[COURSES * LONG];

static attune_constants alliance(void)
{
    attune_constants c = { .struct_size = sizeof c };
    assert_int_equal(attune_scale_constants(attune_scale_find("demo-alliance"), &c), ATTUNE_OK);
    return c;
}

/* A measure without ends or steps. */
static attune_constants endless(void)
{
    attune_constants c = alliance();
    c.score_min = -INFINITY;
    c.score_max = INFINITY;
    c.score_step = NAN;
    return c;
}

static attune_rule_choice filter(void)
{
    attune_rule_choice choice;
    assert_int_equal(attune_rule_choose(attune_rule_find("rupture_filter"), &choice), ATTUNE_OK);
    return choice;
}

static attune_watch *watch_of(const attune_constants *c)
{
    const attune_rule_choice choice = filter();
    attune_watch *watch = NULL;
    assert_int_equal(attune_watch_new(&watch, c, &choice, 1, NULL, NULL), ATTUNE_OK);
    return watch;
}

static void simulate(const char *name, size_t courses)
{
    attune_world world = { .struct_size = sizeof world };
    size_t at = 0, size;
    void *work;
    assert_int_equal(attune_world_describe(name, &world), ATTUNE_OK);
    world.sessions_min = 4;
    world.sessions_max = 9;
    size = attune_simulate_work(&world);
    work = malloc(size);
    for (size_t c = 0; c < courses; c++) {
        double y[LONG];
        attune_simulation one = { .struct_size = sizeof one, .alliance = y };
        assert_int_equal(attune_simulate(&world, 11, c, work, size, &one, NULL), ATTUNE_OK);
        starts[c] = at;
        for (int32_t t = 0; t < one.sessions; t++, at++) {
            session[at] = t + 1;
            score[at] = y[t];
        }
    }
    starts[courses] = at;
    free(work);
}

/* The same scores of everybody. */
static void invent(double (*at)(int32_t t), size_t courses, int32_t length)
{
    for (size_t c = 0; c <= courses; c++)
        starts[c] = c * (size_t)length;
    for (size_t i = 0; i < courses * (size_t)length; i++) {
        session[i] = (int32_t)(i % (size_t)length) + 1;
        score[i] = at(session[i]);
    }
}

static double steep(int32_t t)
{
    return 100 * t;
}

static double sinking(int32_t t)
{
    return -100 * t;
}

static double flat(int32_t t)
{
    return 4 + 0 * t;
}

static double huge(int32_t t)
{
    return t % 2 ? 1e300 : -1e300;
}

static attune_status learn(const attune_constants *c, size_t courses, attune_learnt *learnt,
                           attune_error *err)
{
    const attune_rule_choice choice = filter();
    attune_watch *watch = watch_of(c);
    attune_status status;
    *learnt = (attune_learnt) { .struct_size = sizeof *learnt };
    status = attune_rule_learn(watch, &choice, starts, courses, session, score, learnt, err);
    attune_watch_free(watch);
    return status;
}

/* ---- What is learnt ---- */

/* Log density of all courses and of the parameters beforehand, summed up here once more. */
static double density(const double *params, size_t courses)
{
    const attune_constants c = alliance();
    const attune_rule_choice before = filter();
    attune_rule_choice choice = before;
    attune_watch *watch = watch_of(&c);
    double sum = -pow((params[SLOPE] - before.params[SLOPE]) / .1, 2) / 2;
    for (int i = HAZARD; i <= CV; i++)
        sum -= pow(log(params[i] / before.params[i]) / .5, 2) / 2;
    memcpy(choice.params, params, sizeof choice.params);
    for (size_t k = 0; k < courses; k++) {
        const attune_series series = { .struct_size = sizeof series,
                                       .count = starts[k + 1] - starts[k],
                                       .session = session + starts[k],
                                       .score = score + starts[k] };
        double one = NAN;
        assert_int_equal(attune_likelihood_scan(watch, &choice, &series, &one, NULL), ATTUNE_OK);
        sum += one;
    }
    attune_watch_free(watch);
    return sum;
}

static void nothing_nearby_is_likelier_and_errors_say_how_fast_it_falls(void **state)
{
    static const int learnt_ones[] = { HAZARD, DEPTH, CV, SLOPE };
    const attune_constants c = alliance();
    const attune_rule_choice before = filter();
    attune_learnt found;
    double best;
    (void)state;
    simulate("low-hazard", 110);
    assert_int_equal(learn(&c, 110, &found, NULL), ATTUNE_OK);
    assert_int_equal(found.settled, 1);
    assert_int_equal(found.courses, 110);
    best = density(found.params, 110);
    assert_near(found.gain, best - density(before.params, 110), 1e-9);
    for (int i = 0; i < 4; i++)
        for (int side = -1; side <= 1; side += 2) {
            double moved[ATTUNE_RULE_PARAMS], fall;
            memcpy(moved, found.params, sizeof moved);
            moved[learnt_ones[i]] += side * found.error[learnt_ones[i]] / 2;
            fall = best - density(moved, 110);
            /* Alone it falls by 1 / 8 or faster: the others could make up for some of it. */
            assert_true(fall > .08 && fall < 1);
        }
}

static void what_is_not_learnt_stays_and_has_no_error(void **state)
{
    const attune_constants c = alliance();
    const attune_rule_choice before = filter();
    attune_learnt found;
    (void)state;
    simulate("default", 100);
    assert_int_equal(learn(&c, 100, &found, NULL), ATTUNE_OK);
    for (int i = 0; i < ATTUNE_RULE_PARAMS; i++) {
        int learnt = (i >= HAZARD && i <= CV) || i == SLOPE;
        assert_int_equal(isnan(found.error[i]), !learnt);
        if (!learnt)
            assert_same(found.params[i], before.params[i]);
    }
}

static void courses_of_two_forms_say_nothing(void **state)
{
    const attune_constants c = alliance();
    attune_learnt with, without;
    (void)state;
    simulate("default", 101);
    assert_int_equal(learn(&c, 100, &without, NULL), ATTUNE_OK);
    for (size_t i = starts[100] + 2; i < starts[101]; i++)
        score[i] = NAN;
    assert_int_equal(learn(&c, 101, &with, NULL), ATTUNE_OK);
    assert_int_equal(with.courses, 100);
    assert_int_equal(with.forms, without.forms);
    for (int i = 0; i < ATTUNE_RULE_PARAMS; i++)
        assert_same(with.params[i], without.params[i]);
}

/* Of twice as many as are taken every second one is: those have three forms, the others four. */
static void of_many_courses_some_are_taken_evenly(void **state)
{
    const attune_constants c = alliance();
    attune_learnt found;
    size_t most = ATTUNE_LEARN_COURSES_MOST;
    (void)state;
    invent(flat, 2 * most, 4);
    for (size_t k = 0; k < 2 * most; k += 2)
        score[4 * (k + 1) + 3] = NAN;
    assert_int_equal(learn(&c, 2 * most, &found, NULL), ATTUNE_OK);
    assert_int_equal(found.courses, most);
    assert_int_equal(found.forms, 3 * most);
}

/* ---- Where there is little to learn ---- */

static void courses_unlike_the_model_are_said_to_be(void **state)
{
    const attune_constants c = endless();
    attune_error err = ATTUNE_ERROR_INIT;
    attune_learnt found;
    (void)state;
    invent(steep, 100, 6);
    assert_int_equal(learn(&c, 100, &found, NULL), ATTUNE_OK);
    assert_int_equal(found.settled, 0);
    assert_int_equal(found.rounds, ATTUNE_LEARN_ROUNDS_MAX);
    invent(huge, 100, 4);
    assert_int_equal(learn(&c, 100, &found, &err), ATTUNE_E_NUMERIC);
    assert_string_equal(err.key, "score");
    assert_int_equal(found.courses, 0);
}

/* Half of the clients in one zigzag, half in another: where it stops, nothing is at its highest. */
static void where_the_likelihood_does_not_bend_down_there_are_no_errors(void **state)
{
    static const double zigzags[2][6] = { { 0, 3.26062, 0, 0, 10.3358, 0 },
                                          { 0, 0, -11.771, 0, -4.99793, 0 } };
    const attune_constants c = endless();
    attune_learnt found;
    (void)state;
    invent(flat, 100, 6);
    for (size_t i = 0; i < 600; i++)
        score[i] = zigzags[i / 6 % 2][i % 6];
    assert_int_equal(learn(&c, 100, &found, NULL), ATTUNE_OK);
    for (int i = 0; i < ATTUNE_RULE_PARAMS; i++)
        assert_true(isnan(found.error[i]));
}

static void at_an_end_of_its_range_a_parameter_has_no_error(void **state)
{
    const attune_constants c = endless();
    attune_learnt found;
    (void)state;
    invent(flat, 100, 6);
    assert_int_equal(learn(&c, 100, &found, NULL), ATTUNE_OK);
    assert_near(found.params[CV], 2, 0);
    assert_true(isnan(found.error[CV]));
    assert_true(!isnan(found.error[HAZARD]));
    invent(sinking, 100, 6);
    assert_int_equal(learn(&c, 100, &found, NULL), ATTUNE_OK);
    assert_near(found.params[SLOPE], -1, 0);
    assert_true(isnan(found.error[SLOPE]));
}

/* ---- What is refused ---- */

static void pointers_and_sizes_are_checked_first(void **state)
{
    const attune_constants c = alliance();
    const attune_rule_choice choice = filter(), none = { 0 };
    attune_watch *watch = watch_of(&c);
    attune_learnt found = { .struct_size = sizeof found }, small = { .struct_size = 8 };
    (void)state;
    simulate("default", 100);
    const struct {
        const attune_watch *watch;
        const attune_rule_choice *choice;
        const size_t *starts;
        const int32_t *session;
        const double *score;
        attune_learnt *learnt;
        attune_status status;
    } calls[] = {
        { NULL, &choice, starts, session, score, &found, ATTUNE_E_ARGUMENT },
        { watch, NULL, starts, session, score, &found, ATTUNE_E_ARGUMENT },
        { watch, &none, starts, session, score, &found, ATTUNE_E_ARGUMENT },
        { watch, &choice, NULL, session, score, &found, ATTUNE_E_ARGUMENT },
        { watch, &choice, starts, NULL, score, &found, ATTUNE_E_ARGUMENT },
        { watch, &choice, starts, session, NULL, &found, ATTUNE_E_ARGUMENT },
        { watch, &choice, starts, session, score, NULL, ATTUNE_E_ARGUMENT },
        { watch, &choice, starts, session, score, &small, ATTUNE_E_STRUCT_SIZE },
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        assert_int_equal(attune_rule_learn(calls[i].watch, calls[i].choice, calls[i].starts, 100,
                                           calls[i].session, calls[i].score, calls[i].learnt, NULL),
                         calls[i].status);
    attune_watch_free(watch);
}

static void what_is_refused_of_a_course_names_its_place_among_all(void **state)
{
    const attune_constants c = alliance();
    attune_error err = ATTUNE_ERROR_INIT;
    attune_learnt found;
    (void)state;
    simulate("default", 100);
    score[starts[40] + 2] = INFINITY;
    assert_int_equal(learn(&c, 100, &found, &err), ATTUNE_E_VALUE);
    assert_int_equal(err.index, starts[40] + 2);
    assert_int_equal(learn(&c, 100, &found, NULL), ATTUNE_E_VALUE);
    err.struct_size = 0;
    assert_int_equal(learn(&c, 100, &found, &err), ATTUNE_E_VALUE);
    assert_int_equal(found.courses, 0);
}

static void fewer_than_a_hundred_courses_are_too_few(void **state)
{
    const attune_constants c = alliance();
    attune_error err = ATTUNE_ERROR_INIT;
    attune_learnt found;
    (void)state;
    simulate("default", 99);
    assert_int_equal(learn(&c, 99, &found, &err), ATTUNE_E_TOO_FEW);
    assert_string_equal(err.key, "courses");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_nearby_is_likelier_and_errors_say_how_fast_it_falls),
        cmocka_unit_test(what_is_not_learnt_stays_and_has_no_error),
        cmocka_unit_test(courses_of_two_forms_say_nothing),
        cmocka_unit_test(of_many_courses_some_are_taken_evenly),
        cmocka_unit_test(courses_unlike_the_model_are_said_to_be),
        cmocka_unit_test(where_the_likelihood_does_not_bend_down_there_are_no_errors),
        cmocka_unit_test(at_an_end_of_its_range_a_parameter_has_no_error),
        cmocka_unit_test(pointers_and_sizes_are_checked_first),
        cmocka_unit_test(what_is_refused_of_a_course_names_its_place_among_all),
        cmocka_unit_test(fewer_than_a_hundred_courses_are_too_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
