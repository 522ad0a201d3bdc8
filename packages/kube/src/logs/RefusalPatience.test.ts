import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { RefusalPatience } from './RefusalPatience';

const refusal = new NotAllowedError('no');

describe('RefusalPatience', () => {
  let now: number;
  let patience: RefusalPatience;

  beforeEach(() => {
    now = 0;
    patience = new RefusalPatience(() => now);
  });

  it('bears no refusal of somebody who was never let in', () => {
    expect(patience.bears(refusal)).toBe(false);
  });

  it('bears one for a minute after an answer, and again after the next', () => {
    patience.answered();
    expect(patience.bears(refusal)).toBe(true);
    now = 59_000;
    expect(patience.bears(refusal)).toBe(true);
    now = 61_000;
    expect(patience.bears(refusal)).toBe(false);
    patience.answered();
    expect(patience.bears(refusal)).toBe(true);
  });

  it('has nothing to say of other errors', () => {
    patience.answered();
    expect(patience.bears(new NotFoundError('gone'))).toBe(false);
  });
});
