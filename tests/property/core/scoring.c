/* Scoring: monotone, in range, the same whatever the order of items and however often turned. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/scale/answers.h"
#include "tests/property/core/random.h"

#define CASES 300 /* forms a scale */

/* The built-in scales that take answers, CASES forms each: how many cases, and whose the k-th is.
 */
static const attune_scale *nth_with_items(size_t n)
{
    for (size_t i = 0; i < attune_scale_count(); i++)
        if (attune_scale_at(i)->info.item_count > 0 && n-- == 0)
            return attune_scale_open(attune_scale_at(i), UINT32_MAX);
    return NULL;
}

static size_t cases(void)
{
    size_t n = 0;
    while (nth_with_items(n))
        n++;
    return n * CASES;
}

static const attune_scale *scale_of(size_t k)
{
    return nth_with_items(k / CASES);
}

static double random_answer(dice *d, const attune_scale *scale, size_t i)
{
    struct atn_range range = atn_range_of(scale, i);
    size_t steps = (size_t)((range.high - range.low) / scale->info.item_step + .5);
    return range.low + (double)dice_below(d, steps + 1) * scale->info.item_step;
}

static void random_form(dice *d, const attune_scale *scale, double missing, double *items)
{
    for (size_t i = 0; i < (size_t)scale->info.item_count; i++)
        items[i] = dice_hit(d, missing) ? (double)NAN : random_answer(d, scale, i);
}

/* Total first, then the subscales. */
typedef struct scored {
    attune_score total, subs[ATTUNE_SUBSCALES_MAX];
} scored;

static scored score(const attune_scale *scale, const double *items)
{
    scored s = { .total = { .struct_size = sizeof s.total } };
    s.subs[0].struct_size = sizeof s.total;
    assert_int_equal(attune_form_score(scale, items, (size_t)scale->info.item_count, &s.total,
                                       s.subs, ATTUNE_SUBSCALES_MAX, NULL),
                     ATTUNE_OK);
    return s;
}

static int is_reversed(const attune_scale *scale, int32_t item)
{
    for (uint32_t i = 0; i < scale->info.reversed_count; i++)
        if (scale->reversed[i] == item)
            return 1;
    return 0;
}

static void totals_and_subscales_stay_in_their_ranges(void **state)
{
    dice d = { 21 };
    (void)state;
    for (size_t k = 0; k < cases(); k++) {
        const attune_scale *scale = scale_of(k);
        const attune_scale_info *info = &scale->info;
        double items[ATTUNE_ITEMS_MAX];
        scored s;
        random_form(&d, scale, .05, items);
        s = score(scale, items);
        assert_true(isnan(s.total.score) ||
                    (s.total.score >= info->score_min && s.total.score <= info->score_max));
        assert_true(isnan(s.total.score) == (s.total.reason != ATTUNE_REASON_NONE));
        for (uint32_t i = 0; i < info->subscale_count; i++)
            assert_true(isnan(s.subs[i].score) ||
                        (s.subs[i].score >= scale->subscales[i].score_min &&
                         s.subs[i].score <= scale->subscales[i].score_max));
    }
}

static void the_ends_of_the_range_are_reached(void **state)
{
    (void)state;
    for (size_t k = 0; k < cases(); k += CASES) {
        const attune_scale *scale = scale_of(k);
        const attune_scale_info *info = &scale->info;
        double low[ATTUNE_ITEMS_MAX], high[ATTUNE_ITEMS_MAX];
        for (int32_t i = 0; i < info->item_count; i++) {
            struct atn_range range = atn_range_of(scale, (size_t)i);
            low[i] = is_reversed(scale, i + 1) ? range.high : range.low;
            high[i] = is_reversed(scale, i + 1) ? range.low : range.high;
        }
        if (info->rule == ATTUNE_RULE_NONE)
            continue;
        assert_same(score(scale, low).total.score, info->score_min);
        assert_same(score(scale, high).total.score, info->score_max);
    }
}

/* One item went up a step: the score follows its key, and the band follows the score. */
static void check_move(int moves, int reversed, int always, const attune_score *before,
                       const attune_score *after)
{
    double rise = (after->score - before->score) * (reversed ? -1 : 1);
    assert_true(isnan(rise) || (moves ? rise >= 0 : rise <= 0 && rise >= 0));
    assert_true(isnan(rise) || !moves || !always || rise > 0);
    assert_true(isnan(rise) || (after->score - before->score) * (after->band - before->band) >= 0);
}

