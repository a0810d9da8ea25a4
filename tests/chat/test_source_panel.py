from datetime import date

import pytest
from conftest_chat import TEXT, passage_of
