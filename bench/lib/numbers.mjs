// Medians, shares, and how numbers are written.
export function quantile(values, share) {
  const sorted = values.filter((value) => value !== null && Number.isFinite(value)).sort((a, b) => a - b);
  return sorted.length ? sorted[Math.round(share * (sorted.length - 1))] : null;
}

/** The middle, between the two middle ones when there are two. */
export function median(values) {
  const sorted = values.filter((value) => value !== null && Number.isFinite(value)).sort((a, b) => a - b);
  if (!sorted.length) return null;
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
}

export function written(value, unit) {
  if (value === null || value === undefined || Number.isNaN(value)) return '—';
  if (unit === '×') return `${value.toFixed(2)}×`;
  if (unit === 'KB') return `${(value / 1000).toFixed(1)} KB`;
  if (unit === 'MB') return `${(value / 1_000_000).toFixed(1)} MB`;
  if (unit === 'shift') return value.toFixed(3);
  if (unit === '') return String(Math.round(value));
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}
