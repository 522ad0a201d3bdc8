"""The blocking client of Kubernetes as a way to carry effects out."""

import json
import time
from typing import Any

import urllib3

from kubernetes import client, config
from ml_platform.sdk.errors import PlatformError, Refused
from ml_platform.sdk.kube.contexts import Place
from ml_platform.sdk.kube.effects import Call, Close, Effect, Open, Pause, Read, Request
from ml_platform.sdk.kube.failures import Broken, answer_error, connection_error

_CONNECT = 10.0
_PIECE = 64 * 1024


class Transport:
    """Connections to one cluster. Safe to use from several threads."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._api: Any = None

    def perform(self, effect: Effect) -> Any:
        """Carries an effect out and answers with what it asks for."""
        match effect:
            case Call(request):
                response = self._send(request)
                try:
                    return json.loads(response.data or b"null")
                except ValueError as error:
                    raise PlatformError(f"{request.path} answered with no JSON") from error
                except (urllib3.exceptions.HTTPError, OSError) as error:
                    raise connection_error(self._host, error) from error
            case Open(request):
                return self._send(request)
            case Read(connection):
                return self._read(connection)
            case Close(connection):
                self.close_connection(connection)
            case Pause(seconds):
                time.sleep(seconds)
        return None

    def close_connection(self, connection: Any) -> None:
        """Closes a connection that `Open` answered with."""
        connection.close()

    def close(self) -> None:
        """Closes all connections."""
        if self._api is not None:
            self._api.close()
            self._api = None

    @property
    def _host(self) -> str:
        return str(self._api.configuration.host)

    def _connect(self) -> None:
        settings: Any = type.__call__(client.Configuration)
        # Each caller knows which of its requests may be repeated.
        settings.retries = urllib3.Retry(0, redirect=5, raise_on_status=False)
        place = self._place
        try:
            if place.context is None:
                config.load_incluster_config(client_configuration=settings)
            else:
                config.load_kube_config(
                    place.kubeconfig, place.context, client_configuration=settings
                )
        except config.ConfigException as error:
            raise Refused(f"Couldn't use the context {place.context}: {error}") from error
        self._api = client.ApiClient(settings)

    def _send(self, request: Request) -> Any:
        """The response of a request, whose body is still to be read."""
        if self._api is None:
            self._connect()
        response = self._send_once(request)
        if response.status == 401:
            # A short-lived token has expired: the kubeconfig brings another.
            response.close()
            self._connect()
            response = self._send_once(request)
        if not 200 <= response.status < 300:
            raise answer_error(response.status, response.data)
        return response

    def _send_once(self, request: Request) -> Any:
        headers = {"Accept": "*/*", "Content-Type": request.content_type}
        try:
            method, url, headers, body, _ = self._api.param_serialize(
                request.method,
                request.path,
                query_params=list(request.query.items()),
                header_params=headers,
                body=request.body,
                auth_settings=["BearerToken"],
            )
            return self._api.call_api(
                method, url, headers, body, _request_timeout=(_CONNECT, request.timeout)
            ).response
        except (urllib3.exceptions.HTTPError, client.ApiException, OSError) as error:
            raise connection_error(self._host, error) from error

    @staticmethod
    def _read(connection: Any) -> bytes:
        try:
            return bytes(connection.read1(_PIECE))
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise Broken(f"The connection broke: {error}") from error
