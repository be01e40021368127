"""From the nearest changes of a request to plain values for programs."""

from __future__ import annotations

from typing import Any

from reglament.analysis.counterfactual.nearest_change import Another, Nearest, Wanted
from reglament.rendering.plain.plain_values import plain


def change_document(want: Wanted, nearest: Nearest) -> dict[str, Any]:
    """What was wished, and each change of facts that grants it, the same in every language."""
    return {
        "want": {
            n: {"another": True} if isinstance(v, Another) else plain(v) for n, v in want.items()
        },
        "changes": [
            {
                "moves": [
                    {
                        "fact": move.fact,
                        "before": plain(move.before),
                        "after": plain(move.after),
                        "was_told": move.was_told,
                        "any_other": move.is_any,
                        "also": list(move.also),
                    }
                    for move in change.moves
                ],
                "outcomes": {name: plain(value) for name, value in change.outcomes.items()},
            }
            for change in nearest.changes
        ],
        "is_proven": nearest.is_proven,
        "fixed": list(nearest.fixed),
    }
