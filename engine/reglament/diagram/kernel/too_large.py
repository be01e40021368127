"""That a diagram outgrew its budget: apart, for those who meet it and need no diagrams."""

from __future__ import annotations


class TooLarge(Exception):
    """A diagram outgrew its budget of `nodes`; what was asked is not analysed."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes
        super().__init__(nodes)
