/* What a client's report says, course by course. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/report/given.h"

#define CLIENT ATTUNE_RATER_CLIENT
#define THERAPIST ATTUNE_RATER_THERAPIST

static given g;

static char *text_of(void)
{
    return given_text(&g, NULL, NULL);
}

/* Says `sentence` of one course of distress. */
static void check_distress(const char *measure, const double *scores, size_t n,
                           const char *sentence)
{
    given_begin(&g, "C-1");
    given_add(&g, measure, CLIENT, scores, n);
    char *text = text_of();
    assert_says(text, sentence);
    free(text);
}

#define DISTRESS(measure, sentence, ...)                                                           \
    check_distress(measure, (const double[]) { __VA_ARGS__ },                                      \
                   sizeof((const double[]) { __VA_ARGS__ }) / sizeof(double), sentence)

static void distress_is_before_and_after_with_its_threshold(void **state)
{
    (void)state;
    DISTRESS("core-10",
             "Distress 24 → 15 reliably lower than at the start (−9; 6 or more is beyond "
             "measurement error).",
             24, 20, 15);
    DISTRESS("core-10", "24 → 30 reliably higher than at the start (+6; 6 or more", 24, 30);
    DISTRESS("core-10", "22 → 21 no reliable change so far (−1; 6 or more", 22, 21);
    DISTRESS("core-10", "22 → 22 no reliable change so far (0; 6 or more", 22, 22);
}

static void the_cut_off_is_told_from_where_to_where(void **state)
{
    (void)state;
    DISTRESS("core-10", "Still above the clinical cut-off of 11.", 24, 15);
    DISTRESS("core-10", "Now below the clinical cut-off of 11; above it at the start.", 24, 10);
    DISTRESS("core-10", "Now above the clinical cut-off of 11; below it at the start.", 8, 12);
    DISTRESS("core-10", "Below the clinical cut-off of 11, as at the start.", 8, 9);
    DISTRESS("core-10", "Now at the clinical cut-off of 11.", 24, 11);
    DISTRESS("core-10", "Above the clinical cut-off of 11.", 11, 12);
    DISTRESS("core-10", "Below the clinical cut-off of 11.", 11, 10);
}

static void too_few_forms_are_never_a_blank(void **state)
{
    (void)state;
    DISTRESS("core-10", "Distress Not enough forms to say (0 of 2 needed).", MISSED);
    DISTRESS("core-10",
             "24 at session 1, 01 Sep. Not enough forms to say whether it changed (1 of 2 needed).",
             24);
    DISTRESS("demo-alliance", "Alliance Not enough forms to say (2 of 3 needed).", 5, 5.5);
    DISTRESS("demo-alliance", "Not enough forms to say (no form has a score).", MISSED, MISSED);
}

static void a_missing_session_is_said_and_never_filled_in(void **state)
{
    (void)state;
    DISTRESS("core-10", "Session 2: not completed.", 24, MISSED, 20);
    DISTRESS("core-10", "Sessions 2, 3 and 5: not completed.", 24, MISSED, MISSED, 20, MISSED, 20);
    DISTRESS("core-10", "Sessions 2–4: not completed.", 24, MISSED, MISSED, MISSED, 20);
    DISTRESS("core-10", "distress 24 – 20", 24, MISSED, 20);
}

static void what_a_measure_lacks_is_said(void **state)
{
    (void)state;
    given_begin(&g, "C-1");
    GIVE(&g, "my-scale", CLIENT, 3, 9);
    char *text = text_of();
    assert_says(text, "3 → 9 (+6). No scale describes my-scale: direction, reliable change and "
                      "cut-off are not known; give a scales file.");
    assert_says(text, "direction not known");
    free(text);
}

static void a_measure_of_known_direction_lacks_only_its_constants(void **state)
{
    attune_constants c = { .struct_size = sizeof c };
    (void)state;
    attune_scale_constants(NULL, &c);
    c.direction = ATTUNE_HIGHER_WORSE;
    given_begin(&g, "C-1");
    GIVE(&g, "my-scale", CLIENT, 3, 9)->constants = &c;
    char *text = text_of();
    assert_says(text, "No reliable-change constant for my-scale: give one in a scales file.");
    assert_says(text, "higher = worse");
    free(text);
}

/* The client of the design picture, on the grid of sixths. */
static void give_the_drop(void)
{
    given_begin(&g, "C-0192");
    g.client.clinician = "T-07";
    GIVE(&g, "demo-alliance", CLIENT, 32 / 6., 34 / 6., 34 / 6., 34 / 6., 35 / 6., 34 / 6., 25 / 6.,
         29 / 6., MISSED, 34 / 6.);
    GIVE(&g, "core-10", CLIENT, 24, 23, 21, 22, 19, 18, 20, 17, MISSED, 15);
}

