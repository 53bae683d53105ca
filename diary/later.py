"""How is work handed to the workers?

One function, so that another queue can take its place. The work is named, never sent along: what
stands in the queue says nothing of anybody.
"""

from __future__ import annotations


def later(task: str, *ids: int) -> None:
    """Have a worker do `diary.tasks.<task>` with these diaries' ids; kept with the transaction."""
    from django_q.tasks import async_task  # needs the apps to be ready

    async_task(f"diary.tasks.{task}", *ids)
