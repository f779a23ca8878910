package io.gradus.site;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown as GitHub shows it, with links that lead to pages of the site. */
final class Markdown {
  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().extensions(EXTENSIONS).build();

  /** A link to a file of the project that has a page: the path, and the place in it. */
  private static final Pattern LOCAL =
      Pattern.compile("(?![a-z]+:)([^#]+\\.(?:md|kts|java|txt))(#.*)?");

  private Markdown() {}

  static Node parse(String text) {
    Node document = PARSER.parse(text);
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(HtmlBlock block) {
            // Comments: code that the tests run and readers need not see.
            if (block.getLiteral().startsWith("<!--")) {
              block.unlink();
            }
          }

          @Override
          public void visit(Link link) {
            link.setDestination(rewritten(link.getDestination()));
            visitChildren(link);
          }
        });
    return document;
  }

  /** The words of a heading or a link. */
  static String words(Node node) {
    StringBuilder words = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text text) {
            words.append(text.getLiteral());
          }

          @Override
          public void visit(Code code) {
            words.append(code.getLiteral());
          }
        });
    return words.toString();
  }

  static String render(Node document) {
    return RENDERER.render(document);
  }

  /** {@code files.md#formats} becomes {@code files.html#formats}; what has no page stays. */
  static String rewritten(String destination) {
    Matcher local = LOCAL.matcher(destination);
    if (!local.matches()) {
      return destination;
    }
    String path = local.group(1);
    String name = path.endsWith(".md") ? path.substring(0, path.length() - 3) : path;
    if (name.equals("README") || name.endsWith("/README")) {
      name = name.substring(0, name.length() - "README".length()) + "index";
    }
    return name + ".html" + (local.group(2) == null ? "" : local.group(2));
  }
}