static void a_drop_is_told_with_its_numbers_and_its_return(void **state)
{
    (void)state;
    give_the_drop();
    char *text = text_of();
    assert_says(text, "Alliance Dropped after session 6 (5.7 → 4.2), below this client's usual "
                      "range; back in range at session 10.");
    assert_says(text, "What was happening around session 7? Session 9: not completed.");
    assert_says(text, "▼ rupture_filter/2 Possible rupture (demo-alliance) at session 7, 13 Oct: "
                      "4.2 where 5.1–6.3 was expected from sessions 1–6;");
    assert_says(text, "○ rupture_filter/2 Back in range (demo-alliance) at session 10, 03 Nov:");
    assert_says(text, "9 of 10 sessions have both forms. No mark does not mean no problem.");
    free(text);
}

static void distress_stands_first_whatever_the_order_given(void **state)
{
    (void)state;
    give_the_drop();
    char *text = text_of();
    assert_true(strstr(text, "  Distress") < strstr(text, "  Alliance"));
    assert_says(text, "Client C-0192 10 sessions, 01 Sep – 03 Nov 2026 clinician T-07 · CORE-10 · "
                      "demo-alliance");
    free(text);
}

static void a_drop_that_stays_low_is_told_as_not_back(void **state)
{
    (void)state;
    DISTRESS("demo-alliance", "not back in range by session 8.", 5.5, 5.5, 5.5, 5.5, 5.5, 3.5, 3.5,
             3.5);
    DISTRESS("demo-alliance", "too early to say whether it comes back.", 5.5, 5.5, 5.5, 5.5, 3.5);
}

/* own_range lets a run of low scores become the usual level. */
static void a_level_that_became_usual_is_told(void **state)
{
    static const double scores[] = { 5.5, 5.5, 5.5, 5.5, 5.5, 3.5, 3.5, 3.5, 3.5 };
    attune_report_options options = ATTUNE_REPORT_OPTIONS_INIT;
    attune_rule_choice own;
    (void)state;
    assert_int_equal(attune_rule_choose(attune_rule_find("own_range"), &own), ATTUNE_OK);
    options.choices = &own;
    options.n_choices = 1;
    options.rules = "own_range/1";
    given_begin(&g, "C-1");
    given_add(&g, "demo-alliance", CLIENT, scores, 9);
    char *text = given_text(&g, &options, NULL);
    assert_says(text, "From session 9 on the lower scores count as this client's usual level.");
    free(text);
}

static void earlier_drops_are_named_too(void **state)
{
    (void)state;
    DISTRESS("demo-alliance", "Also marked earlier, at session 5.", 5.5, 5.5, 5.5, 5.5, 3.5, 5.5,
             5.5, 5.5, 5.5, 3.5, 5.5);
}

static void a_course_at_the_top_of_the_scale_is_said_to_be(void **state)
{
    (void)state;
    DISTRESS("demo-alliance",
             "7.0 → 7.0 no drop marked in 4 forms. Every score is at the top of "
             "the scale.",
             7, 7, 7, 7);
}

static void demonstration_measures_say_what_they_are(void **state)
{
    (void)state;
    DISTRESS("demo-distress", "higher = more distress. Demonstration, not for clinical use.", 20,
             15);
    DISTRESS("demo-alliance", "higher = stronger alliance. Demonstration, not for clinical use.", 5,
             5);
}

static void a_provisional_spread_is_named(void **state)
{
    (void)state;
    DISTRESS("wai-sr",
             "WAI-SR: the within-person spread rests on a derived or unconfirmed figure; `attune "
             "scales wai-sr` says which.",
             48, 49, 50);
    DISTRESS("wai-sr",
             "Alliance Dropped after session 4 (49 → 30), below this client's usual range; too "
             "early to say whether it comes back; provisional spread.",
             48, 49, 50, 49, 30);
}

static void two_measures_of_distress_are_both_told_by_name(void **state)
{
    (void)state;
    given_begin(&g, "C-1");
    GIVE(&g, "gad-7", CLIENT, 15, 9);
    GIVE(&g, "phq-9", CLIENT, 11, 18, 19);
    GIVE(&g, "demo-alliance", CLIENT, 5, 5, 5);
    char *text = text_of();
    assert_says(text, "GAD-7 15 → 9 reliably lower than at the start (−6; 4 or more");
    assert_says(text, "PHQ-9 11 → 19 reliably higher than at the start (+8; 6 or more");
    assert_says(text, "▲ reliable_worse/1 Reliably higher than at the start (PHQ-9) at session 2,");
    assert_says(text, "What has been different since session 2?");
    assert_says(text, "3 of 3 sessions have a distress and an alliance form.");
    assert_silent(text, "Distress");
    free(text);
}

