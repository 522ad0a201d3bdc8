import { redrawsBar } from './progressBar';

describe('redrawsBar', () => {
  it.each([
    ['saving:  10%|█  | 1/10', 'saving:  20%|██ | 2/10', true],
    [' 10%|█  | 1/10 [00:01<00:09]', ' 10%|█  | 1/10 [00:02<00:18]', true],
    ['\x1b[32mfit:  1%|   | 1/99\x1b[0m', '\x1b[32mfit:  2%|   | 2/99', true],
    ['(train pid=7)   0%|   | 0/3', '(train pid=7)  33%|█  | 1/3', true],
    ['(train pid=7)   0%|   | 0/3', '(train pid=8)  33%|█  | 1/3', false],
    ['saving: 100%|███| 10/10', 'saving:   0%|   | 0/10', false],
    ['saving:  10%|█  | 1/10', 'step 1/10 loss 0.8', false],
    ['accuracy 90%', 'accuracy 91%', false],
    ['', '  0%|   | 0/10', true],
    ['', ' 50%|█  | 5/10', false],
  ])('%j then %j: %s', (before, after, expected) => {
    expect(redrawsBar(before, after)).toBe(expected);
  });
});
