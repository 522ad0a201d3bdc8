import { request } from 'node:https';

export interface TestRequest {
  /** Sent as JSON, or as it is where it is text. */
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  /** Empty sends no credentials. */
  readonly token?: string;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The answer parsed as JSON. */
  readonly json: () => JsonAnswer;
}

/** What tests read from answers; fields that an answer lacks are undefined. */
export interface JsonAnswer {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly code?: number;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly items: readonly JsonAnswer[];
  readonly [key: string]: unknown;
}

/** One HTTPS request to a server whose authority is `ca`. */
export function sendTestRequest(
  url: string,
  ca: string,
  defaultToken: string,
  method: string,
  path: string,
  options: TestRequest = {},
): Promise<TestAnswer> {
  const { body, contentType, accept, token = defaultToken } = options;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL(path, url),
      {
        method,
        ca,
        agent: false,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(accept ? { accept } : {}),
          ...(text === undefined
            ? {}
            : {
                'content-type': contentType ?? 'application/json',
                'content-length': Buffer.byteLength(text),
              }),
        },
      },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: answer,
            json: () => JSON.parse(answer),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}
