"""The start page and the legal pages."""

from flask import Blueprint

home = Blueprint("home", __name__)
