/* The loader reads built-in scales as compiled, and takes what a clinic may leave out. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/scales/file.h"
#include "tests/unit/scales/same.h"

#include <attune/scalefile.h>
#include <attune/score.h>

static attune_scale_set *load(const char *text)
{
    attune_scale_set *set = NULL;
    attune_error err = ATTUNE_ERROR_INIT;
    attune_status status = attune_scale_set_load(&set, text, strlen(text), NULL, &err);
    if (status)
        print_error("%s: %s\n", err.key, err.text);
    assert_int_equal(status, ATTUNE_OK);
    return set;
}

/* The built-in file of an id, under an id that is free: "id": "phq-9" becomes "id": "own-phq-9". */
static char *renamed(const struct file *file, const char *id)
{
    size_t room = file->n + 8;
    char *text = malloc(room);
    char quoted[64];
    const char *at;
    snprintf(quoted, sizeof quoted, "\"%s\"", id);
    at = strstr(file->text, quoted);
    assert_non_null(text);
    assert_non_null(at);
    snprintf(text, room, "%.*s\"own-%s", (int)(at - file->text), file->text, at + 1);
    return text;
}

/* Under its own id it takes the built-in one's place, and has the same hash. */
static void overrides(const struct file *file, size_t i)
{
    const attune_scale_set_options options = { .struct_size = sizeof options,
                                               .override_built_in = 1 };
    const char *id = atn_scale_table[i]->info.id;
    attune_scale_set *set = NULL;
    assert_int_equal(attune_scale_set_load_with(&set, &options, file->text, file->n, NULL, NULL),
                     ATTUNE_OK);
    assert_string_equal(attune_scale_set_at(set, 0)->info.hash, atn_scale_table[i]->info.hash);
    assert_ptr_equal(attune_scale_set_listed(set, id), attune_scale_set_at(set, 0));
    attune_scale_set_free(set);
}

static void every_built_in_file_loads_to_its_compiled_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < atn_scale_table_count; i++) {
        const char *id = atn_scale_table[i]->info.id;
        char path[128];
        snprintf(path, sizeof path, "lib/core/scale/data/%s.json", id);
        struct file file = read_file(path);
        assert_non_null(file.text);
        char *text = renamed(&file, id);
        attune_scale_set *set = load(text);
        assert_int_equal(attune_scale_set_count(set), 1);
        same_scale(attune_scale_set_at(set, 0), atn_scale_table[i]);
        attune_scale_set_free(set);
        overrides(&file, i);
        free(text);
        free(file.text);
    }
}

static void a_file_may_hold_several_scales_in_its_own_order(void **state)
{
    attune_scale_set *set = load(
        "[{\"id\":\"zz\",\"title\":\"Z\",\"rater\":\"client\",\"direction\":\"higher is worse\","
        "\"score_only\":true,\"range\":[0,9]},"
        "{\"id\":\"aa\",\"title\":\"A\",\"rater\":\"therapist\","
        "\"direction\":\"higher is better\",\"score_only\":true,\"range\":[0,9]}]");
    (void)state;
    assert_int_equal(attune_scale_set_count(set), 2);
    assert_string_equal(attune_scale_set_at(set, 0)->info.id, "zz");
    assert_string_equal(attune_scale_set_at(set, 1)->info.id, "aa");
    assert_null(attune_scale_set_at(set, 2));
    assert_ptr_equal(attune_scale_set_find(set, "aa"), attune_scale_set_at(set, 1));
    assert_int_equal(attune_scale_set_at(set, 1)->info.rater, ATTUNE_RATER_THERAPIST);
    attune_scale_set_free(set);
}

static void a_set_finds_built_in_scales_too(void **state)
{
    (void)state;
    assert_ptr_equal(attune_scale_set_find(NULL, "phq-9"), attune_scale_find("phq-9"));
    assert_null(attune_scale_set_find(NULL, "no-such"));
    assert_null(attune_scale_set_find(NULL, NULL));
    assert_int_equal(attune_scale_set_count(NULL), 0);
    assert_null(attune_scale_set_at(NULL, 0));
    attune_scale_set_free(NULL);
}

static const char bare[] = "\xef\xbb\xbf{\"id\":\"own\",\"title\":\"Own\",\"rater\":\"client\","
                           "\"direction\":\"higher is worse\",\"items\":{\"count\":4,\"min\":0,"
                           "\"max\":3},\"scoring\":{\"rule\":\"mean\"}}";

