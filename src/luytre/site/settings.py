"""Settings, read from the environment (LUYTRE_…); every one is described in docs/OPERATIONS.md."""

from datetime import timedelta
from pathlib import Path
from typing import Any

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
LUYTRE_IMAP = env.text("LUYTRE_IMAP", "")  # imaps://user@host/INBOX: the mailbox where anyone reports
LUYTRE_IMAP_PASSWORD = env.text("LUYTRE_IMAP_PASSWORD", "")
LUYTRE_MAX_EVIDENCE = env.number("LUYTRE_MAX_EVIDENCE_MB", 8192) * 1024 * 1024  # of incidents: disk images, logs; streamed
LUYTRE_MAX_LOG = env.number("LUYTRE_MAX_LOG_GB", 20) << 30  # one log file of a hunt
LUYTRE_HUNTS = env.number("LUYTRE_HUNTS", 1)  # runs of hunts at once
LUYTRE_HUNT_RULES = env.text("LUYTRE_HUNT_RULES")  # folder or zip of Sigma rules for the hunting room; empty: the set kept, else our own
LUYTRE_KEEP_LOGS_DAYS = env.number("LUYTRE_KEEP_LOGS_DAYS", 180)  # then a hunt's logs are deleted; findings and papers stay
LUYTRE_SEAL_INSIDE = env.flag("LUYTRE_SEAL_INSIDE")  # PostgreSQL: seal the chain inside each act instead of after it
LUYTRE_CLAMAV = env.text("LUYTRE_CLAMAV", "")  # unix:/run/clamav/clamd.ctl or tcp://host:3310; empty: nobody is asked
LUYTRE_FILES_KEY = env.text("LUYTRE_FILES_KEY", "")  # seals files and free text (32 bytes, in hex)
LUYTRE_JOURNAL_KEY = Path(env.text("LUYTRE_JOURNAL_KEY", str(DATA_DIR / "journal.key")))  # signs the daily head (Ed25519, PEM)
LUYTRE_TSA = env.text("LUYTRE_TSA")  # address of a time-stamping service (RFC 3161) for papers signed on the server
LUYTRE_TRUST = Path(env.text("LUYTRE_TRUST", str(DATA_DIR / "trust")))  # folder of root certificates that signatures must lead to

LUYTRE_HOTLINE = env.text("LUYTRE_HOTLINE")  # the duty desk's telephone, on top of the public pages
LUYTRE_INTAKE_ADDRESS = env.text("LUYTRE_INTAKE_ADDRESS")  # where anyone reports by mail; mail from it is our own come back

# -- requests and letters out --
LUYTRE_OUT_NETWORKS = env.networks("LUYTRE_OUT_NETWORKS")  # networks that are not public and may be gone to all the same
LUYTRE_OUT_HTTP = env.flag("LUYTRE_OUT_HTTP")  # plain http out of here
LUYTRE_SMTP = env.text("LUYTRE_SMTP")  # smtp://user:word@host:port?tls=start, or smtps://…
LUYTRE_MAIL_FROM = env.text("LUYTRE_MAIL_FROM", "luytre@localhost")  # sender, and where letters that cannot be delivered return to
LUYTRE_MAIL_FOLDER = env.text("LUYTRE_MAIL_FOLDER")  # mail is laid here as .eml files instead of going out
LUYTRE_SITE_URL = env.text("LUYTRE_SITE_URL", "http://127.0.0.1:8000").rstrip("/")  # how letters name this site
LUYTRE_REMIND_AT = env.text("LUYTRE_REMIND_AT", "07:00")  # when the digest of the day is made
LUYTRE_BOUNCES = env.text("LUYTRE_BOUNCES")  # a Maildir in which letters that came back are found
LUYTRE_SMS_URL = env.text("LUYTRE_SMS_URL")  # the SMS gateway: POST {"to", "text", "id"}
LUYTRE_SMS_TOKEN = env.text("LUYTRE_SMS_TOKEN")
LUYTRE_WEBHOOK_SECRET = env.text("LUYTRE_WEBHOOK_SECRET")  # the keys shared with receivers of webhooks are made of it
LUYTRE_DIGEST_DAYS = env.choice("LUYTRE_DIGEST_DAYS", "working", ("working", "all"))  # days on which digests are made
LUYTRE_QUIET_HOURS = env.text("LUYTRE_QUIET_HOURS", "21:00-06:30")  # only urgent letters go out then

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "axes",
    "luytre.ui",
    "luytre.journal",
    "luytre.post",
    "luytre.register",
    "luytre.doors",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "luytre.papers",
    "luytre.rooms.duties",
    "luytre.rooms.hunting",
    "luytre.rooms.incidents",
    "luytre.rooms.instructions",
    "luytre.rooms.reminders",
    "luytre.rooms.submissions",
    "luytre.rooms.rights",
    "luytre.overview.board",
    "luytre.overview.coordination",
    "luytre.overview.things",
    "luytre.overview.lists",
    "luytre.overview.reports",
    "luytre.overview.search",
    "luytre.site",
    "luytre.overview.feeds",
]
MIDDLEWARE = [
    "luytre.doors.middleware.DoorMiddleware",
    "luytre.site.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
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
    "allauth.account.middleware.AccountMiddleware",
    "luytre.doors.middleware.GuardMiddleware",
    "luytre.site.limits.LimitMiddleware",
    "axes.middleware.AxesMiddleware",
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
FILE_UPLOAD_HANDLERS = ["luytre.ui.uploads.InMemory"]  # no file touches the disk before it was looked at for marks of state secrets
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# -- who is there --
AUTH_USER_MODEL = "register.Account"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "luytre"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "doors_kept"}}  # one count for all servers
LUYTRE_MFA = env.choice("LUYTRE_MFA", "roles", ("roles", "all", "off"))  # who must have a second step of signing in
if LUYTRE_MFA == "off" and not LUYTRE_MARK:
    raise SystemExit("LUYTRE_MFA=off: chỉ cho bản minh họa (LUYTRE_MARK) / only for an installation marked as a demonstration")
