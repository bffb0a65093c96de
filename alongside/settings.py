"""One settings file; only the environment differs; what is missing means stop."""

from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from alongside import env

BASE_DIR = Path(__file__).resolve().parent.parent

# Where we run
DEBUG = env.flag("DEBUG", default=False)
DEMO = env.flag("DEMO", default=False)  # adds the page that shows the mail
SECRET_KEY = env.text(
    "SECRET_KEY", "dev-only-and-long-enough-to-be-quiet-about-it" if DEBUG else None
)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")  # what it was before, the newest first
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEBUG else "")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SITE_URL = env.text("SITE_URL", "http://localhost:8000" if DEBUG else None)
LEAVE_URL = env.text("LEAVE_URL", "https://www.weather.gov/")  # where the way out leads
ROOT_URLCONF = "alongside.urls"
WSGI_APPLICATION = "alongside.wsgi.application"

INSTALLED_APPS = [
    "accounts",  # first, so that its templates win over allauth's
    "trail",
    "notices",
    "opportunities",
    "matching",
    "engagements",
    "public",
    "desk",
    "figures",
    "keeping",
    "alongside",
    "alongside.admin_app.Admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
]

MIDDLEWARE = [
    "alongside.middleware.request_ids",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.middleware.no_copies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "alongside.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.second_factor_views.SecondFactorMiddleware",
    "accounts.conduct_views.AgreementMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "alongside.middleware.no_large_bodies",  # before any view, and so before the proof is read
]

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
                "notices.context.unread",
                "alongside.context.leaving",
                "alongside.context.finding",
                "trail.context.standing_still",
            ],
        },
    },
]

# Where things are kept
DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL"), conn_max_age=60, conn_health_checks=True
    )
}
DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 5  # seconds
REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "alongside.cache.SturdyCache",
        "LOCATION": REDIS_URL.replace("redis+socket://", "unix://"),
        "OPTIONS": {
            "socket_connect_timeout": 0.25,  # seconds; a dead server must not hold up a page
            "socket_timeout": 0.25,  # seconds
            "retry": Retry(NoBackoff(), retries=1),  # once: a pooled connection may be stale
        },
    }
}

# The worker: late acknowledgement, so that a killed worker's task runs again
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,  # seconds; above the longest task
    "socket_connect_timeout": 2,  # seconds
}
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker for as long as it takes
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "beat": {"task": "alongside.tasks.beat", "schedule": 10.0},
    "match-changes": {"task": "matching.tasks.match_changes", "schedule": 30.0},
    "count-outlooks": {"task": "matching.tasks.count_outlooks", "schedule": 30.0},
    "sweep-deadlines": {"task": "matching.tasks.sweep_deadlines", "schedule": 60.0},
    "sweep-rematch": {"task": "matching.tasks.sweep_rematch", "schedule": 30.0},
    "sweep-checks": {"task": "engagements.tasks.sweep_checks", "schedule": 600.0},
    "seal-audit": {"task": "trail.tasks.seal_audit", "schedule": 10.0},
    "trim-changes": {"task": "matching.tasks.trim_changes", "schedule": 3600.0},
    "send-due-notices": {"task": "notices.tasks.send_due_notices", "schedule": 15.0},
    "work-on-uploads": {"task": "opportunities.tasks.work_on_uploads", "schedule": 30.0},
    "send-invitations": {"task": "accounts.tasks.send_invitations", "schedule": 30.0},
    "send-mailbox-links": {"task": "accounts.tasks.send_mailbox_links", "schedule": 30.0},
    "lapse-parties": {"task": "accounts.tasks.lapse_parties", "schedule": 3600.0},
    "purge": {"task": "keeping.tasks.purge", "schedule": crontab(hour=8, minute=17)},  # UTC: night
    "open-waiting": {"task": "opportunities.tasks.open_waiting", "schedule": 60.0},
    "count-week": {"task": "public.tasks.count_week", "schedule": 60.0},  # once a week it counts
    "expire-postings": {"task": "opportunities.tasks.expire_postings", "schedule": 3600.0},
    "remind-of-drafts": {"task": "opportunities.tasks.remind_of_drafts", "schedule": 3600.0},
}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_RATE_LIMITS = {  # an hour's too: nobody fills another person's mailbox with our codes
    "reset_password": "20/m/ip,5/m/key,10/h/key",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "confirm_email": "3/3m/key,10/h/key",  # who misses the first asks again before three minutes
}
ACCOUNT_FORMS = {
    "signup": "accounts.forms.signup.SignupForm",
    "change_password": "accounts.forms.passwords.ChangePasswordForm",
    "set_password": "accounts.forms.passwords.SetPasswordForm",
    "reset_password_from_key": "accounts.forms.passwords.ResetPasswordKeyForm",
}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # without a password: a code by mail
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds: mail takes its time
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True  # nothing for a mail scanner to press
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 30 * 60  # seconds in which nobody is asked again
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "accounts.second_step_adapter.SecondStepAdapter"
MFA_FORMS = {"add_webauthn": "accounts.forms.passkeys.AddPasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Alongside"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

# Words and times
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["alongside.formats"]
TIME_ZONE = "UTC"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Files
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "alongside.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes of form data
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# Mail: neutral sender, plain words
EMAIL_BACKEND = env.text(
    "EMAIL_BACKEND",
    "django.core.mail.backends.console.EmailBackend"
    if DEBUG
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20  # seconds; well under the lease of a claimed notice
EMAIL_FILE_PATH = env.text("EMAIL_FILE_PATH", "") or None
DEFAULT_FROM_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL", "Alongside <hello@example.org>" if DEBUG else None
)
HELP_EMAIL = env.text("HELP_EMAIL", "help@example.org" if DEBUG else "")  # shown on public pages

# What a browser may do with us
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF, env.origin(LEAVE_URL)],  # the way out is a form
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
    }
}
CSRF_FAILURE_VIEW = "alongside.views.csrf_failure"
# Nothing to other sites. Not "no-referrer": browsers then send our own forms with
# "Origin: null", which the CSRF check must refuse, so nobody could post anything.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_AGE = None  # seconds; gone with the browser, as a shared computer should be left
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # seconds; a shared computer forgets by the evening
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, without TLS
if not DEBUG:
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
if env.flag("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What is written down: one JSON line each, to standard error, without personal data
LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "alongside.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.request": {"level": "ERROR"},  # refusals stand in our own lines
        "django.server": {
            "handlers": [],
            "level": "WARNING",
            "propagate": True,
        },  # as our own lines
    },
}
