"""The section `decisions`, read into rules of the model with all that follows from their order."""
