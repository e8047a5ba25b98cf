/* The columns of results: their frozen names, their place in the struct, their words. */
/* SPDX-License-Identifier: MIT */
#include "tests/unit/core/given.h"

typedef const attune_field *(*table)(size_t *count);

/* A table of columns beside the names that the CSV contract fixes. */
typedef struct contract {
    table fields;
    size_t size; /* of the struct */
    const char *names[16];
} contract;

static const contract contracts[] = {
    { attune_score_fields,
      sizeof(attune_score),
      { "subscale", "score", "n_items", "n_answered", "complete", "band", "flags", "reason" } },
    { attune_change_fields,
      sizeof(attune_change),
      { "first", "last", "change", "method", "rci", "reliable", "cutoff", "cutoff_type",
        "class" } },
    { attune_mark_fields,
      sizeof(attune_mark),
      { "rule", "kind", "level", "observed", "limit", "statistic" } },
    { attune_trace_fields, sizeof(attune_trace), { "rule", "statistic", "p_began", "p_open" } },
    { attune_episode_fields,
      sizeof(attune_episode),
      { "rule", "onset_session", "nadir_session", "depth", "depth_sigma", "length", "status",
        "resolved_session", "shape", "agreeing" } },
    { attune_silence_fields,
      sizeof(attune_silence),
      { "rule", "silence", "missing", "forms", "sessions", "answered", "wanted" } },
};

static void columns_are_named_as_the_csv_contract_says(void **state)
{
    (void)state;
    for (size_t c = 0; c < LENGTH(contracts); c++) {
        size_t n = 0;
        const attune_field *fields = contracts[c].fields(&n);
        assert_ptr_equal(contracts[c].fields(NULL), fields);
        for (size_t i = 0; i < n; i++)
            assert_string_equal(fields[i].name, contracts[c].names[i]);
        assert_null(contracts[c].names[n]);
    }
}

static size_t width_of(int32_t type)
{
    return type == ATTUNE_FIELD_REAL   ? sizeof(double)
           : type == ATTUNE_FIELD_TEXT ? sizeof(const char *)
                                       : sizeof(int32_t);
}

static void every_column_stands_aligned_inside_its_struct_and_is_explained(void **state)
{
    (void)state;
    for (size_t c = 0; c < LENGTH(contracts); c++) {
        size_t n = 0;
        const attune_field *fields = contracts[c].fields(&n);
        for (size_t i = 0; i < n; i++) {
            size_t width = width_of(fields[i].type);
            assert_in_range(fields[i].type, ATTUNE_FIELD_REAL, ATTUNE_FIELD_TEXT);
            assert_int_equal(fields[i].offset % width, 0);
            assert_in_range(fields[i].offset, sizeof(uint32_t), contracts[c].size - width);
            assert_true(strlen(fields[i].text) > 0);
            for (uint32_t w = 0; w < fields[i].name_count; w++)
                assert_non_null(fields[i].names[w]);
        }
    }
}

/* Where a column of this name stands, as a pointer into the struct. */
static const void *column(table fields, const void *of, const char *name)
{
    size_t n = 0;
    const attune_field *field = fields(&n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(field[i].name, name) == 0)
            return (const char *)of + field[i].offset;
    fail_msg("no column %s", name);
    return NULL;
}

