import { Module } from '@nestjs/common';
import { Desks } from './desk/desks.js';
import { AppointmentsController } from './http/appointments.controller.js';
import { BooksController } from './http/books.controller.js';
import { SlotCommandsConsumer } from './topics/slot-commands.consumer.js';

@Module({
  controllers: [SlotCommandsConsumer, AppointmentsController, BooksController],
  providers: [Desks],
})
export class ReservationModule {}
