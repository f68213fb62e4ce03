"""Measures what films cost and writes benchmarks/results.md: `make bench`.

Whole processes under `resource`; ratios within one run, since machines are noisy. `--films` renders films too, each at
480p15 on one core and a few at 1080p60.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import av
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
SECONDS = 4.0
AT_FULL_SIZE = ("teaser", "one_neuron")
"""Films that are rendered at 1080p60 too, the shortest and one of the usual length: all would take half an hour."""


def measured(command: list[str], **environment: str) -> tuple[float, float, str]:
    """(CPU seconds, wall seconds, output) of a process and its children."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"failed: {' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, done.stdout


def main_thread(output: str) -> float:
    """The number that a replay scene printed."""
    return float(next(line.split()[1] for line in output.splitlines() if line.startswith("main-thread-seconds")))


def replay(scene: str, folder: str, **environment: str) -> tuple[float, float, Path]:
    """(CPU of the whole process, CPU of the main thread in the replay, the film) of a replay scene at 1080p60."""
    command = [sys.executable, "-m", "manim", "-qh", "--disable_caching", "--progress_bar", "none", "-v", "ERROR"]
    command += ["--media_dir", folder, "benchmarks/replay_scenes.py", scene]
    total, _, output = measured(command, BENCH_SECONDS=str(SECONDS), **environment)
    film = Path(folder) / "videos" / "replay_scenes" / "1080p60" / f"{scene}.mp4"
    return total, main_thread(output), film


def replays(report: list[str]) -> None:
    """The replay: ours, the encoder alone, the naive way, matplotlib, and a run a hundred times as long."""
    frames = round(SECONDS * 60)
    with tempfile.TemporaryDirectory() as folder:
        # One after another and twice, the smaller taken: a shared machine only ever adds.
        first, second = replay("Ours", folder), replay("Ours", folder)
        ours, ours_main, film = min(first, second)
        ours_main = min(first[1], second[1])
        short, long, growth = measured([sys.executable, "benchmarks/long_run.py"])[2].split()[-3:]
        naive_main = replay("Naive", folder)[1]
        command = [sys.executable, "benchmarks/encode_alone.py", str(film), "medium:23", "veryfast:19", "veryfast:23"]
        presets = [line.split() for line in measured([*command, "superfast:21"])[2].splitlines()]
        start = measured([sys.executable, "-c", "import manim, reluviz.stage.scene"])[0]
        mpl = main_thread(
            measured([sys.executable, "benchmarks/matplotlib_replay.py", str(SECONDS), "1920", "1080", "60"])[2]
        )
    default = float(presets[0][2])
    drawing = (ours - start) / default
    report += [
        f"## A replay of example 4, {SECONDS:g} s at 1080p60 ({frames} frames)",
        "",
        "| what | CPU seconds | ratio |",
        "|---|---|---|",
        f"| the encoder alone, its default preset (medium) | {default:.2f} | 1 |",
        f"| our replay, drawing and encoding (without start-up, {start:.1f} s) | {ours - start:.2f} | {drawing:.2f} |",
        "",
        "| outside the encoder | CPU seconds | per frame | ratio |",
        "|---|---|---|---|",
        f"| ours | {ours_main:.2f} | {1000 * ours_main / frames:.1f} ms | 1 |",
        f"| always_redraw and axes.plot | {naive_main:.2f} | {1000 * naive_main / frames:.1f} ms "
        f"| {naive_main / ours_main:.1f} |",
        f"| matplotlib's FuncAnimation, no encoder | {mpl:.2f} | {1000 * mpl / frames:.1f} ms "
        f"| {mpl / ours_main:.1f} |",
        "",
        f"Drawing one frame of the run of 20,000 iterations takes {short} ms, of one of two million {long} ms: "
        f"{growth} times, measured in turns.",
        "",
        "| x264 preset, crf | CPU seconds | KB | SSIM |",
        "|---|---|---|---|",
        *(f"| {p}, {crf} | {float(s):.2f} | {int(b) // 1000} | {q} |" for p, crf, s, b, q in presets),
        "",
    ]


def films(report: list[str], names: list[str]) -> None:
    """Each film as a whole process, voice included."""
    report += [
        "## Films, each a whole process, voice included",
        "",
        "At 480p15 on one core, whose other work makes the wall's time longer and leaves the CPU's as it is.",
        "",
        "| film | quality | CPU s | wall s | film s | CPU s a second of film |",
        "|---|---|---|---|---|---|",
    ]
    manim = [sys.executable, "-m", "manim", "--disable_caching", "-v", "ERROR", "--progress_bar", "none", "-o", "film"]
    for name in names:
        for quality in "lh" if name in AT_FULL_SIZE else "l":
            with tempfile.TemporaryDirectory() as folder:
                cores = ["taskset", "-c", "0"] if quality == "l" and shutil.which("taskset") else []
                command = [*cores, *manim, f"-q{quality}", "--media_dir", folder, f"scenes/{name}.py"]
                cpu, wall, _ = measured(command)
                (film,) = Path(folder).glob("videos/*/*/film.mp4")
                with av.open(str(film)) as container:
                    seconds = container.duration / 1e6
            size = {"l": "480p15", "h": "1080p60"}[quality]
            report.append(f"| {name} | {size} | {cpu:.1f} | {wall:.1f} | {seconds:.0f} | {cpu / seconds:.2f} |")
            print(report[-1], flush=True)
    report.append("")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    every = sorted(path.stem for path in (ROOT / "scenes").glob("*.py"))
    said = "render these too; all of them if none is named"
    parser.add_argument("--films", nargs="*", choices=every, metavar="FILM", help=said)
    options = parser.parse_args()
    report = [
        "# What films cost",
        "",
        f"Measured {date.today()} on {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; "
        f"with {os.getloadavg()[1]:.0f} processes waiting for them before it began; made by `make bench`. "
        "Compare within a table: machines are noisy.",
        "",
    ]
    replays(report)
    if options.films is not None:
        films(report, options.films or every)
    (ROOT / "benchmarks" / "results.md").write_text("\n".join(report))
    table = Table(show_header=False)
    for line in report:
        table.add_row(line)
    Console().print(table)


if __name__ == "__main__":
    main()
