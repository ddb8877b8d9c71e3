from __future__ import annotations

from dsar.mail.auth import Claims, claims

SIGNED = (
    b"Authentication-Results: mx.agent.example 1; spf=pass smtp.mailfrom=clearface.example;\r\n"
    b"\tdkim=fail (bad signature) header.d=clearface.example; dmarc=none\r\n"
    b"Authentication-Results: mx.evil.example; dkim=pass header.d=bank.example\r\n"
    b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n d=ClearFace.example; s=key1;\r\n b=abc; bh=def\r\n"
    b"DKIM-Signature: v=1; d=; b=x\r\n"
    b"From: privacy@clearface.example\r\n\r\nd=body.example\r\n"
)


def test_only_the_topmost_results_are_read_with_who_wrote_them() -> None:
    assert claims(SIGNED) == Claims(
        signed_by=("clearface.example",),
        server="mx.agent.example",
        results=(("spf", "pass"), ("dkim", "fail"), ("dmarc", "none")),
    )


def test_a_mail_without_any_claims_nothing() -> None:
    assert claims(b"From: a@b.example\r\n\r\ndkim=pass") == Claims()
    assert claims(b"") == Claims()


def test_hostile_claims_stay_text() -> None:
    seen = claims(b"DKIM-Signature: d=\xff\xfe\x1b[31m; b=\r\nAuthentication-Results: ;;;=dkim=;dkim=pass\r\n\r\n")
    assert "\x1b" not in "".join(seen.signed_by)
    assert seen.results == (("dkim", "pass"),)
