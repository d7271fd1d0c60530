"""Settings, read from the environment (LUYTRE_…); every one is described in docs/OPERATIONS.md."""

import os
from pathlib import Path

DATA_DIR = Path(os.environ.get("LUYTRE_DATA", ".luytre")).resolve()
SECRET_KEY = os.environ.get("LUYTRE_SECRET_KEY", "")
INSTALLED_APPS: list[str] = []
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "vi"
