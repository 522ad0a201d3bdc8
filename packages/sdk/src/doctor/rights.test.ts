import { RIGHTS, rightsCheck, type RightsGroup } from './rights';

const change: RightsGroup = {
  part: 'change jobs',
  without: 'warn',
  purpose: 'submit jobs',
  rights: [
    { verb: 'create', group: 'ray.io', resource: 'rayjobs' },
    { verb: 'get', group: '', resource: 'pods', subresource: 'log' },
  ],
};

describe('rightsCheck', () => {
  it('lists what is allowed', () => {
    expect(rightsCheck(change, [], 'training')).toEqual({
      part: 'right to change jobs',
      result: 'ok',
      detail: 'create rayjobs, get pods/log',
    });
  });

  it('says what is missing, what for, and what to ask for', () => {
    expect(rightsCheck(change, change.rights.slice(1), 'training')).toEqual({
      part: 'right to change jobs',
      result: 'warn',
      detail: 'you may not get pods/log in training',
      remedy:
        "Without it you can't submit jobs; ask whoever runs the cluster for: get pods/log",
    });
  });

  it('fails for what every command needs only', () => {
    expect(
      RIGHTS.filter(({ without }) => without === 'fail').map(
        ({ part }) => part,
      ),
    ).toEqual(['read jobs', 'read logs']);
  });
});
