"""Settings of Văn thư. Every value that a deployment may change is an environment variable read here, once, typed.

`VANTHU_MODE` is `demo` (default: one machine, invented people, test certificates), `production` or `test`.
"""

from pathlib import Path
from typing import Any

from django.contrib.messages import constants as message_levels
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from config import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = env.choice("VANTHU_MODE", ("demo", "production", "test"), "demo")
DEMO = MODE == "demo"
PRODUCTION = MODE == "production"
TESTING = MODE == "test"
DEBUG = False

# Everything that the running product writes lies below this folder.
VAR_DIR = Path(env.text("VANTHU_VAR", str(BASE_DIR / "var"))).resolve()

if PRODUCTION:
    SECRET_KEY = env.needed(
        "VANTHU_SECRET_KEY", "a random text of at least 50 letters that only this server knows."
    )
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured(
            "VANTHU_SECRET_KEY is shorter than 50 letters; make one with `openssl rand -base64 48`."
        )
    env.needed("VANTHU_HOSTS", "the names under which people reach the site, separated by commas.")
    ALLOWED_HOSTS = env.words("VANTHU_HOSTS")
else:
    SECRET_KEY = env.kept_secret(VAR_DIR / "secret-key")
    ALLOWED_HOSTS = env.words("VANTHU_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []

# --- what runs ---
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "ninja",  # the files of the page that tries the interface out
    "vanthu.kernel",
    "vanthu.organisations",
    "vanthu.signing",
    "vanthu.reading",
    "vanthu.documents",
    "vanthu.dossiers",
    "vanthu.tasks",
    "vanthu.calendar",
    "vanthu.issuing",
    "vanthu.exchange",
    "vanthu.practice",
    "vanthu.search",
    "vanthu.statistics",
    "vanthu.web",
    "config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vanthu.web.shell.middleware.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vanthu.web.api.middleware.ProgramMiddleware",
    "vanthu.web.shell.middleware.RefusalMiddleware",
    "vanthu.web.shell.middleware.SignInMiddleware",
    "vanthu.web.shell.middleware.ActorMiddleware",
]
if env.number("VANTHU_MEASURE", 0) and not PRODUCTION:  # `vanthu bench`: every answer tells what it cost
    MIDDLEWARE.insert(0, "vanthu_tools.bench.measure.middleware.MeasuringMiddleware")
CSRF_FAILURE_VIEW = "vanthu.web.shell.refusals.form_expired"
MESSAGE_TAGS = {message_levels.ERROR: "danger"}
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "src/vanthu/web/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vanthu.web.shell.context.shell",
            ],
            "libraries": {"vanthu": "vanthu.web.shell.templatetags.vanthu"},
        },
    },
]

# --- database ---


def database() -> dict[str, Any]:
    """DATABASE_URL, or the private PostgreSQL, whose address `vanthu up` writes to a file below `var/`."""
    private = VAR_DIR / "postgres.url"
    if PRODUCTION:
        url = env.needed(
            "DATABASE_URL", "postgresql://user:password@host/vanthu of a PostgreSQL server, 15 or newer."
        )
    else:
        url = env.text("DATABASE_URL") or (private.read_text() if private.exists() else "dbname=vanthu")
    try:
        parts: dict[str, Any] = dict(conninfo_to_dict(url))
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL is not an address of PostgreSQL: {error}") from error
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    found = {names[key]: str(parts.pop(key)) for key in list(parts) if key in names}
    # A process needs a connection per thread (VANTHU_WEB_THREADS) and one more to notice a dead server.
    pool = {"min_size": 1, "max_size": env.number("VANTHU_POOL", 6, least=1), "timeout": 10}
    options = parts if TESTING else {**parts, "pool": pool}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
        **found,
    }


DATABASES = {"default": database()}
# Counts of failed sign-ins must be seen by all processes: so the cache is a table.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    # Actors of a minute, per process; the key carries the version of the account's rights.
    "actors": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "actors",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
    # Calls of programs in this minute, per process.
    "rates": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "rates",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = [
    "vanthu.exchange.agency_syncing",
    "vanthu.exchange.receiving_jobs",
    "vanthu.kernel.files.jobs",
    "vanthu.kernel.folding",
    "vanthu.kernel.kept",
    "vanthu.kernel.webhooks.jobs",
    "vanthu.exchange.hub.jobs",
    "vanthu.signing.request_jobs",
    "vanthu.signing.watching_jobs",
]
if DEMO:
    PROCRASTINATE_IMPORT_PATHS.append("vanthu_tools.demo.jobs")

