"""The notebook runs from its first cell to its last, and films."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "examples" / "explore.ipynb"


def test_every_cell_runs(tmp_path):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert all(not cell.outputs for cell in notebook.cells if cell.cell_type == "code"), "committed without outputs"
    NotebookClient(notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": tmp_path}}).execute()
    text = "".join(str(cell.get("outputs", "")) for cell in notebook.cells)
    assert "neurons [1, 2] become one" in text
    assert "application/vnd.jupyter.widget-view+json" in text, "the lab, first"
    assert "local optimum" in text
    films = [path for path in (tmp_path / "media" / "notebook").rglob("*.mp4") if "partial" not in str(path)]
    assert films and films[0].stat().st_size > 1000
