"""With which settings does a worker run that the tests kill? What it left comes back soon."""

from tests.settings import *  # noqa: F403
from tracker_site.settings import Q_CLUSTER

Q_CLUSTER = {**Q_CLUSTER, "poll": 0.2, "timeout": 5, "retry": 6, "max_attempts": 2}
