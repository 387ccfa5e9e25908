"""Eight people edit one branch at random over two server processes, and everything that can go wrong does.

`python -m tests.together.converging --seed N [--seconds N] [--protocol N] [--browsers N]` runs it once.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from playwright.sync_api import Browser, BrowserContext, Page

from designer.change import apply, change_decode
from designer.schema import Design
from designer.schema.codec import record_from
from tests.together.processes import Team, team

HERE = Path(__file__).parent
EVERY = 250
"""Milliseconds between two edits of one person, about."""
SETTLES_WITHIN = 180
"""Seconds: a busy machine is still sending what eight people did meanwhile."""

WATCH = """
const posts = window.fetch;
window.fetch = async (url, options) => {
  const answer = await posts(url, options);
  if (options?.method === "POST" && String(url).endsWith("/changes") && answer.ok) {
    const { accepted } = await answer.clone().json();
    const known = JSON.parse(sessionStorage.getItem("acknowledged") ?? "{}");
    known[JSON.parse(options.body).key] = accepted;
    sessionStorage.setItem("acknowledged", JSON.stringify(known));
  }
  return answer;
};
"""
EDIT = """
async ([seed, every]) => {
  THE EDITS
  const commands = await import("/static/designer/doc/commands/index.js");
  const act = editing(commands, seed);
  window.faults ??= [];
  const again = () => {
    try { act(wholekey.store); } catch (error) { window.faults.push(String(error.stack)); }
    window.editingTimer = setTimeout(again, every * (0.3 + 1.4 * Math.random()));
  };
  again();
}
"""
REPORT = """() => ({
  version: wholekey.store.version, pending: wholekey.store.pending.length, records: [...wholekey.store.design.values()],
  acknowledged: JSON.parse(sessionStorage.getItem("acknowledged") ?? "{}"), faults: window.faults ?? [], state: wholekey.sync.state,
  refused: [],
})"""


class Protocol:
    """The clients without a browser, in one process of Node."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [shutil.which("node") or "node", str(HERE / "clients.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, what: str, **about: Any) -> Any:
        """Return the answer to a command."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"do": what, **about}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the clients have ended"
        return json.loads(line)


@dataclass
class Gathering:
    """Everybody at work: what may happen to them is a method each."""

    team: Team
    protocol: Protocol
    pages: list[Page]
    dice: random.Random
    names: list[str]
    happened: list[str] = field(default_factory=list)

    def note(self, words: str) -> None:
        self.happened.append(words)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        if self.pages:
            self.pages[0].wait_for_timeout(seconds * 1000)
        else:
            time.sleep(seconds)

    def kill(self, seconds: float) -> None:
        """Kill a server process, and start it again."""
        process = self.dice.choice(self.team.processes)
        self.note(f"killed the server at port {process.port}")
        process.kill()
        self.wait(seconds)
        process.begin()
        process.wait()

    def hang_up(self, seconds: float) -> None:
        """End all connections to the database, as when it is started again: those that listen, too."""
        self.note("ended all connections to the database")
        with psycopg.connect(self.team.database, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        self.wait(seconds)

    def cut(self, seconds: float) -> None:
        """Take the network from one client, for a while."""
        name = self.dice.choice(self.names)
        self.note(f"cut off {name} for {seconds:.1f} s")
        self.protocol.ask("cut", client=name)
        self.wait(seconds)
        self.protocol.ask("mend", client=name)

    def cut_page(self, seconds: float) -> None:
        """Take the network from one browser, for a while."""
        page = self.dice.choice(self.pages)
        self.note(f"cut off a page for {seconds:.1f} s")
        page.context.set_offline(True)
        self.wait(seconds)
        page.context.set_offline(False)

    def freeze(self, seconds: float) -> None:
        """Send one browser to sleep, with its network."""
        page = self.dice.choice(self.pages)
        self.note(f"a page slept for {seconds:.1f} s")
        talk = page.context.new_cdp_session(page)
        talk.send("Page.setWebLifecycleState", {"state": "frozen"})
        page.context.set_offline(True)
        time.sleep(seconds)
        page.context.set_offline(False)
        talk.send("Page.setWebLifecycleState", {"state": "active"})

    def reload(self) -> None:
        """Load one client anew; what it has not sent yet is in its storage."""
        name = self.dice.choice(self.names)
        self.note(f"{name} loaded anew")
        self.protocol.ask("reload", client=name)

    def reload_page(self) -> None:
        """Load one browser's page anew, while edits are on their way."""
        page = self.dice.choice(self.pages)
        self.note("a page loaded anew")
        page.reload()
        start(page, self.dice.randrange(10**6))


