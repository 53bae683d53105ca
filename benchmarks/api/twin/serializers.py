"""How does the twin read and write a walk? As DRF's own guide does it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from rest_framework import serializers

from benchmarks.api.twin.models import PainEpisode, Walk
from diary import answers, rules


def several(words: tuple[str, ...]) -> serializers.ListField:
    child = serializers.ChoiceField(choices=words)
    return serializers.ListField(child=child, required=False, allow_null=True)


class PainSerializer(serializers.ModelSerializer):
    """One pain of a walk."""

    spread_to = several(answers.SITES)
    qualities = several(answers.QUALITIES)

    class Meta:
        model = PainEpisode
        fields = [*rules.FIELDS["pain"]]


class WalksSerializer(serializers.ListSerializer):
    """Many walks at once, in two statements rather than two a walk."""

    @transaction.atomic
    def create(self, validated_data: list[dict[str, Any]]) -> list[Walk]:
        owner = self.context["request"].user
        walks = [Walk.made(owner, values) for values in validated_data]
        Walk.objects.bulk_create(walks)
        pairs = zip(walks, validated_data, strict=True)
        PainEpisode.objects.bulk_create([p for walk, values in pairs for p in walk.pains(values)])
        prefetch_related_objects(walks, "episodes")
        return walks


class WalkSerializer(serializers.ModelSerializer):
    """One walk with its pain."""

    id = serializers.UUIDField(source="uid")
    pain = PainSerializer(
        source="episodes", many=True, required=False, allow_null=True, max_length=100
    )

    class Meta:
        model = Walk
        fields = [*rules.FIELDS["walk"], "pain_recorded"]
        read_only_fields = ["pain_recorded"]
        list_serializer_class = WalksSerializer

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        distance_m = attrs.get("distance_m")
        if distance_m is None and attrs.get("duration_s") is None:
            raise serializers.ValidationError("A distance or a duration is needed.")
        onsets = [pain.get("onset_distance_m") for pain in attrs.get("episodes") or ()]
        if distance_m is not None and any(m is not None and m > distance_m for m in onsets):
            raise serializers.ValidationError("The pain cannot come after the end.")
        return attrs

    @transaction.atomic
    def create(self, validated_data: dict[str, Any]) -> Walk:
        walk = Walk.made(self.context["request"].user, validated_data)
        walk.save()
        PainEpisode.objects.bulk_create(walk.pains(validated_data))
        return walk

    @transaction.atomic
    def update(self, walk: Walk, validated_data: dict[str, Any]) -> Walk:
        new = Walk.made(self.context["request"].user, validated_data)
        new.pk, new.created_at = walk.pk, walk.created_at
        new.save(force_update=True)
        new.episodes.all().delete()
        PainEpisode.objects.bulk_create(new.pains(validated_data))
        return new
