"""The examples of docs/how-to/many-machines.md: their commands are run, and run every shard once."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

EXAMPLES = Path(__file__).parent.parent.parent / "docs" / "examples"


class Said:
    """Runs commands with a voicegen that only notes how it was called, and ends as it is told to."""

    def __init__(self, place: Path) -> None:
        self.log = place / "log"
        self._env = {**os.environ, "PATH": f"{place}{os.pathsep}{os.environ['PATH']}"}
        for name in ("voicegen", "scontrol"):
            (place / name).write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.log}"\nexit "${{CODE:-0}}"\n')
            (place / name).chmod(0o755)

    def run(self, *command: str, **env: str) -> int:
        return subprocess.run(command, env={**self._env, **env}, capture_output=True, check=False).returncode

    def calls(self) -> list[str]:
        calls = self.log.read_text().splitlines()
        self.log.unlink()
        return calls


@pytest.fixture
def said(tmp_path: Path) -> Said:
    return Said(tmp_path)


def jobs() -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((EXAMPLES / "shards-kubernetes.yaml").read_text("utf-8")))


def test_the_indexed_job_runs_every_shard_once(said: Said) -> None:
    build, publish = (job["spec"] for job in jobs())
    (container,) = build["template"]["spec"]["containers"]
    for index in range(build["completions"]):
        assert said.run(*container["command"], JOB_COMPLETION_INDEX=str(index)) == 0
    shards = [call.rpartition(" ")[2] for call in said.calls()]
    assert build["completionMode"] == "Indexed"
    assert shards == [f"{number}/{build['completions']}" for number in range(1, build["completions"] + 1)]
    assert publish["template"]["spec"]["containers"][0]["command"] == ["voicegen", "publish"]


def test_kubernetes_tries_again_with_3_and_not_where_a_person_must_look() -> None:
    for job in jobs():
        spec, pod = job["spec"], job["spec"]["template"]["spec"]
        assert pod["restartPolicy"] == "Never", "a failure policy asks for it"
        disruption, codes = spec["podFailurePolicy"]["rules"]
        assert disruption["action"] == "Ignore"
        assert codes["action"] == ("FailIndex" if "completions" in spec else "FailJob")
        assert codes["onExitCodes"]["values"] == [1, 2, 42]
        assert codes["onExitCodes"]["containerName"] == pod["containers"][0]["name"]
        assert [volume["name"] for volume in pod["volumes"]] == ["pages"]


def test_the_array_runs_every_shard_once_and_goes_back_into_the_queue_with_3(said: Said, tmp_path: Path) -> None:
    script = EXAMPLES / "shards-slurm.sh"
    first, last = re.findall(r"#SBATCH --array=(\d+)-(\d+)", script.read_text("utf-8"))[0]
    assert first == "1"
    env = {
        "SLURM_SUBMIT_DIR": str(tmp_path),
        "SLURM_CPUS_PER_TASK": "2",
        "SLURM_ARRAY_JOB_ID": "77",
        "SLURM_ARRAY_TASK_COUNT": last,
    }
    for number in range(1, int(last) + 1):
        assert said.run("bash", str(script), SLURM_ARRAY_TASK_ID=str(number), **env) == 0
    assert said.calls() == [
        f"voicegen build --plain --jobs 2 --shard {number}/{last}" for number in range(1, int(last) + 1)
    ]
    for code, again in (("1", 0), ("3", 1), ("42", 0)):
        assert said.run("bash", str(script), SLURM_ARRAY_TASK_ID="5", CODE=code, **env) == int(code)
        assert said.calls()[1:] == ["scontrol requeue 77_5"] * again
    assert said.run("bash", str(script), SLURM_ARRAY_TASK_ID="5", CODE="3", SLURM_RESTART_COUNT="3", **env) == 3
    assert len(said.calls()) == 1, "it does not go round for ever"


def test_the_matrix_runs_every_shard_once_and_publishes_them_together(said: Said) -> None:
    workflow = yaml.safe_load((EXAMPLES / "shards-github.yml").read_text("utf-8"))
    shard, publish = workflow["jobs"]["shard"], workflow["jobs"]["publish"]
    numbers = shard["strategy"]["matrix"]["shard"]
    script = next(step["run"] for step in shard["steps"] if step.get("name") == "Build this shard")
    for number in numbers:
        assert said.run("bash", "-e", "-c", script.replace("${{ matrix.shard }}", str(number))) == 0
    assert said.calls() == [f"voicegen build --plain --shard {number}/{len(numbers)}" for number in numbers]
    one = script.replace("${{ matrix.shard }}", "1")
    for code, expected in ((0, 0), (1, 0), (2, 2), (3, 3), (42, 0)):
        for step in (one, next(step["run"] for step in publish["steps"] if step.get("name") == "Publish")):
            assert said.run("bash", "-e", "-c", step, CODE=str(code)) == expected
    kept = next(step["with"] for step in shard["steps"] if "upload-artifact" in step.get("uses", ""))
    assert kept["include-hidden-files"] is True, "the folder's name begins with a dot"
    back = next(step["with"] for step in publish["steps"] if "download-artifact" in step.get("uses", ""))
    assert back["path"] == kept["path"] == ".voicegen/shards"
    assert back["merge-multiple"] is True
    assert publish["needs"] == "shard"
    for job in (shard, publish):
        for step in job["steps"]:
            assert "uses" not in step or re.fullmatch(r"actions/[a-z/-]+@v\d+", step["uses"])
