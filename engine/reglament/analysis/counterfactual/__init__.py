"""From a request and what is wished to the nearest changes of facts that give it."""
