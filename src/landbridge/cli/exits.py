"""Errors and exit codes: the one table, and how each error is told."""

from __future__ import annotations

from landbridge.cli.screen import page_width, write_error_page, write_notice
from landbridge.domain.errors import DataError, FindingsError, LandbridgeError, QueryError, SettingError, UnknownIdError

BAD_DATA = 1
WRONG_QUESTION = 2
INTERRUPTED = 130

EXIT_CODES: tuple[tuple[type[BaseException], int], ...] = (
    (QueryError, WRONG_QUESTION),
    (UnknownIdError, WRONG_QUESTION),
    (SettingError, WRONG_QUESTION),
    (DataError, BAD_DATA),
    (LandbridgeError, BAD_DATA),
    (OSError, BAD_DATA),
    (RecursionError, BAD_DATA),
    (MemoryError, BAD_DATA),
)
EXPECTED = tuple(error for error, _ in EXIT_CODES)


def exit_code_of(error: BaseException) -> int:
    """The exit code of an error: that of the first class in the table that it is of."""
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), BAD_DATA)


def tell_error(error: BaseException) -> None:
    """Write an error on standard error: all findings at once, or one sentence."""
    if isinstance(error, FindingsError) and error.findings:
        from landbridge.report.check_report import finding_rows, findings_text

        write_notice(findings_text(error.findings))
        write_error_page(finding_rows(error.findings, page_width()))
    elif isinstance(error, OSError) and error.strerror:
        write_notice(f"{error.filename}: {error.strerror}" if error.filename else error.strerror)
    elif isinstance(error, RecursionError):
        write_notice("the input is nested too deeply")
    elif isinstance(error, MemoryError):
        write_notice("the input is too large for this machine's memory")
    else:
        write_notice(_one_line(error))


def tell_defect(error: Exception) -> None:
    """Write that landbridge itself is wrong, without a traceback."""
    write_notice(f"internal error, please report it: {type(error).__name__}: {_one_line(error)} (LANDBRIDGE_DEBUG=1 shows where)")


def was_interrupted(error: BaseException | None) -> bool:
    """Whether an error came of an interrupt: code that is stopped half-way may fail with an error of its own."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:500] or type(error).__name__
