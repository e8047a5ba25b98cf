/* Reading a forms file for a command: opening, walking, and saying what is wrong with it. */
/* SPDX-License-Identifier: MIT */
#include "examples/input.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct {
    attune_status status;
    int code;
} codes[] = {
    { ATTUNE_E_IO, CODE_NO_INPUT },    { ATTUNE_E_FORMAT, CODE_DATA },
    { ATTUNE_E_VALUE, CODE_DATA },     { ATTUNE_E_UNKNOWN, CODE_DATA },
    { ATTUNE_E_DUPLICATE, CODE_DATA }, { ATTUNE_E_ORDER, CODE_DATA },
    { ATTUNE_E_COUNT, CODE_DATA },     { ATTUNE_E_OPTION, CODE_USAGE },
};

static int code_of(attune_status status)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].status == status)
            return codes[i].code;
    return CODE_INTERNAL;
}

int input_fail(const char *path, const attune_error *err)
{
    fprintf(stderr, "attune: %s", strcmp(path, "-") == 0 ? "stdin" : path);
    if (err->line > 0)
        fprintf(stderr, ":%llu", (unsigned long long)err->line);
    if (err->line > 0 && err->column > 0)
        fprintf(stderr, ":%llu", (unsigned long long)err->column);
    if (err->line > 0 && err->key[0])
        fprintf(stderr, " (%s)", err->key);
    fprintf(stderr, ": %s\n", err->text[0] ? err->text : attune_status_text(err->code));
    return code_of(err->code);
}

int input_open(struct input *input, const struct options *options, int32_t keep_items)
{
    attune_error err = ATTUNE_ERROR_INIT;
    attune_forms_options how = {
        .struct_size = sizeof how,
        .skip_bad = options->skip_bad,
        .keep_items = keep_items,
        .allow_unknown = options->command->unknown_measures || options->higher != 0,
    };
    int code;
    *input = (struct input) { .path = options->operands[0] };
    code = input_scales(&input->scales, options);
    if (code != CODE_OK)
        return code;
    how.scales = input->scales;
    if (attune_forms_new(&input->forms, input->path, &how, NULL, &err) == ATTUNE_OK)
        return CODE_OK;
    attune_scale_set_free(input->scales);
    input->scales = NULL;
    return input_fail(input->path, &err);
}

int input_next(struct input *input, attune_client_forms *client)
{
    attune_error err = ATTUNE_ERROR_INIT;
    *client = (attune_client_forms) { .struct_size = sizeof *client };
    if (attune_forms_next(input->forms, client, &err) == ATTUNE_OK)
        return CODE_OK;
    return input_fail(input->path, &err);
}

static void list_bad(const struct input *input)
{
    size_t n = attune_forms_bad_count(input->forms);
    for (size_t i = 0; i < n; i++) {
        attune_error bad = ATTUNE_ERROR_INIT;
        if (attune_forms_bad(input->forms, i, &bad) == ATTUNE_OK)
            (void)input_fail(input->path, &bad);
    }
    if (n > 0)
        fprintf(stderr, "attune: %zu row%s left out\n", n, n == 1 ? "" : "s");
}

int input_close(struct input *input)
{
    if (input->forms)
        list_bad(input);
    attune_forms_free(input->forms);
    attune_scale_set_free(input->scales);
    *input = (struct input) { .path = input->path };
    return CODE_OK;
}