# --- people ---
AUTH_USER_MODEL = "organisations.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "vanthu.organisations.passwords.NotSimilar", "OPTIONS": {"user_attributes": ["username"]}},
    {"NAME": "vanthu.organisations.passwords.Long", "OPTIONS": {"min_length": 10}},
    {"NAME": "vanthu.organisations.passwords.NotCommon"},
    {"NAME": "vanthu.organisations.passwords.NotNumeric"},
]
if TESTING:
    PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # speed; the tests' database is thrown away
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "vanthu.web.accounts.sign_in.Adapter"
ACCOUNT_FORMS = {
    "login": "vanthu.web.accounts.sign_in.SignInForm",
    "change_password": "vanthu.web.accounts.sign_in.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # other sessions end by the new hash, this one stays
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# Per account and address 5 failures in 15 minutes, then it waits; per address far more, for an office behind one.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/15m/key"}
# Reverse proxies in front that append to X-Forwarded-For: without them all people would seem one address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("VANTHU_PROXIES", 1 if PRODUCTION else 0)
MFA_ADAPTER = "vanthu.web.accounts.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Văn thư"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost
USERSESSIONS_TRACK_ACTIVITY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Written by the loader of the demonstration: whom the sign-in page offers. Read in demonstration mode only.
DEMO_CAST = VAR_DIR / "demo-cast.json"

# --- programs ---
# Calls per token (or person) and minute, in each process.
API_RATE = env.number("VANTHU_API_RATE", 600, least=1)

# --- language and time ---
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- pages, scripts and pictures ---
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("VANTHU_STATIC", str(VAR_DIR / "static"))).resolve()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}
# Django's hashes (app.1a2b3c4d5e6f.css) and esbuild's (chunk-8CHARSXX.js)
WHITENOISE_IMMUTABLE_FILE_TEST = r"(\.[0-9a-f]{12}\.|-[0-9A-Z]{8}\.)"
WHITENOISE_USE_FINDERS = TESTING

# --- safety of pages ---
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None

# --- files ---
UPLOAD_LIMIT = env.number("VANTHU_UPLOAD_LIMIT_MB", 500, least=1) * 1024 * 1024  # bytes, of one file
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes; what is larger is streamed to a temporary file
# The daemon of ClamAV that every file from outside passes: /path/of/its/socket or host:port; empty: nothing is scanned.
CLAMAV = env.text("VANTHU_CLAMAV")
CLAMAV_SECONDS = env.number("VANTHU_CLAMAV_SECONDS", 60, least=1)
# Not above StreamMaxLength of clamd.conf: clamd hangs up on what is longer.
CLAMAV_MOST_BYTES = env.number("VANTHU_CLAMAV_MOST_MB", 100, least=1) << 20
# "accept": what the daemon did not scan is kept as unscanned and scanned later; "refuse": it is not taken.
CLAMAV_REQUIRED = env.choice("VANTHU_CLAMAV_AWAY", ("accept", "refuse"), "accept") == "refuse"
FILES_DIR = Path(env.text("VANTHU_FILES", str(VAR_DIR / "files"))).resolve()
# Below it every office has a folder into which its mails are dropped as `.eml`; empty: no mails are read.
MAIL_FOLDER = Path(folder).resolve() if (folder := env.text("VANTHU_MAIL_FOLDER")) else None
# An S3-compatible store instead of the folder, when a bucket is named.
FILES_S3_BUCKET = env.text("VANTHU_S3_BUCKET")
FILES_S3_ENDPOINT = env.text("VANTHU_S3_ENDPOINT")
FILES_S3_KEY = env.text("VANTHU_S3_KEY")
FILES_S3_SECRET = env.text("VANTHU_S3_SECRET")
if FILES_S3_BUCKET and not (FILES_S3_ENDPOINT and FILES_S3_KEY and FILES_S3_SECRET):
    raise ImproperlyConfigured(
        "VANTHU_S3_BUCKET is set, so VANTHU_S3_ENDPOINT, VANTHU_S3_KEY and VANTHU_S3_SECRET are needed too."
    )

# Views are written to the access log in batches this often (downloads at once); 0 writes each at once.
ACCESS_LOG_SECONDS = 0 if TESTING else 2

