"""The command line as a process of its own: streams, pipes, interrupts, imports."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

PREPARE = """
import sys
from types import SimpleNamespace
from landbridge import planner
sys.path.insert(0, {sample!r})
import sample_plan
planner.load_feed = lambda location, rates=None: (sample_plan.make_dataset(), ())
planner.ask = lambda dataset, question: question
planner.plan_shipment = lambda dataset, query: sample_plan.make_plan()
planner.recall_plan = lambda dataset, query, is_fresh: (planner.plan_shipment(dataset, query), False)
planner.recall_text = lambda kind, dataset, query, make, is_fresh: make()
planner.find_places = lambda dataset, text, limit=5: (SimpleNamespace(place_id="X", name="\\u041b", country="PK", score=90.0),)
{more}
from landbridge.cli import main
main()
"""
PLAN = ["plan", "Minsk", "Lahore"]
SAMPLE_FOLDER = Path(__file__).parents[1] / "report"


def script(more=""):
    return PREPARE.format(sample=str(SAMPLE_FOLDER), more=textwrap.dedent(more))


def run(*arguments, more="", **environment):
    env = {**os.environ, "PYTHONWARNINGS": "error", **environment}
    return subprocess.run([sys.executable, "-c", script(more), *arguments], capture_output=True, env=env, timeout=60, check=False)


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_output_is_utf8_whatever_the_locale(locale):
    found = run(*PLAN, LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert found.returncode == 0, found.stderr
    assert "─rail→" in found.stdout.decode("utf-8")


def test_json_is_bytes_of_utf8_with_plain_line_feeds():
    found = run(*PLAN, "--json", PYTHONIOENCODING="latin-1")
    assert b"\r" not in found.stdout
    assert json.loads(found.stdout)["itineraries"]


@pytest.mark.parametrize("more", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_no_styles_without_a_terminal(more):
    assert b"\x1b" not in run(*PLAN, **more).stdout


def test_a_terminal_shows_styles_and_a_dumb_one_none():
    pty = pytest.importorskip("pty")
    for term, wanted in (("xterm-256color", True), ("dumb", False)):
        parent, child = pty.openpty()
        env = {**os.environ, "TERM": term, "COLUMNS": "100"}
        env.pop("NO_COLOR", None)
        with subprocess.Popen([sys.executable, "-c", script(), *PLAN], stdout=child, env=env) as process:
            os.close(child)
            seen = b""
            while True:
                try:
                    chunk = os.read(parent, 65536)
                except OSError:
                    break
                if not chunk:
                    break
                seen += chunk
        os.close(parent)
        assert process.returncode == 0
        assert (b"\x1b[" in seen) is wanted
        assert b"cheapest, cleanest" in seen


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise there")
def test_a_broken_pipe_ends_quietly():
    more = """
    import time
    planner.plan_shipment = lambda dataset, query: (time.sleep(0.3), sample_plan.make_plan())[1]
    """
    with subprocess.Popen(
        [sys.executable, "-c", script(more), *PLAN, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ}
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_closed_streams_do_no_harm():
    if os.name == "nt":
        pytest.skip("no shell to close them with")
    command = f'exec "{sys.executable}" -c "$SCRIPT" plan Minsk Lahore >&- 2>&-'
    found = subprocess.run(["sh", "-c", command], env={**os.environ, "SCRIPT": script()}, timeout=60, check=False)
    assert found.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="no signals to send")
def test_ctrl_c_ends_with_130_and_no_traceback():
    more = """
    import signal, time
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background of a script begins with it ignored
    def slow(dataset, query):
        print("planning", file=sys.stderr, flush=True)
        time.sleep(30)
    planner.plan_shipment = slow
    """
    with subprocess.Popen([sys.executable, "-c", script(more), *PLAN], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"planning\n"
        process.send_signal(signal.SIGINT)
        told = process.stderr.read()
    assert (process.returncode, told.decode()) == (130, "")


def test_an_error_that_came_of_an_interrupt_is_no_defect():
    more = """
    def interrupted(dataset, query):
        try:
            raise KeyboardInterrupt
        finally:
            1 / 0
    planner.plan_shipment = interrupted
    """
    found = run(*PLAN, more=more)
    assert (found.returncode, found.stderr) == (130, b"")


def test_a_defect_is_told_without_a_traceback_unless_asked_for():
    more = "planner.plan_shipment = lambda dataset, query: 1 / 0"
    found = run(*PLAN, more=more)
    assert found.returncode == 1
    assert b"internal error" in found.stderr
    assert b"Traceback" not in found.stderr
    assert b"Traceback" in run(*PLAN, more=more, LANDBRIDGE_DEBUG="1").stderr


def test_words_of_no_encoding_are_told_not_died_of():
    found = run("place", "Mi\udcffnsk")
    assert found.returncode == 0, found.stderr


def test_the_way_to_help_imports_no_room_but_domain():
    code = (
        "import sys; sys.argv = ['landbridge', '--help']\n"
        "from landbridge.cli import main\n"
        "try: main()\n"
        "finally: print([name for name in sys.modules if name.startswith(('rich', 'numba', 'landbridge.'))], file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    loaded = found.stderr
    for room in ("rich", "numba", "landbridge.planner", "landbridge.report", "landbridge.sources", "landbridge.domain.dataset"):
        assert f"'{room}" not in loaded


def test_python_m_landbridge_is_the_same_door():
    found = subprocess.run([sys.executable, "-m", "landbridge", "--version"], capture_output=True, text=True, timeout=60, check=False)
    assert found.stdout.startswith("landbridge ")
