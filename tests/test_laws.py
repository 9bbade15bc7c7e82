"""The laws between the rooms (design): who may import whom, and what an import may cost."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "coachkit"
PIPELINES = (
    "caseload",
    "policy",
    "clocks",
    "agenda",
    "compliance",
    "timeline",
    "whatif",
    "timelines_in_words",
)
#: What draws and describes the charts.
DRAWING = (
    "charts",
    "_describing",
    "_draw_fields",
    "_draw_grid",
    "_draw_lanes",
    "_draw_rates",
    "_drawing",
    "_reading",
    "_wording",
)
#: What else stands before the pipelines; every other module is one, or stands behind one.
FRONT = (
    "__init__",
    "_own_practice",
    "_practices",
    "_verbs",
    "_serving",
    "app",
    "cli",
    "exports",
    "lab",
    "notes",
    "panels",
    "practice",
    "reports",
    "store",
    "telling",
    "terms",
    "errors",
)
#: What a report is made and written with, which loads when one is.
WRITING = ("jinja2", "typst", "docx", "xlsxwriter", "icalendar", "matplotlib", "fontTools")


def room(path: Path) -> str:
    """A module's short name: ``clocks``, ``cli.asked``; a package's own for its front door."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


ROOMS = {room(path): path for path in sorted(PACKAGE.rglob("*.py"))}
BEHIND_PIPELINES = [
    name for name in ROOMS if name not in {*PIPELINES, *DRAWING} and name.split(".")[0] not in FRONT
]
HEAVY = ("sqlalchemy", "matplotlib", "jinja2", "IPython", "ipywidgets")
#: What tells the time of day; a pipeline takes ``as_of`` instead.
CLOCKS = ("now", "utcnow", "today", "localtime", "time_ns", "monotonic", "perf_counter")
#: What opens a file, and the pipelines that are asked to.
OPENING = ("open", "read_csv", "to_csv", "read_text", "write_text", "read_bytes", "write_bytes")
ASKED_TO_OPEN = (
    "caseload",
    "policy",
    "_csv",
    "importing.calendars",
    "importing.opening",
    "importing.remembered",
    "importing.texts",
    "importing.words",
)


@cache
def modules() -> dict[str, ast.Module]:
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in ROOMS.items()}


def imported(tree: ast.Module, *, at_load: bool = False) -> set[str]:
    """Every module that is imported, the package's own by their short names."""
    skipped: set[int] = set()
    if at_load:
        for node in ast.walk(tree):
            lazy = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            if lazy or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)):
                skipped |= {id(inner) for inner in ast.walk(node)}
    names: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            if node.module == "coachkit":
                names |= {f"coachkit.{alias.name}" for alias in node.names}
    return {name.removeprefix("coachkit.") for name in names}


def test_the_walk_sees_imports() -> None:
    """The check itself can fail."""
    tree = ast.parse("def f():\n    import matplotlib.pyplot\nfrom coachkit import panels")
    assert imported(tree) == {"matplotlib.pyplot", "coachkit", "panels"}
    assert imported(tree, at_load=True) == {"coachkit", "panels"}


@pytest.mark.parametrize("name", [*PIPELINES, *BEHIND_PIPELINES])
def test_pipelines_import_no_store_no_drawing_and_no_notebook(name: str) -> None:
    """No SQLAlchemy, matplotlib, Jinja, IPython or ipywidgets, not even late."""
    trees = modules()
    if name not in trees:
        pytest.fail(f"coachkit/{name}.py is named by this law and is not there")
    found = {module.split(".")[0] for module in imported(trees[name])}
    assert not found & set(HEAVY)


