// Opens talking books with the library that Thorium Reader is made of, and prints what it read as JSON.
// Arguments: a folder to write to, then the books.
const path = require("path");
const fs = require("fs");
const modules = path.join(__dirname, "..", "npm", "node_modules");
const shared = path.join(modules, "r2-shared-js", "dist", "es8-es2017", "src");
const { DaisyParsePromise } = require(path.join(shared, "parser", "daisy"));
const { convertDaisyToReadiumWebPub } = require(path.join(shared, "parser", "daisy-convert-to-epub"));
const { AudioBookParsePromise } = require(path.join(shared, "parser", "audiobook"));
const { initGlobalConverters_GENERIC, initGlobalConverters_SHARED } = require(path.join(shared, "init-globals"));
const { TaJsonSerialize } = require(path.join(modules, "r2-lcp-js", "dist", "es8-es2017", "src", "serializable"));

async function main() {
  initGlobalConverters_SHARED();
  initGlobalConverters_GENERIC();
  const [place, ...books] = process.argv.slice(2);
  const read = [];
  for (const [number, book] of books.entries()) {
    if (book.endsWith(".audiobook")) {
      read.push({ manifest: TaJsonSerialize(await AudioBookParsePromise(book)) });
      continue;
    }
    const publication = await DaisyParsePromise(book);
    const manifest = TaJsonSerialize(publication);
    const folder = path.join(place, String(number));
    fs.mkdirSync(folder);
    read.push({ manifest, converted: await convertDaisyToReadiumWebPub(folder, publication) });
  }
  console.log(JSON.stringify(read));
}

main().catch((trouble) => {
  console.error(trouble);
  process.exit(1);
});
