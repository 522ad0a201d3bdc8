import { existsSync } from 'node:fs';

/** Settings of pip by their name in its configuration, for example `index-url`. */
export type PipSettings = Readonly<Partial<Record<string, string>>>;

const words = (text: string) => text.split(/\s+/).filter(Boolean);

/** uv refuses folders that do not exist; pip passes over them. */
const usableLinks = (text: string) =>
  words(text).filter(link => /^[a-z]+:\/\//i.test(link) || existsSync(link));

const TRANSLATIONS: readonly {
  readonly pip: string;
  readonly uv: string;
  readonly translate: (value: string) => string;
}[] = [
  { pip: 'index-url', uv: 'UV_DEFAULT_INDEX', translate: value => value },
  {
    pip: 'extra-index-url',
    uv: 'UV_INDEX',
    translate: value => words(value).join(' '),
  },
  {
    pip: 'find-links',
    uv: 'UV_FIND_LINKS',
    translate: value => usableLinks(value).join(','),
  },
  {
    pip: 'trusted-host',
    uv: 'UV_INSECURE_HOST',
    translate: value => words(value).join(' '),
  },
  { pip: 'cert', uv: 'SSL_CERT_FILE', translate: value => value },
  { pip: 'proxy', uv: 'ALL_PROXY', translate: value => value },
  { pip: 'timeout', uv: 'UV_HTTP_TIMEOUT', translate: value => value },
  { pip: 'default-timeout', uv: 'UV_HTTP_TIMEOUT', translate: value => value },
  {
    pip: 'constraint',
    uv: 'UV_CONSTRAINT',
    translate: value => words(value).join(' '),
  },
  {
    // pip takes the best version of all its indexes.
    pip: 'extra-index-url',
    uv: 'UV_INDEX_STRATEGY',
    translate: () => 'unsafe-best-match',
  },
];

/**
 * Reads the output of `pip config list`, in which the environment's settings
 * win over those of files, and `install` over `global`.
 */
export function parsePipConfig(text: string): PipSettings {
  const rank = ['global', 'install', ':env:'];
  const lines = text.split('\n').flatMap(line => {
    const match = /^(global|install|:env:)\.([\w-]+)='(.*)'$/.exec(line.trim());
    return match ? [{ from: match[1], name: match[2], value: match[3] }] : [];
  });
  lines.sort((a, b) => rank.indexOf(a.from) - rank.indexOf(b.from));
  return Object.fromEntries(
    lines.map(({ name, value }) => [
      name,
      value.replaceAll('\\n', ' ').replaceAll("\\'", "'").trim(),
    ]),
  );
}

/** The settings of pip that an environment carries, as PIP_INDEX_URL. */
function pipSettingsOf(env: NodeJS.ProcessEnv): PipSettings {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      name.startsWith('PIP_') && value
        ? [[name.slice(4).toLowerCase().replaceAll('_', '-'), value]]
        : [],
    ),
  );
}

const OLD_NAMES: Readonly<Partial<Record<string, string>>> = {
  UV_DEFAULT_INDEX: 'UV_INDEX_URL',
  UV_INDEX: 'UV_EXTRA_INDEX_URL',
};

const TARGETS = [
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
  'PYTHONHOME',
  'PYTHONPATH',
  'UV_PYTHON',
  'UV_SYSTEM_PYTHON',
  'UV_PROJECT',
  'UV_WORKING_DIR',
];

function isSet(env: NodeJS.ProcessEnv, name: string): boolean {
  return Boolean(env[name] || env[OLD_NAMES[name] ?? name]);
}

/**
 * The environment that makes uv do as the user's pip does. What the user set
 * for uv itself stays as it is.
 */
export function uvEnvironment(
  env: NodeJS.ProcessEnv,
  pip: PipSettings,
  cacheDir: string,
): NodeJS.ProcessEnv {
  const settings = { ...pip, ...pipSettingsOf(env) };
  const translated = TRANSLATIONS.flatMap(({ pip: name, uv, translate }) => {
    const value = settings[name];
    const text = value === undefined ? '' : translate(value);
    return text && !isSet(env, uv) ? [[uv, text] as const] : [];
  });
  const result: NodeJS.ProcessEnv = {
    ...env,
    ...Object.fromEntries(translated),
    UV_CACHE_DIR: cacheDir,
    // The machine's own Python, whatever uv could download.
    UV_PYTHON_DOWNLOADS: 'never',
    UV_NO_PROGRESS: '1',
    NO_COLOR: '1',
  };
  // What the user is in the middle of must not become the target.
  for (const name of TARGETS) delete result[name];
  return result;
}