def start(page: Page, seed: int) -> None:
    """Let a page edit on and on."""
    page.locator("#stage[data-ready=true]").wait_for(timeout=60_000)
    edits = (HERE / "edits.js").read_text().replace("export function", "function")
    page.evaluate(EDIT.replace("THE EDITS", edits), [seed, EVERY])


@contextmanager
def gathered(running: Team, seed: int, protocol: int, browsers: int, chromium: Browser | None) -> Iterator[Gathering]:
    """Bring so many people together on one branch."""
    dice = random.Random(seed)
    contexts: list[BrowserContext] = []
    clients = Protocol()
    try:
        people = running.people
        names = [each["name"] for each in people[:protocol]]
        wanted = [
            {
                **each,
                "address": running.addresses[at % 2],
                "branch": running.branch,
                "seed": dice.randrange(10**6),
            }
            for at, each in enumerate(people[:protocol])
        ]
        clients.ask("open", clients=wanted)
        pages = []
        for at, each in enumerate(people[protocol : protocol + browsers]):
            assert chromium is not None
            contexts.append(chromium.new_context(viewport={"width": 1000, "height": 700}))
            pages.append(opened(contexts[-1], running, each, at))
        yield Gathering(running, clients, pages, dice, names)
    finally:
        clients.process.kill()
        clients.process.wait(10)
        for context in contexts:
            context.close()


def opened(context: BrowserContext, running: Team, person: dict[str, Any], at: int) -> Page:
    """Return the page of the branch, as somebody who is logged in has it."""
    address = running.addresses[at % 2]
    cookies = [{"name": name, "value": value, "url": address} for name, value in person["cookies"].items()]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(WATCH)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{address}/d/{running.branch}/")
    return page


def run(gathering: Gathering, seconds: float) -> dict[str, Any]:
    """Let everybody edit for so long while things go wrong, and return what everybody has in the end."""
    dice = gathering.dice
    gathering.protocol.ask("edit", every=EVERY)
    for page in gathering.pages:
        start(page, dice.randrange(10**6))
    end = time.monotonic() + seconds
    troubles = [
        lambda: gathering.kill(0.5),
        lambda: gathering.hang_up(0.2),
        lambda: gathering.cut(dice.uniform(0.5, 2)),
        gathering.reload,
    ]
    if gathering.pages:
        troubles += [
            lambda: gathering.cut_page(dice.uniform(0.5, 1.5)),
            lambda: gathering.freeze(1),
            gathering.reload_page,
        ]
    dice.shuffle(troubles)
    pause = max(0.2, seconds / len(troubles) / 3)
    at = 0
    while time.monotonic() < end or at < len(troubles):
        gathering.wait(dice.uniform(0.3, 1) * pause)
        troubles[at % len(troubles)]()
        at += 1
    return settled(gathering)


def settled(gathering: Gathering) -> dict[str, Any]:
    """Let everybody stop, wait until nothing is on its way, and return their reports."""
    gathering.protocol.ask("stop")
    for page in gathering.pages:
        page.evaluate("clearTimeout(window.editingTimer)")
    until(gathering, lambda: gathering.protocol.ask("settled"), "the clients' edits were sent")
    for page in gathering.pages:
        until(
            gathering, lambda page=page: page.evaluate("wholekey.store.pending.length") == 0, "a page's edits were sent"
        )
    head = head_of(gathering.team)
    for page in gathering.pages:
        until(gathering, lambda page=page: page.evaluate("wholekey.store.version") == head, "a page was up to date")
    until(
        gathering,
        lambda: all(v["version"] == head for v in gathering.protocol.ask("report").values()),
        "all were up to date",
    )
    reports: dict[str, Any] = gathering.protocol.ask("report")
    for at, page in enumerate(gathering.pages):
        reports[f"page {at}"] = page.evaluate(REPORT)
    return reports


