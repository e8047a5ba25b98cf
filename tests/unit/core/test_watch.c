/* Making a watch: what is refused, in which order, and what a rule is found to lack. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/watch/course.h"
#include "tests/unit/core/faults.h"
#include "tests/unit/core/given.h"

static attune_status make(const attune_constants *c, const attune_rule_choice *choices, size_t n,
                          attune_error *err)
{
    attune_watch *watch = NULL;
    attune_status status = attune_watch_new(&watch, c, choices, n, NULL, err);
    assert_true((status == ATTUNE_OK) == (watch != NULL));
    attune_watch_free(watch);
    return status;
}

static void every_parameter_is_taken_at_its_bounds_and_refused_beyond(void **state)
{
    const attune_constants c = given_everything();
    (void)state;
    for (size_t r = 0; r < attune_rule_count(); r++) {
        const attune_rule *rule = attune_rule_at(r);
        for (uint32_t p = 0; p < rule->info.param_count; p++) {
            const double low = rule->params[p].low, high = rule->params[p].high;
            const double bad[] = { nextafter(low, -INFINITY), nextafter(high, INFINITY), NAN,
                                   -INFINITY, INFINITY };
            attune_rule_choice choices[2];
            attune_rule_choose(attune_rule_at(r == 0), &choices[0]);
            attune_rule_choose(rule, &choices[1]);
            choices[1].params[p] = low;
            assert_int_equal(make(&c, choices, 2, NULL), ATTUNE_OK);
            choices[1].params[p] = high;
            assert_int_equal(make(&c, choices, 2, NULL), ATTUNE_OK);
            for (size_t b = 0; b < LENGTH(bad); b++) {
                attune_error err = ATTUNE_ERROR_INIT;
                choices[1].params[p] = bad[b];
                assert_int_equal(make(&c, choices, 2, &err), ATTUNE_E_OPTION);
                assert_int_equal(err.index, 1);
                assert_string_equal(err.key, rule->params[p].name);
            }
        }
    }
}

static void what_stands_beyond_the_last_parameter_is_not_looked_at(void **state)
{
    const attune_constants c = given_everything();
    attune_rule_choice choice = given_choice("below_cutoff");
    (void)state;
    choice.params[0] = choice.params[7] = NAN;
    assert_int_equal(make(&c, &choice, 1, NULL), ATTUNE_OK);
}

static void one_rule_twice_is_a_duplicate(void **state)
{
    const attune_constants c = given_everything();
    const attune_rule_choice choices[] = { given_choice("drop"), given_choice("erosion"),
                                           given_choice("drop") };
    attune_rule_choice most[ATTUNE_RULESET_MAX];
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    assert_int_equal(make(&c, choices, 2, &err), ATTUNE_OK);
    assert_int_equal(make(&c, choices, 3, &err), ATTUNE_E_DUPLICATE);
    assert_int_equal(err.index, 2);
    assert_string_equal(err.key, "drop");
    for (size_t i = 0; i < ATTUNE_RULESET_MAX; i++)
        most[i] = choices[0];
    assert_int_equal(make(&c, most, ATTUNE_RULESET_MAX, NULL), ATTUNE_E_DUPLICATE);
}

static void rules_that_remember_more_than_a_course_has_room_for_are_refused(void **state)
{
    const attune_constants c = given_everything();
    attune_rule vast = atn_rule_drop;
    attune_rule_choice choices[] = { given_choice("erosion"), { .rule = &vast } };
    attune_error err = ATTUNE_ERROR_INIT;
    size_t all = 0;
    (void)state;
    memcpy(choices[1].params, given_choice("drop").params, sizeof choices[1].params);
    vast.state_size = ATN_STATES_MAX;
    assert_int_equal(make(&c, &choices[1], 1, NULL), ATTUNE_OK);
    assert_int_equal(make(&c, choices, 2, &err), ATTUNE_E_COUNT);
    assert_int_equal(err.index, 1);
    for (size_t r = 0; r < attune_rule_count(); r++)
        all += attune_rule_at(r)->state_size + 16;
    assert_in_range(all, 1, ATN_STATES_MAX); /* every rule there is fits into one watch */
}

