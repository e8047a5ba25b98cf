/* Why a mark was made, in one sentence with its numbers. */
/* SPDX-License-Identifier: MIT */
#include <attune/report.h>

#include "lib/report/words/message.h"
#include "lib/report/words/number.h"

#include <math.h>
#include <string.h>

#define REASON_MAX                                                                                 \
    1024 /* more than the longest template with every figure and flag at its longest */

/* The sentence of each kind, [0] where lower is worse and [1] where higher is. */
static const atn_message sentences[][2] = {
    [ATTUNE_MARK_DROP] = { ATN_SAY_MARK_LOWER, ATN_SAY_MARK_HIGHER },
    [ATTUNE_MARK_RETURN] = { ATN_SAY_MARK_BACK, ATN_SAY_MARK_BACK_DOWN },
    [ATTUNE_MARK_SHIFT] = { ATN_SAY_MARK_SHIFT, ATN_SAY_MARK_SHIFT },
    [ATTUNE_MARK_EROSION] = { ATN_SAY_MARK_EROSION, ATN_SAY_MARK_EROSION },
    [ATTUNE_MARK_LOW] = { ATN_SAY_MARK_CUTOFF, ATN_SAY_MARK_CUTOFF },
    [ATTUNE_MARK_WORSE] = { ATN_SAY_MARK_WORSE_OVER, ATN_SAY_MARK_WORSE_OVER },
    [ATTUNE_MARK_REPORTED] = { ATN_SAY_MARK_REPORTED, ATN_SAY_MARK_REPORTED },
    [ATTUNE_MARK_BOTTOM] = { ATN_SAY_MARK_BOTTOM, ATN_SAY_MARK_BOTTOM },
    [ATTUNE_MARK_STEP] = { ATN_SAY_MARK_STEP, ATN_SAY_MARK_STEP },
    [ATTUNE_MARK_FALL] = { ATN_SAY_MARK_FALL, ATN_SAY_MARK_FALL },
    [ATTUNE_MARK_OFF_TRACK] = { ATN_SAY_MARK_OFF_TRACK, ATN_SAY_MARK_OFF_TRACK },
    [ATTUNE_MARK_DIVERGENCE] = { ATN_SAY_MARK_DIVERGENCE_LOW, ATN_SAY_MARK_DIVERGENCE_HIGH },
    [ATTUNE_MARK_ORDER] = { ATN_SAY_MARK_ORDER_SAME, ATN_SAY_MARK_ORDER_SAME },
};
#define KINDS ((int32_t)(sizeof sentences / sizeof sentences[0]))

typedef struct flag_words {
    uint32_t flag;
    atn_message with_spread, without;
} flag_words;

static const flag_words flags[] = {
    { ATTUNE_MARK_PROVISIONAL, ATN_SAY_FLAG_PROVISIONAL_SPREAD, ATN_SAY_FLAG_PROVISIONAL },
    { ATTUNE_MARK_EARLY, ATN_SAY_FLAG_EARLY, ATN_SAY_FLAG_EARLY },
    { ATTUNE_MARK_AFTER_GAP, ATN_SAY_FLAG_AFTER_GAP, ATN_SAY_FLAG_AFTER_GAP },
    { ATTUNE_MARK_CEILING, ATN_SAY_FLAG_CEILING, ATN_SAY_FLAG_CEILING },
};

/* The figures of one mark, printed. */
typedef struct figures {
    char observed[ATN_NUMBER_MAX], limit[ATN_NUMBER_MAX], reference[ATN_NUMBER_MAX];
    char spread[ATN_NUMBER_MAX], statistic[ATN_NUMBER_MAX], change[ATN_NUMBER_MAX];
    char threshold[ATN_NUMBER_MAX], sessions[64];
    char low[ATN_NUMBER_MAX], high[ATN_NUMBER_MAX], rare[64];
    char first[ATN_NUMBER_MAX], last[ATN_NUMBER_MAX], lag[64];
} figures;

static void print_sessions(char *text, size_t capacity, int32_t first, int32_t last)
{
    char from[ATN_NUMBER_MAX], to[ATN_NUMBER_MAX];
    atn_place places[] = { { "first", atn_figure(from, first, 0) },
                           { "last", atn_figure(to, last, 0) } };
    atn_message_fill(first == last ? ATN_SAY_SESSION_ONE : ATN_SAY_SESSION_RANGE, 0, places, 2,
                     text, capacity);
}

