"""Which address of the API leads where?"""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from diary.api import signing_in
from diary.api.views import about, article, devices, reading, rows, settings, sharing, sync
from diary.api.views.clinic import exports, invitations, patient, work_list

router = SimpleRouter()
router.register("walks", rows.WalkViewSet, "api-walk")
router.register("check-ins", rows.CheckInViewSet, "api-check-in")
router.register("changes", rows.ChangeViewSet, "api-change")
router.register("measurements", rows.MeasurementViewSet, "api-measurement")
router.register("routes", rows.RouteViewSet, "api-route")

PATIENT = "clinic/patients/<uuid:uid>"

shares = [
    path("shares/", sharing.SharesView.as_view(), name="api-shares"),
    path("shares/code/", sharing.CodeView.as_view(), name="api-share-code"),
    path("shares/accesses/", sharing.AccessesView.as_view(), name="api-accesses"),
    path("shares/history/", sharing.HistoryView.as_view(), name="api-share-history"),
    path("shares/<uuid:uid>/", sharing.ShareView.as_view(), name="api-share"),
    path("shares/<uuid:uid>/agree/", sharing.AgreeView.as_view(), name="api-share-agree"),
    path("shares/<uuid:uid>/stop/", sharing.StopView.as_view(), name="api-share-stop"),
]

the_clinic = [
    path("clinic/patients/", work_list.PatientsView.as_view(), name="api-patients"),
    path("clinic/waiting/", invitations.WaitingView.as_view(), name="api-waiting"),
    path("clinic/invitations/", invitations.InvitationsView.as_view(), name="api-invitations"),
    path("clinic/codes/", invitations.CodesView.as_view(), name="api-codes"),
    path(f"{PATIENT}/", patient.OnePatientView.as_view(), name="api-patient"),
    path(
        f"{PATIENT}/charts/<slug:name>.<slug:form>",
        patient.PatientChartView.as_view(),
        name="api-patient-chart",
    ),
    path(
        f"{PATIENT}/document/", exports.PatientDocumentView.as_view(), name="api-patient-document"
    ),
    path(f"{PATIENT}/comparison/", patient.ComparisonView.as_view(), name="api-comparison"),
    path(f"{PATIENT}/review/", work_list.ReviewView.as_view(), name="api-review"),
    path(f"{PATIENT}/notes/", patient.NotesView.as_view(), name="api-notes"),
    path(f"{PATIENT}/notes/<int:pk>/", patient.OneNoteView.as_view(), name="api-note"),
    path(
        f"{PATIENT}/measurements/",
        patient.PatientMeasurementsView.as_view(),
        name="api-patient-measurements",
    ),
    path(f"{PATIENT}/text/", exports.TextView.as_view(), name="api-patient-text"),
    path(f"{PATIENT}/report.pdf", exports.FileView.as_view(what="pdf"), name="api-patient-pdf"),
    path(f"{PATIENT}/entries.zip", exports.FileView.as_view(what="csv"), name="api-patient-csv"),
    path(f"{PATIENT}/bundle.json", exports.FileView.as_view(what="fhir"), name="api-patient-fhir"),
]

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
    path("account/", settings.AccountView.as_view(), name="api-account"),
    path("devices/", devices.DevicesView.as_view(), name="api-devices"),
    path("devices/<int:pk>/", devices.OneDeviceView.as_view(), name="api-device"),
    *shares,
    *the_clinic,
    path("", include((signing_in.urlpatterns, "signing_in"))),
]

urlpatterns = [
    path("v1/", include(v1)),
    path("schema/", about.schema, name="api-schema"),
    path("docs/", about.docs, name="api-docs"),
    path("problems/", about.problems, name="api-problems"),
]
