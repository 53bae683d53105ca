"""Which page has which address?"""

from django.urls import path

from diary.web.views import (
    article,
    check_ins,
    devices,
    files,
    home,
    people,
    rows,
    understand,
    walks,
)

CHANGE, MEASUREMENT = {"shape": "change"}, {"shape": "measurement"}

urlpatterns = [
    path("", home.home, name="home"),
    path("help/", home.help_now, name="help"),
    path("demo/<str:name>/", people.demo_sign_in, name="demo-sign-in"),
    path("settings/", people.settings_edit, name="settings-edit"),
    path("profile/", people.profile_edit, name="profile-edit"),
    path("devices/", devices.device_list, name="device-list"),
    path("devices/sign-out/", devices.device_sign_out_others, name="device-sign-out-others"),
    path("devices/<int:pk>/", devices.device_rename, name="device-rename"),
    path("devices/<int:pk>/sign-out/", devices.device_sign_out, name="device-sign-out"),
    path("walks/", walks.walk_list, name="walk-list"),
    path("walks/add/", walks.walk_add, name="walk-add"),
    path("walks/recording/", files.recording_add, name="recording-add"),
    path("walks/<uuid:uid>/", walks.walk_edit, name="walk-edit"),
    path("check-ins/", check_ins.check_in_list, name="check-in-list"),
    path("check-ins/add/", check_ins.check_in_add, name="check-in-add"),
    path("check-ins/<str:day>/", check_ins.check_in_edit, name="check-in-edit"),
    path("changes/", rows.row_list, CHANGE, name="change-list"),
    path("changes/add/", rows.row_add, CHANGE, name="change-add"),
    path("changes/<uuid:uid>/", rows.row_edit, CHANGE, name="change-edit"),
    path("measurements/", rows.row_list, MEASUREMENT, name="measurement-list"),
    path("measurements/add/", rows.row_add, MEASUREMENT, name="measurement-add"),
    path("measurements/<uuid:uid>/", rows.row_edit, MEASUREMENT, name="measurement-edit"),
    path("delete/<str:shape>/<str:key>/", rows.row_delete, name="row-delete"),
    path("deleted/", rows.deleted_list, name="deleted-list"),
    path("deleted/<str:shape>/<str:key>/", rows.row_restore, name="row-restore"),
    path("pattern/", understand.pattern, name="pattern"),
    path("article/", article.introduction, name="article"),
    path("article/questions/", article.questions, name="article-questions"),
    path("article/<slug:code>/", article.cause, name="article-cause"),
    path("diary-file/", files.document_import, name="document-import"),
    path("diary-file/export/", files.document_export, name="document-export"),
]
