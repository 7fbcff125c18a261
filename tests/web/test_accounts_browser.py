"""Accounts in a real Chromium: a security key (its virtual authenticator), and typed text that outlives its session.

Screenshots go to out/screenshots/, to be looked at.
"""

import base64
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.contrib.sessions.models import Session
from django.db import connection

from served_archive import PASSWORD, Desk
from serving import serving_first_owner
from tawthiq.archive.database import open_database
from tawthiq.casework.models import SecurityKey, User
from web.chromium_visits import Visitor, sync_api

pytestmark = pytest.mark.browser
TYPED = "شهد الجيران أن القصف سبق الأذان"


@pytest.fixture
def server(desk: Desk) -> Iterator[tuple[Path, str, str]]:
    """The archive, the address of its pages by name, and the first owner's link."""
    User.objects.all().delete()
    with serving_first_owner(desk.folder.path) as (address, link):
        yield desk.folder.path, *(each.replace("127.0.0.1", "localhost") for each in (address, link))


def key_in(visitor: Visitor) -> tuple["sync_api.CDPSession", str]:
    """Put a virtual security key into the browser (WebAuthn domain of its DevTools)."""
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": False}
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "isUserVerified": False}})
    return session, made["authenticatorId"]


def sign_in(page: "sync_api.Page", address: str) -> None:
    page.goto(f"{address}sign-in/")
    page.fill("[name=username]", "heron")
    page.fill("[name=password]", PASSWORD)
    page.click("main button.primary")


def sign_out(visitor: Visitor) -> None:
    visitor.context.clear_cookies(name="tawthiq_session")


def test_a_security_key_is_added_and_signs_in_and_its_copy_does_not(
    chromium: "sync_api.Browser", server: tuple[Path, str, str]
) -> None:
    folder, address, link = server
    visitor = Visitor(chromium, 1280, "ar")
    page = visitor.page
    visitor.become_owner(link)
    session, authenticator = key_in(visitor)
    page.goto(f"{address}account/factors/key/")
    page.fill("[name=name]", "الأحمر")
    page.click("main button.primary")
    page.wait_for_selector(".recovery-codes")
    assert page.locator(".recovery-codes li").count() == 10
    visitor.screenshot("accounts-recovery-codes-ar")
    sign_out(visitor)
    sign_in(page, address)
    visitor.screenshot("accounts-second-step-ar")
    page.click("form[data-security-key] button")
    page.wait_for_url("**/start/")
    assert visitor.complaints == []
    [held] = session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    session.send("WebAuthn.removeCredential", {"authenticatorId": authenticator, "credentialId": held["credentialId"]})
    session.send("WebAuthn.addCredential", {"authenticatorId": authenticator, "credential": {**held, "signCount": 0}})
    sign_out(visitor)
    sign_in(page, address)
    page.click("form[data-security-key] button")
    page.wait_for_selector("p.error:not([hidden])")
    assert "/sign-in/second/" in page.url
    connection.close()
    open_database(folder / "tawthiq.sqlite3")
    assert SecurityKey.objects.get().suspected


def test_a_key_that_does_not_answer_is_told_and_tried_again(
    chromium: "sync_api.Browser", server: tuple[Path, str, str]
) -> None:
    _, address, link = server
    visitor = Visitor(chromium, 390, "en")
    page = visitor.page
    visitor.become_owner(link)
    page.goto(f"{address}account/factors/key/")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new DOMException('', 'AbortError')); }")
    page.fill("[name=name]", "red")
    page.click("main button.primary")
    page.wait_for_selector("p.error:not([hidden])")
    assert page.locator("main button.primary").is_enabled()


def test_typed_text_outlives_its_session_without_scripts(
    chromium: "sync_api.Browser", server: tuple[Path, str, str]
) -> None:
    folder, address, link = server
    owner = Visitor(chromium, 1280, "ar")
    owner.become_owner(link)
    context = chromium.new_context(java_script_enabled=False, storage_state=owner.context.storage_state(), locale="ar")
    page = context.new_page()
    page.goto(f"{address}reports/1/page/correct/")
    page.fill("#note", TYPED)
    connection.close()
    open_database(folder / "tawthiq.sqlite3")
    Session.objects.all().delete()
    page.click('button[value="save"]')
    assert page.locator("[name=carried]").count() == 1
    assert TYPED not in page.content()
    page.fill("[name=username]", "heron")
    page.fill("[name=password]", PASSWORD)
    page.click("main button.primary")
    assert TYPED in page.locator("blockquote.typed").all_text_contents()
    page.screenshot(path=str(Path("out/screenshots") / "accounts-send-again-ar.png"), full_page=True)
    page.click("main button.primary")
    assert "/sign-in/" not in page.url
    assert TYPED in page.content(), "the correction's page has it again"


def test_an_app_is_set_up_on_a_phone_in_eastern_digits(
    chromium: "sync_api.Browser", server: tuple[Path, str, str]
) -> None:
    _, address, link = server
    visitor = Visitor(chromium, 390, "ar", "dark")
    page = visitor.page
    visitor.become_owner(link)
    page.goto(f"{address}account/factors/")
    page.click('form[action$="/codes/"] button')
    page.locator("details summary").last.click()
    secret = (page.locator("code.secret").text_content() or "").replace(" ", "")
    visitor.screenshot("accounts-app-phone-ar")
    shown = TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(int(time.time())).decode()
    page.fill("[name=code]", shown.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    page.click("main button.primary")
    page.wait_for_selector(".recovery-codes")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
