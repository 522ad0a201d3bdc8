import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Parts of the pages are loaded when they are first shown, which takes a busy
// machine longer than the second that is allowed by default.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);