# --- mail ---
# The server that sends the daily digest; without one it lies in the folder `mail` (nowhere in production).
_smtp = {
    "host": env.text("VANTHU_SMTP_HOST"),
    "port": env.number("VANTHU_SMTP_PORT", 587, least=1),
    "username": env.text("VANTHU_SMTP_USER"),
    "password": env.text("VANTHU_SMTP_PASSWORD"),
    "use_tls": bool(env.number("VANTHU_SMTP_TLS", 1)),
    "timeout": 20,  # seconds
}
MAIL_DIR = VAR_DIR / "mail"
if _smtp["host"]:
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": _smtp}}
elif PRODUCTION:
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
else:
    _folder = {"file_path": str(MAIL_DIR)}
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": _folder}}
DEFAULT_FROM_EMAIL = env.text("VANTHU_MAIL_FROM", f"vanthu@{ALLOWED_HOSTS[0]}")
SITE = f"https://{ALLOWED_HOSTS[0]}/" if PRODUCTION else ""  # where mails say the product is

# --- signatures ---
# Folder with the keys of the test authority (demonstration) and `roots/*.pem`, the certificates that are trusted.
PKI_DIR = VAR_DIR / "pki"
TRUST_ROOTS = Path(env.text("VANTHU_TRUST_ROOTS", str(PKI_DIR / "roots"))).resolve()
# Time-stamp authority (RFC 3161). `vanthu up` names its own in demonstration; empty means signatures stay at B-B.
TSA_URL = env.text("VANTHU_TSA_URL")
# Where browsers reach the government's signing program on their own computer.
AGENT_ADDRESS = env.text("VANTHU_AGENT_ADDRESS", "wss://127.0.0.1:8987")
# How long a time stamp or the state of a certificate may take, in seconds.
PKI_SECONDS = env.number("VANTHU_PKI_SECONDS", 30 if TESTING else 5, least=1)

# Signing services and modules. A certificate names its device (`provider`) and the device's name for the key.
# The security module of this server (HSM) by PKCS#11: its library, the label of the token, its PIN.
PKCS11_MODULE = env.text("VANTHU_PKCS11_MODULE")
PKCS11_TOKEN = env.text("VANTHU_PKCS11_TOKEN")
PKCS11_PIN = env.text("VANTHU_PKCS11_PIN")
# Remote signing by the interface of the Cloud Signature Consortium; ID and secret where the service wants OAuth 2.
CSC_URL = env.text("VANTHU_CSC_URL")
CSC_VERSION = int(env.choice("VANTHU_CSC_VERSION", ("1", "2"), "2"))
CSC_ID = env.text("VANTHU_CSC_ID")
CSC_SECRET = env.text("VANTHU_CSC_SECRET")
# VNPT SmartCA and Viettel MySign. In demonstration they are the stand-ins of `vanthu simulate`.
SMARTCA_URL = env.text("VANTHU_SMARTCA_URL", "http://127.0.0.1:9021/sca/sp769" if DEMO else "")
SMARTCA_ID = env.text("VANTHU_SMARTCA_ID", "demo" if DEMO else "")
SMARTCA_PASSWORD = env.text("VANTHU_SMARTCA_PASSWORD", "demo" if DEMO else "")
SMARTCA_ANSWER = env.choice("VANTHU_SMARTCA_ANSWER", ("pkcs1", "pkcs7"), "pkcs1")
MYSIGN_URL = env.text("VANTHU_MYSIGN_URL", "http://127.0.0.1:9022" if DEMO else "")
MYSIGN_ID = env.text("VANTHU_MYSIGN_ID", "demo" if DEMO else "")
MYSIGN_SECRET = env.text("VANTHU_MYSIGN_SECRET", "demo" if DEMO else "")
MYSIGN_PROFILE = env.text("VANTHU_MYSIGN_PROFILE", "adss:ras:profile:001")
# The last part of the address to which a signing service reports; empty: reports are not taken.
SIGNING_REPORT_SECRET = env.text("VANTHU_SIGNING_REPORT_SECRET")

# How long an archive time stamp counts before it is renewed; earlier if its certificate ends.
STAMP_RENEWAL_DAYS = env.number("VANTHU_STAMP_RENEWAL_DAYS", 365, least=30)

# --- events for other programs ---
# Hosts and networks inside the server's own network to which webhooks may be sent, also by plain http. Empty: none.
WEBHOOK_ALLOW = env.hosts("VANTHU_WEBHOOK_ALLOW")

# --- the hub of our own ---
# How far the clock of a calling system may be from ours, in minutes; calls per address and minute, in each process.
HUB_MINUTES = env.number("VANTHU_HUB_MINUTES", 15, least=1)
HUB_RATE = env.number("VANTHU_HUB_RATE", 1200, least=1)

# --- log ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": env.text("VANTHU_LOG", "WARNING" if TESTING else "INFO").upper(),
    },
    "loggers": {
        # libraries that say too much
        "django": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
        "pyhanko": {"level": "ERROR"},  # every untrusted signature is a warning with a traceback
        "pyhanko_certvalidator": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
