import { topicDefinitions } from '@handover/contracts';
import { runService } from '@handover/platform';
import { intakeService } from './index.js';

await runService(intakeService, topicDefinitions);
