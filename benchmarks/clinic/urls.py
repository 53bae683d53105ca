"""The site, and beside it a page of fifty rows with nothing to it: the twin."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from diary.models import Share
from tracker_site.urls import handler400, handler403, handler404, handler500  # noqa: F401
from tracker_site.urls import urlpatterns as site

ROWS = 50
PAGE = engines["django"].from_string(
    "<!DOCTYPE html><html><head><title>Rows</title></head><body><ul>"
    "{% for row in rows %}<li><a href='/rows/{{ row.pk }}/'>{{ row.diary.owner.name }}</a> "
    "{{ row.role }}, {{ row.last_entry_on|date:'j F Y' }}, {{ row.ends_at|date:'j F Y' }}</li>"
    "{% endfor %}</ul></body></html>"
)


@login_required
def rows(request: HttpRequest) -> HttpResponse:
    there = Share.objects.filter(grantee=request.user).select_related("diary__owner")
    return HttpResponse(PAGE.render({"rows": there.order_by("-pk")[:ROWS]}, request))


urlpatterns = [path("rows/", rows), *site]
