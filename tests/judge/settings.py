"""The paper's own settings, with the static files collected into the judge's folder, not into the operator's."""

import os
from pathlib import Path

from newsroom.settings import *  # noqa: F403 - a paper that differs in this one folder

STATIC_ROOT = Path(os.environ["JUDGE_FOLDER"]) / "static"
