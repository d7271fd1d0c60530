"""A hunt from paths to findings: pieces go to workers, results come back in order, the summary says what was and was not looked at."""

import gc
import hashlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from luytre.core.hunt.finding import Batch, Finding, Tally, encode
from luytre.core.hunt.inputs import Piece, inputs_of, pieces_of
from luytre.core.hunt.moments import moment_of
from luytre.core.hunt.ruleset import RuleSet
from luytre.core.hunt.work import Part, Settings, Worker

if TYPE_CHECKING:
    from luytre.core.hunt.correlate import Correlator

SMALL = 3 << 20  # bytes in all below which a second process costs more than it gives
WARM = 1 << 20  # bytes of small first inputs hunted before others are called: they inherit the groups made by then
AHEAD = 4  # pieces a worker may have waiting


@dataclass
class Looked:
    """What became of one input or of one content in it."""

    file: str
    format: str
    bytes: int
    events: int = 0
    findings: int = 0
    sha256: str | None = None
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    naive: int = 0
    seen: set[tuple[str, str]] = field(default_factory=set)  # host and day
    inside: str | None = None  # the archive on disk it came out of


@dataclass
class Outcome:
    """The whole hunt, for summary and report."""

    looked: list[Looked] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    events: int = 0
    interrupted: bool = False
    correlations: int = 0

    @property
    def is_damaged(self) -> bool:
        return any(one.faults for one in self.looked)


