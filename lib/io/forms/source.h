/* The bytes of a forms file, handed out as physical lines and checked to be text. */
/* SPDX-License-Identifier: MIT */
#ifndef ATN_IO_FORMS_SOURCE_H
#define ATN_IO_FORMS_SOURCE_H

#include <attune/allocator.h>
#include <attune/status.h>

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define ATN_SOURCE_BLOCK 65536 /* bytes that are asked for at once */
#define ATN_SOURCE_ROOM_MIN 8  /* a UTF-8 character and some */

struct atn_source {
    const attune_allocator *allocator;
    FILE *file;
    char *buffer;
    size_t room, block; /* bytes that the buffer holds; that one read asks for */
    size_t from, to;    /* what of the buffer is read and not handed out */
    size_t searched;    /* up to here there is no line end */
    uint64_t line;      /* of the last piece, from 1 */
    long offset;        /* of buffer[to] in the file */
    int32_t owned;      /* 1: close the file */
    int32_t plain;      /* 1: buffer[from..to) is ASCII without NUL */
    int32_t simple;     /* 1: and without quotes and CR */
    int32_t ended;      /* nothing more in the file */
    int32_t line_ended; /* the last piece ended its line */
};

/* A physical line or, when it does not fit in the buffer, a part of one. */
struct atn_piece {
    const char *text;
    size_t n;          /* 0: end of the file */
    const char *wrong; /* the first byte that is not text; NULL */
    int32_t is_nul;    /* what is wrong is a NUL byte, not the encoding */
};

/* Where a source can go back to. */
struct atn_place {
    long offset;
    uint64_t line;
};

/*
 * Take over an open file. Standard input and what cannot be read twice are first copied into a
 * temporary file. ATTUNE_E_IO, ATTUNE_E_MEMORY; the file is closed by atn_source_close in any case.
 */
attune_status atn_source_open(struct atn_source *source, FILE *file, int owned, size_t block,
                              const attune_allocator *allocator);
void atn_source_close(struct atn_source *source);

/* ATTUNE_OK or ATTUNE_E_IO. The piece lives until the next call. */
attune_status atn_source_next(struct atn_source *source, struct atn_piece *piece);

/* Only after a piece that ended its line. */
struct atn_place atn_source_place(const struct atn_source *source);
attune_status atn_source_go(struct atn_source *source, struct atn_place place);

#endif
