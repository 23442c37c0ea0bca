// One Jest set-up for every project: native ESM, TypeScript by swc, workspace packages read from source.
const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2022',
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** @param {string} displayName the project's name in the report */
export const project = (displayName, more = {}) => ({
  displayName,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: {
    '^@handover/app-([a-z-]+)$': '<rootDir>/../../apps/$1/src/index.ts',
    '^@handover/([a-z-]+)$': '<rootDir>/../../libs/$1/src/index.ts',
    '^@handover/([a-z-]+)/(.+)$': '<rootDir>/../../libs/$1/src/$2/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testTimeout: 60_000,
  ...more,
});
