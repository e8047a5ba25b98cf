/* The public data sets beside the tree are read whole; skipped, and said, where they are not. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/io/open.h"
#include "tests/unit/near.h"

#include <stdlib.h>
#include <unistd.h>

/* Counted from the same files with Python 3.11: csv.DictReader and float. */
static const struct data_file {
    const char *name;
    uint64_t rows, clients, missing;
    double sum; /* of the scores */
} files[] = {
    { "sgdata.csv", 1118, 43, 122, 21884 }, { "claus_2020.csv", 688, 43, 36, 9575 },
    { "btheb.csv", 500, 100, 120, 6374 },   { "reframed.csv", 3223, 250, 0, 51271.806331664324 },
    { "enrichd.csv", 3524, 279, 0, 37198 },
};

static const char *folder; /* of the data */

struct tally {
    uint64_t rows, clients, missing;
    double sum;
};

static void add_client(struct tally *tally, const attune_client_forms *client)
{
    tally->clients++;
    for (uint64_t i = 0; i < client->count; i++) {
        double score = client->forms[i].total.score;
        tally->rows++;
        tally->missing += isnan(score) ? 1 : 0;
        tally->sum += isnan(score) ? 0 : score;
    }
}

static void check_file(const struct data_file *file)
{
    attune_forms_options options = ATTUNE_FORMS_OPTIONS_INIT;
    attune_client_forms client = { .struct_size = sizeof client };
    attune_forms_info info = { .struct_size = sizeof info };
    attune_error err = ATTUNE_ERROR_INIT;
    struct tally tally = { 0 };
    attune_forms *forms = NULL;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, file->name);
    options.allow_unknown = 1;
    if (attune_forms_new(&forms, path, &options, NULL, &err) != ATTUNE_OK)
        fail_msg("%s: %s", file->name, err.text);
    while (attune_forms_next(forms, &client, &err) == ATTUNE_OK && client.count > 0)
        add_client(&tally, &client);
    attune_forms_describe(forms, &info);
    attune_forms_free(forms);
    if (err.code != ATTUNE_OK)
        fail_msg("%s: line %d: %s", file->name, (int)err.line, err.text);
    assert_int_equal(info.bad, 0);
    assert_int_equal(tally.rows, file->rows - info.bad);
    assert_int_equal(tally.clients, file->clients);
    assert_int_equal(tally.missing, file->missing);
    assert_near(tally.sum, file->sum, 1e-12);
}

static void every_row_of_the_public_data_is_read(void **state)
{
    (void)state;
    if (!folder || access(folder, R_OK) != 0) {
        print_message("no public data beside the tree: SKIPPED\n");
        skip();
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        check_file(&files[i]);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_the_public_data_is_read),
    };
    folder = argc > 1 ? argv[1] : NULL;
    if (!folder || access(folder, R_OK) != 0) {
        puts("no public data beside the tree: SKIPPED");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