static void a_rule_that_looks_ahead_cannot_be_run_live(void **state)
{
    const attune_constants c = given_everything();
    attune_rule ahead = atn_rule_drop, further = atn_rule_own_range;
    attune_rule_choice choices[] = { given_choice("erosion"), given_choice("drop"),
                                     given_choice("own_range") };
    attune_monitor *monitor = NULL;
    attune_stream *stream = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_watch *watch;
    (void)state;
    ahead.info.looks_ahead = further.info.looks_ahead = 1;
    choices[1].rule = &ahead;
    choices[2].rule = &further;
    watch = given_watch_of(&c, choices, 3);
    assert_int_equal(attune_monitor_new(&monitor, watch, NULL, &err), ATTUNE_E_OPTION);
    assert_int_equal(err.index, 1); /* the first of them */
    assert_int_equal(attune_stream_new(&stream, watch, NULL, &err), ATTUNE_E_OPTION);
    assert_null(monitor);
    assert_null(stream);
    attune_watch_free(watch);
}

static void constants_that_cannot_be_are_refused_by_name(void **state)
{
    const struct {
        size_t offset;
        double value;
        const char *key;
    } rows[] = {
#define BAD(member, value) { offsetof(attune_constants, member), value, #member }
        BAD(score_step, 0),
        BAD(score_step, INFINITY),
        BAD(within_sd, 0),
        BAD(within_sd, -1),
        BAD(within_sd, INFINITY),
        BAD(sem, 0),
        BAD(sem, -INFINITY),
        BAD(change_threshold, 0),
        BAD(change_threshold, INFINITY),
        BAD(sd, 0),
        BAD(sd, INFINITY),
        BAD(cutoff, INFINITY),
        BAD(cutoff, -INFINITY),
        BAD(reliability, -.1),
        BAD(reliability, 1),
        BAD(reliability, INFINITY),
        BAD(score_min, NAN),
        BAD(score_max, -INFINITY),
        BAD(score_max, NAN),
    };
    const attune_rule_choice choice = given_choice("drop");
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++) {
        attune_constants c = given_everything();
        attune_error err = ATTUNE_ERROR_INIT;
        c.score_min = 0;
        memcpy((char *)&c + rows[i].offset, &rows[i].value, sizeof rows[i].value);
        assert_int_equal(make(&c, &choice, 1, &err), ATTUNE_E_OPTION);
        assert_int_equal(err.index, 0);
        if (rows[i].offset != offsetof(attune_constants, score_max))
            assert_string_equal(err.key, rows[i].key);
    }
}

static void kinds_and_directions_are_those_of_the_header(void **state)
{
    const attune_rule_choice choice = given_choice("drop");
    const int32_t bad[][2] = { { ATTUNE_CONSTRUCT_OTHER, 0 },
                               { ATTUNE_CONSTRUCT_OTHER, 2 },
                               { -1, ATTUNE_HIGHER_BETTER },
                               { ATTUNE_CONSTRUCT_RUPTURE + 1, ATTUNE_HIGHER_BETTER } };
    (void)state;
    for (size_t i = 0; i < LENGTH(bad); i++) {
        attune_constants c = given_everything();
        c.construct = bad[i][0];
        c.direction = bad[i][1];
        assert_int_equal(make(&c, &choice, 1, NULL), ATTUNE_E_OPTION);
    }
}

static void unknown_constants_are_no_fault(void **state)
{
    attune_constants c = given_constants(ATTUNE_CONSTRUCT_OTHER, NAN, NAN);
    const attune_rule_choice choice = given_choice("own_range");
    (void)state;
    assert_int_equal(make(&c, &choice, 1, NULL), ATTUNE_OK);
    c.reliability = 0; /* nor are those at the end of what can be */
    c.score_min = c.score_max = 5;
    assert_int_equal(make(&c, &choice, 1, NULL), ATTUNE_OK);
}

static void constants_of_a_later_version_are_taken_as_far_as_they_are_known(void **state)
{
    struct {
        attune_constants c;
        uint64_t later[3];
    } large = { .c = given_everything(), .later = { 1, 2, 3 } };
    const double y[] = { 5, 5, 5, 1 };
    const attune_rule_choice choice = given_choice("own_range");
    attune_series series = given_series(y, 4);
    static given_found found;
    attune_watch *watch;
    (void)state;
    large.c.struct_size = sizeof large;
    watch = given_watch_of(&large.c, &choice, 1);
    given_scan(watch, &series, 1, &found);
    assert_int_equal(found.n, 1);
    attune_watch_free(watch);
}

static void nothing_is_freed_for_nothing(void **state)
{
    (void)state;
    attune_watch_free(NULL);
}

