"""Decisions as SQL: statements and tables for a database, dbt or a view, from the diagrams."""
