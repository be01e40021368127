"""From a plan to something that decides: one module for each way."""
