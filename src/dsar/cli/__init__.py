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
    from dsar.cli.out import fail  # noqa: PLC0415 - typer is loaded once there is something to run
    from dsar.errors import DsarError, InputError  # noqa: PLC0415 - as above

    try:
        return _invoke(arguments)
    except DsarError as error:
        return fail(str(error), error.code)
    except (KeyboardInterrupt, EOFError):
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
    except Exception as error:
        if os.environ.get("DSAR_DEBUG"):
            raise
        sentence = f"dsar itself failed ({type(error).__name__}): set DSAR_DEBUG=1, repeat, and report what it says."
        return fail(sentence, 70)


def _invoke(arguments: list[str]) -> int:
    """Parse and run; usage errors are printed as typer words them, and end with 2.

    Not by the command's own `main`: that turns an interrupt and a closed pipe into exit codes of its own.
    """
    import typer  # noqa: PLC0415 - loaded once there is something to run
    from typer._click.exceptions import ClickException  # noqa: PLC0415 - typer exports only its subclasses

    from dsar.cli.app import command  # noqa: PLC0415 - as above

    try:
        program = command()
        with program.make_context("dsar", list(arguments)) as context:
            program.invoke(context)
        if sys.stdout is not None:
            sys.stdout.flush()
    except typer.Exit as done:
        return done.exit_code
    except typer.Abort as error:
        raise KeyboardInterrupt from error  # Ctrl-C or the end of input, at a question
    except ClickException as error:
        error.show()
        return error.exit_code
    return 0
