/* The content hash of a scale: SHA-256 of its text, as the build step hashes a built-in's file. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/json/hash.h"

#include <sha2.h>

const char *atn_hash(struct atn_arena *arena, const char *text, size_t n)
{
    char *hash = atn_arena_take(arena, SHA256_DIGEST_STRING_LENGTH);
    if (hash)
        SHA256Data((const uint8_t *)text, n, hash);
    return hash;
}
