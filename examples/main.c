/* attune on the command line: the table of commands, and what stands before any of them. */
/* SPDX-License-Identifier: MIT */
#include "build_parts.h"
#include "examples/command.h"
#include "examples/layout.h"
#include "examples/options.h"
#include "examples/output.h"

#include <attune/version.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct command *const commands[] = {
    &command_score,  &command_trend,        &command_change,    &command_sudden,
    &command_chart,  &command_changepoints, &command_runlength, &command_phases,
    &command_marks,  &command_client,       &command_caseload,  &command_scales,
    &command_rules,  &command_response,     &command_service,   &command_simulate,
    &command_raters, &command_associate,
};

#define COMMAND_COUNT (sizeof commands / sizeof *commands)

/* Planned, so that asking for one is answered plainly. */
static const char *const later[] = {
    "audit", "quality", "fhir", "store", "serve",
};

#define LATER_COUNT (sizeof later / sizeof *later)

static const char *const examples[][2] = {
    { "attune score forms.csv", "score every form" },
    { "attune marks forms.csv", "possible ruptures, each with its numbers" },
    { "attune change forms.csv --csv", "reliable change, for a spreadsheet" },
    { "attune client forms.csv --client C-0192", "one client's report" },
    { "attune scales wai-sr", "what is known of a measure, with sources" },
};

static const struct library {
    const char *name, *text, *licence;
} libraries[] = {
    { "libattune", "scores, change, rules, marks", "MIT" },
    { "libattune-io", "forms and scale files", "MIT" },
    { "libattune-report", "reports", "MIT" },
    { "libattune-stats", "trend, charts, changes, with GSL", "GPL-3.0-or-later" },
};

/* What meson found and linked; the versions are those at build time. */
#define LINKED(name, version, licence) { name, version, licence },
static const struct library linked[] = { BUILD_LIBRARIES(LINKED) };
#undef LINKED

int no_memory(void)
{
    fprintf(stderr, "attune: not enough memory\n");
    return CODE_INTERNAL;
}

static void print_libraries(const struct library *library, size_t n)
{
    for (size_t i = 0; i < n; i++)
        printf("  %-18s %-40s %s\n", library[i].name, library[i].text, library[i].licence);
}

static void print_examples(void)
{
    printf("attune scores questionnaires, session by session, and flags possible alliance "
           "ruptures.\n\n");
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        printf("  %-42s %s\n", examples[i][0], examples[i][1]);
    printf("\n`attune --help` lists all commands, `attune COMMAND --help` explains one.\n");
}

static void print_commands(void)
{
    printf("usage: attune COMMAND [options]\n\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        printf("  %-12s %s\n", commands[i]->name, commands[i]->summary);
    printf("\n`attune COMMAND --help` explains one; `attune --version` says what this build is.\n"
           "Marks are prompts for a conversation: no diagnosis, no risk level, no treatment.\n");
}

static void print_version(void)
{
    printf("attune %s\n\n", attune_version_text());
    print_libraries(libraries, sizeof libraries / sizeof *libraries);
    printf("\nlinked with\n");
    print_libraries(linked, sizeof linked / sizeof *linked);
    printf("\nThis build holds libattune-stats: as a whole it is under " BUILD_LICENCE ".\n"
           "libattune, libattune-io and libattune-report are MIT on their own.\n");
}

/* Each line of the text is a paragraph. */
static void print_help(const struct command *command)
{
    struct output *help = output_new();
    char line[1024];
    if (!help)
        return;
    (void)snprintf(line, sizeof line, "usage: attune %s %s\n\n%s.\n\n", command->name,
                   command->usage, command->summary);
    output_text(help, line);
    for (const char *text = command->text; *text; text += *text == '\n') {
        size_t n = strcspn(text, "\n");
        (void)snprintf(line, sizeof line, "%.*s", (int)n, text);
        layout_paragraph(help, line, 0);
        text += n;
    }
    output_text(help, "\n");
    (void)output_commit(help, NULL);
    output_free(help);
    options_help(command);
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int no_such_command(const char *name)
{
    const char *names[COMMAND_COUNT + 1] = { NULL };
    const char *near;
    for (size_t i = 0; i < LATER_COUNT; i++)
        if (strcmp(later[i], name) == 0) {
            fprintf(stderr, "attune: %s is not part of this version\n", name);
            return CODE_USAGE;
        }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = commands[i]->name;
    near = options_nearest(name, names);
    fprintf(stderr, "attune: no such command");
    if (near)
        fprintf(stderr, "; did you mean `attune %s`?\n", near);
    else
        fprintf(stderr, "; `attune --help` lists them\n");
    return CODE_USAGE;
}

static int run_command(int argc, char **argv)
{
    struct options options;
    const struct command *command = find_command(argv[0]);
    int code;
    if (!command)
        return no_such_command(argv[0]);
    code = options_read(&options, command, argc, argv);
    if (code == CODE_OK && options.help)
        print_help(command);
    else if (code == CODE_OK)
        code = command->run(&options);
    return code;
}

/* With `>&-` a file that we open would become standard output; keep the three numbers taken. */
static void hold_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            (void)open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

static int run(int argc, char **argv)
{
    if (argc < 2)
        print_examples();
    else if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        print_commands();
    else if (strcmp(argv[1], "--version") == 0)
        print_version();
    else if (argv[1][0] == '-') {
        fprintf(stderr, "attune: expected a command; `attune --help` lists them\n");
        return CODE_USAGE;
    } else
        return run_command(argc - 1, argv + 1);
    return CODE_OK;
}

int main(int argc, char **argv)
{
    int code;
    hold_standard_streams();
    signal(SIGPIPE, SIG_IGN);
    code = run(argc, argv);
    if (fflush(stdout) != 0 && code == CODE_OK) {
        if (errno != EPIPE)
            fprintf(stderr, "attune: standard output: cannot be written\n");
        code = CODE_INTERNAL;
    }
    return code;
}
