/* One subcommand of attune: a row of the table in main.c and a file that runs it. */
/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLES_COMMAND_H
#define EXAMPLES_COMMAND_H

#include <stddef.h>
#include <stdint.h>

/* What the process says when it ends; frozen. 65 to 70 are those of <sysexits.h>. */
#define CODE_OK 0
#define CODE_FINDINGS 1  /* only with --check */
#define CODE_USAGE 2     /* the command line asks for what cannot be */
#define CODE_DATA 65     /* the data are not as documented; nothing was written */
#define CODE_NO_INPUT 66 /* a file cannot be read */
#define CODE_INTERNAL 70 /* memory, disk, or a fault of ours */

/* Says on stderr that there is no memory; CODE_INTERNAL. */
int no_memory(void);

struct options;

struct command {
    const char *name;
    const char *usage;   /* what stands after the name: "FORMS [options]" */
    const char *summary; /* one line for the list of commands */
    const char *text;    /* the paragraphs of --help, a line each */
    uint64_t takes;      /* TAKES(OPTION_...) | ...: see options.h */
    uint64_t takes_more; /* TAKES_MORE(OPTION_...) | ... */
    size_t operands_min, operands_max;
    int answers;          /* 1: wants the forms' answers, not their scores alone */
    int unknown_measures; /* 1: takes measures that no scale describes without --higher too */
    int (*run)(const struct options *options); /* returns CODE_* */
};

/* The rows, each in the file of its name. */
extern const struct command command_associate;
extern const struct command command_score, command_trend, command_change, command_marks;
extern const struct command command_sudden, command_chart, command_changepoints;
extern const struct command command_response, command_service, command_simulate;
extern const struct command command_raters, command_phases, command_runlength;
extern const struct command command_client, command_caseload;
extern const struct command command_scales, command_rules;

#endif
