/* Lines of text for a terminal. */
/* SPDX-License-Identifier: MIT */
#include "lib/report/text/writer.h"
#include "tests/unit/near.h"

static char page[512];

static void begin(atn_writer *writer, int ascii)
{
    attune_text_options options = ATTUNE_TEXT_OPTIONS_INIT;
    options.ascii = ascii;
    memset(page, 0, sizeof page);
    assert_true(atn_writer_begin(writer, &options, page));
}

static void no_line_ends_with_a_blank(void **state)
{
    atn_writer w;
    (void)state;
    begin(&w, 0);
    atn_put(&w, "  a  ");
    atn_new_line(&w);
    atn_put(&w, "b");
    assert_string_equal(page, "  a\nb");
}

static void columns_are_counted_and_not_bytes(void **state)
{
    atn_writer w;
    (void)state;
    begin(&w, 0);
    atn_put(&w, "→▼");
    atn_to_column(&w, 4);
    atn_put(&w, "x");
    assert_string_equal(page, "→▼  x");
    assert_int_equal(w.column, 5);
}

static void a_wide_character_takes_two_columns(void **state)
{
    atn_writer w;
    (void)state;
    begin(&w, 0);
    assert_int_equal(atn_writer_width(&w, "陳"), 2);
    atn_put_right(&w, "陳", 4);
    assert_string_equal(page, "  陳");
}

static void ascii_is_measured_as_it_is_written(void **state)
{
    atn_writer w;
    (void)state;
    begin(&w, 1);
    atn_put_right(&w, "5 → 4", 8);
    assert_string_equal(page, "  5 -> 4");
}

static void words_are_broken_at_the_right_edge(void **state)
{
    atn_writer w;
    (void)state;
    begin(&w, 0);
    atn_put(&w, "ab");
    atn_put_wrapped(&w, "one two  three four", 4, 13);
    assert_string_equal(page, "ab  one two\n    three\n    four");
}

static void a_label_that_leaves_no_room_stands_above_its_text(void **state)
{
    atn_writer w;
    (void)state;
    begin(&w, 0);
    atn_put(&w, "a long label");
    atn_put_wrapped(&w, "one two three four", 14, 20);
    assert_string_equal(page, "a long label\n    one two three\n    four");
}

static void a_change_is_never_broken(void **state)
{
    atn_writer w;
    (void)state;
    begin(&w, 0);
    atn_put_wrapped(&w, "from 24 → 15 on", 0, 9);
    assert_string_equal(page, "from\n24 → 15\non");
}

static void a_hard_blank_holds_words_together_and_is_written_plain(void **state)
{
    atn_writer w;
    (void)state;
    begin(&w, 0);
    atn_put_wrapped(&w, "on 03\xc2\xa0Nov then", 0, 7);
    assert_string_equal(page, "on\n03 Nov\nthen");
}

static void a_word_longer_than_a_line_is_broken_inside(void **state)
{
    atn_writer w;
    (void)state;
    begin(&w, 0);
    atn_put_wrapped(&w, "abcdefghij", 2, 6);
    assert_string_equal(page, "  abcd\n  efgh\n  ij");
}

static void a_frame_closes_every_line(void **state)
{
    attune_text_options options = ATTUNE_TEXT_OPTIONS_INIT;
    atn_writer w;
    (void)state;
    options.width = 60;
    options.ascii = 1;
    memset(page, 0, sizeof page);
    assert_true(atn_writer_begin(&w, &options, page));
    atn_put_framed(&w, "a sentence that is a little longer than one line of this frame", 2);
    for (const char *line = page; *line; line = strchr(line, '\n') + 1) {
        assert_int_equal(strcspn(line, "\n"), 60);
        assert_int_equal(line[0], '|');
        assert_int_equal(line[59], '|');
    }
}

static void cutting_counts_columns(void **state)
{
    atn_writer w;
    (void)state;
    begin(&w, 0);
    atn_put_cut(&w, "Zoë 陳x", 5);
    assert_string_equal(page, "Zoë ");
}

static void without_memory_only_the_length_is_counted(void **state)
{
    atn_writer w;
    (void)state;
    assert_true(atn_writer_begin(&w, NULL, NULL));
    assert_int_equal(w.width, 80);
    atn_put(&w, " a →");
    atn_new_line(&w);
    assert_int_equal(w.used, strlen(" a →\n"));
}

static void widths_out_of_range_are_refused(void **state)
{
    attune_text_options options = ATTUNE_TEXT_OPTIONS_INIT;
    atn_writer w;
    (void)state;
    options.width = 59;
    assert_false(atn_writer_begin(&w, &options, NULL));
    options.width = 201;
    assert_false(atn_writer_begin(&w, &options, NULL));
    options.width = 200;
    assert_true(atn_writer_begin(&w, &options, NULL));
    options.struct_size = 0;
    assert_false(atn_writer_begin(&w, &options, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_line_ends_with_a_blank),
        cmocka_unit_test(columns_are_counted_and_not_bytes),
        cmocka_unit_test(a_wide_character_takes_two_columns),
        cmocka_unit_test(ascii_is_measured_as_it_is_written),
        cmocka_unit_test(words_are_broken_at_the_right_edge),
        cmocka_unit_test(a_label_that_leaves_no_room_stands_above_its_text),
        cmocka_unit_test(a_change_is_never_broken),
        cmocka_unit_test(a_hard_blank_holds_words_together_and_is_written_plain),
        cmocka_unit_test(a_word_longer_than_a_line_is_broken_inside),
        cmocka_unit_test(a_frame_closes_every_line),
        cmocka_unit_test(cutting_counts_columns),
        cmocka_unit_test(without_memory_only_the_length_is_counted),
        cmocka_unit_test(widths_out_of_range_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
