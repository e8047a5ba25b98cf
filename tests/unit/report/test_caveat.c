/* What has to be said of the scales that were used: each kind where it holds, and nowhere else. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/report/given.h"

#include <stdio.h>

#define LICENSED attune_scale_listed("srs")
#define UNCONFIRMED attune_scale_listed("wai-s")
#define PROVISIONAL attune_scale_listed("haq-ii")
#define CONFIRMED attune_scale_listed("phq-9")

static void check(const attune_scale *scale, const attune_constants *constants, int32_t kind,
                  const char *expected)
{
    char text[512] = "";
    size_t n = attune_scale_caveat(scale, constants, kind, text, sizeof text);
    assert_string_equal(text, expected);
    assert_int_equal(n, strlen(expected));
    assert_int_equal(attune_scale_caveat(scale, constants, kind, NULL, 0), n);
}

static void a_scale_is_called_what_its_status_says(void **state)
{
    static const char licensed[] =
        "licensed: used on the statement that its owner's licence is held";
    static const char unconfirmed[] =
        "unconfirmed: its scoring lacks a second source or a second reading";
    static const char provisional[] =
        "provisional: part of what is known of it is derived from published figures";
    (void)state;
    check(LICENSED, NULL, ATTUNE_CAVEAT_LICENSED, licensed);
    check(LICENSED, NULL, ATTUNE_CAVEAT_UNCONFIRMED, "");
    check(LICENSED, NULL, ATTUNE_CAVEAT_PROVISIONAL, "");
    check(UNCONFIRMED, NULL, ATTUNE_CAVEAT_LICENSED, "");
    check(UNCONFIRMED, NULL, ATTUNE_CAVEAT_UNCONFIRMED, unconfirmed);
    check(UNCONFIRMED, NULL, ATTUNE_CAVEAT_PROVISIONAL, "");
    check(PROVISIONAL, NULL, ATTUNE_CAVEAT_LICENSED, "");
    check(PROVISIONAL, NULL, ATTUNE_CAVEAT_UNCONFIRMED, "");
    check(PROVISIONAL, NULL, ATTUNE_CAVEAT_PROVISIONAL, provisional);
    for (int32_t kind = 0; kind <= ATTUNE_CAVEAT_PROVISIONAL; kind++)
        check(CONFIRMED, NULL, kind, "");
    check(attune_scale_find("demo-distress"), NULL, ATTUNE_CAVEAT_DEMONSTRATION,
          "demonstration, not for clinical use");
}

static void constants_are_named_where_they_reach_the_result(void **state)
{
    attune_constants c = { .struct_size = sizeof c };
    (void)state;
    c.unconfirmed = ATTUNE_CONSTANT_CHANGE | ATTUNE_CONSTANT_NORMS;
    c.provisional = ATTUNE_CONSTANT_CHANGE | ATTUNE_CONSTANT_WITHIN_SD;
    c.withheld = ATTUNE_CONSTANT_CUTOFF;
    check(CONFIRMED, &c, ATTUNE_CAVEAT_CONSTANTS_UNCONFIRMED,
          "from one source alone, unconfirmed: the reliable change, the norms");
    check(CONFIRMED, &c, ATTUNE_CAVEAT_CONSTANTS_PROVISIONAL,
          "derived from published figures, provisional: the within-person spread");
    check(CONFIRMED, &c, ATTUNE_CAVEAT_CONSTANTS_WITHHELD,
          "unconfirmed, so not used unless that is accepted: the cut-off");
    for (int32_t kind = ATTUNE_CAVEAT_CONSTANTS_UNCONFIRMED; kind <= ATTUNE_CAVEAT_NORMS; kind++)
        check(CONFIRMED, NULL, kind, "");
}

static void the_set_and_whose_norms_they_are_is_named(void **state)
{
    attune_constants c = { .struct_size = sizeof c, .set = "women" };
    (void)state;
    check(CONFIRMED, &c, ATTUNE_CAVEAT_SET, "constants of the set women");
    check(CONFIRMED, &c, ATTUNE_CAVEAT_NORMS, "");
    c.clinical_population = "a clinic";
    check(CONFIRMED, &c, ATTUNE_CAVEAT_NORMS, "norms: clinical: a clinic");
    c.functional_population = "students";
    check(CONFIRMED, &c, ATTUNE_CAVEAT_NORMS, "norms: functional: students; clinical: a clinic");
    c.clinical_population = NULL;
    check(CONFIRMED, &c, ATTUNE_CAVEAT_NORMS, "norms: functional: students");
    c.struct_size = offsetof(attune_constants, set); /* of an earlier version: no set in it */
    check(CONFIRMED, &c, ATTUNE_CAVEAT_SET, "");
}

static void the_scale_file_is_named_in_full_and_in_short(void **state)
{
    attune_scale_info info = { .struct_size = sizeof info };
    attune_constants c = { .struct_size = sizeof c };
    char whole[128], brief[128];
    (void)state;
    assert_int_equal(attune_scale_describe(CONFIRMED, &info), ATTUNE_OK);
    assert_int_equal(strlen(info.hash), 64);
    (void)snprintf(whole, sizeof whole, "scale file SHA-256 %s", info.hash);
    check(CONFIRMED, NULL, ATTUNE_CAVEAT_HASH, whole);
    (void)snprintf(brief, sizeof brief, "default constants, scale file %.12s", info.hash);
    check(CONFIRMED, &c, ATTUNE_CAVEAT_MADE_WITH, brief);
    c.set = "oxford";
    (void)snprintf(brief, sizeof brief, "constants of the set oxford, scale file %.12s", info.hash);
    check(CONFIRMED, &c, ATTUNE_CAVEAT_MADE_WITH, brief);
}

