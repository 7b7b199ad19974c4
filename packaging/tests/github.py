"""Runs what GitHub would run, as far as ours goes: `run` steps by bash, our own action by its steps; other actions are noted."""

import os
import pathlib
import re
import subprocess

import yaml


class Runner:
    """A job on a machine of its own: its workspace, its log, and the actions of others that it would have used."""

    def __init__(self, workspace, temp, own, **environment):
        self.workspace, self.temp = pathlib.Path(workspace), pathlib.Path(temp)
        # Our own actions: what `uses` says of them, and the folder where they lie.
        self.own = own
        self.temp.mkdir(parents=True, exist_ok=True)
        self.environment = {**os.environ, "GITHUB_ACTIONS": "true", "CI": "true", **environment}
        self.environment |= {"GITHUB_WORKSPACE": str(workspace), "RUNNER_TEMP": str(temp)}
        self.log, self.used, self.status = "", [], 0

    def job(self, job):
        self.steps(job["steps"], {})

    def action(self, folder, given=None):
        """Runs a composite action with its inputs and gives its outputs."""
        action = yaml.safe_load((pathlib.Path(folder) / "action.yml").read_text("utf-8"))
        unknown = set(given or {}) - set(action["inputs"])
        assert not unknown, f"the action has no inputs {unknown}"
        inputs = {name: it.get("default", "") for name, it in action["inputs"].items()} | (given or {})
        context = {f"inputs.{name}": str(value) for name, value in inputs.items()}
        self.steps(action["runs"]["steps"], context, GITHUB_ACTION_PATH=str(folder))
        return {name: fill(it["value"], context) for name, it in action["outputs"].items()}

    def steps(self, steps, context, **environment):
        for step in steps:
            condition = step.get("if", "success()")
            asks = re.search(r"(always|cancelled|failure|success)\(", condition)
            if self.status and not asks or not holds(condition, context, self.status):
                continue
            uses = step.get("uses")
            given = {name: fill(value, context) for name, value in step.get("with", {}).items()}
            if uses in self.own:
                self.action(self.own[uses], given)
            elif uses:
                self.used.append((uses, given))
            else:
                self.run(step, context, environment)

    def run(self, step, context, environment):
        files = {name: self.temp / name for name in ["GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_ENV"]}
        for file in files.values():
            file.write_text("")
        environment = self.environment | environment | {name: str(file) for name, file in files.items()}
        environment |= {name: fill(value, context) for name, value in step.get("env", {}).items()}
        assert "${{" not in step["run"], "what is given to a script comes by its environment"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace / fill(step.get("working-directory", "."), context),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.log += done.stdout
        self.status = self.status or done.returncode
        for line in files["GITHUB_OUTPUT"].read_text().splitlines():
            name, value = line.split("=", 1)
            context[f"steps.{step['id']}.outputs.{name}"] = value
        for folder in files["GITHUB_PATH"].read_text().splitlines():
            self.environment["PATH"] = f"{folder}:{self.environment['PATH']}"


def fill(text, context):
    """Puts the values of a context in the place of `${{ name }}`."""
    text = str(text).lower() if isinstance(text, bool) else str(text)
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda it: context.get(it[1], ""), text)


def holds(condition, context, status):
    """Is the condition of a step true? It may compare, negate and join names and the functions of the status."""
    condition = condition.removeprefix("${{").removesuffix("}}").strip()
    functions = {"always": True, "cancelled": False, "success": not status, "failure": bool(status)}
    condition = re.sub(r"(\w+)\(\)", lambda it: str(functions[it[1]]), condition)
    condition = re.sub(r"\b[a-z]+\.[\w.-]+", lambda it: repr(context.get(it[0], "")), condition)
    for word, python in [("&&", " and "), ("||", " or "), ("!=", "≠"), ("!", " not "), ("≠", "!=")]:
        condition = condition.replace(word, python)
    return eval(condition.strip(), {"__builtins__": {}})  # noqa: S307, the text is our own action.yml
