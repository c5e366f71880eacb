"""What every deployment shares. Values that change from one to another come from the environment.

Each variable is documented in docs/operate.md, and a test keeps that list complete.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from ancrage.config import assets
from ancrage.kit.logs import logging_settings

env = Env()

PROJECT_ROOT = Path(__file__).resolve().parents[3]
PACKAGE_ROOT = PROJECT_ROOT / "ancrage"
VAR_ROOT = Path(env.str("ANCRAGE_VAR", str(PROJECT_ROOT / "var")))

SECRET_KEY = env.str("SECRET_KEY", "")
DEBUG = False
DEMO = False
SHOW_COMPONENTS = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000")

# --- The deployment's own face -------------------------------------------------------------
BRAND_NAME = env.str("BRAND_NAME", "Ancrage")
BRAND_TAGLINE = env.str("BRAND_TAGLINE", "Santé & territoire")
BRAND_PROMISE = env.str(
    "BRAND_PROMISE", "La plateforme commune des employeurs de santé du territoire."
)
# Other values for some tokens of the style sheets; checked at start by ancrage.web.branding.
BRAND_COLOURS: dict[str, str] = env.dict("BRAND_COLOURS", {})
# Slug of the territory whose name, map and offers the public pages show first.
DEFAULT_TERRITORY = env.str("DEFAULT_TERRITORY", "")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", "contact@ancrage.example")
CONTACT_PHONE = env.str("CONTACT_PHONE", "")
LEGAL_PUBLISHER = env.str("LEGAL_PUBLISHER", "")
LEGAL_HOST = env.str("LEGAL_HOST", "")
LEGAL_DPO = env.str("LEGAL_DPO", "")
# Who answers for the data, together if they are several (GDPR, art. 26 and 28).
LEGAL_CONTROLLERS: list[str] = env.list("LEGAL_CONTROLLERS", [])
LEGAL_JOINT_AGREEMENT = env.str("LEGAL_JOINT_AGREEMENT", "")
LEGAL_PROCESSORS: list[str] = env.list("LEGAL_PROCESSORS", [], delimiter=";")
LEGAL_DPO_OPINION = env.str("LEGAL_DPO_OPINION", "")

# --- Applications ----------------------------------------------------------------------------
INSTALLED_APPS = [
    "ancrage.web",
    "ancrage.demo",
    "ancrage.roadmap",
    "ancrage.events",
    "ancrage.journeys",
    "ancrage.matching",
    "ancrage.welcome",
    "ancrage.needs",
    "ancrage.resources",
    "ancrage.schemes",
    "ancrage.demography",
    "ancrage.training",
    "ancrage.candidates",
    "ancrage.partners",
    "ancrage.territory",
    "ancrage.professions",
    "ancrage.privacy",
    "ancrage.accounts",
    "ancrage.kit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # After ancrage.web, whose templates draw the fields.
    "django.forms",
    "django_htmx",
    "template_partials",
    "lucide",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ancrage.web.logs.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ancrage.web.headers.HeadersMiddleware",
    "ancrage.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ancrage.web.access.GuardedByPolicyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ancrage.web.accounts.middleware.SessionLifeMiddleware",
    "ancrage.web.accounts.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "ancrage.config.urls"
WSGI_APPLICATION = "ancrage.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "ancrage.web.context.deployment",
                "ancrage.web.context.navigation",
            ],
            "builtins": ["ancrage.web.templatetags.dates"],
        },
    }
]

# --- Database ----------------------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_ROOT / 'ancrage.sqlite3'}")
DATABASES = {"default": env.dj_db_url("DATABASE_URL", DATABASE_URL, conn_max_age=60)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A read-then-write in the default DEFERRED mode fails under load in spite of the timeout.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000; "
            # What is erased is overwritten, whatever the build of SQLite does by default.
            "PRAGMA secure_delete=ON;"
        ),
    }
else:
    # PostgreSQL would compile the queries of some pages for seconds to read their rows in a tenth
    # of one. What the address of the database asks for comes first.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Languages ---------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE_ROOT / "locale"]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "ancrage.config.formats"
TIME_ZONE = "Europe/Paris"

# --- Files -------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_ROOT / "static"
STATICFILES_DIRS = [PACKAGE_ROOT / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "ancrage.config.finders.NpmFinder",
]
NPM_ROOT = PROJECT_ROOT / "node_modules"
NPM_FILES = assets.NPM_FILES
# Folders of more fonts for printed documents, for alphabets that ours do not draw.
PRINT_FONTS: list[str] = env.list("PRINT_FONTS", [])
JOINED_FILES = assets.JOINED_FILES
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # Outside the static root: a stored file is only ever served through a permission.
        "OPTIONS": {"location": VAR_ROOT / "files"},
    },
    "staticfiles": {"BACKEND": "ancrage.config.storage.JoinedStaticFilesStorage"},
}
# Who was erased, as digests: kept out of the database, so that no backup brings anybody back.
ERASURE_LEDGER = Path(env.str("ERASURE_LEDGER", str(VAR_ROOT / "erasures.jsonl")))
BACKUP_ROOT = Path(env.str("BACKUP_ROOT", str(VAR_ROOT / "backups")))
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

# --- Every day ---------------------------------------------------------------------------------
# What `run_rounds` runs, in this order: what ends is known before those who follow it are told,
# and what is past its term goes last.
DAILY_ROUNDS = (
    "tend_needs",
    "tend_resources",
    "tend_candidates",
    "tend_training",
    "tend_introductions",
    "tend_searches",
    "tend_journeys",
    "tend_welcome",
    "tend_aids",
    "tend_events",
    "purge_expired",
    "purge",
)

# --- Accounts ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:after_login"
LOGOUT_REDIRECT_URL = "web:home"
ACCOUNT_ADAPTER = "ancrage.web.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "ancrage.web.accounts.allauth_forms.NewAddressForm",
    "change_password": "ancrage.web.accounts.allauth_forms.ChangePasswordForm",
    "confirm_email_verification_code": "ancrage.web.accounts.allauth_forms.ConfirmAddressForm",
    "confirm_login_code": "ancrage.web.accounts.allauth_forms.ConfirmLoginForm",
    "confirm_password_reset_code": "ancrage.web.accounts.allauth_forms.ConfirmResetForm",
    "login": "ancrage.web.accounts.allauth_forms.LoginForm",
    "reauthenticate": "ancrage.web.accounts.allauth_forms.ReauthenticateForm",
    "request_login_code": "ancrage.web.accounts.allauth_forms.LoginCodeForm",
    "reset_password": "ancrage.web.accounts.allauth_forms.ResetPasswordForm",
    "reset_password_from_key": "ancrage.web.accounts.allauth_forms.NewPasswordForm",
    "set_password": "ancrage.web.accounts.allauth_forms.SetPasswordForm",
    "signup": "ancrage.web.accounts.allauth_forms.SignupForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
# Three tries at one code, and ten minutes to find the mail: three chances in a hundred million.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "change_password": "5/m/user",
    "confirm_email": "1/10s/key",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,3/m/key",
    "reset_password_from_key": "20/m/ip",
    "signup": "10/m/ip",
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "ancrage.web.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "ancrage.web.accounts.allauth_forms.ActivateTotpForm",
    "add_webauthn": "ancrage.web.accounts.allauth_forms.AddPasskeyForm",
    "authenticate": "ancrage.web.accounts.allauth_forms.SecondFactorForm",
    "edit_webauthn": "ancrage.web.accounts.allauth_forms.RenamePasskeyForm",
    "reauthenticate": "ancrage.web.accounts.allauth_forms.ReauthenticateBySecondFactorForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = BRAND_NAME
# The code of the half minute before is accepted too: telephones are seldom on time.
MFA_TOTP_TOLERANCE = 1
# Coordinators and administrators must hold a second factor.
MFA_REQUIRED = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Seconds: from the sign-in, for everybody; without a sign of life, for those who see others.
SESSION_LIFE = 12 * 3600
SESSION_IDLE = 30 * 60
SESSION_COOKIE_AGE = SESSION_LIFE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# No script reads it: forms carry the token themselves.
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ancrage.web.errors.csrf_failure"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- Mail --------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"{BRAND_NAME} <{CONTACT_EMAIL}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Where mails are written when they are sent to files, as in the demo.
EMAIL_FILE_PATH = VAR_ROOT / "mail"

# --- Who is at the other end ---------------------------------------------------------------------
# How many proxies of ours stand in front; what the others say of a client's address is ignored.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

# --- Browser security ----------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- What the rules of the territory fix ---------------------------------------------------------
# Days without a sign of life before a published need is asked for, shown as stale, then paused.
FRESHNESS_ASK_DAYS = env.int("FRESHNESS_ASK_DAYS", 30)
FRESHNESS_STALE_DAYS = env.int("FRESHNESS_STALE_DAYS", 45)
FRESHNESS_PAUSE_DAYS = env.int("FRESHNESS_PAUSE_DAYS", 60)

LOGGING = logging_settings(as_json=False)
