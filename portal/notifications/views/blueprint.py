"""The pages of notices and of what one wants to be told."""

from flask import Blueprint

notifications = Blueprint("notifications", __name__)
