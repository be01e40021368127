"""Many requests at once, as columns of Arrow: from tables of facts to columns of decisions."""
