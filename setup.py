"""Which packages the wheel holds: every room, and the templates of the years as `toolkit.shipped`.

All else stands in setup.cfg, which can find packages but not add to those that it finds."""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["toolkit", "toolkit.*"]), "toolkit.shipped"])
