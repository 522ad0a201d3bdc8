// What would put a secret into Terraform's state, where everybody who may plan reads it.
import { blocks } from './hcl.mjs';

/** Resources and data sources that are a secret, or bring one. */
const TYPES =
  /^(random_(password|bytes|string)|tls_private_key|tls_self_signed_cert|google_service_account_key|google_service_account_(access_token|id_token|jwt)|google_client_config|google_secret_manager_(regional_)?secret_version(_access|s)?|google_sql_ssl_cert|google_storage_hmac_key|google_apikeys_key|kubernetes_secret(_v1)?(_data)?|kubernetes_token_request(_v1)?|kubernetes_config_map_v1_data)$/;

/** Arguments that take a secret. Those that end in `_wo` are never stored. */
const ARGUMENTS =
  /^\s*(password|root_password|secret|secret_data|secret_id_data|client_secret|client_key|private_key|private_key_data|token|bearer_token|access_token|bearerToken|set_sensitive|repository_password)\s*(=|\{)/;

const withoutComment = line => line.replace(/(^|\s)(#|\/\/).*$/, '');

/** What is wrong with a `.tf` file, one sentence each; nothing for a good one. */
export function stateSecrets(file, text) {
  const typed = ['resource', 'data'].flatMap(kind =>
    [...text.matchAll(new RegExp(`^${kind} "([^"]+)"`, 'gm'))]
      .filter(([, type]) => TYPES.test(type))
      .map(
        ([, type]) =>
          `${file}: ${kind} ${type} puts a secret into the state. Make the secret outside Terraform, and name it in Secret Manager.`,
      ),
  );
  const given = text
    .split('\n')
    .map(withoutComment)
    .flatMap((line, index) => {
      const [, argument] = ARGUMENTS.exec(line) ?? [];
      return argument
        ? [
            `${file}:${index + 1}: ${argument} puts a secret into the state. Let the caller sign in with IAM instead.`,
          ]
        : [];
    });
  const sensitive = blocks(text, 'variable')
    .filter(({ arguments: found }) => found.sensitive === 'true')
    .map(
      ({ name }) =>
        `${file}: the variable ${name} is sensitive, and ends up in the state. Take the name of a secret instead of its value.`,
    );
  return [...typed, ...given, ...sensitive];
}
