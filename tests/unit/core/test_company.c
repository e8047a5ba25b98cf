/* Company: which of a client's courses go together, and how a watch takes them. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/faults.h"
#include "tests/unit/core/given.h"

enum { OWN, THERAPIST, DISTRESS, SPARE, COURSES };

/* A client's courses: alliance by both, distress, and one more that a test makes what it wants. */
static attune_constants alliance, distress, spare;
static attune_course courses[COURSES];
static attune_series series[COURSES];
static attune_together together;
static const double scores[COURSES][4] = {
    { 5, 6, 5, 4 }, { 3, 4, NAN, 3 }, { 20, NAN, 18, 17 }, { 5, 5, 5, 5 }
};

static void reset(void)
{
    static const int32_t raters[] = { ATTUNE_RATER_CLIENT, ATTUNE_RATER_THERAPIST,
                                      ATTUNE_RATER_CLIENT, ATTUNE_RATER_CLIENT };
    const attune_constants *const constants[] = { &alliance, &alliance, &distress, &spare };
    alliance = given_everything();
    alliance.construct = ATTUNE_CONSTRUCT_ALLIANCE;
    spare = alliance;
    distress = alliance;
    distress.construct = ATTUNE_CONSTRUCT_DISTRESS;
    distress.direction = ATTUNE_HIGHER_WORSE;
    for (size_t i = 0; i < COURSES; i++) {
        series[i] = given_series(scores[i], 4);
        courses[i] = (attune_course) { .struct_size = sizeof courses[i],
                                       .rater = raters[i],
                                       .constants = constants[i],
                                       .series = &series[i] };
    }
    together = (attune_together) { .struct_size = sizeof together };
}

static attune_company *company_of(const char *rule)
{
    const attune_rule_choice choice = given_choice(rule);
    attune_company *company = NULL;
    reset();
    assert_int_equal(attune_company_new(&company, &choice, 1, NULL, NULL), ATTUNE_OK);
    return company;
}

static void push(attune_company *company, size_t n, size_t own)
{
    attune_error err = ATTUNE_ERROR_INIT;
    if (attune_company_push(company, courses, n, own, &together, &err) != ATTUNE_OK)
        fail_msg("%s: %s", err.key, err.text);
}

/* The roles of what goes with the course, and the first score of each. */
static void expect(const int32_t *roles, const double *first, size_t n)
{
    assert_int_equal(together.series.n_companions, n);
    for (size_t k = 0; k < n; k++) {
        assert_int_equal(attune_watch_companion(together.watch, k), roles[k]);
        assert_same(together.series.companions[k][0], first[k]);
    }
    assert_int_equal(attune_watch_companion(together.watch, n), -1);
}

static const int32_t both[] = { ATTUNE_ROLE_THERAPIST, ATTUNE_ROLE_DISTRESS };

static void therapist_and_distress_go_with_a_clients_alliance(void **state)
{
    attune_company *company = company_of("rupture_joint");
    (void)state;
    push(company, COURSES, OWN);
    expect(both, (const double[]) { 3, 20 }, 2);
    assert_int_equal(together.series.count, 4);
    attune_company_free(company);
    attune_company_free(NULL);
}

static void other_courses_stay_by_themselves(void **state)
{
    attune_company *company = company_of("rupture_joint");
    (void)state;
    for (size_t own = THERAPIST; own <= DISTRESS; own++) {
        push(company, COURSES, own);
        expect(NULL, NULL, 0);
        assert_ptr_equal(together.series.score, scores[own]);
        assert_null(together.row);
    }
    push(company, 1, OWN); /* there is nobody else */
    expect(NULL, NULL, 0);
    attune_company_free(company);
}

static void nothing_goes_with_a_course_where_no_rule_listens(void **state)
{
    attune_company *company = company_of("drop");
    (void)state;
    push(company, COURSES, OWN);
    expect(NULL, NULL, 0);
    attune_company_free(company);
}

static void the_therapists_form_of_the_same_measure_comes_before_others(void **state)
{
    attune_company *company = company_of("rupture_joint");
    (void)state;
    courses[SPARE].rater = ATTUNE_RATER_THERAPIST; /* another measure: comes after the same one */
    push(company, COURSES, OWN);
    expect(both, (const double[]) { 3, 20 }, 2);
    courses[THERAPIST].constants = &spare; /* now the last one is of the course's own */
    courses[SPARE].constants = &alliance;
    push(company, COURSES, OWN);
    expect(both, (const double[]) { 5, 20 }, 2);
    courses[SPARE].constants = &spare; /* both are of another: the first */
    push(company, COURSES, OWN);
    expect(both, (const double[]) { 3, 20 }, 2);
    spare.construct = ATTUNE_CONSTRUCT_OTHER; /* and of no alliance: none */
    push(company, COURSES, OWN);
    expect(&both[1], (const double[]) { 20 }, 1);
    attune_company_free(company);
}

