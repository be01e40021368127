"""Requests over time: a journal of events, and what a policy's reactions make of it."""
