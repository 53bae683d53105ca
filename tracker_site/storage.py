"""How do the files of the site get names that change with their content?"""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Modules import each other by such names too, so that a page never mixes two versions."""

    support_js_module_import_aggregation = True
