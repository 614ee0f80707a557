// Sends messages that simple-hl7 writes, one after another over one connection, and prints
// the acknowledgement code of each answer as simple-hl7 reads it.
const hl7 = require("simple-hl7");

const client = hl7.Server.createTcpClient({ host: "127.0.0.1", port: Number(process.argv[2]), keepalive: true });

function message(kind, id, segments) {
  const m = new hl7.Message("WITNESS", "WMI", "PW", "PW", "20260301101500", "", kind, id, "P", "2.4");
  for (const s of segments) m.addSegment(...s);
  return m;
}

const pid = ["PID", "1", "", ["H1", "", "", "WMI"], "", ["O'Neil", "Zoë"], "", "19560312", "F"];
const all = [
  message(["ADT", "A28"], "w1", [["EVN", "A28", "20260301"], pid]),
  message(["ORU", "R01"], "w2", [pid, ["OBR", "1", "P1", "F1", ["K", "Potassium", "L"]], ["OBX", "1", "NM", ["K", "Potassium", "L"], "", "4.10", "mmol/L", "3.5-5.3", "N", "", "", "F"]]),
  message(["ADT", "A28"], "w1", [["EVN", "A28", "20260301"], pid]),
  message(["ADT", "A40"], "w3", [pid, ["MRG", ["H1", "", "", "WMI"], ""]]),
];

function next(i) {
  if (i === all.length) {
    client.close();
    return;
  }
  client.send(all[i], (err, ack) => {
    if (err) {
      console.error(String(err));
      process.exit(1);
    }
    const msa = ack.getSegment("MSA");
    console.log(`${msa.getField(2)} ${msa.getField(1)}`);
    setImmediate(next, i + 1); // it is ready for the next one only after this function
  });
}
next(0);