static void of_distress_measures_the_one_with_most_forms_is_taken(void **state)
{
    attune_company *company = company_of("rupture_joint");
    (void)state;
    spare = distress;
    push(company, COURSES, OWN);
    expect(both, (const double[]) { 3, 5 }, 2); /* four forms against three */
    series[SPARE].count = 3;
    push(company, COURSES, OWN);
    expect(both, (const double[]) { 3, 20 }, 2); /* as many: the first */
    attune_company_free(company);
}

static void the_order_of_the_courses_does_not_matter(void **state)
{
    attune_company *company = company_of("rupture_joint");
    const attune_course last = courses[DISTRESS];
    (void)state;
    courses[DISTRESS] = courses[OWN];
    courses[OWN] = last;
    push(company, SPARE, DISTRESS);
    expect(both, (const double[]) { 3, 20 }, 2);
    assert_same(together.series.score[0], 5);
    attune_company_free(company);
}

static void a_measure_of_unknown_direction_goes_with_nothing(void **state)
{
    attune_company *company = company_of("rupture_joint");
    (void)state;
    courses[DISTRESS].constants = NULL;
    push(company, SPARE, OWN);
    expect(both, (const double[]) { 3 }, 1);
    push(company, SPARE, DISTRESS);
    assert_null(together.watch);
    assert_ptr_equal(together.series.score, scores[DISTRESS]);
    attune_company_free(company);
}

static void the_first_four_subscales_go_with_a_course(void **state)
{
    const double columns[5][4] = { { 1, 2, 3, 4 }, { 2 }, { 3 }, { 4 }, { 5 } };
    const double *subscales[5] = { columns[0], columns[1], columns[2], columns[3], columns[4] };
    const int32_t roles[] = { ATTUNE_ROLE_SUBSCALE, ATTUNE_ROLE_SUBSCALE, ATTUNE_ROLE_SUBSCALE,
                              ATTUNE_ROLE_SUBSCALE };
    const attune_scale *scale = NULL;
    attune_scale_info info = { .struct_size = sizeof info };
    attune_company *company = company_of("rupture_joint");
    (void)state;
    for (size_t i = 0; i < attune_scale_count() && info.subscale_count < 5; i++) {
        scale = attune_scale_at(i);
        assert_int_equal(attune_scale_describe(scale, &info), ATTUNE_OK);
    }
    assert_in_range(info.subscale_count, 5, 99);
    courses[OWN].scale = scale;
    courses[OWN].subscales = subscales;
    courses[OWN].n_subscales = 3;
    push(company, 1, OWN);
    expect(roles, (const double[]) { 1, 2, 3 }, 3);
    courses[OWN].n_subscales = 5;
    push(company, 1, OWN);
    expect(roles, (const double[]) { 1, 2, 3, 4 }, 4);
    attune_company_free(company);
}

static void one_watch_serves_all_of_one_constellation(void **state)
{
    attune_company *company = company_of("rupture_joint");
    const attune_watch *first, *alone, *one;
    (void)state;
    push(company, COURSES, OWN);
    first = together.watch;
    push(company, 1, OWN);
    alone = together.watch;
    push(company, DISTRESS, OWN);
    one = together.watch;
    push(company, COURSES, SPARE);
    assert_ptr_not_equal(together.watch, first);
    assert_ptr_not_equal(alone, first);
    assert_ptr_not_equal(one, first);
    push(company, COURSES, OWN);
    assert_ptr_equal(together.watch, first);
    push(company, DISTRESS, OWN);
    assert_ptr_equal(together.watch, one);
    attune_company_free(company);
}

static int32_t silence_of(void)
{
    attune_silence found = { .struct_size = sizeof found };
    size_t n = 0;
    assert_int_equal(attune_silence_scan(together.watch, &together.series, &found, 1, &n, NULL),
                     ATTUNE_OK);
    return found.reason;
}

