"""Static files may be kept for ever below the digest of all of them, and an edit of any is seen at once."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.test import Client

from designer.web.modules import imports, reached, walk
from designer.web.static_digest import LENGTH, PATIENCE, StaticDigest, split
from designer.web.static_files import DIGEST, find

FOREVER = "max-age=31536000, public, immutable"


class Tree:
    """A folder of files with a digest, and a clock that tests move."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.time = 0.0
        self.write("a.js", "one")
        self.write("b.js", "two")
        self.digest = StaticDigest(lambda: [(each.name, str(each)) for each in folder.iterdir()], lambda: self.time)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def later(self) -> str:
        """Return the digest after its patience has passed."""
        self.time += PATIENCE
        return self.digest.now()

    def vouches(self, digest: str, name: str) -> bool:
        return self.digest.vouches(digest, str(self.folder / name))


def test_the_digest_follows_content_and_names(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    seen = [tree.digest.now()]
    tree.write("a.js", "other")
    seen.append(tree.later())
    (tmp_path / "b.js").rename(tmp_path / "c.js")
    seen.append(tree.later())
    (tmp_path / "c.js").unlink()
    seen.append(tree.later())
    assert len(set(seen)) == 4
    assert {len(each) for each in seen} == {LENGTH}


def test_the_digest_is_that_of_the_content_not_of_its_time(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    before = tree.digest.now()
    os.utime(tmp_path / "a.js", ns=(5, 5))
    assert tree.later() == before


def test_a_file_edited_a_moment_ago_is_not_vouched_for(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    digest = tree.digest.now()
    assert tree.vouches(digest, "a.js")
    tree.write("a.js", "another text")
    assert tree.digest.now() == digest
    assert not tree.vouches(digest, "a.js")
    assert tree.vouches(digest, "b.js")
    assert not tree.vouches("0" * LENGTH, "b.js")


def test_a_digest_is_told_from_a_folder() -> None:
    digest = "0123456789abcdef"
    assert split(f"{digest}/designer/main.js") == (digest, "designer/main.js")
    assert split("designer/main.js") == (None, "designer/main.js")
    assert split(f"{digest[1:]}/a.js") == (None, f"{digest[1:]}/a.js")


def test_below_the_digest_files_may_be_kept_for_ever() -> None:
    address = static("designer/main.js")
    assert re.fullmatch(r"/static/[0-9a-f]{16}/designer/main\.js", address)
    answer = Client().get(address)
    assert answer.headers["Cache-Control"] == FOREVER
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.content == Path(str(finders.find("designer/main.js"))).read_bytes()


@pytest.mark.parametrize("address", ["/static/designer/main.js", "/static/0123456789abcdef/designer/main.js"])
def test_a_plain_name_and_an_old_digest_give_the_file_of_today_to_be_asked_for_again(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "max-age=0, public"
    again = Client().get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["designer/none.js", "../designer/settings.py", "0123456789abcdef/designer/main.js"])
@pytest.mark.django_db
def test_nothing_else_is_found_below_the_digest(name: str) -> None:
    assert Client().get(f"/static/{DIGEST.now()}/{name}").status_code in (400, 404)


def test_the_memory_of_answers_finds_files_with_a_digest_and_without() -> None:
    path = finders.find("designer/main.js")
    assert find("designer/main.js") == find(f"{DIGEST.now()}/designer/main.js") == path


def test_imports_are_read_in_all_their_spellings() -> None:
    text = """
/** import { no } from "./comment.js"; */
import { a } from "./a.js";
import * as b from '../b.js';
import "./c.js";
import {
  d,
  e,
} from "./d.js";
export { f } from "./f.js";
export * from "./g.js";
export const h = "./h.js";
import { i } from "https://elsewhere/i.js";
"""
    assert imports(text) == ["./a.js", "../b.js", "./c.js", "./d.js", "./f.js", "./g.js"]


def test_modules_are_walked_breadth_first_and_once(tmp_path: Path) -> None:
    texts = {
        "x/main.js": 'import "./a.js";\nimport "../y/b.js";\nimport "./none.js";',
        "x/a.js": 'import "./deep.js";\nimport "./main.js";',
        "y/b.js": 'import "../x/a.js";',
        "x/deep.js": "",
        "x/unused.js": "",
    }
    paths = {name: tmp_path / name.replace("/", "-") for name in texts}
    for name, path in paths.items():
        path.write_text(texts[name])
    found = walk(("x/main.js",), {name: str(path) for name, path in paths.items()})
    assert found == ["x/main.js", "x/a.js", "y/b.js", "x/deep.js"]


def test_every_module_of_the_page_is_reached() -> None:
    found = set(reached("designer/main.js"))
    assert len(found) > 150
    assert "designer/geometry/lanes.js" in found
    for name in found:
        text = Path(DIGEST.paths[name]).read_text(encoding="utf-8")
        written = re.findall(r"""^(?:import|export|\}).*\bfrom ["'](\.[^"']+)["']""", text, re.MULTILINE)
        assert {os.path.normpath(f"{Path(name).parent}/{each}") for each in written} <= found