def until(gathering: Gathering, holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds. Raises AssertionError where it does not come about."""
    deadline = time.monotonic() + SETTLES_WITHIN
    while not holds():
        assert time.monotonic() < deadline, f"it never was true that {what}"
        gathering.wait(0.1)


def head_of(running: Team) -> int:
    """Return the newest version of the branch."""
    with psycopg.connect(running.database) as connection:
        found = connection.execute("SELECT head FROM designer_branch WHERE public_id = %s", [running.branch]).fetchone()
        assert found is not None
        return int(found[0])


def log_of(running: Team) -> list[tuple[int, str, str]]:
    """Return (version, key, change) of the log, oldest first."""
    query = """SELECT version, key, change FROM designer_logentry e JOIN designer_branch b ON b.id = e.branch_id
               WHERE b.public_id = %s ORDER BY version"""
    with psycopg.connect(running.database) as connection:
        return list(connection.execute(query, [running.branch]).fetchall())


def judge(running: Team, reports: dict[str, Any]) -> dict[str, int]:
    """Hold what everybody has against the log. Return what was counted; raises AssertionError for any difference."""
    log = log_of(running)
    assert [version for version, _, _ in log] == list(range(1, len(log) + 1))
    design = Design()
    for _, _, change in log:
        design = apply(design, change_decode(change))
    keys = {key: version for version, key, _ in log}
    assert len(keys) == len(log), "an edit was written twice"
    counted = {"versions": len(log), "acknowledged": 0, "nothing left": 0, "refused": 0, "notes": 0}
    for name, report in reports.items():
        assert report["faults"] == [], (name, report["faults"][:1])
        assert report["pending"] == 0, name
        assert report["state"]["name"] == "saved", (name, report["state"])
        assert Design([record_from(each) for each in report["records"]]) == design, f"{name} differs from the log"
        for key, version in report["acknowledged"].items():
            assert version is None or keys.get(key) == version, f"{name}: {key} was acknowledged as version {version}"
            counted["nothing left" if version is None else "acknowledged"] += 1
        counted["refused"] += len(report["refused"])
        counted["notes"] += len(report.get("notes", []))
    return counted


def command(seed: int, seconds: float, protocol: int, browsers: int) -> str:
    """Return what runs the same again."""
    return (
        f"python -m tests.together.converging --seed {seed} --seconds {seconds} "
        f"--protocol {protocol} --browsers {browsers}"
    )


def once(
    running: Team, seed: int, seconds: float, protocol: int, chromium: Browser | None, browsers: int
) -> dict[str, int]:
    """Run it once, and return what was counted. A failure says how to run the same again."""
    with gathered(running, seed, protocol, browsers, chromium) as gathering:
        try:
            return judge(gathering.team, run(gathering, seconds))
        except BaseException:
            print(f"\nTo run this again: {command(seed, seconds, protocol, browsers)}", *gathering.happened, sep="\n  ")
            raise


def main() -> None:
    """Run it once, as the arguments say."""
    from playwright.sync_api import sync_playwright

    from tests.browsers import FLAGS
    from tests.servers import running_postgres
    from tests.tools.system_packages import browser

    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--protocol", type=int, default=5)
    parser.add_argument("--browsers", type=int, default=3)
    wish = parser.parse_args()
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres())
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        playwright = stack.enter_context(sync_playwright())
        chromium = playwright.chromium.launch(executable_path=browser(), args=FLAGS) if wish.browsers else None
        running = stack.enter_context(team(postgres.new_database(), Path(folder), wish.protocol + wish.browsers))
        print(wish.seed, once(running, wish.seed, wish.seconds, wish.protocol, chromium, wish.browsers))


if __name__ == "__main__":
    main()
