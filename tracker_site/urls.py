"""Which address leads where?"""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("api/", include("diary.api.urls")),
    path("clinic/", include("diary.clinic.urls")),
    path("", include("diary.web.urls")),
]

handler400 = "diary.web.errors.bad_request"
handler403 = "diary.web.errors.forbidden"
handler404 = "diary.web.errors.not_found"
handler500 = "diary.web.errors.server_error"
