/* The safety items of one form, as answered: the fixed sentence for people, a list for programs. */
/* SPDX-License-Identifier: MIT */
#include "examples/safety.h"

#include "examples/json.h"

#include <attune/report.h>

#include <stdio.h>

#define SENTENCE_MAX 256 /* more than the longest one */

static void emit_entry(struct output *list, const attune_form *form, int32_t item, double answer,
                       const char *sentence, int32_t ascii)
{
    emit_key(list, "client");
    emit_text(list, form->client, ascii);
    output_text(list, ", ");
    emit_key(list, "session");
    emit_real(list, form->session);
    output_text(list, ", ");
    emit_key(list, "measure");
    emit_text(list, form->measure, ascii);
    output_text(list, ", ");
    emit_key(list, "rater");
    emit_text(list, attune_rater_name(form->rater), ascii);
    output_text(list, ", ");
    emit_key(list, "item");
    emit_real(list, item);
    output_text(list, ", ");
    emit_key(list, "answer");
    emit_real(list, answer);
    output_text(list, ", ");
    emit_key(list, "text");
    emit_text(list, sentence, ascii);
}

void safety_say(const attune_form *form, char text[SAFETY_TEXT_MAX], struct output *list,
                size_t *listed, int32_t ascii)
{
    attune_safety_info safety = { .struct_size = sizeof safety };
    char sentence[SENTENCE_MAX];
    size_t used = 0;
    text[0] = '\0';
    if (!form->items)
        return;
    for (size_t i = 0; attune_scale_safety(form->scale, i, &safety) == ATTUNE_OK; i++) {
        double answer = form->items[safety.item - 1];
        size_t n = attune_safety_sentence(form->scale, i, answer, sentence, sizeof sentence);
        if (n > 0 && used + n + 1 < SAFETY_TEXT_MAX)
            used += (size_t)snprintf(text + used, SAFETY_TEXT_MAX - used, "%s%s",
                                     used > 0 ? " " : "", sentence);
        if (n == 0 || !list)
            continue;
        output_text(list, (*listed)++ > 0 ? ",\n{" : "\n{");
        emit_entry(list, form, safety.item, answer, sentence, ascii);
        output_text(list, "}");
    }
}
