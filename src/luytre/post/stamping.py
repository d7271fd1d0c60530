"""Time stamps for signed papers (RFC 3161), asked for by the one way out; nothing but the digest of the signature leaves."""

import asyncio

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError, set_tsp_headers

from luytre.post import outgoing

REPLY = "application/timestamp-reply"


class TimeService(TimeStamper):
    """A time-stamping service at an address, as pyHanko wants it."""

    def __init__(self, url: str, rules: outgoing.Rules) -> None:
        self.url, self.rules = url, rules
        super().__init__()  # type: ignore[no-untyped-call]

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return await asyncio.to_thread(self._ask, req.dump())

    def _ask(self, asked: bytes) -> tsp.TimeStampResp:
        try:
            answer = outgoing.post(self.rules, self.url, asked, set_tsp_headers({}))
        except OSError as fault:
            raise TimestampRequestError(str(fault)) from fault
        if answer.headers.get("Content-Type") != REPLY:
            raise TimestampRequestError(f"{answer.status_code}: no time stamp")
        return tsp.TimeStampResp.load(answer.content)