static void a_bare_scale_is_unconfirmed_and_refuses_unanswered_items(void **state)
{
    attune_scale_set *set = load(bare);
    const attune_scale_info *info = &attune_scale_set_at(set, 0)->info;
    (void)state;
    assert_int_equal(info->status, ATTUNE_FACT_UNCONFIRMED);
    assert_int_equal(info->construct, ATTUNE_CONSTRUCT_OTHER);
    assert_int_equal(info->missing, ATTUNE_MISSING_REFUSE);
    assert_int_equal(info->demonstration, 0);
    assert_same(info->item_step, 1);
    assert_same(info->score_step, .25);
    assert_same(info->score_max, 3);
    assert_same(info->factor, NAN);
    assert_null(info->short_title);
    assert_null(info->licence);
    assert_null(info->missing_source);
    assert_int_equal(info->note_count + info->source_count + info->change_count, 0);
    attune_scale_set_free(set);
}

/* A scale that takes totals only, with the keys given besides. */
static attune_scale_set *load_totals(const char *keys)
{
    char text[2048];
    snprintf(text, sizeof text,
             "{\"id\":\"own\",\"title\":\"Own\",\"rater\":\"client\","
             "\"direction\":\"higher is worse\",\"score_only\":true,\"range\":[0,40],%s}",
             keys);
    return load(text);
}

static void a_fact_is_confirmed_only_with_a_source(void **state)
{
    attune_scale_set *set =
        load_totals("\"cutoffs\":[{\"value\":1,\"status\":\"confirmed\",\"source\":\"S\"},"
                    "{\"value\":2,\"status\":\"confirmed\"},{\"value\":3,\"source\":\"S\"},"
                    "{\"value\":4,\"status\":\"provisional\",\"source\":\"S\"},"
                    "{\"value\":5,\"status\":\"from memory\",\"source\":\"S\"}]");
    const attune_scale *scale = attune_scale_set_at(set, 0);
    (void)state;
    assert_int_equal(scale->cutoffs[0].status, ATTUNE_FACT_CONFIRMED);
    assert_int_equal(scale->cutoffs[1].status, ATTUNE_FACT_UNCONFIRMED);
    assert_int_equal(scale->cutoffs[2].status, ATTUNE_FACT_UNCONFIRMED);
    assert_int_equal(scale->cutoffs[3].status, ATTUNE_FACT_PROVISIONAL);
    assert_int_equal(scale->cutoffs[4].status, ATTUNE_FACT_UNCONFIRMED);
    assert_int_equal(scale->info.note_count, 1);
    assert_string_equal(scale->notes[0], "cutoffs[4]: from memory");
    attune_scale_set_free(set);
}

static void every_remark_is_kept_as_a_note(void **state)
{
    static const char *const notes[] = {
        "first",
        "range not documented",
        "cutoffs[0]: a page of mine",
        "cutoffs[1]: another page",
        "reliable_change[0]: by heart",
        "reliable_change[0] is for another use and no reliable change: no source",
        "reliability[0]: from a talk",
        "spread[0]: a guess",
        "norms[0]: memory",
    };
    attune_scale_set *set = load_totals(
        "\"notes\":[\"first\"],\"status\":\"range not documented\","
        "\"cutoffs\":[{\"value\":1,\"status\":\"a page of mine\"},"
        "{\"value\":2,\"status\":\"another page\"}],"
        "\"reliable_change\":[{\"value\":7,\"use\":\"dropping out\",\"status\":\"by heart\"}],"
        "\"reliability\":[{\"value\":1,\"status\":\"from a talk\"}],"
        "\"spread\":[{\"within_sd\":1,\"status\":\"a guess\"}],"
        "\"norms\":[{\"population\":\"p\",\"mean\":1,\"sd\":1,\"status\":\"memory\"}]");
    const attune_scale *scale = attune_scale_set_at(set, 0);
    (void)state;
    assert_int_equal(scale->info.note_count, sizeof notes / sizeof *notes);
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        assert_string_equal(scale->notes[i], notes[i]);
    attune_scale_set_free(set);
}

