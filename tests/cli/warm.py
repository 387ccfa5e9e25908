"""A process that has imported the readers, and forks one process for each command: what a command does, not its start."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from designer.cli.main import main
from designer.demo.samples import SAMPLES
from designer.schema import codec

UNIVERSITY = next(each for each in SAMPLES if each.slug == "university")


def serve(asked: int) -> None:
    """Run a command for each line of the pipe: its arguments, folder, environment and the files of its streams."""
    answers = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _import_everything()
    with open(asked, encoding="utf-8") as lines:
        for line in lines:
            child = os.fork()
            if child == 0:
                os.close(answers)
                _become(json.loads(line))
            os.write(answers, b"%d\n" % child)
            os.write(answers, b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _import_everything() -> None:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "a.sql")
        script.write_text("CREATE TABLE a (id int PRIMARY KEY);")
        main(["import", str(script)])
        main(["lint", str(script)])
        Path(folder, "a.wholekey.json").write_bytes(codec.encode(UNIVERSITY.make()))
        main(["derive", str(Path(folder, "a.wholekey.json")), "--level", "physical"])
        main(["trace", str(Path(folder, "a.wholekey.json"))])
    sys.stdout.flush()


def _become(wanted: dict[str, Any]) -> None:
    for number, flags in enumerate((os.O_RDONLY, os.O_WRONLY, os.O_WRONLY)):
        os.dup2(os.open(wanted["streams"][number], flags), number)
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    sys.argv = ["wholekey", *wanted["arguments"]]
    sys.exit(main())


if __name__ == "__main__":
    serve(int(sys.argv[1]))
