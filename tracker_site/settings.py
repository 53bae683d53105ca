"""How is this deployment set up? Everything comes from the environment; docs/running.md lists it.

Nothing set means production: no debugging, https only, and no start without a strong SECRET_KEY and
named hosts. WAYMARK_LOCAL=1 is one person's own machine over plain http.
"""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("WAYMARK_DATA", str(BASE_DIR / "data")))

LOCAL = env.bool("WAYMARK_LOCAL", False)
OFFLINE = env.bool("WAYMARK_OFFLINE", False)  # a command that serves nobody and keeps nothing
DEBUG = env.bool("WAYMARK_DEBUG", False)
DEMO = env.bool("WAYMARK_DEMO", False)

# Who sees the five causes weighed: everyone their own, or only clinicians of shared diaries.
CAUSES_FOR = env.str("WAYMARK_CAUSES", "everyone")
if CAUSES_FOR not in ("everyone", "clinicians"):
    raise ImproperlyConfigured("WAYMARK_CAUSES is 'everyone' or 'clinicians'.")

SHORTEST_SECRET = 50
if not OFFLINE:
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # diaries, for this account's eyes only


def _local_secret() -> str:
    """A key of this machine's own, made once and readable by its owner alone."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        whole = path.with_suffix(f".{os.getpid()}")
        whole.touch(mode=0o600)
        whole.write_text(secrets.token_urlsafe(SHORTEST_SECRET))
        whole.replace(path)  # at once: a crash leaves no half a key
    return path.read_text()


LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
if OFFLINE:
    SECRET_KEY, ALLOWED_HOSTS = secrets.token_urlsafe(SHORTEST_SECRET), LOOPBACK
else:
    SECRET_KEY = env.str("SECRET_KEY", "") or (_local_secret() if LOCAL else "")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", LOOPBACK if LOCAL else [])

SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])  # old keys, while they are exchanged

if len(SECRET_KEY) < SHORTEST_SECRET or len(set(SECRET_KEY)) < 10 or "insecure" in SECRET_KEY:
    raise ImproperlyConfigured(
        f"Set SECRET_KEY to at least {SHORTEST_SECRET} random characters, for example from: "
        "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
if not ALLOWED_HOSTS or any(host.startswith("*") for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "Set ALLOWED_HOSTS to the host names of this site, separated by commas, without *."
    )
# Where the site is, for links in e-mails that no page asked for.
SITE_URL = env.str("SITE_URL", "http://localhost:8000" if LOCAL else f"https://{ALLOWED_HOSTS[0]}")
SITE_URL = SITE_URL.rstrip("/")
if DEBUG and not LOCAL:
    raise ImproperlyConfigured("WAYMARK_DEBUG=1 shows private data: it needs WAYMARK_LOCAL=1.")
if DEMO and not LOCAL and not env.bool("WAYMARK_PUBLIC_DEMO", False):
    raise ImproperlyConfigured(
        "WAYMARK_DEMO=1 lets anybody sign in as the demo people. On a public site say so with "
        "WAYMARK_PUBLIC_DEMO=1, and keep no real diaries there."
    )

INSTALLED_APPS = [
    "diary",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "rest_framework",
    "drf_spectacular_sidecar",
    "django_q",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "diary.api.problems.ProblemMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "diary.web.middleware.CompressPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "diary.web.middleware.PersonMiddleware",
]

ROOT_URLCONF = "tracker_site.urls"
WSGI_APPLICATION = "tracker_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "diary.web.context.site",
            ],
        },
    }
]

# SQLite: a write takes its lock at once (IMMEDIATE), readers are not kept waiting (WAL), and an
# answer goes out only when the row is on the disk (FULL). The connection stays open: closing the
# last one would checkpoint the log each time.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=0; PRAGMA secure_delete=ON;"
    ),
}
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'waymark.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Work done later stands in a table of the same database, in the transaction that asks for it.
# A worker that dies hands its work back after `retry` seconds; every task may run twice.
Q_CLUSTER = {
    "name": "waymark",
    "orm": "default",
    "workers": env.int("WAYMARK_WORKERS", 1),
    "poll": 0.5,
    "timeout": 60,
    "retry": 90,
    "max_attempts": 5,
    "save_limit": 1_000,
    "catch_up": False,
    "recycle": 500,
}

# Rate limits live in the cache, so it must be shared by all processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    },
    # How often somebody asks is counted in each process by itself: no write for each request.
    "throttle": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "throttle",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

AUTH_USER_MODEL = "diary.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "diary.web.passwords.Length", "OPTIONS": {"min_length": 10}},
    {"NAME": "diary.web.passwords.OfYourOwn"},
    {"NAME": "diary.web.passwords.Uncommon"},
    {"NAME": "diary.web.passwords.NotDigitsAlone"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "diary.web.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "diary.web.forms.account.SignupForm"
ACCOUNT_FORMS = {
    "signup": "diary.addresses.SignupForm",
    "request_login_code": "diary.addresses.CodeForm",
    "reset_password": "diary.addresses.ResetForm",
}
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if LOCAL else "https"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# Besides allauth's own limits: how often somebody may try a code that was read out to them.
ACCOUNT_RATE_LIMITS = {"use_code": "20/h/user"}
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a change of how one signs in is told by e-mail
MFA_ADAPTER = "diary.web.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Waymark"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
# The mobile app signs in at /api/v1/auth/; what is e-mailed to it leads to the pages.
HEADLESS_CLIENTS = ["app"]
HEADLESS_TOKEN_STRATEGY = "diary.api.authentication.TokenStrategy"
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": "/account/confirm-email/{key}/",
    "account_reset_password": "/account/password/reset/",
    "account_reset_password_from_key": "/account/password/reset/key/{key}/",
    "account_signup": "/account/signup/",
}

EMAIL = env.dj_email_url("EMAIL_URL", "console://" if LOCAL else "smtp://localhost:25")
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL["EMAIL_HOST"]
EMAIL_PORT = EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL = EMAIL["EMAIL_USE_SSL"]
EMAIL_FILE_PATH = EMAIL["EMAIL_FILE_PATH"]
EMAIL_TIMEOUT = 10  # a page waits no longer for a mail server that does not answer
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", "waymark@localhost")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["diary.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["diary.api.parsing.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_THROTTLE_CLASSES": [
        "diary.api.throttles.PersonThrottle",
        "diary.api.throttles.StrangerThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"user": "600/minute", "anon": "120/minute"},
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "diary.api.parsing.JSONAlone",
    "EXCEPTION_HANDLER": "diary.api.problems.exception_handler",
    "NUM_PROXIES": 1 if env.bool("BEHIND_PROXY", False) else 0,
    "URL_FORMAT_OVERRIDE": None,
}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "tracker_site.formats"
# Languages whose red-flag texts somebody who can answer for them has reviewed (docs/languages.md).
RED_FLAGS_REVIEWED: list[str] = []

STATIC_URL = "static/"
STATIC_ROOT = None if LOCAL else BASE_DIR / "static-collected"
STORAGES = {
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if LOCAL
            else "tracker_site.storage.StaticFiles"
        )
    },
}
WHITENOISE_USE_FINDERS = LOCAL

# A whole diary of ten years is a few megabytes; a recording of a day's walk is less than 25.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^api/"]  # refused there: what came in the open is not to come again
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
PERMISSIONS_POLICY = {"camera": [], "geolocation": "self", "microphone": [], "payment": []}
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # rate limits count clients, not the proxy
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_NAME = "sessionid" if LOCAL else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if LOCAL else "__Host-csrftoken"
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "diary.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# One line a record to standard error; nothing is mailed, because a traceback may hold a diary.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Addresses name days of a diary: only a failure of ours is logged with one.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
