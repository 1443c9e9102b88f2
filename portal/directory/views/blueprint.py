"""The blueprint that the pages about people hang on."""

from flask import Blueprint

directory = Blueprint("directory", __name__)
