/* The content hash of a file: SHA-256 of its text, as the build step hashes a built-in's file. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_JSON_HASH_H
#define ATN_JSON_HASH_H

#include "lib/io/json/arena.h"

/* 64 hexadecimal digits in the arena; NULL when there is no memory. */
const char *atn_hash(struct atn_arena *arena, const char *text, size_t n);

/* The same into the caller's room. */
#define ATN_HASH_ROOM 65
void atn_hash_into(char hash[ATN_HASH_ROOM], const char *text, size_t n);

#endif
