"""The asyncio client of Kubernetes as a way to carry effects out."""

import asyncio
import json
from typing import Any

import aiohttp
from kubernetes.aio import client, config

from ml_platform.sdk.errors import PlatformError, Refused
from ml_platform.sdk.kube.contexts import Place
from ml_platform.sdk.kube.effects import Call, Close, Effect, Open, Pause, Read, Request
from ml_platform.sdk.kube.failures import Broken, answer_error, connection_error

_CONNECT = 10.0
# Before Python 3.11, the timeout of asyncio is no `TimeoutError`.
_FAILURES = (aiohttp.ClientError, asyncio.TimeoutError, OSError)


class AsyncTransport:
    """Connections to one cluster, for one event loop."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._api: Any = None

    async def perform(self, effect: Effect) -> Any:
        """Carries an effect out and answers with what it asks for."""
        match effect:
            case Call(request):
                response = await self._send(request)
                try:
                    return json.loads(await response.read() or b"null")
                except ValueError as error:
                    raise PlatformError(f"{request.path} answered with no JSON") from error
                except _FAILURES as error:
                    raise connection_error(self._host, error) from error
            case Open(request):
                return await self._send(request)
            case Read(connection):
                return await self._read(connection)
            case Close(connection):
                self.close_connection(connection)
            case Pause(seconds):
                await asyncio.sleep(seconds)
        return None

    def close_connection(self, connection: Any) -> None:
        """Closes a connection that `Open` answered with."""
        connection.close()

    async def close(self) -> None:
        """Closes all connections."""
        if self._api is not None:
            api, self._api = self._api, None
            await api.close()

    @property
    def _host(self) -> str:
        return str(self._api.configuration.host)

    async def _connect(self) -> None:
        await self.close()
        settings: Any = type.__call__(client.Configuration)
        # Each caller knows which of its requests may be repeated.
        settings.retries = None
        place = self._place
        try:
            if place.context is None:
                config.load_incluster_config(client_configuration=settings)
            else:
                await config.load_kube_config(
                    place.kubeconfig, place.context, client_configuration=settings
                )
        except config.ConfigException as error:
            raise Refused(f"Couldn't use the context {place.context}: {error}") from error
        self._api = client.ApiClient(settings)

    async def _send(self, request: Request) -> Any:
        """The response of a request, whose body is still to be read."""
        if self._api is None:
            await self._connect()
        response = await self._send_once(request)
        if response.status == 401:
            # A short-lived token has expired: the kubeconfig brings another.
            response.close()
            await self._connect()
            response = await self._send_once(request)
        if not 200 <= response.status < 300:
            raise answer_error(response.status, await response.read())
        return response

    async def _send_once(self, request: Request) -> Any:
        headers = {"Accept": "*/*", "Content-Type": request.content_type}
        # Seconds from byte to byte: a log that is followed takes as long as it takes.
        timeout = aiohttp.ClientTimeout(connect=_CONNECT, sock_read=request.timeout)
        try:
            method, url, headers, body, _ = await self._api.param_serialize(
                request.method,
                request.path,
                query_params=list(request.query.items()),
                header_params=headers,
                body=request.body,
                auth_settings=["BearerToken"],
            )
            answer = await self._api.call_api(method, url, headers, body, _request_timeout=timeout)
            return answer.response
        except (*_FAILURES, client.ApiException) as error:
            raise connection_error(self._host, error) from error

    @staticmethod
    async def _read(connection: Any) -> bytes:
        try:
            return bytes(await connection.content.readany())
        except _FAILURES as error:
            raise Broken(f"The connection broke: {error}") from error