static void a_norm_of_another_raters_forms_is_not_looked_at(void **state)
{
    static const attune_response norm = {
        .struct_size = sizeof norm,
        .time = ATTUNE_TIME_SESSION,
        .structure = ATTUNE_RESPONSE_LEVEL,
        .first_session = 1,
        .last_session = 10,
        .n_clients = 100,
        .n_forms = 800,
        .intake_high = 40,
        .intercept = 20,
        .intercept_var = 1,
        .residual_var = 1,
    };
    attune_company *company = company_of("not_on_track");
    const attune_watch *held;
    (void)state;
    distress.response = &norm;
    push(company, COURSES, DISTRESS);
    held = together.watch;
    assert_int_equal(silence_of(), ATTUNE_SILENCE_QUIET);
    courses[DISTRESS].no_response = 1;
    push(company, COURSES, DISTRESS);
    assert_ptr_not_equal(together.watch, held);
    assert_int_equal(silence_of(), ATTUNE_SILENCE_NO_CONSTANT);
    courses[DISTRESS].no_response = 0;
    push(company, COURSES, DISTRESS);
    assert_ptr_equal(together.watch, held);
    attune_company_free(company);
}

/* Sessions 1 and 3 by the client, 2 and 3 by the therapist. */
static void marks_and_traces_come_back_to_the_courses_own_sessions(void **state)
{
    const int32_t own[] = { 1, 3 }, hers[] = { 2, 3 };
    attune_company *company = company_of("rupture_joint");
    attune_mark marks[3] = { { .struct_size = sizeof *marks } };
    attune_trace traces[3] = { { .struct_size = sizeof *traces } };
    (void)state;
    series[OWN].session = own;
    series[THERAPIST].session = hers;
    series[OWN].count = series[THERAPIST].count = 2;
    push(company, DISTRESS, OWN);
    assert_int_equal(together.series.count, 3);
    for (uint64_t i = 0; i < 3; i++) {
        marks[i].row = traces[i].row = i;
        marks[i].session = traces[i].session = together.series.session[i];
    }
    assert_int_equal(attune_together_marks(&together, marks, 3), 2);
    assert_int_equal(attune_together_traces(&together, traces, 3), 2);
    assert_int_equal(marks[1].session, 3);
    assert_int_equal(marks[1].row, 1);
    assert_int_equal(traces[1].session, 3);
    assert_int_equal(traces[1].row, 1);
    assert_int_equal(attune_together_marks(&together, NULL, 0), 0);
    push(company, 1, OWN); /* nothing was joined: all are its own */
    assert_int_equal(attune_together_marks(&together, marks, 2), 2);
    assert_int_equal(marks[1].row, 1);
    attune_company_free(company);
}

static void courses_without_a_session_are_no_error(void **state)
{
    attune_company *company = company_of("rupture_joint");
    (void)state;
    for (size_t i = 0; i < COURSES; i++)
        series[i].count = 0;
    push(company, COURSES, OWN);
    assert_int_equal(together.series.count, 0);
    assert_int_equal(attune_watch_companion(together.watch, 1), ATTUNE_ROLE_DISTRESS);
    attune_company_free(company);
}

/* ---- What is refused ---- */

