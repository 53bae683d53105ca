"""On which devices is the person signed in? Each can be named, and signed out from any other."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from diary import devices, rules, values
from diary.api.fields import fields_sent
from diary.api.views.diary import PersonalView

NAME = {"name": values.Text(devices.LONGEST_NAME)}


class DeviceView(PersonalView):
    """The devices of the person of the token; demo people are shared, and have none to show."""

    def initial(self, request: Request, *args: Any, **named: Any) -> None:
        super().initial(request, *args, **named)
        if request.user.is_demo:
            raise Http404

    def told(self, device: Any) -> dict[str, Any]:
        return devices.told(device, self.request.auth.session_key)


class DevicesView(DeviceView):
    """All of them, last used first."""

    def get(self, request: Request) -> Response:
        return Response({"results": [self.told(each) for each in devices.devices(request.user)]})


class OneDeviceView(DeviceView):
    """One of them; its number says nothing to anybody else."""

    def patch(self, request: Request, pk: int) -> Response:
        device = get_object_or_404(devices.devices(request.user), pk=pk)
        sent = fields_sent(request, NAME)
        if "name" not in sent:
            raise rules.Refused([rules.Fault("name", "required")])
        devices.rename(device, sent["name"])
        return Response(self.told(device))

    def delete(self, request: Request, pk: int) -> Response:
        get_object_or_404(devices.devices(request.user), pk=pk).end()
        return Response(status=status.HTTP_204_NO_CONTENT)
