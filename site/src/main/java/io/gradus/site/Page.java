package io.gradus.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/**
 * One page.
 *
 * @param source the file that it shows, below the root of the project
 * @param address where it is, below the root of the site
 * @param title its first heading, or its name
 * @param body its text as HTML
 */
record Page(Path source, String address, String title, String body) {
  /** A page of Markdown. */
  static Page ofMarkdown(Path root, Path source) throws IOException {
    Node document = Markdown.parse(Files.readString(root.resolve(source)));
    return new Page(source, address(source), title(document, source), Markdown.render(document));
  }

  /** A page that shows a program or a text. */
  static Page ofCode(Path root, Path source) throws IOException {
    String name = source.getFileName().toString();
    String language = name.endsWith(".kts") ? "kotlin" : name.endsWith(".java") ? "java" : "text";
    String body =
        "<h1>%s</h1>\n<pre><code class=\"language-%s\">%s</code></pre>"
            .formatted(name, language, escaped(Files.readString(root.resolve(source))));
    return new Page(source, address(source), name, body);
  }

  /** Where the page of a file is. */
  static String address(Path source) {
    String path = source.toString().replace('\\', '/');
    if (path.equals("README.md")) {
      return "index.html";
    }
    String name = path.endsWith(".md") ? path.substring(0, path.length() - 3) : path;
    return (name.endsWith("/README") ? name.replace("README", "index") : name) + ".html";
  }

  /** The way from this page to the root of the site: nothing or ../ as often as needed. */
  String up() {
    return "../".repeat((int) address.chars().filter(c -> c == '/').count());
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String title(Node document, Path source) {
    StringBuilder title = new StringBuilder();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            if (title.isEmpty()) {
              title.append(Markdown.words(heading));
            }
          }
        });
    return title.isEmpty() ? source.toString() : title.toString();
  }
}