static void a_company_wants_rules(void **state)
{
    const attune_rule_choice choice = given_choice("drop"), none = { .rule = NULL };
    const attune_rule_choice two[] = { choice, none };
    attune_company *company = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    assert_int_equal(attune_company_new(NULL, &choice, 1, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_company_new(&company, NULL, 1, NULL, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_company_new(&company, &choice, 0, NULL, NULL), ATTUNE_E_COUNT);
    assert_int_equal(attune_company_new(&company, &choice, ATTUNE_RULESET_MAX + 1, NULL, NULL),
                     ATTUNE_E_COUNT);
    assert_int_equal(attune_company_new(&company, two, 2, NULL, &err), ATTUNE_E_ARGUMENT);
    assert_int_equal(err.index, 1);
    assert_null(company);
}

typedef struct taking {
    attune_company *company;
    const attune_course *courses;
    attune_course course[2];
    attune_series series[2];
    size_t n, own;
    attune_together *to, together;
} taking;

static attune_company *listening;
static const int32_t falling[] = { 2, 1, 3, 4 };
static const double *const one_column[] = { scores[0] };

static void reset_call(void *context)
{
    taking *c = context;
    reset();
    memset(c, FAULTS_PATTERN, sizeof *c);
    c->company = listening;
    c->courses = c->course;
    memcpy(c->series, series, sizeof c->series);
    memcpy(c->course, courses, sizeof c->course);
    c->course[0].series = &c->series[0];
    c->course[1].series = &c->series[1];
    c->n = 2;
    c->own = OWN;
    c->to = &c->together;
    c->together.struct_size = sizeof c->together;
}

static attune_status run_call(void *context, attune_error *err)
{
    taking *c = context;
    return attune_company_push(c->company, c->courses, c->n, c->own, c->to, err);
}

SPOIL(no_company, taking, c->company = NULL)
SPOIL(no_courses, taking, c->courses = NULL)
SPOIL(no_room, taking, c->to = NULL)
SPOIL(no_own, taking, c->own = 2)
SPOIL(small_course, taking, c->course[0].struct_size = 8)
SPOIL(small_together, taking, c->together.struct_size = 8)
SPOIL(no_series, taking, c->course[0].series = NULL)
SPOIL(unsorted, taking, c->series[1].session = falling)

static const fault faults[] = {
    { "no company", ATTUNE_E_ARGUMENT, no_company },
    { "no courses", ATTUNE_E_ARGUMENT, no_courses },
    { "no room", ATTUNE_E_ARGUMENT, no_room },
    { "own beyond the last", ATTUNE_E_COUNT, no_own },
    { "a course of no size", ATTUNE_E_STRUCT_SIZE, small_course },
    { "a together of no size", ATTUNE_E_STRUCT_SIZE, small_together },
    { "no series", ATTUNE_E_ARGUMENT, no_series },
    { "sessions out of order", ATTUNE_E_ORDER, unsorted },
};

static void refusals_come_in_their_order_and_change_nothing(void **state)
{
    static taking c;
    const spoiled s = { &c, sizeof c, reset_call, run_call };
    (void)state;
    listening = company_of("rupture_joint");
    FAULTS_CHECK(&s, faults);
    attune_company_free(listening);
}

static void refuse(attune_company *company, attune_status status, size_t index, const char *key)
{
    attune_error err = ATTUNE_ERROR_INIT;
    assert_int_equal(attune_company_push(company, courses, COURSES, OWN, &together, &err), status);
    assert_int_equal(err.index, index);
    assert_string_equal(err.key, key);
    assert_null(together.watch);
}

static void a_course_is_refused_by_its_place(void **state)
{
    attune_company *company = company_of("rupture_joint");
    (void)state;
    series[DISTRESS].score = NULL;
    refuse(company, ATTUNE_E_ARGUMENT, DISTRESS, "series");
    reset();
    series[THERAPIST].struct_size = 8;
    refuse(company, ATTUNE_E_STRUCT_SIZE, THERAPIST, "struct_size");
    reset();
    courses[SPARE].n_subscales = 1;
    refuse(company, ATTUNE_E_ARGUMENT, SPARE, "subscales");
    courses[SPARE].subscales = one_column; /* of no scale */
    refuse(company, ATTUNE_E_ARGUMENT, SPARE, "subscales");
    courses[SPARE].scale = attune_scale_find("demo-alliance");
    refuse(company, ATTUNE_E_COUNT, SPARE, "n_subscales");
    reset();
    distress.within_sd = -1;
    refuse(company, ATTUNE_E_OPTION, 1, "within_sd"); /* the second companion's */
    reset();
    push(company, COURSES, OWN);
    attune_company_free(company);
}

/* As many rows as no memory can hold: the product does not fit a size. */
static void more_sessions_than_memory_can_hold_are_refused(void **state)
{
    attune_company *company = company_of("rupture_joint");
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    series[THERAPIST].count = SIZE_MAX / 16;
    assert_int_equal(attune_company_push(company, courses, DISTRESS, OWN, &together, &err),
                     ATTUNE_E_MEMORY);
    assert_null(together.watch);
    reset();
    push(company, COURSES, OWN);
    attune_company_free(company);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(therapist_and_distress_go_with_a_clients_alliance),
        cmocka_unit_test(other_courses_stay_by_themselves),
        cmocka_unit_test(nothing_goes_with_a_course_where_no_rule_listens),
        cmocka_unit_test(the_therapists_form_of_the_same_measure_comes_before_others),
        cmocka_unit_test(of_distress_measures_the_one_with_most_forms_is_taken),
        cmocka_unit_test(the_order_of_the_courses_does_not_matter),
        cmocka_unit_test(a_measure_of_unknown_direction_goes_with_nothing),
        cmocka_unit_test(the_first_four_subscales_go_with_a_course),
        cmocka_unit_test(one_watch_serves_all_of_one_constellation),
        cmocka_unit_test(a_norm_of_another_raters_forms_is_not_looked_at),
        cmocka_unit_test(marks_and_traces_come_back_to_the_courses_own_sessions),
        cmocka_unit_test(courses_without_a_session_are_no_error),
        cmocka_unit_test(a_company_wants_rules),
        cmocka_unit_test(refusals_come_in_their_order_and_change_nothing),
        cmocka_unit_test(a_course_is_refused_by_its_place),
        cmocka_unit_test(more_sessions_than_memory_can_hold_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
