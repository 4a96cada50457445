"""Makes a backup of a running Rumbo, and puts one back into an empty place.

python -m deploy.backup make FOLDER [--key FILE]      a new folder in FOLDER; with --key the secret, into FILE
python -m deploy.backup restore BACKUP [--key FILE]   into the databases of .env, which must be empty
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from bot.config import RumboError, Settings, settings, split_keys

NAMES = ("rumbo", "engine")
"""The tracking database and the engine's store; on one PostgreSQL both are in the first."""


class BackupError(RumboError):
    """What went wrong, in one sentence."""


def stores(has: Settings) -> dict[str, str]:
    """What there is to keep: a name and an address each."""
    found = dict(zip(NAMES, (has.database, has.engine_store), strict=True))
    if _server(found["rumbo"]) == _server(found["engine"]):
        del found["engine"]
    return found


def make(folder: Path, has: Settings, key: Path | None = None) -> Path:
    """A folder with everything in it, named after the moment. It has its name only when it is whole."""
    done = folder / f"rumbo-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    part = done.with_suffix(".part")
    part.mkdir(parents=True, mode=0o700)
    for name, url in stores(has).items():
        _dump(name, url, part)
    if key:
        _write_secret(key, ",".join(has.secret_keys))
    part.rename(done)
    return done


def restore(backup: Path, has: Settings, key: Path | None = None) -> None:
    """Fills empty databases from a backup; what is already somewhere is never overwritten."""
    secret = key.read_text(encoding="ascii").strip() if key else None
    kept, place = has.rumbo_secret_key, has.rumbo_var / "secret.key"
    if secret and not kept and place.exists():
        kept = place.read_text(encoding="ascii").strip()
    if secret and kept and not set(split_keys(secret)) <= set(split_keys(kept)):
        raise BackupError("The secret here is another one than the backup's. Add the backup's to RUMBO_SECRET_KEY.")
    for name, url in stores(has).items():
        _load(name, url, backup)
    if secret and not kept:
        _write_secret(place, secret)


def _dump(name: str, url: str, part: Path) -> None:
    if url.startswith("sqlite"):
        source = Path(make_url(url).database or "")
        if source.exists():  # the engine's store is made at its first start
            _copy(source, part / f"{name}.db")
        elif name == NAMES[0]:
            raise BackupError(f"There is no database at {source}.")
    else:
        _postgres("pg_dump", url, "--format=custom", "--no-owner", f"--file={part / name}.dump")


def _copy(source: Path, target: Path) -> None:
    """One moment of a SQLite database, while others write to it. What was erased is not in the copy."""
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=30)) as database:
        database.execute("VACUUM INTO ?", (str(target),))
    with closing(sqlite3.connect(target)) as copy:
        said = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        raise BackupError(f"The copy of {source} is damaged: {said}")


def _load(name: str, url: str, backup: Path) -> None:
    if not url.startswith("sqlite"):
        dump = backup / f"{name}.dump"
        if not dump.exists():
            raise BackupError(f"There is no {dump.name} in {backup}. Was that backup made of a SQLite Rumbo?")
        _postgres("pg_restore", url, "--no-owner", "--exit-on-error", "--single-transaction", str(dump))
        return
    source, target = backup / f"{name}.db", Path(make_url(url).database or "")
    if not source.exists():
        if name == NAMES[0]:
            raise BackupError(f"There is no {source.name} in {backup}. Is it the folder that `make` named?")
        return
    for old in (target, *(target.with_name(target.name + end) for end in ("-wal", "-shm"))):
        if old.exists() and old.stat().st_size:
            raise BackupError(f"{old} is there already. Stop Rumbo and move it away first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:  # an empty file that is there keeps its owner
        out.write(source.read_bytes())


def _server(url: str) -> str:
    """An address without its driver, so that two ways of writing it are one."""
    scheme, _, rest = url.partition("://")
    return f"{scheme.partition('+')[0]}://{rest}"


def _postgres(program: str, url: str, *arguments: str) -> None:
    """PostgreSQL's own tools. The password goes by the environment: a command line can be read by anyone."""
    at = make_url(url)
    query = {k: v if isinstance(v, str) else v[0] for k, v in at.query.items()}
    told = {
        "PGHOST": at.host or query.get("host"),
        "PGPORT": str(at.port) if at.port else query.get("port"),
        "PGUSER": at.username,
        "PGPASSWORD": at.password,
        "PGSSLMODE": query.get("sslmode"),
    }
    command = [program, "--no-password", f"--dbname={at.database}", *arguments]
    try:
        done = subprocess.run(
            command, env=os.environ | {k: v for k, v in told.items() if v}, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise BackupError(f"{program} is not installed. On Debian: apt install postgresql-client") from None
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.strip()[-500:]}")


def _write_secret(place: Path, secret: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(secret)


def main() -> None:
    parser = argparse.ArgumentParser(prog="deploy.backup", description=__doc__.split("\n")[0])  # type: ignore[union-attr]
    parser.add_argument("verb", choices=("make", "restore"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--key", type=Path, help="file of the secret; keep it in another place than the backup")
    told = parser.parse_args()
    os.umask(0o077)
    try:
        if told.verb == "make":
            sys.stdout.write(f"{make(told.folder, settings(), told.key)}\n")
        else:
            restore(told.folder, settings(), told.key)
            sys.stdout.write("Restored.\n")
    except (RumboError, OSError, sqlite3.Error) as mistake:
        sys.exit(str(mistake))


if __name__ == "__main__":
    main()
