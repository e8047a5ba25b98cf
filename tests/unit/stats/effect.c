/* What groups' mean changes amount to: every class in both conventions, cases, refusals. */
/* SPDX-License-Identifier: MIT */
#include <attune/changeeffect.h>

#include "lib/stats/num/student.h"
#include "tests/unit/near.h"

static attune_change_effect_options matters(int32_t direction, double least)
{
    return (attune_change_effect_options) { .struct_size = sizeof(attune_change_effect_options),
                                            .direction = direction,
                                            .improvement = least };
}

/* Differences middle - 1, middle and middle + 1: se 1 / sqrt(3), t of .975 with 2 df 4.3026527: .95
 * sqrt(2 / .0975). */
static attune_change_effect within(const attune_change_effect_options *o, double middle)
{
    const double pre[] = { 3, 9, NAN, 5, 4 };
    const double post[] = { 2 + middle, 9 + middle, 7, 6 + middle, NAN };
    attune_change_effect e = { .struct_size = sizeof e };
    assert_int_equal(attune_change_effect_within(o, pre, post, 5, &e, NULL), ATTUNE_OK);
    assert_int_equal(e.n, 3);
    assert_int_equal(e.n_reference, 0);
    assert_near(e.difference, middle, 1e-14);
    assert_near(e.se, 1 / sqrt(3), 1e-14);
    assert_near(e.high - e.low, 2 * 4.302652729749464 / sqrt(3), 1e-13);
    return e;
}

