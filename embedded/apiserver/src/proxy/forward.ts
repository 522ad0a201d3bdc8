import http, {
  IncomingHttpHeaders,
  IncomingMessage,
  OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';
import https from 'node:https';
import { Duplex } from 'node:stream';
import { serviceUnavailable } from '../errors/statusErrors';
import { respond } from '../http/respond';

/** Headers of one connection, which the next connection has of its own. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** What is passed on: all but the credentials, which are for this server alone. */
function passedHeaders(
  headers: IncomingHttpHeaders,
  target: URL,
): OutgoingHttpHeaders {
  const passed: OutgoingHttpHeaders = { ...headers, host: target.host };
  for (const name of [...HOP_BY_HOP, 'authorization']) {
    delete passed[name];
  }
  return passed;
}

function send(
  request: IncomingMessage,
  target: URL,
  headers: OutgoingHttpHeaders,
): http.ClientRequest {
  const secure = target.protocol === 'https:';
  return (secure ? https : http).request(target, {
    method: request.method,
    headers,
    agent: false,
    // As the real one does: a pod's certificate is of nobody's authority.
    ...(secure ? { rejectUnauthorized: false } : {}),
  });
}

/** Sends a request on and its answer back, as they come. */
export function forwardRequest(options: {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: URL;
  /** Path that the target's absolute redirects get in front. */
  readonly prefix: string;
}): void {
  const { request, response, target, prefix } = options;
  const headers = passedHeaders(request.headers, target);
  // A body of unknown length stays one.
  if (request.headers['transfer-encoding']) {
    headers['transfer-encoding'] = request.headers['transfer-encoding'];
  }
  const sent = send(request, target, headers);
  const fail = (error: Error) => {
    if (response.headersSent) {
      response.destroy();
    } else {
      const { code, status } = serviceUnavailable(
        `error trying to reach service: ${error.message}`,
      );
      respond(response, code, status);
    }
  };
  sent.on('error', fail);
  sent.on('response', answer => {
    const { location } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, {
      ...withoutHops(answer.headers),
      ...(location?.startsWith('/') ? { location: prefix + location } : {}),
    });
    response.flushHeaders();
    answer.on('error', fail);
    answer.on('aborted', () => response.destroy());
    answer.pipe(response);
  });
  response.on('close', () => sent.destroy());
  request.pipe(sent);
}

function withoutHops(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)),
  );
}

/** Joins two connections once the target agrees to change the protocol. */
export function forwardUpgrade(options: {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly target: URL;
}): void {
  const { request, socket, head, target } = options;
  const sent = send(request, target, {
    ...passedHeaders(request.headers, target),
    connection: 'Upgrade',
    upgrade: request.headers.upgrade,
  });
  sent.on('error', () => socket.destroy());
  socket.on('close', () => sent.destroy());
  sent.on('upgrade', (answer, upstream, upstreamHead) => {
    socket.write(headText(answer));
    socket.write(upstreamHead);
    upstream.write(head);
    upstream.on('error', () => socket.destroy());
    upstream.on('close', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
    upstream.pipe(socket).pipe(upstream);
  });
  sent.on('response', answer => {
    // Refused: the target's own answer says why.
    socket.write(headText(answer));
    answer.pipe(socket);
  });
  sent.end();
}

function headText(answer: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`];
  for (let i = 0; i < answer.rawHeaders.length; i += 2) {
    lines.push(`${answer.rawHeaders[i]}: ${answer.rawHeaders[i + 1]}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
}
