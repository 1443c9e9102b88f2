"""A client that reads answers of a decent size in a decent time, and is never led elsewhere."""

import time
from typing import Any

TIMEOUT = (3.05, 5)  # seconds to connect, and between two pieces of an answer
LONGEST = 10  # seconds for a whole answer
LARGEST = 300_000  # bytes


def careful(client: Any) -> Any:
    """Let a client read answers of a decent size in a decent time only."""
    from requests import ConnectionError, HTTPError, Response
    from requests.adapters import HTTPAdapter

    class Adapter(HTTPAdapter):
        def send(self, request: Any, *given: Any, **options: Any) -> Response:
            answer = super().send(request, *given, **options | {"stream": True})
            until, body = time.monotonic() + LONGEST, b""
            while part := answer.raw.read1(65536, decode_content=True):
                body += part
                if len(body) > LARGEST or time.monotonic() > until:
                    answer.close()
                    raise ConnectionError("The answer is too large, or comes too slowly.")
            answer.close()
            if answer.is_redirect:
                raise HTTPError(f"It leads elsewhere: {answer.status_code}")
            answer._content = body
            return answer

    for start in ("https://", "http://"):
        client.mount(start, Adapter())
    return client


def read_json(answer: Any) -> dict[str, Any]:
    """Return the JSON object of an answer; raises one of requests' own errors when it is none."""
    from requests import HTTPError

    answer.raise_for_status()
    told = answer.json()
    if not isinstance(told, dict):
        raise HTTPError("The answer is no JSON object.")
    return told