static void a_second_rater_stands_below_the_first(void **state)
{
    (void)state;
    given_begin(&g, "C-1");
    GIVE(&g, "wai-sr", CLIENT, 46, 47, 47);
    GIVE(&g, "wai-sr", THERAPIST, 45, 45, 46);
    char *text = text_of();
    assert_says(text, "WAI-SR (client, therapist)");
    assert_non_null(strstr(text, "\n   therapist"));
    assert_says(text, "Alliance 46 → 47");
    assert_silent(text, "45 → 46"); /* in the table only: nothing was marked */
    free(text);
}

static void a_safety_item_stands_first_and_without_a_level(void **state)
{
    (void)state;
    given_begin(&g, "C-1");
    attune_report_series *series = GIVE(&g, "phq-9", CLIENT, 10, 11, 12);
    memset(g.items, 0, sizeof g.items);
    g.items[0][0 * 9 + 8] = 1;
    g.items[0][1 * 9 + 8] = 2;
    series->items = g.items[0];
    series->item_count = 9;
    char *text = text_of(), *flat = flattened(text);
    assert_non_null(strstr(flat, "PHQ-9, session 2, 08 Sep"));
    assert_non_null(strstr(flat, "Item 9 answered 2 (0–3): follow your service's risk protocol."));
    assert_true(strstr(text, "Item 9") < strstr(text, "Distress"));
    assert_non_null(strstr(flat, "at session 1."));
    free(flat);
    free(text);
}

static void answers_that_are_not_known_say_so(void **state)
{
    (void)state;
    given_begin(&g, "C-1");
    GIVE(&g, "phq-9", CLIENT, 10, 11);
    g.forms[0][0].flags = ATTUNE_SCORE_GIVEN;
    char *text = text_of();
    assert_says(text, "totals were given without answers, so its safety item cannot be shown.");
    free(text);
}

static void how_a_score_came_about_is_said(void **state)
{
    (void)state;
    given_begin(&g, "C-1");
    GIVE(&g, "core-10", CLIENT, 10, 12.5, MISSED);
    g.forms[0][0].flags = ATTUNE_SCORE_PRORATED;
    g.forms[0][1].flags = ATTUNE_SCORE_OFF_STEP;
    g.forms[0][2].reason = ATTUNE_REASON_INCOMPLETE;
    char *text = text_of();
    assert_says(text, "CORE-10, session 1: unanswered items stand at the mean of the others.");
    assert_says(text, "CORE-10, session 2: no complete form gives this total; prorated elsewhere?");
    assert_says(text, "CORE-10, session 3: not scored, too many unanswered items.");
    assert_says(text, "distress 10.0 12.5 –");
    free(text);
}

static void a_start_that_is_not_the_first_session_is_said(void **state)
{
    (void)state;
    DISTRESS("core-10", "CORE-10: compared with session 2, the first completed form.", MISSED, 24,
             20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distress_is_before_and_after_with_its_threshold),
        cmocka_unit_test(the_cut_off_is_told_from_where_to_where),
        cmocka_unit_test(too_few_forms_are_never_a_blank),
        cmocka_unit_test(a_missing_session_is_said_and_never_filled_in),
        cmocka_unit_test(what_a_measure_lacks_is_said),
        cmocka_unit_test(a_measure_of_known_direction_lacks_only_its_constants),
        cmocka_unit_test(a_drop_is_told_with_its_numbers_and_its_return),
        cmocka_unit_test(distress_stands_first_whatever_the_order_given),
        cmocka_unit_test(a_drop_that_stays_low_is_told_as_not_back),
        cmocka_unit_test(a_level_that_became_usual_is_told),
        cmocka_unit_test(earlier_drops_are_named_too),
        cmocka_unit_test(a_course_at_the_top_of_the_scale_is_said_to_be),
        cmocka_unit_test(demonstration_measures_say_what_they_are),
        cmocka_unit_test(a_provisional_spread_is_named),
        cmocka_unit_test(two_measures_of_distress_are_both_told_by_name),
        cmocka_unit_test(a_second_rater_stands_below_the_first),
        cmocka_unit_test(a_safety_item_stands_first_and_without_a_level),
        cmocka_unit_test(answers_that_are_not_known_say_so),
        cmocka_unit_test(how_a_score_came_about_is_said),
        cmocka_unit_test(a_start_that_is_not_the_first_session_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
