"""What does the twin answer?"""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import TokenAuthentication
from rest_framework.decorators import action
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED
from rest_framework.views import APIView
from rest_framework.viewsets import ModelViewSet

from benchmarks.api.twin.models import Walk
from benchmarks.api.twin.serializers import WalkSerializer


class Plain:
    """DRF as it comes, with its own token, and no limit on how often one may ask."""

    authentication_classes = [TokenAuthentication]
    parser_classes = [JSONParser]
    content_negotiation_class = DefaultContentNegotiation
    throttle_classes: list[Any] = []


class NewestFirst(CursorPagination):
    """A hundred at a time."""

    page_size = 100
    ordering = "-started_at"


class WalkViewSet(Plain, ModelViewSet):
    """One's own walks."""

    serializer_class = WalkSerializer
    pagination_class = NewestFirst
    lookup_field = "uid"

    def get_queryset(self) -> Any:
        return Walk.objects.filter(owner=self.request.user).prefetch_related("episodes")

    @action(detail=False, methods=["post"])
    def bulk(self, request: Request) -> Response:
        serializer = self.get_serializer(data=request.data, many=True)
        serializer.is_valid(raise_exception=True)
        serializer.save()
        return Response(serializer.data, status=HTTP_201_CREATED)


class HelloView(Plain, APIView):
    """Nothing but whose token it is."""

    def get(self, request: Request) -> Response:
        return Response({"items": []})
