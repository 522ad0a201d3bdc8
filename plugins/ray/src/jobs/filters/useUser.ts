import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';

/** The entity reference of the user, once it is known. */
export function useUser(): string | undefined {
  const identity = useApi(identityApiRef);
  const [user, setUser] = useState<string>();
  useEffect(() => {
    identity.getBackstageIdentity().then(
      ({ userEntityRef }) => setUser(userEntityRef),
      // Without an identity, nobody has jobs of their own.
      () => {},
    );
  }, [identity]);
  return user;
}
