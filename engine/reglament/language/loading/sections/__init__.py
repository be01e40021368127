"""The sections of a policy beside its decisions, each read into its part of the model."""
