// Moments in the viewer's own time zone.

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const exact = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

/** "10:31:15". */
export const time = (seconds) => exact.format(seconds * 1000);

/** "Sun 29 Nov 10:31:15". */
export const moment = (seconds) => `${weekday.format(seconds * 1000).replace(",", "")} ${time(seconds)}`;

/** "2026-11-29T09:31:15Z". */
export const iso = (seconds) => new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z");

/** Marks of a time axis: the day where it begins, the time elsewhere. */
export function ticks(splits, step) {
  return splits.map((one, i) => {
    const at = new Date(one * 1000);
    const begins = at.getHours() === 0 && at.getMinutes() === 0 && at.getSeconds() === 0;
    if (step >= 86400 || (begins && i > 0)) return day.format(at);
    return step < 60 ? exact.format(at) : clock.format(at);
  });
}
