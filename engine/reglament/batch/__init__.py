"""Tables of requests where they lie: files read, decided as columns, written."""
