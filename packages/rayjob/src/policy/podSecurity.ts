import { isObject, type Field } from './fields';

/** The end of a sentence that says what a field may not ask for, if anything. */
type Rule = (value: unknown) => string | undefined;

/** Capabilities that the baseline lets a container add. */
export const BASELINE_CAPABILITIES: ReadonlySet<unknown> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

const SELINUX_TYPES: ReadonlySet<unknown> = new Set([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);

const SYSCTLS: ReadonlySet<unknown> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);

const isUnset = (value: unknown) => value === undefined || value === null;

/** What a field holds, also where it isn't what it has to be. */
function list(value: unknown): readonly unknown[] {
  if (isUnset(value)) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

const text = (value: unknown) =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** For a field that has to be left out or false. */
const onlyFalse =
  (problem: string): Rule =>
  value =>
    isUnset(value) || value === false ? undefined : problem;

/** For a profile of `type`, of which `Unconfined` is refused. */
const profile =
  (name: string): Rule =>
  value => {
    const type = isObject(value) ? value.type : value;
    return isUnset(value) || type === 'RuntimeDefault' || type === 'Localhost'
      ? undefined
      : `asks for the ${name} profile ${text(type)}; use RuntimeDefault`;
  };

function seLinux(value: unknown): string | undefined {
  if (isUnset(value)) {
    return undefined;
  }
  const { type, user, role } = isObject(value) ? value : { type: value };
  if (!isUnset(type) && !SELINUX_TYPES.has(type)) {
    return `asks for the SELinux type ${text(type)}`;
  }
  return [user, role].every(part => isUnset(part) || part === '')
    ? undefined
    : 'sets an SELinux user or role';
}

/** Probes and hooks may not make the node's kubelet call another host. */
const ownHost: Rule = value =>
  isObject(value) && !isUnset(value.host) && value.host !== ''
    ? `calls the host ${text(value.host)}; leave the host out`
    : undefined;

function annotations(value: unknown): string | undefined {
  const found = Object.entries(isObject(value) ? value : {}).find(
    ([key, profileName]) =>
      (/^container\.apparmor\.security\.beta\.kubernetes\.io\//.test(key) ||
        /^(container\.)?seccomp\.security\.alpha\.kubernetes\.io\//.test(
          key,
        )) &&
      !/^(runtime\/default|docker\/default|localhost\/.+)?$/.test(
        String(profileName),
      ),
  );
  return (
    found && `has the annotation ${found[0]}, which takes a protection away`
  );
}

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['privileged', onlyFalse('runs privileged')],
  ['hostNetwork', onlyFalse("uses the node's network")],
  ['hostPID', onlyFalse("sees the node's processes")],
  ['hostIPC', onlyFalse("shares the node's memory (hostIPC)")],
  ['hostProcess', onlyFalse('runs as a process of the Windows host')],
  [
    'hostPath',
    value =>
      isUnset(value) ? undefined : 'mounts a folder of the node (hostPath)',
  ],
  [
    'hostPort',
    value =>
      isUnset(value) || value === 0
        ? undefined
        : `takes the port ${text(value)} of the node`,
  ],
  [
    'capabilities',
    value => {
      const added = list(isObject(value) ? value.add : value).filter(
        name => !BASELINE_CAPABILITIES.has(name),
      );
      return added.length > 0
        ? `adds the capability ${added.map(text).join(', ')}`
        : undefined;
    },
  ],
  [
    'procMount',
    value =>
      isUnset(value) || value === '' || value === 'Default'
        ? undefined
        : `mounts /proc ${text(value)}`,
  ],
  [
    'sysctls',
    value => {
      const names = list(value).map(item =>
        isObject(item) ? item.name : item,
      );
      const unsafe = names.filter(name => !SYSCTLS.has(name));
      return unsafe.length > 0
        ? `sets the kernel parameter ${unsafe.map(text).join(', ')}`
        : undefined;
    },
  ],
  ['seLinuxOptions', seLinux],
  ['seccompProfile', profile('seccomp')],
  ['appArmorProfile', profile('AppArmor')],
  ['httpGet', ownHost],
  ['tcpSocket', ownHost],
  ['annotations', annotations],
]);

/**
 * What a field asks for beyond Pod Security "baseline".
 *
 * Source: Kubernetes, "Pod Security Standards", all controls of Baseline.
 */
export function podSecurityProblem(field: Field): string | undefined {
  return RULES.get(field.key)?.(field.value);
}