static void what_is_no_kind_and_what_is_no_scale_has_nothing_to_say(void **state)
{
    (void)state;
    check(CONFIRMED, NULL, -1, "");
    check(CONFIRMED, NULL, ATTUNE_CAVEAT_END, "");
    for (int32_t kind = 0; kind < ATTUNE_CAVEAT_END; kind++)
        check(NULL, NULL, kind, "");
}

static void without_room_only_the_length_comes_out(void **state)
{
    char text[] = "untouched";
    (void)state;
    assert_true(attune_scale_caveat(LICENSED, NULL, ATTUNE_CAVEAT_LICENSED, text, sizeof text) >
                sizeof text);
    assert_string_equal(text, "untouched");
}

/* ---- In the reports ---- */

static given g;

static attune_report_series *give_opened(const char *measure, uint32_t accept)
{
    attune_report_series *series = GIVE(&g, measure, ATTUNE_RATER_CLIENT, 30, 31, 30);
    series->scale = attune_scale_open(attune_scale_listed(measure), accept);
    assert_non_null(series->scale);
    return series;
}

static void a_client_report_names_every_scale_at_its_foot(void **state)
{
    (void)state;
    given_begin(&g, "C-1");
    give_opened("ors", ATTUNE_ACCEPT_LICENSED);
    give_opened("wai-s", ATTUNE_ACCEPT_UNCONFIRMED);
    give_opened("haq-ii", 0);
    GIVE(&g, "home-made", ATTUNE_RATER_CLIENT, 1, 2);
    char *text = given_text(&g, NULL, NULL);
    assert_says(text, "ORS: licensed: used on the statement that its owner's licence is held; ");
    assert_says(text,
                "WAI-S: unconfirmed: its scoring lacks a second source or a second reading; ");
    assert_says(text, "HAq-II: provisional: part of what is known of it is derived from published "
                      "figures; ");
    assert_says(text, "default constants, scale file ");
    assert_silent(text, "home-made: default");
    free(text);
}

static void a_measure_whose_scale_was_not_opened_says_what_it_waits_for(void **state)
{
    (void)state;
    given_begin(&g, "C-1");
    GIVE(&g, "ors", ATTUNE_RATER_CLIENT, 30, 31);
    GIVE(&g, "home-made", ATTUNE_RATER_CLIENT, 1, 2);
    char *text = given_text(&g, NULL, NULL);
    assert_says(text, "The scale of ors waits for a statement,");
    assert_says(text, "No scale describes home-made:");
    free(text);
}

static void a_report_names_the_set_of_constants(void **state)
{
    attune_constants c = { .struct_size = sizeof c };
    (void)state;
    given_begin(&g, "C-1");
    attune_report_series *series = GIVE(&g, "phq-9", ATTUNE_RATER_CLIENT, 20, 11);
    assert_int_equal(
        attune_scale_constants_of(series->scale, "oxford", ATTUNE_ACCEPT_UNCONFIRMED, &c),
        ATTUNE_OK);
    series->constants = &c;
    char *text = given_text(&g, NULL, NULL);
    assert_says(text, "PHQ-9: constants of the set oxford, scale file ");
    free(text);
}

static void a_caseload_names_every_scale_once(void **state)
{
    attune_caseload *caseload = NULL;
    char text[8192];
    (void)state;
    assert_int_equal(attune_caseload_new(&caseload, NULL, NULL, NULL), ATTUNE_OK);
    for (int i = 0; i < 3; i++) {
        char id[] = "C-0";
        id[2] = (char)('2' - i);
        given_begin(&g, id);
        GIVE(&g, "phq-9", ATTUNE_RATER_CLIENT, 20, 11);
        if (i == 1)
            give_opened("ors", ATTUNE_ACCEPT_LICENSED);
        assert_int_equal(attune_caseload_push(caseload, &g.client, NULL), ATTUNE_OK);
    }
    assert_true(attune_caseload_text(caseload, NULL, text, sizeof text) < sizeof text);
    attune_caseload_free(caseload);
    assert_says(text, "ORS: licensed: used on the statement that its owner's licence is held; ");
    char *flat = flattened(text), *once = strstr(flat, "PHQ-9: default constants");
    assert_non_null(once);
    assert_null(strstr(once + 1, "PHQ-9: "));
    assert_true(strstr(flat, "ORS: licensed") < once);
    free(flat);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scale_is_called_what_its_status_says),
        cmocka_unit_test(constants_are_named_where_they_reach_the_result),
        cmocka_unit_test(the_set_and_whose_norms_they_are_is_named),
        cmocka_unit_test(the_scale_file_is_named_in_full_and_in_short),
        cmocka_unit_test(what_is_no_kind_and_what_is_no_scale_has_nothing_to_say),
        cmocka_unit_test(without_room_only_the_length_comes_out),
        cmocka_unit_test(a_client_report_names_every_scale_at_its_foot),
        cmocka_unit_test(a_measure_whose_scale_was_not_opened_says_what_it_waits_for),
        cmocka_unit_test(a_report_names_the_set_of_constants),
        cmocka_unit_test(a_caseload_names_every_scale_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
