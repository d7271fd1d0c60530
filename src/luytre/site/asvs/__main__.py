"""The page of ASVS on standard output."""

import sys

from luytre.site.asvs import page

sys.stdout.write(page())
