"""What every test shares: laws try the same examples each time where a change is judged."""

from __future__ import annotations

import os

from hypothesis import settings

# At a desk each run explores anew; in CI a run must not fail for what the change did not touch.
# Nowhere does a law fail because its machine has other work to do.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
