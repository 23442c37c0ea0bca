import { toIso } from '@handover/kernel';
import {
  type aRequest,
  aRow,
  at,
  justBefore,
  plainSpeech,
  project,
  request,
  tenOClock,
} from '../testing/builders.js';
import { Story, of, opened, startsOf } from '../testing/story.js';

describe("the caller's wishes and hours", () => {
  const allDay = [aRow(1, { from: toIso(at('00:00')), hours: 24 })];
  const openAllDay = (time = '07:00'): Story => {
    const story = new Story(at(time));
    story.when(project({ rows: allDay }));
    return story;
  };

  it('nobody is called before eight or after nine in the evening, unless the pool says so', () => {
    const early = openAllDay();
    early.when(request());
    expect(startsOf(early)[0]).toBe('08:00');

    const late = openAllDay('20:58');
    expect(of(late.when(request()), 'NoSlotFound')[0]?.reason).toBe('outside-calling-hours');
  });

  it('the last window ends when the hours end', () => {
    const story = openAllDay('20:48');
    story.when(request());
    expect(startsOf(story)).toEqual(['20:50']);
  });

  it("hours are the caller's own: eight o'clock in New York is two in the afternoon here", () => {
    const story = openAllDay();
    story.when(request({ timeZone: 'America/New_York' }));
    expect(startsOf(story)[0]).toBe('14:00');
  });

  it('a country may keep other hours', () => {
    const story = new Story(at('07:00'));
    const countryHours = [{ country: 'CH', from: '09:30', to: '18:00' }];
    story.when(project({ rows: allDay, settings: { countryHours } }));
    story.when(request({ country: 'CH' }), request({ handoverId: 'h2', country: 'DE' }));
    expect(startsOf(story)[0]).toBe('09:30');
    expect(startsOf(story, 'h2')[0]).toBe('08:00');
  });

  it('hours may last over midnight', () => {
    const story = openAllDay('05:47');
    story.when(
      project({ version: 2, rows: allDay, settings: { callingHours: { from: '22:00', to: '06:00' } } }),
    );
    story.when(request());
    expect(startsOf(story)).toEqual(['05:50', '22:00', '22:30']);
  });

  it.each([
    ['not before', { notBefore: toIso(at('15:01')) }, ['15:05', '15:35', '16:05']],
    ['not after', { notAfter: toIso(at('08:35')) }, ['08:00', '08:30']],
    ['the afternoon', { dayPart: 'afternoon' }, ['12:00', '12:30', '13:00']],
    ['the evening', { dayPart: 'evening' }, ['17:00', '17:30', '18:00']],
  ] as const)('%s', (_, wishes, expected) => {
    const story = openAllDay();
    story.when(request({ wishes }));
    expect(startsOf(story)).toEqual(expected);
  });

  it('a time that cannot be said is not offered', () => {
    const story = new Story(justBefore, {
      ...plainSpeech,
      isSpeakable: (start) => start >= at('10:20'),
    });
    story.when(project(), request());
    expect(startsOf(story)).toEqual(['10:20', '10:50', '11:20']);
  });
});

describe('when nothing can be offered the caller hears why', () => {
  const reasonOf = (story: Story, given: Parameters<typeof aRequest>[0] = {}) => {
    const [none] = of(story.when(request({ handoverId: 'h9', ...given })), 'NoSlotFound');
    return { reason: none?.reason, nextOpening: none?.nextOpening, say: none?.say };
  };

  it('unknown pool', () => {
    expect(reasonOf(new Story())).toEqual({ reason: 'unknown-pool', say: 'none unknown-pool' });
  });
  it('nobody with these skills', () => {
    expect(reasonOf(opened(), { skills: ['billing', 'french'] }).reason).toBe('no-such-skills');
  });
  it.each([
    ['agents with these skills, but no shifts of theirs', false, 'no-shifts'],
    ['agents on duty, but too few to promise an exact time', true, 'too-few-agents'],
  ])('%s', (_, onDuty, reason) => {
    const unpromised = [{ skills: ['billing', 'french'], onDuty }];
    expect(reasonOf(opened({ rows: [], unpromised }), { skills: ['french'] }).reason).toBe(reason);
  });
  it('nobody on duty, and when there is somebody again beyond the horizon', () => {
    const rows = [aRow(1, { from: toIso(at('16:00')) })];
    expect(reasonOf(opened({ rows, settings: { horizonHours: 2 } }))).toMatchObject({
      reason: 'no-shifts',
      nextOpening: toIso(at('16:00')),
    });
  });
  it('shifts too short for the issue are no shifts', () => {
    expect(
      reasonOf(opened({ rows: [aRow(1, { cells: [1, 0, 1, 0] })], settings: { handleSeconds: 301 } })).reason,
    ).toBe('no-shifts');
  });
  it('all booked', () => {
    const story = opened({ rows: [aRow(1, { cells: [1] })] });
    story.when(request());
    expect(reasonOf(story)).toMatchObject({ reason: 'fully-booked', nextOpening: undefined });
  });
  it('free times, but not as wished: the next free one is named', () => {
    const story = opened({ rows: [aRow(1, { hours: 1 })] });
    expect(reasonOf(story, { wishes: { dayPart: 'evening' } })).toMatchObject({
      reason: 'wishes-unmet',
      nextOpening: toIso(tenOClock),
    });
  });
  it('booked as wished is fully booked if nothing else is free either', () => {
    const story = opened({ rows: [aRow(1, { cells: [1] })] });
    story.when(request());
    expect(reasonOf(story, { wishes: { dayPart: 'morning' } }).reason).toBe('fully-booked');
  });
  it('a repeat is not answered twice', () => {
    const story = new Story();
    story.when(request());
    expect(story.when(request())).toEqual([]);
  });
});
