"""From the columns of a table to the facts that each row tells, and which version judges it."""