/* Where answers are put at a worth, or only the largest of a group counts, a step may do nothing.
 */
static void check_step(const attune_scale *scale, size_t i, const attune_score *before,
                       const attune_score *after)
{
    attune_item_info item = { .struct_size = sizeof item };
    assert_int_equal(attune_scale_item(scale, i, &item), ATTUNE_OK);
    assert_int_equal(item.reversed, is_reversed(scale, (int32_t)i + 1));
    check_move(item.scored, item.reversed, !scale->values && item.group == 0, before, after);
}

static void check_sub_step(const attune_scale *scale, size_t i, uint32_t s, const scored *before,
                           const scored *after)
{
    const attune_subscale_info *sub = &scale->subscales[s];
    int member = 0;
    for (uint32_t m = 0; m < sub->item_count; m++)
        member |= sub->items[m] == (int32_t)i + 1;
    check_move(member, is_reversed(scale, (int32_t)i + 1), !scale->values, &before->subs[s],
               &after->subs[s]);
}

static void a_higher_answer_never_lowers_the_total_and_a_reversed_one_never_raises_it(void **state)
{
    dice d = { 22 };
    (void)state;
    for (size_t k = 0; k < cases(); k++) {
        const attune_scale *scale = scale_of(k);
        const attune_scale_info *info = &scale->info;
        double items[ATTUNE_ITEMS_MAX];
        size_t i = dice_below(&d, (size_t)info->item_count);
        scored before, after;
        random_form(&d, scale, 0, items);
        if (items[i] + info->item_step > atn_range_of(scale, i).high)
            continue;
        before = score(scale, items);
        items[i] += info->item_step;
        after = score(scale, items);
        check_step(scale, i, &before.total, &after.total);
        for (uint32_t s = 0; s < info->subscale_count; s++)
            check_sub_step(scale, i, s, &before, &after);
    }
}

static void turning_an_item_and_its_answer_changes_nothing(void **state)
{
    dice d = { 23 };
    (void)state;
    for (size_t k = 0; k < cases(); k++) {
        const attune_scale *scale = scale_of(k);
        const attune_scale_info *info = &scale->info;
        struct attune_scale turned = *scale;
        int32_t reversed[ATTUNE_ITEMS_MAX];
        double items[ATTUNE_ITEMS_MAX], back[ATTUNE_ITEMS_MAX];
        turned.info.reversed_count = 0;
        turned.info.safety_count = 0; /* judged as answered, so not the same turned */
        random_form(&d, scale, .02, items);
        for (int32_t i = 0; i < info->item_count; i++) {
            int turn = dice_hit(&d, .5);
            back[i] = turn ? atn_range_of(scale, (size_t)i).low +
                                 atn_range_of(scale, (size_t)i).high - items[i]
                           : items[i];
            if (turn != is_reversed(scale, i + 1))
                reversed[turned.info.reversed_count++] = i + 1;
        }
        turned.reversed = reversed;
        assert_same(score(&turned, back).total.score, score(scale, items).total.score);
    }
}

/* The items of a form in another order, on a scale that lists them so. */
static void the_order_of_the_items_does_not_matter(void **state)
{
    dice d = { 24 };
    (void)state;
    for (size_t k = 0; k < cases(); k++) {
        const attune_scale *scale = scale_of(k);
        const attune_scale_info *info = &scale->info;
        struct attune_scale other = *scale;
        int32_t place[ATTUNE_ITEMS_MAX], reversed[ATTUNE_ITEMS_MAX];
        int32_t members[ATTUNE_SUBSCALES_MAX][ATTUNE_ITEMS_MAX];
        attune_subscale_info subs[ATTUNE_SUBSCALES_MAX];
        attune_safety_info safety[ATTUNE_ITEMS_MAX];
        struct atn_range own[ATTUNE_ITEMS_MAX];
        int32_t scored_items[ATTUNE_ITEMS_MAX], groups[ATTUNE_ITEMS_MAX];
        double items[ATTUNE_ITEMS_MAX], moved[ATTUNE_ITEMS_MAX];
        scored a, b;
        random_form(&d, scale, .02, items);
        for (int32_t i = 0; i < info->item_count; i++)
            place[i] = i;
        for (int32_t i = info->item_count - 1; i > 0; i--) {
            size_t j = dice_below(&d, (size_t)i + 1);
            int32_t kept = place[i];
            place[i] = place[j];
            place[j] = kept;
        }
        for (int32_t i = 0; i < info->item_count; i++) {
            moved[place[i]] = items[i];
            own[place[i]] = atn_range_of(scale, (size_t)i);
            groups[place[i]] = scale->groups ? scale->groups[i] : 0;
        }
        for (int32_t i = 0; i < info->scored_count; i++)
            scored_items[i] = place[scale->scored ? scale->scored[i] - 1 : i] + 1;
        for (uint32_t i = 0; i < info->reversed_count; i++)
            reversed[i] = place[scale->reversed[i] - 1] + 1;
        for (uint32_t i = 0; i < info->safety_count; i++) {
            safety[i] = scale->safety[i];
            safety[i].item = place[scale->safety[i].item - 1] + 1;
        }
        for (uint32_t i = 0; i < info->subscale_count; i++) {
            subs[i] = scale->subscales[i];
            for (uint32_t m = 0; m < subs[i].item_count; m++)
                members[i][m] = place[scale->subscales[i].items[m] - 1] + 1;
            subs[i].items = members[i];
        }
        other.reversed = reversed;
        other.own = scale->own ? own : NULL;
        other.groups = scale->groups ? groups : NULL;
        other.scored = scored_items;
        other.safety = safety;
        other.subscales = subs;
        a = score(scale, items);
        b = score(&other, moved);
        assert_memory_equal(&a.total, &b.total, sizeof a.total);
        assert_memory_equal(a.subs, b.subs, info->subscale_count * sizeof *a.subs);
    }
}

