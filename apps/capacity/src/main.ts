import { topicDefinitions } from '@handover/contracts';
import { runService } from '@handover/platform';
import { capacityService } from './index.js';

await runService(capacityService, topicDefinitions);
