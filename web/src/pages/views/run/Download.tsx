import { useId, useState } from "react";
import { ask } from "../../../api";
import { fetchFile } from "../../../api/file";
import type { ViewRunFacts } from "../../../api/views";
import { ExportViewRunDocument, type ViewFormat } from "../../../api/generated/graphql";
import { ErrorSummary } from "../../../ui/ErrorSummary";
import { handOver } from "../../../ui/handOver";
import { SelectField } from "../../../ui/SelectField";
import { useDeed } from "../../lists/useDeed";

const formats: readonly { readonly code: ViewFormat; readonly words: string }[] = [
  { code: "CSV", words: "CSV, for spreadsheets" },
  { code: "NDJSON", words: "NDJSON, a JSON object a line" },
  { code: "PARQUET", words: "Parquet, for analysis" },
  { code: "SQLITE", words: "SQLite, a database" },
  { code: "DICTIONARY", words: "Data dictionary: what each column means" },
];

/** Takes the rows away as a file; who did stands in the ledger. */
export function Download({ run }: { readonly run: ViewRunFacts }) {
  const id = useId();
  const [format, setFormat] = useState<ViewFormat>("CSV");
  const [news, setNews] = useState("");
  const { busy, wrong, act } = useDeed();
  const save = () => {
    setNews("");
    void act(async () => {
      const { url, filename } = await ask(ExportViewRunDocument, { id: run.id, format }, (data) => data.exportViewRun);
      handOver(await fetchFile(url), filename);
      setNews(`${filename} is saved to your downloads.`);
    });
  };
  return (
    <section aria-labelledby={`${id}-title`} className="pw-views__part">
      <h2 id={`${id}-title`}>Download</h2>
      <p>{run.secondary ? "The file names nobody, but it is still about people: keep it where the approval says." : "The file has what the rows have, also about people: keep it where such files belong, and no longer than you need it."} That you took it stands in the ledger.</p>
      <ErrorSummary wrong={wrong} />
      <div className="pw-views__line">
        <SelectField
          id={`${id}-format`}
          label="As"
          choices={formats}
          value={format}
          onChange={(event) => {
            setFormat(formats.find((f) => f.code === event.target.value)?.code ?? "CSV");
          }}
        />
        <button type="button" className="nhsuk-button nhsuk-button--small" aria-disabled={busy} onClick={save}>
          {busy ? "Making the file" : "Download"}
        </button>
      </div>
      <p role="status">{news}</p>
    </section>
  );
}
