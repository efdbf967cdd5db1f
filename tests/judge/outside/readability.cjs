// Pages on standard input as JSON, what Firefox's reader view makes of them on output.
const fs = require("node:fs");
const { JSDOM } = require("jsdom");
const { Readability } = require("@mozilla/readability");

const pages = JSON.parse(fs.readFileSync(0, "utf8"));
const found = pages.map(({ url, html }) => {
  const article = new Readability(new JSDOM(html, { url }).window.document).parse();
  if (!article) return {};
  const content = new JSDOM(article.content, { url }).window.document;
  return {
    title: article.title ?? "",
    authors: article.byline ? [article.byline] : [],
    date: article.publishedTime ?? "",
    image: content.querySelector("img")?.src ?? "",
    text: article.textContent ?? "",
  };
});
process.stdout.write(JSON.stringify(found));