/* Rules that say what they expected fill this; marks of earlier versions are shorter. */
static int has_expected(const attune_mark *mark)
{
    return mark->kind == ATTUNE_MARK_DROP && mark->struct_size >= offsetof(attune_mark, share) &&
           mark->tail > 0;
}

/* "1 in 40 sessions"; what is rarer than 1 in 1000 is not told apart. */
static void print_rare(char *text, size_t capacity, double tail)
{
    double n = fmin(1 / tail, 1000);
    char figure[ATN_NUMBER_MAX];
    atn_place place = { "n", atn_figure(figure, n, 0) };
    atn_message_fill(n < 1000 ? ATN_SAY_ONE_IN : ATN_SAY_ONE_IN_MANY, 0, &place, 1, text, capacity);
}

static void print_expected(figures *f, const attune_mark *mark, int decimals)
{
    double low = fmin(mark->expected_low, mark->expected_high);
    double high = fmax(mark->expected_low, mark->expected_high);
    atn_figure(f->low, low, atn_decimals_for(low, decimals));
    atn_figure(f->high, high, atn_decimals_for(high, decimals));
    print_rare(f->rare, sizeof f->rare, mark->tail);
}

/* The sessions at which each of two signals left its range, and how far they lie apart. */
static void print_order(figures *f, const attune_mark *mark)
{
    double apart = fabs((double)mark->last_session - mark->first_session);
    char figure[ATN_NUMBER_MAX];
    atn_place place = { "n", atn_figure(figure, apart, 0) };
    atn_figure(f->first, mark->first_session, 0);
    atn_figure(f->last, mark->last_session, 0);
    atn_message_fill(ATN_SAY_SESSIONS_APART, fabs(apart - 1) < .5, &place, 1, f->lag,
                     sizeof f->lag);
}

/* Scores as fine as the scale; finer when the score and its limit would read the same. */
static void print_figures(figures *f, const attune_mark *mark, int decimals)
{
    double threshold = fabs(mark->limit - mark->reference);
    int fine = decimals;
    for (int more = 0; more < 2; more++) {
        atn_figure(f->observed, mark->observed, atn_decimals_for(mark->observed, fine));
        atn_figure(f->limit, mark->limit, atn_decimals_for(mark->limit, fine));
        if (strcmp(f->observed, f->limit) != 0 || fabs(mark->observed - mark->limit) < 1e-9)
            break;
        fine = 2;
    }
    atn_figure(f->reference, mark->reference, atn_decimals_for(mark->reference, fine));
    atn_figure(f->spread, mark->spread, 2);
    atn_figure(f->statistic, mark->statistic, 1);
    atn_number_signed(f->change, mark->observed - mark->reference,
                      atn_decimals_for(mark->observed - mark->reference, fine));
    atn_figure(f->threshold, threshold, atn_decimals_for(threshold, fine));
    print_sessions(f->sessions, sizeof f->sessions, mark->first_session, mark->last_session);
    print_order(f, mark);
    f->low[0] = f->high[0] = f->rare[0] = '\0';
    if (has_expected(mark))
        print_expected(f, mark, fine);
}

/* 1 when the scale's published threshold counts from its own value on. */
static int is_inclusive(const attune_mark *mark, const attune_scale *scale)
{
    attune_constants c = { .struct_size = sizeof c };
    double threshold = fabs(mark->limit - mark->reference);
    if (fabs(fabs(mark->observed - mark->reference) - threshold) < 1e-9)
        return 1; /* a mark at the threshold itself leaves no doubt */
    return scale && attune_scale_constants(scale, &c) == ATTUNE_OK &&
           fabs(c.change_threshold - threshold) < 1e-9 && c.change_bound == ATTUNE_BOUND_INCLUSIVE;
}

static atn_message choose(const attune_mark *mark, const attune_scale *scale)
{
    int up = mark->kind == ATTUNE_MARK_RETURN ? mark->limit > mark->reference
                                              : mark->observed > mark->reference;
    if (mark->kind < 0 || mark->kind >= KINDS)
        return ATN_SAY_MARK_OTHER;
    if (has_expected(mark))
        return up ? ATN_SAY_MARK_EXPECTED_HIGH : ATN_SAY_MARK_EXPECTED_LOW;
    if (mark->kind == ATTUNE_MARK_DROP && mark->first_session == mark->last_session)
        return up ? ATN_SAY_MARK_ROSE : ATN_SAY_MARK_FELL;
    if (mark->kind == ATTUNE_MARK_WORSE && is_inclusive(mark, scale))
        return ATN_SAY_MARK_WORSE;
    if (mark->kind == ATTUNE_MARK_ORDER && mark->first_session != mark->last_session)
        return mark->first_session < mark->last_session ? ATN_SAY_MARK_ORDER_FELL
                                                        : ATN_SAY_MARK_ORDER_ROSE;
    return sentences[mark->kind][up];
}

