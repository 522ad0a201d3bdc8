"""A small Kubernetes API over HTTP: list, watch, create, patch, delete, logs, proxies."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from .fake_log import FakeLog
from .recordings import patched

Object = dict[str, Any]
_PATH = re.compile(
    r"/(?:api/v1|apis/ray\.io/v1|apis/kueue\.x-k8s\.io/v1beta1)(?:/namespaces/([^/]+))?/(\w+)(?:/([^/]+))?(?:/(.+))?"
)
_UID = "00000000-0000-0000-0000-{:012d}"


class FakeKube:
    """The cluster of a test; a context manager that listens on the loopback interface."""

    def __init__(self) -> None:
        self.changed = Condition()
        self.objects: dict[tuple[str, str, str], Object] = {}
        self.events: list[tuple[int, str, str, Object]] = []
        self.requests: list[str] = []
        self.bodies: list[Any] = []
        self.version = 100
        self.logs: dict[tuple[str, str], FakeLog] = {}
        self.answer: Callable[[str, str], tuple[int, Any] | None] = lambda method, path: None
        """Answers a request by hand; those that it leaves are served as ever."""
        self.cut_watches = 0
        fake = self

        class Handler(_Handler):
            kube = fake

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "FakeKube":
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for log in self.logs.values():
            log.cut()
        self.break_watches()
        self._server.shutdown()
        self._server.server_close()

    def log(self, pod: str, container: str = "ray-job-submitter") -> FakeLog:
        return self.logs.setdefault((pod, container), FakeLog(self.changed))

    def put(self, plural: str, thing: Object) -> Object:
        """Creates or replaces an object, and tells those who watch."""
        with self.changed:
            self.version += 1
            thing = copy.deepcopy(thing)
            metadata = thing["metadata"]
            metadata.setdefault("namespace", "training")
            key = (plural, metadata["namespace"], metadata["name"])
            before = self.objects.get(key)
            uid = before["metadata"]["uid"] if before else _UID.format(self.version)
            metadata.setdefault("uid", uid)
            metadata.setdefault("creationTimestamp", "2026-11-28T10:00:00Z")
            metadata["resourceVersion"] = str(self.version)
            self.objects[key] = thing
            self._tell("MODIFIED" if before else "ADDED", plural, thing)
            return thing

    def change(self, plural: str, name: str, **status: Any) -> None:
        """Changes fields of an object's status."""
        thing = copy.deepcopy(self.objects[plural, "training", name])
        thing["status"] = {**thing.get("status", {}), **status}
        self.put(plural, thing)

    def remove(self, plural: str, name: str, namespace: str = "training") -> None:
        with self.changed:
            self.version += 1
            self._tell("DELETED", plural, self.objects.pop((plural, namespace, name)))

    def break_watches(self) -> None:
        """Breaks all watches in the middle."""
        with self.changed:
            self.cut_watches += 1
            self.changed.notify_all()

    def count(self, pattern: str) -> int:
        """Number of requests (`METHOD path?query`) that match."""
        return sum(bool(re.search(pattern, request)) for request in self.requests)

    def _tell(self, kind: str, plural: str, thing: Object) -> None:
        self.events.append((self.version, kind, plural, copy.deepcopy(thing)))
        self.changed.notify_all()

    def _has_news(self, at: int, cuts: int) -> bool:
        return self.version > at or self.cut_watches > cuts

    def watch(self, plural: str, query: dict[str, str]) -> Iterator[bytes]:
        at, cuts = int(query["resourceVersion"] or 0), self.cut_watches
        name = query["fieldSelector"].removeprefix("metadata.name=")
        seconds = float(query["timeoutSeconds"])
        while True:
            with self.changed:
                is_new = self.changed.wait_for(partial(self._has_news, at, cuts), seconds)
                events = [event for event in self.events if event[0] > at]
                at = self.version
            if self.cut_watches > cuts:
                raise ConnectionError
            if not is_new:
                return
            for _, kind, of, thing in events:
                if of == plural and thing["metadata"]["name"] == name:
                    yield json.dumps({"type": kind, "object": thing}).encode() + b"\n"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    kube: FakeKube

    def log_message(self, *_: object) -> None:
        """Keeps the tests' output free of requests."""

    def _serve(self) -> None:
        kube, url = self.kube, urlsplit(self.path)
        kube.requests.append(f"{self.command} {self.path}")
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"null")
        kube.bodies.append(body)
        given = kube.answer(self.command, self.path)
        if given:
            code, body = given
            if isinstance(body, str):
                self._text(code, body)
            else:
                self._json(code, body)
            return
        match = _PATH.fullmatch(url.path)
        if match is None:
            self._json(404, {"message": f"no such path: {url.path}"})
            return
        namespace, plural, name, rest = (unquote(part or "") for part in match.groups())
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        if rest == "log":
            self._log(name, query)
        elif query.get("watch"):
            self._stream(kube.watch(plural, query))
        elif name:
            self._one(plural, namespace, name, body)
        elif self.command == "POST":
            self._create(plural, namespace, body)
        else:
            self._json(200, {"metadata": {}, "items": self._items(plural, namespace, query)})

    do_GET = do_POST = do_PATCH = do_DELETE = _serve  # noqa: N815

    def _items(self, plural: str, namespace: str, query: dict[str, str]) -> list[Object]:
        wanted = [part.split("=") for part in query.get("labelSelector", "").split(",") if part]
        return [
            thing
            for (of, place, _), thing in sorted(self.kube.objects.items())
            if of == plural
            and namespace in ("", place)
            and all(thing["metadata"].get("labels", {}).get(k) == v for k, v in wanted)
        ]

    def _create(self, plural: str, namespace: str, body: Object) -> None:
        if (plural, namespace, body["metadata"]["name"]) in self.kube.objects:
            self._json(409, {"message": f"{plural} {body['metadata']['name']} already exists"})
        else:
            self._json(201, self.kube.put(plural, body))

    def _one(self, plural: str, namespace: str, name: str, body: Any) -> None:
        thing = self.kube.objects.get((plural, namespace, name))
        if thing is None:
            self._json(404, {"message": f'{plural} "{name}" not found'})
        elif self.command == "DELETE":
            self.kube.remove(plural, name, namespace)
            self._json(200, {"status": "Success"})
        elif self.command == "PATCH" and isinstance(body, dict):
            self._json(200, self.kube.put(plural, patched(thing, body)))
        else:
            self._json(200, thing)

    def _log(self, pod: str, query: dict[str, str]) -> None:
        name = query["container"]
        log = self.kube.logs.get((pod, f"{name}/previous" if "previous" in query else name))
        if log is None:
            self._json(400, {"message": f'container "{name}" has no log'})
        else:
            self._stream(log.serve(query))

    def _json(self, code: int, value: Any) -> None:
        self._text(code, json.dumps(value), "application/json")

    def _text(self, code: int, value: str, kind: str = "text/plain") -> None:
        data = value.encode()
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, pieces: Iterator[bytes]) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            for piece in pieces:
                if piece:
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                    self.wfile.flush()
            self.wfile.write(b"0\r\n\r\n")
        except ConnectionError:
            self.close_connection = True
