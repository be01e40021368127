"""Some ninety kinds of tampering as data: what is done, and by what name it must be found.

`entries` of the log that they are done to: 1-3, 5, 8-10 plain decisions, 4 and 6 tell a sensitive
fact, 7 records that what 6 kept apart was erased.
"""

from __future__ import annotations

import zlib

from sqlalchemy import update

from reglament.audit.entry import MOST_BYTES
from reglament.audit.storage import POLICIES, SECRETS
from support.tampering import (
    FAR,
    delete,
    put,
    rewrite,
    run,
    shift,
    swap,
)
from support.tampering_steps import (
    ERASURE,
    SENSITIVE,
    Tampering,
    bytes_instead,
    chained,
    emptied,
    from_one_origin,
    inserted,
    later,
    other_outcome,
    outcome,
    put_back,
    said_instead,
    secret,
    sql,
    stray_policy,
    swapped_policy,
    unguarded,
    unlogged,
    without,
    words_added,
)

SET = "UPDATE reglament_entries SET"
AT_3 = "WHERE sequence = 3"
BOMB = zlib.compress(bytes(2 * MOST_BYTES), 1)
EDITED, FOLLOWS = "edited-entry", "does-not-follow"
SQLITE, POSTGRESQL = "sqlite", "postgres"

TAMPERINGS = [
    # What an entry says
    Tampering("a word of a body", EDITED, lambda log: rewrite(log, 3, with_hash=False, as_of="x")),
    Tampering(
        "a body and its hash", EDITED, lambda log: rewrite(log, 3, with_hash=True, as_of="x")
    ),
    Tampering("a hash", EDITED, sql(f"{SET} hash = 'sha256:00' {AT_3}")),
    Tampering("a hash emptied", EDITED, sql(f"{SET} hash = '' {AT_3}")),
    Tampering("a hash in capitals", EDITED, sql(f"{SET} hash = upper(hash) {AT_3}")),
    Tampering(
        "a hash as bytes", EDITED, sql(f"{SET} hash = CAST(hash AS BLOB) {AT_3}"), only=SQLITE
    ),
    Tampering("the column of the time", EDITED, sql(f"{SET} time = '2030' {AT_3}")),
    Tampering("a time as bytes", EDITED, sql(f"{SET} time = x'ff' {AT_3}"), only=SQLITE),
    Tampering("a time without end", EDITED, sql(f"{SET} time = {'9' * 5000} {AT_3}"), only=SQLITE),
    Tampering("the column of the policy", EDITED, sql(f"{SET} policy = 'sha256:00' {AT_3}")),
    Tampering("no policy in the column", EDITED, sql(f"{SET} policy = NULL {AT_3}")),
    Tampering("a policy at an erasure", EDITED, sql(f"{SET} policy = 'x' WHERE sequence = 7")),
    Tampering("a body as text", EDITED, sql(f"{SET} body = 'text' {AT_3}"), only=SQLITE),
    Tampering("a body as a number", EDITED, sql(f"{SET} body = 5 {AT_3}"), only=SQLITE),
    Tampering("an empty body", EDITED, bytes_instead(b"")),
    Tampering(
        "a body that is not packed", EDITED, bytes_instead(lambda data: zlib.decompress(data))
    ),
    Tampering("bytes after the body", EDITED, bytes_instead(lambda data: data + b"more")),
    Tampering("two bodies in a row", EDITED, bytes_instead(lambda data: data + data)),
    Tampering("a body cut off", EDITED, bytes_instead(lambda data: data[:-9])),
    Tampering("a body without its check", EDITED, bytes_instead(lambda data: data[:-4])),
    Tampering("a body of zeros", EDITED, bytes_instead(bytes(1000))),
    Tampering("a bomb", EDITED, bytes_instead(BOMB)),
    Tampering("a body of blanks", EDITED, said_instead(" " * 1000)),
    Tampering("a body that is no object", EDITED, said_instead("[]")),
    Tampering("a body that is null", EDITED, said_instead("null")),
    Tampering("a body of nothing but brackets", EDITED, said_instead("[" * 100_000)),
    Tampering("a body with spaces", EDITED, said_instead('{"a": 1}')),
    Tampering("a body that says a thing twice", EDITED, said_instead('{"a":1,"a":2}')),
    Tampering("a body with a fraction", EDITED, said_instead('{"a":1.5}')),
    Tampering("a body with a great number", EDITED, said_instead(f'{{"a":{"9" * 5000}}}')),
    Tampering("a body with half a letter", EDITED, said_instead('{"a":"\\ud800"}')),
    Tampering("a body that is not Unicode", EDITED, said_instead(b'{"a":"\xff"}')),
    Tampering(
        "a body of another entry", EDITED, lambda log: rewrite(log, 3, with_hash=True, sequence=5)
    ),
    # Which entries there are, and in what order
    Tampering("the first deleted", "deleted-entry", lambda log: delete(log, 1)),
    Tampering("one deleted", "deleted-entry", lambda log: delete(log, 5)),
    Tampering("several deleted", "deleted-entry", lambda log: delete(log, 2, 5)),
    Tampering("a record of erasure deleted", "deleted-entry", lambda log: delete(log, 7)),
    Tampering(
        "one deleted and the later moved up",
        "deleted-entry",
        lambda log: (delete(log, 5), shift(log, 6, -1)),
    ),
    Tampering("two swapped", "reordered-entry", lambda log: swap(log, 2, 9)),
    Tampering("neighbours swapped", "reordered-entry", lambda log: swap(log, 2, 3)),
    Tampering("one inserted", "inserted-entry", inserted),
    Tampering("one copied", "inserted-entry", lambda log: put(log, log.entry(2), 5)),
    Tampering("all moved by one", "renumbered-entry", lambda log: shift(log, 1, 1)),
    Tampering(
        "the last moved away", "renumbered-entry", sql(f"{SET} sequence = 99 WHERE sequence = 10")
    ),
    Tampering("a number below nought", "reordered-entry", sql(f"{SET} sequence = -5 {AT_3}")),
    Tampering(
        "a number that is none", "inserted-entry", sql(f"{SET} sequence = 'x' {AT_3}"), only=SQLITE
    ),
    Tampering("all from one origin", "inserted-entry", from_one_origin),
    Tampering("all turned round", "reordered-entry", sql(f"{SET} sequence = -sequence")),
    Tampering("the tail cut", "truncated-tail", lambda log: delete(log, 9, 10), by_checkpoint=True),
    Tampering(
        "all entries deleted", "truncated-tail", lambda log: delete(log, 1, 10), by_checkpoint=True
    ),
    Tampering("all entries deleted, policies left", "stray-policy", lambda log: delete(log, 1, 10)),
    Tampering("a tail cut that keeps things apart", "stray-secret", lambda log: delete(log, 4, 10)),
    Tampering("a tail written anew", "replaced-log", chained(8, engine="9"), by_checkpoint=True),
    # What a chain written anew says
    Tampering("another outcome", FOLLOWS, other_outcome),
    Tampering("other rules", FOLLOWS, outcome(lambda d: d["decisions"]["refund"].update(rules=[]))),
    Tampering(
        "other needs", FOLLOWS, outcome(lambda d: d["decisions"]["of_age_on"].update(needs=[]))
    ),
    Tampering(
        "other outcomes possible",
        FOLLOWS,
        outcome(lambda d: d["decisions"]["of_age_on"].update(possible=["2000-01-01"])),
    ),
    Tampering("a decision left out", FOLLOWS, outcome(lambda d: d["decisions"].pop("refund"))),
    Tampering("a decision added", FOLLOWS, outcome(lambda d: d["decisions"].update(more={}))),
    Tampering("no document", FOLLOWS, chained(outcome=None)),
    Tampering("a document of lists", FOLLOWS, chained(outcome={"decisions": []})),
    Tampering(
        "another request", FOLLOWS, chained(request={"asked.at": "2024-03-01T12:03", "kind": "toy"})
    ),
    Tampering("a request of unknown facts", FOLLOWS, chained(request={"price_": "1"})),
    Tampering("a request that is none", FOLLOWS, chained(request=[])),
    Tampering("a request nested without end", FOLLOWS, chained(request={"kind": {"a": {"b": {}}}})),
    Tampering("words added", "other-document", outcome(words_added), is_whole=True),
    Tampering(
        "other clauses",
        "other-document",
        outcome(lambda d: d["decisions"]["refund"].update(clauses=["c2"])),
        is_whole=True,
    ),
    Tampering(
        "other readings",
        "other-document",
        outcome(lambda d: d["decisions"]["refund"].update(readings=["weekend", "weekend"])),
        is_whole=True,
    ),
    Tampering("an unknown kind", "unknown-kind", chained(kind="remark")),
    Tampering("a kind that is no word", "unknown-kind", chained(kind=["decision"])),
    Tampering("an unknown format", "unknown-format", chained(format=3)),
    Tampering("an earlier format", "other-document", chained(format=1), is_whole=True),
    Tampering("an unknown language", "unknown-language", chained(language="99")),
    Tampering("a word more", EDITED, chained(remark="approved")),
    Tampering("no moment", FOLLOWS, without("as_of")),
    Tampering("no request", FOLLOWS, without("request")),
    Tampering("no kind", "unknown-kind", without("kind")),
    Tampering("a moment that is none", FOLLOWS, chained(as_of="soon")),
    Tampering(
        "a moment before the version", "wrong-version", chained(as_of="2023-03-01T12:00:00+03:00")
    ),
    Tampering(
        "another version's name",
        "wrong-version",
        outcome(lambda d: d["policy"].update(version="v9")),
    ),
    Tampering("an unknown policy", "missing-policy", chained(policy="sha256:00")),
    Tampering("a number as text in a body", EDITED, chained(sequence="3")),
    Tampering("an erasure of nothing", EDITED, chained(ERASURE, erased={"sequence": "6"})),
    Tampering("a time before", "time-backwards", chained(time="2020-01-01T00:00:00.000000Z")),
    Tampering("a time to come", "time-ahead", chained(time="2199-01-01T00:00:00.000000Z")),
    Tampering("one time for all", "time-stood-still", later),
    Tampering("a clock that shows no time", EDITED, chained(clock="noon")),
    # What is kept apart
    Tampering("a secret", "edited-secret", sql("UPDATE reglament_secrets SET value = '\"1\"'")),
    Tampering("a salt", "edited-secret", sql("UPDATE reglament_secrets SET salt = '00'")),
    Tampering(
        "a secret that is no JSON", "edited-secret", sql("UPDATE reglament_secrets SET value = '{'")
    ),
    Tampering(
        "a secret not a number", "edited-secret", sql("UPDATE reglament_secrets SET value = 'NaN'")
    ),
    Tampering(
        "a secret nested without end",
        "edited-secret",
        lambda log: run(log, update(SECRETS).values(value="[" * 100_000)),
    ),
    Tampering(
        "a secret deleted",
        "lost-secret",
        sql("DELETE FROM reglament_secrets WHERE name <> '#document'"),
    ),
    Tampering("all secrets deleted", "lost-secret", sql("DELETE FROM reglament_secrets")),
    Tampering("a secret added", "stray-secret", secret(3, "price")),
    Tampering("a secret beside another", "stray-secret", secret(SENSITIVE, "price")),
    Tampering("a secret of no entry", "stray-secret", secret(FAR, "price")),
    Tampering("a secret put back", "stray-secret", put_back),
    Tampering(
        "secrets of text and bytes",
        "stray-secret",
        sql(
            "UPDATE reglament_secrets SET sequence = CASE name WHEN '#document' THEN 'x' "
            "ELSE x'ff' END"
        ),
        only="sqlite",
    ),
    # Policies
    Tampering("a policy", "swapped-policy", swapped_policy),
    Tampering(
        "a policy emptied", "swapped-policy", sql("UPDATE reglament_policies SET content = ''")
    ),
    Tampering(
        "a policy that is no JSON",
        "swapped-policy",
        sql("UPDATE reglament_policies SET content = '['"),
    ),
    Tampering(
        "a policy nested without end",
        "swapped-policy",
        lambda log: run(log, update(POLICIES).values(content="[" * 100_000)),
    ),
    Tampering(
        "a policy as bytes",
        "swapped-policy",
        sql("UPDATE reglament_policies SET content = CAST(content AS BLOB)"),
        only=SQLITE,
    ),
    Tampering("a policy deleted", "missing-policy", sql("DELETE FROM reglament_policies")),
    Tampering(
        "a policy under another name",
        "missing-policy",
        sql("UPDATE reglament_policies SET digest = 'sha256:00'"),
    ),
    Tampering("a policy added", "stray-policy", stray_policy),
    # The log itself
    Tampering("another name", "replaced-log", sql("UPDATE reglament_log SET identity = 'x'")),
    Tampering("another beginning", "replaced-log", sql("UPDATE reglament_log SET created = 'x'")),
    Tampering("another format", "unknown-format", sql("UPDATE reglament_log SET format = 7")),
    Tampering("no name", "replaced-log", sql("DELETE FROM reglament_log")),
    Tampering("two names", "replaced-log", sql("INSERT INTO reglament_log VALUES ('x', 1, 'x')")),
    Tampering("all but the policies deleted", "replaced-log", emptied),
    Tampering("no triggers", "lost-guard", unlogged),
    Tampering(
        "a trigger fewer", "lost-guard", unguarded("DROP TRIGGER reglament_log_update"), only=SQLITE
    ),
    Tampering(
        "a trigger that does nothing",
        "lost-guard",
        unguarded(
            "DROP TRIGGER reglament_entries_update",
            "CREATE TRIGGER reglament_entries_update BEFORE UPDATE ON reglament_entries "
            "BEGIN SELECT 1; END",
        ),
        only=SQLITE,
    ),
    Tampering(
        "a trigger switched off",
        "lost-guard",
        unguarded("ALTER TABLE reglament_entries DISABLE TRIGGER reglament_entries_kept"),
        only=POSTGRESQL,
    ),
    Tampering(
        "a function that does nothing",
        "lost-guard",
        unguarded(
            "CREATE OR REPLACE FUNCTION reglament_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NEW; END $$"
        ),
        only=POSTGRESQL,
    ),
    Tampering("no policies at all", "missing-table", unguarded("DROP TABLE reglament_policies")),
    Tampering("no secrets at all", "missing-table", unguarded("DROP TABLE reglament_secrets")),
    Tampering("no entries at all", "missing-table", unguarded("DROP TABLE reglament_entries")),
    Tampering("no log at all", "missing-table", unguarded("DROP TABLE reglament_log")),
    Tampering(
        "a table under another name",
        "missing-table",
        unguarded("ALTER TABLE reglament_secrets RENAME TO reglament_secret"),
    ),
    Tampering(
        "a column under another name",
        "missing-table",
        unguarded("ALTER TABLE reglament_secrets RENAME COLUMN salt TO pepper"),
    ),
    Tampering(
        "a view for a table",
        "missing-table",
        unguarded(
            "ALTER TABLE reglament_secrets RENAME TO kept",
            "CREATE VIEW reglament_secrets AS SELECT * FROM kept",
        ),
    ),
]
