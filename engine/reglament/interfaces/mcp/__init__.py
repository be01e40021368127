"""From an agent's calls to the engine and back, by the Model Context Protocol."""
