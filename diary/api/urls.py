"""Which address of the API leads where?"""

from django.urls import path

urlpatterns: list[path] = []
