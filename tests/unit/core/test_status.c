/* Statuses, the caller's error, the sized allocator and the version. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/error.h"
#include "lib/core/base/memory.h"
#include "tests/unit/near.h"

#include <attune/version.h>

#include <stdio.h>
#include <stdlib.h>

static void every_status_has_its_own_words(void **state)
{
    (void)state;
    for (attune_status s = ATTUNE_OK; s > ATTUNE_STATUS_END; s--) {
        assert_string_not_equal(attune_status_text(s), "unknown status");
        for (attune_status other = ATTUNE_OK; other > s; other--)
            assert_string_not_equal(attune_status_text(s), attune_status_text(other));
    }
}

static void any_other_number_is_an_unknown_status(void **state)
{
    (void)state;
    assert_string_equal(attune_status_text(ATTUNE_STATUS_END), "unknown status");
    assert_string_equal(attune_status_text(1), "unknown status");
    assert_string_equal(attune_status_text(INT32_MIN), "unknown status");
    assert_string_equal(attune_status_text(INT32_MAX), "unknown status");
}

static void an_error_is_filled_with_position_key_and_text(void **state)
{
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    err.line = err.column = 7;
    assert_int_equal(atn_fail_at(&err, ATTUNE_E_VALUE, 3, "items", "expected"), ATTUNE_E_VALUE);
    assert_int_equal(err.code, ATTUNE_E_VALUE);
    assert_int_equal(err.index, 3);
    assert_int_equal(err.line, 0);
    assert_int_equal(err.column, 0);
    assert_string_equal(err.key, "items");
    assert_string_equal(err.text, "expected");
}

static void an_error_may_be_declined(void **state)
{
    (void)state;
    assert_int_equal(atn_fail(NULL, ATTUNE_E_IO, "a", "b"), ATTUNE_E_IO);
}

static void an_error_of_unset_size_is_not_touched(void **state)
{
    attune_error err, before;
    (void)state;
    memset(&err, 0x5A, sizeof err);
    err.struct_size = sizeof err - 1;
    before = err;
    assert_int_equal(atn_fail(&err, ATTUNE_E_IO, "a", "b"), ATTUNE_E_IO);
    assert_memory_equal(&err, &before, sizeof err);
}

static void a_text_that_is_too_long_is_cut_and_closed(void **state)
{
    char to[4] = "zzz";
    (void)state;
    atn_copy_text(to, sizeof to, "four");
    assert_string_equal(to, "fou");
    atn_copy_text(to, sizeof to, NULL);
    assert_string_equal(to, "");
}

/* Counts what it hands out and takes back. */
typedef struct ledger {
    size_t out, back;
} ledger;

static void *ledger_allocate(void *context, size_t size)
{
    ((ledger *)context)->out += size;
    return malloc(size);
}

static void ledger_release(void *context, void *memory, size_t size)
{
    ((ledger *)context)->back += size;
    free(memory);
}

static void an_allocator_of_the_callers_is_used_for_both_ways(void **state)
{
    ledger l = { 0, 0 };
    attune_allocator allocator = { &l, ledger_allocate, ledger_release };
    void *memory = atn_allocate(&allocator, 24);
    (void)state;
    assert_non_null(memory);
    atn_release(&allocator, memory, 24);
    atn_release(&allocator, NULL, 24);
    assert_int_equal(l.out, 24);
    assert_int_equal(l.back, 24);
}

static void half_an_allocator_serves_neither_way(void **state)
{
    ledger l = { 0, 0 };
    attune_allocator only_out = { &l, ledger_allocate, NULL };
    attune_allocator only_back = { &l, NULL, ledger_release };
    (void)state;
    atn_release(&only_out, atn_allocate(&only_out, 8), 8);
    atn_release(&only_back, atn_allocate(&only_back, 8), 8);
    atn_release(NULL, atn_allocate(NULL, 8), 8);
    assert_int_equal(l.out, 0);
    assert_int_equal(l.back, 0);
}

static void nothing_is_no_memory_and_a_product_that_overflows_is_nothing(void **state)
{
    (void)state;
    assert_null(atn_allocate(NULL, 0));
    assert_int_equal(atn_product(3, 8), 24);
    assert_int_equal(atn_product(3, 0), 0);
    assert_int_equal(atn_product(SIZE_MAX / 8, 8), SIZE_MAX / 8 * 8);
    assert_int_equal(atn_product(SIZE_MAX / 8 + 1, 8), 0);
}

static void the_version_is_that_of_the_header(void **state)
{
    char text[32];
    (void)state;
    snprintf(text, sizeof text, "%d.%d.%d", ATTUNE_VERSION_MAJOR, ATTUNE_VERSION_MINOR,
             ATTUNE_VERSION_PATCH);
    assert_string_equal(attune_version_text(), text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_its_own_words),
        cmocka_unit_test(any_other_number_is_an_unknown_status),
        cmocka_unit_test(an_error_is_filled_with_position_key_and_text),
        cmocka_unit_test(an_error_may_be_declined),
        cmocka_unit_test(an_error_of_unset_size_is_not_touched),
        cmocka_unit_test(a_text_that_is_too_long_is_cut_and_closed),
        cmocka_unit_test(an_allocator_of_the_callers_is_used_for_both_ways),
        cmocka_unit_test(half_an_allocator_serves_neither_way),
        cmocka_unit_test(nothing_is_no_memory_and_a_product_that_overflows_is_nothing),
        cmocka_unit_test(the_version_is_that_of_the_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
