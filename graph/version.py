"""The version, as pyproject.toml has it; importlib.metadata would cost a warm answer a third of its time."""

VERSION = "0.1.0"
