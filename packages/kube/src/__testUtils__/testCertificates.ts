import { generate } from 'selfsigned';

/** A certificate and its key, as PEM. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority's certificate, and those of a server and a client that it signed. */
export async function testCertificates(serverName: string): Promise<{
  readonly ca: string;
  readonly server: TestCertificate;
  readonly client: TestCertificate;
}> {
  const make = async (
    commonName: string,
    extensions: Parameters<typeof generate>[1],
  ) => {
    const made = await generate([{ name: 'commonName', value: commonName }], {
      keyType: 'ec',
      curve: 'P-256',
      algorithm: 'sha256',
      ...extensions,
    });
    return { cert: made.cert, key: made.private };
  };
  const authority = await make('authority', {
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
  });
  const server = await make(serverName, {
    ca: authority,
    extensions: [
      { name: 'subjectAltName', altNames: [{ type: 2, value: serverName }] },
    ],
  });
  const client = await make('ada', { ca: authority });
  return { ca: authority.cert, server, client };
}
