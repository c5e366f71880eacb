"""The demo, served as a newcomer gets it: its own process, database, mails and folder."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
# A session per account, made as signing in would: the journeys of sign-in have their own tests.
_OPEN_SESSIONS = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from ancrage.accounts.demo import demo_accounts
sessions = {}
for user in get_user_model().objects.filter(is_active=True):
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    sessions[user.email] = store.session_key
offered = [account.email for account in demo_accounts()]
print(json.dumps([settings.SESSION_COOKIE_NAME, sessions, offered]))
"""


class Site:
    """A running demo. `url` has no final slash; everything it writes lies under `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._env = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "ANCRAGE_VAR": str(folder),
            "DJANGO_SETTINGS_MODULE": "ancrage.config.settings.demo",
            "DJANGO_RUNSERVER_HIDE_WARNING": "true",
            # A warning is an error in the tests of the code, and noise in the log of a server.
            "PYTHONWARNINGS": "ignore",
        }
        for command in ("migrate", "load_reference", "load_demo"):
            self.manage(command)
        self.cookie_name, self._sessions, self.demo_emails = json.loads(
            self.manage("shell", "--no-imports", "--command", _OPEN_SESSIONS)
        )
        self._start()

    def _start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._log = self.folder / "server.log"
        with self._log.open("wb") as log:
            self._server = subprocess.Popen(
                self._command("runserver", f"127.0.0.1:{port}", "--noreload", "--skip-checks"),
                cwd=ROOT,
                env=self._env,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"The demo did not start:\n{self.log()}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=10):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def _command(self, *args: str) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *args]

    def manage(self, *args: str) -> str:
        """Run a management command on the demo; return what it printed."""
        done = subprocess.run(
            self._command(*args), cwd=ROOT, env=self._env, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"manage {args[0]} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def session_key(self, email: str) -> str:
        """Key of an open session of the account of this address."""
        return self._sessions[email]

    def mails(self) -> list[EmailMessage]:
        """Return the mails sent so far, oldest first; the outbox is emptied on the way."""
        self.manage("run_outbox")
        files = sorted((self.folder / "mail").glob("*.log"), key=lambda path: path.name)
        parts = [part for path in files for part in path.read_bytes().split(b"-" * 79 + b"\n")]
        return [message_from_bytes(part, policy=policy.default) for part in parts if part.strip()]

    def log(self) -> str:
        """Return the end of what the server wrote."""
        return self._log.read_text(errors="replace")[-4000:]

    def stop(self) -> None:
        self._server.terminate()
        self._server.wait(timeout=10)
