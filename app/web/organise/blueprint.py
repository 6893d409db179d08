"""The area's blueprint, to which each module beside this one adds its routes."""

from flask import Blueprint

bp = Blueprint("organise", __name__)
