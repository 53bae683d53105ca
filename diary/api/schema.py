"""How is the API described?"""

from drf_spectacular.openapi import AutoSchema as Schema  # noqa: F401


def ours_alone(endpoints, **_):
    return [each for each in endpoints if each[0].startswith("/api/v1/")]


def completed(result, **_):
    return result
