import { topicDefinitions } from '@handover/contracts';
import { runService } from '@handover/platform';
import { analyticsService } from './index.js';

await runService(analyticsService, topicDefinitions);
