/* Every status from OK to the END sentinel has a text of its own, and nothing beyond has one. */
/* SPDX-License-Identifier: MIT */
#include <attune/status.h>

#include <stdio.h>
#include <string.h>

static int wrong(attune_status status, const char *what)
{
    printf("status %d %s\n", (int)status, what);
    return 1;
}

static int check(attune_status status, const char *unknown)
{
    const char *text = attune_status_text(status);
    if (!text || !*text || strcmp(text, unknown) == 0)
        return wrong(status, "has no text");
    for (attune_status other = status + 1; other <= ATTUNE_OK; other++)
        if (strcmp(text, attune_status_text(other)) == 0)
            return wrong(status, "has the text of another");
    return 0;
}

int main(void)
{
    const char *unknown = attune_status_text(1);
    int bad = 0;
    for (attune_status status = ATTUNE_OK; status > ATTUNE_STATUS_END; status--)
        bad += check(status, unknown);
    if (strcmp(attune_status_text(ATTUNE_STATUS_END), unknown) != 0)
        bad += wrong(ATTUNE_STATUS_END, "is the sentinel and has a text");
    if (strcmp(attune_status_text(INT32_MIN), unknown) != 0)
        bad += wrong(INT32_MIN, "is no status and has a text");
    return bad != 0;
}
