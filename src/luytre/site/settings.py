"""Settings, read from the environment (LUYTRE_…); every one is described in docs/OPERATIONS.md."""

from pathlib import Path

from csp.constants import NONE, SELF

from luytre.site import env

PACKAGE = Path(__file__).parents[1]
DATA_DIR = Path(env.text("LUYTRE_DATA", ".luytre")).resolve()
SECRET_KEY = env.secret_key(DATA_DIR)
DEBUG = env.flag("LUYTRE_DEBUG")
ALLOWED_HOSTS = env.words("LUYTRE_HOSTS", "localhost,127.0.0.1,[::1]")

# -- this installation --
LUYTRE_MARK = env.text("LUYTRE_MARK")  # words printed on every page and paper of a demonstration
LUYTRE_TODAY = env.text("LUYTRE_TODAY")  # a day that stands for today (demonstrations); empty = the clock
LUYTRE_MAX_UPLOAD = env.number("LUYTRE_MAX_UPLOAD_MB", 50) * 1024 * 1024
LUYTRE_SEAL_INSIDE = env.flag("LUYTRE_SEAL_INSIDE")  # PostgreSQL: seal the chain inside each act instead of after it
LUYTRE_JOURNAL_KEY = Path(env.text("LUYTRE_JOURNAL_KEY", str(DATA_DIR / "journal.key")))  # signs the daily head (Ed25519, PEM)
LUYTRE_TSA = env.text("LUYTRE_TSA")  # address of a time-stamping service (RFC 3161) for papers signed on the server
LUYTRE_TRUST = Path(env.text("LUYTRE_TRUST", str(DATA_DIR / "trust")))  # folder of root certificates that signatures must lead to

# -- letters out --
LUYTRE_SMTP = env.text("LUYTRE_SMTP")  # smtp://user:word@host:port?tls=start, or smtps://…
LUYTRE_MAIL_FROM = env.text("LUYTRE_MAIL_FROM", "luytre@localhost")  # sender, and where letters that cannot be delivered return to
LUYTRE_MAIL_FOLDER = env.text("LUYTRE_MAIL_FOLDER")  # mail is laid here as .eml files instead of going out
LUYTRE_QUIET_HOURS = env.text("LUYTRE_QUIET_HOURS", "21:00-06:30")  # only urgent letters go out then

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "luytre.ui",
    "luytre.journal",
    "luytre.post",
    "luytre.register",
    "luytre.papers",
    "luytre.rooms.duties",
    "luytre.rooms.instructions",
    "luytre.overview.board",
    "luytre.overview.things",
    "luytre.overview.search",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luytre.site.middleware.LanguageMiddleware",
    "luytre.site.middleware.EarlyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "luytre.site.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "luytre.site.urls"
WSGI_APPLICATION = "luytre.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "luytre.site.context.installation",
                "luytre.site.frame.frame",
            ],
        },
    },
]

# -- where it is kept --
DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA_DIR / "attachments"  # written by journal.store only; never served as a folder
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# -- who is there --
AUTH_USER_MODEL = "register.Account"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "luytre"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# -- words and dates --
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["luytre.site.formats"]
USE_THOUSAND_SEPARATOR = True

# -- what the browser may do --
STATIC_URL = "/static/"
STATIC_ROOT = None  # nothing is collected: WhiteNoise serves straight from the package
WHITENOISE_USE_FINDERS = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "luytre.site.middleware.csrf_failure"
if env.flag("LUYTRE_HTTPS"):  # behind a proxy that ends TLS and sets X-Forwarded-Proto
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.text("LUYTRE_LOG", "WARNING")},
}
