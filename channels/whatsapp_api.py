"""Twilio's REST API without its traps."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import requests
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from channels.base import SendError
from channels.whatsapp_errors import from_exception, refuse_throttled

T = TypeVar("T")
SECONDS = 10.0
THREADS = 16
"""Calls at the same time. A message takes Twilio 0.1 to 0.3 s, so this is far over one number's 80 a second."""


class TwilioApi:
    """The SDK's sync client in threads of its own; every failure leaves as a `SendError`.

    Not its async client: that one ignores its timeout and sends a POST again after a 503 (9.13, seen 2026-11-22).
    One client a thread: the SDK hands each answer over in an attribute of its HTTP client.
    """

    def __init__(self, account_sid: str, auth_token: str, api_base_url: str | None, content_base_url: str | None):
        self._account = (account_sid, auth_token)
        self._api_base_url = api_base_url
        self._content_base_url = content_base_url or api_base_url
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="twilio")
        self._local = threading.local()
        self._sessions: list[requests.Session] = []
        # At INFO it logs every request; the address of one holds the account, the parameters of one the person.
        logging.getLogger("twilio.http_client").setLevel(logging.WARNING)

    async def call(self, work: Callable[[Client], T]) -> T:
        """Run `work` with a client in a thread. Raises `SendError`. The SDK's own retries stay off."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, work)

    def close(self) -> None:
        """Drop what has not started; what runs ends by its timeout."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for session in self._sessions:
            session.close()

    def _run(self, work: Callable[[Client], T]) -> T:
        try:
            return work(self._client())
        except (SendError, TwilioException, requests.RequestException, ValueError) as error:
            raise from_exception(error) from None  # its text may hold the person's number

    def _client(self) -> Client:
        if not hasattr(self._local, "client"):
            self._local.client = self._new_client()
        return self._local.client

    def _new_client(self) -> Client:
        http = TwilioHttpClient(timeout=SECONDS, request_hooks={"response": refuse_throttled})  # no default timeout
        self._sessions.append(http.session)
        client = Client(*self._account, http_client=http)
        if self._api_base_url:
            client.api.base_url = client.messaging.base_url = self._api_base_url
        if self._content_base_url:
            client.content.base_url = self._content_base_url
        return client