static size_t append_flags(const attune_mark *mark, char *text, size_t used, size_t capacity)
{
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (mark->flags & flags[i].flag)
            used += atn_message_fill(isnan(mark->spread) ? flags[i].without : flags[i].with_spread,
                                     0, NULL, 0, text + used, capacity - used);
    return used;
}

/* A subscale by the name that its scale gives it, else by its number. */
static void print_signal(char *text, size_t capacity, int32_t signal, const attune_scale *scale)
{
    static const atn_message names[] = {
        [ATTUNE_SIGNAL_CLIENT] = ATN_SAY_SIGNAL_CLIENT,
        [ATTUNE_SIGNAL_THERAPIST] = ATN_SAY_SIGNAL_THERAPIST,
        [ATTUNE_SIGNAL_DISTRESS] = ATN_SAY_SIGNAL_DISTRESS,
        [ATTUNE_SIGNAL_SUBSCALE] = ATN_SAY_SIGNAL_SUBSCALE,
    };
    int32_t subscale = signal - ATTUNE_SIGNAL_SUBSCALE;
    attune_subscale_info info = { .struct_size = sizeof info };
    char number[ATN_NUMBER_MAX];
    atn_place place = { "n", atn_figure(number, subscale + 1, 0) };
    if (subscale >= 0 && scale &&
        attune_scale_subscale(scale, (size_t)subscale, &info) == ATTUNE_OK &&
        strlen(info.id) < capacity)
        memcpy(text, info.id, strlen(info.id) + 1);
    else
        atn_message_fill(names[subscale < 0 ? signal : ATTUNE_SIGNAL_SUBSCALE], 0, &place, 1, text,
                         capacity);
}

/* What each signal brought, and where the client's fall lies. */
static size_t append_shares(const attune_mark *mark, const attune_scale *scale, char *text,
                            size_t used, size_t capacity)
{
    atn_message next = ATN_SAY_SHARE_FIRST;
    if (mark->struct_size < sizeof *mark)
        return used;
    for (int32_t i = 0; i < ATTUNE_SIGNALS; i++) {
        char name[64], percent[ATN_NUMBER_MAX];
        atn_place places[] = { { "signal", name },
                               { "percent", atn_figure(percent, 100 * mark->share[i], 0) } };
        if (i == ATTUNE_SIGNAL_SUBSCALE)
            next = ATN_SAY_SHARE_FALL;
        if (!(mark->signals >> i & 1))
            continue;
        print_signal(name, sizeof name, i, scale);
        used += atn_message_fill(next, 0, places, 2, text + used, capacity - used);
        next = ATN_SAY_SHARE_MORE;
    }
    return used;
}

static int decimals_of(const attune_scale *scale)
{
    attune_scale_info info = { .struct_size = sizeof info };
    if (!scale || attune_scale_describe(scale, &info) != ATTUNE_OK)
        return 0;
    return atn_decimals(info.score_step);
}

size_t attune_mark_reason(const attune_mark *mark, const attune_scale *scale, char *text,
                          size_t capacity)
{
    char sentence[REASON_MAX];
    figures f;
    if (!mark)
        return 0;
    print_figures(&f, mark, decimals_of(scale));
    atn_place places[] = {
        { "observed", f.observed },
        { "limit", f.limit },
        { "reference", f.reference },
        { "spread", f.spread },
        { "statistic", f.statistic },
        { "change", f.change },
        { "threshold", f.threshold },
        { "sessions", f.sessions },
        { "low", f.low },
        { "high", f.high },
        { "rare", f.rare },
        { "first", f.first },
        { "last", f.last },
        { "lag", f.lag },
    };
    size_t length = atn_message_fill(choose(mark, scale), 0, places,
                                     sizeof places / sizeof places[0], sentence, sizeof sentence);
    length = append_shares(mark, scale, sentence, length, sizeof sentence);
    length = append_flags(mark, sentence, length, sizeof sentence);
    if (text && length < capacity)
        memcpy(text, sentence, length + 1);
    return length;
}
