import type { ContainerStatus } from '../objects/kubernetes';

// The kubelet takes turns between trying and waiting; the cause stays the same.
const BACK_OFF = /^Back-off pulling image "[^"]*": \w+: /;
const RPC = /^(?:rpc error: code = \w+ desc = )+/;
/** Containerd tells each step on the way to the registry's answer. */
const STEPS =
  /^(?:failed to (?:pull(?: and unpack)?|resolve) (?:image|reference) "[^"]*": |failed to do request: |(?:Head|Get) "[^"]*": |unexpected status(?: code)? (?:from (?:HEAD|GET) request to )?(?=\S+: \d))+/;

/** What each answer of a registry means, the first that fits. */
const ANSWERS: readonly (readonly [RegExp, string])[] = [
  [
    /\btoomanyrequests\b|429 Too Many|rate limit/i,
    'the registry refuses more pulls for now',
  ],
  [
    /no match for platform|no matching manifest/i,
    'the image was not built for the processor of the node',
  ],
  [
    /no such host|server misbehaving|i\/o timeout|connection (?:refused|reset)|deadline exceeded|TLS handshake|x509|no route to host|network is unreachable|\bEOF\b|\b50[0234] [A-Z]/i,
    "the node couldn't reach the registry",
  ],
  [
    /pull access denied|may require .*login|unauthorized|denied|forbidden|insufficient_scope|no basic auth|authorization failed/i,
    'the registry refuses it to this cluster, or has no such repository',
  ],
  [
    /not found|manifest unknown|NAME_UNKNOWN|does not exist/i,
    'the registry has no such image or version',
  ],
  [
    /invalid reference format|couldn't parse image/i,
    "the image's name is not valid",
  ],
  [/no space left on device/i, "the node's disk is full"],
  [
    /pull policy of Never/i,
    'it is not on the node, and its pull policy is Never',
  ],
];

/**
 * Why an image can't be pulled: what the registry's answer means, and the answer.
 *
 * Source: messages of the kubelet, containerd and the distribution specification.
 */
export function imageProblem({ state, image = '' }: ContainerStatus) {
  const { message = '', reason = '' } = state?.waiting ?? {};
  const told = message.replace(BACK_OFF, '').replace(RPC, '');
  const answer = told.replace(STEPS, '') || told || reason;
  // An image may be named like an error.
  const said = image ? answer.split(image).join('') : answer;
  const meaning = ANSWERS.find(([pattern]) => pattern.test(said))?.[1];
  const isPlain = /^[a-z ]+$/.test(answer);
  const cause = meaning && !isPlain ? `${meaning} (${answer})` : answer;
  return (where: string) =>
    `The image ${image} of ${where} can't be pulled: ${cause}`;
}