/* Does every item of the total belong to exactly one subscale, and are all of them plain sums? */
static int is_parted(const attune_scale *scale)
{
    int32_t times[ATTUNE_ITEMS_MAX + 1] = { 0 };
    int32_t members = 0;
    if (scale->info.rule != ATTUNE_RULE_SUM || scale->groups || scale->conversions)
        return 0;
    for (uint32_t s = 0; s < scale->info.subscale_count; s++) {
        if (scale->subscales[s].rule != ATTUNE_RULE_SUM)
            return 0;
        for (uint32_t m = 0; m < scale->subscales[s].item_count; m++)
            times[scale->subscales[s].items[m]]++;
    }
    for (int32_t i = 0; i < scale->info.scored_count; i++) {
        if (times[scale->scored ? scale->scored[i] : i + 1] != 1)
            return 0;
        members++;
    }
    for (int32_t i = 1; i <= scale->info.item_count; i++)
        members -= times[i];
    return members == 0;
}

static void sums_of_subscales_that_part_the_items_are_the_total(void **state)
{
    dice d = { 25 };
    size_t parted = 0;
    (void)state;
    for (size_t k = 0; k < cases(); k++) {
        const attune_scale *scale = scale_of(k);
        double items[ATTUNE_ITEMS_MAX], sum = 0;
        scored s;
        if (!is_parted(scale))
            continue;
        parted++;
        random_form(&d, scale, 0, items);
        s = score(scale, items);
        for (uint32_t i = 0; i < scale->info.subscale_count; i++)
            sum += s.subs[i].score;
        assert_near(sum, s.total.score, 1e-9);
    }
    assert_true(parted >= 3 * CASES); /* the WAI family at least */
}

/* A total that items gave, given again as a total, has the same band and is on the grid. */
static void a_computed_total_given_again_is_judged_alike(void **state)
{
    dice d = { 26 };
    (void)state;
    for (size_t k = 0; k < cases(); k++) {
        const attune_scale *scale = scale_of(k);
        double items[ATTUNE_ITEMS_MAX];
        attune_score again = { .struct_size = sizeof again };
        scored s;
        random_form(&d, scale, 0, items);
        s = score(scale, items);
        if (scale->info.rule == ATTUNE_RULE_NONE)
            continue;
        assert_int_equal(attune_total_score(scale, s.total.score, &again, NULL), ATTUNE_OK);
        assert_int_equal(again.band, s.total.band);
        assert_int_equal(again.flags & ATTUNE_SCORE_OFF_STEP, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totals_and_subscales_stay_in_their_ranges),
        cmocka_unit_test(the_ends_of_the_range_are_reached),
        cmocka_unit_test(a_higher_answer_never_lowers_the_total_and_a_reversed_one_never_raises_it),
        cmocka_unit_test(turning_an_item_and_its_answer_changes_nothing),
        cmocka_unit_test(the_order_of_the_items_does_not_matter),
        cmocka_unit_test(sums_of_subscales_that_part_the_items_are_the_total),
        cmocka_unit_test(a_computed_total_given_again_is_judged_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