/* Loads a scale with this and says its status; it may be scored with whatever it is. */
static int32_t status_with(const char *rest)
{
    attune_scale_set *set = load_totals(rest);
    const attune_scale *scale = attune_scale_set_at(set, 0);
    attune_score total = { .struct_size = sizeof total };
    int32_t status = scale->info.status;
    uint32_t unconfirmed = scale->info.needs & ATTUNE_ACCEPT_UNCONFIRMED;
    assert_int_equal(unconfirmed != 0, status == ATTUNE_FACT_UNCONFIRMED);
    scale = attune_scale_set_find(set, scale->info.id);
    assert_int_equal(attune_total_score(scale, scale->info.score_min, &total, NULL), ATTUNE_OK);
    assert_int_equal((total.flags & ATTUNE_SCORE_UNCONFIRMED) != 0,
                     status != ATTUNE_FACT_CONFIRMED);
    attune_scale_set_free(set);
    return status;
}

#define READ_TWICE "\"reviewed\":\"2026-11-25\","

static void a_scale_is_confirmed_only_with_licence_sources_and_a_second_reading(void **state)
{
    (void)state;
    assert_int_equal(status_with(READ_TWICE "\"status\":\"confirmed\",\"licence\":\"free\","
                                            "\"sources\":[\"S\"]"),
                     ATTUNE_FACT_CONFIRMED);
    assert_int_equal(status_with(READ_TWICE "\"status\":\"provisional\",\"licence\":\"free\","
                                            "\"sources\":[\"S\"]"),
                     ATTUNE_FACT_PROVISIONAL);
    assert_int_equal(status_with("\"status\":\"confirmed\",\"licence\":\"free\","
                                 "\"sources\":[\"S\"]"),
                     ATTUNE_FACT_UNCONFIRMED);
    assert_int_equal(status_with(READ_TWICE "\"status\":\"confirmed\",\"sources\":[\"S\"]"),
                     ATTUNE_FACT_UNCONFIRMED);
    assert_int_equal(status_with(READ_TWICE "\"status\":\"confirmed\",\"licence\":\"free\","
                                            "\"sources\":[]"),
                     ATTUNE_FACT_UNCONFIRMED);
}

static void the_first_entry_is_the_default_unless_one_says_so(void **state)
{
    attune_scale_set *set = load_totals("\"cutoffs\":[{\"value\":3},{\"value\":4}],"
                                        "\"reliable_change\":[{\"value\":5},"
                                        "{\"value\":6,\"default\":true}]");
    const attune_scale *scale = attune_scale_set_at(set, 0);
    (void)state;
    assert_int_equal(scale->cutoffs[0].is_default, 1);
    assert_int_equal(scale->cutoffs[1].is_default, 0);
    assert_int_equal(scale->changes[0].is_default, 0);
    assert_int_equal(scale->changes[1].is_default, 1);
    attune_scale_set_free(set);
}

static void a_threshold_of_sudden_gains_is_no_reliable_change(void **state)
{
    attune_scale_set *set =
        load_totals("\"reliable_change\":[{\"value\":7,\"use\":\"sudden gains\",\"source\":\"T\"},"
                    "{\"value\":9,\"use\":\"reliable change\"}]");
    const attune_scale *scale = attune_scale_set_at(set, 0);
    (void)state;
    assert_int_equal(scale->info.change_count, 1);
    assert_same(scale->changes[0].threshold, 9);
    assert_int_equal(scale->changes[0].is_default, 1);
    assert_int_equal(scale->info.note_count, 1);
    assert_string_equal(scale->notes[0],
                        "reliable_change[0] is for another use and no reliable change: T");
    attune_scale_set_free(set);
}

static void a_reliability_is_a_change_without_a_threshold(void **state)
{
    attune_scale_set *set = load_totals("\"reliability\":[{\"value\":0.9},"
                                        "{\"value\":0.8,\"sd\":7.5}]");
    const attune_scale *scale = attune_scale_set_at(set, 0);
    (void)state;
    assert_int_equal(scale->info.change_count, 2);
    assert_same(scale->changes[0].threshold, NAN);
    assert_same(scale->changes[0].reliability, .9);
    assert_same(scale->changes[0].sd, NAN);
    assert_same(scale->changes[1].sd, 7.5);
    assert_int_equal(scale->changes[0].is_default, 1);
    attune_scale_set_free(set);
}

