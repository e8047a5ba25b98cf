/* Looking a code's word up in its table. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_SCALE_WORDS_H
#define ATN_SCALE_WORDS_H

#include <stddef.h>
#include <stdint.h>

static inline const char *atn_word(const char *const *words, size_t count, int32_t code)
{
    return code >= 0 && (size_t)code < count ? words[code] : "";
}

#define ATN_WORD(words, code) atn_word(words, sizeof(words) / sizeof *(words), code)

#endif
