/* Scores one form and watches one alliance course, from outside the tree, with libattune alone. */
/* SPDX-License-Identifier: MIT */
#include <attune/attune.h>

#include <math.h>
#include <stdio.h>

static int score_a_form(void)
{
    const double answers[9] = { 3, 0, 1, 2, 0, 0, 1, 0, 3 };
    attune_score total = { .struct_size = sizeof total };
    attune_error error = ATTUNE_ERROR_INIT;
    const attune_scale *scale = attune_scale_find("phq-9");
    if (attune_form_score(scale, answers, 9, &total, NULL, 0, &error) != ATTUNE_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    printf("PHQ-9: %g, %d of %d items answered\n", total.score, (int)total.n_answered,
           (int)total.n_items);
    return 0;
}

static int watch_a_course(void)
{
    const double scores[16] = { 5.2, 5.4, 5.1, 5.6, 5.8, 5.7, 4.3, 4.2,
                                4.5, 5.9, 6.0, 6.1, 5.9, 6.0, 6.2, 6.1 };
    attune_constants constants = { .struct_size = sizeof constants };
    attune_rule_choice choice;
    attune_watch *watch = NULL;
    attune_monitor *monitor = NULL;
    attune_status status = attune_scale_constants(attune_scale_find("demo-alliance"), &constants);
    if (status == ATTUNE_OK)
        status = attune_rule_choose(attune_rule_find("own_range"), &choice);
    if (status == ATTUNE_OK)
        status = attune_watch_new(&watch, &constants, &choice, 1, NULL, NULL);
    if (status == ATTUNE_OK)
        status = attune_monitor_new(&monitor, watch, NULL, NULL);
    for (int32_t i = 0; status == ATTUNE_OK && i < 16; i++) {
        attune_mark marks[2] = { { .struct_size = sizeof marks[0] } };
        size_t n = 0;
        status = attune_monitor_push(monitor, i + 1, NAN, scores[i], marks, 2, &n, NULL);
        for (size_t k = 0; status == ATTUNE_OK && k < n; k++)
            if (marks[k].kind == ATTUNE_MARK_DROP)
                printf("session %d: possible rupture, %g where %.2f was usual, %.2f spreads\n",
                       (int)marks[k].session, marks[k].observed, marks[k].reference,
                       marks[k].statistic);
    }
    attune_monitor_free(monitor);
    attune_watch_free(watch);
    if (status != ATTUNE_OK)
        fprintf(stderr, "%s\n", attune_status_text(status));
    return status != ATTUNE_OK;
}

int main(void)
{
    return score_a_form() || watch_a_course();
}
