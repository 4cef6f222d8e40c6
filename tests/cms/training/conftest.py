"""The collection of the tests of public pages, here too."""

from tests.cms.admin.conftest import client_of, groups
from tests.cms.conftest import held

__all__ = ["client_of", "groups", "held"]
