"""Virtuoso 7, as Debian packages it."""

from __future__ import annotations

import configparser
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port
from tests.stores.running import RunningStore, started, wait_until_up
from tests.system import missing, program

#: Where the package puts its configuration, and a copy of it.
_SHIPPED = (
    Path("/etc/virtuoso-opensource-7/virtuoso.ini"),
    Path("/usr/share/virtuoso-opensource-7/virtuoso.ini"),
)
_USER = "dba"
_FRESH_PASSWORD = "dba"  # noqa: S105 - what every new database has


@contextmanager
def running_virtuoso(readable: Path | None = None) -> Iterator[RunningStore]:
    """Start the server with a new database on loopback and stop it afterwards.

    Reading is open to everybody at `/sparql`; writing asks for Digest authentication.

    Args:
        readable: a folder that its bulk loader may read.
    """
    binary = program("virtuoso-t")
    sql, port = free_port(), free_port()
    with tempfile.TemporaryDirectory(prefix="lod-virtuoso-") as scratch:
        folder = Path(scratch)
        ini = folder / "virtuoso.ini"
        _write_configuration(ini, folder, sql, port, readable)
        log = folder / "log"
        command = [binary, "+foreground", "+configfile", str(ini)]
        with started(command, folder, log) as process:
            base = f"http://127.0.0.1:{port}"
            wait_until_up(process, f"{base}/sparql?query=ASK%7B%7D", log)
            yield RunningStore(
                "virtuoso",
                port,
                f"{base}/sparql",
                f"{base}/sparql-auth",
                f"{base}/sparql-graph-crud-auth",
                process,
                log,
                _USER,
                _FRESH_PASSWORD,
                sql,
            )


def run_isql(store: RunningStore, script: str) -> str:
    """Run statements in Virtuoso's SQL shell.

    Args:
        store: the store.
        script: the statements, each ended by a semicolon.

    Returns:
        What the shell said.
    """
    assert store.user is not None
    assert store.password is not None
    done = subprocess.run(
        [program("isql-vt"), f"127.0.0.1:{store.sql}", store.user, store.password],
        input=script.encode(),
        capture_output=True,
        check=True,
    )
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def _write_configuration(
    ini: Path, folder: Path, sql: int, port: int, readable: Path | None
) -> None:
    """The package's configuration, with folders, ports and sizes of a test."""
    shipped = next((path for path in _SHIPPED if path.is_file()), None)
    if shipped is None:
        missing("virtuoso-t")
    settings = configparser.RawConfigParser(strict=False, inline_comment_prefixes=(";",))
    settings.optionxform = str  # type: ignore[assignment,method-assign]  # as the manual says
    settings.read(shipped, "utf-8")
    files = {
        "DatabaseFile": "virtuoso.db",
        "ErrorLogFile": "virtuoso.log",
        "LockFile": "virtuoso.lck",
        "TransactionFile": "virtuoso.trx",
        "xa_persistent_file": "virtuoso.pxa",
    }
    settings["Database"].update({key: str(folder / name) for key, name in files.items()})
    settings["TempDatabase"].update(
        DatabaseFile=str(folder / "temporary.db"), TransactionFile=str(folder / "temporary.trx")
    )
    allowed = [".", *([str(readable)] if readable else [])]
    settings["Parameters"].update(
        ServerPort=f"127.0.0.1:{sql}", DirsAllowed=", ".join(allowed), CheckpointInterval="0"
    )
    settings["HTTPServer"].update(
        ServerPort=f"127.0.0.1:{port}", ServerRoot=str(folder), ServerThreads="20"
    )
    settings["Plugins"].clear()
    with ini.open("w", encoding="utf-8") as stream:
        settings.write(stream)