static void each_column_finds_the_member_of_its_name(void **state)
{
    const attune_score s = { 0 };
    const attune_change c = { 0 };
    const attune_mark m = { 0 };
    const attune_trace t = { 0 };
    const attune_episode e = { 0 };
    const attune_silence q = { 0 };
    const struct {
        table fields;
        const void *of;
        const char *name;
        const void *member;
    } rows[] = {
        { attune_score_fields, &s, "subscale", &s.subscale },
        { attune_score_fields, &s, "score", &s.score },
        { attune_score_fields, &s, "n_items", &s.n_items },
        { attune_score_fields, &s, "n_answered", &s.n_answered },
        { attune_score_fields, &s, "complete", &s.complete },
        { attune_score_fields, &s, "band", &s.band },
        { attune_score_fields, &s, "flags", &s.flags },
        { attune_score_fields, &s, "reason", &s.reason },
        { attune_change_fields, &c, "first", &c.first },
        { attune_change_fields, &c, "last", &c.last },
        { attune_change_fields, &c, "change", &c.change },
        { attune_change_fields, &c, "method", &c.method },
        { attune_change_fields, &c, "rci", &c.rci },
        { attune_change_fields, &c, "reliable", &c.reliable },
        { attune_change_fields, &c, "cutoff", &c.cutoff },
        { attune_change_fields, &c, "cutoff_type", &c.cutoff_type },
        { attune_change_fields, &c, "class", &c.class_ },
        { attune_mark_fields, &m, "rule", &m.rule },
        { attune_mark_fields, &m, "kind", &m.kind },
        { attune_mark_fields, &m, "level", &m.level },
        { attune_mark_fields, &m, "observed", &m.observed },
        { attune_mark_fields, &m, "limit", &m.limit },
        { attune_mark_fields, &m, "statistic", &m.statistic },
        { attune_trace_fields, &t, "rule", &t.rule },
        { attune_trace_fields, &t, "statistic", &t.statistic },
        { attune_episode_fields, &e, "rule", &e.rule },
        { attune_episode_fields, &e, "onset_session", &e.onset_session },
        { attune_episode_fields, &e, "nadir_session", &e.nadir_session },
        { attune_episode_fields, &e, "depth", &e.depth },
        { attune_episode_fields, &e, "depth_sigma", &e.depth_sigma },
        { attune_episode_fields, &e, "length", &e.length },
        { attune_episode_fields, &e, "status", &e.status },
        { attune_episode_fields, &e, "resolved_session", &e.resolved_session },
        { attune_episode_fields, &e, "shape", &e.shape },
        { attune_episode_fields, &e, "agreeing", &e.agreeing },
        { attune_silence_fields, &q, "rule", &q.rule },
        { attune_silence_fields, &q, "silence", &q.reason },
        { attune_silence_fields, &q, "missing", &q.missing },
        { attune_silence_fields, &q, "forms", &q.forms },
        { attune_silence_fields, &q, "sessions", &q.sessions },
        { attune_silence_fields, &q, "answered", &q.answered },
        { attune_silence_fields, &q, "wanted", &q.wanted },
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(rows); i++)
        assert_ptr_equal(column(rows[i].fields, rows[i].of, rows[i].name), rows[i].member);
}

static const char *word(table fields, const char *name, uint32_t code)
{
    size_t n = 0;
    const attune_field *field = fields(&n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(field[i].name, name) == 0) {
            assert_in_range(code, 0, field[i].name_count - 1);
            return field[i].names[code];
        }
    fail_msg("no column %s", name);
    return "";
}

static void codes_have_the_words_of_the_contract(void **state)
{
    (void)state;
    assert_string_equal(word(attune_mark_fields, "kind", ATTUNE_MARK_DROP), "drop");
    assert_string_equal(word(attune_mark_fields, "kind", ATTUNE_MARK_RETURN), "return");
    assert_string_equal(word(attune_mark_fields, "kind", ATTUNE_MARK_WORSE), "worse");
    assert_string_equal(word(attune_mark_fields, "level", ATTUNE_LEVEL_SEVERE), "severe");
    assert_string_equal(word(attune_episode_fields, "status", ATTUNE_EPISODE_CENSORED), "censored");
    assert_string_equal(word(attune_change_fields, "method", ATTUNE_METHOD_JT), "jt");
    assert_string_equal(word(attune_change_fields, "cutoff_type", ATTUNE_CUTOFF_C), "c");
    assert_string_equal(word(attune_change_fields, "reliable", ATTUNE_RELIABLE_DETERIORATED),
                        "deteriorated");
    assert_string_equal(word(attune_change_fields, "class", ATTUNE_CLASS_HARMED), "harmed");
    assert_string_equal(word(attune_score_fields, "reason", ATTUNE_REASON_NONE), "");
    assert_string_equal(word(attune_score_fields, "flags", 0), "prorated");
    assert_string_equal(word(attune_score_fields, "flags", 5), "unconfirmed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_named_as_the_csv_contract_says),
        cmocka_unit_test(every_column_stands_aligned_inside_its_struct_and_is_explained),
        cmocka_unit_test(each_column_finds_the_member_of_its_name),
        cmocka_unit_test(codes_have_the_words_of_the_contract),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
