"""What the pages say of the repository is so."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
PAGES += sorted((ROOT / "docs").rglob("*.md")) + sorted((ROOT / "models").rglob("*.md"))


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    gone = [
        link for link in links if "://" not in link and not (page.parent / link).resolve().exists()
    ]
    assert not gone


def test_every_installed_package_is_on_the_page_of_licenses() -> None:
    page = _plain((ROOT / "docs" / "third-party-licenses.md").read_text(encoding="utf-8"))
    installed = re.findall(r"^([\w.-]+)==", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert len(installed) > 30
    missing = [n for n in installed if not re.search(rf"\b{re.escape(_plain(n))}\b", page)]
    assert not missing


def test_every_dependency_has_its_reason_in_the_readme() -> None:
    readme = _plain((ROOT / "README.md").read_text(encoding="utf-8"))
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lists = project[project.index("dependencies = [") : project.index("[project.scripts]")]
    wanted = re.findall(r'"([A-Za-z][\w-]*)[<>=]', lists)
    assert len(wanted) > 10
    missing = [n for n in wanted if not re.search(rf"\b{re.escape(_plain(n))}\b", readme)]
    assert not missing
