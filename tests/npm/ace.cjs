// Prints, for each EPUB that is named, what Ace by DAISY finds in it: {"book.epub": [[rule, file, words], …], …}.
// Chromium is the one that PUPPETEER_EXECUTABLE_PATH names; reports go to the folder that is named first.
const path = require("node:path");
const ace = require("@daisy/ace-core");
const chromium = require("@daisy/ace-axe-runner-puppeteer");

async function main([folder, ...books]) {
  const found = {};
  for (const book of books) {
    const name = path.basename(book);
    const options = { cwd: process.cwd(), outdir: path.join(folder, name), silent: true, initLogger: true, lang: "en" };
    options.fileName = path.join(folder, "ace.log");
    const [, report] = await ace(book, options, chromium);
    found[name] = report.assertions.flatMap(({ "earl:testSubject": subject, assertions }) =>
      assertions.map(({ "earl:test": test, "earl:result": result }) => [
        test["dct:title"],
        subject.url,
        result["dct:description"],
      ]),
    );
    if (!report["a11y-metadata"]) throw new Error(`Ace did not look at ${name}`);
    found[name].push(...report["a11y-metadata"].missing.map((key) => ["metadata", "package.opf", key]));
  }
  console.log(JSON.stringify(found));
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (trouble) => {
    console.error(trouble);
    process.exit(1);
  },
);