@pytest.mark.parametrize("name", [*PIPELINES, *BEHIND_PIPELINES])
def test_pipelines_never_read_the_clock(name: str) -> None:
    """What they compute depends on their arguments alone."""
    called = {
        node.func.attr
        for node in ast.walk(modules()[name])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & set(CLOCKS)


@pytest.mark.parametrize("name", sorted({*PIPELINES, *BEHIND_PIPELINES} - {*ASKED_TO_OPEN}))
def test_pipelines_open_nothing_that_they_are_not_asked_to_read(name: str) -> None:
    """Only caseload and policy, and the CSV behind them, read and write files."""
    called = {
        ast.unparse(node.func).rsplit(".", 1)[-1]
        for node in ast.walk(modules()[name])
        if isinstance(node, ast.Call)
    }
    assert not called & set(OPENING)


def test_every_room_imports_only_what_it_may() -> None:
    """Terms and errors know nobody; compliance knows no clock; nothing knows panels or cli."""
    trees = modules()
    own = {name: imported(tree) & set(trees) for name, tree in trees.items()}
    assert own["terms"] == set()
    assert own["errors"] == set()
    assert own["_days_in_words"] == set()
    assert own["caseload"] <= {"terms", "errors", "_columns", "_door", "_csv"}
    assert own["policy"] <= {"terms", "errors", "_columns", "_door", "_times", "_csv", "_places"}
    assert own["compliance"] <= {"terms", "errors"}
    importing = {name for name in own if name.split(".")[0] == "importing"}
    for name in importing:
        may = {*importing, "terms", "errors", "policy", "_csv", "_places"}
        if name in ("importing.writing", "importing.accepting"):  # which speak to its verbs alone
            may |= {"caseload", "practice"}
        assert own[name] <= may, name
    for name in DRAWING:
        assert own[name] <= {"terms", "_days_in_words", *DRAWING}, name
        assert "coachkit" not in imported(trees[name]), f"{name}: not by the front door either"
    keeping = ("practice", "_own_practice", "_practices", "_verbs", "store")
    for name in [one for one in trees if one.split(".")[0] in keeping]:
        assert not own[name] & {"clocks", "agenda", "compliance"}, name
    for name in (*PIPELINES, *BEHIND_PIPELINES, *DRAWING):
        assert not {room.split(".")[0] for room in own[name]} & {"reports", "exports"}, name
    for name, rooms in own.items():
        for front in {"cli", "panels"} - {name.split(".")[0]}:
            assert front not in {room.split(".")[0] for room in rooms}, name


def test_reports_and_exports_load_their_libraries_when_called() -> None:
    """Importing them costs what the pipelines cost."""
    trees = modules()
    for name in ROOMS:
        if name.split(".")[0] in ("reports", "exports"):
            found = {module.split(".")[0] for module in imported(trees[name], at_load=True)}
            assert not found & {*HEAVY, *WRITING}, name


def test_notes_draw_nothing_and_store_nothing() -> None:
    """They know the pipelines and their templates; what is asked of them opens no store."""
    trees = modules()
    for name in (one for one in trees if one.split(".")[0] == "notes"):
        found = imported(trees[name])
        assert not {one.split(".")[0] for one in found} & {"sqlalchemy", "matplotlib", "ipywidgets"}
        assert not {one.split(".")[0] for one in found} & {"practice", "exports", "panels", "cli"}
        heavy = {"jinja2", "docx", "typst"} if name != "notes._either" else set()
        assert not {one.split(".")[0] for one in imported(trees[name], at_load=True)} & heavy, name


def test_nothing_but_the_command_line_prints() -> None:
    """Pipelines compute, the command line prints."""
    printing = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    }
    assert {name.split(".")[0] for name in printing} <= {"app", "cli", "lab"}


def test_importing_coachkit_loads_no_library() -> None:
    """Names load on first use; ``dir`` sees them before."""
    code = (
        "import sys, coachkit\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'holidays', 'IPython', 'rapidfuzz'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "assert {'grade', 'plan', 'Caseload', 'compliance'} <= set(dir(coachkit))\n"
        "from coachkit import compliance, grade\n"
        "import coachkit.compliance, coachkit.panels, coachkit.timeline\n"
        "assert 'today' in coachkit.panels.__all__\n"
        "assert callable(coachkit.compliance) and coachkit.compliance is compliance\n"
        "coachkit.open_practice('sample').caseload()\n"
        "heavy = {'matplotlib', 'IPython', 'ipywidgets', 'rapidfuzz', 'sqlalchemy'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_public_name_is_there() -> None:
    """What ``__all__`` promises can be had, and nothing else is asked for in vain."""
    import coachkit

    for name in coachkit.__all__:
        assert getattr(coachkit, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        coachkit.nonsense  # noqa: B018
