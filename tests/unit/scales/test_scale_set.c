/* What a clinic states: licences, unconfirmed facts, sets of constants, overriding, bases. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/scales/file.h"
#include "tests/unit/scales/same.h"

#include <attune/scalefile.h>
#include <attune/score.h>

static const char licensed[] =
    "{\"id\":\"own\",\"title\":\"Own\",\"rater\":\"client\",\"direction\":\"higher is worse\","
    "\"status\":\"licensed\",\"items\":{\"count\":2,\"min\":0,\"max\":3},"
    "\"scoring\":{\"rule\":\"sum\"},\"cutoffs\":[{\"value\":2,\"status\":\"confirmed\","
    "\"source\":\"S\"},{\"value\":3,\"set\":\"men\",\"status\":\"confirmed\",\"source\":\"S\"}]}";

static attune_scale_set *load(const attune_scale_set_options *options, const char *text)
{
    attune_scale_set *set = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status =
        attune_scale_set_load_with(&set, options, text, text ? strlen(text) : 0, NULL, &err);
    if (status)
        print_error("%s: %s\n", err.key, err.text);
    assert_int_equal(status, ATTUNE_OK);
    return set;
}

static void a_licensed_scale_is_found_only_where_its_licence_is_stated(void **state)
{
    const char *const ids[] = { "own" };
    attune_scale_set_options options = { .struct_size = sizeof options };
    attune_scale_set *without = load(&options, licensed), *with;
    const double items[] = { 1, 2 };
    attune_score total = { .struct_size = sizeof total };
    (void)state;
    options.licences = ids;
    options.licence_count = 1;
    with = load(&options, licensed);
    assert_null(attune_scale_set_find(without, "own"));
    assert_non_null(attune_scale_set_listed(without, "own"));
    assert_int_equal(
        attune_form_score(attune_scale_set_at(without, 0), items, 2, &total, NULL, 0, NULL),
        ATTUNE_E_ACCEPT);
    assert_int_equal(
        attune_form_score(attune_scale_set_find(with, "own"), items, 2, &total, NULL, 0, NULL),
        ATTUNE_OK);
    assert_same(total.score, 3);
    assert_int_equal(total.flags, ATTUNE_SCORE_LICENSED | ATTUNE_SCORE_UNCONFIRMED);
    assert_null(attune_scale_open(attune_scale_set_at(without, 0), ATTUNE_ACCEPT_UNCONFIRMED));
    assert_non_null(attune_scale_open(attune_scale_set_at(without, 0), ATTUNE_ACCEPT_LICENSED));
    attune_scale_set_free(without);
    attune_scale_set_free(with);
}

/* The last set of a chain states; the first holds the scale. */
static void a_set_states_of_its_base_and_frees_it(void **state)
{
    const char *const ids[] = { "own" };
    attune_scale_set_options options = { .struct_size = sizeof options };
    attune_scale_set *set = load(&options, licensed);
    attune_constants c = { .struct_size = sizeof c };
    (void)state;
    options.base = set;
    options.licences = ids;
    options.licence_count = 1;
    options.norms = "men";
    set = load(&options, NULL);
    assert_int_equal(attune_scale_set_count(set), 1);
    assert_non_null(attune_scale_set_at(set, 0));
    assert_null(attune_scale_set_at(set, 1));
    assert_int_equal(attune_scale_constants(attune_scale_set_find(set, "own"), &c), ATTUNE_OK);
    assert_same(c.cutoff, 3);
    assert_string_equal(c.set, "men");
    attune_scale_set_free(set);
}

static void an_id_of_the_base_or_of_a_built_in_is_refused_unless_it_may_override(void **state)
{
    static const char phq[] = "{\"id\":\"phq-9\",\"title\":\"P\",\"rater\":\"client\","
                              "\"direction\":\"higher is worse\",\"score_only\":true,"
                              "\"range\":[0,9]}";
    attune_scale_set_options options = { .struct_size = sizeof options };
    attune_scale_set *base = load(&options, licensed), *set = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
    options.base = base;
    assert_int_equal(
        attune_scale_set_load_with(&set, &options, licensed, strlen(licensed), NULL, &err),
        ATTUNE_E_DUPLICATE);
    assert_string_equal(err.key, "id");
    options.base = NULL;
    assert_int_equal(attune_scale_set_load_with(&set, &options, phq, strlen(phq), NULL, NULL),
                     ATTUNE_E_DUPLICATE);
    assert_null(set);
    options.override_built_in = 1;
    options.base = base;
    set = load(&options, phq);
    assert_ptr_equal(attune_scale_set_find(set, "phq-9"), attune_scale_set_at(set, 1));
    assert_ptr_not_equal(attune_scale_set_find(set, "phq-9"), attune_scale_find("phq-9"));
    assert_ptr_equal(attune_scale_set_listed(set, "gad-7"), attune_scale_find("gad-7"));
    attune_scale_set_free(set);
}

