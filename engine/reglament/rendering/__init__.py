"""From decisions, policies and diagrams to what people and programs are shown."""

from reglament.rendering.words import tests_in_words  # terms are told with the conditions in them

__all__ = ["tests_in_words"]
