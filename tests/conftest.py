"""What every test shares: laws try the same examples each time where a change is judged."""

from __future__ import annotations

import os

from hypothesis import settings

# At a desk each run explores anew; in CI a run must not fail for what the change did not touch.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
