import { rewriteAddresses, rewriteValue, servicesIn } from './serviceNames';

const services = {
  has: (namespace: string, service: string) =>
    `${namespace}/${service}` === 'rec/success-head-svc',
  localPort: ({ service, port }: { service: string; port: number }) =>
    service === 'success-head-svc'
      ? { 6379: 20001, 8265: 20002 }[port]
      : undefined,
};
const options = {
  namespace: 'rec',
  ownPorts: new Map([
    [52365, 20052],
    [8265, 20265],
  ]),
  services,
};
const FQDN = 'success-head-svc.rec.svc.cluster.local';

describe('rewriteAddresses', () => {
  it.each([
    [
      `ray health-check --address ${FQDN}:6379 > /dev/null`,
      'ray health-check --address 127.0.0.1:20001 > /dev/null',
    ],
    [
      `urlopen('http://${FQDN}:8265/api/gcs_healthz', timeout=10)`,
      "urlopen('http://127.0.0.1:20002/api/gcs_healthz', timeout=10)",
    ],
    ['http://success-head-svc:8265', 'http://127.0.0.1:20002'],
    ['success-head-svc.rec:6379', '127.0.0.1:20001'],
    ['success-head-svc.rec.svc:6379', '127.0.0.1:20001'],
    [FQDN, '127.0.0.1'],
    [
      'wget -q -O- http://localhost:52365/api/local_raylet_healthz',
      'wget -q -O- http://127.0.0.1:20052/api/local_raylet_healthz',
    ],
    [
      'http://127.0.0.1:8265 and http://localhost:9999',
      'http://127.0.0.1:20265 and http://localhost:9999',
    ],
    [
      'localhost:7009/hello-ray:1.0.0 image:5000',
      'localhost:7009/hello-ray:1.0.0 image:5000',
    ],
    ['ray[default]==2.55.1 at 12:30:15', 'ray[default]==2.55.1 at 12:30:15'],
  ])('%s', (text, expected) => {
    expect(rewriteAddresses(text, options)).toBe(expected);
  });

  it('takes a bare name for a service only where it is the whole value', () => {
    expect(rewriteValue('success-head-svc', options)).toBe('127.0.0.1');
    expect(rewriteValue('success-head-svc is up', options)).toBe(
      'success-head-svc is up',
    );
  });
});

describe('servicesIn', () => {
  it('names full names always, short ones where they are services', () => {
    const texts = [
      'http://later.rec.svc.cluster.local:8265',
      'success-head-svc:6379',
      'localhost:5000/ray:2 nothing:80',
    ];
    expect(servicesIn(texts, 'rec', services)).toEqual([
      { service: 'later', namespace: 'rec', port: 8265 },
      { service: 'success-head-svc', namespace: 'rec', port: 6379 },
    ]);
  });
});
