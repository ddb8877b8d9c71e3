"""Mails as they come, with made-up parties: written by hand, so that what they say is known without parsing them."""

from __future__ import annotations

PDF = b"%PDF-1.7\n\x00\x01\xff nothing to see\n%%EOF\n"

ANSWER = b"""\
Return-Path: <privacy@clearface.example>
Received: from mx.clearface.example by mx.agent.example; Fri, 20 Mar 2026 23:40:02 -0400
From: =?utf-8?q?Clearface_AI=2C_?= =?utf-8?q?D=C3=A9l=C3=A9gu=C3?=
 =?utf-8?q?=A9?= <privacy@clearface.example>
To: "Martin, Jeanne" <dossiers@agent.example>, zoe@person.example
Cc: legal@clearface.example
Subject: Re: =?iso-8859-1?Q?Demande_d=27acc=E8s?= 2026-7QX2M
Date: Fri, 20 Mar 2026 23:40:00 -0400
Message-ID: <answer-1@clearface.example>
In-Reply-To: <request-1@agent.example>
References: <request-0@agent.example> <request-1@agent.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain; charset=iso-8859-15
Content-Transfer-Encoding: quoted-printable

Ch=E8re Madame, le tarif est de 10 =A4.
--inner
Content-Type: text/html; charset=utf-8

<p>Another wording</p>
--inner--
--outer
Content-Type: application/pdf
Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fr%C3%A9ponse%0A.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjcKAAH/IG5vdGhpbmcgdG8gc2VlCiUlRU9GCg==
--outer
Content-Type: message/rfc822

From: first@person.example
Subject: inside
Date: Mon, 5 Jan 2026 10:00:00 +0100

the mail within
--outer--
"""

VACATION = b"""\
From: Privacy Team <privacy@clearface.example>
To: dossiers@agent.example
Subject: Automatic reply
Date: Tue, 6 Jan 2026 09:00:00 +0000
Auto-Submitted: auto-replied; owner-email="privacy@clearface.example"

We are out of the office.
"""

BOUNCE = b"""\
Return-Path: <>
From: MAILER-DAEMON@mx.agent.example
To: dossiers@agent.example
Subject: Undelivered Mail Returned to Sender
Date: Tue, 6 Jan 2026 09:00:00 +0000
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.agent.example

Final-Recipient: rfc822; privacy@clearface.example
Action: failed
Status: 5.1.1
--b--
"""

HTML = b"""\
From: a@clearface.example
To: b@agent.example
Subject: html only
Content-Type: text/html; charset=utf-8

<html><head><title>T</title><style>p{color:red}</style></head><body>
<h1>Notice</h1><p>Dear&nbsp;Ms &Lstrok;uk,<br>please   see
<a href="https://portal.example/x">https://bank.example</a>.</p>
<SCRIPT>steal()</SCRIPT><img src="http://tracker.example/pixel.gif">
<ul><li>one</li><li>two</li></ul><table><tr><td>a</td><td>b</td></tr></table> 3 < 4 <!-- hidden -->
</body></html>
"""

REAL = (ANSWER, VACATION, BOUNCE, HTML)
