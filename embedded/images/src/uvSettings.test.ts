import { tmpdir } from 'node:os';
import { parsePipConfig, uvEnvironment } from './uvSettings';

describe('uvEnvironment', () => {
  it("does as the user's pip does", () => {
    const env = uvEnvironment(
      {
        PATH: '/bin',
        HTTPS_PROXY: 'http://proxy:3128',
        PIP_INDEX_URL: 'https://index.example.com/simple',
        PIP_EXTRA_INDEX_URL: 'https://a.example.com  https://b.example.com',
        PIP_FIND_LINKS: `${tmpdir()} /not/there https://links.example.com`,
        PIP_CERT: '/etc/ca.pem',
        PIP_TRUSTED_HOST: 'index.example.com',
        PIP_DEFAULT_TIMEOUT: '180',
      },
      {},
      '/cache',
    );
    expect(env).toMatchObject({
      PATH: '/bin',
      HTTPS_PROXY: 'http://proxy:3128',
      UV_DEFAULT_INDEX: 'https://index.example.com/simple',
      UV_INDEX: 'https://a.example.com https://b.example.com',
      UV_INDEX_STRATEGY: 'unsafe-best-match',
      UV_FIND_LINKS: `${tmpdir()},https://links.example.com`,
      SSL_CERT_FILE: '/etc/ca.pem',
      UV_INSECURE_HOST: 'index.example.com',
      UV_HTTP_TIMEOUT: '180',
      UV_CACHE_DIR: '/cache',
      UV_PYTHON_DOWNLOADS: 'never',
    });
  });

  it('leaves what is set for uv, and forgets an active environment', () => {
    const env = uvEnvironment(
      {
        PIP_INDEX_URL: 'https://pip.example.com',
        UV_INDEX_URL: 'https://uv.example.com',
        PIP_CERT: '/pip.pem',
        SSL_CERT_FILE: '/system.pem',
        VIRTUAL_ENV: '/home/me/.venv',
        UV_SYSTEM_PYTHON: '1',
      },
      {},
      '/cache',
    );
    expect(env.UV_DEFAULT_INDEX).toBeUndefined();
    expect(env.UV_INDEX_URL).toBe('https://uv.example.com');
    expect(env.SSL_CERT_FILE).toBe('/system.pem');
    expect(env).not.toHaveProperty('VIRTUAL_ENV');
    expect(env).not.toHaveProperty('UV_SYSTEM_PYTHON');
  });

  it("reads pip's own configuration, the environment first", () => {
    const pip = parsePipConfig(
      [
        ":env:.index-url='https://env.example.com'",
        "global.index-url='https://file.example.com'",
        "global.cert='/etc/ca.pem'",
        "install.find-links='https://a.example.com\\nhttps://b.example.com'",
        "freeze.timeout='10'",
        'something else',
      ].join('\n'),
    );
    expect(pip).toEqual({
      'index-url': 'https://env.example.com',
      cert: '/etc/ca.pem',
      'find-links': 'https://a.example.com https://b.example.com',
    });
    expect(uvEnvironment({}, pip, '/cache')).toMatchObject({
      UV_DEFAULT_INDEX: 'https://env.example.com',
      SSL_CERT_FILE: '/etc/ca.pem',
    });
  });
});
