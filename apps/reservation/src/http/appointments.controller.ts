import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { AppointmentStatus, IsId } from '@handover/contracts';
import { VIEWS, type Views } from '@handover/platform';
import { appointmentIn, appointmentsView } from '../appointments-view.js';
import { unknownAppointment } from './problems.js';

/** Part of the path: `/v1/appointments/{appointmentId}`. */
export class OfAppointment {
  @IsId() appointmentId!: string;
}

@Controller('v1/appointments')
export class AppointmentsController {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  /** Where an appointment stands now. */
  @Get(':appointmentId')
  @ApiOkResponse({ type: AppointmentStatus })
  appointment(@Param() { appointmentId }: OfAppointment): AppointmentStatus {
    const found = appointmentIn(this.views.read(appointmentsView.name), appointmentId);
    if (!found) throw unknownAppointment(appointmentId);
    return found;
  }
}
