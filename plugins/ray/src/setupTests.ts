import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Parts of the pages load when they are first shown. On a busy machine that takes
// longer than the default limit of one second.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(60_000);
