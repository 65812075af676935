import { Config } from './config.ts';
import { createMediator } from './mediator.ts';
import { runService } from './runService.ts';

runService({ name: 'mediator', settings: Config, create: createMediator });
