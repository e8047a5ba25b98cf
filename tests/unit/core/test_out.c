/* Handing results out: as much as both sides know, and the caller's size stays. */
/* SPDX-License-Identifier: MIT */
#include "lib/core/base/out.h"

#include "tests/unit/core/given.h"

struct result {
    uint32_t struct_size;
    int32_t old, added;
};

static const struct result ours = { sizeof(struct result), 7, 8 };

static void a_caller_of_our_version_gets_all(void **state)
{
    struct result to = { sizeof to, -1, -1 };
    (void)state;
    atn_give(&to, &ours, sizeof ours);
    assert_memory_equal(&to, &ours, sizeof to);
}

static void an_older_caller_gets_what_it_has_room_for(void **state)
{
    struct result to = { offsetof(struct result, added), -1, -1 };
    (void)state;
    atn_give(&to, &ours, sizeof ours);
    assert_int_equal(to.struct_size, offsetof(struct result, added));
    assert_int_equal(to.old, 7);
    assert_int_equal(to.added, -1);
}

static void a_newer_caller_keeps_what_we_do_not_know(void **state)
{
    struct {
        struct result known;
        int32_t newer;
    } to = { { sizeof to, -1, -1 }, -1 };
    (void)state;
    atn_give(&to, &ours, sizeof ours);
    assert_int_equal(to.known.struct_size, sizeof to);
    assert_int_equal(to.known.added, 8);
    assert_int_equal(to.newer, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_caller_of_our_version_gets_all),
        cmocka_unit_test(an_older_caller_gets_what_it_has_room_for),
        cmocka_unit_test(a_newer_caller_keeps_what_we_do_not_know),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
