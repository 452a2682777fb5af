"""publiccode.yml keeps to its standard, version 0.4: what must be there, what may be said, how long it may be."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from tests.conftest import ROOT
from toolkit import __version__

SAID = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
CATEGORIES = {"accounting", "budgeting", "compliance-management", "data-analytics", "data-collection", "document-management",
              "financial-reporting", "grant-management", "survey", "workflow-management"}  # fmt: skip
SCOPES = {
    "education",
    "finance-and-economic-development",
    "justice",
    "local-authorities",
    "security",
    "society",
    "welfare",
}
"""Of the standard's two lists of words, those that could be meant here."""
NEEDED = ["publiccodeYmlVersion", "name", "url", "releaseDate", "platforms", "categories", "developmentStatus", "softwareType",
          "description", "legal", "maintenance", "localisation"]  # fmt: skip


class DescribePubliccode:
    def it_has_all_that_the_standard_needs(self):
        assert [key for key in NEEDED if not SAID.get(key)] == []
        assert SAID["publiccodeYmlVersion"] in {"0", "0.4"}

    def it_uses_the_words_of_the_standard(self):
        assert set(SAID["categories"]) <= CATEGORIES
        assert set(SAID["intendedAudience"]["scope"]) <= SCOPES
        assert SAID["intendedAudience"]["countries"] == ["SE"]
        assert set(SAID["platforms"]) <= {"web", "windows", "mac", "linux", "ios", "android"}
        assert SAID["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
        assert SAID["softwareType"].startswith("standalone/")
        assert SAID["maintenance"]["type"] in {"internal", "contract", "community", "none"}

    @pytest.mark.parametrize("language", ["sv", "en"])
    def it_describes_at_the_length_that_the_standard_allows(self, language):
        said = SAID["description"][language]
        assert 1 <= len(said["shortDescription"]) <= 150
        assert 150 <= len(said["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in said["features"])

    def it_says_who_answers_the_licence_and_the_version_that_this_is(self):
        assert SAID["maintenance"]["contacts"][0]["name"]
        assert SAID["legal"]["license"] == "EUPL-1.2"
        assert SAID["softwareVersion"] == __version__
        date.fromisoformat(SAID["releaseDate"])
