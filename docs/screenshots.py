"""Takes the pictures of the chat page: docs/img/chat-1.png, chat-2.png, …

    python docs/screenshots.py http://127.0.0.1:8080 [steps]

Rumbo must be running. Chromium is taken from $CHROMIUM or /usr/bin/chromium.
The script says 'hola' and then answers each question: it taps the first choice,
or types an answer when there are no choices.
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, TimeoutError, sync_playwright

IMAGES = Path(__file__).parent / "img"
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
FLAGS += " --disable-background-networking --disable-component-update"
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}
PHONE |= {"is_mobile": True, "has_touch": True}
PHONE |= {"locale": "es-MX", "timezone_id": "America/Mexico_City"}
TYPED = ["Lupita", "22", "Oaxaca", "Hago pasteles y los vendo", "Como 3 horas al día"]
ANSWERED = """count => document.querySelectorAll('.row.rumbo').length > count
    && document.getElementById('typing').hidden && !document.querySelector('.pending')"""


def picture(page: Page, number: int) -> None:
    page.wait_for_timeout(400)  # the last bubble has finished arriving
    page.screenshot(path=IMAGES / f"chat-{number}.png")
    print(f"docs/img/chat-{number}.png")


def wait_for_answer(page: Page, seen: int) -> None:
    for _ in range(2):  # more bubbles may follow the first
        page.wait_for_function(ANSWERED, arg=seen, timeout=60_000)
        page.wait_for_timeout(1200)


def answer(page: Page, typed: list[str]) -> None:
    seen = page.locator(".row.rumbo").count()
    choices = page.locator(".choice")
    if page.locator("#hello").is_visible():
        page.click("#hello")
    elif choices.count():
        choices.first.click()
    else:
        page.fill("#box", typed.pop(0) if typed else "No sé todavía")
        page.click("#send")
    wait_for_answer(page, seen)


def talk(page: Page, base: str, steps: int) -> None:
    page.goto(base.rstrip("/") + "/chat")
    page.wait_for_selector("#hello:visible")
    picture(page, 1)
    typed = list(TYPED)
    for number in range(2, steps + 2):
        answer(page, typed)
        picture(page, number)


def main(base: str, steps: int) -> None:
    program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as play, tempfile.TemporaryDirectory() as profile:
        options = {"executable_path": program, "args": FLAGS.split(), **PHONE}
        browser = play.chromium.launch_persistent_context(profile, **options)
        try:
            talk(browser.new_page(), base, steps)
        except TimeoutError:
            sys.exit("Rumbo did not answer in time.")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 6)
