"""`explain`: a decision in words for who asked, and for who audits."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.cli_runner import REQUESTS, run

PARTNER = REQUESTS / "training-by-a-partner.yaml"

STRANGER = REQUESTS / "visit-by-somebody.yaml"

MORNINGS = REQUESTS / "three-mornings.jsonl"


def test_the_requester_is_told_the_answer_and_its_reason() -> None:
    told = run("explain", PARTNER, "--lang", "ru").stdout

    assert told.startswith("Ответ на заявку: принять. Канал принимается, услуга входит")
    assert "23 ноября 2026 (понедельник), 17:30 (8 рабочих часов;" in told


RENEWALS = [
    ("", "en", ["Renewal: not determined yet; still possible: “accepted” or “rejected”. "
                "We will find out the rest ourselves: “who issued the act”."]),
    ("", "ru", ["Продление поддержки: пока не определено; возможно: «продлевается» или "
                "«не продлевается». Остальное мы выясним сами: «кто выдал акт»."]),
    ("somebody", "en", [
        "Renewal: rejected. Renewal needs an act issued by the Industry Solutions Centre.",
        "Next: renew with an act of the Industry Solutions Centre that was not used before."]),
    ("somebody", "ru", [
        "Продление поддержки: не продлевается. Для продления нужен акт от ЦОР.",
        "Дальше: продлите поддержку по акту ЦОР, который ещё не использован."]),
    ("industry_solutions_centre", "en", [
        "Renewal: accepted. The renewal was requested through the portal. The number of the act "
        "is given. The act was issued by the Industry Solutions Centre. The act says that "
        "technical support was bought. No support was renewed by this act before.",
        "Renewal effective from: Friday, 20 November 2026, 12:00 (Moscow time)."]),
    ("industry_solutions_centre", "ru", [
        "Продление поддержки: продлевается. Заявка на продление подана через портал. Номер акта "
        "указан. Акт выдан ЦОР. В акте сказано о покупке техподдержки. По этому акту ещё не "
        "продлевали.",
        "Поддержка продлена с: 20 ноября 2026 (пятница), 12:00 (по московскому времени)."]),
]  # fmt: skip


@pytest.mark.parametrize(("issuer", "language", "said"), RENEWALS)
def test_who_told_of_a_renewal_reads_of_it(issuer: str, language: str, said: list[str]) -> None:
    request = (REQUESTS / "renewal.yaml").read_text("utf-8")
    told = request.replace('"117",', f'"117", issued_by: {issuer},') if issuer else request

    lines = run("explain", "-", "--lang", language, stdin=told).stdout.splitlines()

    assert lines[2:] == said


def test_who_told_nothing_of_a_renewal_reads_nothing_of_it() -> None:
    assert "Renewal" not in run("explain", PARTNER).stdout


def test_the_auditor_is_told_clauses_rules_and_the_ledger() -> None:
    told = run("explain", PARTNER, "--for", "auditor").stdout

    assert "§ partner.response" in told
    assert "channel-listed" in told
    assert "closing-tie" in told


def test_several_requests_are_explained_in_turn() -> None:
    assert len(run("explain", MORNINGS).stdout.split("\n\n")) == 3


@pytest.mark.parametrize("command", ["decide", "explain"])
def test_more_requests_than_a_file_may_hold_are_sent_to_batch(command: str, tmp_path: Path) -> None:
    path = tmp_path / "year.jsonl"
    path.write_bytes(b'{"a": 1}\n' * 1_200_000)

    from_file = run(command, path, "--policy", "library-fees")
    piped = run(command, "-", "--policy", "library-fees", stdin=path.read_bytes())

    for told in (from_file, piped):
        assert told.exit_code == 2
        hint = "   = so many requests are a table: `reglament batch` decides them\n"
        assert told.stderr.endswith(f"is larger than the 10000000 bytes allowed\n{hint}")
