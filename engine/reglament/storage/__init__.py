"""Where a log and a journal are kept."""
