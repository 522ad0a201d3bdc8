import { proxyFor } from './proxyFor';

describe('proxyFor', () => {
  const proxy = 'http://proxy.example:3128';

  it.each([
    ['https://203.0.113.1', { HTTPS_PROXY: proxy }, proxy],
    [
      'https://203.0.113.1',
      { https_proxy: 'proxy.example' },
      'http://proxy.example',
    ],
    ['https://203.0.113.1', { HTTP_PROXY: proxy }, undefined],
    ['http://203.0.113.1', { HTTP_PROXY: proxy }, proxy],
    ['https://203.0.113.1', {}, undefined],
  ])('leads to %s with %j by %s', (server, env, expected) => {
    expect(proxyFor(server, env)).toBe(expected);
  });

  it.each([
    'https://localhost:6443',
    'https://127.0.0.53',
    'https://[::1]:6443',
  ])('never stands between this machine and itself: %s', server => {
    expect(proxyFor(server, { HTTPS_PROXY: proxy })).toBeUndefined();
  });

  it.each([
    ['https://c.example', '*', false],
    ['https://c.example', 'example', false],
    ['https://c.example', 'c.example', false],
    ['https://c.example', '.example', false],
    ['https://c.example', '*.example', false],
    ['https://c.example', '.c.example', true],
    ['https://bexample', 'example', true],
    ['https://c.example', 'other, C.Example:443', false],
    ['https://c.example:6443', 'c.example:443', true],
    ['https://10.1.2.3', '10.0.0.0/8', false],
    ['https://11.1.2.3', '10.0.0.0/8', true],
    ['https://10.1.2.3:6443', '10.1.2.3', false],
    ['https://10.1.2.3:6443', '10.1.2.3:6443', false],
    ['https://[fd00::7]', 'fd00::/8', false],
    ['https://[fd00::7]:6443', '[fd00::7]:6443', false],
    ['https://[fd00::7]', 'fd00::7', false],
    ['https://c.example', '10.0.0.0/8', true],
  ])('to %s with NO_PROXY=%s: %s', (server, exceptions, proxied) => {
    const env = { HTTPS_PROXY: proxy, NO_PROXY: exceptions };
    expect(proxyFor(server, env) === proxy).toBe(proxied);
  });
});
