"""Python loads this at the start of every program that has this folder on its PYTHONPATH: see ../file_calls.py."""

import importlib.util
from pathlib import Path

spec = importlib.util.spec_from_file_location("file_calls", Path(__file__).parent.parent / "file_calls.py")
if spec and spec.loader:
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.arm_as_asked()
