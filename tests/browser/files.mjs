// Small real files, made of their bytes: enough of each for a reader that knows the format.

const u32 = (number) => Buffer.from(Uint32Array.of(number).buffer); // little end first
const big = (number) => u32(number).reverse();
const file = (name, mimeType, ...parts) => ({ name, mimeType, buffer: Buffer.concat(parts.map((part) => Buffer.from(part))) });

/** The beginning of a PNG: its size and nothing to see. */
export const png = (name, width, height) =>
  file(name, "image/png", "\x89PNG\r\n\x1a\n".split("").map((letter) => letter.charCodeAt(0)), big(13), "IHDR", big(width), big(height), [8, 2, 0, 0, 0, 0, 0, 0, 0]);

/** A JPEG that says its size only after so many bytes of what a camera writes. */
export function jpeg(name, width, height, exif) {
  const segments = [];
  for (let left = exif; left > 0; left -= 60_000) segments.push([0xff, 0xe1, 60_002 >> 8, 60_002 & 255], Buffer.alloc(60_000));
  return file(name, "image/jpeg", [0xff, 0xd8], ...segments, [0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3, 1, 0x22, 0]);
}

/** So many seconds of silence at 8,000 bytes a second. */
export function wav(name, seconds) {
  const size = seconds * 8_000;
  const format = Buffer.concat([u32(16), Buffer.from([1, 0, 1, 0]), u32(8_000), u32(8_000), Buffer.from([1, 0, 8, 0])]);
  return file(name, "audio/wav", "RIFF", u32(36 + size), "WAVEfmt ", format, "data", u32(size), Buffer.alloc(size, 128));
}

/** A PDF with a line of text on each page; locked, it asks for a password nobody knows. */
export function pdf(name, lines, { locked = false } = {}) {
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>"];
  const pages = lines.map((_, at) => `${4 + 2 * at} 0 R`).join(" ");
  objects.push(`<< /Type /Pages /Kids [${pages}] /Count ${lines.length} >>`, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (const [at, line] of lines.entries()) {
    const stream = `BT /F1 12 Tf 72 720 Td (${line}) Tj ET`;
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + 2 * at} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`);
    objects.push(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
  }
  const key = "00".repeat(32);
  if (locked) objects.push(`<< /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >>`);
  let text = "%PDF-1.4\n";
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const encrypt = locked ? ` /Encrypt ${objects.length} 0 R /ID [<${key}> <${key}>]` : "";
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}trailer << /Size ${objects.length + 1} /Root 1 0 R${encrypt} >>\nstartxref\n${start}\n%%EOF\n`;
  return file(name, "application/pdf", text);
}

export const text = (name, content, encoding = "utf8") => file(name, "text/plain", Buffer.from(content, encoding));
export const utf16 = (name, content) => file(name, "text/plain", [0xff, 0xfe], Buffer.from(content, "utf16le"));
export const bytes = (name, ...parts) => file(name, "", ...parts);
