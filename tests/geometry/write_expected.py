"""Write the `expected` of every shared case as Python computes it today: `python -m tests.geometry.write_expected`.

For when a measure is changed on purpose. Read the difference before you commit it.
"""

from __future__ import annotations

import json

from tests.geometry.test_shared_cases import CASES, RUNS


def main() -> None:
    """Rewrite the case files, one case a line."""
    for name, run in RUNS.items():
        path = CASES / f"{name}.json"
        cases = json.loads(path.read_text(encoding="utf-8"))
        lines = [json.dumps({**case, "expected": run(case)}, ensure_ascii=True) for case in cases]
        path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
