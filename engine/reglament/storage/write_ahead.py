"""A file of SQLite that keeps a write-ahead log: what is committed survives a loss of power."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

LONGEST_PAUSE = 0.05  # seconds between two asks


def address_to_read(path: Path) -> str:
    """The address of a file that is only read, in a folder where nothing may be written too."""
    path = path.absolute()
    mode = "mode=ro"
    if not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists():
        mode = "immutable=1"  # beside it nothing can be made by which readers and writers share it
    return f"{path.as_uri()}?{mode}"


def write_ahead(connection: sqlite3.Connection, seconds: float) -> None:
    """Let readers read while one writes, and a commit return when the data is on the disk.

    SQLite refuses the change at once where someone else is about to write a file that has no such
    log yet, whatever `timeout` says: to wait could be to wait for each other. So it is asked again,
    for `seconds` at most. Raises sqlite3.DatabaseError where the file stays locked for longer, or
    is none of a database; the connection is closed then.
    https://sqlite.org/c3ref/busy_handler.html
    """
    deadline, pause = time.monotonic() + seconds, 0.001
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                connection.close()
                raise
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
    connection.execute("PRAGMA synchronous = FULL")
