"""One decision about all rows of a batch, whether they lack facts or not, by what they answer.

That a fact is missing, or an earlier decision open, is one more answer. So a look-up tells the
class of a row once the engine was asked of a row that answers so.
"""

from __future__ import annotations

import numpy as np

from reglament.columnar.keys.answered_keys import RowAnswers
from reglament.columnar.residuals.open_columns import LEFT_TO_ENGINE
from reglament.columnar.residuals.open_deciding import TO_BE_WALKED, OpenDeciding
from reglament.columnar.vectors.key_numbers import UNMET
from reglament.columnar.vectors.vector_values import MISSING, Array, every_of, taken


class AnswerDeciding(OpenDeciding):
    """Finds the classes of rows by what they answer."""

    def decide_all(self, odd: Array | None) -> tuple[Array, Array, Array]:
        """Of rows that are not odd the key, the class, and whether that is settled."""
        answered, met = self.keys.open_keys, self.open.met
        assert answered is not None
        sound = self._sound(answered, odd)
        of = answered.numbers(answered.parts(self.rows.axes), self.terms.count)
        if (answered.place_of == UNMET).any():
            self._learn_all(answered, of, sound)
        keys = taken(answered.place_of, of)
        if sound is not None:
            keys = np.where(sound, keys, LEFT_TO_ENGINE)
        if keys.min(initial=0) == TO_BE_WALKED:
            keys, rest = keys.copy(), np.flatnonzero(keys == TO_BE_WALKED)
            keys[rest] = self._walked(rest)
        self.keys.ask_again(met.keys, met.unsure, keys, None, self.rows)
        settled = taken(met.columns.settled.view(np.uint8), keys).view(bool)
        return keys, taken(met.columns.numbers, keys), settled

    def _sound(self, answered: RowAnswers, odd: Array | None) -> Array | None:
        """Where answers can tell it: nothing is odd, or refused, that it rests on."""
        found = [self.rows.classes.are_sound(self.open.cone - {self.open.name})]
        found += [None if odd is None else ~odd]
        found += [axis.computed(self.terms) for axis in answered.axes]
        return every_of(found)

    def _learn_all(self, answered: RowAnswers, of: Array, sound: Array | None) -> None:
        """Find the keys of answers that were not met before, by a row of each."""
        new = answered.place_of.take(of) == UNMET
        places = np.flatnonzero(new if sound is None else new & sound)
        numbers, first = np.unique(of[places], return_index=True)
        rows = places[first]
        states = [self.terms.known[fact].state[rows] == MISSING for fact in self.open.facts]
        is_lacking = np.logical_or.reduce([np.zeros(len(rows), bool), *states])
        if not is_lacking.all():
            self._meet_told(answered, numbers[~is_lacking], rows[~is_lacking])
        if is_lacking.any():
            self._meet(answered, numbers[is_lacking], rows[is_lacking])

    def _meet_told(self, answered: RowAnswers, numbers: Array, rows: Array) -> None:
        """The same of rows that lack nothing."""
        is_known = self._are_known(answered.axes, rows)
        kinds = self.keys.hangs_on.kinds(rows, self.terms, self.rows.classes.earlier)
        known = self.open.told_keys
        several = zip(numbers.tolist(), rows.tolist(), is_known.tolist(), kinds, strict=True)
        for number, row, is_told, kind in several:
            if is_told and kind not in known:
                known[kind] = self.open.met.add(self.keys.key(self.ask(row)))
            answered.place_of[number] = known[kind] if is_told else LEFT_TO_ENGINE
