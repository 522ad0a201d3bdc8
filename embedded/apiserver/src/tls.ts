import { isError } from '@backstage/errors';
import { X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import writeFileAtomic from 'write-file-atomic';

/** PEM texts of a server on localhost and of the authority that signed it. */
export interface Tls {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const YEARS = 10;
const DAY_MS = 24 * 60 * 60 * 1000;
/** A certificate that ends sooner than this is made anew. */
const RENEW_BEFORE_MS = 30 * DAY_MS;
const FILES = { ca: 'ca.crt', cert: 'tls.crt', key: 'tls.key' } as const;

/**
 * The certificate for localhost and 127.0.0.1 that is kept in `dataDir`, made
 * with an authority of its own the first time. The authority's key is not
 * kept, so nothing else can ever be signed with it.
 */
export async function createTls(dataDir: string): Promise<Tls> {
  const kept = await readTls(dataDir);
  if (kept && isValid(kept)) {
    return kept;
  }
  const made = await makeTls();
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await Promise.all(
    (['ca', 'cert', 'key'] as const).map(part =>
      writeFileAtomic(join(dataDir, FILES[part]), made[part], { mode: 0o600 }),
    ),
  );
  return made;
}

async function readTls(dataDir: string): Promise<Tls | undefined> {
  try {
    const [ca, cert, key] = await Promise.all(
      (['ca', 'cert', 'key'] as const).map(part =>
        readFile(join(dataDir, FILES[part]), 'utf8'),
      ),
    );
    return { ca, cert, key };
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Files of two generations, as a start that was cut short leaves them, do not count. */
function isValid({ ca, cert }: Tls): boolean {
  const certificate = new X509Certificate(cert);
  return (
    certificate.verify(new X509Certificate(ca).publicKey) &&
    Date.parse(certificate.validTo) - Date.now() > RENEW_BEFORE_MS
  );
}

async function makeTls(): Promise<Tls> {
  const notAfterDate = new Date(Date.now() + YEARS * 365 * DAY_MS);
  const authority = await generate(
    [{ name: 'commonName', value: 'ml-platform local authority' }],
    {
      keyType: 'ec',
      curve: 'P-256',
      algorithm: 'sha256',
      notAfterDate,
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    },
  );
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notAfterDate,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { ca: authority.cert, cert: server.cert, key: server.private };
}
