"""Which address of the API leads where?"""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from diary.api import signing_in
from diary.api.views import about, article, devices, reading, rows, settings, sync

router = SimpleRouter()
router.register("walks", rows.WalkViewSet, "api-walk")
router.register("check-ins", rows.CheckInViewSet, "api-check-in")
router.register("changes", rows.ChangeViewSet, "api-change")
router.register("measurements", rows.MeasurementViewSet, "api-measurement")

v1 = [
    *router.urls,
    path("profile/", rows.ProfileView.as_view(), name="api-profile"),
    path("sync/", sync.SyncView.as_view(), name="api-sync"),
    path("assessment/", reading.AssessmentView.as_view(), name="api-assessment"),
    path("charts/<slug:name>.<slug:form>", reading.ChartView.as_view(), name="api-chart"),
    path("document/", reading.DocumentView.as_view(), name="api-document"),
    path("help/", article.HelpView.as_view(), name="api-help"),
    path("questions/", article.QuestionsView.as_view(), name="api-questions"),
    path("causes/", article.CausesView.as_view(), name="api-causes"),
    path("causes/<slug:code>/", article.CauseView.as_view(), name="api-cause"),
    path("settings/", settings.SettingsView.as_view(), name="api-settings"),
    path("devices/", devices.DevicesView.as_view(), name="api-devices"),
    path("devices/<int:pk>/", devices.OneDeviceView.as_view(), name="api-device"),
    path("", include((signing_in.urlpatterns, "signing_in"))),
]

urlpatterns = [
    path("v1/", include(v1)),
    path("schema/", about.schema, name="api-schema"),
    path("docs/", about.docs, name="api-docs"),
    path("problems/", about.problems, name="api-problems"),
]
