"""Many reports at once: written by several processes, told as they are done, resumed where left."""

import hashlib
import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

from coachkit.caseload import Caseload
from coachkit.exports.files import file_name, make_folder, write_whole
from coachkit.policy import Policy
from coachkit.reports.caseload import caseload_report
from coachkit.reports.client import client_report
from coachkit.reports.parts import Report
from coachkit.reports.sponsor import sponsor_report

Format = Literal["html", "pdf", "docx", "xlsx"]
FORMATS: tuple[Format, ...] = ("html", "pdf", "docx", "xlsx")
#: Beside the reports: what each was made from, so that what has not changed is not made again.
_INDEX = ".coachkit-reports.json"


@dataclass(frozen=True)
class Order:
    """A report to be made: whose, from what, as of when, in which forms, into which folder."""

    kind: Literal["client", "caseload", "sponsor"]
    caseload: Caseload
    policy: Policy
    as_of: object
    since: date | None
    formats: tuple[Format, ...]
    folder: Path
    client: int | None = None

    def report(self) -> Report:
        """Make the report."""
        about = {"as_of": self.as_of, "since": self.since}
        if self.kind == "client":
            assert self.client is not None
            return client_report(self.caseload, self.policy, client=self.client, **about)  # type: ignore[arg-type]
        make = caseload_report if self.kind == "caseload" else sponsor_report
        return make(self.caseload, self.policy, **about)  # type: ignore[arg-type]

    def name(self, form: Format) -> str:
        """The file's name, which does not change while the client's does not."""
        if self.client is None:
            return f"{self.kind}.{form}"
        return file_name(self.caseload.clients["name"].iloc[0], self.client, form)


@dataclass(frozen=True)
class Done:
    """A report that stands: its files, and which of them had to be written."""

    files: tuple[str, ...]
    written: tuple[str, ...]
    made_from: dict[str, str]


def client_orders(
    caseload: Caseload,
    policy: Policy,
    clients: list[int],
    *,
    as_of: object,
    since: date | None,
    formats: tuple[Format, ...],
    folder: Path,
) -> list[Order]:
    """An order a client, each with that client's rows alone."""
    return [
        Order("client", caseload.subset(one), policy, as_of, since, formats, folder, one)
        for one in clients
    ]


def write_reports(orders: list[Order], *, jobs: int | None = None) -> Iterator[Done]:
    """Write the reports that are not there yet, or are no longer what they would be; in any order.

    Parameters
    ----------
    orders
        What is to be made.
    jobs
        How many processes work at once; None for as many as there are processors.

    Yields
    ------
    Done
        As soon as it stands. Whoever stops listening stops the work: what was yielded stands
        whole, and the next run takes it up from there.

    Raises
    ------
    CoachkitError
        A report cannot be made, or its file not be written.
    """
    if not orders:
        return
    folder = orders[0].folder
    make_folder(folder)
    index = _read_index(folder)
    jobs = max(1, min(jobs or _processors(), len(orders)))
    for done in _made_here(orders, index) if jobs == 1 else _made_by(jobs, orders, index):
        if done.written:
            index |= done.made_from
            write_whole(folder / _INDEX, json.dumps(index, indent=0, sort_keys=True).encode())
        yield done


def _made_here(orders: list[Order], index: dict[str, str]) -> Iterator[Done]:
    for order in orders:
        yield _make(order, index)


def _made_by(jobs: int, orders: list[Order], index: dict[str, str]) -> Iterator[Done]:
    with _workers(jobs) as pool:
        waiting: list[Future[Done]] = [
            pool.submit(_make, order, {name: index[name] for name in _names(order) & set(index)})
            for order in orders
        ]
        for future in as_completed(waiting):
            yield future.result()


@contextmanager
def _workers(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that let the one which started them decide when to stop."""
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_let_others_stop)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _let_others_stop() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _make(order: Order, index: dict[str, str]) -> Done:
    """Write the files of one report, but for those that are already what they would be."""
    report = order.report()
    told = _fingerprint(repr(report).encode("utf-8", "surrogatepass"))
    names, written, made_from = [], [], {}
    for form in order.formats:
        name = order.name(form)
        names.append(name)
        path = order.folder / name
        if index.get(name) == f"{told} {_of_file(path)}":
            continue
        content = export(report, form)
        write_whole(path, content)
        written.append(name)
        made_from[name] = f"{told} {_fingerprint(content)}"
    return Done(tuple(names), tuple(written), made_from)


def export(report: Report, form: Format) -> bytes:
    """A report in one of the forms, as the bytes of a file."""
    if form == "html":
        from coachkit.exports.html import to_html

        return to_html(report).encode("utf-8")
    if form == "pdf":
        from coachkit.exports.pdf import to_pdf

        return to_pdf(report)
    if form == "docx":
        from coachkit.exports.docx import to_docx

        return to_docx(report)
    from coachkit.exports.xlsx import to_xlsx

    return to_xlsx(report)


def _names(order: Order) -> set[str]:
    return {order.name(form) for form in order.formats}


def _read_index(folder: Path) -> dict[str, str]:
    """What is known of the files that are there; nothing, if that cannot be read."""
    try:
        known: Any = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {name: made for name, made in known.items() if isinstance(made, str)}


def _of_file(path: Path) -> str:
    try:
        return _fingerprint(path.read_bytes())
    except OSError:
        return ""


def _fingerprint(content: bytes) -> str:
    from coachkit import __version__

    return hashlib.sha256(content + __version__.encode()).hexdigest()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
