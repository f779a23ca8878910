package io.gradus.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MarkdownTest {
  @Test
  void linksToFilesOfTheProjectLeadToTheirPages() {
    assertEquals("files.html#formats", Markdown.rewritten("files.md#formats"));
    assertEquals("../index.html", Markdown.rewritten("../README.md"));
    assertEquals("../examples/a.gradus.kts.html", Markdown.rewritten("../examples/a.gradus.kts"));
    assertEquals("#here", Markdown.rewritten("#here"));
    assertEquals("https://example.org/a.md", Markdown.rewritten("https://example.org/a.md"));
  }

  @Test
  void pagesAreWhereLinksExpectThem() {
    assertEquals("index.html", Page.address(Path.of("README.md")));
    assertEquals("docs/index.html", Page.address(Path.of("docs/README.md")));
    assertEquals("docs/files.html", Page.address(Path.of("docs/files.md")));
    assertEquals("examples/A.java.html", Page.address(Path.of("examples/A.java")));
  }

  @Test
  void commentsAreLeftOutAndHeadingsHavePlaces() {
    String html =
        Markdown.render(Markdown.parse("## Of `code`\n\n<!-- java\nhidden();\n-->\ntext\n"));
    assertEquals(
        "<h2 id=\"of-code\">Of <code>code</code></h2>\n<p>text</p>\n",
        html.replaceAll("\n+", "\n"));
  }
}
