import type { Point } from "./chart";

/** How the values of one laboratory look; told apart without colour. */
export type Shape = "circle" | "square" | "diamond" | "cross";
export const shapes: readonly Shape[] = ["circle", "square", "diamond", "cross"];

/** Draws a value: its laboratory's shape; a triangle that points to where a value below or above a limit lies. */
export function drawPoint(context: CanvasRenderingContext2D, point: Point, shape: Shape, x: number, y: number, size: number, colour: string, paper: string): void {
  context.beginPath();
  if (point.sign !== "exact") triangle(context, x, y, size * 1.3, point.sign === "above" ? -1 : 1);
  else outline(context, shape, x, y, size);
  context.strokeStyle = colour;
  context.lineWidth = Math.max(1.5, size / 3);
  // Hollow: not the very value, or not yet the last word.
  context.fillStyle = point.sign !== "exact" || point.provisional ? paper : colour;
  if (shape !== "cross" || point.sign !== "exact") context.fill();
  context.stroke();
}

function triangle(context: CanvasRenderingContext2D, x: number, y: number, size: number, down: 1 | -1): void {
  context.moveTo(x - size, y - down * size * 0.7);
  context.lineTo(x + size, y - down * size * 0.7);
  context.lineTo(x, y + down * size);
  context.closePath();
}

function outline(context: CanvasRenderingContext2D, shape: Shape, x: number, y: number, size: number): void {
  switch (shape) {
    case "circle":
      context.arc(x, y, size, 0, 2 * Math.PI);
      return;
    case "square":
      context.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8);
      return;
    case "diamond":
      context.moveTo(x, y - size * 1.25);
      context.lineTo(x + size * 1.25, y);
      context.lineTo(x, y + size * 1.25);
      context.lineTo(x - size * 1.25, y);
      context.closePath();
      return;
    case "cross":
      context.moveTo(x - size, y - size);
      context.lineTo(x + size, y + size);
      context.moveTo(x + size, y - size);
      context.lineTo(x - size, y + size);
  }
}
