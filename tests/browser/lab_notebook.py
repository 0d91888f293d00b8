"""A notebook that is open in JupyterLab, in a browser: run its cells, and read what came of them.

notebook = LabNotebook(browser, lab.copy_notebook(path))
notebook.run_all(patience=60)
notebook.errors()
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from browser.webdriver import Browser

_READY = """
const shown = window.jupyterapp?.shell.currentWidget;
return shown?.context?.path === arguments[0] && shown.sessionContext.session?.kernel?.status === "idle";
"""
_RUN_ALL = """
window.finished = null;
window.jupyterapp.commands.execute("notebook:run-all-cells").then((done) => { window.finished = {done}; });
"""
_RUN_NEXT = _RUN_ALL.replace("run-all-cells", "run-cell-and-select-next")
_CELLS = "return window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells.map((cell) => cell.toJSON())"


class LabNotebook:
    """The notebook at an address of JupyterLab, opened, with a kernel that is ready."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        browser.open(address)
        browser.wait(_READY, urlsplit(address).path.rpartition("/")[2], patience=60)

    def run_next(self) -> None:
        """Run the cell that is selected until it ends, and select the next."""
        self.browser.run(_RUN_NEXT)
        self.browser.wait("return window.finished")

    def run_all(self, patience: float) -> bool:
        """Run all cells, for so many seconds at most; return whether all of them have run."""
        self.browser.run(_RUN_ALL)
        finished: dict[str, bool] = self.browser.wait("return window.finished", patience=patience)
        return finished["done"]

    def cells(self) -> list[dict[str, Any]]:
        """Return the cells that hold code, with their outputs, as the format of notebooks has them."""
        cells: list[dict[str, Any]] = self.browser.run(_CELLS)
        return [cell for cell in cells if cell["cell_type"] == "code"]

    def errors(self) -> list[str]:
        """Return what went wrong, cell by cell."""
        outputs = [output for cell in self.cells() for output in cell["outputs"]]
        return [f"{each['ename']}: {each['evalue']}" for each in outputs if each["output_type"] == "error"]
