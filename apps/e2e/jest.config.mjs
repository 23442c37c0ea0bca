import { project } from '../../jest.preset.mjs';

export default project('app-e2e', { testTimeout: 180_000 });
