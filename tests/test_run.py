"""`run` skips what is done, redoes what was cut short, and says what is wrong in plain words."""

import socket
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program as a module, in an empty project of its own."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("run_program", str(ROOT / "run"))
    spec = spec_from_loader("run_program", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    for name, path in {
        "ROOT": tmp_path,
        "VAR": tmp_path / "var",
        "VENV": tmp_path / ".venv",
        "NODE_MODULES": tmp_path / "node_modules",
    }.items():
        monkeypatch.setattr(module, name, path)
    for lock in ("requirements.txt", "requirements-dev.txt", "package-lock.json"):
        (tmp_path / lock).write_text(f"{lock} 1\n")
    (tmp_path / ".venv").mkdir()
    return module


@pytest.fixture
def calls(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands the program would have run; each succeeds."""
    made: list[list[str]] = []

    def call(*command: str | Path, env: dict[str, str] | None = None, silent: bool = False) -> int:
        made.append([str(word) for word in command])
        return 0

    monkeypatch.setattr(run, "call", call)
    return made


def refuse_calls(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "call", lambda *command, env=None, silent=False: 1)


def locks_installed(calls: list[list[str]]) -> list[str]:
    return [Path(command[-1]).name for command in calls]


def test_packages_are_installed_once(run: ModuleType, calls: list[list[str]]):
    run.install_python_packages(dev=False)
    run.install_python_packages(dev=False)

    assert locks_installed(calls) == ["requirements.txt"]
    assert "--require-hashes" in calls[0]


def test_packages_are_installed_again_when_their_lock_changes(
    run: ModuleType, calls: list[list[str]], tmp_path: Path
):
    run.install_python_packages(dev=False)
    (tmp_path / "requirements.txt").write_text("another\n")
    run.install_python_packages(dev=False)

    assert len(calls) == 2


def test_development_packages_serve_the_demo_too(run: ModuleType, calls: list[list[str]]):
    run.install_python_packages(dev=True)
    run.install_python_packages(dev=False)

    assert locks_installed(calls) == ["requirements-dev.txt"]


def test_demo_packages_do_not_serve_the_tests(run: ModuleType, calls: list[list[str]]):
    run.install_python_packages(dev=False)
    run.install_python_packages(dev=True)

    assert locks_installed(calls) == ["requirements.txt", "requirements-dev.txt"]


def test_peers_are_installed_once_and_only_for_the_measures(
    run: ModuleType, calls: list[list[str]], tmp_path: Path
):
    (tmp_path / "requirements-bench.txt").write_text("peers 1\n")

    run.install_python_packages(dev=True)
    run.install_peers()
    run.install_peers()

    assert locks_installed(calls) == ["requirements-dev.txt", "requirements-bench.txt"]


def test_peers_are_left_alone_in_the_environment_of_somebody_else(
    run: ModuleType, calls: list[list[str]], tmp_path: Path
):
    (tmp_path / ".venv").rmdir()
    (tmp_path / "shared").mkdir()
    (tmp_path / ".venv").symlink_to(tmp_path / "shared")

    run.install_peers()

    assert calls == []


def test_installation_that_failed_is_tried_again(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, calls: list[list[str]]
):
    with monkeypatch.context() as broken:
        refuse_calls(run, broken)
        with pytest.raises(run.Stop, match="Vérifiez la connexion à Internet"):
            run.install_python_packages(dev=False)

    run.install_python_packages(dev=False)

    assert locks_installed(calls) == ["requirements.txt"]


def test_environment_is_made_anew_after_an_installation_cut_short(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, calls: list[list[str]]
):
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    run.make_venv()
    assert calls == []
    with monkeypatch.context() as broken:
        refuse_calls(run, broken)
        with pytest.raises(run.Stop):
            run.install_python_packages(dev=False)

    run.make_venv()

    assert [command[1:4] for command in calls] == [["-m", "venv", "--clear"]]


def test_failing_npm_warns_and_lets_the_demo_go_on(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(run, "find_npm", lambda: "npm")
    refuse_calls(run, monkeypatch)

    run.install_browser_files(dev=False)

    assert "les polices du système serviront" in capsys.readouterr().out
    assert not (run.NODE_MODULES / ".ancrage-packages").exists()


def test_npm_leaves_the_page_checkers_out_of_the_demo(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, calls: list[list[str]]
):
    monkeypatch.setattr(run, "find_npm", lambda: "npm")

    run.install_browser_files(dev=False)
    run.install_browser_files(dev=True)
    run.install_browser_files(dev=False)

    assert [command[:3] for command in calls] == [["npm", "ci", "--ignore-scripts"]] * 2
    assert ["--omit=dev" in command for command in calls] == [True, False]


def test_folders_that_are_links_are_left_as_they_are(
    run: ModuleType, calls: list[list[str]], tmp_path: Path
):
    (tmp_path / "shared").mkdir()
    run.VENV.rmdir()
    for link in (run.VENV, run.NODE_MODULES):
        link.symlink_to(tmp_path / "shared")

    run.install_python_packages(dev=True)
    run.install_browser_files(dev=True)

    assert calls == []
    assert list((tmp_path / "shared").iterdir()) == []


def test_database_is_prepared_once_and_again_after_it_is_lost(
    run: ModuleType, calls: list[list[str]]
):
    database = run.sqlite_file()

    def prepare() -> list[str]:
        calls.clear()
        run.prepare_database("settings", demo=True)
        database.touch()
        return [command[2] for command in calls]

    everything = ["migrate", "load_reference", "load_demo"]
    assert prepare() == everything
    # The first pass created the file: it is recognised from the second on.
    prepare()
    assert prepare() == []
    database.rename(database.with_suffix(".kept"))
    assert prepare() == everything


def test_new_migration_is_applied(run: ModuleType, calls: list[list[str]], tmp_path: Path):
    migrations = tmp_path / "ancrage" / "needs" / "migrations"
    migrations.mkdir(parents=True)
    run.prepare_database("settings")
    run.sqlite_file().touch()
    run.prepare_database("settings")
    calls.clear()
    (migrations / "0002_more.py").write_text("")

    run.prepare_database("settings")

    assert [command[2] for command in calls] == ["migrate", "load_reference"]


def test_reset_removes_the_file_and_loads_everything_again(
    run: ModuleType, calls: list[list[str]]
):
    database = run.sqlite_file()
    run.prepare_database("settings", demo=True)
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).touch()
    calls.clear()

    run.prepare_database("settings", demo=True, reset=True)

    assert list(database.parent.glob("*.sqlite3*")) == []
    assert [command[2] for command in calls] == ["migrate", "load_reference", "load_demo"]


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///var/other.sqlite3", "var/other.sqlite3"),
        ("sqlite:////srv/ancrage.sqlite3", "/srv/ancrage.sqlite3"),
        ("postgres://someone@host/base", None),
    ],
)
def test_sqlite_file_follows_database_url(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, file: str | None
):
    monkeypatch.setenv("DATABASE_URL", url)

    assert run.sqlite_file() == (None if file is None else tmp_path / file)


def test_server_database_is_migrated_every_time(
    run: ModuleType, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATABASE_URL", "postgres://someone@host/base")
    run.prepare_database("settings")
    calls.clear()

    run.prepare_database("settings")

    assert [command[2] for command in calls] == ["migrate"]


def test_busy_port_leaves_its_place_to_the_next(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        monkeypatch.setattr(run, "FIRST_PORT", port)

        found = run.free_port(None)

        with pytest.raises(run.Stop, match=f"Le port {port} est occupé"):
            run.free_port(port)
    assert port < found < port + run.PORTS_TRIED
    assert f"Le port {port} est occupé" in capsys.readouterr().out


@pytest.mark.parametrize("port", ["70000", "-1", "http"])
def test_impossible_port_is_refused(
    run: ModuleType, capsys: pytest.CaptureFixture[str], port: str
):
    assert run.main(["demo", "--port", port]) == 1
    assert "Le port est un nombre entre 1 et 65535" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "code"), [([], 2), (["dance"], 2), (["--help"], 0)])
def test_unknown_command_shows_the_usage(
    run: ModuleType, capsys: pytest.CaptureFixture[str], words: list[str], code: int
):
    assert run.main(words) == code

    captured = capsys.readouterr()
    assert "Usage : ./run COMMANDE" in captured.out + captured.err
    assert [name for name in run.COMMANDS if f"  {name}" not in run.USAGE] == []


@pytest.mark.parametrize("command", ["demo", "check", "fix"])
def test_option_that_means_nothing_is_refused(
    run: ModuleType, capsys: pytest.CaptureFixture[str], command: str
):
    assert run.main([command, "--fast"]) == 1
    assert f"« ./run {command} » ne connaît pas --fast." in capsys.readouterr().err


def test_check_runs_every_step_and_names_those_that_fail(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(run, "prepare", lambda *, dev: None)
    ran = []

    def call(*command: str | Path, env: dict[str, str] | None = None, silent: bool = False) -> int:
        ran.append(command)
        return int("mypy" in str(command[0]))

    monkeypatch.setattr(run, "call", call)

    assert run.main(["check"]) == 1
    assert len(ran) == len(run.checks())
    assert "À corriger : Types (mypy)." in capsys.readouterr().out


def test_child_writes_in_the_journal_until_it_is_stopped(run: ModuleType, tmp_path: Path):
    journal = tmp_path / "journal"
    program = "import time; print('ready', flush=True); time.sleep(60)"
    with journal.open("wb") as log:
        child = run.start(log, sys.executable, "-c", program, env={})
        while not journal.read_text():
            assert child.poll() is None
        run.stop(child)

    assert child.returncode is not None
    assert run.end_of(journal) == "ready"


def test_second_setup_waits_for_the_first(run: ModuleType, tmp_path: Path):
    with run.one_setup_at_a_time():
        lock = "import fcntl, sys; fcntl.flock(open(sys.argv[1]), fcntl.LOCK_EX)"
        waiting = subprocess.Popen([sys.executable, "-c", lock, str(run.VAR / "setup.lock")])
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(timeout=0.5)

    assert waiting.wait(timeout=10) == 0


def test_demo_makes_its_daily_round_and_sends_its_mails(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, calls: list[list[str]]
):
    started = []

    def start(log: object, *command: object, env: object) -> subprocess.Popen[bytes]:
        started.append(command[2:])
        return subprocess.Popen([sys.executable, "-c", ""])

    monkeypatch.setattr(run, "start", start)
    monkeypatch.setattr(run, "answers", lambda url, server: server.wait() == 0)
    run.VAR.mkdir()

    with pytest.raises(run.Stop, match="Le serveur s’est arrêté"):
        run.serve(8123, "settings")

    assert started == [
        ("runserver", "127.0.0.1:8123", "--noreload"),
        ("run_rounds",),
        ("run_outbox", "--loop"),
    ]
    assert [command[2] for command in calls] == ["demo_accounts"]
