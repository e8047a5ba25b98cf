/* What the files of attune associate share: which forms are compared, and what is said of them. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_ASSOCIATE_H
#define EXAMPLES_ASSOCIATE_H

#include "examples/measure.h"
#include "examples/output.h"

#include <attune/associate.h>

/* The three sides of the question; the last one only with --against. */
enum associate_role { ROLE_ALLIANCE, ROLE_OUTCOME, ROLE_AGAINST, ROLE_COUNT };

struct associate_side {
    const char *option; /* its name on the command line */
    char *id;           /* of the measure; NULL: the only one of its construct, not met yet */
    int32_t rater, construct;
    int32_t wanted, named;         /* named: by its option, and not found in the file */
    const struct measure *measure; /* NULL: no form of it came */
};

/* Forms of a caseload, one row a client and session. */
struct associate_rows {
    uint64_t *starts;
    int32_t *session;
    double *score[ROLE_COUNT];
    size_t clients, rows;
};

/* Reads the file; CODE_*, what is wrong was said. sides: as many as ROLE_COUNT, zeroed at first. */
int associate_read(const struct options *options, struct measures *measures,
                   struct associate_side *sides, struct associate_rows *rows);
void associate_free(struct associate_side *sides, struct associate_rows *rows);

#define ASSOCIATE_TEXT_MAX 1024

/* One plain sentence or two on a part; returns 0 when there is no such part. */
int associate_say(char text[ASSOCIATE_TEXT_MAX], const char *part, const attune_association *found,
                  size_t n, int32_t early);

extern const char associate_caution[];

/* A paragraph for a terminal. CODE_*. */
int associate_paragraph(struct output *output, const struct options *options, const char *text);

/* For people: of each part what it says, then its figures. CODE_*. */
int associate_write(struct output *output, const struct options *options,
                    const attune_association *found, size_t n);

#endif
