import { Module } from '@nestjs/common';
import { Desks } from './desk/desks.js';
import { AppointmentsController } from './http/appointments.controller.js';
import { BooksController } from './http/books.controller.js';
import { SlotCommandsController } from './slot-commands.controller.js';

@Module({
  controllers: [SlotCommandsController, AppointmentsController, BooksController],
  providers: [Desks],
})
export class ReservationModule {}
