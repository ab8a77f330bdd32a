from hypothesis import given
from hypothesis import strategies as st

from landbridge.report.page import (
    Column,
    Span,
    clean_text,
    heading,
    paragraph,
    plain_text,
    rich_text,
    shorten,
    table_lines,
    text_width,
    wrap_lines,
    wrap_words,
)


def test_columns_stand_in_line_and_numbers_to_the_right():
    columns = (Column(title="way"), Column(title="USD", align="right"))
    assert plain_text(table_lines(columns, [["Karachi", "9,738"], ["Лахор", "12"]], 40)) == (
        "  way        USD\n  ──────────────\n  Karachi  9,738\n  Лахор       12\n"
    )


def test_a_narrow_page_first_breaks_words_then_drops_the_columns_of_greatest_rank():
    columns = (Column(title="a", min_width=10), Column(title="b", rank=1), Column(title="c", rank=2))
    rows = [["seven words of text in one cell", "bbbb", "cccc"]]
    assert "cccc" in plain_text(table_lines(columns, rows, 30))
    narrow = plain_text(table_lines(columns, rows, 20))
    assert "cccc" not in narrow
    assert "bbbb" in narrow


def test_a_table_that_cannot_be_so_narrow_has_its_rows_one_below_the_other():
    columns = (Column(title="", align="right"), Column(title="plan"), Column(title="USD", align="right"), Column(title="arrives", rank=1))
    rows = [["1", "cheapest of all ways", "5,830", "20\u00a0Dec"], ["2", "", "-", ""]]
    wide, narrow = (table_lines(columns, rows, width) for width in (46, 24))
    assert plain_text(wide).splitlines()[2] == "  1  cheapest of all ways  5,830  20 Dec"
    assert (
        plain_text(narrow) == "  plan\n  ──────────────────────\n  1  cheapest of all\n    ways\n    USD 5,830;\n    arrives 20 Dec\n  2\n"
    )
    assert [bool(line[1].text.strip()) for line in narrow[2:]] == [True, False, False, False, True]  # where a row begins


def test_the_sentence_of_a_heading_stands_below_a_title_that_leaves_it_no_room():
    told = plain_text(heading("One year over the year before", "half is 0.50, double is 2.00", 40))
    assert told == "One year over the year before\n  half is 0.50, double is 2.00\n"
    assert plain_text(heading("LAW", "designations of UN and US block", 40)) == "LAW  designations of UN and US block\n"


def test_words_wider_than_a_line_are_cut_and_no_break_spaces_hold():
    assert wrap_words("abcdefgh ij", 4) == ["abcd", "efgh", "ij"]
    assert plain_text(paragraph("in 8\u00a0Apr\u00a02022 it began", 20)) == "in 8 Apr 2022 it\nbegan\n"
    assert wrap_words("on 8\u00a0Apr", 5) == ["on", "8\u00a0Apr"]


def test_nothing_of_a_feed_steers_the_terminal():
    assert clean_text("\x1b[31mred\nline\u202etxet\ud800") == " [31mred linetxet"
    assert "\x1b" not in plain_text([(Span("\x1b]0;title\x07"),)])


def test_wide_characters_count_twice_and_marks_nothing():
    assert text_width("卡拉奇") == 6
    assert text_width("e\u0301") == 1
    assert shorten("Novorossiysk", 6) == "Novor…"


def test_rich_text_says_the_same_as_plain_text():
    lines = table_lines((Column(title="a", style="bold"),), [[Span("[red]x[/red]", "green")]], 40)
    assert rich_text(lines).plain.replace(" ", "") == plain_text(lines).replace(" ", "")


@given(
    st.lists(st.lists(st.text(max_size=30), min_size=3, max_size=3), max_size=4),
    st.integers(min_value=40, max_value=140),
)
def test_a_table_whose_columns_may_be_broken_never_leaves_the_page(rows, width):
    columns = (Column(title="a", min_width=4), Column(title="b", min_width=4), Column(title="c", min_width=4))
    assert all(text_width(line) <= max(width, 60) for line in plain_text(table_lines(columns, rows, width)).splitlines())


def test_lines_of_plain_text_are_broken_under_their_own_beginning():
    text = "A title that is short\n  blocked  a list with a long name\n          what was compared and what not\n"
    assert wrap_lines(text, 30) == (
        "A title that is short\n  blocked  a list with a long\n    name\n          what was compared\n          and what not\n"
    )
