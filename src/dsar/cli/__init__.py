"""The command line: parse, call the desk, print. One boundary turns errors into one sentence and an exit code."""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Run `dsar` with the arguments of the process, and leave with the exit code that CLI scripts rely on."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; its exit code. No traceback reaches a user, and no personal data a log."""
    from dsar.cli.app import command  # noqa: PLC0415 - typer is loaded once there is something to run
    from dsar.cli.out import fail  # noqa: PLC0415 - as above
    from dsar.errors import DsarError, InputError  # noqa: PLC0415 - as above

    try:
        # standalone_mode prints usage errors itself and leaves with 2; a returned number is an exit code
        command().main(args=arguments, prog_name="dsar", standalone_mode=True)
    except DsarError as error:
        return fail(str(error), error.code)
    except KeyboardInterrupt:
        return fail("Interrupted: what was not confirmed as recorded was not recorded.", INTERRUPTED)
    except BrokenPipeError:
        # the reader of our output has gone: nothing is left to tell it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if os.environ.get("DSAR_DEBUG"):
            raise
        # a path that is no folder, a full disk: the machine's answer, not a mistake of dsar
        what = f"“{error.filename}” cannot be used" if error.filename else "A file cannot be used"
        sentence = f"{what} ({error.strerror}): look at the path, the space on the disk and your rights to it."
        return fail(sentence, InputError.code)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    except Exception as error:
        if os.environ.get("DSAR_DEBUG"):
            raise
        sentence = f"dsar itself failed ({type(error).__name__}): set DSAR_DEBUG=1, repeat, and report what it says."
        return fail(sentence, 70)
    return 0
