/* Forms files out of texts: opened at any block size, and written down whole for comparison. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/io/open.h"

#include "tests/unit/near.h"

#include <inttypes.h>
#include <stdlib.h>

attune_status open_text(attune_forms **out, const char *text, size_t n, size_t block,
                        const attune_forms_options *options, const attune_allocator *allocator,
                        attune_error *err)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, n, file), n);
    rewind(file);
    return atn_forms_open(out, file, 1, block, options, allocator, err);
}

attune_status read_all(attune_forms *forms, attune_error *err)
{
    attune_client_forms client = { .struct_size = sizeof client };
    attune_status status;
    do
        status = attune_forms_next(forms, &client, err);
    while (status == ATTUNE_OK && client.count > 0);
    return status;
}

attune_status read_text(const char *text, size_t n, const attune_forms_options *options,
                        attune_error *err)
{
    attune_forms *forms = NULL;
    attune_status status = open_text(&forms, text, n, ATN_SOURCE_BLOCK, options, NULL, err);
    if (status == ATTUNE_OK)
        status = read_all(forms, err);
    attune_forms_free(forms);
    return status;
}

static void write_score(FILE *to, const attune_score *score)
{
    fprintf(to, " [%d: %.17g of %d/%d %d band %d flags %x reason %d]", score->subscale,
            score->score, score->n_answered, score->n_items, score->complete, score->band,
            score->flags, score->reason);
}

static void write_form(FILE *to, const attune_form *form)
{
    attune_scale_info info = { .struct_size = sizeof info };
    fprintf(to, "%" PRIu64 ": %s %s by %s session %d date %s = %.17g, %s", form->line, form->client,
            form->measure, attune_rater_name(form->rater), form->session,
            form->date ? form->date : "none", form->day,
            form->clinician ? form->clinician : "nobody");
    write_score(to, &form->total);
    if (form->scale)
        attune_scale_describe(form->scale, &info);
    for (uint32_t i = 0; form->subscales && i < info.subscale_count; i++)
        write_score(to, &form->subscales[i]);
    for (int32_t i = 0; form->items && i < info.item_count; i++)
        fprintf(to, " %.17g", form->items[i]);
    fprintf(to, "\n");
}

static void write_error(FILE *to, const char *what, const attune_error *err)
{
    fprintf(to, "%s %d at %" PRIu64 ":%" PRIu64 " (%s) %s\n", what, err->code, err->line,
            err->column, err->key, err->text);
}

static attune_status write_clients(FILE *to, attune_forms *forms, attune_error *err)
{
    attune_client_forms client = { .struct_size = sizeof client };
    attune_status status = attune_forms_next(forms, &client, err);
    while (status == ATTUNE_OK && client.count > 0) {
        fprintf(to, "%s\n", client.client);
        for (uint64_t i = 0; i < client.count; i++)
            write_form(to, &client.forms[i]);
        status = attune_forms_next(forms, &client, err);
    }
    return status;
}

static void write_bad(FILE *to, const attune_forms *forms)
{
    attune_forms_info info = { .struct_size = sizeof info };
    attune_error bad = ATTUNE_ERROR_INIT;
    assert_int_equal(attune_forms_describe(forms, &info), ATTUNE_OK);
    for (size_t i = 0; i < attune_forms_bad_count(forms); i++) {
        assert_int_equal(attune_forms_bad(forms, i, &bad), ATTUNE_OK);
        write_error(to, "left out", &bad);
    }
    fprintf(to, "%" PRIu64 " rows, %" PRIu64 " bad, sorted %d\n", info.rows, info.bad, info.sorted);
}

char *write_down(const char *text, size_t n, size_t block, const attune_forms_options *options)
{
    char *written = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&written, &length);
    attune_forms *forms = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    assert_non_null(to);
    if (open_text(&forms, text, n, block, options, NULL, &err) == ATTUNE_OK &&
        write_clients(to, forms, &err) == ATTUNE_OK)
        write_bad(to, forms);
    else
        write_error(to, "ended by", &err);
    attune_forms_free(forms);
    fclose(to);
    return written;
}
