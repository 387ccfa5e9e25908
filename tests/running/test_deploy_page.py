"""docs/deploy.md and deploy/: every setting, command and file that they show is one that there is."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys

import psycopg
import pytest
import yaml
from uvicorn.main import main as uvicorn

from designer.cli.main import _parser
from tests.running.conftest import ROOT, environment, wholekey
from tests.web.test_permissions import PATTERNS

PAGE = (ROOT / "docs/deploy.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SERVICE = next(text for kind, text in BLOCKS if kind == "ini" and "[Service]" in text)
CONTAINER = (ROOT / "deploy/Containerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())


def block(kind: str) -> str:
    return next(text for each, text in BLOCKS if each == kind)


def test_every_setting_exists():
    sources = [*(ROOT / "designer").glob("*.py")]
    known = set(re.findall(r'"((?:WHOLEKEY|DATABASE)_[A-Z_]+)"', "".join(each.read_text() for each in sources)))
    shown = set(re.findall(r"\b((?:WHOLEKEY|DATABASE)_[A-Z_]+)", PAGE + CONTAINER + str(COMPOSE)))
    assert shown <= known, shown - known
    assert {"WHOLEKEY_HOSTS", "WHOLEKEY_HTTPS", "WHOLEKEY_PROXIES", "DATABASE_URL", "WHOLEKEY_EMAIL_URL"} <= shown


def test_the_environment_makes_settings(tmp_path):
    told = dict(line.split("=", 1) for line in block("ini").splitlines() if line)
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], cwd=ROOT, capture_output=True,
        env=environment(tmp_path, **{**told, "WHOLEKEY_VAR": str(tmp_path)}), text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


COMMANDS = sorted(
    {
        *re.findall(r"(?:^|\s|/)(wholekey (?:serve|admin|migrate|backup|restore)\b[^\n`$]*)", PAGE),
        " ".join(yaml.safe_load(re.search(r"^CMD (\[.*\])$", CONTAINER, re.MULTILINE)[1])),
    }
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_can_be_said(command):
    arguments = shlex.split(command.replace("EMAIL", "ada@example.org"))[1:]
    if arguments[0] in ("backup", "restore", "admin") and not [
        each for each in arguments[1:] if not each.startswith("-")
    ]:
        arguments.append("FILE")  # the text speaks of the command and not of a call
    assert _parser(arguments).parse_args(arguments).run


def test_the_plain_server_can_be_said():
    arguments = shlex.split(re.search(r"^uvicorn (.*)$", PAGE, re.MULTILINE)[1])
    assert uvicorn.make_context("uvicorn", arguments).params["workers"] == 4


def test_the_unit_is_one(tmp_path):
    unit = configparser.ConfigParser(strict=True, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(SERVICE)
    assert set(unit.sections()) == {"Unit", "Service", "Install"}
    start = shlex.split(unit["Service"]["ExecStart"])
    assert start[1:] == [
        "serve",
        "--workers",
        "2",
        "--socket",
        "/run/wholekey/socket",
    ]  # as tests/running/conftest.py runs it
    if (analyze := shutil.which("systemd-analyze")) is None:
        return
    file = tmp_path / "wholekey.service"
    file.write_text(SERVICE.replace(start[0], sys.executable).replace("/etc/wholekey.env", "-/etc/wholekey.env"))
    done = subprocess.run(
        [analyze, "verify", "--man=no", str(file)], capture_output=True, text=True, timeout=60, check=False
    )
    said = [line for line in done.stderr.splitlines() if "wholekey.service" in line]
    assert not said, said


def test_the_proxies_are_configured_in_their_language(tmp_path):
    for kind in ("nginx", "caddy"):
        text = block(kind)
        assert text.count("{") == text.count("}")
        assert "/run/wholekey/socket" in text
    for line in block("nginx").splitlines():
        assert line.strip() in ("", "}") or line.rstrip().endswith(("{", ";")), line
    said = dict(re.findall(r"^\s+proxy_set_header (\S+) (\S+);$", block("nginx"), re.MULTILINE))
    assert {"Host", "X-Forwarded-For", "X-Forwarded-Proto"} <= set(said)
    from django.conf import settings

    megabytes = int(re.search(r"client_max_body_size (\d+)m;", block("nginx"))[1])
    assert megabytes * 1024**2 == settings.WHOLEKEY_UPLOAD_LIMIT + 1024**2
    assert f"max_size {megabytes}MB" in block("caddy")
    nginx = shutil.which("nginx")
    if nginx:
        (tmp_path / "nginx.conf").write_text(
            "events {} http {" + re.sub(r"\s*(ssl_certificate.*|listen 443 ssl);", "", block("nginx")) + "}"
        )
        subprocess.run([nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")], check=True, timeout=20)


def test_addresses_that_let_somebody_in_stay_out_of_the_log():
    quiet = re.compile(re.search(r'^    "~(.+)" 0;$', block("nginx"), re.MULTILINE)[1])
    secret = {name: path for name, path in PATTERNS.items() if "token" in path or re.search(r"P<key>", path)}
    assert {"link-open", "invitation-open", "account_reset_password_from_key"} <= set(secret)
    # The address of local mode, which no proxy may forward, is the one that is missing.
    assert {name for name, path in secret.items() if not quiet.search(f"/{path.replace('^', '')}")} == {"open"}


def test_the_line_of_cron_is_one():
    minute, hour, *rest = block("cron").split(maxsplit=6)
    assert minute.isdigit() and hour.isdigit() and rest[:4] == ["*", "*", "*", "root"]
    assert re.findall(r"(?<!\\)%", block("cron")) == []  # which cron takes for an end of line


def test_container_and_composition():
    lines = re.sub(r"\\\n", "", CONTAINER).splitlines()
    steps = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    known = {"FROM", "RUN", "ENV", "WORKDIR", "COPY", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}
    assert {name for name, _ in steps} <= known
    for name, rest in steps:
        if name == "COPY" and not rest.startswith("--from"):
            assert all((ROOT / source).exists() for source in rest.split()[:-1]), rest
    last = dict(steps)
    assert last["USER"].isdigit() and last["USER"] != "0"
    assert "/readyz" in last["HEALTHCHECK"] and last["HEALTHCHECK"].count("FROM") == 0
    service = COMPOSE["services"]["wholekey"]
    assert (ROOT / "deploy" / service["build"]["context"] / service["build"]["dockerfile"]).exists()
    assert service["ports"] == ["127.0.0.1:8000:8000"]  # plain HTTP is for the proxy alone
    assert set(COMPOSE["volumes"]) == {"var", "database"}


@pytest.mark.postgres
def test_the_tools_of_postgresql_do_as_the_page_says(postgres_server, tmp_path):
    dump, restore = re.findall(r"^(pg_dump .*|pg_restore .*)$", PAGE, re.MULTILINE)
    url = postgres_server.new_database()
    name = re.search(r"/(test_\w+)\?", url)[1]
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    where = ["--host", re.search(r"host=([^&]+)", url)[1], "--username", "postgres"]
    for line in (dump, restore):
        program, *arguments = shlex.split(re.sub(r"\bwholekey$", name, line))
        subprocess.run([postgres_server.bin / program, *where, *arguments], cwd=tmp_path, check=True, timeout=60)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_wrong_settings_are_said_in_a_sentence(tmp_path):
    done = wholekey(environment(tmp_path, DATABASE_URL="postgresql://u:secret@h/d?pool=many"), "migrate")
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "secret" not in done.stderr, done.stderr
