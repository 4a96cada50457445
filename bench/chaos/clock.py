"""The clock of Rumbo's processes, which can be made to jump (`clock.c`)."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("clock.c")


class Clock:
    """A file all processes look at. `env` is what they need to be started with; empty without a C compiler."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clock"
        self.jump(0)
        self.env: dict[str, str] = {}
        if compiler := shutil.which("cc") or shutil.which("gcc"):
            library = folder / "clock.so"
            subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"], check=True)
            self.env = {"LD_PRELOAD": str(library), "RUMBO_CHAOS_CLOCK": str(self.file)}

    def jump(self, seconds: int) -> None:
        """From now on all their clocks differ from ours by so much."""
        with self.file.open("r+b" if self.file.exists() else "wb") as target:  # written in place: it is mapped
            target.write(struct.pack("=q", seconds))
