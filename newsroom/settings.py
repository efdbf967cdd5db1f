"""Settings. Everything that differs between machines comes from the environment (README, "Settings")."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from articles import embeds, kakao
from articles.editor import EDITOR_EXTENSIONS
from newsroom import environment

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything the running paper writes on this machine, outside git.
VAR = BASE_DIR / "var"

DEBUG = environment.flag("DEBUG")
DEMO = environment.flag("DEMO")
TESTING = "pytest" in sys.modules
SECRET_KEY = environment.secret_key(debug=DEBUG, demo=DEMO, kept_in=VAR / "secret")
SITE_URL = environment.site_url("http://127.0.0.1:8000")
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS") or [urlsplit(SITE_URL).hostname or ""]
if DEBUG or DEMO:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Addresses or networks whose X-Forwarded-For and X-Forwarded-Proto are believed; nobody else's are.
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES")
SOCIALACCOUNT_PROVIDERS = environment.login_providers()
# Whose videos and posts readers may open in an article, and the key for sharing to KakaoTalk ("" for none).
EMBEDS = environment.embed_providers()
KAKAO_SHARE_KEY = environment.kakao_share_key()

INSTALLED_APPS = [
    "newsroom.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    *(f"allauth.socialaccount.providers.{name}" for name in SOCIALACCOUNT_PROVIDERS),
    "csp",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "js_asset",
    "taggit",
    # Ours last: their admin takes some registrations back.
    "publication",
    "accounts",
    "articles",
    "comments",
    "newsroom.apps.NewsroomConfig",
]

MIDDLEWARE = [
    "newsroom.middleware.trusted_proxies",
    # Answers from kept pages before anything else runs.
    "publication.pagecache.middleware.page_cache",
    "newsroom.middleware.headers",
    "newsroom.middleware.ContentSecurityPolicy",
    "newsroom.middleware.content_policy",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Inside those that label answers: a refusal carries every header too.
    "newsroom.middleware.edge",
    "publication.pagecache.middleware.refusals",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "publication.clock.request_clock",
    "newsroom.middleware.reader_hint",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "newsroom.middleware.staff_language",
    "newsroom.middleware.staff_second_factor",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "publication.context.paper",
                "articles.context.sections",
            ],
        },
    }
]

# Database. SQLite by default; PostgreSQL, with psycopg's own pool, by DATABASE_URL.

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{VAR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR.mkdir(exist_ok=True)
    # To open the file anew for each page would cost more than most of its questions.
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["OPTIONS"] = {
        # A transaction takes the write lock when it begins: two writers wait, they do not fail half way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
    # In memory, threads that write at once fail with "table is locked".
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # the pool keeps the connections
    # Those that died with the server are found before a reader is.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    from newsroom.connections import PooledConnection

    DATABASES["default"]["OPTIONS"] = {
        # After a second without the server an attempt is given up and the next request makes a new one: the
        # pool itself would pause ever longer, and find a server that is back minutes later.
        "pool": {
            "min_size": 1,
            "max_size": 8,
            "timeout": 2,
            "reconnect_timeout": 1,
            "connection_class": PooledConnection,
        },
        "connect_timeout": 2,
        # A server that fell silent, its machine lost or a firewall between, is found out by the system while nobody
        # asks (newsroom/connections.py), and while somebody does: not after the two hours that are usual.
        "keepalives_idle": 20,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
        "options": "-c statement_timeout=15s -c lock_timeout=5s",
        # What publication.prepared asks is prepared at its first use; nothing else ever is.
        "prepare_threshold": 0 if environment.choice("PREPARED_STATEMENTS", "on", "off") == "on" else None,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

# Whole public pages are kept under the version rows; DEBUG shows every change of a template at once.
PAGE_CACHE = not (DEBUG or TESTING)
# The last good copies, which readers get while the database is away.
KEPT_PAGES = VAR / "pages.sqlite3"
# An edge (Varnish, a CDN) that wants to be told which pages changed.
PURGE_URL = environment.web_address("PURGE_URL")
PURGE_TOKEN = environment.text("PURGE_TOKEN")

# Renditions are made by a worker (`manage.py db_worker`); the tick makes what a dead worker left.
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TESTING
        else "django_tasks_db.DatabaseBackend"
    }
}

# Readings gathered in a process's memory are written this often; 0 leaves it to the caller, as tests do.
READS_FLUSH_SECONDS = 0 if TESTING else 5

# Language and time: one of each for readers; staff may choose their language for the admin.

LANGUAGE_CODE = environment.text("LANGUAGE_CODE", "ko")
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["newsroom.formats"]
TIME_ZONE = environment.text("TIME_ZONE", "Asia/Seoul")
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(VAR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "newsroom.staticfiles.JoinedStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Pages ask for hashed names only; source maps are for developers and take longest to compress.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]
# One photograph and a form around it; the pictures' own limit is publication.images.MAX_BYTES.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# The font of the share cards that the paper draws of articles without a picture.
CARD_FONT = environment.card_font()
FILE_UPLOAD_PERMISSIONS = 0o644

# Accounts

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "newsroom.login.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_FORMS = {"login": "newsroom.login.LoginForm", "add_email": "newsroom.login.AddEmailForm"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "newsroom.signup.NicknameForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# A reader may write before the address is confirmed; doors.md.
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PREVENT_ENUMERATION = True
# One address per account: a new one takes the old one's place once it is confirmed.
ACCOUNT_CHANGE_EMAIL = True
# Who found an open session cannot take the account over: the password is asked again.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None
# A provider knows no nickname that would be free here: the form asks for one.
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_ADAPTER = "newsroom.login.ProviderAdapter"
MFA_ADAPTER = "newsroom.login.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# The newsroom opens to staff with an authenticator app only.
STAFF_SECOND_FACTOR = environment.flag("STAFF_SECOND_FACTOR")
# In the session: a cookie of their own would not carry the __Host- prefix.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Tags, editor

TAGGIT_CASE_INSENSITIVE = True
DJANGO_PROSE_EDITOR_EXTENSIONS = EDITOR_EXTENSIONS

# E-mail

_mail = environment.mail("EMAIL_URL")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail else 'console'}.EmailBackend"
EMAIL_TIMEOUT = 10
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_SSL, EMAIL_USE_TLS = (
    _mail or environment.Mail()
)
DEFAULT_FROM_EMAIL = f"newsroom@{urlsplit(SITE_URL).hostname}"

# Headers and cookies

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "newsroom.views.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# The admin's own widgets set style attributes, and the editor needs its import map: hence the nonce.
STAFF_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "script-src": [SELF, NONCE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
}
# What single pages need beyond the readers' policy, by the name of their address: the QR code is an
# image in the page, and a browser asks form-action about every stop of a redirect.
PAGE_CONTENT_SECURITY_POLICY: dict[str, dict[str, list[str]]] = {"mfa_activate_totp": {"img-src": ["data:"]}}
if SOCIALACCOUNT_PROVIDERS:
    _stops = [stop for name in SOCIALACCOUNT_PROVIDERS for stop in environment.PROVIDERS[name]]
    _pages = ["account_login", "account_signup", "socialaccount_connections"]
    for _page in [*_pages, *(f"{name}_login" for name in SOCIALACCOUNT_PROVIDERS)]:
        PAGE_CONTENT_SECURITY_POLICY[_page] = {"form-action": _stops}

# An article's page lets in the frames of exactly those providers, and Kakao's script only where there is a key.
if EMBEDS:
    for _page in ["article", "articles_article_preview"]:
        PAGE_CONTENT_SECURITY_POLICY[_page] = {"frame-src": embeds.hosts(EMBEDS)}
if KAKAO_SHARE_KEY:
    PAGE_CONTENT_SECURITY_POLICY.setdefault("article", {}).update(kakao.CONTENT_SECURITY_POLICY)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "newsroom.logs.JSONFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": environment.choice("LOG_FORMAT", "line", "json"),
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django": {"level": "INFO", "propagate": True, "handlers": []}},
}
