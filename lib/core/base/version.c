/* The version at run time. */
/* SPDX-License-Identifier: MIT */
#include <attune/version.h>

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)

const char *attune_version_text(void)
{
    return TEXT(ATTUNE_VERSION_MAJOR) "." TEXT(ATTUNE_VERSION_MINOR) "." TEXT(ATTUNE_VERSION_PATCH);
}
