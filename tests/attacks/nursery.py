"""Runs commands in children that can be killed: at a moment, or just before any one of their writes.

A process of its own, so that nothing is imported again for each child: `python -m tests.attacks.nursery` reads a line
of JSON for each command, {"work", "arguments", "folder", "die_at", "fail_at", "largest", "after"}, and answers with a
list of {"status", "writes"}. With "beside", the arguments of another command, both are run at once. A write is whatever
changes a file system: opening a file to write, renaming, linking, removing, making a folder, exchanging two. die_at:
the number of the write, from 1, before which the child kills itself; fail_at: of the one that fails for want of space;
largest: the bytes that a file may have; after: the seconds until it is killed.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import sys
import time
from typing import Any

CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}


class Writes:
    """Counts the writes of this process below a folder; kills it before one of them, or lets one fail."""

    def __init__(self, folder: str, die_at: int | None, fail_at: int | None) -> None:
        self.folder, self.die_at, self.fail_at, self.count = folder, die_at, fail_at, 0

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            flags = arguments[2] if isinstance(arguments[2], int) else 0
            changes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) and self._is_inside(arguments[0])
        elif event == "ctypes.dlsym":  # the exchange of two folders
            changes = arguments[1] == "renameat2"
        else:
            changes = event in CHANGES and self._is_inside(arguments[0])
        if changes:
            self.count += 1
            if self.count == self.die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            if self.count == self.fail_at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _is_inside(self, path: Any) -> bool:
        if not isinstance(path, (str, bytes, os.PathLike)):
            return False
        name = os.fsdecode(path)
        return not os.path.isabs(name) or name.startswith(self.folder)


def work(kind: str, arguments: list[str]) -> None:
    """A command of reluviz, or a narration that a made-up engine speaks."""
    if kind == "reluviz":
        from reluviz.cli import main

        main(arguments, prog_name="reluviz")
    elif kind == "speak":
        speak(*arguments)


def speak(text: str) -> None:
    """Says `text` in a voice whose engine takes no time, and keeps it in the folder `voice`."""
    from pathlib import Path

    import numpy as np

    from reluviz.voice import speech
    from reluviz.voice.utterance import Timed, Utterance

    def say(text: str, wav: Path) -> tuple[Any, Utterance]:
        words = tuple(Timed(0.2 * k, 0.2 * k + 0.1, word) for k, word in enumerate(text.split()))
        seconds = 0.2 * len(words)
        samples = np.sin(np.arange(int(48000 * seconds)) / 9.0) / 2
        return samples, Utterance(wav, seconds, (Timed(0.0, seconds, text),), words)

    speech._say = say
    speech._provenance = lambda: "made up"
    print(speech.voice("hibari", Path("voice")).speak(text))


def child(asked: dict[str, Any], arguments: list[str], which: str, report: int) -> None:
    """Does the work, tells how many writes it took, and ends."""
    os.chdir(asked["folder"])
    for number, name in ((1, ".stdout"), (2, ".stderr")):
        path = os.path.join(asked["folder"], "..", name + which)
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
    writes = Writes(asked["folder"], asked.get("die_at"), asked.get("fail_at"))
    if asked.get("largest"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["largest"], asked["largest"]))
    sys.addaudithook(writes)
    status = 0
    try:
        work(asked["work"], arguments)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
        status = 99
    os.write(report, str(writes.count).encode())
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def main() -> None:
    """Answers until there is nothing more to read."""
    import av  # noqa: F401
    import pptx  # noqa: F401

    import reluviz.cli.films
    import reluviz.core.training.one
    import reluviz.publish.kit
    import reluviz.stage.stills
    import reluviz.sweep.execute
    import reluviz.sweep.options
    import reluviz.sweep.tally
    import reluviz.voice.loudness  # noqa: F401
    from reluviz.core import Experiment, train

    train(Experiment.from_library("one-neuron"))
    for line in sys.stdin:
        asked = json.loads(line)
        commands = [asked["arguments"], *([asked["beside"]] if "beside" in asked else [])]
        born = [bear(asked, arguments, str(number)) for number, arguments in enumerate(commands)]
        answers = [await_end(pid, reader, asked.get("after")) for pid, reader in born]
        print(json.dumps(answers), flush=True)


def bear(asked: dict[str, Any], arguments: list[str], which: str) -> tuple[int, int]:
    """A child at work: its process, and where it tells its writes."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        child(asked, arguments, which, writer)
    os.close(writer)
    return pid, reader


def await_end(pid: int, reader: int, after: float | None) -> dict[str, int]:
    """How a child ended, killed `after` so many seconds if it has not by then."""
    if after is not None:
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
    told = b""
    while block := os.read(reader, 100):
        told += block
    os.close(reader)
    _, status = os.waitpid(pid, 0)
    return {"status": os.waitstatus_to_exitcode(status), "writes": int(told or 0)}


if __name__ == "__main__":
    main()
