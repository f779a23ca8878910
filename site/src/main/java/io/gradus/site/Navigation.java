package io.gradus.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;

/**
 * The pages in groups, as the list of the guides (docs/README.md) has them; those that it leaves
 * out follow.
 *
 * @param groups entries by the title of their group
 */
record Navigation(Map<String, List<Entry>> groups) {
  /**
   * A page, or a reference.
   *
   * @param title what is shown
   * @param address where it is, below the root of the site
   */
  record Entry(String title, String address) {}

  static Navigation of(Path list, List<Page> pages) throws IOException {
    Map<String, List<Entry>> groups = new LinkedHashMap<>();
    groups.put("Start", new ArrayList<>(List.of(new Entry("Gradus", "index.html"))));
    Set<String> listed = new HashSet<>(Set.of("index.html", "docs/index.html"));
    Markdown.parse(Files.readString(list))
        .accept(
            new AbstractVisitor() {
              private String group = "Start";

              @Override
              public void visit(Heading heading) {
                if (heading.getLevel() == 2) {
                  group = Markdown.words(heading);
                }
                visitChildren(heading);
              }

              @Override
              public void visit(Link link) {
                String address = Path.of("docs", link.getDestination()).normalize().toString();
                address = address.replace('\\', '/');
                if (listed.add(address)) {
                  groups
                      .computeIfAbsent(group, g -> new ArrayList<>())
                      .add(new Entry(Markdown.words(link), address));
                }
              }
            });
    for (Page page : pages) {
      if (listed.add(page.address())) {
        String group = page.address().startsWith("examples/") ? "Examples" : "More";
        groups
            .computeIfAbsent(group, g -> new ArrayList<>())
            .add(new Entry(page.title(), page.address()));
      }
    }
    groups.put(
        "Reference",
        List.of(
            new Entry("Java", "api/java/index.html"),
            new Entry("Kotlin", "api/kotlin/index.html")));
    return new Navigation(groups);
  }
}
