"""From a checkout to the command line, with nothing installed but what it depends on."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "engine"))

from reglament.interfaces.cli import main

if __name__ == "__main__":
    main()
