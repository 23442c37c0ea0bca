import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { AppointmentPath, AppointmentStatus } from '@handover/contracts';
import { Operation, VIEWS, type Views } from '@handover/platform';
import { appointmentIn, appointmentsView } from '../appointments-view.js';
import { unknownAppointment } from './problems.js';

@Controller('v1/appointments')
export class AppointmentsController {
  constructor(@Inject(VIEWS) private readonly views: Views) {}

  @Get(':appointmentId')
  @Operation('How an appointment stands', {
    description: 'What became of the call itself is the callback of the same id.',
    refusals: { 404: ['unknown-appointment'] },
  })
  @ApiOkResponse({ type: AppointmentStatus })
  appointment(@Param() { appointmentId }: AppointmentPath): AppointmentStatus {
    const found = appointmentIn(this.views.read(appointmentsView.name), appointmentId);
    if (!found) throw unknownAppointment(appointmentId);
    return found;
  }
}
