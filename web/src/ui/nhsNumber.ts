/** Shows an NHS number in the groups 3-3-4; what is not ten digits is shown as it came. */
export function formatNHSNumber(number: string): string {
  const match = /^(\d{3})(\d{3})(\d{4})$/.exec(number.replace(/[\s-]/g, ""));
  return match ? `${match[1] ?? ""} ${match[2] ?? ""} ${match[3] ?? ""}` : number;
}
