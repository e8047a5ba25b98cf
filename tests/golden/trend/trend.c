/* Every column of a trend against its vectors; a column that no vector touches fails the run. */
/* SPDX-License-Identifier: MIT */
#include "tests/golden/vectors.h"
#include "tests/unit/near.h"

#include <attune/trend.h>

#include <stdio.h>
#include <stdlib.h>

#define ROWS 64

typedef struct tally {
    const attune_field *fields;
    size_t n_fields;
    size_t *touched; /* by field: figures compared, pins left out */
    size_t failures;
} tally;

/* A fit of the vector's rows; NaN figures where it fails. */
static attune_trend fit(json_t *vector)
{
    static double x[ROWS], y[ROWS], work[ROWS * ROWS];
    attune_trend trend = { .struct_size = sizeof trend };
    size_t n = vectors_numbers(json_object_get(vector, "x"), x, ROWS);
    assert_int_equal(vectors_numbers(json_object_get(vector, "y"), y, ROWS), n);
    assert_true(attune_trend_work(n) <= sizeof work);
    assert_int_equal(attune_trend_fit(x, y, n, work, sizeof work, &trend, NULL), ATTUNE_OK);
    return trend;
}

static double figure(const attune_trend *trend, const attune_field *field)
{
    double real;
    int32_t count;
    const char *at = (const char *)trend + field->offset;
    if (field->type == ATTUNE_FIELD_COUNT) {
        memcpy(&count, at, sizeof count);
        return count;
    }
    memcpy(&real, at, sizeof real);
    return real;
}

/* In proportion to the figure itself: a p far in the tail has its digits too. */
static int near_to(double got, double want, double tolerance)
{
    if (isnan(got) || isnan(want))
        return isnan(got) && isnan(want);
    return fabs(got - want) <= tolerance * (fabs(want) > 0 ? fabs(want) : 1);
}

static void compare(json_t *vector, const char *name, int counts, tally *sheet)
{
    attune_trend trend = fit(vector);
    json_t *expect = json_object_get(vector, "expect");
    double tolerance = vectors_number(vector, "tolerance");
    size_t met = 0;
    for (size_t f = 0; f < sheet->n_fields; f++) {
        const attune_field *field = &sheet->fields[f];
        if (!json_object_get(expect, field->name))
            continue;
        double want = vectors_number(expect, field->name), got = figure(&trend, field);
        met++;
        sheet->touched[f] += counts && !isnan(want);
        if (near_to(got, want, tolerance))
            continue;
        sheet->failures++;
        print_error("%s: %s is %.17g, not %.17g\n", name, field->name, got, want);
    }
    assert_int_equal(met, json_object_size(expect)); /* no expectation is of an unknown column */
}

static void visit(const char *name, json_t *file, void *data)
{
    size_t i;
    json_t *vector;
    json_array_foreach(file, i, vector)
    {
        const char *title = json_string_value(json_object_get(vector, "name"));
        compare(vector, title ? title : name, vectors_counts(name, vector), data);
    }
}

static void every_column_agrees_with_its_vectors(void **state)
{
    tally sheet = { 0 };
    size_t untouched = 0;
    sheet.fields = attune_trend_fields(&sheet.n_fields);
    sheet.touched = calloc(sheet.n_fields, sizeof *sheet.touched);
    assert_non_null(sheet.touched);
    vectors_each(*state, visit, &sheet);
    for (size_t f = 0; f < sheet.n_fields; f++) {
        print_message("%-16s %zu\n", sheet.fields[f].name, sheet.touched[f]);
        untouched += sheet.touched[f] == 0;
    }
    free(sheet.touched);
    assert_int_equal(untouched, 0);
    assert_int_equal(sheet.failures, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(every_column_agrees_with_its_vectors, argv[1]),
    };
    return argc == 2 ? cmocka_run_group_tests(tests, NULL, NULL) : 2;
}
