import { runService } from '@handover/platform';
import { intakeService } from './index.js';

await runService(intakeService);
