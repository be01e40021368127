"""From the head of a log to a checkpoint kept elsewhere, signed by Ed25519 (RFC 8032) if wanted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from errno import EEXIST
from os import strerror
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from reglament.audit.canonical import canonical
from reglament.audit.log import DecisionLog
from reglament.frozen import frozen
from reglament.language.syntax.files import opened_file
from reglament.messages import Message
from reglament.model.problems import Refused, refusal

FORMAT = 1
MOST_KEY = 100_000


@frozen
class Checkpoint:
    """What a log was at one moment; `signer` is the key that its signature was checked by."""

    log: str
    sequence: int
    hash: str
    time: str
    signature: str | None = None
    signer: str | None = None

    def content(self) -> dict[str, Any]:
        """What is signed."""
        return {
            "format": FORMAT,
            "log": self.log,
            "sequence": self.sequence,
            "hash": self.hash,
            "time": self.time,
        }

    def to_dict(self) -> dict[str, Any]:
        """The checkpoint as a JSON object."""
        signed = {"signature": {"algorithm": "Ed25519", "value": self.signature}}
        return self.content() | (signed if self.signature else {})


def checkpoint_of(log: DecisionLog, key: Ed25519PrivateKey | None = None) -> Checkpoint:
    """The head of the log now, signed where a key is given."""
    head = log.head()
    checkpoint = Checkpoint(log.identity, head.sequence, head.hash, head.time)
    if key is None:
        return checkpoint
    return replace(checkpoint, signature=key.sign(canonical(checkpoint.content())).hex())


def read_checkpoint(text: str, public_key: Ed25519PublicKey | None = None) -> Checkpoint:
    """The checkpoint in a JSON text; its signature is checked by `public_key` where given.

    Raises Refused where it is no checkpoint, and where the signature is wrong or missing.
    """
    try:
        told = json.loads(text)
        found = _checkpoint(told)
        if told["format"] != FORMAT:
            raise ValueError("another format")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise refusal("not-a-checkpoint", _NO_CHECKPOINT) from None
    if public_key is None:
        return found
    try:
        public_key.verify(bytes.fromhex(found.signature or ""), canonical(found.content()))
    except (InvalidSignature, ValueError):
        raise refusal("wrong-signature", _WRONG_SIGNATURE) from None
    return replace(found, signer=public_key.public_bytes_raw().hex())


def new_key(path: Path) -> Ed25519PublicKey:
    """Write a new private key to `path` (PEM, for its owner alone) and give its public half.

    Raises Refused where the file exists already.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        path.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise _file(path, error) from error
    _fill(path, pem)
    return key.public_key()


def _fill(path: Path, content: bytes) -> None:
    """Write all of it, or leave no file. Raises Refused."""
    try:
        path.write_bytes(content)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _file(path, error) from error


def new_key_pair(private: Path, public: Path | None) -> str:
    """A new private key in one file; its public half as PEM, also written to `public` if named.

    Raises Refused where either file exists already: then neither is written.
    """
    if public is not None and public.exists():
        raise _file(public, FileExistsError(EEXIST, strerror(EEXIST)))
    pem = public_pem(new_key(private))
    if public is not None:
        try:
            _fill(public, pem.encode("ascii"))
        except Refused:
            private.unlink()
            raise
    return pem


def read_private_key(path: Path) -> Ed25519PrivateKey:
    """The private key in a PEM file. Raises Refused."""
    key = _loaded(path, lambda data: serialization.load_pem_private_key(data, None))
    if not isinstance(key, Ed25519PrivateKey):
        raise refusal("not-a-key", _NO_KEY)
    return key


def read_public_key(path: Path) -> Ed25519PublicKey:
    """The public key in a PEM file. Raises Refused."""
    key = _loaded(path, serialization.load_pem_public_key)
    if not isinstance(key, Ed25519PublicKey):
        raise refusal("not-a-key", _NO_KEY)
    return key


def public_pem(key: Ed25519PublicKey) -> str:
    """The public key as PEM text."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, form).decode()


def _checkpoint(told: Mapping[str, Any]) -> Checkpoint:
    sequence, signature = told["sequence"], told.get("signature")
    texts = [told["log"], told["hash"], told["time"]]
    if not isinstance(sequence, int) or not all(isinstance(text, str) for text in texts):
        raise ValueError("wrong types")
    value = None if signature is None else str(signature["value"])
    return Checkpoint(texts[0], sequence, texts[1], texts[2], value)


def _loaded(path: Path, load: Any) -> Any:
    try:
        with opened_file(path, str(path)) as file:
            return load(file.read(MOST_KEY))
    except OSError as error:
        raise _file(path, error) from error
    except (ValueError, TypeError) as error:
        raise refusal("not-a-key", _NO_KEY) from error


def _file(path: Path, error: OSError) -> Refused:
    why = error.strerror or str(error)
    return refusal("file-refused", Message("file-path-why", path=path, why=why))


_NO_CHECKPOINT = Message("not-checkpoint-decision-log")
_WRONG_SIGNATURE = Message("checkpoint-signature-does-not")
_NO_KEY = Message("file-holds-no-ed25519")
