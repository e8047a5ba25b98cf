/* Numbers, dates and CSV fields as text. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/text.h>

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void check_number(double value, const char *want)
{
    char text[ATTUNE_NUMBER_TEXT_MAX];
    size_t n = attune_number_text(value, text);
    assert_string_equal(text, want);
    assert_int_equal(n, strlen(want));
}

static void whole_numbers_have_no_exponent_below_1e15(void **state)
{
    (void)state;
    check_number(0, "0");
    check_number(-0.0, "0");
    check_number(27, "27");
    check_number(-8, "-8");
    check_number(999999999, "999999999");
    check_number(1000000000, "1000000000");
    check_number(-999999999999999, "-999999999999999");
    check_number(1e15, "1e+15");
}

/* What Python 3.11 writes for repr of the same doubles, but for the .0 of whole ones. */
static void a_number_is_the_shortest_that_reads_back(void **state)
{
    (void)state;
    check_number(.1, "0.1");
    check_number(4.33, "4.33");
    check_number(1e-5, "1e-05");
    check_number(1.0 / 3, "0.3333333333333333");
    check_number(.1 + .2, "0.30000000000000004");
    check_number(19.0 / 6, "3.1666666666666665");
    check_number(0x1p-44, "5.684341886080802e-14");
    check_number(-0x1p-44, "-5.684341886080802e-14");
    check_number(0x1p+971, "1.99584030953472e+292");
    check_number(0x1p-1000, "9.332636185032189e-302");
    check_number(9007199254740993.0, "9007199254740992");
    check_number(DBL_MAX, "1.7976931348623157e+308");
    check_number(DBL_MIN, "2.2250738585072014e-308");
    check_number(5e-324, "5e-324");
    check_number(1.5e-323, "1.5e-323");
}

static void what_is_not_a_number_has_a_text_too(void **state)
{
    (void)state;
    check_number(NAN, "");
    check_number(INFINITY, "inf");
    check_number(-INFINITY, "-inf");
}

static void every_double_reads_back(void **state)
{
    uint64_t bits = 88172645463325252u; /* xorshift64, Marsaglia 2003, J Stat Softw 8(14) */
    char text[ATTUNE_NUMBER_TEXT_MAX];
    (void)state;
    for (int i = 0; i < 20000; i++) {
        double value;
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        assert_true(attune_number_text(value, text) < ATTUNE_NUMBER_TEXT_MAX);
        assert_same(strtod(text, NULL), value);
    }
}

static void a_comma_locale_changes_nothing(void **state)
{
    static const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "nl_NL.UTF-8" };
    size_t i = 0;
    (void)state;
    while (i < sizeof names / sizeof *names && !setlocale(LC_ALL, names[i]))
        i++;
    if (i == sizeof names / sizeof *names) {
        print_message("no locale with a decimal comma is installed: SKIPPED\n");
        skip();
    }
    check_number(4.5, "4.5");
    check_number(1.0 / 3, "0.3333333333333333");
    setlocale(LC_ALL, "C");
}

static void check_field(const char *field, const char *want)
{
    char text[64];
    size_t need = strlen(want);
    memset(text, '~', sizeof text);
    assert_int_equal(attune_csv_text(field, field ? strlen(field) : 3, text, need), need);
    assert_int_equal(text[0], '~');
    assert_int_equal(attune_csv_text(field, field ? strlen(field) : 3, text, sizeof text), need);
    assert_string_equal(text, want);
    assert_int_equal(text[need + 1], '~');
}

static void a_field_is_quoted_only_when_it_must_be(void **state)
{
    (void)state;
    check_field(NULL, "");
    check_field("", "");
    check_field("phq-9", "phq-9");
    check_field("two words", "two words");
    check_field("a,b", "\"a,b\"");
    check_field("a \"b\"", "\"a \"\"b\"\"\"");
    check_field("a\nb", "\"a\nb\"");
    check_field("a\rb", "\"a\rb\"");
    check_field(" a", "\" a\"");
    check_field("a\t", "\"a\t\"");
    assert_int_equal(attune_csv_text("a,b", 3, NULL, 0), 5);
}

