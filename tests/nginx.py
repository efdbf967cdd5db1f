"""The shipped nginx configuration, run as it is but for ports, names, folders and a certificate of its own."""

import contextlib
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.house.files import ROOT

SHIPPED = ROOT / "deploy" / "nginx"
MIME_TYPES = Path("/etc/nginx/mime.types")
NAME = "localhost"
START_SECONDS = 60.0

MAIN = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    include {types};
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include newsroom.conf;
}}
"""


def program() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def missing() -> str:
    """Why nginx cannot be run here, or nothing."""
    if program() and MIME_TYPES.is_file():
        return ""
    return "nginx is not installed (apt install nginx-light)"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def __getitem__(self, name: str) -> str:
        return self.headers.get(name.lower(), "")


@dataclass
class Front:
    """A running nginx; `folder` holds its logs, `var` the static files and media."""

    folder: Path
    application_port: int
    var: Path
    port: int = field(default_factory=free_port)
    plain_port: int = field(default_factory=free_port)

    def render(self) -> Path:
        """The main file, with the shipped ones beside it."""
        (self.folder / "snippets").mkdir(parents=True)
        replaced = {
            "listen [::]:80;": "",
            "listen [::]:80 default_server;": "",
            "listen [::]:443 ssl http2;": "",
            "listen [::]:443 ssl http2 default_server;": "",
            "listen 80": f"listen 127.0.0.1:{self.plain_port}",
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "127.0.0.1:8000": f"127.0.0.1:{self.application_port}",
            "/etc/letsencrypt/live/paper.example": str(self.folder),
            "paper.example": NAME,
            "/etc/nginx/newsroom-errors": str(SHIPPED / "errors"),
            "/srv/newsroom/var": str(self.var),
            "/var/cache/nginx": str(self.folder),
            "/var/log/nginx": str(self.folder),
            "buffer=32k flush=5s": "",
        }
        for source in SHIPPED.rglob("*.conf"):
            text = source.read_text()
            for shipped, here in replaced.items():
                text = text.replace(shipped, here)
            (self.folder / source.relative_to(SHIPPED)).write_text(text)
        user = "user root;" if os.geteuid() == 0 else ""
        main = self.folder / "nginx.conf"
        main.write_text(MAIN.format(user=user, folder=self.folder, types=MIME_TYPES))
        return main

    def ask(
        self, path: str, *, method: str = "GET", body: bytes = b"", source: str = "127.0.0.1", **headers: str
    ) -> Answer:
        """One request over a connection of its own; `User_Agent=` is the header User-Agent."""
        connection = http.client.HTTPSConnection(
            NAME, self.port, timeout=60, context=unverified(), source_address=(source, 0)
        )
        with contextlib.closing(connection):
            names = {"Host": NAME} | {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body or None, names)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())


@cache
def unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def certify(folder: Path) -> None:
    """A certificate and its key, under the names that certbot gives them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


@contextlib.contextmanager
def running(folder: Path, application_port: int, var: Path | None = None) -> Iterator[Front]:
    """nginx in front of an application on this port; it is stopped at the end."""
    front = Front(folder, application_port, var or folder / "var")
    main = front.render()
    front.var.mkdir(exist_ok=True)
    certify(folder)
    command = [program() or "nginx", "-p", str(folder), "-c", str(main), "-e", str(folder / "error.log")]
    process = subprocess.Popen(command)
    try:
        _wait_for(front, process)
        yield front
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(front: Front, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", front.port), 1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"nginx did not start: {(front.folder / 'error.log').read_text()}")
