"""`flask demo`: a programme as it stands two days after its jam, built through the services."""

from app.commands.demo.build import build_demo
from app.commands.demo.command import demo_command
from app.commands.demo.signins import list_demo_sign_ins

__all__ = ["build_demo", "demo_command", "list_demo_sign_ins"]
