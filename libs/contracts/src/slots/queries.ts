import { IsOptional, Matches } from 'class-validator';
import { IsLocalDate } from '../fields/index.js';

/** Query of `GET /v1/pools/{pool}/appointments`. */
export class AppointmentsOfDay {
  /** A calendar day in the pool's zone; default: the present one. */
  @IsOptional() @IsLocalDate() day?: string;
  /** `next` of the page before. */
  @IsOptional()
  @Matches(/^\d{1,15}~[A-Za-z0-9._:-]{1,128}$/, {
    message: '$property must be the `next` of an earlier page',
  })
  after?: string;
  /** Appointments per page, 1 to 1000; default 200. */
  @IsOptional()
  @Matches(/^([1-9]\d{0,2}|1000)$/, { message: '$property must be a whole number from 1 to 1000' })
  limit?: string;
}

/** Query of `GET /v1/pools/{pool}/book`. */
export class BookQuery {
  /** How far ahead, 1 to 336 hours; default 24. */
  @IsOptional()
  @Matches(/^([1-9]|[1-9]\d|[12]\d\d|3[0-2]\d|33[0-6])$/, {
    message: '$property must be a whole number of hours from 1 to 336',
  })
  hours?: string;
}