static void unconfirmed_measures_and_facts_wait_for_the_statement(void **state)
{
    attune_scale_set_options options = { .struct_size = sizeof options,
                                         .accept = ATTUNE_ACCEPT_UNCONFIRMED };
    attune_scale_set *set = load(&options, NULL);
    (void)state;
    for (size_t i = 0; i < attune_scale_count(); i++) {
        const attune_scale_info *info = &attune_scale_at(i)->info;
        const attune_scale *found = attune_scale_set_find(set, info->id);
        attune_constants c = { .struct_size = sizeof c };
        assert_int_equal(found != NULL, !(info->needs & ATTUNE_ACCEPT_LICENSED));
        if (!found)
            continue;
        assert_int_equal(attune_scale_constants(found, &c), ATTUNE_OK);
        assert_int_equal(c.withheld, 0);
    }
    attune_scale_set_free(set);
}

static void what_cannot_be_stated_is_refused_and_nothing_written(void **state)
{
    const char *const ids[] = { "phq-9", "no-such" };
    attune_scale_set_options options = { .struct_size = sizeof options - 1, .accept = 4 };
    attune_scale_set *set = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    (void)state;
#define GIVES(status)                                                                              \
    assert_int_equal(attune_scale_set_load_with(&set, &options, NULL, 0, NULL, &err), status)
    assert_int_equal(attune_scale_set_load_with(NULL, &options, NULL, 0, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_scale_set_load_with(&set, NULL, NULL, 0, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    assert_int_equal(attune_scale_set_load_with(&set, &options, NULL, 1, NULL, NULL),
                     ATTUNE_E_ARGUMENT);
    GIVES(ATTUNE_E_STRUCT_SIZE);
    options.struct_size = sizeof options;
    GIVES(ATTUNE_E_OPTION);
    options.accept = 0;
    options.override_built_in = 2;
    GIVES(ATTUNE_E_OPTION);
    options.override_built_in = 0;
    options.licence_count = 2;
    GIVES(ATTUNE_E_ARGUMENT);
    options.licences = ids;
    GIVES(ATTUNE_E_UNKNOWN);
    assert_int_equal(err.index, 1);
    options.licence_count = 1;
    options.norms = "no-such";
    GIVES(ATTUNE_E_UNKNOWN);
    assert_string_equal(err.key, "norms");
    assert_null(set);
}

/* A list is hashed scale by scale: each by its own text, from brace to brace. */
static void a_scale_of_a_list_has_the_hash_of_its_own_text(void **state)
{
    const attune_scale_set_options options = { .struct_size = sizeof options };
    char text[2 * sizeof licensed];
    attune_scale_set *alone = load(&options, licensed), *listed;
    (void)state;
    snprintf(text, sizeof text, " [ %s ]\n", licensed);
    listed = load(&options, text);
    assert_int_equal(strlen(attune_scale_set_at(listed, 0)->info.hash), 64);
    assert_string_equal(attune_scale_set_at(listed, 0)->info.hash,
                        attune_scale_set_at(alone, 0)->info.hash);
    attune_scale_set_free(alone);
    attune_scale_set_free(listed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_licensed_scale_is_found_only_where_its_licence_is_stated),
        cmocka_unit_test(a_set_states_of_its_base_and_frees_it),
        cmocka_unit_test(an_id_of_the_base_or_of_a_built_in_is_refused_unless_it_may_override),
        cmocka_unit_test(unconfirmed_measures_and_facts_wait_for_the_statement),
        cmocka_unit_test(what_cannot_be_stated_is_refused_and_nothing_written),
        cmocka_unit_test(a_scale_of_a_list_has_the_hash_of_its_own_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
