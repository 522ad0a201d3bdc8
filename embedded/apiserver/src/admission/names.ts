const SUBDOMAIN =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const QUALIFIED_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** What is wrong with a name; empty where nothing is. Messages as in apimachinery. */
export type NameCheck = (name: string) => string[];

function tooLong(name: string, limit: number): string[] {
  return name.length > limit
    ? [`must be no more than ${limit} characters`]
    : [];
}

export const isSubdomain: NameCheck = name => [
  ...tooLong(name, 253),
  ...(SUBDOMAIN.test(name)
    ? []
    : [
        `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
      ]),
];

export const isDns1123Label: NameCheck = name => [
  ...tooLong(name, 63),
  ...(LABEL_1123.test(name)
    ? []
    : [
        `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`,
      ]),
];

export const isDns1035Label: NameCheck = name => [
  ...tooLong(name, 63),
  ...(LABEL_1035.test(name)
    ? []
    : [
        `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')`,
      ]),
];

/** Names of RBAC objects: anything that can stand in a path, for example `system:node`. */
export const isPathSegment: NameCheck = name => {
  if (name === '.' || name === '..') {
    return [`may not be '${name}'`];
  }
  return ['/', '%']
    .filter(char => name.includes(char))
    .map(char => `may not contain '${char}'`);
};

export const isLabelValue: NameCheck = value => [
  ...tooLong(value, 63),
  ...(LABEL_VALUE.test(value)
    ? []
    : [
        `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
      ]),
];

/** Keys of labels and annotations: `[prefix/]name`. */
export const isQualifiedName: NameCheck = key => {
  const [name, prefix, ...rest] = key.split('/').reverse();
  if (rest.length > 0) {
    return [
      `a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  return [
    ...(prefix === undefined ? [] : prefixProblems(prefix)),
    ...(name === '' ? ['name part must be non-empty'] : []),
    ...tooLong(name, 63).map(problem => `name part ${problem}`),
    ...(QUALIFIED_NAME.test(name)
      ? []
      : [
          `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
        ]),
  ];
};

function prefixProblems(prefix: string): string[] {
  return prefix === ''
    ? ['prefix part must be non-empty']
    : isSubdomain(prefix).map(problem => `prefix part ${problem}`);
}
