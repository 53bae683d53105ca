"""Which address leads where? The project's as ever, and the twin's beside them."""

from django.urls import include, path

from benchmarks.api.twin.urls import urlpatterns as twin
from tracker_site.urls import handler400, handler403, handler404, handler500
from tracker_site.urls import urlpatterns as ours

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("twin/", include(twin)), *ours]
