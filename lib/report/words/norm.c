/* Whose a norm of expected response is: the one place for these words. */
/* SPDX-License-Identifier: MIT */
#include <attune/report.h>

#include "lib/report/words/message.h"
#include "lib/report/words/number.h"

#include <string.h>

#define HASH_SHORT 12 /* digits that tell norm files apart for a reader */

/* The sentence so far. */
typedef struct sentence {
    char text[ATTUNE_NORM_SENTENCE_MAX];
} sentence;

/* "{before}; population: {text}"; nothing where nothing is said. */
static void add(sentence *s, atn_message message, const char *text)
{
    char before[sizeof s->text];
    const atn_place places[] = { { "before", before }, { "text", text } };
    if (!text || !*text)
        return;
    memcpy(before, s->text, sizeof before);
    atn_message_fill(message, 0, places, 2, s->text, sizeof s->text);
}

static void begin(sentence *s, const attune_norm *norm, atn_message message)
{
    const attune_response *r = &norm->response;
    char clients[ATN_NUMBER_MAX], forms[ATN_NUMBER_MAX], first[ATN_NUMBER_MAX];
    char last[ATN_NUMBER_MAX];
    const atn_place places[] = {
        { "name", norm->name },
        { "clients", atn_figure(clients, (double)r->n_clients, 0) },
        { "forms", atn_figure(forms, (double)r->n_forms, 0) },
        { "first", atn_figure(first, r->first_session, 0) },
        { "last", atn_figure(last, r->last_session, 0) },
    };
    atn_message_fill(message, r->n_clients == 1, places, sizeof places / sizeof places[0], s->text,
                     sizeof s->text);
}

static void say_whole(sentence *s, const attune_norm *norm, size_t digits)
{
    char hash[sizeof norm->hash] = "";
    memcpy(hash, norm->hash, digits);
    begin(s, norm,
          attune_time_by_date(norm->response.time) ? ATN_SAY_NORM_DAYS : ATN_SAY_NORM_SESSIONS);
    add(s, ATN_SAY_NORM_WHO, norm->who);
    add(s, norm->who[0] ? ATN_SAY_NORM_AT : ATN_SAY_NORM_AT_ALONE, norm->at);
    add(s, ATN_SAY_NORM_POPULATION, norm->population);
    add(s, ATN_SAY_NORM_HASH, hash);
    add(s, ATN_SAY_NORM_END, ".");
}

static size_t give(const sentence *s, char *text, size_t capacity)
{
    size_t n = strlen(s->text);
    if (text && capacity > n)
        memcpy(text, s->text, n + 1);
    return n;
}

size_t attune_norm_sentence(const attune_norm *norm, int32_t kind, char *text, size_t capacity)
{
    sentence s = { "" };
    if (!norm || kind < ATTUNE_NORM_SHORT || kind > ATTUNE_NORM_WHOLE)
        return 0;
    say_whole(&s, norm, kind == ATTUNE_NORM_SHORT ? HASH_SHORT : sizeof norm->hash - 1);
    return give(&s, text, capacity);
}

size_t attune_norm_reason(const attune_norm *norm, const attune_mark *mark,
                          const attune_scale *scale, char *text, size_t capacity)
{
    sentence beside = { "" }, s = { "" };
    if (!norm || !mark || mark->kind != ATTUNE_MARK_OFF_TRACK)
        return attune_mark_reason(mark, scale, text, capacity);
    attune_mark_reason(mark, scale, s.text, sizeof s.text);
    begin(&beside, norm, ATN_SAY_NORM_BESIDE);
    add(&s, ATN_SAY_NORM_MORE, beside.text);
    return give(&s, text, capacity);
}
