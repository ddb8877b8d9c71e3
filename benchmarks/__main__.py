"""`make bench`: print the times. With `--strict`, exit 1 if one exceeds its limit."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.campaign import MOST_MEGABYTES as LIMIT_CAMPAIGN
from benchmarks.campaign import apart as campaign
from benchmarks.collective import LIMIT_MEGABYTES as LIMIT_COLLECTIVE
from benchmarks.collective import collective_dossier
from benchmarks.directory import measures as directory
from benchmarks.dossier import large_dossier
from benchmarks.letters import many_letters
from benchmarks.mail import LIMIT_MEGABYTES, large_mailbox
from benchmarks.many_cases import measures as many_cases
from benchmarks.measures import letter_to_pdf, open_vault, start_up, ten_thousand_deadlines
from benchmarks.office import ten_cases
from benchmarks.people import import_of_many
from benchmarks.report import MOST_MEGABYTES as LIMIT_REPORT
from benchmarks.report import fifty_thousand as report
from benchmarks.timing import ROUNDS, Measured
from benchmarks.vault import measures as vault

_SCALE = 0.1  # of a gigabyte of mail; `python -m benchmarks.mail FOLDER` takes in the whole


def main(arguments: list[str]) -> int:
    """Measure everything, print one line for each; the exit code."""
    if arguments not in ([], ["--strict"]):
        sys.stderr.write("usage: python -m benchmarks [--strict]\n")
        return 2
    with TemporaryDirectory(prefix="dsar-bench-") as name:
        folder = Path(name)
        office = ten_cases(folder)
        found = [
            *start_up(office),
            letter_to_pdf(office, folder),
            open_vault(office, folder),
            ten_thousand_deadlines(),
        ]
        # a process is born with the most memory that its parent has had: what is weighed comes before what is large
        many, memory = many_letters(office.letter, folder)
        found.append(many)
        mails, megabytes = large_mailbox(folder, scale=_SCALE)
        found.append(mails)
        wave, of_wave = campaign()
        found.append(wave)
        large = large_dossier(folder)
        found += [large.time] if large is not None else []
        of_many = collective_dossier(folder)
        found += [of_many[0]] if of_many is not None else []
        counted, of_report = report()
        found.append(counted)
        found += [*vault(folder), import_of_many(folder), *directory(folder), *many_cases(office, folder)]
    print(f"milliseconds, the minimum of {ROUNDS}, each taking turns with its floor\n")
    print(f"{'':25}{'ms':>8}   {'floor':28}{'ms':>8}{'ratio':>8}   limit")
    for one in found:
        print(row(one))
    print(f"\n{memory.row()}")
    print(f"memory of taking in {mails.name} {megabytes:.0f} MB; limit {LIMIT_MEGABYTES:.0f} MB")
    print(f"memory of a campaign {of_wave:.0f} MB; limit {LIMIT_CAMPAIGN:.0f} MB")
    print(f"memory of a report {of_report:.0f} MB; limit {LIMIT_REPORT:.0f} MB")
    if large is not None:
        print(large.row())
    if of_many is not None:
        print(f"memory of {of_many[0].name} {of_many[1]:.0f} MB; limit {LIMIT_COLLECTIVE:.0f} MB")
    small = of_many is None or of_many[1] <= LIMIT_COLLECTIVE
    flat = (
        small
        and memory.kept
        and megabytes <= LIMIT_MEGABYTES
        and of_wave <= LIMIT_CAMPAIGN
        and of_report <= LIMIT_REPORT
        and (large is None or large.kept)
    )
    exceeded = [*(one.name for one in found if not one.kept), *(() if flat else ("memory",))]
    if exceeded:
        print(f"\nover the limit: {', '.join(exceeded)}")
    return 1 if exceeded and arguments else 0


def row(one: Measured) -> str:
    """One measurement as a line of the table."""
    limit = f"{one.limit_ratio:.1f} x" if one.limit_ratio is not None else f"{(one.limit_seconds or 0) * 1000:.0f} ms"
    times = f"{one.name:25}{one.seconds * 1000:8.1f}   {one.floor_name:28}{one.floor * 1000:8.2f}{one.ratio:8.2f}"
    return f"{times}   {limit}{'' if one.kept else '  exceeded'}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
