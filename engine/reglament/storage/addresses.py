"""From the address of a database or a webhook to what of it people may see: no secret.

A password stands before the host, a token in the query or, with many webhooks, in the path.
"""

from __future__ import annotations

from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

HIDDEN = "***"
MORE = "…"


def shown_address(address: str) -> str:
    """The address without password, query and, of a web address, path; a file's path as it is."""
    scheme, divided, _ = address.partition("://")
    if not divided:
        return address
    parts = _split(address)
    if parts is None:
        return f"{scheme}://{MORE}"
    path = "" if parts.path in ("", "/") else parts.path
    if scheme.startswith("http") and path:
        path = f"/{MORE}"
    return f"{scheme}://{_host(parts)}{path}{f'?{MORE}' if parts.query else ''}"


def scrubbed(text: str, address: str) -> str:
    """The text, say of an error, without what the address keeps secret."""
    found = text.replace(address, shown_address(address))
    for secret in sorted(_secrets(address), key=len, reverse=True):
        found = found.replace(secret, HIDDEN)
    return found


def _secrets(address: str) -> set[str]:
    parts = _split(address) if "://" in address else None
    if parts is None:
        # What cannot be taken apart is hidden whole.
        before, at, _ = address.partition("://")[2].rpartition("@")
        return {before, before.partition(":")[2]} - {""} if at else set()
    told = {parts.password, *(value for _, value in parse_qsl(parts.query))}
    if parts.scheme.startswith("http") and len(parts.path) > 1:
        told.add(parts.path)
    secrets = {secret for secret in told if secret}
    return secrets | {unquote(secret) for secret in secrets}


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port, parts.hostname
    except ValueError:
        return None
    return parts


def _host(parts: SplitResult) -> str:
    _, _, host = parts.netloc.rpartition("@")
    user = f"{parts.username}{f':{HIDDEN}' if parts.password else ''}@" if parts.username else ""
    return ("" if parts.scheme.startswith("http") else user) + host