static void a_norm_takes_its_group_from_the_first_word_when_none_is_given(void **state)
{
    attune_scale_set *set =
        load_totals("\"norms\":[{\"population\":\"functional, students\",\"mean\":1,\"sd\":1},"
                    "{\"population\":\"clinical\",\"mean\":1,\"sd\":1},"
                    "{\"population\":\"clinically ill\",\"mean\":1,\"sd\":1},"
                    "{\"population\":\"functional\",\"group\":\"clinical\",\"mean\":1,\"sd\":1}]");
    const attune_scale *scale = attune_scale_set_at(set, 0);
    (void)state;
    assert_int_equal(scale->norms[0].clinical, 0);
    assert_int_equal(scale->norms[1].clinical, 1);
    assert_int_equal(scale->norms[2].clinical, -1);
    assert_int_equal(scale->norms[3].clinical, 1);
    attune_scale_set_free(set);
}

static void a_range_that_is_given_wins_over_rounding(void **state)
{
    attune_scale_set *set =
        load("{\"id\":\"own\",\"title\":\"Own\",\"rater\":\"client\","
             "\"direction\":\"higher is worse\",\"items\":{\"count\":3,\"min\":0.1,\"max\":0.3,"
             "\"step\":0.1},\"range\":[0.3,0.9],\"scoring\":{\"rule\":\"sum\"},"
             "\"bands\":[{\"low\":0.3,\"label\":\"low\"}]}");
    (void)state;
    assert_same(attune_scale_set_at(set, 0)->info.item_step, .1);
    assert_same(attune_scale_set_at(set, 0)->info.score_min, .3);
    assert_same(attune_scale_set_at(set, 0)->info.score_max, .9);
    attune_scale_set_free(set);
}

static void the_measures_of_the_public_data_load(void **state)
{
    struct file file = read_file("examples/data/measures.json");
    attune_scale_set *set;
    (void)state;
    assert_non_null(file.text);
    set = load(file.text);
    assert_int_equal(attune_scale_set_count(set), 6);
    /* The 7 points of a sudden gain are no threshold of reliable change. */
    for (uint32_t i = 0; i < attune_scale_set_find(set, "bdi-ii")->info.change_count; i++)
        assert_same(attune_scale_set_find(set, "bdi-ii")->changes[i].threshold, NAN);
    assert_int_equal(attune_scale_set_find(set, "who-5-raw")->info.direction, ATTUNE_HIGHER_BETTER);
    attune_scale_set_free(set);
    free(file.text);
}

static void the_shared_draft_of_those_measures_loads_as_it_is(void **state)
{
    struct file file = read_file("../shared/data/scales-extra.json");
    attune_scale_set *set;
    (void)state;
    if (!file.text) {
        print_message("SKIPPED: ../shared/data/scales-extra.json is not here\n");
        skip();
    }
    set = load(file.text);
    assert_int_equal(attune_scale_set_count(set), 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(attune_scale_set_at(set, i)->info.status, ATTUNE_FACT_UNCONFIRMED);
    assert_int_equal(attune_scale_set_find(set, "bdi-ii")->info.change_count, 0);
    assert_int_equal(attune_scale_set_find(set, "bdi-ii")->norms[0].clinical, 0);
    assert_same(attune_scale_set_find(set, "bdi")->changes[0].reliability, .86);
    assert_string_equal(attune_scale_set_find(set, "rq")->notes[0], "range not documented");
    attune_scale_set_free(set);
    free(file.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_built_in_file_loads_to_its_compiled_row),
        cmocka_unit_test(a_file_may_hold_several_scales_in_its_own_order),
        cmocka_unit_test(a_set_finds_built_in_scales_too),
        cmocka_unit_test(a_bare_scale_is_unconfirmed_and_refuses_unanswered_items),
        cmocka_unit_test(a_fact_is_confirmed_only_with_a_source),
        cmocka_unit_test(every_remark_is_kept_as_a_note),
        cmocka_unit_test(a_scale_is_confirmed_only_with_licence_sources_and_a_second_reading),
        cmocka_unit_test(the_first_entry_is_the_default_unless_one_says_so),
        cmocka_unit_test(a_threshold_of_sudden_gains_is_no_reliable_change),
        cmocka_unit_test(a_reliability_is_a_change_without_a_threshold),
        cmocka_unit_test(a_norm_takes_its_group_from_the_first_word_when_none_is_given),
        cmocka_unit_test(a_range_that_is_given_wins_over_rounding),
        cmocka_unit_test(the_measures_of_the_public_data_load),
        cmocka_unit_test(the_shared_draft_of_those_measures_loads_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
