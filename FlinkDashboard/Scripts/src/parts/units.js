// Numbers of charts in words. Ui/Charts/ChartWords.cs says the same; a test compares both.

const COUNTS = ["", " k", " M", " G", " T", " P"];
const BYTES = [" B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB"];
export const DASH = "–";

const grouped = (digits) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");

/** Three digits that count: "1,240", "12.4", "1.24", "0.124". */
export function number(value) {
  const size = Math.abs(value);
  const decimals = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : Math.min(6, 2 - Math.floor(Math.log10(size)));
  const [whole, rest] = size.toFixed(decimals).split(".");
  const text = grouped(whole) + (rest && /[1-9]/.test(rest) ? `.${rest.replace(/0+$/, "")}` : "");
  return (value < 0 && text !== "0" ? "−" : "") + text;
}

function scaled(value, step, names) {
  let size = Math.abs(value);
  let unit = 0;
  while (size >= step * 0.9995 && unit < names.length - 1) {
    size /= step;
    unit++;
  }
  return (value < 0 ? "−" : "") + number(size) + names[unit];
}

const two = (value) => String(value).padStart(2, "0");

function seconds(value) {
  if (value < 0) return `−${seconds(-value)}`;
  if (value === 0) return "0 s";
  if (value < 0.9995) return `${number(value * 1000)} ms`;
  if (value < 59.95) return `${number(value)} s`;
  const whole = Math.round(value);
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 1440) return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
  const hours = Math.floor(minutes / 60);
  return hours % 24 === 0 ? `${grouped(String(hours / 24))} d` : `${grouped(String(Math.floor(hours / 24)))} d ${hours % 24} h`;
}

/** A value in a unit, as the page says it; a dash where there is none. */
export function words(unit, value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return DASH;
  switch (unit) {
    case "RecordsPerSecond": case "PerSecond": return `${scaled(value, 1000, COUNTS)}/s`;
    case "Bytes": return scaled(value, 1024, BYTES);
    case "BytesPerSecond": return `${scaled(value, 1024, BYTES)}/s`;
    case "Seconds": return seconds(value);
    case "Ratio": return `${number(value * 100)} %`;
    case "Cores": return number(value);
    default: return Math.abs(value) < 10000 ? number(value) : scaled(value, 1000, COUNTS);
  }
}

const decimal = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => [1, 2, 5].map((one) => one * 10 ** (from + i))).flat();
const binary = Array.from({ length: 7 }, (_, power) => [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((one) => one * 1024 ** power)).flat();
const times = [...decimal(-4, -1), 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 432000, 864000, 1728000, 4320000, 8640000];

/** Distances at which an axis of a unit has its marks. */
export function steps(unit) {
  switch (unit) {
    case "Bytes": case "BytesPerSecond": return binary;
    case "Seconds": return times;
    case "Count": return decimal(0, 15);
    default: return decimal(-4, 14);
  }
}
