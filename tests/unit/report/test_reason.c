/* Why a mark was made: figures made up by hand, one sentence each. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/near.h"

#include <attune/report.h>

#define ALLIANCE attune_scale_find("demo-alliance")

static attune_mark drop(void)
{
    return (attune_mark) { .struct_size = sizeof(attune_mark),
                           .kind = ATTUNE_MARK_DROP,
                           .level = ATTUNE_LEVEL_SEVERE,
                           .session = 7,
                           .first_session = 1,
                           .last_session = 6,
                           .observed = 4.3,
                           .limit = 4.45,
                           .statistic = 3.4737,
                           .reference = 5.52,
                           .spread = 0.3512,
                           .rule = "own_range" };
}

static void check(const attune_mark *mark, const attune_scale *scale, const char *expected)
{
    char text[640] = "";
    size_t length = attune_mark_reason(mark, scale, text, sizeof text);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
}

static void a_drop_says_what_was_usual_and_from_when(void **state)
{
    attune_mark mark = drop();
    (void)state;
    check(&mark, ALLIANCE,
          "4.3 where 5.5 was usual (sessions 1–6, spread 0.35): 3.5 spreads lower; limit 4.5");
}

static void a_rule_that_expected_a_range_says_which_and_how_rare_the_score_is(void **state)
{
    attune_mark mark = drop();
    (void)state;
    mark.rule = "rupture_filter";
    mark.expected_low = 5.06;
    mark.expected_high = 6.11;
    mark.tail = .025;
    check(&mark, ALLIANCE,
          "4.3 where 5.1–6.1 was expected from sessions 1–6; 1 in 40 sessions of a steady course "
          "falls this low; limit 4.5");
    mark.tail = 1e-9;
    check(&mark, ALLIANCE,
          "4.3 where 5.1–6.1 was expected from sessions 1–6; fewer than 1 in 1000 sessions of a "
          "steady course falls this low; limit 4.5");
    mark.tail = .2;
    mark.observed = 21;
    mark.reference = 15;
    mark.limit = 20;
    mark.expected_low = 18.4;
    mark.expected_high = 12.2;
    check(&mark, NULL,
          "21 where 12.2–18.4 was expected from sessions 1–6; 1 in 5 sessions of a steady course "
          "rises this high; limit 20");
    mark.struct_size = offsetof(attune_mark, expected_low);
    check(&mark, NULL,
          "21 where 15 was usual (sessions 1–6, spread 0.35): 3.5 spreads higher; limit 20");
}

static void a_rule_that_joins_signals_says_what_each_brought(void **state)
{
    attune_mark mark = drop();
    (void)state;
    mark.signals =
        1u << ATTUNE_SIGNAL_CLIENT | 1u << ATTUNE_SIGNAL_THERAPIST | 1u << ATTUNE_SIGNAL_DISTRESS;
    mark.share[ATTUNE_SIGNAL_CLIENT] = .784;
    mark.share[ATTUNE_SIGNAL_THERAPIST] = .196;
    mark.share[ATTUNE_SIGNAL_DISTRESS] = -.02;
    check(&mark, ALLIANCE,
          "4.3 where 5.5 was usual (sessions 1–6, spread 0.35): 3.5 spreads lower; limit 4.5; "
          "evidence by client 78 %, therapist 20 %, distress −2 %");
    mark.signals = 1u << ATTUNE_SIGNAL_CLIENT | 3u << ATTUNE_SIGNAL_SUBSCALE;
    mark.share[ATTUNE_SIGNAL_CLIENT] = 1;
    mark.share[ATTUNE_SIGNAL_SUBSCALE] = .25;
    mark.share[ATTUNE_SIGNAL_SUBSCALE + 1] = .75;
    mark.flags = ATTUNE_MARK_EARLY;
    check(&mark, ALLIANCE, /* it has no subscales */
          "4.3 where 5.5 was usual (sessions 1–6, spread 0.35): 3.5 spreads lower; limit 4.5; "
          "evidence by client 100 %; of the fall subscale 1 25 %, subscale 2 75 %; "
          "few sessions so far");
    check(&mark, attune_scale_find("wai-sr"),
          "4.3 where 5.5 was usual (sessions 1–6, spread 0.35): 3.5 spreads lower; limit 4.5; "
          "evidence by client 100 %; of the fall goal 25 %, task 75 %; few sessions so far");
    mark.struct_size = offsetof(attune_mark, share); /* a mark of an earlier version has none */
    check(&mark, NULL,
          "4.3 where 5.5 was usual (sessions 1–6, spread 0.35): 3.5 spreads lower; limit 4.5; "
          "few sessions so far");
}

