import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { AppointmentPath, AppointmentStatus } from '@handover/contracts';
import { VIEWS, type Views } from '@handover/platform';
import { appointmentIn, appointmentsView } from '../appointments-view.js';
import { unknownAppointment } from './problems.js';

@Controller('v1/appointments')
export class AppointmentsController {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  /** Where an appointment stands now. */
  @Get(':appointmentId')
  @ApiOkResponse({ type: AppointmentStatus })
  appointment(@Param() { appointmentId }: AppointmentPath): AppointmentStatus {
    const found = appointmentIn(this.views.read(appointmentsView.name), appointmentId);
    if (!found) throw unknownAppointment(appointmentId);
    return found;
  }
}
