import { CORE_SCHEMA, dump, load } from 'js-yaml';
import { readPlainYaml } from './plainYaml';

const KUBECONFIG = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: LS0tLS1CRUdJTg==
    server: https://127.0.0.1:6443
    insecure-skip-tls-verify: true
  name: kind-kind
contexts:
- context:
    cluster: kind-kind
    namespace: "training"
    user: 'ada'
  name: kind-kind
current-context: kind-kind
kind: Config
preferences: {}
users:
- name: ada
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      args:
      - get-token
      - --region
      command: aws
      env: null
`;

const PLAIN = [
  '',
  'a: b\n',
  '# a comment\n\n  # another\na: b\n',
  'a:\n  b:\n    c: d\n  e: f\n',
  'a:\n- b\n- c\nd: e\n',
  'a:\n  - b\n  - c: d\n    e: f\n',
  'a:\nb: c\n',
  'a:\n',
  '- a\n- b\n',
  'a: []\nb: {}\n',
  'a: \'\'\nb: "x: y # z"\n',
  'a: b\r\nc:\r\n  d: e\r\n',
  'a: true\nb: false\n',
  KUBECONFIG,
];

const OTHERS = [
  'a: 1\n',
  'a: 127.0.0.1\n',
  'a: Null\n',
  'a: -\n',
  'a: --- b\n',
  'a: yes\n',
  'a: ~\n',
  'a: b c\n',
  'a: b # comment\n',
  'a: b:\n',
  'a: |\n  text\n',
  'a: b\n  c\n',
  'a: b\n  c: d\n',
  'a: &x b\nc: *x\n',
  'a: !!str b\n',
  'a: {b: c}\n',
  '{"a": "b"}',
  'a: "b\\n"\n',
  "a: 'it''s'\n",
  'a: b\na: c\n',
  '---\na: b\n',
  'a: b\n---\nc: d\n',
  'a:\n\tb: c\n',
  '- - a\n',
  '-\n  a: b\n',
  '-   a: b\n    c: d\n',
  '"a": b\n',
  'a b: c\n',
  '1: b\n',
  'grün: b\n',
  'a: grün\n',
  '  a: b\nc: d\n',
  'a:\n    b: c\n  d: e\n',
  'a:\n- b\n  c\n',
  'just text\n',
];

const whole = (text: string) => load(text, { schema: CORE_SCHEMA }) ?? null;

const damagedAsRead = (read: readonly unknown[][]) =>
  read.map(([text]) => [text, whole(String(text))]);

describe('plain YAML', () => {
  it.each(PLAIN)('is read as by a whole reader: %j', text => {
    expect(readPlainYaml(text)).toEqual({ value: whole(text) });
  });

  it.each(OTHERS)('is left to a whole reader: %j', text => {
    expect(readPlainYaml(text)).toBeUndefined();
  });

  it('is what the whole writer writes of a configuration', () => {
    const value = whole(KUBECONFIG);
    expect(readPlainYaml(dump(value, { noArrayIndent: true }))).toEqual({
      value,
    });
    expect(readPlainYaml(dump(value))).toEqual({ value });
  });

  it('never reads anything otherwise, however a file is damaged', () => {
    const put = ['', ' ', '\n', ':', '- ', '#', '"', 'x', '1', '\t'];
    const damaged = [...KUBECONFIG].flatMap((_, at) =>
      put.flatMap(text =>
        [at, at + 1].map(
          rest => KUBECONFIG.slice(0, at) + text + KUBECONFIG.slice(rest),
        ),
      ),
    );
    const read = damaged.flatMap(text => {
      const plain = readPlainYaml(text);
      return plain ? [[text, plain.value]] : [];
    });
    expect(read.length).toBeGreaterThan(1_000);
    expect(read).toEqual(damagedAsRead(read));
  });
});