/* ---- The order of checks ---- */

typedef struct watch_call {
    const attune_constants *constants;
    const attune_rule_choice *choices;
    size_t n;
    int no_out;
    attune_constants c;
    attune_rule_choice given[3];
    attune_watch *out;
    attune_allocator allocator;
} watch_call;

static void *refuse(void *context, size_t size)
{
    (void)context;
    (void)size;
    return NULL;
}

static void take_back(void *context, void *memory, size_t size)
{
    (void)context;
    (void)memory;
    (void)size;
    fail_msg("nothing was handed out");
}

static void watch_reset(void *call)
{
    watch_call *c = call;
    memset(c, 0, sizeof *c);
    c->c = given_everything();
    c->given[0] = given_choice("drop");
    c->given[1] = given_choice("erosion");
    c->given[2] = given_choice("own_range");
    c->constants = &c->c;
    c->choices = c->given;
    c->n = 3;
}

static attune_status watch_run(void *call, attune_error *err)
{
    watch_call *c = call;
    attune_watch *before = c->out;
    attune_status status =
        attune_watch_new(c->no_out ? NULL : &c->out, c->constants, c->choices, c->n,
                         c->allocator.allocate ? &c->allocator : NULL, err);
    if (status == ATTUNE_OK) {
        attune_watch_free(c->out);
        c->out = before;
    }
    return status;
}

SPOIL(no_out, watch_call, c->no_out = 1)
SPOIL(no_constants, watch_call, c->constants = NULL)
SPOIL(no_choices, watch_call, c->choices = NULL)
SPOIL(size, watch_call, c->c.struct_size = 8)
SPOIL(none, watch_call, c->n = 0)
SPOIL(too_many, watch_call, c->n = ATTUNE_RULESET_MAX + 1)
SPOIL(no_rule, watch_call, c->given[1].rule = NULL)
SPOIL(no_first_rule, watch_call, c->given[0].rule = NULL)
SPOIL(bad_constant, watch_call, c->c.sem = -1)
SPOIL(direction, watch_call, c->c.direction = 0)
SPOIL(bad_param, watch_call, c->given[0].params[0] = NAN)
SPOIL(twice, watch_call, c->given[2] = c->given[1])
SPOIL(no_memory, watch_call, c->allocator = ((attune_allocator) { NULL, refuse, take_back }))

static void the_checks_come_in_the_documented_order(void **state)
{
    static watch_call call;
    const spoiled s = { &call, sizeof call, watch_reset, watch_run };
    const fault faults[] = {
        { "no out", ATTUNE_E_ARGUMENT, no_out },
        { "no constants", ATTUNE_E_ARGUMENT, no_constants },
        { "no choices", ATTUNE_E_ARGUMENT, no_choices },
        { "size", ATTUNE_E_STRUCT_SIZE, size },
        { "none", ATTUNE_E_COUNT, none },
        { "too many", ATTUNE_E_COUNT, too_many },
        { "no rule", ATTUNE_E_ARGUMENT, no_rule },
        { "no first rule", ATTUNE_E_ARGUMENT, no_first_rule },
        { "constant", ATTUNE_E_OPTION, bad_constant },
        { "direction", ATTUNE_E_OPTION, direction },
        { "parameter", ATTUNE_E_OPTION, bad_param },
        { "twice", ATTUNE_E_DUPLICATE, twice },
        { "no memory", ATTUNE_E_MEMORY, no_memory },
    };
    (void)state;
    FAULTS_CHECK(&s, faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_parameter_is_taken_at_its_bounds_and_refused_beyond),
        cmocka_unit_test(what_stands_beyond_the_last_parameter_is_not_looked_at),
        cmocka_unit_test(one_rule_twice_is_a_duplicate),
        cmocka_unit_test(rules_that_remember_more_than_a_course_has_room_for_are_refused),
        cmocka_unit_test(a_rule_that_looks_ahead_cannot_be_run_live),
        cmocka_unit_test(constants_that_cannot_be_are_refused_by_name),
        cmocka_unit_test(kinds_and_directions_are_those_of_the_header),
        cmocka_unit_test(unknown_constants_are_no_fault),
        cmocka_unit_test(constants_of_a_later_version_are_taken_as_far_as_they_are_known),
        cmocka_unit_test(nothing_is_freed_for_nothing),
        cmocka_unit_test(the_checks_come_in_the_documented_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
