/* The words of the statuses. */
/* SPDX-License-Identifier: MIT */
#include <attune/status.h>

static const char *const status_text[] = {
    "ok",
    "a pointer is NULL that must not be",
    "struct_size is not set",
    "a count or capacity does not fit",
    "an option is out of range",
    "a data value is refused",
    "sessions are out of order",
    "too few sessions",
    "out of memory",
    "the figure cannot be computed",
    "the scale lacks a constant",
    "the text is not of the documented form",
    "unknown id",
    "given twice",
    "the operating system refused to read or write",
    "left out of this build",
    "the scale needs something accepted first",
};

_Static_assert(sizeof status_text / sizeof *status_text == -ATTUNE_STATUS_END,
               "one text for each status");

const char *attune_status_text(attune_status status)
{
    if (status > ATTUNE_OK || status <= ATTUNE_STATUS_END)
        return "unknown status";
    return status_text[-status];
}
