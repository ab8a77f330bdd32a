"""``python -m tools.make_hallway``: the table of ``landbridge/planner/__init__.py`` anew from its imports.

The hallway imports a use case when it is first asked for, so that ``landbridge check`` does not pay for the search; type checkers and the
import contracts read the imports, the running program reads the table.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

HALLWAY = Path(__file__).parents[1] / "src" / "landbridge" / "planner" / "__init__.py"


def list_imports(text: str) -> dict[str, str]:
    """Module by name, of all imports of other modules of the project."""
    found = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("landbridge."):
            found.update({alias.asname or alias.name: str(node.module) for alias in node.names})
    return dict(sorted(found.items()))


def renew(text: str) -> str:
    """The text of the hallway with its table and ``__all__`` as its imports say."""
    found = list_imports(text)
    table = "".join(f'    "{name}": "{module}",\n' for name, module in found.items())
    names = "".join(f'    "{name}",\n' for name in sorted(found))
    text = re.sub(r"_MODULES = \{\n.*?\}\n", f"_MODULES = {{\n{table}}}\n", text, flags=re.S)
    return re.sub(r"__all__ = \[\n.*?\]\n", f"__all__ = [\n{names}]\n", text, flags=re.S)


if __name__ == "__main__":
    HALLWAY.write_text(renew(HALLWAY.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(HALLWAY)], check=False).returncode)
