/* Forms files that are refused, one a line: the status, the place and the key. */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_UNIT_IO_BAD_FILES_H
#define TESTS_UNIT_IO_BAD_FILES_H

#include <attune/status.h>

#include <stddef.h>

#define HEAD "client,session,date,measure,rater,score,item_1,item_2,item_10\n"
#define GOOD "C1,1,2026-01-05,phq-9,client,7,,,\n"

struct bad_file {
    const char *name, *text;
    size_t n;
    attune_status status;
    uint64_t line, column;
    const char *key;
};

#define BAD(name, text, status, line, column, key)                                                 \
    {                                                                                              \
        name, text, sizeof(text) - 1, status, line, column, key                                    \
    }

static const struct bad_file bad_files[] = {
    BAD("empty", "", ATTUNE_E_FORMAT, 1, 0, ""),
    BAD("only a byte-order mark", "\xEF\xBB\xBF", ATTUNE_E_FORMAT, 1, 0, ""),
    BAD("only blank lines", "\n \r\n\n", ATTUNE_E_FORMAT, 1, 0, ""),
    BAD("no header", "Sekret,1,phq-9,31337\n", ATTUNE_E_FORMAT, 1, 0, "client"),
    BAD("no client column", "session,measure,score\n", ATTUNE_E_FORMAT, 1, 0, "client"),
    BAD("no measure column", "client,session,score\n", ATTUNE_E_FORMAT, 1, 0, "measure"),
    BAD("no session or date", "client,measure,score\n", ATTUNE_E_FORMAT, 1, 0, "session"),
    BAD("no score or items", "client,session,measure\n", ATTUNE_E_FORMAT, 1, 0, "score"),
    BAD("capitals", "Client,session,measure,score\n", ATTUNE_E_FORMAT, 1, 0, "client"),
    BAD("column twice", "\nclient,session,measure,score,session\n", ATTUNE_E_DUPLICATE, 2, 5,
        "session"),
    BAD("item twice", "client,session,measure,item_2,item_2\n", ATTUNE_E_DUPLICATE, 1, 5, "item_2"),
    BAD("item 0", "client,session,measure,item_0\n", ATTUNE_E_FORMAT, 1, 4, "item_0"),
    BAD("item 01", "client,session,measure,item_01\n", ATTUNE_E_FORMAT, 1, 4, "item_0"),
    BAD("item 129", "client,session,measure,item_129\n", ATTUNE_E_FORMAT, 1, 4, "item_0"),
    BAD("broken header", "client,\"session\"x,measure,score\n", ATTUNE_E_FORMAT, 1, 2, ""),
    BAD("header not UTF-8", "client,sess\xE4on,measure,score\n", ATTUNE_E_FORMAT, 1, 2, ""),
    BAD("UTF-16",
        "\xFF\xFE"
        "c\0l\0i\0",
        ATTUNE_E_FORMAT, 1, 1, ""),

    BAD("too few fields", HEAD GOOD "Sekret,2,,phq-9,client,31337\n", ATTUNE_E_FORMAT, 3, 6,
        "score"),
    BAD("too many fields", HEAD GOOD "Sekret,2,,phq-9,client,3,,,,31337\n", ATTUNE_E_FORMAT, 3, 10,
        ""),
    BAD("decimal comma", HEAD GOOD "Sekret,2,,phq-9,client,3,5,,,\n", ATTUNE_E_FORMAT, 3, 10, ""),
    BAD("unclosed quote", HEAD GOOD "\"Sekret,2,,phq-9,client,31337,,,\nC2,1,,phq-9,,3,,,\n",
        ATTUNE_E_FORMAT, 3, 1, "client"),
    BAD("unclosed quote at the end", HEAD GOOD "C2,1,,phq-9,,3,,,\"Sekret", ATTUNE_E_FORMAT, 3, 9,
        "item_10"),
    BAD("stray quote", HEAD GOOD "C1,2,,phq-9,client,3\"1337,,,\n", ATTUNE_E_FORMAT, 3, 6, "score"),
    BAD("two stray quotes", HEAD GOOD "C1,2,,ph\"q-9,\"Sekret,3,,,\nC1,3,,phq-9,,4,,,\n",
        ATTUNE_E_FORMAT, 3, 4, "measure"),
    BAD("text after a quote", HEAD GOOD "C1,2,,\"phq-9\"Sekret,client,3,,,\n", ATTUNE_E_FORMAT, 3,
        4, "measure"),
    BAD("lone CR", HEAD "C1,1,,phq-9,,3,,,\rC1,2,,phq-9,,31337,,,\n", ATTUNE_E_FORMAT, 2, 0, ""),
    BAD("lone CR before a quote", HEAD "C1,1,,phq-9,,3,,,\r\"C1\nC1,2,,phq-9,,3,,,\n",
        ATTUNE_E_FORMAT, 2, 9, "item_10"),
    BAD("NUL byte", HEAD GOOD "C1,2,,phq-9,cli\0nt,3,,,\n", ATTUNE_E_FORMAT, 3, 5, "rater"),
    BAD("NUL byte alone", HEAD GOOD "\0\n", ATTUNE_E_FORMAT, 3, 1, "client"),
    BAD("not UTF-8", HEAD GOOD "Sekret,2,,phq-9,\xC3\x28,3,,,\n", ATTUNE_E_FORMAT, 3, 5, "rater"),
    BAD("cut off UTF-8", HEAD GOOD "Sekret,2,,phq-9,client,3,,,\xE2\x82", ATTUNE_E_FORMAT, 3, 9,
        "item_10"),
    BAD("Latin-1 in a quoted line", HEAD GOOD "C1,\"\n\xE4\",,phq-9,,3,,,\n", ATTUNE_E_FORMAT, 3, 2,
        "session"),

    BAD("no client", HEAD GOOD ",2,,phq-9,client,31337,,,\n", ATTUNE_E_FORMAT, 3, 1, "client"),
    BAD("client NA", HEAD GOOD "NA,2,,phq-9,client,31337,,,\n", ATTUNE_E_FORMAT, 3, 1, "client"),
    BAD("line end in a client", HEAD "\"Sek\nret\",1,,phq-9,,3,,,\n", ATTUNE_E_FORMAT, 2, 1,
        "client"),
    BAD("escape in a client", HEAD "Sekret\x1B[31m,1,,phq-9,,3,,,\n", ATTUNE_E_FORMAT, 2, 1,
        "client"),
    BAD("no measure", HEAD GOOD "Sekret,2,,NA,client,31337,,,\n", ATTUNE_E_FORMAT, 3, 4, "measure"),
    BAD("unknown measure", HEAD GOOD "C1,2,,Sekret,client,31337,,,\n", ATTUNE_E_UNKNOWN, 3, 4,
        "measure"),
    BAD("no session", HEAD GOOD "Sekret,,,phq-9,client,31337,,,\n", ATTUNE_E_FORMAT, 3, 2,
        "session"),
    BAD("no date", "client,date,measure,score\nSekret,NA,phq-9,31337\n", ATTUNE_E_FORMAT, 2, 2,
        "date"),
    BAD("session with a fraction", HEAD "C1,31337.5,,phq-9,,3,,,\n", ATTUNE_E_VALUE, 2, 2,
        "session"),
    BAD("session below 0", HEAD "C1,-31337,,phq-9,,3,,,\n", ATTUNE_E_VALUE, 2, 2, "session"),
    BAD("session too large", HEAD "C1,1000031337,,phq-9,,3,,,\n", ATTUNE_E_VALUE, 2, 2, "session"),
    BAD("session larger than any integer", HEAD "C1,99999999999999999931337,,phq-9,,3,,,\n",
        ATTUNE_E_VALUE, 2, 2, "session"),
    BAD("session a word", HEAD "C1,Sekret,,phq-9,,3,,,\n", ATTUNE_E_VALUE, 2, 2, "session"),
    BAD("30 February", HEAD "C1,1,2026-02-30,phq-9,,31337,,,\n", ATTUNE_E_VALUE, 2, 3, "date"),
    BAD("month 13", HEAD "C1,1,2026-13-01,phq-9,,31337,,,\n", ATTUNE_E_VALUE, 2, 3, "date"),
    BAD("American date", HEAD "C1,1,01/31/2026,phq-9,,31337,,,\n", ATTUNE_E_VALUE, 2, 3, "date"),
    BAD("rater", HEAD "C1,1,,phq-9,Sekret,31337,,,\n", ATTUNE_E_VALUE, 2, 5, "rater"),

    BAD("score infinite", HEAD "Sekret,1,,phq-9,,inf,,,\n", ATTUNE_E_VALUE, 2, 6, "score"),
    BAD("score beyond any double", HEAD "C1,1,,phq-9,,31337e999,,,\n", ATTUNE_E_VALUE, 2, 6,
        "score"),
    BAD("score not a number", HEAD "Sekret,1,,phq-9,,nan,,,\n", ATTUNE_E_VALUE, 2, 6, "score"),
    BAD("score hexadecimal", HEAD "Sekret,1,,phq-9,,0x1p3,,,\n", ATTUNE_E_VALUE, 2, 6, "score"),
    BAD("score a word", HEAD "C1,1,,phq-9,,Sekret,,,\n", ATTUNE_E_VALUE, 2, 6, "score"),
    BAD("score a sign", HEAD "Sekret,1,,phq-9,,-,,,\n", ATTUNE_E_VALUE, 2, 6, "score"),
    BAD("score two numbers", HEAD "C1,1,,phq-9,,3 31337,,,\n", ATTUNE_E_VALUE, 2, 6, "score"),
    BAD("score far above the range", HEAD "C1,1,,phq-9,,31337,,,\n", ATTUNE_E_VALUE, 2, 6, "score"),
    BAD("score far below the range", HEAD "C1,1,,phq-9,,-31337,,,\n", ATTUNE_E_VALUE, 2, 6,
        "score"),
    BAD("score and answers", HEAD "Sekret,1,,phq-9,,3,1,,\n", ATTUNE_E_FORMAT, 2, 6, "score"),
    BAD("answer out of range", HEAD "C1,1,,phq-9,,,1,31337,\n", ATTUNE_E_VALUE, 2, 8, "item_2"),
    BAD("answer between steps", HEAD "Sekret,1,,phq-9,,,1,2.5,\n", ATTUNE_E_VALUE, 2, 8, "item_2"),
    BAD("answer a word", HEAD "C1,1,,phq-9,,,Sekret,,\n", ATTUNE_E_VALUE, 2, 7, "item_1"),
    BAD("answer infinite", HEAD "C1,1,,phq-9,,,1e31337,,\n", ATTUNE_E_VALUE, 2, 7, "item_1"),
    BAD("answer beyond the last item", HEAD "C1,1,,phq-9,,,1,1,31337\n", ATTUNE_E_VALUE, 2, 9,
        "item_10"),
    BAD("form twice", HEAD GOOD "C1,2,,phq-9,,3,,,\nC1,1,,phq-9,,3,,,\n", ATTUNE_E_DUPLICATE, 4, 2,
        "session"),
    BAD("date twice", "client,date,measure,score\nC1,2026-01-01,phq-9,3\nC1,2026-01-01,phq-9,4\n",
        ATTUNE_E_DUPLICATE, 3, 2, "date"),
    BAD("a date alone after sessions", HEAD GOOD "C1,,2026-01-06,phq-9,,3,,,\n", ATTUNE_E_FORMAT, 3,
        2, "session"),
    BAD("a session after dates alone", HEAD "C1,,2026-01-06,phq-9,,3,,,\n" GOOD, ATTUNE_E_FORMAT, 3,
        2, "session"),
};

#define N_BAD (sizeof bad_files / sizeof *bad_files)

#endif