LUYTRE_OIDC_URL = env.text("LUYTRE_OIDC_URL")  # the province's shared sign-in (OpenID Connect); empty: none
LUYTRE_OIDC_CLAIM = env.choice("LUYTRE_OIDC_CLAIM", "email", ("email", "preferred_username"))
LUYTRE_OIDC_IS_STRONG = env.flag("LUYTRE_OIDC_IS_STRONG")  # the shared sign-in asks for a second step itself
LUYTRE_FRESH_MINUTES = env.number("LUYTRE_FRESH_MINUTES", 10)
LUYTRE_PASSWORD_DAYS = env.number("LUYTRE_PASSWORD_DAYS", 90)  # this and the next: house defaults, the directive says "regularly"
LUYTRE_PASSWORD_DAYS_ADMINISTRATOR = env.number("LUYTRE_PASSWORD_DAYS_ADMINISTRATOR", 60)
LUYTRE_PASSWORDS_KEPT = env.number("LUYTRE_PASSWORDS_KEPT", 5)
LUYTRE_WRITES = env.number("LUYTRE_WRITES", 120)  # a person's writing requests in five minutes; 0: no limit
LUYTRE_EXPORTS = env.number("LUYTRE_EXPORTS", 20)  # a person's exports in an hour; 0: no limit
LUYTRE_UNUSED_DAYS = env.number("LUYTRE_UNUSED_DAYS", 45)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "luytre.doors.passwords.Breached"},
    {"NAME": "luytre.doors.passwords.Guessable"},
    {"NAME": "luytre.doors.passwords.NotUsedBefore"},
]
ACCOUNT_ADAPTER = "luytre.doors.adapter.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # until the session ends by its age; the browser's own "remember" is not asked
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * (LUYTRE_FRESH_MINUTES or 10)
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/15m/key"}  # a name, or one person's codes, from any address; axes counts the rest
MFA_ADAPTER = "luytre.doors.adapter.Factors"
MFA_FORMS = {
    "login_webauthn": "luytre.doors.forms.KeySignInForm",
    "authenticate_webauthn": "luytre.doors.forms.KeySecondForm",
    "reauthenticate_webauthn": "luytre.doors.forms.KeyAgainForm",
    "add_webauthn": "luytre.doors.forms.NewKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or bool(LUYTRE_MARK)  # http://localhost of a demonstration
SOCIALACCOUNT_ADAPTER = "luytre.doors.provider.Provider"
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "openid_connect": {"APPS": env.oidc(LUYTRE_OIDC_URL), "provider_class": "luytre.doors.provider.Shared"}
}
USERSESSIONS_ADAPTER = "luytre.doors.adapter.Sessions"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # a stranger elsewhere cannot lock out the owner of a name
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "luytre.doors.desk.locked_out"
AXES_CLIENT_IP_CALLABLE = "luytre.doors.networks.client_text"
AXES_DISABLE_ACCESS_LOG = True  # sign-ins stand in the journal, as references
AXES_VERBOSE = AXES_ENABLE_ADMIN = False

# -- from where --
LUYTRE_DOORS = frozenset(env.words("LUYTRE_DOORS", "public,staff,duty"))  # the doors this server keeps open at all
LUYTRE_STAFF_NETWORKS = env.networks("LUYTRE_STAFF_NETWORKS")  # the staff door: dedicated data network, VPN; none listed = everywhere
LUYTRE_PROXIES = env.networks("LUYTRE_PROXIES")  # whose X-Forwarded-For counts
DOORS_ROUTES = "luytre.site.routes.ROUTES"

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
        "form-action": [SELF, *env.origins(LUYTRE_OIDC_URL)],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # no script of ours reads a cookie
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = (
    "Lax"  # links from letters, and the way back from the shared sign-in
)
CSRF_FAILURE_VIEW = "luytre.site.middleware.csrf_failure"
if env.flag("LUYTRE_HTTPS"):  # behind a proxy that ends TLS and sets X-Forwarded-Proto
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-luytre", "__Host-csrf"  # the browser itself keeps other hosts from setting them
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "luytre.site.logs.Lines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "loggers": {"axes": {"level": "CRITICAL"}},  # its lines hold names and addresses; the journal tells of locks
    "root": {"handlers": ["console"], "level": env.text("LUYTRE_LOG", "WARNING")},
}