class Hunt:
    """`found` is called with each finding line, encoded, in the order of inputs; `progress` with bytes done and in all."""

    def __init__(
        self,
        rules: RuleSet,
        paths: list[str],
        *,
        settings: Settings | None = None,
        workers: int = 0,
        found: Callable[[bytes, Finding], None],
        progress: Callable[[int, int, int], None] | None = None,
    ) -> None:
        self.rules = rules
        self.settings = settings or Settings()
        self.inputs = list(inputs_of(paths))
        self.total = sum(given.size for given in self.inputs)
        self.workers = workers or min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 16)
        self.found, self.progress = found, progress or (lambda done, total, events: None)
        self.outcome = Outcome()
        self._correlator: Correlator | None = None
        self._digests: dict[int, str] = {}
        self._open: dict[str, tuple[Looked, int | None]] = {}  # contents in several pieces: what is known, lines so far
        self._done = 0
        self._worker: Worker | None = None
        self._waiting: list[tuple[Piece, Any]] = []  # given to other processes, results not yet taken

    def run(self) -> Outcome:
        """Hunts through all inputs. Ctrl-C ends it early with what was found."""
        hasher = threading.Thread(target=self._hash, daemon=True)
        hasher.start()
        with Patience() as patience:
            try:
                for given, parts in self._results():
                    with patience:
                        self._take_all(given, parts)
                    self.progress(self._done, self.total, self.outcome.events)
                self._wait_for(hasher)
            except KeyboardInterrupt:
                self.outcome.interrupted = True
                self._finish(patience, self._take_what_is_there)
            self._finish(patience, self._correlate)
        for unread in self.inputs:
            if unread.fault:
                self.outcome.looked.append(Looked(unread.name, "faulty", unread.size, faults=[unread.fault]))
        self._put_digests()
        return self.outcome

    def _finish(self, patience: "Patience", last: Callable[[], None]) -> None:
        """A last step, done whole even when Ctrl-C comes again."""
        try:
            with patience:
                last()
        except KeyboardInterrupt:
            self.outcome.interrupted = True

    def _take_all(self, given: Piece, parts: list[Part]) -> None:
        for part in parts:
            self._take(given, part)

    def _take_what_is_there(self) -> None:
        """After Ctrl-C: what this process was in the middle of, and what others have finished."""
        if self._worker is not None and self._worker.broken_off is not None:
            given, part = self._worker.broken_off
            self._take(given, part)
        for given, promise in self._waiting:
            if promise.ready() and promise.successful():
                self._take_all(given, promise.get())

    def _correlate(self) -> None:
        """Findings over findings; after Ctrl-C too, over what was seen by then."""
        if self._correlator is None:
            return
        for row in self._correlator.results():
            self.outcome.correlations += 1
            line = encode(row)
            moment = moment_of(row["time"])
            self.outcome.tally.add(row["rule_id"], row["level"], row["host"], tuple(row["attack"]), moment)
            self.found(line, Finding(line, b"", None, -1, moment.timestamp() if moment else None))

    def _wait_for(self, hasher: threading.Thread) -> None:
        while hasher.is_alive():
            hasher.join(0.2)

    # ---- pieces to workers ----

    def _pieces(self) -> Iterator[Piece]:
        for given in self.inputs:
            try:
                yield from pieces_of(given)
            except OSError as fault:
                given.fault = f"không mở được: {fault.strerror}"

    def _results(self) -> Iterator[tuple[Piece, list[Part]]]:
        if self.workers < 2 or self.total < SMALL or not hasattr(os, "fork"):
            self._worker = Worker(self.rules, self.settings)
            for piece in self._pieces():
                for part in self._worker.run(piece):
                    yield piece, [part]
                self._done += (piece.stop or piece.input.size) - piece.start
            return
        yield from self._shared()

    def _shared(self) -> Iterator[tuple[Piece, list[Part]]]:
        """By several processes: pieces wait in order, results are taken in order, so memory stays bounded and output is always the same."""
        import multiprocessing

        global _worker
        context = multiprocessing.get_context("fork")
        pieces = self._pieces()
        _worker = self._worker = Worker(self.rules, self.settings)
        for piece in pieces:
            if self._done + (piece.stop or piece.input.size) > WARM:
                pieces = chain([piece], pieces)
                break
            for part in self._worker.run(piece):
                yield piece, [part]
            self._done += piece.input.size
        gc.freeze()
        with context.Pool(self.workers, _start) as pool:
            waiting = self._waiting
            for piece in pieces:
                waiting.append((piece, pool.apply_async(_do, (piece,))))
                while len(waiting) >= self.workers * AHEAD:
                    yield self._first(waiting)
            while waiting:
                yield self._first(waiting)

    def _first(self, waiting: list[tuple[Piece, Any]]) -> tuple[Piece, list[Part]]:
        piece, promise = waiting[0]
        parts: list[Part] = promise.get()
        waiting.pop(0)
        self._done += (piece.stop or piece.input.size) - piece.start
        return piece, parts

    # ---- results ----

    def _take(self, piece: Piece, part: Part) -> None:
        key = f"{piece.input.number}\0{part.name}"
        if part.format == "yara":
            self._scanned(piece, part)
            return
        looked, before = self._open.pop(key, (None, 0))
        if looked is None:
            looked = Looked(part.name, part.format, 0, inside=piece.input.name if part.name != piece.input.name else None)
            self.outcome.looked.append(looked)
        for batch in chain(part.spool.batches() if part.spool else (), [Batch(part.findings, part.marks)]):
            self._batch(batch, before)
        looked.events += part.events
        looked.findings += part.tally.findings
        looked.bytes += part.size
        looked.naive += part.naive
        looked.seen.update(part.seen)
        looked.faults += part.faults
        looked.notes += [note for note in part.notes if note not in looked.notes]
        self.outcome.events += part.events
        self.outcome.tally.merge(part.tally)
        if not part.done:
            self._open[key] = looked, before + part.lines if part.sure and before is not None else None

    def _batch(self, batch: Batch, before: int | None) -> None:
        for finding in batch.findings:
            self.found(finding.encoded(before), finding)
        for mark in batch.marks:
            mark.line = None if mark.line is None or before is None else mark.line + before
        if batch.marks:
            if self._correlator is None:
                from luytre.core.hunt.correlate import Correlator

                self._correlator = Correlator(self.rules)
            self._correlator.add(batch.marks)

    def _scanned(self, piece: Piece, part: Part) -> None:
        """What YARA found; its input is listed by the reader of events."""
        for batch in chain(part.spool.batches() if part.spool else (), [Batch(part.findings, [])]):
            self._batch(batch, None)
        self.outcome.tally.merge(part.tally)
        if part.faults:
            self.outcome.looked.append(Looked(part.name, "yara", 0, faults=part.faults))

    # ---- what the inputs are: SHA-256, computed beside the hunt ----

    def _hash(self) -> None:
        for given in self.inputs:
            if not given.fault:
                try:
                    with given.path.open("rb") as stream:
                        self._digests[given.number] = hashlib.file_digest(stream, "sha256").hexdigest()
                except OSError:
                    continue

    def _put_digests(self) -> None:
        by_name = {given.name: self._digests.get(given.number) for given in self.inputs}
        for one in self.outcome.looked:
            one.sha256 = by_name.get(one.inside or one.file)


class Patience:
    """Ctrl-C waits until what is being written is whole. The outer `with` looks after the signal, inner ones hold it back."""

    def __init__(self) -> None:
        self._depth = 0
        self._asked = False
        self._before: Any = None

    def __enter__(self) -> "Patience":
        if self._depth == 0 and threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._heard)
        self._depth += 1
        return self

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if self._depth == 0 and self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        if self._depth == 1 and self._asked:
            self._asked = False
            raise KeyboardInterrupt

    def _heard(self, *_: object) -> None:
        if self._depth > 1:
            self._asked = True
        else:
            raise KeyboardInterrupt


_worker: Worker | None = None


def _start() -> None:
    """In a new process, which inherits the parent's worker with all it has made."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and decides


def _do(piece: Piece) -> list[Part]:
    assert _worker is not None
    return list(_worker.run(piece))
