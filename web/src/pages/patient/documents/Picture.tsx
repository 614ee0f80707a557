import { useEffect, useRef, useState } from "react";
import type { Content } from "../../../api";
import { Message } from "../../../ui/Message";

/** A picture, painted: nothing is loaded, so the policy needs no exception for it. */
export function Picture({ content, title, zoom }: { readonly content: Content; readonly title: string; readonly zoom: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let over = false;
    createImageBitmap(new Blob([content.bytes], { type: content.type })).then(
      (picture) => {
        const to = canvas.current;
        if (!over && to) {
          to.width = picture.width;
          to.height = picture.height;
          to.getContext("2d")?.drawImage(picture, 0, 0);
          to.dataset.painted = "";
        }
        picture.close();
      },
      () => {
        if (!over) setFailed(true);
      },
    );
    return () => {
      over = true;
    };
  }, [content]);
  if (failed) return <Message tone="missing">The picture is damaged and cannot be shown. You can download it.</Message>;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an enlarged picture scrolls, with the arrow keys too
    <div className="pw-opened__picture" role="region" aria-label={`Picture: ${title}`} tabIndex={0}>
      {/* eslint-disable-next-line jsx-a11y/no-interactive-element-to-noninteractive-role -- it is painted once, and nothing in it can be used */}
      <canvas ref={canvas} role="img" aria-label={`Picture: ${title}. What it shows is not described.`} style={{ width: `${zoom * 100}%` }} />
    </div>
  );
}
