"""What one person at the desk does, over and over, as a browser sends it; and what was acknowledged to them."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field

from bench.desk_archive import PASSWORD
from bench.team_browser import Browser, Form

LISTS = (
    "/reports/", "/reports/?act=shelling", "/incidents/", "/incidents/?several=on&disputed=on", "/cases/", "/evidence/",
    "/statements/", "/search/?words=لفظ17", "/map/", "/timeline/", "/notices/", "/my-work/", "/queue/",
)  # fmt: skip
SAVED = (301, 302, 303)


@dataclass
class Person:
    """Somebody who works: their browser, and how many writes of each kind the server said it had saved.

    `drafts` are the remarks last saved of each case, `opened` the incidents whose cases were opened.
    """

    name: str
    browser: Browser
    rnd: random.Random
    reports: int
    incidents: list[int]
    cases: list[int]
    verifies: bool
    saved: Counter[str] = field(default_factory=Counter)
    drafts: dict[int, str] = field(default_factory=dict)
    finished: set[int] = field(default_factory=set)
    opened: set[int] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def work(self, until: float) -> None:
        """Sign in and work until the moment (of `time.monotonic`) has come; whatever breaks is a fault and ends it."""
        try:
            self._sign_in()
            while time.monotonic() < until:
                self._one_thing()
                time.sleep(self.rnd.uniform(1, 3))
        except Exception as error:
            self.faults.append(f"{self.name}: {error!r} at {self.browser.at}")

    def _sign_in(self) -> None:
        self.browser.get("sign in", "/sign-in/")
        form = self.browser.form("/sign-in/") or Form("/sign-in/", post=True)
        token = next((value for each in self.browser.forms() for name, value in each.fields if "csrf" in name), "")
        status = self.browser.submit(
            "sign in", form, ("csrfmiddlewaretoken", token), ("username", self.name), ("password", PASSWORD)
        )
        if status not in SAVED:
            self.faults.append(f"{self.name}: not signed in ({status})")

    def _one_thing(self) -> None:
        acts = [self._look, self._propose, self._take, self._open_case, self._review, self._look]
        if self.verifies:
            acts += [self._draft, self._finish]
        self.rnd.choice(acts)()

    def _look(self) -> None:
        self.browser.get("list", self.rnd.choice(LISTS).replace("لفظ", "%D9%84%D9%81%D8%B8"))

    def _propose(self) -> None:
        """Decide about the next proposed link of the queue."""
        self.browser.get("next in queue", "/queue/next/?queue=proposals")
        form = self.browser.form("/incidents/decide/")
        if form is None:
            return
        key = "s" if self.rnd.random() < 0.7 else "d"
        pressed = [(each.name, each.value) for each in form.buttons if each.key == key]
        self._note("links", self.browser.submit("decide link", form, *pressed))

    def _take(self) -> None:
        """Take an item of the queue, or give it back."""
        self.browser.get("queue", "/queue/?kind=contradictions")
        forms = [each for each in self.browser.forms() if each.action.endswith("/queue/act/") and each.buttons]
        if not forms:
            return
        form = self.rnd.choice(forms)
        button = form.buttons[0]
        self._note("taken", self.browser.submit("take item", form, (button.name, button.value)))

    def _open_case(self) -> None:
        number = self.rnd.choice(self.incidents)
        self.browser.get("case", f"/cases/{number}/")
        form = self.browser.form(f"/cases/{number}/open/")
        if form and self._note("cases", self.browser.submit("open case", form)):
            self.opened.add(number)

    def _draft(self) -> None:
        number = self.rnd.choice(self.cases)
        self.browser.get("case", f"/cases/{number}/")
        form = self.browser.form(f"/cases/{number}/sheet/")
        if form is None or number in self.finished:
            return
        remarks = f"{self.name} {self.rnd.randrange(10**9)}"
        if self._note("drafts", self.browser.submit("save draft", form, ("remarks", remarks), ("action", "draft"))):
            self.drafts[number] = remarks

    def _finish(self) -> None:
        """Answer everything that the sheet of a case asks, and finish it."""
        number = self.rnd.choice(self.cases)
        self.browser.get("case", f"/cases/{number}/")
        form = self.browser.form(f"/cases/{number}/sheet/")
        if form is None:
            return
        answers = [(name, self._answer(name, values)) for name, values in form.choices.items() if name != "violation"]
        answers = [(name, value) for name, value in answers if value]
        violation = [("violation", form.choices["violation"][0])] if form.choices.get("violation") else []
        sent = [("action", "finish"), ("duplicate", ""), *answers, *violation]
        if self._note("sheets", self.browser.submit("finish sheet", form, *sent)):
            self.finished.add(number)
            self.drafts.pop(number, None)

    def _answer(self, name: str, values: list[str]) -> str:
        """A choice; ranges are left out, and what stands ticked stays."""
        if name.startswith(("from-", "to-")):
            return ""
        fitting = [value for value in values if value and value not in ("span", "duplicate")]
        return self.rnd.choice(fitting) if fitting else ""

    def _review(self) -> None:
        """At the desk: accept or reject a value, or accept the rest and go on."""
        number = self.rnd.randint(1, self.reports)
        if self.browser.get("desk", f"/reports/{number}/desk/") != 200:
            return
        forms = [each for each in self.browser.forms() if each.action.endswith("/desk/decide/")]
        done = [each for each in forms if any(button.name == "done" for button in each.buttons)]
        values = [each for each in forms if any(button.name == "action" for button in each.buttons)]
        if done and (self.rnd.random() < 0.4 or not values):
            self._note("reviews", self.browser.submit("review", done[0], ("done", "1")))
        elif values:
            form = self.rnd.choice(values)
            buttons = [each for each in form.buttons if each.name == "action"]
            button = self.rnd.choice(buttons)
            kind = "readings rejected" if button.value == "reject" else "readings accepted"
            self._note("readings", self.browser.submit(kind, form, (button.name, button.value)))

    def _note(self, kind: str, status: int) -> bool:
        """Count what the server said it saved; an act that leads on says so by leading on."""
        if status in SAVED:
            self.saved[kind] += 1
        return status in SAVED
