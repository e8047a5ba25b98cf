/* The content hash of a file: SHA-256 of its text, as the build step hashes a built-in's file. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/json/hash.h"

#include <sha2.h>

_Static_assert(ATN_HASH_ROOM == SHA256_DIGEST_STRING_LENGTH, "64 digits and NUL");

const char *atn_hash(struct atn_arena *arena, const char *text, size_t n)
{
    char *hash = atn_arena_take(arena, SHA256_DIGEST_STRING_LENGTH);
    if (hash)
        SHA256Data((const uint8_t *)text, n, hash);
    return hash;
}

void atn_hash_into(char hash[ATN_HASH_ROOM], const char *text, size_t n)
{
    SHA256Data((const uint8_t *)text, n, hash);
}
