"""A real Apache over a folder, and what it answers."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.system import program

CONFIGURATION = """\
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/error.log
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule rewrite_module {modules}/mod_rewrite.so
TypesConfig /dev/null
AddType text/html .html
DocumentRoot {folder}/site
<Directory {folder}/site>
  AllowOverride All
  Require all granted
</Directory>
{user}
"""


@contextmanager
def running(folder: Path, port: int) -> Iterator[None]:
    """Apache over a folder, until it is left."""
    modules = next(
        path
        for path in (Path("/usr/lib/apache2/modules"), Path("/usr/lib/httpd/modules"))
        if path.is_dir()
    )
    user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    configuration = folder / "httpd.conf"
    configuration.write_text(
        CONFIGURATION.format(folder=folder, port=port, modules=modules, user=user), "utf-8"
    )
    for path in (folder, *folder.parents):
        # The user of the server has to get there.
        if path.stat().st_uid == os.geteuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o011)
    process = subprocess.Popen([program("apache2"), "-f", configuration, "-D", "FOREGROUND"])
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "error.log").read_text("utf-8")
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def answer(base: str, path: str, accept: str | None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
    connection.request("GET", f"/{path}", headers={} if accept is None else {"Accept": accept})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


TURTLE, JSON_LD = "text/turtle", "application/ld+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
