"""``python -m coachkit.cli``."""

import sys

from coachkit.cli import main

sys.exit(main())
