// The package ships this file but no types for it; under ESM it is the one place that has the nested types.
declare module 'class-transformer/cjs/storage.js' {
  import { type MetadataStorage } from 'class-transformer/types/MetadataStorage';

  export const defaultMetadataStorage: MetadataStorage;
}
