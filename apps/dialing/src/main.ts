import { topicDefinitions } from '@handover/contracts';
import { runService } from '@handover/platform';
import { dialingService } from './index.js';

await runService(dialingService, topicDefinitions);
