/* The bytes of a forms file, handed out as physical lines and checked to be text. */
/* SPDX-License-Identifier: MIT */
#include "lib/io/forms/source.h"

#include "lib/core/base/memory.h"

#include <string.h>
#include <unistr.h>

static const char byte_order_mark[] = { '\xEF', '\xBB', '\xBF' };

/* 1 when every byte is ASCII and none is NUL: what nearly every line of a forms file is. */
static int is_plain(const char *text, size_t n)
{
    uint64_t high = 0;
    size_t i = 0;
    for (; i + sizeof high <= n; i += sizeof high) {
        uint64_t word;
        memcpy(&word, text + i, sizeof word);
        high |= word;
    }
    for (; i < n; i++)
        high |= (unsigned char)text[i];
    return (high & UINT64_C(0x8080808080808080)) == 0 && !memchr(text, '\0', n);
}

/* Make room behind what is not handed out yet, and read one block. */
static attune_status refill(struct atn_source *source)
{
    size_t kept = source->to - source->from;
    size_t want = source->room - kept;
    size_t got;
    if (source->from > 0 && kept > 0)
        memmove(source->buffer, source->buffer + source->from, kept);
    source->searched -= source->from;
    source->from = 0;
    source->to = kept;
    want = want < source->block ? want : source->block;
    got = fread(source->buffer + kept, 1, want, source->file);
    if (got < want) {
        if (ferror(source->file))
            return ATTUNE_E_IO;
        source->ended = 1;
    }
    source->to += got;
    source->plain = is_plain(source->buffer, source->to);
    source->simple = source->plain && !memchr(source->buffer, '"', source->to) &&
                     !memchr(source->buffer, '\r', source->to);
    source->offset += (long)got;
    return ATTUNE_OK;
}

static char *find_line_end(struct atn_source *source)
{
    char *start = source->buffer + source->searched;
    char *end = memchr(start, '\n', source->to - source->searched);
    source->searched = source->to;
    return end;
}

/* Where text stops to be text; a character cut off at the end of a part is left for the next. */
static void check_piece(struct atn_piece *piece, int part)
{
    const char *nul = memchr(piece->text, '\0', piece->n);
    size_t n = nul ? (size_t)(nul - piece->text) : piece->n;
    const uint8_t *wrong = u8_check((const uint8_t *)piece->text, n);
    if (!wrong) {
        piece->wrong = nul;
        piece->is_nul = nul != NULL;
        return;
    }
    piece->wrong = (const char *)wrong;
    if (part && !nul && piece->n - (size_t)(piece->wrong - piece->text) < 4) {
        piece->n = (size_t)(piece->wrong - piece->text);
        piece->wrong = NULL;
    }
}

attune_status atn_source_next(struct atn_source *source, struct atn_piece *piece)
{
    char *end;
    while (!(end = find_line_end(source)) && !source->ended &&
           source->to - source->from < source->room) {
        attune_status status = refill(source);
        if (status != ATTUNE_OK)
            return status;
    }
    memset(piece, 0, sizeof *piece);
    piece->text = source->buffer + source->from;
    piece->n = end ? (size_t)(end + 1 - piece->text) : source->to - source->from;
    if (!source->plain)
        check_piece(piece, !end && !source->ended);
    if (piece->n > 0 && source->line_ended)
        source->line++;
    source->from += piece->n;
    source->searched = source->from;
    source->line_ended = end != NULL;
    return ATTUNE_OK;
}

struct atn_place atn_source_place(const struct atn_source *source)
{
    struct atn_place place = { source->offset - (long)(source->to - source->from), source->line };
    return place;
}

attune_status atn_source_go(struct atn_source *source, struct atn_place place)
{
    clearerr(source->file);
    if (fseek(source->file, place.offset, SEEK_SET) != 0)
        return ATTUNE_E_IO;
    source->from = source->to = source->searched = 0;
    source->offset = place.offset;
    source->line = place.line;
    source->ended = 0;
    source->line_ended = 1;
    return ATTUNE_OK;
}

/* Copy what is left of a stream into a temporary file, and go on with that. */
static attune_status spool(struct atn_source *source)
{
    FILE *copy = tmpfile();
    attune_status status = copy ? ATTUNE_OK : ATTUNE_E_IO;
    while (status == ATTUNE_OK && !source->ended) {
        source->from = source->to = source->searched = 0;
        status = refill(source);
        if (status == ATTUNE_OK && fwrite(source->buffer, 1, source->to, copy) != source->to)
            status = ATTUNE_E_IO;
    }
    if (status == ATTUNE_OK && fflush(copy) != 0)
        status = ATTUNE_E_IO;
    if (source->owned && source->file)
        fclose(source->file);
    source->file = copy;
    source->owned = 1;
    return status;
}

static attune_status skip_mark(struct atn_source *source, long start)
{
    struct atn_place place = { start, 0 };
    char head[sizeof byte_order_mark];
    attune_status status = atn_source_go(source, place);
    if (status != ATTUNE_OK)
        return status;
    if (fread(head, 1, sizeof head, source->file) == sizeof head &&
        memcmp(head, byte_order_mark, sizeof head) == 0)
        place.offset += (long)sizeof head;
    return ferror(source->file) ? ATTUNE_E_IO : atn_source_go(source, place);
}

attune_status atn_source_open(struct atn_source *source, FILE *file, int owned, size_t block,
                              const attune_allocator *allocator)
{
    long start;
    attune_status status = ATTUNE_OK;
    memset(source, 0, sizeof *source);
    source->allocator = allocator;
    source->file = file;
    source->owned = owned;
    source->block = block;
    source->room = block < ATN_SOURCE_ROOM_MIN ? ATN_SOURCE_ROOM_MIN : block;
    source->buffer = atn_allocate(allocator, source->room);
    if (!source->buffer)
        return ATTUNE_E_MEMORY;
    start = ftell(file);
    if (start < 0 || fseek(file, start, SEEK_SET) != 0) {
        start = 0;
        status = spool(source);
    }
    return status == ATTUNE_OK ? skip_mark(source, start) : status;
}

void atn_source_close(struct atn_source *source)
{
    if (source->file && source->owned)
        fclose(source->file);
    atn_release(source->allocator, source->buffer, source->room);
    memset(source, 0, sizeof *source);
}
