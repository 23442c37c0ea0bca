import { IsInt, IsNumber, IsObject, IsOptional, IsString } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { IsId, IsInstant, IsOneOf, IsWhole, Many, One } from '../fields/index.js';
import { HandoverOutcome } from '../handover/outcome.js';

// What analytics answers over HTTP. Nothing in it is personal.

/** One event of a handover's history. */
export class HistoryEntry {
  @IsId() eventId!: string;
  /** Name of the event, as `AppointmentConfirmed`. */
  @IsString() type!: string;
  @IsString() stream!: string;
  /** Place in the stream, from 0. */
  @IsWhole(0, Number.MAX_SAFE_INTEGER) revision!: number;
  /** Id of the request, message or timer that led to it. */
  @IsString() causationId!: string;
  @IsInstant() recordedAt!: string;
  /** What happened, without its personal part; the event's schema is in the AsyncAPI document. */
  @IsObject() data!: object;
}

/** Answer to `GET /v1/handovers/{handoverId}/history`. */
export class HandoverHistory {
  @IsId() handoverId!: string;
  /** The moment that it is told as of: nothing recorded later is in it. */
  @IsInstant() at!: string;
  /** What had become of it by then; absent before it was requested. */
  @IsOptional() @One(() => HandoverOutcome) outcome?: HandoverOutcome;
  /** In the order of the log. */
  @Many(() => HistoryEntry, 100_000) events!: HistoryEntry[];
}

/** A number is never printed without what it was divided by. */
export class Figure {
  /** Null when nothing was counted: no share of nothing. */
  @IsNumber() @JSONSchema({ nullable: true }) value!: number | null;
  @IsNumber() numerator!: number;
  @IsNumber() denominator!: number;
}

/** One key of a breakdown. */
export class BrokenDown extends Figure {
  /** `n/a` if the metric cannot be broken down by this word. */
  @IsString() key!: string;
}

export const metricUnits = ['share', 'mean score'] as const;

/** How a metric is defined; a changed definition is a new version. Answer to `GET /v1/metrics/definitions`. */
export class MetricTerms {
  @IsString() name!: string;
  @IsInt() version!: number;
  @IsString() definition!: string;
  /** What is counted above the line. */
  @IsString() numerator!: string;
  /** What is counted below the line. */
  @IsString() denominator!: string;
  @IsOneOf(metricUnits) unit!: (typeof metricUnits)[number];
}

/** A metric of the window. */
export class Measured extends Figure {
  @IsString() name!: string;
  /** Of the definition. */
  @IsInt() version!: number;
  @IsOneOf(metricUnits) unit!: (typeof metricUnits)[number];
  @IsString() definition!: string;
  @IsString() numeratorMeaning!: string;
  @IsString() denominatorMeaning!: string;
  /** By key, if `by` was asked for. */
  @IsOptional() @Many(() => BrokenDown, 10_000) breakdown?: BrokenDown[];
}

/** From `from` up to, not including, `to`. */
export class MetricsWindow {
  @IsInstant() from!: string;
  @IsInstant() to!: string;
  /** Hours within which a contact on the same issue is a repeat. */
  @IsNumber() repeatHours!: number;
}

/** Answer to `GET /v1/metrics`. */
export class MetricsReport {
  @One(() => MetricsWindow) window!: MetricsWindow;
  @IsInstant() asOf!: string;
  /** The word that the figures are broken down by. */
  @IsOptional() @IsString() by?: string;
  @Many(() => Measured, 100) metrics!: Measured[];
}

/** An outcome with its age: no handover is lost, each has ended or is visibly open. */
export class AgedOutcome extends HandoverOutcome {
  /** Since it was requested. */
  @IsWhole(0, Number.MAX_SAFE_INTEGER) ageSeconds!: number;
}

/** Answer to `GET /v1/outcomes`, oldest first. */
export class OutcomeList {
  @IsInstant() asOf!: string;
  @Many(() => AgedOutcome, 1_000) outcomes!: AgedOutcome[];
}

/** Answer to `POST /v1/surveys/{surveyId}/answer`. */
export class SurveyTaken {
  @IsId() surveyId!: string;
  @IsWhole(1, 5) score!: number;
}
