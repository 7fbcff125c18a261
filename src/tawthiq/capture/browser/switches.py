"""How Chromium is started: what it is told to leave alone, so that it asks nobody anything on its own account.

The gate refuses the browser's own traffic whatever it tries; these switches are the braces to that belt, and spare the time.
Names: Chromium's `*_switches.cc` and `*_features.cc`.
"""

import base64
import hashlib
import json
import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tawthiq.records.errors import WrongUsage

# Lists, models, hints, metrics and speculative requests of the browser's own; and reports that servers ask for, which leave
# the browser outside any page (Reporting API, network error logging).
FEATURES_OFF = (
    "AimEnabled",
    "AutofillServerCommunication",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "CaptivePortalInterstitial",
    "CertificateTransparencyComponentUpdater",
    "DestroyProfileOnBrowserClose",
    "DialMediaRouteProvider",
    "EnableTLS13KyberCertificateReports",
    "GlobalMediaControls",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "InterestFeedContentSuggestions",
    "LensOverlay",
    "LocalNetworkAccessChecks",
    "MediaRouter",
    "NetworkErrorLogging",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "Prerender2",
    "Reporting",
    "SpareRendererForSitePerProcess",
    "Translate",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
)
SWITCHES = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-startup-window",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--no-pings",
    "--allow-pre-commit-input",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-back-forward-cache",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-extensions-with-background-pages",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-field-trial-config",
    "--disable-hang-monitor",
    "--disable-infobars",
    "--disable-popup-blocking",
    "--disable-prompt-on-repost",
    "--disable-quic",
    "--disable-renderer-backgrounding",
    "--disable-search-engine-choice-screen",
    "--disable-speech-api",
    "--disable-stack-profiler",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--metrics-recording-only",
    "--mute-audio",
    "--password-store=basic",
    "--safebrowsing-disable-auto-update",
    "--use-mock-keychain",
    # Media connections between browsers would go round the gate and show the machine's own address.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    # Names are the gate's to resolve; the browser itself finds none.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
# The profile's settings (`*_prefs.cc`): no web services for errors, lists and guesses; nothing asked for before a page does.
PREFERENCES = {
    "alternate_error_pages": {"enabled": False},
    "dns_prefetching": {"enabled": False},
    "net": {"network_prediction_options": 2},
    "safebrowsing": {"enabled": False, "enhanced": False},
    "search": {"suggest_enabled": False},
    "signin": {"allowed": False, "allowed_on_next_startup": False},
    "spellcheck": {"use_spelling_service": False},
    "translate": {"enabled": False},
}
NO_SANDBOX = "--no-sandbox"


def arguments(profile: Path, browser_door: int, authorities: Path | None) -> list[str]:
    """The arguments for a browser with its files in `profile`. The sandbox is left out only where Chromium runs as root.

    Writes the profile's settings. Raises WrongUsage when `authorities` holds no certificates.
    """
    (profile / "Default").mkdir(exist_ok=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(PREFERENCES))
    given = [
        *SWITCHES,
        f"--user-data-dir={profile}",
        f"--proxy-server=socks5://127.0.0.1:{browser_door}",
        "--proxy-bypass-list=<-loopback>",
        f"--disable-features={','.join(FEATURES_OFF)}",
        "--enable-features=CDPScreenshotNewSurface,SkipListAccountsWithoutGaiaCookies",
    ]
    if without_sandbox():
        given.append(NO_SANDBOX)
    if authorities is not None:
        given.append(f"--ignore-certificate-errors-spki-list={','.join(_keys(authorities))}")
    return given


def without_sandbox() -> bool:
    """Whether Chromium has to run without its sandbox: it refuses to have one as root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _keys(authorities: Path) -> list[str]:
    """The digests of the public keys in a PEM file, as Chromium wants them (base64 of SHA-256 over SubjectPublicKeyInfo)."""
    try:
        certificates = x509.load_pem_x509_certificates(authorities.read_bytes())
    except (OSError, ValueError) as error:
        raise WrongUsage(
            item=str(authorities),
            happened=f"it holds no certificates that can be used ({error})",
            advice="give a PEM file",
        ) from error
    keys = [each.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) for each in certificates]
    return [base64.b64encode(hashlib.sha256(key).digest()).decode() for key in keys]