static void check_day(const char *text, double want)
{
    double day = -1;
    if (attune_date_parse(text, &day) != ATTUNE_OK)
        fail_msg("%s is refused", text);
    assert_same(day, want);
}

/* The days are those of Python 3.11: datetime.date(...).toordinal() - 719163. */
static void dates_become_days(void **state)
{
    (void)state;
    check_day("1970-01-01", 0);
    check_day("1969-12-31", -1);
    check_day("2026-03-01", 20513);
    check_day("2024-02-29", 19782);
    check_day("2000-02-29", 11016);
    check_day("1583-01-01", -141349);
    check_day("9999-12-31", 2932896);
    check_day("2026-03-01T00:00", 20513);
    check_day("2026-03-01T23:59:60Z", 20513);
    check_day("2026-03-01T23:59:59.123456-05:30", 20513);
}

static void what_is_not_a_date_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",
        "2026",
        "2026-03",
        "2026-3-1",
        "2026-03-1",
        "26-03-01",
        "2026-02-29",
        "2026-02-30",
        "1900-02-29",
        "2026-04-31",
        "2026-00-01",
        "2026-13-01",
        "2026-01-00",
        "2026-01-32",
        "1582-12-31",
        "20260301",
        "2026/03/01",
        "01.03.2026",
        " 2026-03-01",
        "2026-03-01 ",
        "2026-03-01x",
        "2026-03-01T",
        "2026-03-01T9:30",
        "2026-03-01T24:00",
        "2026-03-01T09:60",
        "2026-03-01T09:30:61",
        "2026-03-01T09:30.5",
        "2026-03-01T09:30:00.",
        "2026-03-01T09:30+1",
        "2026-03-01T09:30+24:00",
        "2026-03-01T09:30Zx",
        "2026-03-01Z",
        "+2026-03-1",
        "2026-03--1",
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        double day = 77;
        if (attune_date_parse(wrong[i], &day) != ATTUNE_E_FORMAT)
            fail_msg("%s is accepted", wrong[i]);
        assert_same(day, 77);
    }
    assert_int_equal(attune_date_parse(NULL, &(double) { 0 }), ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_date_parse("2026-03-01", NULL), ATTUNE_E_ARGUMENT);
}

static void check_date(double day, const char *want)
{
    char text[ATTUNE_DATE_TEXT_MAX];
    assert_int_equal(attune_date_text(day, text), strlen(want));
    assert_string_equal(text, want);
}

static void days_become_dates(void **state)
{
    (void)state;
    check_date(0, "1970-01-01");
    check_date(-.25, "1969-12-31");
    check_date(-1e-9, "1969-12-31");
    check_date(20513.75, "2026-03-01");
    check_date(-141349, "1583-01-01");
    check_date(-141350, "");
    check_date(2932896, "9999-12-31");
    check_date(2932897, "");
    check_date(NAN, "");
    check_date(INFINITY, "");
    check_date(1e300, "");
}

static void every_day_of_four_centuries_reads_back(void **state)
{
    char text[ATTUNE_DATE_TEXT_MAX];
    (void)state;
    for (int i = -73000; i < 73000; i++) {
        attune_date_text(i, text);
        check_day(text, i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_have_no_exponent_below_1e15),
        cmocka_unit_test(a_number_is_the_shortest_that_reads_back),
        cmocka_unit_test(what_is_not_a_number_has_a_text_too),
        cmocka_unit_test(every_double_reads_back),
        cmocka_unit_test(a_comma_locale_changes_nothing),
        cmocka_unit_test(a_field_is_quoted_only_when_it_must_be),
        cmocka_unit_test(dates_become_days),
        cmocka_unit_test(what_is_not_a_date_is_refused),
        cmocka_unit_test(days_become_dates),
        cmocka_unit_test(every_day_of_four_centuries_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