static void the_interval_s_place_gives_the_class(void **state)
{
    const struct {
        double middle, least;
        int32_t class_, way;
    } cases[] = {
        { 2, 3, ATTUNE_EFFECT_NOT_SIGNIFICANT, 0 }, /* -.48 to 4.48 */
        { 3, 6, ATTUNE_EFFECT_NOT_RELEVANT, 1 },    /* .52 to 5.48 */
        { 3, 5, ATTUNE_EFFECT_NOT_BELOW, 1 },       /* .52 to 5.48 */
        { 5, 5, ATTUNE_EFFECT_PROBABLE, 1 },        /* 2.52 to 7.48 */
        { 5, 2.5, ATTUNE_EFFECT_LARGE, 1 },         /* 2.52 to 7.48 */
        { -3, 6, ATTUNE_EFFECT_NOT_RELEVANT, -1 },  { -3, 5, ATTUNE_EFFECT_NOT_BELOW, -1 },
        { -5, 5, ATTUNE_EFFECT_PROBABLE, -1 },      { -5, 2.5, ATTUNE_EFFECT_LARGE, -1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        attune_change_effect_options up = matters(ATTUNE_HIGHER_BETTER, cases[i].least);
        attune_change_effect_options down = matters(ATTUNE_HIGHER_WORSE, cases[i].least);
        attune_change_effect e = within(&up, cases[i].middle);
        assert_int_equal(e.class_, cases[i].class_);
        assert_int_equal(e.way, cases[i].way);
        e = within(&down, -cases[i].middle); /* turned about, the same */
        assert_int_equal(e.class_, cases[i].class_);
        assert_int_equal(e.way, cases[i].way);
    }
}

static void a_group_that_is_worse_has_a_bound_of_its_own(void **state)
{
    attune_change_effect_options o = matters(ATTUNE_HIGHER_BETTER, 2.5);
    (void)state;
    o.deterioration = 6;
    assert_int_equal(within(&o, -5).class_, ATTUNE_EFFECT_NOT_BELOW);
    assert_int_equal(within(&o, 5).class_, ATTUNE_EFFECT_LARGE);
}

static void the_package_s_cases_leave_gaps(void **state)
{
    attune_change_effect_options up = matters(ATTUNE_HIGHER_BETTER, 3);
    attune_change_effect_options down = matters(ATTUNE_HIGHER_WORSE, 3);
    (void)state;
    up.convention = down.convention = ATTUNE_CHANGE_PACKAGE;
    assert_int_equal(within(&down, -2).class_, ATTUNE_EFFECT_NOT_SIGNIFICANT);
    assert_int_equal(within(&up, 2).class_, ATTUNE_EFFECT_NOT_BELOW);
    assert_int_equal(within(&up, 0).class_, -1); /* -2.48 to 2.48 */
    assert_int_equal(within(&up, 3.5).class_, ATTUNE_EFFECT_PROBABLE);
    assert_int_equal(within(&up, 3).class_, -1); /* the mean on what matters */
    assert_int_equal(within(&up, 6).class_, ATTUNE_EFFECT_LARGE);
    assert_int_equal(within(&up, -6).class_, ATTUNE_EFFECT_NOT_RELEVANT);
    up.improvement = down.improvement = 9;
    assert_int_equal(within(&up, 3).class_, ATTUNE_EFFECT_NOT_RELEVANT);
}

/* R 4.2.2, t.test(c(8, 6, 7, 9), c(5, 4, 6)): 2.5, df 4.8817, .6299 to 4.3701. */
static void two_groups_are_compared_by_welch_s_t(void **state)
{
    const double reference[] = { 5, NAN, 4, 6 }, scores[] = { 8, 6, 7, 9, NAN };
    attune_change_effect_options o = matters(ATTUNE_HIGHER_BETTER, 5);
    attune_change_effect e = { .struct_size = sizeof e };
    (void)state;
    assert_int_equal(attune_change_effect_between(&o, reference, 4, scores, 5, &e, NULL),
                     ATTUNE_OK);
    assert_near(e.difference, 2.5, 1e-15);
    assert_near(e.df, 4.9591836734693873, 1e-13);
    assert_near(e.low, 0.26828851866121212, 1e-12);
    assert_near(e.high, 4.7317114813387873, 1e-12);
    assert_int_equal(e.n, 4);
    assert_int_equal(e.n_reference, 3);
    assert_int_equal(e.class_, ATTUNE_EFFECT_NOT_RELEVANT);
    o.convention = ATTUNE_CHANGE_PACKAGE; /* of two groups it knows the class for either way */
    assert_int_equal(attune_change_effect_between(&o, reference, 4, scores + 1, 2, &e, NULL),
                     ATTUNE_OK);
    assert_int_equal(e.class_, ATTUNE_EFFECT_NOT_SIGNIFICANT);
}

static void cases_1_to_3_are_answered_as_the_header_says(void **state)
{
    const double pre[] = { 1, 2, NAN }, post[] = { 4, 5, 9 }, vast[] = { 1.7e308, -1.7e308, 0 };
    attune_change_effect_options o = matters(ATTUNE_HIGHER_BETTER, 2);
    attune_change_effect e = { .struct_size = sizeof e, .n = 77 };
    (void)state;
    assert_int_equal(attune_change_effect_within(&o, pre, post, 1, &e, NULL), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_change_effect_within(&o, NULL, NULL, 0, &e, NULL), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_change_effect_between(&o, pre, 1, post, 3, &e, NULL), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_change_effect_between(&o, pre, 2, post, 1, &e, NULL), ATTUNE_E_TOO_FEW);
    assert_int_equal(attune_change_effect_within(&o, pre, vast, 3, &e, NULL), ATTUNE_E_NUMERIC);
    assert_int_equal(e.n, 77);
    assert_int_equal(attune_change_effect_within(&o, pre, post, 3, &e, NULL), ATTUNE_OK);
    assert_true(e.se == 0 && e.low == 3 && e.high == 3);
    assert_int_equal(e.class_, ATTUNE_EFFECT_LARGE);
    assert_int_equal(attune_change_effect_between(&o, (const double[]) { 4, 4 }, 2,
                                                  (const double[]) { 5, 5, 5 }, 3, &e, NULL),
                     ATTUNE_OK);
    assert_true(e.se == 0 && e.low == 1);
}

static void calls_are_refused_in_the_order_of_the_header(void **state)
{
    const double ok[] = { 1, 2 }, bad[] = { 1, INFINITY };
    attune_change_effect_options o = matters(0, 2);
    attune_change_effect e = { .struct_size = sizeof e };
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
#define WITHIN(o, a, b, n, e) attune_change_effect_within(o, a, b, n, e, &err)
#define BETWEEN(o, a, m, b, n, e) attune_change_effect_between(o, a, m, b, n, e, &err)
    assert_int_equal(WITHIN(NULL, ok, ok, 2, &e), ATTUNE_E_ARGUMENT);
    assert_int_equal(WITHIN(&o, NULL, ok, 2, &e), ATTUNE_E_ARGUMENT);
    assert_int_equal(WITHIN(&o, ok, NULL, 2, &e), ATTUNE_E_ARGUMENT);
    assert_int_equal(WITHIN(&o, ok, ok, 2, NULL), ATTUNE_E_ARGUMENT);
    assert_int_equal(BETWEEN(&o, ok, 2, NULL, 2, &e), ATTUNE_E_ARGUMENT);
    o.struct_size = e.struct_size = 4;
    assert_int_equal(WITHIN(&o, ok, ok, 2, &e), ATTUNE_E_STRUCT_SIZE);
    o.struct_size = sizeof o;
    assert_int_equal(WITHIN(&o, ok, ok, 2, &e), ATTUNE_E_STRUCT_SIZE);
    e.struct_size = sizeof e;
    assert_int_equal(WITHIN(&o, ok, ok, (size_t)INT32_MAX + 1, &e), ATTUNE_E_COUNT);
    assert_int_equal(BETWEEN(&o, ok, 2, ok, (size_t)INT32_MAX + 1, &e), ATTUNE_E_COUNT);
    assert_int_equal(WITHIN(&o, bad, ok, 2, &e), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "direction");
    o = matters(ATTUNE_HIGHER_WORSE, 0);
    assert_int_equal(WITHIN(&o, bad, ok, 2, &e), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "improvement");
    o.improvement = INFINITY;
    assert_int_equal(WITHIN(&o, bad, ok, 2, &e), ATTUNE_E_OPTION);
    o.improvement = 2;
    o.deterioration = -1;
    assert_int_equal(WITHIN(&o, bad, ok, 2, &e), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "deterioration");
    o.deterioration = NAN;
    o.coverage = 1;
    assert_int_equal(WITHIN(&o, bad, ok, 2, &e), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "coverage");
    o.coverage = -.5;
    assert_int_equal(WITHIN(&o, bad, ok, 2, &e), ATTUNE_E_OPTION);
    o.coverage = NAN;
    o.convention = 2;
    assert_int_equal(WITHIN(&o, bad, ok, 2, &e), ATTUNE_E_OPTION);
    assert_string_equal(err.key, "convention");
    o.convention = 0;
    assert_int_equal(WITHIN(&o, bad, ok, 2, &e), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "pre");
    assert_int_equal(WITHIN(&o, ok, bad, 2, &e), ATTUNE_E_VALUE);
    assert_int_equal(err.index, 1);
    assert_int_equal(BETWEEN(&o, bad, 2, ok, 2, &e), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "reference");
    assert_int_equal(BETWEEN(&o, ok, 2, bad, 2, &e), ATTUNE_E_VALUE);
    assert_string_equal(err.key, "scores");
}

/* R 4.2.2: qt(.5 + level / 2, nu), itself right to 2e-10 by its own pt; closed forms of nu 1 and 2.
 */
static void quantiles_of_t_are_those_of_r_and_of_the_closed_forms(void **state)
{
    const struct {
        double level, nu, t;
    } wants[] = {
        { 0.001, 1.5, 0.0014674169854236858 }, { 0.001, 7.3, 0.0012968437479711702 },
        { 0.001, 30, 0.0012638004606974191 },  { 0.001, 100000, 0.0012533175987274187 },
        { 0.5, 1.5, 0.87259466254157103 },     { 0.5, 7.3, 0.70957302045699133 },
        { 0.5, 30, 0.68275569332129227 },      { 0.5, 100000, 0.6744922035532922 },
        { 0.8, 1.5, 2.1963984175655376 },      { 0.8, 7.3, 1.4089223177480419 },
        { 0.8, 30, 1.3104150253913955 },       { 0.8, 100000, 1.2815600314493614 },
        { 0.95, 1.5, 6.0166631044279288 },     { 0.95, 7.3, 2.3450667365477025 },
        { 0.95, 30, 2.0422724563012378 },      { 0.95, 100000, 1.9599877075346088 },
        { 0.99, 1.5, 17.820310514462797 },     { 0.99, 7.3, 3.4510316556221841 },
        { 0.99, 30, 2.7499956535672254 },      { 0.99, 100000, 2.5758784699083743 },
        { 0.999999, 1.5, 8285.3911942529612 }, { 0.999999, 7.3, 14.883251714643226 },
        { 0.999999, 30, 6.1190756203340673 },  { 0.999999, 100000, 4.8919433406876003 },
    };
    const double levels[] = { .001, .5, .8, .95, .999, .999999 };
    (void)state;
    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
        assert_near(atn_student_quantile(wants[i].level, wants[i].nu) / wants[i].t, 1, 2e-10);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        double out = 1 - levels[i], p = 1 - out / 2;
        double two = (2 * p - 1) * sqrt(2 / (4 * p * (1 - p)));
        assert_near(atn_student_quantile(levels[i], 1) * tan(1.5707963267948966 * out), 1, 1e-9);
        assert_near(atn_student_quantile(levels[i], 2) / two, 1, 1e-9);
    }
    assert_near(atn_student_quantile(.95, 2), 4.302652729749464, 1e-14);
    assert_true(isnan(atn_student_quantile(.95, .5)));
    assert_true(isnan(atn_student_quantile(.95, NAN)));
}

static void an_effect_has_its_columns(void **state)
{
    size_t count;
    const attune_field *fields = attune_change_effect_fields(&count);
    (void)state;
    assert_int_equal(count, 5);
    assert_string_equal(fields[4].names[ATTUNE_EFFECT_LARGE], "large");
    assert_ptr_equal(attune_change_effect_fields(NULL), fields);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_interval_s_place_gives_the_class),
        cmocka_unit_test(a_group_that_is_worse_has_a_bound_of_its_own),
        cmocka_unit_test(the_package_s_cases_leave_gaps),
        cmocka_unit_test(two_groups_are_compared_by_welch_s_t),
        cmocka_unit_test(cases_1_to_3_are_answered_as_the_header_says),
        cmocka_unit_test(calls_are_refused_in_the_order_of_the_header),
        cmocka_unit_test(quantiles_of_t_are_those_of_r_and_of_the_closed_forms),
        cmocka_unit_test(an_effect_has_its_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
