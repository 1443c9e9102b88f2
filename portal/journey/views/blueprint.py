"""The blueprint that the views of a journey hang on."""

from flask import Blueprint

journey = Blueprint("journey", __name__)