static void an_order_says_which_signal_left_its_range_first(void **state)
{
    attune_mark mark = drop();
    (void)state;
    mark.kind = ATTUNE_MARK_ORDER;
    mark.first_session = 7;
    mark.last_session = 9;
    check(&mark, ALLIANCE,
          "alliance fell out of its range at session 7, 2 sessions before distress rose out of its "
          "own at session 9 (alliance usual 5.5, limit 4.5)");
    mark.last_session = 6;
    check(&mark, ALLIANCE,
          "distress rose out of its range at session 6, 1 session before alliance fell out of its "
          "own at session 7 (alliance usual 5.5, limit 4.5)");
    mark.last_session = 7;
    check(&mark, ALLIANCE,
          "alliance fell and distress rose out of their ranges at session 7 (alliance usual 5.5, "
          "limit 4.5)");
}

static void a_drop_from_one_session_says_before_and_after(void **state)
{
    attune_mark mark = drop();
    (void)state;
    mark.first_session = mark.last_session = 6;
    mark.reference = 5.7;
    check(&mark, ALLIANCE, "5.7 → 4.3 since session 6: 3.5 spreads lower (spread 0.35); limit 4.5");
}

static void a_measure_on_which_higher_is_worse_rises(void **state)
{
    attune_mark mark = drop();
    (void)state;
    mark.observed = 21;
    mark.reference = 12;
    mark.limit = 18;
    check(&mark, NULL,
          "21 where 12 was usual (sessions 1–6, spread 0.35): 3.5 spreads higher; limit 18");
}

static void a_score_and_a_limit_that_would_read_the_same_get_another_decimal(void **state)
{
    attune_mark mark = drop();
    (void)state;
    mark.observed = 4.42;
    check(&mark, ALLIANCE,
          "4.4 where 5.5 was usual (sessions 1–6, spread 0.35): 3.5 spreads lower; limit 4.5");
    mark.observed = 4.46;
    mark.limit = 4.49;
    check(&mark, ALLIANCE,
          "4.46 where 5.52 was usual (sessions 1–6, spread 0.35): 3.5 spreads lower; limit 4.49");
}

static void flags_are_said_in_words(void **state)
{
    attune_mark mark = drop();
    (void)state;
    mark.flags =
        ATTUNE_MARK_EARLY | ATTUNE_MARK_AFTER_GAP | ATTUNE_MARK_PROVISIONAL | ATTUNE_MARK_CEILING;
    check(&mark, ALLIANCE,
          "4.3 where 5.5 was usual (sessions 1–6, spread 0.35): 3.5 spreads lower; limit 4.5; "
          "provisional spread; few sessions so far; the session before was not completed; earlier "
          "scores stand at the top of the scale");
}

static void a_return_says_what_counts_as_back(void **state)
{
    attune_mark mark = drop();
    (void)state;
    mark.kind = ATTUNE_MARK_RETURN;
    mark.observed = 5.9;
    mark.limit = 5.344;
    check(&mark, ALLIANCE,
          "5.9 where 5.3 or more counts as back in range (usual 5.5, spread 0.35)");
    mark.limit = 5.7;
    check(&mark, ALLIANCE,
          "5.9 where 5.7 or less counts as back in range (usual 5.5, spread 0.35)");
}

static attune_mark worse(void)
{
    return (attune_mark) { .struct_size = sizeof(attune_mark),
                           .kind = ATTUNE_MARK_WORSE,
                           .session = 6,
                           .first_session = 1,
                           .last_session = 1,
                           .observed = 25,
                           .limit = 23,
                           .statistic = 1.33,
                           .reference = 17,
                           .spread = NAN,
                           .rule = "reliable_worse" };
}

static void a_published_threshold_counts_from_its_own_value_on(void **state)
{
    attune_mark mark = worse();
    (void)state;
    check(&mark, attune_scale_find("core-10"),
          "17 → 25 since session 1 (+8; 6 or more is beyond measurement error)");
}

static void a_threshold_of_the_formula_is_strict(void **state)
{
    attune_mark mark = worse();
    (void)state;
    mark.limit = 23.24;
    check(&mark, NULL, "17 → 25 since session 1 (+8; more than 6.2 is beyond measurement error)");
}

