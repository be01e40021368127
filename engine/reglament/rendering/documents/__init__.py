"""The decision document: a decided request as plain values and as JSON text."""
