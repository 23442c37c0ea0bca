import { type DynamicModule, Global, Module, type ValueProvider } from '@nestjs/common';
import { BUS, CLOCK, CONFIG, IDS, LOG, METRICS, type Platform, STORE, VIEWS } from '../platform.js';
import { type Views } from '../projections/views.js';

/** Makes the platform's parts injectable everywhere: `@Inject(STORE) store: EventStore`. */
@Global()
@Module({})
export class PlatformModule {
  static of(platform: Platform, views: Views): DynamicModule {
    const parts: ValueProvider[] = [
      { provide: STORE, useValue: platform.store },
      { provide: BUS, useValue: platform.bus },
      { provide: VIEWS, useValue: views },
      { provide: CLOCK, useValue: platform.clock },
      { provide: IDS, useValue: platform.ids },
      { provide: CONFIG, useValue: platform.config },
      { provide: LOG, useValue: platform.log },
      { provide: METRICS, useValue: platform.metrics.registry },
    ];
    return { module: PlatformModule, providers: parts, exports: parts };
  }
}
