"""Programs that open what coachkit writes: found, or missed aloud."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_PACKAGES = {
    "pdftotext": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "soffice": "libreoffice-writer libreoffice-calc",
    "java": "default-jre-headless",
    "chromium": "chromium",
}


def found(program: str) -> str:
    """Where a program lies; a test that needs it is skipped without it, and fails where it must be.

    Under CI it must be there: .ci/run installs it.
    """
    path = shutil.which(program)
    if path:
        return path
    why = (
        f"{program} is not installed: apt-get install --no-install-recommends {_PACKAGES[program]}"
    )
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


def pdf_text(content: bytes) -> str:
    """The text of a PDF as it is read aloud, without where its lines are broken."""
    command = [found("pdftotext"), "-enc", "UTF-8", "-", "-"]
    ran = subprocess.run(command, input=content, capture_output=True, check=True, timeout=60)
    return " ".join(ran.stdout.decode("utf-8").split())


def as_pdf(path: Path) -> bytes:
    """A file as LibreOffice prints it."""
    home = path.parent / "office"
    command = [
        *(found("soffice"), f"-env:UserInstallation={home.as_uri()}", "--headless"),
        *("--convert-to", "pdf", "--outdir", str(home), str(path)),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    return (home / path.with_suffix(".pdf").name).read_bytes()
