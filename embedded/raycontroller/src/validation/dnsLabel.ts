const FORM = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** What is wrong with a DNS-1035 label, in Kubernetes' words; empty if nothing. */
export function dns1035Errors(value: string): string[] {
  const errors: string[] = [];
  if (value.length > 63) {
    errors.push('must be no more than 63 characters');
  }
  if (!FORM.test(value)) {
    errors.push(
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
    );
  }
  return errors;
}
