"""Which page of the clinic has which address?"""

from django.urls import path

from diary.clinic.views import exports, invitations, patient, work_list

urlpatterns = [
    path("", work_list.clinic_list, name="clinic-list"),
    path("second-factor/", invitations.clinic_second_factor, name="clinic-second-factor"),
    path("waiting/", work_list.clinic_waiting, name="clinic-waiting"),
    path("code/", invitations.code_use, name="code-use"),
    path("invitation/<str:token>/", invitations.invitation_accept, name="invitation-accept"),
    path("patients/<uuid:uid>/reviewed/", work_list.patient_review, name="patient-review"),
    path("patients/<uuid:uid>/undo/", work_list.patient_review_undo, name="patient-review-undo"),
    path("patients/<uuid:uid>/leave/", invitations.share_leave, name="share-leave"),
    path("patients/<uuid:uid>/", patient.patient_show, name="patient-show"),
    path("patients/<uuid:uid>/rows/", patient.patient_rows_list, name="patient-rows"),
    path("patients/<uuid:uid>/compare/", patient.patient_compare, name="patient-compare"),
    path("patients/<uuid:uid>/notes/", patient.patient_note_add, name="patient-note-add"),
    path(
        "patients/<uuid:uid>/notes/<int:pk>/", patient.patient_note_show, name="patient-note-show"
    ),
    path(
        "patients/<uuid:uid>/measurement/",
        patient.patient_measurement_add,
        name="patient-measurement-add",
    ),
    path("patients/<uuid:uid>/text/", exports.patient_text, name="patient-text"),
    path(
        "patients/<uuid:uid>/report.pdf", exports.patient_file, {"what": "pdf"}, name="patient-pdf"
    ),
    path(
        "patients/<uuid:uid>/entries.zip", exports.patient_file, {"what": "csv"}, name="patient-csv"
    ),
    path(
        "patients/<uuid:uid>/bundle.json",
        exports.patient_file,
        {"what": "fhir"},
        name="patient-fhir",
    ),
]
