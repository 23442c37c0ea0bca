import { topicDefinitions } from '@handover/contracts';
import { runService } from '@handover/platform';
import { reservationService } from './index.js';

await runService(reservationService, topicDefinitions);
