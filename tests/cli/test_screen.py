import pytest

from landbridge.cli import screen


@pytest.mark.parametrize(("columns", "width"), [("80", 80), ("500", screen.WIDEST), ("", screen.WIDTH_ELSEWHERE)])
def test_the_page_is_as_wide_as_the_terminal_but_not_endless(monkeypatch, columns, width):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("os.get_terminal_size", lambda *_: (_ for _ in ()).throw(OSError()))
    assert screen.page_width() == width


def test_nobody_reads_is_no_error(monkeypatch):
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    screen.write_text("x")
    screen.write_notice("x")
    screen.write_error_page(())
    screen.drop_output()
    assert screen.has_styles() is False
