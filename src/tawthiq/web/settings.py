"""Settings of the Django project.

`tawthiq.archive.database.open_database` points them at an archive's database before the first query. Nothing here
reaches out of the machine: no mail, no outside address in any page, loopback hosts only (an address that a foreign page
makes a browser resolve to 127.0.0.1 is refused by its Host header).
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE = Path(__file__).resolve().parent

# Replaced by the archive's own secret before pages are served; commands need none that lasts.
SECRET_KEY = "no-session-is-ever-signed-with-this"  # noqa: S105
# The folder whose evidence the pages offer; set by `tawthiq.web.serving`.
ARCHIVE_FOLDER: Path | None = None
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "tawthiq.web.urls"
AUTH_USER_MODEL = "casework.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "tawthiq.archive",
    "tawthiq.casework",
    "tawthiq.web",
]
MIDDLEWARE = [
    "tawthiq.web.api.apart.ApiApart",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tawthiq.web.accounts.gates.SignedInOnly",
    "tawthiq.web.accounts.gates.AccountGates",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tawthiq.web.middleware.PrivateResponses",
    "tawthiq.web.middleware.Sighted",
    "tawthiq.web.wishes.Wished",
    "tawthiq.web.viewing.LoggedViews",
    "tawthiq.web.queue.looked.LookedAt",
    "tawthiq.web.queue.flow.QueueFlow",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "tawthiq.web.queue.context.notices_unread",
                "tawthiq.web.queue.bar.queue_bar",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "tawthiq.web.templatetags.wording"],
        },
    }
]
SQLITE_WRITING = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
SQLITE_READING = "PRAGMA query_only=1; PRAGMA cache_size=-32000;"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_WRITING,
        },
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0  # browsers ask again and get 304: an upgraded program never meets yesterday's style

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "tawthiq_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE / "locale"]
FORMAT_MODULE_PATH = "tawthiq.web.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name",)},
    },
]

# Pages are served over plain HTTP on loopback, so cookies cannot be "Secure"; they never leave the machine.
SESSION_COOKIE_NAME = "tawthiq_session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "tawthiq_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tawthiq.web.views.errors.csrf_failed"
X_FRAME_OPTIONS = "DENY"
# "no-referrer" makes browsers send "Origin: null" with forms, which the CSRF check must refuse; other origins learn
# nothing from "same-origin" either.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "standard": {"class": "logging.StreamHandler", "level": "ERROR"},
        "none": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["standard"], "level": "ERROR", "propagate": False},
        # Refused with a page and status 400; whoever is on the network could fill the terminal with it.
        "django.security.DisallowedHost": {"handlers": ["none"], "propagate": False},
        # Browsers ask for more at once than there are threads; that some wait for a moment is no warning to anybody.
        "waitress.queue": {"handlers": ["none"], "propagate": False},
    },
}
