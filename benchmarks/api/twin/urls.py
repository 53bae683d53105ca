"""Where does the twin answer?"""

from django.urls import path
from rest_framework.routers import SimpleRouter

from benchmarks.api.twin.views import HelloView, WalkViewSet

router = SimpleRouter()
router.register("walks", WalkViewSet, "twin-walk")

urlpatterns = [path("hello/", HelloView.as_view()), *router.urls]