static void a_mark_at_the_threshold_itself_says_that_it_counts(void **state)
{
    attune_mark mark = worse();
    (void)state;
    mark.observed = 23;
    check(&mark, NULL, "17 → 23 since session 1 (+6; 6 or more is beyond measurement error)");
}

static void a_constant_of_no_spread_is_called_a_constant(void **state)
{
    attune_mark mark = worse();
    (void)state;
    mark.flags = ATTUNE_MARK_PROVISIONAL;
    check(&mark, attune_scale_find("core-10"),
          "17 → 25 since session 1 (+8; 6 or more is beyond measurement error); "
          "provisional constant");
}

static void a_slide_a_shift_and_a_low_score_have_their_sentences(void **state)
{
    attune_mark mark = drop();
    (void)state;
    mark.kind = ATTUNE_MARK_EROSION;
    mark.last_session = 3;
    check(&mark, ALLIANCE,
          "5.5 (sessions 1–3) → 4.3; shortfalls add up to 3.5 spreads (spread 0.35); limit 4.5");
    mark.kind = ATTUNE_MARK_SHIFT;
    check(&mark, ALLIANCE,
          "5.5 (sessions 1–3) → 4.3: the latest scores are taken as this client's usual level from "
          "here on");
    mark.kind = ATTUNE_MARK_LOW;
    check(&mark, ALLIANCE, "4.3, at or on the worse side of the published cut-off of 4.5");
}

static void a_kind_that_is_not_known_still_gives_its_figures(void **state)
{
    attune_mark mark = drop();
    (void)state;
    mark.kind = 99;
    check(&mark, ALLIANCE, "4.3; limit 4.5");
    mark.kind = -1;
    check(&mark, ALLIANCE, "4.3; limit 4.5");
}

static void the_longest_sentences_fit(void **state)
{
    static const double extremes[] = { -1e12, 1e12, 1e300, -1e300, INFINITY, NAN };
    (void)state;
    for (int32_t kind = -1; kind < 8; kind++)
        for (size_t i = 0; i < sizeof extremes / sizeof *extremes; i++) {
            char text[640];
            attune_mark mark = { .kind = kind,
                                 .flags = UINT32_MAX,
                                 .first_session = INT32_MIN,
                                 .last_session = INT32_MAX,
                                 .observed = extremes[i] / 3,
                                 .limit = extremes[i],
                                 .statistic = extremes[i],
                                 .reference = -extremes[i],
                                 .spread = extremes[i] };
            assert_true(attune_mark_reason(&mark, NULL, text, sizeof text) < sizeof text);
        }
}

static void without_room_only_the_length_comes_out(void **state)
{
    attune_mark mark = worse();
    char text[8] = "old";
    (void)state;
    assert_int_equal(attune_mark_reason(&mark, NULL, NULL, 0),
                     attune_mark_reason(&mark, NULL, text, sizeof text));
    assert_string_equal(text, "old");
    assert_int_equal(attune_mark_reason(NULL, NULL, text, sizeof text), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_drop_says_what_was_usual_and_from_when),
        cmocka_unit_test(a_rule_that_expected_a_range_says_which_and_how_rare_the_score_is),
        cmocka_unit_test(a_rule_that_joins_signals_says_what_each_brought),
        cmocka_unit_test(an_order_says_which_signal_left_its_range_first),
        cmocka_unit_test(a_drop_from_one_session_says_before_and_after),
        cmocka_unit_test(a_measure_on_which_higher_is_worse_rises),
        cmocka_unit_test(a_score_and_a_limit_that_would_read_the_same_get_another_decimal),
        cmocka_unit_test(flags_are_said_in_words),
        cmocka_unit_test(a_return_says_what_counts_as_back),
        cmocka_unit_test(a_published_threshold_counts_from_its_own_value_on),
        cmocka_unit_test(a_threshold_of_the_formula_is_strict),
        cmocka_unit_test(a_mark_at_the_threshold_itself_says_that_it_counts),
        cmocka_unit_test(a_constant_of_no_spread_is_called_a_constant),
        cmocka_unit_test(a_slide_a_shift_and_a_low_score_have_their_sentences),
        cmocka_unit_test(a_kind_that_is_not_known_still_gives_its_figures),
        cmocka_unit_test(the_longest_sentences_fit),
        cmocka_unit_test(without_room_only_the_length_comes_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
